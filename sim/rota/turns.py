"""Turns of a rotation: the sessions of a pattern, grouped into what one person takes at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf

import numpy as np

from sim.domain.calendar import DAYS_PER_WEEK, HOURS_PER_DAY, Calendar, Span
from sim.domain.intervals import Interval, merged, within
from sim.domain.policies import ROTATIONS
from sim.domain.scenario import RotaRules
from sim.domain.sessions import Session, sessions_of
from sim.keyed import Floats
from sim.rota.absence import by_day, day_of
from sim.rota.rest import Ints


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person takes at a time: one or more sessions, in order of time."""

    sessions: tuple[Session, ...]

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Its hours [start, end), in order of time; sessions that touch are one."""
        return tuple(merged([piece for session in self.sessions for piece in session.intervals]))

    @property
    def start(self) -> float:
        """The first hour."""
        return self.sessions[0].intervals[0][0]

    @property
    def end(self) -> float:
        """The hour at which the last interval is over."""
        return self.sessions[-1].intervals[-1][1]


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """Turns by time, and their hours [start, end) in columns, cut where one day of absence ends and the next begins.

    turn: its number. day: of absence. longest: hours without a break of any one turn.
    """

    turns: tuple[Turn, ...]
    start: Floats
    end: Floats
    turn: Ints
    day: Ints
    longest: float


def timetable(turns: tuple[Turn, ...]) -> Timetable:
    """The timetable of some turns."""
    whole = [(k, start, end) for k, turn in enumerate(turns) for start, end in turn.intervals]
    rows = [(*hours, k, day_of(hours[0])) for k, start, end in whole for hours in by_day(start, end)]
    table = np.array(rows, dtype=float).reshape(-1, 4)
    longest = max((end - start for _, start, end in whole), default=0.0)
    return Timetable(
        turns, table[:, 0], table[:, 1], table[:, 2].astype(np.int64), table[:, 3].astype(np.int64), longest
    )


@lru_cache(maxsize=256)
def turns_of(
    calendar: Calendar, spans: tuple[Span, ...], rotation: str, rules: RotaRules, horizon: float
) -> tuple[Turn, ...]:
    """The turns of a rotation (``night``, ``weekend_split``, ``week`` or ``shift``) from hour 0 on, by time.

    A turn holds the sessions of one day; ``weekend_split`` gives Friday to Sunday to one person, ``week`` all seven
    days. With ``shift`` each span of each day is a turn of its own, whatever the hour of hand-over.
    """
    policy = ROTATIONS[rotation]
    groups: dict[object, list[Session]] = {}
    for session in sessions_up_to(calendar, spans, rotation, rules, horizon):
        turn = len(groups) if policy.every_span else policy.turn(*divmod(session.handed, DAYS_PER_WEEK))
        groups.setdefault(turn, []).append(session)
    return tuple(Turn(tuple(sessions)) for sessions in groups.values())


def sessions_up_to(
    calendar: Calendar, spans: tuple[Span, ...], rotation: str, rules: RotaRules, horizon: float
) -> tuple[Session, ...]:  # fmt: skip
    """The sessions of a run, from hour 0 (cut there) to the day after its horizon."""
    return sessions_of(calendar, spans, rotation, rules, 0, int(horizon // HOURS_PER_DAY) + 1)


def while_open(turns: tuple[Turn, ...], opens: float, closes: float) -> tuple[Turn, ...]:
    """The turns of a service that opens or closes at a date, cut at that hour; its list begins when it opens."""
    if opens <= 0 and closes == inf:
        return turns
    pieces = (Turn(cut_to(turn.sessions, opens, closes)) for turn in turns)
    return tuple(turn for turn in pieces if turn.sessions)


def cut_to(sessions: tuple[Session, ...], opens: float, closes: float) -> tuple[Session, ...]:
    """What is left of sessions between two hours."""
    pieces = (replace(one, intervals=tuple(within(list(one.intervals), opens, closes))) for one in sessions)
    return tuple(session for session in pieces if session.intervals)
