"""Which areas should share a rota, by exposure and seat arithmetic alone: no call, no replication, exact in seconds.

One seat for each group, held in turn by the people of the role who live there. A night of a child is covered when the
person whose turn it is is there (leave, sickness, empty posts and their cover) and, of those who visit, lives within
reach. How often somebody is busy is not counted, nor what anybody wishes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from sim.demand.expected import child_nights
from sim.demand.laws import lognormal
from sim.domain.groupings import Group
from sim.domain.merging import widest_km
from sim.domain.scenario import Scenario
from sim.domain.staff import Clinician, Pattern
from sim.errors import BadInput
from sim.experiment.reached import Reached
from sim.exposure import on_paper
from sim.keyed import Floats, uniform
from sim.place import lay_out
from sim.rota.expect import p_empty
from sim.rota.pool_seats import is_pooled
from sim.rota.seats import Seats, seats

DRAWS = 2000  # of how many children die in each area, for the interval of a margin


@dataclass(frozen=True)
class Cover:
    """Child-nights without the role, of any group of areas. nights: expected a year, by area.

    known: the chances of reach found so far, by rows of the two areas.
    """

    scenario: Scenario
    role: str
    pattern: Pattern
    people: tuple[Clinician, ...]
    nights: Floats
    known: dict[tuple[int, int], float] = field(default_factory=dict)

    @cached_property
    def map(self) -> Reached:
        """How far people come at night."""
        return Reached(self.scenario)

    def uncovered(self, group: Group) -> float:
        """Nights a year of the group's children that nobody covers when its people share one seat."""
        return float(self.shares([group]) @ self.nights)

    def shares(self, groups: Sequence[Group]) -> Floats:
        """By area, the share of its nights that nobody covers when each group shares one seat; 0 outside the groups."""
        found = np.zeros(len(self.scenario.areas))
        place = {area.code: row for row, area in enumerate(self.scenario.areas)}
        for group in groups:
            people = [person for person in self.people if person.area in group]
            homes, rows = [place[person.area] for person in people], [place[code] for code in group]
            there = 1 - p_empty(self.scenario, self.pattern, people, len(people))
            for row in rows:
                reach = [self._reaches(home, row) for home in homes]
                found[row] = 1 - there * (sum(reach) / len(reach) if reach else 0.0)
        return found

    def _reaches(self, home: int, area: int) -> float:
        """The chance that somebody who lives in one area has a family of the other within reach; 1 by telephone."""
        if not self.pattern.visiting:
            return 1.0
        if (home, area) not in self.known:
            self.known[home, area] = self.map.reached(home, area)
        return self.known[home, area]


def cover_of(scenario: Scenario, role: str, plan: str) -> Cover:
    """What the people of a plan cover. Raises BadInput unless they are on call with one seat in every kind of area."""
    teams = [team for team in scenario.teams if team.plan == plan]
    patterns = {pattern for team in teams for pattern in team.patterns if is_pooled(pattern)}
    (pattern,) = patterns if len(patterns) == 1 else (None,)
    if pattern is None or pattern.seats != 1 or pattern.area_types or pattern.stepped_up:
        raise BadInput(
            f"role = {role}: clusters counts one rota on call of one seat, the same in every area, and {scenario.name} "
            f"has others; choose a scenario such as icb_rota or regional_rota_existing_people"
        )
    people = tuple(dict.fromkeys(person for team in teams for person in team.people))
    return Cover(scenario, role, pattern, people, child_nights(scenario))


def margin_interval(cover: Cover, one: Sequence[Group], other: Sequence[Group], seed: int) -> tuple[float, float]:
    """95 % of how many more nights a year ``other`` leaves uncovered than ``one``, over how many children die where."""
    spread = float(np.sqrt(np.expm1(cover.scenario.demand.area_effect_sd_log**2)))
    u = uniform((seed, 0), "cluster_margin", np.arange(DRAWS)[:, None], np.arange(len(cover.nights))[None, :])
    drawn = lognormal(u, 1.0, spread) @ ((cover.shares(other) - cover.shares(one)) * cover.nights)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)


@dataclass(frozen=True)
class Compared:
    """One way to group the areas, by exposure and seat arithmetic. rotas: with anybody on them. nobody: areas of groups
    without anybody of the role. too_often: people on call more often than is safe. cost: GBP a year for being
    available. widest: km between the two centres furthest apart in one group."""

    name: str
    groups: int
    rotas: int
    nobody: int
    uncovered: float
    share: float
    too_often: int
    people: int
    cost: float
    widest: float


def compared(name: str, cover: Cover, groups: Sequence[Group], grouped: Scenario, seed: int) -> Compared:
    """What a grouping comes to. grouped: the scenario in which the people of each group share one seat."""
    homes = {person.area for person in cover.people}
    nobody = [group for group in groups if not homes.intersection(group)]
    lines = [line for line in arithmetic(grouped, seed) if line.role == cover.role and line.on_call]
    uncovered = float(cover.shares(groups) @ cover.nights)
    return Compared(
        name, len(groups), len(lines), sum(map(len, nobody)), uncovered, uncovered / float(cover.nights.sum()),
        sum(round(line.people) for line in lines if line.needed is not None and line.people < line.needed),
        sum(round(line.people) for line in lines), sum(line.cost for line in lines),
        max(widest_km(grouped.areas, group) for group in groups),
    )  # fmt: skip


def arithmetic(scenario: Scenario, seed: int) -> list[Seats]:
    """Seat arithmetic with nobody absent; the rota of every area is of one kind, so any replication will do."""
    setting = lay_out(scenario, seed, 0)
    return seats(scenario, on_paper(scenario, setting, (seed, 0)))
