"""Patterns to duties: every seat of every rota for the whole run, held by a person or by nobody.

Turns go round the team's list; hours in which a holder is absent are offered down it without shifting anybody's turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY, Calendar
from sim.domain.intervals import Interval
from sim.domain.scenario import RotaRules, Scenario
from sim.domain.sessions import sessions_of
from sim.domain.staff import Pattern, Team
from sim.domain.written import period
from sim.keyed import Floats
from sim.rota.absence import day_of
from sim.rota.as_written import apart_from, as_written
from sim.rota.changes import changed
from sim.rota.clashes import Planned, settled
from sim.rota.cover import GAP, Holding, cover, note
from sim.rota.one_duty import Piece, clashing, share_out
from sim.rota.pool_seats import seats_of
from sim.rota.staff import Staff
from sim.rota.there import round_the_list
from sim.rota.turns import Timetable, Turn, cut_to, timetable, turns_of, while_open


@dataclass(frozen=True, slots=True, eq=False)
class Duties:
    """One row a duty [start, end) of one seat, ordered by team, pattern, turn, start and seat. Hours.

    person: row of the staff, or GAP. serves: row of the only area visited, or -1 for every area of the team. answers:
    the same of the areas whose calls are answered and whose nurses are advised.
    turn: number of the turn within its pattern; rows of one turn and seat are held together but for hours of absence.
    seat: its number among those filled at a time, from 0; of a shift that everybody works, the place in the list.
    """

    start: Floats
    end: Floats
    person: NDArray[np.int64]
    team: NDArray[np.int64]
    pattern: NDArray[np.int64]
    turn: NDArray[np.int64]
    on_call: NDArray[np.bool_]
    visiting: NDArray[np.bool_]
    funded: NDArray[np.bool_]
    serves: NDArray[np.int64]
    answers: NDArray[np.int64]
    seat: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Duties:
        """The same table with only some rows."""
        return Duties(*(getattr(self, field.name)[rows] for field in fields(Duties)))


def lay_duties(scenario: Scenario, staff: Staff, area_types: tuple[str, ...], key: tuple[int, int]) -> Duties:
    """All duties of all teams up to the end of demand, after absence and cover.

    area_types: the supply archetype of each area, in the order of the scenario's areas.
    """
    type_of = dict(zip((area.code for area in scenario.areas), area_types, strict=True))
    absent = staff.absent()
    planned = [plan for row in range(len(scenario.teams)) for plan in _plans(scenario, staff, row, type_of)]
    plans = settled(changed(scenario, staff, planned))
    holding = _held(plans, absent)
    seated = defaultdict[tuple[int, int], list[Duties]](list)
    for plan in plans:
        seated[plan.team, plan.number].append(_rotation(scenario, staff, absent, plan, holding, key))
    blocks = [Duties(*(np.zeros(0, dtype=_KIND[field.name]) for field in fields(Duties)))]
    for row, team in enumerate(scenario.teams):
        for number, (pattern, seats) in enumerate(zip(team.patterns, seats_of(team, type_of), strict=True)):
            if seats is None:
                here = np.array(_people(staff, row, pattern), dtype=np.int64)
                blocks.append(_everyone(scenario, staff, absent, team, row, number, pattern, here))
            blocks += seated[row, number]
    columns = ([getattr(block, field.name) for block in blocks] for field in fields(Duties))
    return _one_at_a_time(scenario, Duties(*map(np.concatenate, columns)))


WRITTEN = 1_000_000  # numbers of turns written down begin here, those of each seat apart
_KIND: dict[str, type] = {"start": float, "end": float, "on_call": bool, "visiting": bool, "funded": bool}
_KIND.update(dict.fromkeys(("person", "team", "pattern", "turn", "serves", "answers", "seat"), np.int64))


def _one_at_a_time(scenario: Scenario, duties: Duties) -> Duties:
    """The same duties with nobody in two of them at once."""
    clashing_people = clashing(duties.person, duties.start, duties.end).tolist()
    if not clashing_people:
        return duties
    kept = np.flatnonzero(~np.isin(duties.person, clashing_people))
    pieces = [Piece(int(row), float(duties.start[row]), float(duties.end[row]), True) for row in kept]
    for person in clashing_people:
        mine = np.flatnonzero(duties.person == person)
        rota = list(zip(duties.team[mine].tolist(), duties.pattern[mine].tolist(), strict=True))
        seat = np.array([scenario.teams[team].patterns[number].seats is not None for team, number in rota])
        rank = [(scenario.teams[team].people_of(number), team, number) for team, number in rota]
        shared = share_out(duties.start[mine], duties.end[mine], duties.on_call[mine], rank, seat)
        pieces += [piece._replace(row=int(mine[piece.row])) for piece in shared]
    row, start, end, held = (np.array(column) for column in zip(*sorted(pieces), strict=True))
    same = duties.take(row)
    return replace(same, start=start, end=end, person=np.where(held, same.person, GAP))


def _everyone(
    scenario: Scenario, staff: Staff, absent: NDArray[np.bool_], team: Team, row: int, number: int, pattern: Pattern,
    members: NDArray[np.int64],
) -> Duties:  # fmt: skip
    """A shift that all who are not absent work, part-time people on ceil(5 x WTE) weekdays from a start day."""
    apart = period(team.written, number)
    table, weekday = _shifts(scenario.calendar, pattern, scenario.rota, scenario.run.horizon, apart)
    usual = scenario.role(team.role).wte
    wte = np.array([usual if (own := staff.people[person].wte) is None else own for person in members])
    days_worked = np.ceil(5 * wte - 1e-9)
    first = np.array([staff.people[person].number for person in members]) % 5
    works = ((weekday[:, None] - first[None, :]) % 5 < days_worked[None, :]) | (weekday >= 5)[:, None]
    duties = _block(
        pattern, table, np.where(works & ~absent[members][:, table.day].T, members[None, :], GAP), row, number, staff
    )
    return duties.take(np.flatnonzero(duties.person != GAP))


@lru_cache(maxsize=64)
def _shifts(
    calendar: Calendar, pattern: Pattern, rules: RotaRules, horizon: float, apart: Interval | None
) -> tuple[Timetable, NDArray[np.int64]]:  # fmt: skip
    """The shifts of a pattern, each a turn of its own, and the weekday of each part of them.

    apart: hours for which a rota is written down instead.
    """
    last = int(horizon // HOURS_PER_DAY)
    every = sessions_of(calendar, pattern.spans, pattern.rotation, rules, 0, last)
    shifts = tuple(Turn((session,)) for session in cut_to(every, pattern.opens, pattern.closes))
    table = timetable(apart_from(shifts, apart))
    day = np.array([turn.sessions[0].day for turn in table.turns], dtype=np.int64)
    return table, day[table.turn] % 7


def _people(staff: Staff, team: int, pattern: Pattern) -> list[int]:
    """Rows of the staff who work a pattern, in the order of the team's list."""
    members: list[int] = staff.members[team].tolist()
    return [members[place - 1] for place in pattern.only] if pattern.only else members


