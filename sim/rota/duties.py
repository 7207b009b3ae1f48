"""Patterns to duties: every seat of every rota for the whole run, held by a person or by nobody.

Source of the cover rule: ``docs/model.md``, People and rotas. Turns go round the team's list; an absent holder's
turn is offered down the list, once a cycle to each, without shifting anybody else's.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY, Calendar, Span
from sim.domain.scenario import Scenario
from sim.domain.staff import Pattern, Team
from sim.keyed import Floats, number_of, one
from sim.rota.staff import Staff, week_of
from sim.rota.turns import Turn, hours_of, turns_of

GAP = -1  # the person of a duty that nobody holds
SHORT_NOTICE = number_of("short_notice_cover")


@dataclass(frozen=True, slots=True, eq=False)
class Duties:
    """One row a duty [start, end) of one seat, ordered by team, pattern, turn and seat. Hours.

    person: row of the staff, or GAP. serves: row of the only area served, or -1 for every area of the team.
    turn: number of the turn within its pattern; rows of one turn and seat are held together.
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

    def __len__(self) -> int:
        return len(self.start)


def lay_duties(scenario: Scenario, staff: Staff, area_types: tuple[str, ...], key: tuple[int, int]) -> Duties:
    """All duties of all teams up to the end of demand, after absence and cover.

    area_types: the supply archetype of each area, in the order of the scenario's areas.
    """
    type_of = dict(zip((area.code for area in scenario.areas), area_types, strict=True))
    blocks = []
    for row, team in enumerate(scenario.teams):
        members = np.flatnonzero(staff.team == row)
        holding: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for number, pattern in enumerate(team.patterns):
            if pattern.area_types and not pattern.area_types & {type_of[code] for code in team.areas}:
                continue
            if pattern.seats is None:
                blocks.append(_everyone(scenario, staff, team, row, number, pattern, members))
            else:
                blocks.append(_rotation(scenario, staff, row, number, pattern, members, holding, key))
    empty = Duties(*(np.zeros(0, dtype=_KIND[field.name]) for field in fields(Duties)))
    return Duties(
        *(np.concatenate([getattr(block, field.name) for block in (empty, *blocks)]) for field in fields(Duties))
    )


_KIND: dict[str, type] = {"start": float, "end": float, "on_call": bool, "visiting": bool, "funded": bool}
_KIND.update(dict.fromkeys(("person", "team", "pattern", "turn", "serves"), np.int64))


