"""Which rows of a log are in the results, which are not and why, and what would count them."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sim.config.rows import Rows, is_hours
from sim.config.tables import ELSEWHERE
from sim.domain.calendar import HOURS_PER_WEEK, Calendar
from sim.domain.log import LoggedCall, LoggedFamily
from sim.domain.scenario import Run

BEFORE, WARMING, AFTER = "before the run begins", "in the warm-up", "after the measured weeks"
REASONS = (ELSEWHERE, BEFORE, WARMING, AFTER)
MOST_WEEKS = 520


class When(NamedTuple):
    """A row of a log: the area of its family, and the first and last hour at which it can be measured."""

    area: str
    first: float
    last: float


def of_family(family: LoggedFamily) -> When:
    """From the beginning of the episode to just before the death."""
    return When(family.area, family.start, math.nextafter(family.death, -math.inf))


def of_call(call: LoggedCall, family: LoggedFamily) -> When:
    """Its own hour."""
    return When(family.area, call.time, call.time)


def left_out(found: Iterable[When], codes: set[str], run: Run) -> list[tuple[str, int]]:
    """How many rows are in no result of some areas, for each reason."""
    counted = Counter(_why(one, codes, run) for one in found)
    return [(reason, counted[reason]) for reason in REASONS]


def _why(one: When, codes: set[str], run: Run) -> str:
    start, end = run.window
    if one.area not in codes:
        return ELSEWHERE
    if one.last < start:
        return BEFORE if one.last < 0 else WARMING
    return AFTER if one.first >= end else ""


def is_dated(rows: Rows, columns: Sequence[str]) -> bool:
    """Whether all times of a table are dates, none of them hours of the run."""
    return not any(is_hours(row.cells.get(column, "")) for row in rows for column in columns)


def remedy(
    found: Sequence[When], codes: set[str], run: Run, calendar: Calendar, config: dict[str, Any], dated: bool
) -> str:
    """Changes with which all rows of some areas are counted; empty if they are, or if there are none such.

    dated: the rows move when the run begins on another date.
    """
    here = [one for one in found if one.area in codes]
    if not any(_why(one, codes, run) for one in here):
        return ""
    first, last = min(one.last for one in here), max(one.first for one in here)
    start, weeks = run.window[0], first // HOURS_PER_WEEK - math.ceil(run.window[0] / HOURS_PER_WEEK)
    warm = "warmup_weeks" if config["warmup_hours"] is None else "warmup_hours"
    choices = []
    if first >= start:
        choices.append(_measured("", last - start, run, config))
    elif first >= 0:
        choices.append(_measured(f"{warm}=0", last, run, config))
    if first < start and dated:
        date = calendar.start_date + dt.timedelta(weeks=weeks)
        choices.append(_measured(f"calendar.start_date={date}", last - start - weeks * HOURS_PER_WEEK, run, config))
    return ", or ".join(filter(None, choices))


def _measured(change: str, last: float, run: Run, config: dict[str, Any]) -> str:
    """A change, and as many weeks that an hour after measuring began is measured; empty if no run is that long."""
    weeks = math.floor(last / HOURS_PER_WEEK) + 1
    if last < run.hours:
        return change
    longer = f"weeks={weeks}" if config["hours"] is None else f"hours={weeks * HOURS_PER_WEEK:g}"
    return f"{change} {longer}".strip() if weeks <= MOST_WEEKS else ""
