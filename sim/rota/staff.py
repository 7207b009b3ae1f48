"""The people of a scenario as one table: who is vacant, on leave or sick in which week, and where each starts from.

Every draw is keyed by the person's code, so that hiring somebody changes nobody else's year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim import keyed
from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import Scenario
from sim.domain.staff import Clinician
from sim.keyed import Floats, number_of

ABSENCE_FROM_HOUR = 9.0  # absences run from Monday 09:00 to Monday 09:00, so that a weekend on call is never cut
WEEKS_PER_YEAR = 365.25 / 7


@dataclass(frozen=True, slots=True, eq=False)
class Staff:
    """One row a person, in order of teams and lists.

    role, team, area: rows of the scenario's roles, teams, areas. key: 32-bit number of the code.
    leave, sick: by person and week. willingness: goodwill G, constant. east, north: start point in km.
    """

    people: tuple[Clinician, ...]
    role: NDArray[np.int64]
    team: NDArray[np.int64]
    area: NDArray[np.int64]
    key: NDArray[np.int64]
    vacant: NDArray[np.bool_]
    leave: NDArray[np.bool_]
    sick: NDArray[np.bool_]
    willingness: Floats
    east: Floats
    north: Floats

    def absent(self) -> NDArray[np.bool_]:
        """By person and week: vacant, on leave or sick."""
        return self.leave | self.sick | self.vacant[:, None]


def week_of(time: float) -> int:
    """The week of absence an hour belongs to."""
    return int((time - ABSENCE_FROM_HOUR) // HOURS_PER_WEEK)


def draw_staff(scenario: Scenario, key: tuple[int, int]) -> Staff:
    """The people of all teams, with this replication's absences, start points and goodwill."""
    members = [(row, person) for row, team in enumerate(scenario.teams) for person in team.people]
    people = tuple(person for _, person in members)
    roles = {role.name: row for row, role in enumerate(scenario.roles)}
    areas = {area.code: row for row, area in enumerate(scenario.areas)}
    role = np.array([roles[person.role] for person in people], dtype=np.int64)
    area = np.array([areas[person.area] for person in people], dtype=np.int64)
    number = np.array([number_of(person.code) for person in people], dtype=np.int64)
    weeks = np.arange(int(np.ceil(scenario.run.horizon / HOURS_PER_WEEK)) + 2)
    leave, sick = keyed.two_uniforms(key, "absence", number[:, None], weeks[None, :])
    vacant, willingness = keyed.two_uniforms(key, "post", number)
    east, north = keyed.two_uniforms(key, "start_point", number)
    centre = np.array([a.centre_km for a in scenario.areas]).reshape(-1, 2)[area]
    spread = np.array([a.spread_km for a in scenario.areas])[area]
    of_role = np.array([(r.leave_weeks / WEEKS_PER_YEAR, r.sick_share, r.p_vacant) for r in scenario.roles]).reshape(
        -1, 3
    )[role]
    goodwill = scenario.goodwill
    return Staff(
        people=people,
        role=role,
        team=np.array([row for row, _ in members], dtype=np.int64),
        area=area,
        key=number,
        vacant=vacant < of_role[:, 2],
        leave=leave < of_role[:, :1],
        sick=sick < of_role[:, 1:2],
        willingness=special.betaincinv(goodwill.willingness_alpha, goodwill.willingness_beta, willingness),
        east=centre[:, 0] + spread * special.ndtri(east),
        north=centre[:, 1] + spread * special.ndtri(north),
    )
