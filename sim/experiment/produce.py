"""What a worker makes of a unit, and how it is filed: rows, fates of families, minutes to the door of calls, and the
ledger when it is to be kept.

Worker processes import this: nothing here loads pandas, scipy.stats or matplotlib.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.domain.scenario import Scenario
from sim.experiment import door_minutes, flows, years
from sim.experiment.code import refuse_other
from sim.experiment.replicate import Cover, OfAllAreas, Replicate
from sim.experiment.units import DOORS, FATES, ROWS, YEARS, Shelf, Unit, file_name, seal, text
from sim.ledger import Ledger

if TYPE_CHECKING:  # a worker loads the work that it is sent, and no other
    from sim.experiment.aimed import Aimed
    from sim.experiment.pooled import Pooled

BY_AREA = "areas"  # the setting ``keep`` with which rows of single areas are told replication by replication
LEDGERS = {"ledger": "csv", "parquet": "parquet"}  # the setting ``keep``, and the format
TABLES = ("calls", "tasks", "stays", "families", "people", "episodes", "teams", "duties", "absences", "standby")


def kept_kinds(keep: str) -> tuple[str, ...]:
    """The kinds of files of a unit that hold its ledger."""
    return tuple(f"{table}.{LEDGERS[keep]}" for table in TABLES if keep in LEDGERS)


def kinds(work: Replicate | Cover | OfAllAreas | Pooled | Aimed, keep: str) -> tuple[str, ...]:
    """The kinds of files a unit has, its rows last."""
    return (*kept_kinds(keep), FATES, DOORS, YEARS, ROWS) if isinstance(work, Replicate) else (ROWS,)


@dataclass(frozen=True, slots=True)
class Produce:
    """Work whose answer is the files of a unit by kind, each as bytes. surroundings: what every worker must run."""

    work: Replicate | Cover | OfAllAreas | Pooled | Aimed
    keep: str
    surroundings: tuple[tuple[str, str], ...]

    def __call__(self, unit: Unit) -> dict[str, bytes]:
        """The files of a unit, each sealed, its rows last. Raises OtherCode."""
        refuse_other(self.surroundings)
        name = file_name(self.work.scenarios[unit.scenario].name, unit.replication)
        return {kind: seal(content, f"{name}.{kind}") for kind, content in self._made(unit).items()}

    def _made(self, unit: Unit) -> dict[str, bytes]:
        if not isinstance(self.work, Replicate):
            return {ROWS: text(self.work(unit))}
        from sim.measures import measured
        from sim.model import simulate

        scenario = self.work.scenarios[unit.scenario]
        ledger = simulate(scenario, self.work.seed, unit.replication)
        rows, found = measured(ledger, scenario)
        of_families = {FATES: flows.text(found, ledger, scenario), DOORS: door_minutes.text(ledger, scenario)}
        of_people = {YEARS: years.text(ledger, scenario, unit.replication)}
        return {**self._kept(ledger, scenario), **of_families, **of_people, ROWS: text(rows)}

    def _kept(self, ledger: Ledger, scenario: Scenario) -> dict[str, bytes]:
        if self.keep not in LEDGERS:
            return {}
        from sim.experiment.kept_ledger import files

        return files(ledger, scenario, LEDGERS[self.keep])


@dataclass(frozen=True, slots=True)
class File:
    """Work that files what it makes where it runs, and answers with nothing: the pipes stay empty."""

    produce: Produce
    shelf: Shelf

    def __call__(self, unit: Unit) -> None:
        """Make and file one unit."""
        name = self.produce.work.scenarios[unit.scenario].name
        self.shelf.put(file_name(name, unit.replication), self.produce(unit))
