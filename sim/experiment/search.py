"""Where a figure that is known at a few places crosses a target."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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
