"""Turns of a rotation: the hours of a pattern, cut at hand-over and grouped into what one person takes at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf

from sim.domain.calendar import HOURS_PER_DAY, Calendar, Span
from sim.domain.intervals import Interval, clip, merged, within
from sim.domain.scenario import RotaRules
from sim.domain.staff import Pattern

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person takes at a time: one or more intervals [start, end) in hours, in order of time."""

    intervals: tuple[Interval, ...]

    @property
    def start(self) -> float:
        """The first hour."""
        return self.intervals[0][0]

    @property
    def end(self) -> float:
        """The hour at which the last interval is over."""
        return self.intervals[-1][1]


def hours_of(calendar: Calendar, spans: tuple[Span, ...], first_day: int, last_day: int) -> list[Interval]:
    """The hours that spans cover from the start of one day to the end of another, as merged intervals."""
    covered = []
    for day in range(first_day, last_day + 1):
        kind, midnight = calendar.day_kind(day), day * HOURS_PER_DAY
        covered += [(midnight + span.start, midnight + span.end) for span in spans if kind in span.days]
    return merged(covered)


@lru_cache(maxsize=256)
def turns_of(
    calendar: Calendar, spans: tuple[Span, ...], rotation: str, rules: RotaRules, horizon: float
) -> tuple[Turn, ...]:
    """The turns of a rotation (``night``, ``weekend_split``, ``week`` or ``shift``) up to the horizon, by time.

    A turn runs from hand-over to hand-over (17:00 on working days, 09:00 on others by default); ``weekend_split`` gives
    Friday to Sunday to one person, ``week`` all seven days. Hours outside the spans are nobody's. With ``shift`` each
    span of each day is a turn of its own, whatever the hour of hand-over.
    """
    last = int(horizon // HOURS_PER_DAY) + 1
    if rotation == "shift":
        return _shifts(calendar, spans, last)
    groups: dict[object, list[Interval]] = {}
    day_hours = {day: hours_of(calendar, spans, day, day) for day in range(-1, last + 2)}
    for day in range(-1, last + 1):
        start, end = _hand_over(calendar, rules, day), _hand_over(calendar, rules, day + 1)
        pieces = [clip(piece, max(start, 0.0), end) for near in (day, day + 1) for piece in day_hours[near]]
        groups.setdefault(_group(rotation, day), []).extend(piece for piece in pieces if piece[1] > piece[0])
    return tuple(Turn(tuple(merged(pieces))) for pieces in groups.values() if pieces)


def pattern_hours(calendar: Calendar, pattern: Pattern, first_day: int, last_day: int) -> list[Interval]:
    """The hours a pattern covers on some days, from the date it opens to the date it closes, as merged intervals."""
    return within(hours_of(calendar, pattern.spans, first_day, last_day), pattern.opens, pattern.closes)


def while_open(turns: tuple[Turn, ...], opens: float, closes: float) -> tuple[Turn, ...]:
    """The turns of a service that opens or closes at a date, cut at that hour; its list begins when it opens."""
    if opens <= 0 and closes == inf:
        return turns
    pieces = [within(list(turn.intervals), opens, closes) for turn in turns]
    return tuple(Turn(tuple(left)) for left in pieces if left)


def _shifts(calendar: Calendar, spans: tuple[Span, ...], last: int) -> tuple[Turn, ...]:
    """Every span of every day from the one before the run, cut at hour 0, as a turn."""
    starts = [
        (day * HOURS_PER_DAY + span.start, day * HOURS_PER_DAY + span.end)
        for day in range(-1, last + 1)
        for span in spans
        if calendar.day_kind(day) in span.days
    ]
    return tuple(Turn(((max(start, 0.0), end),)) for start, end in sorted(starts) if end > 0)


def _hand_over(calendar: Calendar, rules: RotaRules, day: int) -> float:
    hour = rules.hand_over_working_day if calendar.is_working_day(day) else rules.hand_over_other_day
    return day * HOURS_PER_DAY + hour


def _group(rotation: str, day: int) -> object:
    week, weekday = divmod(day, 7)
    if rotation == "week":
        return week
    if rotation == "weekend_split" and weekday >= FRIDAY:
        return (week, "weekend")
    return (week, weekday)
