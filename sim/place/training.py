"""Training: some named people of a role are away for some days, and then reach a higher level.

The people are the first of each area's list who are in post. Whoever takes a leaver's post has not been trained.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.rota.absence import FROM_HOUR, day_of
from sim.rota.duties import Duties
from sim.rota.staff import Staff

DAYS_PER_YEAR = 364  # whole weeks, so that days away stand at the same days of every year


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """By row of the staff the hours [start, end) in which a higher level is theirs; start is inf for all others.

    key: (seed, replication), by which they are sure of a call or not.
    """

    start: Floats
    end: Floats
    key: tuple[int, int]


def named(scenario: Scenario, staff: Staff) -> list[int]:
    """The rows of the people who are trained: in post, in each area the first of the role."""
    overlay, people = scenario.overlays.training, staff.people
    there = [row for row, person in enumerate(people) if person.role == overlay.role and not staff.vacant[row]]
    by_area: dict[str, list[int]] = {}
    for row in sorted(there, key=lambda row: people[row].number):
        by_area.setdefault(people[row].area, []).append(row)
    return sorted(row for rows in by_area.values() for row in rows[: overlay.people])


def train(scenario: Scenario, staff: Staff, duties: Duties, key: tuple[int, int]) -> tuple[Staff, Trained]:
    """The same people with their days away, and when each is trained. duties: as they are before anybody is away.

    In each year of the run the days away are the person's own first days at work; the first year's come before the
    higher level.
    """
    leave, size = staff.leave.copy(), len(staff.people)
    trained = Trained(np.full(size, np.inf), np.full(size, np.inf), key)
    for row in named(scenario, staff):
        days = _days_away(scenario, duties, row, leave.shape[1])
        leave[row, days] = True
        first = [day for day in days if day < DAYS_PER_YEAR]
        trained.start[row] = (max(first) + 1) * HOURS_PER_DAY + FROM_HOUR if first else 0.0
        if staff.anew[row] >= 0:
            trained.end[row] = staff.anew[row] * HOURS_PER_DAY + FROM_HOUR
    return replace(staff, leave=leave), trained


def _days_away(scenario: Scenario, duties: Duties, row: int, days: int) -> list[int]:
    """Days of absence: of each year the first on which the person is at work, or working days if they never are."""
    count = scenario.overlays.training.days_away
    mine = (duties.person == row) & ~duties.on_call
    at_work = sorted({day_of(start) for start in duties.start[mine].tolist()})
    if not at_work:
        at_work = [day for day in range(days) if scenario.calendar.is_working_day(day)]
    away: list[int] = []
    for year in range(0, days, DAYS_PER_YEAR):
        away += [day for day in at_work if year <= day < year + DAYS_PER_YEAR and day < days][:count]
    return away
