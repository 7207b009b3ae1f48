"""Served hours: when somebody on a duty of a family's area would come to it, or be there by telephone.

Where everybody on duty reaches every home of an area, as nearly everywhere, its hours are those of anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.domain.scenario import Scenario
from sim.domain.travel import Ways
from sim.keyed import Floats
from sim.place.reach import Bools, Held, Ints, beyond_reach, by_roads
from sim.place.setting import Setting
from sim.rota.duties import Duties
from sim.rota.rest import expand


def covered(
    scenario: Scenario, setting: Setting, duties: Duties, rows: Ints, begins: Floats, ends: Floats, reach: bool
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Families and the stretches of their hours in which somebody on a duty of their area would come.

    rows: of the duties. begins, ends: the hours of each family. reach: only those within reach of its home count.
    """
    areas, area_of = np.arange(len(scenario.areas) + 1), setting.demand.families.area
    area, row = serving(scenario, duties, rows, visiting=reach)
    at_home = np.flatnonzero(ends > begins)
    at_home = at_home[np.argsort(area_of[at_home], kind="stable")]
    ways = Ways(scenario) if reach else None
    far = areas < 0 if ways is None else beyond_reach(ways, setting, area, duties.person[row], at_home)
    of_duties, of_homes = np.searchsorted(area, areas), np.searchsorted(area_of[at_home], areas)
    found: list[tuple[Ints, Floats, Floats]] = [(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))]
    for number in np.flatnonzero((np.diff(of_duties) > 0) & (np.diff(of_homes) > 0)).tolist():
        here = row[of_duties[number] : of_duties[number + 1]]
        living = at_home[of_homes[number] : of_homes[number + 1]]
        hours = begins[living], ends[living]
        if ways is not None and far[number]:
            for held, comes in by_roads(scenario, setting, duties, here, living, ways):
                found.append(_of_those_near(held, comes, living, *hours))
        else:
            found.append(_of_anybody(duties.start[here], duties.end[here], living, *hours))
    family, start, end = (np.concatenate([one[column] for one in found]) for column in range(3))
    return family, start, end


def _of_anybody(
    start: Floats, end: Floats, family: Ints, begins: Floats, ends: Floats
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Families and the stretches of their hours in which anybody is on duty."""
    start, end = merged(start, end)
    first = np.searchsorted(end, begins, side="right")
    which, place = expand(first, np.searchsorted(start, ends) - first)
    return family[which], np.maximum(start[place], begins[which]), np.minimum(end[place], ends[which])


def _of_those_near(
    held: Held, comes: Callable[[Ints], Bools], family: Ints, begins: Floats, ends: Floats
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """The same of people on duty who come to some of the families only."""
    start, end, people, on = _stretches(held)
    there = (start < ends[:, None]) & (end > begins[:, None])
    which, place = np.nonzero((comes(people).astype(np.float32) @ on > 0) & there)
    return family[which], np.maximum(start[place], begins[which]), np.minimum(end[place], ends[which])


def merged(start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """The hours of any of some duties, by time: those that overlap or touch are one stretch."""
    # 9-17, 12-20, 22-24: starts 9, 12, 22 and ends 17, 20, 24; a stretch begins where all that began before it have
    # ended: not at 12, before the first end, 17, but at 22, after the second, 20
    start, end = np.sort(start, kind="stable"), np.sort(end, kind="stable")  # in runs, one a person
    new = np.append(True, start[1:] > end[:-1])
    return start[new], end[np.append(new[1:], True)]


def _stretches(held: Held) -> tuple[Floats, Floats, Ints, NDArray[np.float32]]:
    """Starts and ends of the different stretches of hours of some duties, who holds any, and by person and stretch 1.

    Many people share the hours of a day shift: each stretch is looked at once, whoever is on it.
    """
    # nurses 4 and 6 on 9-17, nurse 6 on 17-21: stretches 9-17 and 17-21, people [4, 6], on = [[1, 0], [1, 1]]
    # families by people who reach them, times on: how many come in each stretch; more than none is covered
    order = np.lexsort((held.end, held.start))
    start, end = held.start[order], held.end[order]
    new = np.ones(len(start), dtype=bool)
    new[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    people, who = np.unique(held.person[order], return_inverse=True)
    on = np.zeros((len(people), int(new.sum())), dtype=np.float32)
    on[who, np.cumsum(new) - 1] = 1.0
    return start[new], end[new], people, on


def serving(scenario: Scenario, duties: Duties, rows: Ints, *, visiting: bool) -> tuple[Ints, Ints]:
    """Each area, in order, as often as duties serve it, with visits or by telephone, and the rows of these."""
    serves, team = (duties.serves if visiting else duties.answers)[rows], duties.team[rows]
    order = np.lexsort((team, serves))
    own = np.searchsorted(serves[order], np.arange(len(scenario.areas) + 1)).tolist()
    shared = np.searchsorted(team[order[: own[0]]], np.arange(len(scenario.teams) + 1)).tolist()
    # in order stand first the duties of every area of a team (serves -1), team by team, then those of one area each
    pieces = [[slice(first, last)] for first, last in pairwise(own)]
    place = {area.code: row for row, area in enumerate(scenario.areas)}
    for of, (first, last) in zip(scenario.teams, pairwise(shared), strict=True):
        for code in of.areas if last > first else ():
            pieces[place[code]].append(slice(first, last))
    found = [order[piece] for of_area in pieces for piece in of_area]
    size = [sum(piece.stop - piece.start for piece in of_area) for of_area in pieces]
    return np.repeat(np.arange(len(size)), size), rows[np.concatenate(found)] if found else rows
