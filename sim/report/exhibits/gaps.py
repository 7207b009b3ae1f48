"""Gaps between the ends of a group: how far the worst served lie from the best, and whether chance may do that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.report.tables import Tables
from sim.report.words import gap, gap_spread

if TYPE_CHECKING:
    import pandas as pd

NOT_DECIDED = "not decided"
GROUPS = {
    "deprivation": "Deprivation",
    "rural": "Rural share",
    "distance": "Distance from centre",
    "area_type": "Kind of service today",
}
# Groups whose ends are given; of the others the lowest and the highest level are compared.
FROM_UNDER = ("rural", "distance")  # their levels are read from under to over
ORDERED = {"deprivation": "deprived", "rural": "rural", "distance": "distant"}


class Gap(NamedTuple):
    """One level minus another, and an interval that holds whatever the two have to do with each other."""

    level: str
    other: str
    difference: float
    low: float
    high: float

    @property
    def decided(self) -> bool:
        """Whether the interval leaves out nought."""
        return self.low > 0 or self.high < 0

    def said(self) -> str:
        """The difference with its interval, or that it is not decided."""
        words = f"{gap(self.difference)} ({gap_spread(self.low, self.high)})"
        return words if self.decided else f"{words}: {NOT_DECIDED}"


def levels(tables: Tables, group: str, measure: str) -> list[str]:
    """Levels of a group that have a figure in any scenario, in the order in which people read them."""
    found = [
        level
        for level in tables.levels(group)
        if any(tables.estimate(scenario, measure, group, level).known for scenario in tables.names)
    ]
    if group in FROM_UNDER:
        return sorted(found, key=lambda level: {"under": 0, "over": 2}.get(level.split(" ")[0], 1))
    return sorted(found)


def level_words(group: str, level: str) -> str:
    """A level as people read it."""
    if group == "area_type":
        return level.replace("_", " ")
    return f"{level} (least deprived)" if level == "quintile 5" else level.replace(" %", "%")


def level_name(tables: Tables, group: str, level: str) -> str:
    """As ``level_words``, and an area by its name instead of its code."""
    if group == "area":
        named = dict(zip(tables.areas["code"], tables.areas["name"], strict=True))
        return str(named.get(level, level)).removeprefix("NHS ")
    return level_words(group, level)


def gap_of(tables: Tables, scenario: str, measure: str, group: str) -> Gap | None:
    """The gap of a group in a scenario; None with fewer than two levels or without intervals.

    As ``equity.csv`` has it, less what chance would show. In a study without that table the half widths of both levels
    are added as they stand: wider than 95 % where the two are independent, which leaves room for picking the lowest
    and the highest of a few.
    """
    if tables.equity is not None:
        return _measured(tables.equity, scenario, measure, group)
    seen = {level: tables.estimate(scenario, measure, group, level) for level in levels(tables, group, measure)}
    seen = {level: estimate for level, estimate in seen.items() if estimate.known and estimate.has_interval}
    if len(seen) < 2:
        return None
    if group in ORDERED:
        first, last = next(iter(seen)), list(seen)[-1]
    else:
        first, last = max(seen, key=lambda level: seen[level].mean), min(seen, key=lambda level: seen[level].mean)
    if group in FROM_UNDER:
        first, last = last, first  # the most rural against the least
    one, other = seen[first], seen[last]
    difference = one.mean - other.mean
    low = difference - (one.mean - one.ci_low) - (other.ci_high - other.mean)
    high = difference + (one.ci_high - one.mean) + (other.mean - other.ci_low)
    return Gap(first, last, difference, low, high)


def _measured(equity: pd.DataFrame, scenario: str, measure: str, group: str) -> Gap | None:
    found = equity[(equity["scenario"] == scenario) & (equity["measure"] == measure) & (equity["group"] == group)]
    if found.empty or found[["gap", "ci_low", "ci_high"]].isna().any(axis=None):
        return None
    row = found.iloc[0]
    return Gap(row["high"], row["low"], *(float(row[name]) for name in ("gap", "ci_low", "ci_high")))