def _plans(scenario: Scenario, staff: Staff, row: int, type_of: dict[str, str]) -> Iterator[Planned]:
    """The patterns of a team with a number of seats: turn after turn goes round the list, 1 in N."""
    team = scenario.teams[row]
    for number, (pattern, seats) in enumerate(zip(team.patterns, seats_of(team, type_of), strict=True)):
        people, apart = _people(staff, row, pattern), period(team.written, number)
        if apart is not None:
            whole = _timetable(scenario.calendar, pattern, scenario.rota, scenario.run.horizon, None)
            yield from as_written(staff, team, row, number, seats, whole)
        if seats:
            table = _timetable(scenario.calendar, pattern, scenario.rota, scenario.run.horizon, apart)
            seat = np.arange(seats)
            place = np.arange(len(table.turns))[:, None] * seats + seat
            holders = np.full(place.shape, GAP)
            if people and staff.off_list[people].any():
                begins = np.array([day_of(turn.start) for turn in table.turns], dtype=np.int64)
                holders = round_the_list(people, begins, seats, staff.off_list, GAP)
            elif people:
                holders = np.where(seat < len(people), np.array(people)[place % len(people)], GAP)
            yield Planned(row, number, pattern, tuple(people), table, holders)


@lru_cache(maxsize=64)
def _timetable(
    calendar: Calendar, pattern: Pattern, rules: RotaRules, horizon: float, apart: Interval | None
) -> Timetable:  # fmt: skip
    every = turns_of(calendar, pattern.spans, pattern.rotation, rules, horizon)
    return timetable(apart_from(while_open(every, pattern.opens, pattern.closes), apart))


