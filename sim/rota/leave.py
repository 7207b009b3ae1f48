"""Leave as it is planned: wishes granted in the order of a team's list, so that no more than some are away at a time.

Source: ``docs/model.md``, People and rotas; how many may be away together is assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
YEAR = 52  # weeks of the run for which leave is planned together: nobody carries any over


def may_be_away(share: float, people: int) -> int:
    """How many of so many people who take leave may be away in one week: a share of them, at least one."""
    return max(int(share * people + 1e-9), 1)


def grant(wishes: Ints, teams: Sequence[Ints], most: Sequence[int], weeks: int) -> Bools:
    """By person and week: leave. Every wish becomes a week, as wished or else the nearest of its year with room.

    Of two weeks as near the later; where no week of the year has room the wish stands. wishes: by person, weeks; those
    beyond the last are none. teams: rows of their people in the order of the list; somebody of two teams is planned in
    the first. most: by team, who may be away in one week. weeks: whole years.
    """
    away = np.zeros((len(wishes), weeks), dtype=bool)
    planned: set[int] = set()
    for rows, room in zip(teams, most, strict=True):
        together = away[rows].sum(axis=0).tolist()  # whoever is planned already, in an earlier team
        for person in rows.tolist():
            if person in planned:
                continue
            planned.add(person)
            hers: set[int] = set()
            for wish in wishes[person].tolist():
                if wish < weeks:
                    week = _nearest(wish, hers, together, room)
                    hers.add(week)
                    together[week] += 1
            away[person, list(hers)] = True
    return away


def _nearest(wish: int, hers: set[int], together: list[int], room: int) -> int:
    """The week that a wish becomes. hers: her weeks so far. together: by week, how many of the team are away."""
    if wish not in hers and together[wish] < room:
        return wish
    year = range(wish // YEAR * YEAR, wish // YEAR * YEAR + YEAR)
    near = chain.from_iterable((wish + step, wish - step) for step in range(1, YEAR))
    free = (week for week in chain([wish], near) if week in year and week not in hers)
    first = next(free)
    return next((week for week in chain([first], free) if together[week] < room), first)


def crowded(leave: Bools, team: Ints, most: int) -> Bools:
    """By week, whether more of a team are on leave than may be. leave: by person and week. team: rows of its people."""
    return np.asarray(leave[team].sum(axis=0) > most, dtype=bool)
