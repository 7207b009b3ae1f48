"""When something begins or ends within a run: a date, or weeks since measuring began."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sim.config.words import BadKey
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK, Calendar
from sim.domain.scenario import Run

MOST_WEEKS = 1000.0


def hour_of(key: str, written: Any, run: Run, calendar: Calendar, never: float) -> float:
    """The hour of the run at which a date begins (00:00), or so many weeks after measuring began. Raises BadKey.

    never: what comes back where nothing is written.
    """
    if written is None:
        return never
    if isinstance(written, int | float) and not isinstance(written, bool):
        if not -MOST_WEEKS <= written <= MOST_WEEKS:
            raise BadKey(key, written, "no run has so many weeks", "write weeks since measuring began, as 26")
        return run.window[0] + written * HOURS_PER_WEEK
    try:
        date = dt.date.fromisoformat(str(written))
    except ValueError:
        rule = "must be weeks since measuring began, or a date"
        raise BadKey(key, written, rule, f"write it as 26, or as {calendar.date(run.window[1])}") from None
    return (date - calendar.start_date).days * HOURS_PER_DAY
