"""Hours and days as planners write them: ``09-17``, ``weekdays 17-22``, ``out_of_hours``."""

from __future__ import annotations

import re
from typing import Any

from sim.config.words import BadKey, did_you_mean
from sim.domain.calendar import (
    ALL_DAYS,
    BANK_HOLIDAY,
    HOURS_PER_DAY,
    WEEKDAYS,
    WEEKENDS,
    Calendar,
    Span,
    out_of_hours_spans,
)

DAYS: dict[str, frozenset[int]] = {
    "all": ALL_DAYS,
    "weekdays": WEEKDAYS,
    "weekends": WEEKENDS,
    **{name: frozenset((number,)) for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
    "bank_holidays": frozenset((BANK_HOLIDAY,)),
}
HOURS = re.compile(r"^(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?$")


def window(key: str, value: Any) -> tuple[float, float]:
    """Clock hours (start, end) of ``22-07`` or ``21:30-07:15``. Raises BadKey."""
    found = HOURS.match(str(value).strip())
    if not found:
        raise BadKey(key, value, "must be hours of the clock", "write them as 09-17 or 21:30-07:15")
    start, end = (int(h) + int(m or 0) / 60 for h, m in ((found[1], found[2]), (found[3], found[4])))
    if start >= HOURS_PER_DAY or end > HOURS_PER_DAY or any(int(m or 0) > 59 for m in (found[2], found[4])):
        raise BadKey(key, value, "hours of the clock run from 00 to 24", "write them as 09-17 or 21:30-07:15")
    if start == end:
        raise BadKey(key, value, "begins and ends at the same hour", "write 00-24 for the whole day")
    return start, end


def days(key: str, value: Any) -> frozenset[int]:
    """Kinds of day of ``weekdays``, ``[mon, tue]`` and the like. Raises BadKey."""
    chosen: set[int] = set()
    for name in value if isinstance(value, list) else [value]:
        if name not in DAYS:
            raise BadKey(
                key, value, f"{name} is no kind of day", did_you_mean(str(name), DAYS, f"known: {', '.join(DAYS)}")
            )
        chosen |= DAYS[name]
    return frozenset(chosen)


def spans(key: str, hours: Any, on: Any, calendar: Calendar) -> tuple[Span, ...]:
    """Spans of a pattern's hours: a text or a list of texts, each with its own days in front or on the pattern's days.

    A span over midnight ends after hour 24 of the day it begins. Raises BadKey.
    """
    found: list[Span] = []
    for text in hours if isinstance(hours, list) else [hours]:
        if text == "out_of_hours":
            found += out_of_hours_spans(calendar)
            continue
        before, _, clock = str(text).strip().rpartition(" ")
        start, end = window(f"{key}.hours", clock)
        kinds = days(f"{key}.hours", before.replace(",", " ").split()) if before else days(f"{key}.days", on)
        found.append(Span(kinds, start, end if end > start else end + HOURS_PER_DAY))
    if not found:
        raise BadKey(f"{key}.hours", hours, "no hours", "write out_of_hours, 09-17, or a list of these")
    return tuple(found)
