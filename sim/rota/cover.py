"""Cover: what becomes of a turn whose holder is away for some of its hours.

The hours there stay hers. Each stretch without a break of the hours lost is offered down the list from the person after
her, to the first who is there for all of it, holds no duty that overlaps it, nor one that touches it so that together
they would be more hours without a break than the rota asks of anybody, and has not covered another turn in this cycle.
Leave and vacancies are known when a rota is made; sickness is not.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.intervals import Interval
from sim.domain.scenario import Scenario
from sim.domain.staff import Pattern
from sim.keyed import number_of, one
from sim.rota.staff import Staff
from sim.rota.turns import Timetable

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

GAP = -1  # the person of a duty that nobody holds
SHORT_NOTICE = number_of("short_notice_cover")
Holding = dict[int, list[Interval]]  # by person, the hours held in each turn, in order of time


class Lost(NamedTuple):
    """Hours without a break [start, end) of one turn and seat in which the holder is away, in the order of offers.

    parts: rows of them, from the first to before the second. days: of absence, likewise. begins: of the turn, an hour.
    """

    sickness: bool
    turn: int
    seat: int
    start: float
    end: float
    parts: tuple[int, int]
    days: tuple[int, int]
    holder: int
    begins: float


def cover(
    scenario: Scenario, staff: Staff, pattern: Pattern, people: list[int], table: Timetable, absent: Bools,
    holders: Ints, holding: Holding, key: tuple[int, int],
) -> Ints:  # fmt: skip
    """By part and seat, who holds it: leave and vacancies are covered with the rota, sickness afterwards.

    absent: by person and day. holders: by turn and seat. holding: what those who are
    there hold already, in this pattern and in others, added to.
    """
    first = holders[table.turn]
    away = (first != GAP) & absent[first, table.day[:, None]]
    held = np.where(away, GAP, first)
    if not pattern.prospective_cover:
        return held
    place, twice = {person: n for n, person in enumerate(people)}, people + people
    away_on = {person: absent[person].tobytes() for person in people}  # a byte a day, 1: away
    covered: dict[tuple[int, int], tuple[int, int]] = {}  # by person and cycle, the turn and seat
    for lost in sorted(_lost(staff, table, first, away)):
        if lost.sickness and not at_short_notice(scenario, staff, lost.holder, lost.begins, key):
            continue
        cycle, mine = lost.turn * holders.shape[1] // len(people), (lost.turn, lost.seat)
        for person in twice[place[lost.holder] + 1 : place[lost.holder] + len(people)]:
            if covered.get((person, cycle), mine) != mine or 1 in away_on[person][slice(*lost.days)]:
                continue
            if not _clashes(holding[person], lost, table.longest):
                held[slice(*lost.parts), lost.seat] = person
                covered[person, cycle] = mine
                insort(holding[person], (lost.start, lost.end))
                break
    return held


def at_short_notice(scenario: Scenario, staff: Staff, holder: int, hour: float, key: tuple[int, int]) -> bool:
    """Whether what somebody sick loses of the turn that begins at an hour is offered to anybody."""
    return one(key, SHORT_NOTICE, int(staff.key[holder]), int(hour) % 2**32) < scenario.rota.p_short_notice_cover


def _lost(staff: Staff, table: Timetable, first: Ints, away: Bools) -> list[Lost]:
    """The stretches lost by leave and vacancies, and those by sickness."""
    found: list[Lost] = []
    begins = table.start[np.searchsorted(table.turn, table.turn)]
    sick = ~(staff.leave[first, table.day[:, None]] | staff.vacant[first])
    for seat in range(first.shape[1]):
        rows = np.flatnonzero(away[:, seat])
        columns = (table.turn, table.start, table.end, table.day, begins, sick[:, seat], first[:, seat])
        for part, turn, start, end, day, hour, sickness, holder in zip(
            rows.tolist(), *(column[rows].tolist() for column in columns), strict=True
        ):
            last = found[-1] if found else None
            if last and (last.seat, last.turn, last.sickness, last.end) == (seat, turn, sickness, start):
                whole = (last.parts[0], part + 1), (last.days[0], day + 1)
                found[-1] = Lost(sickness, turn, seat, last.start, end, *whole, holder, hour)
            else:
                found.append(Lost(sickness, turn, seat, start, end, (part, part + 1), (day, day + 1), holder, hour))
    return found


def note(people: list[int], table: Timetable, held: Ints, holding: Holding) -> None:
    """Adds the hours that people hold to what each holds. held: by part and seat."""
    for person in people:
        mine = np.flatnonzero((held == person).any(axis=1))
        hours = zip(table.start[mine].tolist(), table.end[mine].tolist(), strict=True)
        holding[person] = sorted([*holding[person], *hours])


def _clashes(held: list[Interval], lost: Lost, longest: float) -> bool:
    """Whether hours held overlap those lost, or touch them and make more than the longest stretch with them."""
    start, end = lost.start, lost.end
    after = bisect_left(held, (start, start))
    before = after - 1
    if (before >= 0 and held[before][1] > start) or (after < len(held) and held[after][0] < end):
        return True
    while before >= 0 and held[before][1] == start:
        start, before = held[before][0], before - 1
    while after < len(held) and held[after][0] == end:
        end, after = held[after][1], after + 1
    return (start, end) != (lost.start, lost.end) and end - start > longest + 1e-9
