"""Which night to tell: the one asked for, else the worst."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.words import UNMET_OUTCOMES
from sim.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Night:
    """From the end of one day's working hours to the beginning of the next, for one area (its row). Hours."""

    area: int
    start: float
    end: float


def night_of(scenario: Scenario, area: int, day: int) -> Night:
    """The night that begins on a day: with the usual calendar from 17:00 to 09:00, whatever the day of the week."""
    begins, ends = scenario.calendar.in_hours[1], scenario.calendar.in_hours[0]
    return Night(area, day * HOURS_PER_DAY + begins, (day + 1) * HOURS_PER_DAY + ends)


def choose(ledger: Ledger, scenario: Scenario, area: int | None = None, day: int | None = None) -> Night:
    """The night with the most calls left without suitable help; area, day: if given, only there or then.

    Of equal ones that with the most calls not made because home was not offered, then with the most calls made, then
    the earliest, then the first area. Only measured nights count, and no calls of children who are not at the end of
    life.
    """
    counts: dict[tuple[int, int], Counter[str]] = {}
    columns = (ledger.calls.column(name).tolist() for name in ("call", "time", "made", "outcome"))
    demand = ledger.setting.demand
    family_of, area_of, other = demand.calls.family, demand.families.area, demand.families.background
    for call, time, made, outcome in zip(*columns, strict=True):
        family = family_of[call]
        found = _place(scenario, int(area_of[family]), time)
        if found is not None and not other[family] and area in (None, found[0]) and day in (None, found[1]):
            counted = counts.setdefault(found, Counter())
            counted.update(unmet=outcome in UNMET_OUTCOMES, not_offered=outcome == "choice_not_offered", made=made)
    quiet = (area or 0, first_day(scenario) if day is None else day)
    return night_of(
        scenario,
        *max(
            counts,
            key=lambda at: (*(counts[at][what] for what in ("unmet", "not_offered", "made")), -at[1], -at[0]),
            default=quiet,
        ),
    )


def first_day(scenario: Scenario) -> int:
    """The first day on which a measured night begins."""
    return math.ceil((scenario.run.window[0] - scenario.calendar.in_hours[1]) / HOURS_PER_DAY)


def last_day(scenario: Scenario) -> int:
    """The last day on which a measured night begins."""
    return math.ceil((scenario.run.window[1] - scenario.calendar.in_hours[1]) / HOURS_PER_DAY) - 1


def _place(scenario: Scenario, area: int, time: float) -> tuple[int, int] | None:
    """Area and day of the night that an hour falls in; None by day, or outside the measured hours."""
    begins, ends = scenario.calendar.in_hours[1], scenario.calendar.in_hours[0]
    day = int((time - begins) // HOURS_PER_DAY)
    night = night_of(scenario, area, day)
    start, end = scenario.run.window
    inside = start <= night.start < end and (time - begins) % HOURS_PER_DAY < (ends - begins) % HOURS_PER_DAY
    return (area, day) if inside else None
