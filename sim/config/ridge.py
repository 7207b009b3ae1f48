"""The shipped ridge: pairs of who goes home anyway (a) and what goodwill adds (g) between which nothing decides."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from typing import NamedTuple

from sim.config.shelf import configs_dir

TARGET = 0.23  # of children who die outside hospital, today. Source: NCMD thematic report, July 2025


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
