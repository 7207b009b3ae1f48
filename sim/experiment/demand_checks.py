"""The demand table against the evidence: many tables drawn, read and judged.

No clock runs, but for where children died.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.demand.table import draw_demand
from sim.domain.scenario import Scenario
from sim.experiment.checked import Check, Finding, estimated, estimated_of_each, exact
from sim.experiment.demand_evidence import CALLS, DIED, EPISODES, PLACES, PROFILE, of_deaths
from sim.experiment.demand_readings import Drawn, Reading, deaths_a_year, deaths_by_area
from sim.experiment.execute import Progress, run_units
from sim.experiment.units import units
from sim.place.setting import goodwill_makes_home
from sim.rota.paper import paper_cover
from sim.rota.supply import deal_area_types

DIED_OUTSIDE = ("died_outside_hospital_share", "england")  # measure and group


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
