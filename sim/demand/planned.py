"""Planned visits: the daytime visits of the community team to a child at home, by phase."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sim import keyed
from sim.demand.episodes import STABLE, Phases
from sim.demand.families import Families, Ints
from sim.demand.laws import quantile
from sim.demand.scatter import WeekSums, scatter, sum_weeks
from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import PHASES, Scenario
from sim.keyed import Floats


@dataclass(frozen=True, slots=True, eq=False)
class PlannedVisits:
    """One row a visit: family row, the working hour it is planned for, its hours.

    Those of an episode come first, in order of family and number; then those before an episode and after a death.
    """

    family: Ints
    time: Floats
    hours: Floats

    def __len__(self) -> int:
        return len(self.family)

    @classmethod
    def none(cls) -> PlannedVisits:
        """No visit."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))

    def followed_by(self, others: PlannedVisits) -> PlannedVisits:
        """These rows, then the others'."""
        pairs = ((getattr(self, field.name), getattr(others, field.name)) for field in fields(self))
        return PlannedVisits(*(np.concatenate(pair) for pair in pairs))


def plan_visits(
    scenario: Scenario, key: tuple[int, int], families: Families, phases: Phases, purpose: str = "planned"
) -> PlannedVisits:
    """The visits planned for families who want to be at home, in working hours between time 0 and the end of demand.

    purpose: of the draws.
    """
    weeks = working_weeks(scenario)
    if weeks is None:
        return PlannedVisits.none()
    per_hour = np.array(scenario.demand.planned_per_week) / HOURS_PER_WEEK
    found = scatter(key, purpose, families, phases, per_hour, weeks, np.ones(len(families)))
    found = found.take(np.flatnonzero((found.time >= 0) & (found.time < scenario.run.horizon)))
    u = keyed.uniform(
        key, f"{purpose}_length", families.area_number[found.family], families.number[found.family], found.number
    )
    return PlannedVisits(found.family, found.time, quantile(scenario.demand.planned_visit, u))


def visits_before(scenario: Scenario, key: tuple[int, int], families: Families, known: Floats) -> PlannedVisits:
    """The visits planned between the hour at which a child becomes known and its episode, as for a stable child."""
    rows = np.flatnonzero(known < families.start)
    stretch = Phases(rows, np.full(len(rows), STABLE), known[rows], families.start[rows], families.start)
    return plan_visits(scenario, key, families, stretch, "planned_before")


def working_weeks(scenario: Scenario) -> WeekSums | None:
    """Sums of the working hours of the run, the same for every phase; None if no hour is a working hour."""
    calendar = scenario.calendar
    working = np.array([not calendar.is_out_of_hours(hour) for hour in _an_ordinary_week(scenario)], dtype=float)
    if not working.any():
        return None
    return sum_weeks(scenario, (working * (HOURS_PER_WEEK / working.sum()),) * len(PHASES))


def _an_ordinary_week(scenario: Scenario) -> list[float]:
    """The hours of a week without bank holidays, long before the run."""
    return [hour - 100 * HOURS_PER_WEEK for hour in range(int(HOURS_PER_WEEK))]
