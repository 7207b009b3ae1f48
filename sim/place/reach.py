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

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def within_reach(ways: Ways, setting: Setting, family: Ints, person: Ints, busy: bool) -> Bools:
    """Families by people: whether the expected journey, without getting ready, is no longer than the reach.

    busy: on the roads of working days 07:00-19:00, else on those of all other hours.
    """
    start = Spot(*(column[person][None, :] for column in setting.staff.start))
    home = Spot(*(column[family][:, None] for column in setting.demand.families.home))
    return np.asarray(ways.hours(start, home, busy) <= ways.reach, dtype=bool)


class Held(NamedTuple):
    """Hours that somebody is on a duty, one row each: from, to, and the row of the person."""

    start: Floats
    end: Floats
    person: Ints


def by_roads(
    scenario: Scenario, setting: Setting, duties: Duties, rows: Ints, living: Ints, ways: Ways | None
) -> list[tuple[Held, Callable[[Ints], Bools]]]:  # fmt: skip
    """Duties of an area, and who of their people comes to which of its families (families by people).

    Where busy and quiet roads differ for anybody, the duties are cut into the hours of each. ways: None: whoever is on
    a duty helps by telephone, and nobody is too far.
    """
    held = Held(duties.start[rows], duties.end[rows], duties.person[rows])
    if ways is None:
        return [(held, lambda people: np.ones((len(living), len(people)), dtype=bool))]
    people = np.unique(held.person)
    near = {busy: within_reach(ways, setting, living, people, busy) for busy in (BUSY, QUIET)}
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
