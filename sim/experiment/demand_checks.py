"""The demand table against the evidence: many tables drawn, read and judged.

No clock runs, but for what only a run can tell: the calls that a team would have taken, and where children died.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.demand.table import draw_demand
from sim.domain.scenario import Scenario
from sim.experiment.checked import Check, Finding, estimated, estimated_of_each, exact
from sim.experiment.demand_evidence import CALLS, DIED, EACH_CALLS, EPISODES, PLACES, PROFILE, of_deaths
from sim.experiment.demand_readings import (
    Drawn,
    Reading,
    calls_a_week,
    calls_made,
    deaths_a_year,
    deaths_by_area,
    half_years_up_to,
)
from sim.experiment.execute import Progress, run_units
from sim.experiment.units import Unit, units
from sim.measures.rows import Row
from sim.place.setting import goodwill_makes_home
from sim.rota.paper import paper_cover
from sim.rota.supply import deal_area_types

DIED_OUTSIDE = ("died_outside_hospital_share", "england")  # measure and group
PATCHES_A_TABLE = 3  # years of the EACH patch for each table of the scenario: four areas say little in one year


def check_demand(
    scenario: Scenario, seed: int, replications: int, progress: Progress | None = None
) -> list[Finding]:  # fmt: skip
    """Every check of the scenario's own areas, from the tables that a study with this seed meets."""
    deaths, deaths_each = of_deaths(scenario)
    declared = ((deaths, deaths_a_year), *PLACES, *EPISODES, *CALLS)
    numbers, by_area = [], []
    for done, drawn in enumerate(draw(scenario, seed, replications), start=1):
        numbers.append([reading(drawn) for _, reading in declared])
        by_area.append(deaths_by_area(drawn))
        if progress is not None:
            progress(done, replications)
    first, *others = _estimates([check for check, _ in declared], numbers)
    before, calls = others[: -len(CALLS)], others[-len(CALLS) :]
    codes = [area.code for area in scenario.areas]
    each = estimated_of_each(deaths_each, codes, *np.array(by_area).transpose(1, 2, 0))
    profile = [exact(check, *reading(scenario)) for check, reading in PROFILE]
    return [first, each, *before, *profile, *calls]


def with_families_of(families: Scenario, rota: Scenario) -> Scenario:
    """The families of one scenario with the people and rotas of another, in the same areas."""
    return replace(
        rota, demand=families.demand, place=families.place, calendar=families.calendar, run=families.run,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TeamCalls:
    """The work: one simulated replication of a patch, read as its team would have counted calls."""

    patch: Scenario
    seed: int

    def __call__(self, unit: Unit) -> list[Row]:
        """A row for each check of EACH_CALLS."""
        from sim.experiment.replicate import ledger_of

        ledger = ledger_of(self.patch, self.seed, unit.replication)
        setting = ledger.setting
        goodwill = goodwill_makes_home(self.patch, setting.area_types)
        counts = calls_made(Drawn(self.patch, setting.demand, setting.cover, goodwill), ledger)
        readings = (calls_a_week(counts), half_years_up_to(counts))
        return [
            Row(check.name, "england", "England", *reading, reading[0])
            for check, reading in zip(EACH_CALLS, readings, strict=True)
        ]


def check_each(
    patch: Scenario, seed: int, replications: int, workers: int = 1, progress: Progress | None = None
) -> list[Finding]:  # fmt: skip
    """The checks against the EACH symptom team, which was on call round the clock.

    patch: the areas it served and no others, under a funded rota. Three years run for each replication asked for.
    """
    wanted = units(1, replications * PATCHES_A_TABLE)
    found = [rows for _, rows in run_units(wanted, TeamCalls(patch, seed), workers, progress)]
    return _estimates(EACH_CALLS, [[(row.numerator, row.denominator) for row in rows] for rows in found])


def died_outside_hospital(
    scenario: Scenario, seed: int, replications: int, workers: int, progress: Progress | None = None
) -> Finding:  # fmt: skip
    """The share who die outside hospital after admissions: the one check that simulates."""
    from sim.experiment.replicate import Replicate

    found = run_units(units(1, replications), Replicate((scenario,), seed), workers, progress)
    rows = [row for _, measured in found for row in measured if (row.measure, row.group) == DIED_OUTSIDE]
    return estimated(DIED, np.array([row.numerator for row in rows]), np.array([row.denominator for row in rows]))


def draw(scenario: Scenario, seed: int, replications: int) -> Iterator[Drawn]:
    """Replications 0, 1, ... before the clock starts."""
    for replication in range(replications):
        area_types = deal_area_types(scenario, (seed, replication))
        cover, goodwill = paper_cover(scenario, area_types), goodwill_makes_home(scenario, area_types)
        yield Drawn(scenario, draw_demand(scenario, seed, replication), cover, goodwill)


def _estimates(checks: Sequence[Check], numbers: Sequence[Sequence[Reading]]) -> list[Finding]:
    table = np.array(numbers)  # replication, check, numerator and denominator
    return [estimated(check, table[:, k, 0], table[:, k, 1]) for k, check in enumerate(checks)]
