"""Clashes: who takes a session of a seat whose holder has another seat at the same time.

One list serves a team, and whoever is in two teams is one person. Source: ``docs/model.md``, People and rotas.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.domain.intervals import Interval, merged, within
from sim.domain.sessions import Session
from sim.domain.staff import Pattern
from sim.rota.cover import GAP
from sim.rota.one_duty import clashing
from sim.rota.rest import Ints
from sim.rota.turns import Timetable, Turn, timetable

Busy = dict[int, list[Interval]]  # by person, the hours of the seats held, merged


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """A pattern with a number of seats as it is planned, before anybody is away.

    team, number: row of the team, and place of the pattern in it. people: rows of the staff, in the order of its list.
    table: its turns. holders: by turn and seat, a row of the staff or GAP. seat: number of the first of its seats.
    written: somebody has written it down, so that nobody else is asked before anybody is away.
    """

    team: int
    number: int
    pattern: Pattern
    people: tuple[int, ...]
    table: Timetable
    holders: Ints
    seat: int = 0
    written: bool = False


def settled(plans: list[Planned]) -> list[Planned]:
    """The same plans with sessions that clash handed on to the next of the list who is free for the whole session.

    A duty that is written down stays as it is. A seat at work goes before one on call, the pattern with fewer people
    before one with more, the first of them before a later one. What nobody is free for stays with its holder.
    """
    if not _clash(plans):
        return plans
    busy: Busy = {}
    made: dict[int, Planned] = {}
    for place in sorted(range(len(plans)), key=lambda n: _first(plans[n], n)):
        made[place] = plans[place] if plans[place].written else _around(plans[place], busy)
        _note(made[place], busy)
    return [made[place] for place in range(len(plans))]


def _first(plan: Planned, place: int) -> tuple[bool, bool, int, int]:
    return not plan.written, plan.pattern.on_call, len(plan.people), place


def _clash(plans: list[Planned]) -> bool:
    """Whether anybody holds two seats at some hour."""
    who = [person for plan in plans for person in plan.people]
    if len(set(who)) == len(who):
        return False  # nobody works two patterns
    columns = [
        (plan.holders[plan.table.turn, seat], plan.table.start, plan.table.end)
        for plan in plans
        for seat in range(plan.holders.shape[1])
    ]
    return len(clashing(*map(np.concatenate, zip(*columns, strict=True)))) > 0


def _around(plan: Planned, busy: Busy) -> Planned:
    """A plan whose holders give way to what they are busy with; a turn that several then share is several turns."""
    turns, holders = [], []
    for turn, seated in zip(plan.table.turns, plan.holders.tolist(), strict=True):
        parts: dict[tuple[int, ...], list[Session]] = {}
        for session in turn.sessions:
            parts.setdefault(_seated(plan.people, seated, session, busy), []).append(session)
        turns += [Turn(tuple(sessions)) for sessions in parts.values()]
        holders += list(parts)
    table = plan.table if len(turns) == len(plan.table.turns) else timetable(tuple(turns))
    return replace(plan, table=table, holders=np.array(holders, dtype=np.int64).reshape(-1, plan.holders.shape[1]))


def _seated(people: tuple[int, ...], seated: list[int], session: Session, busy: Busy) -> tuple[int, ...]:
    """Who holds each seat of a session."""
    found = list(seated)
    for seat, person in enumerate(seated):
        if person != GAP and not _free(person, session, busy):
            after = people.index(person) + 1
            others = (one for one in people[after:] + people[: after - 1] if one not in found)
            found[seat] = next((one for one in others if _free(one, session, busy)), person)
    return tuple(found)


def _free(person: int, session: Session, busy: Busy) -> bool:
    hours = busy.get(person, [])
    return not any(within(hours, start, end) for start, end in session.intervals)


def _note(plan: Planned, busy: Busy) -> None:
    pieces: dict[int, list[Interval]] = {}
    for turn, seated in zip(plan.table.turns, plan.holders.tolist(), strict=True):
        for person in seated:
            pieces.setdefault(person, []).extend(turn.intervals)
    for person, more in pieces.items():
        busy[person] = merged(busy.get(person, []) + more)  # of nobody's too, whom no seat asks
