"""Turns of a rotation: the hours of a pattern, cut at hand-over and grouped into what one person takes at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sim.domain.calendar import HOURS_PER_DAY, Calendar, Span
from sim.domain.intervals import Interval, clip, merged
from sim.domain.scenario import RotaRules

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
    """The turns of a rotation (``night``, ``weekend_split`` or ``week``) up to the horizon, in order of time.

    A turn runs from hand-over to hand-over (17:00 on working days, 09:00 on others by default); ``weekend_split`` gives
    Friday to Sunday to one person, ``week`` all seven days. Hours outside the spans are nobody's.
    """
    last = int(horizon // HOURS_PER_DAY) + 1
    groups: dict[object, list[Interval]] = {}
    day_hours = {day: hours_of(calendar, spans, day, day) for day in range(-1, last + 2)}
    for day in range(-1, last + 1):
        start, end = _hand_over(calendar, rules, day), _hand_over(calendar, rules, day + 1)
        pieces = [clip(piece, max(start, 0.0), end) for near in (day, day + 1) for piece in day_hours[near]]
        groups.setdefault(_group(rotation, day), []).extend(piece for piece in pieces if piece[1] > piece[0])
    return tuple(Turn(tuple(merged(pieces))) for pieces in groups.values() if pieces)


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
