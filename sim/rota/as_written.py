"""A rota that somebody has written, laid for its dates in place of the pattern: who is named holds the duty.

Hours of the pattern that nobody is named for are gaps. Sickness, and absences of the table of people, take a duty away
as they take a turn, and it is offered down the list.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.intervals import Interval, merged, minus, within
from sim.domain.sessions import Session
from sim.domain.staff import Team
from sim.domain.written import WrittenDuty, period
from sim.rota.clashes import Planned
from sim.rota.cover import GAP
from sim.rota.staff import Staff
from sim.rota.turns import Timetable, Turn, timetable


def apart_from(turns: tuple[Turn, ...], hours: Interval | None) -> tuple[Turn, ...]:
    """Turns without the hours for which a rota is written down; all of them where none is."""
    if hours is None:
        return turns
    cut = (Turn(tuple(_without(session, hours) for session in turn.sessions)) for turn in turns)
    kept = (Turn(tuple(session for session in turn.sessions if session.intervals)) for turn in cut)
    return tuple(turn for turn in kept if turn.sessions)


def _without(session: Session, hours: Interval) -> Session:
    return Session(session.day, session.handed, tuple(minus(list(session.intervals), [hours])))


def as_written(
    staff: Staff, team: Team, row: int, number: int, seats: int | None, planned: Timetable
) -> Iterator[Planned]:
    """The duties written of one pattern, seat by seat, and of its seats the hours that nobody is named for.

    row: of the team. number: place of the pattern in it. planned: its turns, were nothing written.
    """
    mine = [duty for duty in team.written if duty.pattern == number]
    rows = {staff.people[member]: member for member in staff.members[row].tolist()}
    begins, ends = period(team.written, number) or (0.0, 0.0)
    named = [session.intervals for turn in planned.turns for session in turn.sessions]
    for seat in range(max(seats or 0, *(duty.seat + 1 for duty in mine))):
        held = [duty for duty in mine if duty.seat == seat]
        pieces = [(duty.start, duty.end, GAP if duty.person is None else rows[duty.person]) for duty in held]
        if seats is not None and seat < seats:
            pieces += [(*gap, GAP) for hours in named for gap in _empty(hours, held, begins, ends)]
        pieces.sort()
        turns = tuple(Turn((_session(start, end),)) for start, end, _ in pieces)
        holders = np.array([[person] for *_, person in pieces], dtype=np.int64).reshape(-1, 1)
        everybody = tuple(staff.members[row].tolist())
        yield Planned(row, number, team.patterns[number], everybody, timetable(turns), holders, seat, written=True)


def _empty(hours: tuple[Interval, ...], held: list[WrittenDuty], begins: float, ends: float) -> list[Interval]:
    """What of the hours of a session is inside the dates of the written rota, and held by nobody."""
    inside = [piece for start, end in hours for piece in within([(start, end)], begins, ends)]
    return minus(inside, merged([(duty.start, duty.end) for duty in held]))


def _session(start: float, end: float) -> Session:
    day = int(start // HOURS_PER_DAY)
    return Session(day, day, ((start, end),))
