"""The season of deaths: more children die in the months of winter, the year's total kept."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

from sim.domain.calendar import HOURS_PER_DAY, Calendar

WINTER = (12, 1, 2, 3)  # months
WINTER_SHARE = 121.25 / 365.25  # of the days of a year


@cache
def by_day(calendar: Calendar, winter_multiple: float, days: int) -> tuple[float, ...]:
    """How many times as many children die on each of the first days of the run as on the mean day of a year.

    winter_multiple: deaths from December to March, times those of the other months; all areas share it.
    Source: Hardelid et al., PMC4247691, with NCMD 2025; ``docs/model.md``, Demand.
    """
    other = 1 / (1 + WINTER_SHARE * (winter_multiple - 1))
    months = (calendar.date(day * HOURS_PER_DAY).month for day in range(days))
    return tuple(winter_multiple * other if month in WINTER else other for month in months)


def mean(calendar: Calendar, winter_multiple: float, start: float, end: float) -> float:
    """The mean of it over hours [start, end) of the run."""
    edges = [start, *(day * HOURS_PER_DAY for day in range(math.floor(start / HOURS_PER_DAY) + 1, _days(end))), end]
    daily = by_day(calendar, winter_multiple, _days(end))
    hours = ((later - hour) * daily[int(hour // HOURS_PER_DAY)] for hour, later in pairwise(edges))
    return sum(hours) / (end - start)


def most(calendar: Calendar, winter_multiple: float, end: float) -> float:
    """The most of it before an hour of the run."""
    return max(by_day(calendar, winter_multiple, max(_days(end), 1)))


def _days(end: float) -> int:
    return math.ceil(end / HOURS_PER_DAY)
