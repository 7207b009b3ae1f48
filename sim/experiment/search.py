"""Where a figure that is known at a few places crosses a target."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import fmean

from scipy.optimize import isotonic_regression

Point = tuple[float, float]  # a place, and the figure there


def crossings(points: Sequence[Point], target: float = 0.0) -> list[float]:
    """Every place where the line through the points, in order of their places, reaches the target.

    A figure that is the target at a point crosses it there; one that stays on it does so all along, and counts once.
    """
    found: list[float] = []
    in_order = sorted(points)
    for (left, before), (right, after) in pairwise(in_order):
        if (before < target <= after) or (before > target >= after):
            found.append(left + (target - before) * (right - left) / (after - before))
    return [in_order[0][0], *found] if in_order and in_order[0][1] == target else found


def median_crossing(points: Sequence[Point]) -> float | None:
    """Where a figure that can only fall, known at places with an error each, falls through nothing; None: it does not.

    Errors let the line through the points cross more than once, the more often the flatter a curve is there, and mostly
    beyond the place. The points are made to fall first (the nearest figures that do, by least squares), those that
    become alike are taken at their middle, and one place is left, as often too low as too high.
    """
    in_order = sorted(points)
    falling = isotonic_regression([figure for _, figure in in_order], increasing=False).x.tolist()
    alike = groupby(zip(falling, (place for place, _ in in_order), strict=True), key=lambda pair: pair[0])
    middles = [(fmean(place for _, place in some), figure) for figure, some in alike]
    found = crossings(middles)
    return found[0] if found else None
