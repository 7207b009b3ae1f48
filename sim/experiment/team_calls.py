"""The calls that one team counted, against those it would have taken in the model: the EACH symptom team, 2010-11.

It was on call round the clock, so a rota funded in every area is held against it, in the areas that it served.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.domain.scenario import Scenario
from sim.experiment.checked import Check, Finding, estimated, poisson_interval
from sim.experiment.demand_readings import Drawn, Reading, weekly_calls
from sim.experiment.execute import Progress, run_units
from sim.experiment.units import Unit, units
from sim.ledger import Ledger
from sim.measures.rows import Row
from sim.place.setting import goodwill_makes_home

HALF_YEAR = 26  # weeks in which the team counted
COUNTED = 60  # out-of-hours calls it counted in them
YEARS = 3  # of the patch for each replication asked for: four areas say little in one year
TEAM = "EACH symptom team 2010-11, 60 in 26 weeks (BMJ SPC 2 Suppl 1 A99)"
BURSTS = 4.0  # index of dispersion of weekly calls: 60 that come in bursts say as much as 15 that come one by one
RANGE = [BURSTS * events / HALF_YEAR for events in poisson_interval(COUNTED / BURSTS)]  # calls a week
EACH_CALLS: tuple[Check, ...] = (
    Check(
        "EACH patch under a funded rota: calls a week out of hours",
        *("calls", COUNTED / HALF_YEAR, RANGE[0], RANGE[1], TEAM),
        "95 % interval of a count of 60 whose index of dispersion is 4; one half-year of a service that was starting",
    ),
    Check(
        "EACH patch under a funded rota: half-years with 60 calls or fewer",
        *("share", np.nan, 0.025, 0.975, TEAM, "60 is among the middle 95 % of half-years"),
    ),
)


def calls_made(drawn: Drawn, ledger: Ledger) -> NDArray[np.intp]:
    """Out-of-hours calls that a team took in each measured week, all areas together, background calls among them.

    ledger: of the run of this very table; calls that a child did not make (in hospital, somebody in the house) reach
    nobody.
    """
    own, first = ledger.calls.column("made"), ledger.calls.column("attempt") == 1
    made = np.zeros(len(drawn.table.calls), dtype=bool)
    made[ledger.calls.column("call")[own & first]] = True
    return np.asarray(weekly_calls(drawn, made).sum(axis=0))


def calls_a_week(counts: NDArray[np.intp]) -> Reading:
    """Calls of a mean week."""
    return float(counts.sum()), float(len(counts))


def half_years_up_to(counts: NDArray[np.intp], calls: int = COUNTED) -> Reading:
    """Share of half-years with at most so many calls. counts: by week."""
    halves = len(counts) // HALF_YEAR
    of_half = counts[: halves * HALF_YEAR].reshape(halves, HALF_YEAR).sum(axis=1)
    return float((of_half <= calls).sum()), float(halves)


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
    wanted = units(1, replications * YEARS)
    found = [rows for _, rows in run_units(wanted, TeamCalls(patch, seed), workers, progress)]
    sums = np.array([[(row.numerator, row.denominator) for row in rows] for rows in found])
    return [estimated(check, *sums[:, place].T) for place, check in enumerate(EACH_CALLS)]
