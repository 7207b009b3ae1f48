"""One replication of a scenario: its cover, what happened in it, and every measure of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import index
from typing import TYPE_CHECKING, Any, SupportsIndex

from oncall_sim.missing import no_table
from sim import results
from sim.config import Plan
from sim.errors import BadInput
from sim.ledger import Ledger as Rows
from sim.measures.rows import Row

if TYPE_CHECKING:
    import pandas as pd

LAST_SEED = 2**32 - 1


@dataclass(frozen=True, eq=False, repr=False)
class Ledger:
    """What happened in one replication, row by row: who called, who was rung, who came, and when.

    scenario, seed and replication (from 1, as in every table) are what it was made from; the same three give the same
    ledger. Its tables are those that ``keep=ledger`` files; hours count from the start of the run, warm-up included.
    """

    scenario: Plan
    seed: int
    replication: int
    rows: Rows

    def __repr__(self) -> str:
        return f"<Ledger of {self.scenario.scenario.name}, seed {self.seed}, replication {self.replication}>"

    @property
    def tables(self) -> list[str]:
        """Names of its tables, such as ``calls`` and ``tasks``."""
        return list(self._columns)

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables, a row for each thing that happened; people by code. Raises BadInput for another name."""
        import pandas as pd

        if name not in self._columns:
            raise BadInput(no_table("ledger", name, self.tables))
        return pd.DataFrame(self._columns[name])

    @cached_property
    def _columns(self) -> dict[str, dict[str, list[Any]]]:
        from sim.experiment.kept_ledger import tables

        return tables(self.rows, self.scenario.scenario)


def simulate(scenario: Plan, seed: int | None = None, replication: int = 1) -> Ledger:
    """What happens to every family and every clinician of one replication, warm-up included.

    seed: another one is another set of families; None: the scenario's own. replication: from 1, as in every table: the
    very run of that number in a study with this seed. Raises BadInput.
    """
    from sim.model import simulate as run

    seed, replication = _key(scenario, seed, replication)
    return Ledger(scenario, seed, replication, run(scenario.scenario, seed, replication - 1))


def measure(ledger: Ledger) -> pd.DataFrame:
    """Every measure of a replication's measured weeks, by England, area, role and other groups.

    A row a number, in the columns of the table ``replications``: scenario, replication, measure, unit, group, level,
    numerator, denominator, value (the one over the other, in the unit; NaN where the denominator is 0), events (behind
    the number).
    """
    from sim.measures import measure as measured

    return _table(measured(ledger.rows, ledger.scenario.scenario), ledger.scenario, ledger.replication)


def expose(scenario: Plan, seed: int | None = None, replication: int = 1) -> pd.DataFrame:
    """Hours and nights in which a child who wants to be at home has nobody funded to come, and what the rotas cost.

    Exact for the episodes and duties of one replication: nothing is simulated, and no rate of calls matters. Arguments
    as of ``simulate``; the same rows, in the same columns, as ``measure`` gives of them. Raises BadInput.
    """
    from sim.measures import before_any_call
    from sim.place import lay_out

    seed, replication = _key(scenario, seed, replication)
    setting = lay_out(scenario.scenario, seed, replication - 1)
    return _table(before_any_call(scenario.scenario, setting, (seed, replication - 1)), scenario, replication)


def _table(rows: Sequence[Row], scenario: Plan, replication: int) -> pd.DataFrame:
    """Rows as a study would file and read them: to nine digits."""
    from sim.experiment.observations import gather
    from sim.experiment.tables import replications
    from sim.experiment.units import Unit

    seen = gather((scenario.scenario.name,), 1, [(Unit(0, 0), list(rows))])
    return results.table(results.csv(replications(seen).assign(replication=replication)))


def _key(scenario: Plan, seed: SupportsIndex | None, replication: SupportsIndex) -> tuple[int, int]:
    """Seed and replication (from 1). Raises BadInput for what cannot be one, or a scenario that was not loaded."""
    if not isinstance(scenario, Plan):
        raise BadInput(f"scenario = {scenario!s:.60}: load it first, as load_scenario('icb_rota')")
    return (
        scenario.settings.seed if seed is None else _whole("seed", seed, 0, LAST_SEED),
        _whole("replication", replication, 1, LAST_SEED),
    )


def _whole(name: str, value: SupportsIndex, low: int, high: int) -> int:
    try:
        number = index(value)
    except TypeError:
        number = -1
    if not low <= number <= high:
        raise BadInput(f"{name} = {value!r}: a whole number from {low} to {high:,}, such as {name}=1")
    return number