def _held(plans: list[Planned], absent: NDArray[np.bool_]) -> Holding:
    """What everybody who is there holds by their own turns."""
    holding: Holding = defaultdict(list)
    for plan in (one for one in plans if one.people):
        first = plan.holders[plan.table.turn]
        there = np.where(absent[first, plan.table.day[:, None]], GAP, first)
        note(list(plan.people), plan.table, there, holding)
    return holding


def _rotation(
    scenario: Scenario, staff: Staff, absent: NDArray[np.bool_], plan: Planned, holding: Holding, key: tuple[int, int]
) -> Duties:  # fmt: skip
    """Seats held in turn, absences covered, and what nobody takes left as gaps."""
    pattern, people, table, held = plan.pattern, list(plan.people), plan.table, plan.holders[plan.table.turn]
    if pattern.seats is None:  # of a shift that everybody works nobody takes another's place
        held = np.where((held != GAP) & absent[held, table.day[:, None]], GAP, held)
    elif people:
        held = cover(scenario, staff, pattern, people, table, absent, plan.holders, holding, key)
    block = _block(pattern, table, held, plan.team, plan.number, staff)
    if plan.written:
        block = replace(block, seat=block.seat + plan.seat, turn=block.turn + plan.seat * WRITTEN + WRITTEN)
    return block.take(np.flatnonzero(block.person != GAP)) if pattern.seats is None else block


def _block(
    pattern: Pattern, table: Timetable, held: NDArray[np.int64], team: int, number: int, staff: Staff
) -> Duties:  # fmt: skip
    """The duties of a pattern: parts of a turn that follow each other in one seat and one pair of hands are one.

    held: by part and seat, rows of the staff or GAP.
    """
    goes_on = np.zeros(held.shape, dtype=bool)
    goes_on[1:] = (held[1:] == held[:-1]) & ((table.turn[1:] == table.turn[:-1]) & (table.start[1:] == table.end[:-1]))[
        :, None
    ]
    begins = np.flatnonzero(~goes_on.T)  # seat by seat
    seat, first = np.divmod(begins, max(len(held), 1))
    last = (np.append(begins[1:], held.size)[: len(begins)] - 1) % max(len(held), 1)
    if pattern.seats is not None:  # by turn, as a rota is read
        order = np.lexsort((seat, table.start[first], table.turn[first]))
        seat, first, last = seat[order], first[order], last[order]
    size, person = len(first), held[first, seat]
    everywhere = np.full(size, -1, dtype=np.int64)
    home = np.where(person >= 0, staff.area[person], -1) if len(staff.area) else everywhere
    return Duties(
        table.start[first], table.end[last], person, np.full(size, team), np.full(size, number), table.turn[first],
        np.full(size, pattern.on_call), np.full(size, pattern.visiting), np.full(size, pattern.funded),
        home if pattern.visits_home else everywhere, home if pattern.answers_home else everywhere, seat,
    )  # fmt: skip
