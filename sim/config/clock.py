"""Hours and days as planners write them: ``09-17``, ``weekdays 17-22``, ``out_of_hours``."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

from sim.config.words import BadKey, did_you_mean
from sim.domain.calendar import (
    ALL_DAYS,
    BANK_HOLIDAY,
    HOLIDAY_ON,
    HOURS_PER_DAY,
    WEEKDAYS,
    WEEKENDS,
    Calendar,
    Span,
    out_of_hours_spans,
)

Kinds = frozenset[int]  # of day, as in a span

NOON = 12.0
OUT_OF_HOURS = "out_of_hours"
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # the weekday, a bank holiday or not
ON_A_WEEKDAY = frozenset(HOLIDAY_ON + weekday for weekday in range(len(NAMES)))  # bank holidays
HOLIDAYS = ON_A_WEEKDAY | {BANK_HOLIDAY}
DAYS: dict[str, Kinds] = {
    "all": ALL_DAYS,
    "weekdays": WEEKDAYS,
    "weekends": WEEKENDS,
    **{name: frozenset((number, HOLIDAY_ON + number)) for number, name in enumerate(NAMES)},
    "bank_holidays": frozenset((BANK_HOLIDAY,)),
}
HOURS = re.compile(r"^(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?$")


def window(key: str, value: Any) -> tuple[float, float]:
    """Clock hours (start, end) of ``22-07`` or ``21:30-07:15``. Raises BadKey.

    A night begins after noon: hours that begin by noon and end on the next day are asked about, for ``9-5`` is seldom
    twenty hours.
    """
    found = HOURS.match(str(value).strip())
    if not found:
        raise BadKey(key, value, "must be hours of the clock", "write them as 09-17 or 21:30-07:15")
    start, end = (int(h) + int(m or 0) / 60 for h, m in ((found[1], found[2]), (found[3], found[4])))
    if start >= HOURS_PER_DAY or end > HOURS_PER_DAY or any(int(m or 0) > 59 for m in (found[2], found[4])):
        raise BadKey(key, value, "hours of the clock run from 00 to 24", "write them as 09-17 or 21:30-07:15")
    if start == end:
        raise BadKey(key, value, "begins and ends at the same hour", "write 00-24 for the whole day")
    if 0 < end < start <= NOON:
        rule = (
            f"begins by noon and ends on the next day, after {end - start + HOURS_PER_DAY:g} hours; nights begin later"
        )
        through = f"{_written(start)}-24 and 00-{_written(end)}"
        raise BadKey(key, value, rule, f"write {_written(start)}-{_written(end + NOON)}, or {through} if you mean it")
    return start, end


def _written(hour: float) -> str:
    minutes = round(hour % 1 * 60)
    return f"{int(hour):02d}" + (f":{minutes:02d}" if minutes else "")


def days(key: str, value: Any) -> Kinds:
    """Kinds of day of ``weekdays``, ``[mon, tue]`` and the like. Raises BadKey."""
    names = value if isinstance(value, list) else str(value).replace(",", " ").split()
    if value is None or not names:
        raise BadKey(key, "null" if value is None else value, "names no day", f"known: {', '.join(DAYS)}")
    for name in map(str, names):
        if name not in DAYS:
            known = did_you_mean(name, DAYS, f"known: {', '.join(DAYS)}")
            remedy = "write weekdays, weekends, or each day as [mon, tue]" if "-" in name else known
            raise BadKey(key, value, f"{name} is no kind of day", remedy)
    return _any(frozenset[int]().union(*(DAYS[name] for name in names)))


def spans(key: str, written: dict[str, Any], calendar: Calendar) -> tuple[Span, ...]:
    """Spans of what a pattern says of its ``hours``, ``days`` and ``bank_holidays``.

    Hours are a text or a list of texts, each with its own days in front or on the pattern's days; ``out_of_hours`` is
    all that is out of hours on these days. A bank holiday is worked where its days name it or its weekday, unless
    ``bank_holidays: off``. A span over midnight ends after hour 24 of the day it begins. Raises BadKey.
    """
    hours, on = written["hours"], days(f"{key}.days", written.get("days", "all"))
    named: list[tuple[str, Span]] = []
    for text in hours if isinstance(hours, list) else [hours]:
        before, _, clock = str(text).strip().rpartition(" ")
        if before and written.get("days", "all") != "all":
            rule = f"the hours {text} say their own days"
            raise BadKey(f"{key}.days", written["days"], rule, "take days out, or write the days in front of all hours")
        kinds = days(f"{key}.hours", before) if before else on
        named += [(str(text), span) for span in _on_days(f"{key}.hours", clock, kinds, calendar)]
    if not named:
        raise BadKey(f"{key}.hours", hours, "no hours", "write out_of_hours, 09-17, or a list of these")
    _refuse_overlap(f"{key}.hours", hours, named)
    return _on_holidays(key, written, tuple(span for _, span in named))


def _on_days(key: str, clock: str, kinds: Kinds, calendar: Calendar) -> list[Span]:
    if clock == OUT_OF_HOURS:
        every = (Span(_both(span.days, kinds), span.start, span.end) for span in out_of_hours_spans(calendar))
        return [span for span in every if span.days]
    start, end = window(key, clock)
    return [Span(kinds, start, end if end > start else end + HOURS_PER_DAY)]


def _on_holidays(key: str, written: dict[str, Any], found: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans on the bank holidays that their days name, or on none of them. Raises BadKey."""
    asked = written.get("bank_holidays", "on")
    if asked not in (True, False, "on", "off"):
        rule = "must be off, for no bank holiday, or on, for those that the days name"
        raise BadKey(f"{key}.bank_holidays", asked, rule, "write bank_holidays: off, or take it out")
    if asked in (True, "on"):
        if "bank_holidays" in written and not any(span.days & HOLIDAYS for span in found):
            remedy = "write days: [mon, tue, wed, thu, fri] to work them, or add bank_holidays to the days"
            raise BadKey(f"{key}.bank_holidays", "on", "its days name no bank holiday", remedy)
        return found
    left = tuple(Span(span.days - HOLIDAYS, span.start, span.end) for span in found if span.days - HOLIDAYS)
    if not left:
        raise BadKey(f"{key}.bank_holidays", "off", "no day is left", "take it out, or name other days")
    return left


