"""Who would come to whom: the expected journey at the hour in question against the reach, as for the car.

Busy and quiet roads reach differently far, so a duty is cut into the hours of each (07:00 and 19:00 of working days).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.travel import BUSY, QUIET, Spot, Ways
from sim.hours import Hours, busy_roads
from sim.keyed import Floats
from sim.place.setting import Setting
from sim.rota.duties import Duties
from sim.rota.rest import expand

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def within_reach(ways: Ways, setting: Setting, family: Ints, person: Ints, busy: bool) -> Bools:
    """Whether the expected journey, without getting ready, is no longer than the reach: of rows broadcast together.

    busy: on the roads of working days 07:00-19:00, else on those of all other hours.
    """
    start = Spot(*(column[person] for column in setting.staff.start))
    home = Spot(*(column[family] for column in setting.demand.families.home))
    return np.asarray(ways.hours(start, home, busy) <= ways.reach, dtype=bool)


def beyond_reach(ways: Ways, setting: Setting, area: Ints, person: Ints, family: Ints) -> Bools:
    """By area, whether any of the people who serve it is too far from any of its families' homes, on any road.

    area, person: who serves where, as often as they do. family: in order of area.
    """
    people = len(setting.staff.people)
    where, who = np.divmod(np.flatnonzero(np.bincount(area * people + person)), max(people, 1))
    edges = np.searchsorted(setting.demand.families.area[family], np.arange(len(setting.area_types) + 1))
    pair, place = expand(edges[where], (edges[1:] - edges[:-1])[where])
    far = np.zeros(len(setting.area_types), dtype=bool)
    for road in (BUSY, QUIET):
        far[where[pair[~within_reach(ways, setting, family[place], who[pair], road)]]] = True
    return far


class Held(NamedTuple):
    """Hours that somebody is on a duty, one row each: from, to, and the row of the person."""

    start: Floats
    end: Floats
    person: Ints


def by_roads(
    scenario: Scenario, setting: Setting, duties: Duties, rows: Ints, living: Ints, ways: Ways
) -> list[tuple[Held, Callable[[Ints], Bools]]]:  # fmt: skip
    """Duties of an area, and who of their people comes to which of its families (families by people).

    Where busy and quiet roads differ for anybody, the duties are cut into the hours of each.
    """
    held = Held(duties.start[rows], duties.end[rows], duties.person[rows])
    people = np.unique(held.person)
    near = {busy: within_reach(ways, setting, living[:, None], people, busy) for busy in (BUSY, QUIET)}
    if (near[BUSY] == near[QUIET]).all():
        return [(held, lambda _: near[QUIET])]
    row, start, end, busy = roads(scenario).cut(held.start, held.end)
    parts: list[tuple[Held, Callable[[Ints], Bools]]] = []
    for road, of in ((BUSY, busy), (QUIET, ~busy)):
        comes = partial(_columns, near[road], people)
        parts.append((Held(start[of], end[of], held.person[row[of]]), comes))
    return parts


def _columns(near: Bools, people: Ints, some: Ints) -> Bools:
    """The columns of some of the people."""
    return near[:, np.searchsorted(people, some)]


def roads(scenario: Scenario) -> Hours:
    """The hours of busy roads of a run."""
    return busy_roads(scenario.calendar, int(scenario.run.horizon // HOURS_PER_DAY) + 1)
