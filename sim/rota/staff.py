"""The people of a scenario as one table: who is vacant, on leave or sick on which day, and where each starts from.

Every draw is keyed by the person's code, so that hiring somebody changes nobody else's year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim import keyed
from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import Scenario
from sim.domain.staff import Clinician
from sim.domain.travel import Spot
from sim.homes import settle
from sim.keyed import Floats, number_of
from sim.rota.absence import DAYS, day_of, draw_sickness, winter, wish_leave
from sim.rota.leave import YEAR, crowded, grant, may_be_away
from sim.rota.there import away, off_the_list, without_weeks


@dataclass(frozen=True, slots=True, eq=False)
class Staff:
    """One row a person, in order of teams and lists, once each.

    role, area: rows of the scenario's roles and areas. members: by team, the rows of its people in the order of its
    list; somebody may be in two teams. key: 32-bit number of the code. leave, sick: by person and day of absence
    (09:00 to 09:00). off_list: of the leave, days not in post, or away so long that the rota is written without them.
    willingness: goodwill G, constant. east, north: start point in km, in a locality.
    anew: day on which somebody new takes the post, -1: never. crowded: by team, weeks of the run in which more are on
    leave than may be together.
    """

    people: tuple[Clinician, ...]
    role: NDArray[np.int64]
    members: tuple[NDArray[np.int64], ...]
    area: NDArray[np.int64]
    key: NDArray[np.int64]
    vacant: NDArray[np.bool_]
    leave: NDArray[np.bool_]
    sick: NDArray[np.bool_]
    off_list: NDArray[np.bool_]
    willingness: Floats
    locality: NDArray[np.int64]
    east: Floats
    north: Floats
    anew: NDArray[np.int64]
    crowded: tuple[int, ...] = ()

    @property
    def start(self) -> Spot:
        """Where people set out from, as a column of points."""
        return Spot(self.east, self.north, self.locality)

    def absent(self) -> NDArray[np.bool_]:
        """By person and day: vacant, on leave or sick."""
        return self.leave | self.sick | self.vacant[:, None]


def on_leave(staff: Staff, first_day: int, days: int) -> NDArray[np.bool_]:
    """By person and day, from a first day on: annual leave."""
    return staff.leave[:, first_day : first_day + days]


def off_sick(staff: Staff, first_day: int, days: int) -> NDArray[np.bool_]:
    """By person and day, from a first day on: sickness."""
    return staff.sick[:, first_day : first_day + days]


def nobody_away(staff: Staff) -> Staff:
    """The same people as the rota is written for: every post filled, nobody on leave or sick."""
    return replace(staff, leave=staff.off_list, sick=np.zeros_like(staff.sick), vacant=np.zeros_like(staff.vacant))


def only_written(staff: Staff) -> Staff:
    """The same people with the absences that are written of them, and none that is drawn."""
    known = away(staff.people, staff.leave.shape[1]) | staff.off_list
    return replace(staff, leave=known, sick=np.zeros_like(staff.sick), vacant=np.zeros_like(staff.vacant))


def draw_staff(scenario: Scenario, key: tuple[int, int]) -> Staff:
    """The people of all teams, with this replication's absences, start points and goodwill."""
    people = tuple(dict.fromkeys(person for team in scenario.teams for person in team.people))
    row_of = {person: row for row, person in enumerate(people)}
    roles = {role.name: row for row, role in enumerate(scenario.roles)}
    areas = {area.code: row for row, area in enumerate(scenario.areas)}
    role = np.array([roles[person.role] for person in people], dtype=np.int64)
    area = np.array([areas[person.area] for person in people], dtype=np.int64)
    number = np.array([number_of(person.code) for person in people], dtype=np.int64)
    weeks = int(np.ceil(scenario.run.horizon / HOURS_PER_WEEK)) + 2
    vacant, willingness = keyed.two_uniforms(key, "post", number)
    where = keyed.two_uniforms(key, "start_locality", number)
    homes = settle(
        scenario, area, *where, *keyed.two_uniforms(key, "start_point", number), known=_localities(scenario, people)
    )
    of_role = np.array([(r.leave_weeks, r.sick_share, r.p_vacant) for r in scenario.roles]).reshape(-1, 3)[role]
    empty = (vacant < of_role[:, 2]) & np.array([person.post for person in people], dtype=bool)
    members = tuple(np.array([row_of[p] for p in team.people], dtype=np.int64) for team in scenario.teams)
    written = np.array([person.leave_written for person in people], dtype=bool)
    owed = np.where(empty | written, 0.0, of_role[:, 0])
    off_list = off_the_list(people, weeks * DAYS)
    leave, over = _plan_leave(scenario, key, number, members, owed, weeks, off_list)
    goodwill = scenario.goodwill
    return Staff(
        people=people,
        role=role,
        members=members,
        area=area,
        key=number,
        vacant=empty,
        leave=(np.repeat(leave, DAYS, axis=1) & ~_written(scenario, members, weeks * DAYS))
        | away(people, weeks * DAYS)
        | off_list,
        sick=draw_sickness(key, number, of_role[:, 1], season(scenario, weeks), scenario.rota.sick_spell_days),
        off_list=off_list,
        willingness=special.betaincinv(goodwill.willingness_alpha, goodwill.willingness_beta, willingness),
        locality=homes.locality,
        east=homes.east,
        north=homes.north,
        anew=np.full(len(people), -1, dtype=np.int64),
        crowded=over,
    )


def _plan_leave(
    scenario: Scenario, key: tuple[int, int], number: NDArray[np.int64], members: tuple[NDArray[np.int64], ...],
    owed: Floats, weeks: int, off_list: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], tuple[int, ...]]:  # fmt: skip
    """Leave by person and week, and by team how many weeks have more on leave than may be together.

    owed: weeks of leave a year, by person. A team is those of it who take leave at all: nobody else makes room.
    """
    years = -(-weeks // YEAR) * YEAR
    most = [may_be_away(scenario.rota.leave_together_max, int((owed[rows] > 0).sum())) for rows in members]
    wishes = without_weeks(wish_leave(key, number, owed, years), off_list, years)
    leave = grant(wishes, members, most, years)[:, :weeks]
    return leave, tuple(int(crowded(leave, *team).sum()) for team in zip(members, most, strict=True))


def _written(
    scenario: Scenario, members: tuple[NDArray[np.int64], ...], days: int
) -> NDArray[np.bool_]:  # fmt: skip
    """By person and day, whether a rota of their team is written down for it: whoever made it knew who is on leave."""
    size = max((int(rows.max(initial=-1)) for rows in members), default=-1) + 1
    known = np.zeros((size, days), dtype=bool)
    for team, rows in zip(scenario.teams, members, strict=True):
        if team.written:
            begins, ends = min(duty.start for duty in team.written), max(duty.end for duty in team.written)
            known[rows, day_of(begins) : day_of(ends) + 1] = True
    return known


def _localities(scenario: Scenario, people: tuple[Clinician, ...]) -> NDArray[np.int64] | None:
    """By person, the row of the locality in which they start, -1 for any of their area; None: of nobody it is known."""
    if not any(person.locality for person in people):
        return None
    rows = {piece.code: row for row, piece in enumerate(piece for area in scenario.areas for piece in area.pieces)}
    return np.array([rows.get(person.locality, -1) for person in people], dtype=np.int64)


def season(scenario: Scenario, weeks: int) -> Floats:
    """By day of the run, how many times as many are sick as on average."""
    start = scenario.calendar.start_date
    day = start.timetuple().tm_yday - 1 + np.arange(weeks * DAYS)
    return winter(day, scenario.rota.sick_winter_amplitude)
