"""The shipped ridge: pairs of who goes home anyway (a) and what goodwill adds (g) between which nothing decides."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.config.shelf import configs_dir

TARGET = 0.23  # of children who die outside hospital, today. Source: NCMD thematic report, July 2025
ENDS = ("lowest", "highest")


class OnRidge(NamedTuple):
    """A target for one a. goodwill: the g that gives it, NaN where none does. low, high: its 95 % interval. lowest,
    highest: share who die outside hospital with g = 0 and 1. figures: by measure, at that pair."""

    anyway: float
    target: float
    goodwill: float
    low: float
    high: float
    lowest: float
    highest: float
    figures: dict[str, float]


def shipped_ridge() -> tuple[OnRidge, ...]:
    """Every pair of ``configs/place/ridge.csv``, as `oncall-sim solve ridge` wrote it."""
    with (configs_dir() / "place" / "ridge.csv").open(encoding="utf-8", newline="") as file:
        return tuple(on_ridge(row) for row in csv.DictReader(file))


def on_ridge(row: dict[str, str]) -> OnRidge:
    """A row of the table."""
    numbers = {name: float(said) if said else math.nan for name, said in row.items()}
    a, target, g, low, high, lowest, highest = (numbers.pop(name) for name in COLUMNS)
    return OnRidge(a, target, g, low, high, lowest, highest, numbers)


COLUMNS = ("home_anyway", "target", "goodwill_makes_home", "g_low", "g_high", "lowest_target", "highest_target")


def corners(ridge: Sequence[OnRidge], target: float = TARGET) -> tuple[OnRidge, ...]:
    """Of one target the pairs with a solution, from the least a to the most."""
    return tuple(sorted(one for one in ridge if one.target == target and not math.isnan(one.goodwill)))


def solved(ridge: Sequence[OnRidge], anyway: float, target: float) -> tuple[float, bool]:
    """g for any a and target, by straight lines between those of the table; and whether there is a solution.

    Where there is none, what lies nearest: 0 where more die outside hospital than the target even without goodwill, 1
    where fewer do with all that it can make possible.
    """
    by_a: dict[float, list[OnRidge]] = {}
    for one in ridge:
        by_a.setdefault(one.anyway, []).append(one)
    places = sorted(by_a)
    lowest, highest = (np.interp(anyway, places, [getattr(by_a[a][0], end) for a in places]) for end in ENDS)
    way = float((target - lowest) / (highest - lowest))
    found = np.interp(anyway, places, [np.interp(way, *_line(by_a[a])) for a in places])
    return float(found), 0 <= way <= 1


def _line(pairs: Sequence[OnRidge]) -> tuple[list[float], list[float]]:
    """How far the targets of one a lie on the way from that of g = 0 to that of g = 1, and their g."""
    lowest, highest = pairs[0].lowest, pairs[0].highest
    points = [((one.target - lowest) / (highest - lowest), one.goodwill) for one in pairs if one.goodwill >= 0]
    ways = sorted([(0.0, 0.0), (1.0, 1.0), *points])
    return [way for way, _ in ways], [goodwill for _, goodwill in ways]
