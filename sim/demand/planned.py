"""Planned visits: the daytime visits of the community team to a child at home, by phase."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim import keyed
from sim.demand.episodes import Phases
from sim.demand.families import Families, Ints
from sim.demand.laws import quantile
from sim.demand.scatter import scatter, sum_weeks
from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import PHASES, Scenario
from sim.keyed import Floats


@dataclass(frozen=True, slots=True, eq=False)
class PlannedVisits:
    """One row a visit, in order of family and number: family row, the working hour it is planned for, its hours."""

    family: Ints
    time: Floats
    hours: Floats

    def __len__(self) -> int:
        return len(self.family)


def plan_visits(scenario: Scenario, key: tuple[int, int], families: Families, phases: Phases) -> PlannedVisits:
    """The visits planned for families who want to be at home, in working hours between time 0 and the end of demand."""
    demand, calendar = scenario.demand, scenario.calendar
    working = np.array([not calendar.is_out_of_hours(hour) for hour in _an_ordinary_week(scenario)], dtype=float)
    if not working.any():
        return PlannedVisits(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    weeks = sum_weeks(scenario, (working * (HOURS_PER_WEEK / working.sum()),) * len(PHASES))
    per_hour = np.array(demand.planned_per_week) / HOURS_PER_WEEK
    found = scatter(key, "planned", families, phases, per_hour, weeks, np.ones(len(families)))
    found = found.take(np.flatnonzero((found.time >= 0) & (found.time < scenario.run.horizon)))
    u = keyed.uniform(
        key, "planned_length", families.area_number[found.family], families.number[found.family], found.number
    )
    return PlannedVisits(found.family, found.time, quantile(demand.planned_visit, u))


def _an_ordinary_week(scenario: Scenario) -> list[float]:
    """The hours of a week without bank holidays, long before the run."""
    return [hour - 100 * HOURS_PER_WEEK for hour in range(int(HOURS_PER_WEEK))]
