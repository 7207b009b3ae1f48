"""Patterns to duties: every seat of every rota for the whole run, held by a person or by nobody.

Turns go round the team's list; hours in which a holder is absent are offered down it without shifting anybody's turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import Calendar
from sim.domain.intervals import Interval
from sim.domain.scenario import RotaRules, Scenario
from sim.domain.staff import Pattern
from sim.domain.written import period
from sim.keyed import Floats
from sim.rota.absence import day_of
from sim.rota.as_written import apart_from, as_written
from sim.rota.changes import changed
from sim.rota.clashes import Planned, settled
from sim.rota.cover import GAP, Holding, cover, note
from sim.rota.everyone import days_of_work, shifts
from sim.rota.one_duty import Piece, clashing, in_hands, share_out
from sim.rota.pool_seats import seats_of
from sim.rota.staff import Staff
from sim.rota.there import round_the_list
from sim.rota.turns import Timetable, timetable, turns_of, while_open


class _Ordered:
    __slots__ = ("_in_hands",)
    _in_hands: NDArray[np.int64]  # no column: worked out once


@dataclass(frozen=True, slots=True, eq=False)
class Duties(_Ordered):
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

    def in_hands(self) -> NDArray[np.int64]:
        """The rows that somebody holds, by person and then by start."""
        if not hasattr(self, "_in_hands"):
            object.__setattr__(self, "_in_hands", in_hands(self.person, self.start))
        return self._in_hands


def lay_duties(scenario: Scenario, staff: Staff, area_types: tuple[str, ...], key: tuple[int, int]) -> Duties:
    """All duties of all teams up to the end of demand, after absence and cover.

    area_types: the supply archetype of each area, in the order of the scenario's areas.
    """
    return _one_at_a_time(scenario, _laid(scenario, staff, area_types, key))


def _laid(scenario: Scenario, staff: Staff, area_types: tuple[str, ...], key: tuple[int, int]) -> Duties:
    """The duties of all patterns, one after another."""
    type_of = dict(zip((area.code for area in scenario.areas), area_types, strict=True))
    absent, days = staff.absent(), days_of_work(scenario, staff)
    planned = [plan for row in range(len(scenario.teams)) for plan in _plans(scenario, staff, row, type_of)]
    plans = settled(changed(scenario, staff, planned))
    holding = _held(plans, absent)
    seated = defaultdict[tuple[int, int], list[_Block]](list)
    for plan in plans:
        seated[plan.team, plan.number].append(_rotation(scenario, staff, absent, plan, holding, key))
    blocks: list[_Block] = []
    for row, team in enumerate(scenario.teams):
        for number, (pattern, seats) in enumerate(zip(team.patterns, seats_of(team, type_of), strict=True)):
            if seats is None:
                here = np.array(_people(staff, row, pattern), dtype=np.int64)
                apart = period(team.written, number)
                table, weekday = shifts(scenario.calendar, pattern, scenario.rota, scenario.run.horizon, apart)
                there = ~absent[here][:, table.day].T & days.works(here, weekday)
                blocks.append(_block(pattern, table, np.where(there, here, GAP), row, number))
            blocks += seated[row, number]
    return _joined(blocks, staff)


WRITTEN = 1_000_000  # numbers of turns written down begin here, those of each seat apart


class _Block(NamedTuple):
    """Duties of one pattern, as in ``Duties``, without what all of them share."""

    team: int
    number: int
    pattern: Pattern
    start: Floats
    end: Floats
    person: NDArray[np.int64]
    turn: NDArray[np.int64]
    seat: NDArray[np.int64]


def _joined(blocks: list[_Block], staff: Staff) -> Duties:
    """The duties of all blocks, one after another."""
    size, area = [len(block.start) for block in blocks], np.append(staff.area, -1)  # the last is nobody's

    def each(kind: type, values: Iterable[object]) -> NDArray[Any]:  # of a block
        return np.repeat(np.array(list(values), dtype=kind), size)

    def every(kind: type, columns: Iterable[NDArray[Any]]) -> NDArray[Any]:
        return np.concatenate([np.zeros(0, dtype=kind), *columns])

    person, patterns = every(np.int64, (block.person for block in blocks)), [block.pattern for block in blocks]
    return Duties(
        start=every(float, (block.start for block in blocks)),
        end=every(float, (block.end for block in blocks)),
        person=person,
        team=each(np.int64, (block.team for block in blocks)),
        pattern=each(np.int64, (block.number for block in blocks)),
        turn=every(np.int64, (block.turn for block in blocks)),
        on_call=each(bool, (pattern.on_call for pattern in patterns)),
        visiting=each(bool, (pattern.visiting for pattern in patterns)),
        funded=each(bool, (pattern.funded for pattern in patterns)),
        serves=np.where(each(bool, (pattern.visits_home for pattern in patterns)), area[person], -1),
        answers=np.where(each(bool, (pattern.answers_home for pattern in patterns)), area[person], -1),
        seat=every(np.int64, (block.seat for block in blocks)),
    )


def _one_at_a_time(scenario: Scenario, duties: Duties) -> Duties:
    """The same duties with nobody in two of them at once."""
    clashing_people = clashing(duties.person, duties.start, duties.end, duties.in_hands()).tolist()
    if not clashing_people:
        return duties
    kept = np.flatnonzero(~np.isin(duties.person, clashing_people))
    pieces: list[Piece] = []
    for person in clashing_people:
        mine = np.flatnonzero(duties.person == person)
        rota = list(zip(duties.team[mine].tolist(), duties.pattern[mine].tolist(), strict=True))
        seat = np.array([scenario.teams[team].patterns[number].seats is not None for team, number in rota])
        rank = [(scenario.teams[team].people_of(number), team, number) for team, number in rota]
        shared = share_out(duties.start[mine], duties.end[mine], duties.on_call[mine], rank, seat)
        pieces += [piece._replace(row=int(mine[piece.row])) for piece in shared]
    whole = (kept, duties.start[kept], duties.end[kept], np.ones(len(kept), dtype=bool))
    columns = [np.append(*both) for both in zip(whole, map(np.array, zip(*pieces, strict=True)), strict=True)]
    row, start, end, held = (column[np.lexsort(columns[::-1])] for column in columns)
    return replace(duties.take(row), start=start, end=end, person=np.where(held, duties.person[row], GAP))


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
) -> _Block:  # fmt: skip
    """Seats held in turn, absences covered, and what nobody takes left as gaps."""
    pattern, people, table, held = plan.pattern, list(plan.people), plan.table, plan.holders[plan.table.turn]
    if pattern.seats is None:  # of a shift that everybody works nobody takes another's place
        held = np.where((held != GAP) & absent[held, table.day[:, None]], GAP, held)
    elif people:
        held = cover(scenario, staff, pattern, people, table, absent, plan.holders, holding, key)
    block = _block(pattern, table, held, plan.team, plan.number)
    if plan.written:
        block = block._replace(seat=block.seat + plan.seat, turn=block.turn + plan.seat * WRITTEN + WRITTEN)
    return block


def _block(pattern: Pattern, table: Timetable, held: NDArray[np.int64], team: int, number: int) -> _Block:
    """The duties of a pattern: parts of a turn that follow each other in one seat and one pair of hands are one.

    held: by part and seat, rows of the staff or GAP, which of a shift that everybody works is no duty.
    """
    goes_on = np.zeros(held.shape, dtype=bool)
    touches = (table.turn[1:] == table.turn[:-1]) & (table.start[1:] == table.end[:-1])
    goes_on[1:] = (held[1:] == held[:-1]) & touches[:, None]
    begins = np.flatnonzero(~goes_on.T)  # seat by seat
    seat, first = np.divmod(begins, max(len(held), 1))
    last = (np.append(begins[1:], held.size)[: len(begins)] - 1) % max(len(held), 1)
    if pattern.seats is None:
        order = np.flatnonzero(held[first, seat] != GAP)
    else:  # by turn, as a rota is read
        order = np.lexsort((seat, table.start[first], table.turn[first]))
    seat, first, last = seat[order], first[order], last[order]
    return _Block(
        team, number, pattern, table.start[first], table.end[last], held[first, seat], table.turn[first], seat
    )
