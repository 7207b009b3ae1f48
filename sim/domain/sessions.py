"""Sessions: every hour that a pattern names, once, with the day it belongs to.

Turns, frequency, pay, people needed and the printed grid all count these. Source: ``docs/model.md``, People and rotas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from sim.domain.calendar import A_WEEK, HOURS_PER_DAY, Calendar, Span
from sim.domain.intervals import Interval, merged, within
from sim.domain.policies import ROTATIONS
from sim.domain.scenario import RotaRules
from sim.domain.staff import Pattern

LAST_DAY = 6  # of an ordinary week, Monday to Sunday


@dataclass(frozen=True, slots=True)
class Session:
    """The hours of a pattern from one hand-over to the next, as intervals [start, end) in order of time.

    day: on which its first hour lies, as it is counted, paid and shown. handed: the day of the hand-over before it; a
    night is the day's it begins on.
    """

    day: int
    handed: int
    intervals: tuple[Interval, ...]


@lru_cache(maxsize=256)
def sessions_of(
    calendar: Calendar, spans: tuple[Span, ...], rotation: str, rules: RotaRules, first_day: int, last_day: int
) -> tuple[Session, ...]:  # fmt: skip
    """All sessions by time, from the start of a first day (cut there) to that of a last day (whole).

    A span within one day is cut at hand-over: what lies before it belongs to the day before. A night, which runs over
    midnight, is never cut. With rotation ``shift`` each span is a session of its own, with ``everyone`` each day.
    Hours named twice belong to whoever began first.
    """
    policy = ROTATIONS[rotation]
    cut = rules if policy.changes_hands else None
    found: dict[object, tuple[int, int, list[Interval]]] = {}
    reached = -inf
    for start, end, handed in sorted(_named(calendar, spans, cut, first_day, last_day + 1)):
        if end > max(start, reached) and handed <= last_day:
            group = len(found) if policy.every_span else handed
            pieces = found.setdefault(group, (int(start // HOURS_PER_DAY), handed, []))[2]
            pieces.append((max(start, reached), end))
            reached = end
    begins = first_day * HOURS_PER_DAY
    every = (Session(day, handed, tuple(within(merged(of), begins, inf))) for day, handed, of in found.values())
    return tuple(session for session in every if session.intervals)


def sessions_a_week(pattern: Pattern, rules: RotaRules) -> int:
    """Sessions of each seat in an ordinary week: five of a Monday-to-Friday night, fourteen of two shifts a day."""
    every = sessions_of(A_WEEK, pattern.spans, pattern.rotation, rules, 0, LAST_DAY)
    return sum(0 <= session.day <= LAST_DAY for session in every)


def hours_of(calendar: Calendar, spans: tuple[Span, ...], first_day: int, last_day: int) -> list[Interval]:
    """The hours that spans name from the start of one day to the end of another, as merged intervals."""
    named = merged([(start, end) for start, end, _ in _named(calendar, spans, None, first_day, last_day)])
    return within(named, first_day * HOURS_PER_DAY, (last_day + 1) * HOURS_PER_DAY)


def names(calendar: Calendar, spans: tuple[Span, ...], time: float) -> bool:
    """Whether spans name an hour, of the day or of a night that began before it."""
    today = int(time // HOURS_PER_DAY)
    for span in spans:
        for day in range(today - int(span.end // HOURS_PER_DAY), today + 1):
            midnight = day * HOURS_PER_DAY  # the clock is asked before the calendar: most hours are not the span's
            if midnight + span.start <= time < midnight + span.end and calendar.falls_on(day, span.days):
                return True
    return False


def _named(
    calendar: Calendar, spans: tuple[Span, ...], rules: RotaRules | None, first_day: int, last_day: int
) -> Iterator[tuple[float, float, int]]:  # fmt: skip
    """Start, end and day of every span of the days whose hours reach into these. rules: of hand-over; None: uncut."""
    reach = int(max((span.end for span in spans), default=0.0) // HOURS_PER_DAY) + 1
    for day in range(first_day - reach, last_day + 1):
        midnight = day * HOURS_PER_DAY
        for span in spans:
            if calendar.falls_on(day, span.days):
                start, end = midnight + span.start, midnight + span.end
                if rules is None or span.is_night:
                    yield start, end, day
                else:
                    at = rules.hand_over(calendar, day)
                    yield start, min(end, at), day - 1
                    yield max(start, at), end, day
