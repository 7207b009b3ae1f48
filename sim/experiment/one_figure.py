"""One figure of all areas over the replications of a scenario: what a search looks at, again and again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.domain.scenario import Scenario
from sim.experiment.estimate import Numbers
from sim.experiment.execute import Progress, run_units
from sim.experiment.pooled import Pooled, kept
from sim.experiment.units import Unit, units
from sim.measures.catalogue import EVERYTHING
from sim.measures.rows import Row


def with_a_better_side() -> list[str]:
    """Names of the figures of all areas of which more or less is better."""
    of_england = kept()["england"]
    return [name for name, measure in EVERYTHING.items() if name in of_england and measure.better]


@dataclass(frozen=True, slots=True)
class _Work:
    """One replication, and of its measures a single one of all areas."""

    work: Pooled
    measure: str

    def __call__(self, unit: Unit) -> list[Row]:
        return [row for row in self.work(unit) if row.measure == self.measure and row.group == "england"]


@dataclass(frozen=True)
class OneFigure:
    """measure: its name. roles: those that are pooled. Every scenario meets the same families."""

    roles: tuple[str, ...]
    measure: str
    seed: int
    replications: int
    workers: int

    def of(self, scenario: Scenario, progress: Progress | None) -> tuple[Numbers, Numbers]:
        """Numerators and denominators, of shape (1, replications)."""
        work = _Work(Pooled((scenario,), self.seed, self.roles), self.measure)
        made = run_units(units(1, self.replications), work, self.workers, progress)
        rows = [row for _, found in made for row in found]
        return np.array([[row.numerator for row in rows]]), np.array([[row.denominator for row in rows]])
