"""Cover: who takes a turn on call whose holder is away.

Source: ``docs/model.md``, People and rotas. A turn is offered in list order from the person after the holder
to the first who is there, holds no turn that overlaps or touches it, and has not yet covered in this cycle.
"""

from __future__ import annotations

from bisect import bisect_left, insort

import numpy as np
from numpy.typing import NDArray

from sim.domain.intervals import Interval
from sim.domain.scenario import Scenario
from sim.domain.staff import Pattern
from sim.keyed import number_of, one
from sim.rota.staff import Staff
from sim.rota.turns import Turn

GAP = -1  # the person of a duty that nobody holds
SHORT_NOTICE = number_of("short_notice_cover")
Holding = dict[int, list[Interval]]  # by person, the first and last hour of each turn held, in order of time


def cover(
    scenario: Scenario, staff: Staff, pattern: Pattern, people: list[int], turns: tuple[Turn, ...],
    day: NDArray[np.int64], absent: NDArray[np.bool_], holders: NDArray[np.int64], holding: Holding,
    key: tuple[int, int],
) -> None:  # fmt: skip
    """Offers each absent holder's turn down the list: leave and vacancies with the rota, sickness afterwards.

    day: of absence, by turn as a column. absent: by person and day. holders: by turn and seat, changed in place.
    holding: what those who are there hold already, in this pattern and in others, added to.
    """
    known = staff.leave[holders, day] | staff.vacant[holders]
    away = (holders != GAP) & absent[holders, day]
    first = holders.copy()
    holders[away] = GAP
    covered: set[tuple[int, int]] = set()
    for sickness in (False, True):
        for k, seat in np.argwhere(away & (known != sickness)).tolist():
            holder = int(first[k, seat])
            if pattern.prospective_cover and (not sickness or _at_short_notice(scenario, staff, holder, turns[k], key)):
                cycle = k * holders.shape[1] // len(people)
                taker = _first_free(people, holder, turns[k], absent[:, day[k, 0]], holding, covered, cycle)
                if taker != GAP:
                    holders[k, seat] = taker
                    covered.add((taker, cycle))
                    insort(holding[taker], (turns[k].start, turns[k].end))


def note_turns(people: list[int], turns: tuple[Turn, ...], holders: NDArray[np.int64], holding: Holding) -> None:
    """Adds the turns that people hold to what each holds. holders: by turn and seat."""
    for person in people:
        mine = np.flatnonzero((holders == person).any(axis=1)).tolist()
        holding[person] = sorted(holding[person] + [(turns[k].start, turns[k].end) for k in mine])


def _at_short_notice(scenario: Scenario, staff: Staff, holder: int, turn: Turn, key: tuple[int, int]) -> bool:
    return one(key, SHORT_NOTICE, int(staff.key[holder]), int(turn.start)) < scenario.rota.p_short_notice_cover


def _first_free(
    people: list[int], holder: int, turn: Turn, absent: NDArray[np.bool_], holding: Holding,
    covered: set[tuple[int, int]], cycle: int,
) -> int:  # fmt: skip
    place = people.index(holder)
    for person in people[place + 1 :] + people[:place]:
        if not absent[person] and (person, cycle) not in covered and not _clashes(holding[person], turn):
            return person
    return GAP


def _clashes(held: list[Interval], turn: Turn) -> bool:
    after = bisect_left(held, (turn.start, turn.start))
    before = after > 0 and held[after - 1][1] >= turn.start
    return before or (after < len(held) and held[after][0] <= turn.end)
