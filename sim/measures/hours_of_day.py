"""Unmet demand by hour of the day and kind of day: when families are left without help."""

from __future__ import annotations

import numpy as np

from sim.domain.calendar import Calendar
from sim.domain.words import UNMET_DEMAND
from sim.measures.rows import Row
from sim.measures.unmet_demand import BECAME, Counted

GROUP = "hour"
KINDS_OF_DAY = ("working day", "Saturday", "Sunday or bank holiday")
SATURDAY = 5
HOURS = 24
_UNMET = [BECAME.index(word) for word in UNMET_DEMAND]


def by_hour(counted: Counted, calendar: Calendar, weeks: float) -> list[Row]:
    """Unmet demand and potential calls a year of each hour of each kind of day, all areas together.

    Levels: ``working day 00`` to ``Sunday or bank holiday 23``, the hour in which it begins.
    """
    days = (counted.time // HOURS).astype(np.int64)
    kinds = {int(day): _kind(calendar, int(day)) for day in np.unique(days)}
    kind = np.array([kinds[int(day)] for day in days], dtype=np.int64)
    hour = (counted.time % HOURS).astype(np.int64)
    slot, slots = kind * HOURS + hour, len(KINDS_OF_DAY) * HOURS
    potential = np.bincount(slot, minlength=slots)
    unmet = np.bincount(slot[np.isin(counted.became, _UNMET)], minlength=slots)
    rows = []
    for at, level in enumerate(f"{words} {hour:02d}" for words in KINDS_OF_DAY for hour in range(HOURS)):
        calls, failed = float(potential[at]), float(unmet[at])
        rows.append(Row("unmet_demand_share", GROUP, level, failed, calls, failed))
        rows.append(Row("potential_calls_per_year", GROUP, level, calls * 52 / weeks, 1.0, calls))
    return rows


def _kind(calendar: Calendar, day: int) -> int:
    if calendar.is_working_day(day):
        return 0
    return 1 if calendar.day_kind(day) == SATURDAY else 2