def _everyone(
    scenario: Scenario, staff: Staff, team: Team, row: int, number: int, pattern: Pattern, members: NDArray[np.int64]
) -> Duties:
    """A shift that all who are not absent work, part-time people on ceil(5 x WTE) weekdays from a start day."""
    start, end, day = _shifts(scenario.calendar, pattern.spans, scenario.run.horizon)
    absent = staff.absent()[members]
    weekday = day % 7
    days_worked = math.ceil(5 * scenario.role(team.role).wte - 1e-9)
    first = np.array([staff.people[person].number for person in members]) % 5
    works = ((weekday[None, :] - first[:, None]) % 5 < days_worked) | (weekday >= 5)[None, :]
    week = np.maximum((start - 9.0) // 168.0, 0).astype(np.int64)
    who, shift = np.nonzero(works & ~absent[:, week])
    return _block(pattern, start[shift], end[shift], members[who], row, number, shift, staff)


@lru_cache(maxsize=64)
def _shifts(calendar: Calendar, spans: tuple[Span, ...], horizon: float) -> tuple[Floats, Floats, NDArray[np.int64]]:
    last = int(horizon // HOURS_PER_DAY)
    intervals = [piece for day in range(last + 1) for piece in hours_of(calendar, spans, day, day)]
    table = np.array(intervals, dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1], (table[:, 0] // HOURS_PER_DAY).astype(np.int64)


def _rotation(
    scenario: Scenario, staff: Staff, row: int, number: int, pattern: Pattern,
    members: NDArray[np.int64], holding: dict[int, list[tuple[float, float]]], key: tuple[int, int],
) -> Duties:  # fmt: skip
    """Seats held in turn: 1 in N by list order, then absences covered, then what nobody takes left as gaps."""
    assert pattern.seats is not None
    turns = turns_of(scenario.calendar, pattern.spans, pattern.rotation, scenario.rota, scenario.run.horizon)
    people = [int(person) for person in members]
    holders = [
        [
            people[(k * pattern.seats + seat) % len(people)] if seat < len(people) else GAP
            for seat in range(pattern.seats)
        ]
        for k in range(len(turns))
    ]
    for turn, seats in zip(turns, holders, strict=True):
        for person in seats:
            if person != GAP:
                holding[person].append((turn.start, turn.end))
    _cover(scenario, staff, pattern, people, turns, holders, holding, key)
    pieces = [
        (start, end, holders[k][seat], k)
        for k, turn in enumerate(turns)
        for seat in range(pattern.seats)
        for start, end in turn.intervals
    ]
    table = np.array(pieces, dtype=float).reshape(-1, 4)
    return _block(
        pattern,
        table[:, 0],
        table[:, 1],
        table[:, 2].astype(np.int64),
        row,
        number,
        table[:, 3].astype(np.int64),
        staff,
    )


def _cover(
    scenario: Scenario, staff: Staff, pattern: Pattern, people: list[int], turns: tuple[Turn, ...],
    holders: list[list[int]], holding: dict[int, list[tuple[float, float]]], key: tuple[int, int],
) -> None:  # fmt: skip
    """Offers each absent holder's turn down the list: leave and vacancies with the rota, sickness afterwards."""
    absent = staff.absent()
    known = staff.leave | staff.vacant[:, None]
    covered: set[tuple[int, int]] = set()
    weeks = [max(week_of(turn.start), 0) for turn in turns]
    for sickness in (False, True):
        for k, turn in enumerate(turns):
            for seat, holder in enumerate(holders[k]):
                if holder == GAP or not absent[holder, weeks[k]] or known[holder, weeks[k]] == sickness:
                    continue
                holders[k][seat] = GAP
                offered = pattern.prospective_cover and (
                    not sickness or _at_short_notice(scenario, staff, holder, turn, key)
                )
                if not offered:
                    continue
                cycle = k * len(holders[k]) // len(people)
                taker = _first_free(people, holder, turn, absent[:, weeks[k]], holding, covered, cycle)
                if taker != GAP:
                    holders[k][seat] = taker
                    covered.add((taker, cycle))
                    place = bisect_left(holding[taker], (turn.start, turn.end))
                    holding[taker].insert(place, (turn.start, turn.end))


def _at_short_notice(scenario: Scenario, staff: Staff, holder: int, turn: Turn, key: tuple[int, int]) -> bool:
    return one(key, SHORT_NOTICE, int(staff.key[holder]), int(turn.start)) < scenario.rota.p_short_notice_cover


def _first_free(
    people: list[int], holder: int, turn: Turn, absent: NDArray[np.bool_],
    holding: dict[int, list[tuple[float, float]]], covered: set[tuple[int, int]], cycle: int,
) -> int:  # fmt: skip
    """The first after the holder who is there, has no turn that touches this one, and has not covered in the cycle."""
    place = people.index(holder)
    for person in people[place + 1 :] + people[:place]:
        if not absent[person] and (person, cycle) not in covered and not _clashes(holding[person], turn):
            return person
    return GAP


def _clashes(held: list[tuple[float, float]], turn: Turn) -> bool:
    after = bisect_left(held, (turn.start, turn.start))
    before = after > 0 and held[after - 1][1] >= turn.start
    return before or (after < len(held) and held[after][0] <= turn.end)


def _block(
    pattern: Pattern, start: Floats, end: Floats, person: NDArray[np.int64], team: int, number: int,
    turn: NDArray[np.int64], staff: Staff,
) -> Duties:  # fmt: skip
    size = len(start)
    everywhere = np.full(size, -1, dtype=np.int64)
    home = np.where(person >= 0, staff.area[person], -1) if len(staff.area) else everywhere
    return Duties(
        start, end, person, np.full(size, team), np.full(size, number), turn,
        np.full(size, pattern.at == "on_call"), np.full(size, pattern.visiting), np.full(size, pattern.funded),
        home if pattern.serves == "home" else everywhere,
    )  # fmt: skip