def _refuse_overlap(key: str, hours: Any, named: list[tuple[str, Span]]) -> None:
    """Raises BadKey for two spans that name the same hour of any day: it would be nobody's to say whose."""
    for (text, one), (other_text, other) in combinations(named, 2):
        if _overlap(one, other) or _overlap(other, one):
            rule = f"{text} and {other_text} name the same hours"
            raise BadKey(key, hours, rule, "name every hour once: shorten one of them, or take it out")


def _overlap(one: Span, other: Span) -> bool:
    """Whether a second span begins inside the first, on its day or, after midnight, on the day after it."""
    if _both(one.days, other.days) and one.start <= other.start < one.end:
        return True
    weekdays = {kind % HOLIDAY_ON for kind in _each(one.days)}
    after = frozenset[int]().union(*(DAYS[NAMES[(weekday + 1) % len(NAMES)]] for weekday in weekdays))
    return bool(_both(after, other.days)) and other.start + HOURS_PER_DAY < one.end


def _both(one: Kinds, other: Kinds) -> Kinds:
    """The kinds of day that two spans share."""
    return _any(_each(one) & _each(other))


def _each(kinds: Kinds) -> Kinds:
    """Kinds of day with any bank holiday told as one on each weekday."""
    return (kinds | ON_A_WEEKDAY) - {BANK_HOLIDAY} if BANK_HOLIDAY in kinds else kinds


def _any(kinds: Kinds) -> Kinds:
    """Kinds of day with bank holidays on all weekdays told as any bank holiday."""
    return (kinds - ON_A_WEEKDAY) | {BANK_HOLIDAY} if kinds >= ON_A_WEEKDAY else kinds
