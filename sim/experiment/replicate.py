"""One unit of work: one replication of one scenario, simulated and measured.

This is what a worker process imports, so nothing here loads pandas, scipy.stats or matplotlib.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.domain.scenario import Scenario
from sim.experiment.units import Unit
from sim.measures import measure
from sim.measures.exposure import exposure
from sim.measures.rows import Groups, Row
from sim.model import simulate
from sim.place import lay_out


def unit(scenario: Scenario, seed: int, replication: int) -> list[Row]:
    """The measures of one replication; the same three arguments always give the same rows."""
    return measure(simulate(scenario, seed, replication), scenario)


@dataclass(frozen=True, slots=True)
class Cover:
    """The work of a study of exposure alone: called with a unit, gives its rows without simulating a call."""

    scenarios: tuple[Scenario, ...]
    seed: int

    def __call__(self, asked: Unit) -> list[Row]:
        """The exposure of one replication."""
        scenario = self.scenarios[asked.scenario]
        setting = lay_out(scenario, self.seed, asked.replication)
        return exposure(scenario, setting, Groups(scenario, setting.area_types), (self.seed, asked.replication))


@dataclass(frozen=True, slots=True)
class Replicate:
    """The work of a study: called with a unit, gives its rows. It is sent once to each worker process."""

    scenarios: tuple[Scenario, ...]
    seed: int

    def __call__(self, asked: Unit) -> list[Row]:
        """The rows of one unit."""
        return unit(self.scenarios[asked.scenario], self.seed, asked.replication)
