"""One unit of work: one replication of one scenario, simulated and measured.

This is what a worker process imports, so nothing here loads pandas, scipy.stats or matplotlib, and SimPy only when a
call is to be simulated: a study of exposure needs none.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.domain.scenario import Scenario
from sim.experiment.units import Unit
from sim.ledger import Ledger
from sim.measures import before_any_call, measure
from sim.measures.rows import Row
from sim.place import lay_out


def unit(scenario: Scenario, seed: int, replication: int) -> list[Row]:
    """The measures of one replication; the same three arguments always give the same rows."""
    from sim.model import simulate

    return measure(simulate(scenario, seed, replication), scenario)


def ledger_of(scenario: Scenario, seed: int, replication: int) -> Ledger:
    """Everything that happened in one replication, from 0: the very run that a study with this seed measures."""
    from sim.model import simulate

    return simulate(scenario, seed, replication)


@dataclass(frozen=True, slots=True)
class Cover:
    """The work of a study of cover: called with a unit, gives what follows from rotas alone, without any call."""

    scenarios: tuple[Scenario, ...]
    seed: int

    def __call__(self, one: Unit) -> list[Row]:
        """Exposure and standing costs of one replication."""
        scenario = self.scenarios[one.scenario]
        setting = lay_out(scenario, self.seed, one.replication)
        return before_any_call(scenario, setting, (self.seed, one.replication))


@dataclass(frozen=True, slots=True)
class OfAllAreas:
    """The work of what is run beside a study: called with a unit, gives its rows of all areas together."""

    scenarios: tuple[Scenario, ...]
    seed: int

    def __call__(self, one: Unit) -> list[Row]:
        """The rows of one unit that are of no single area, role or kind of family."""
        rows = unit(self.scenarios[one.scenario], self.seed, one.replication)
        return [row for row in rows if row.group == "england"]


@dataclass(frozen=True, slots=True)
class Replicate:
    """The work of a study: called with a unit, gives its rows. It is sent once to each worker process."""

    scenarios: tuple[Scenario, ...]
    seed: int

    def __call__(self, one: Unit) -> list[Row]:
        """The rows of one unit."""
        return unit(self.scenarios[one.scenario], self.seed, one.replication)
