"""What is run beside the scenarios of a study, at other numbers or by other rules, and the figure that is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import nan
from typing import TYPE_CHECKING

from sim.experiment.precision import ENGLAND
from sim.experiment.study import Study
from sim.measures.rows import Row

if TYPE_CHECKING:
    from sim.config import Plan

TWICE = 2  # replications of a draw: what they differ by is chance


@dataclass(frozen=True)
class Beside(Study):
    """What is run beside a study: of its measures those of all areas are looked at, and no other is kept."""


def run_beside(plan: Plan, name: str = "") -> Plan:
    """A plan that is run beside those of a study: no ledger is kept of it, it has no precision to reach, and is whole.

    name: what its scenario is called; empty: as it is.
    """
    settings = replace(plan.settings, keep="none", precision=None, shard=None)
    return replace(plan, settings=settings, scenario=replace(plan.scenario, name=name or plan.scenario.name))


def figure_of(rows: Iterable[Row], measure: str) -> float:
    """A measure of all areas in one replication, in its unit; NaN where there is none.

    rows: of that replication.
    """
    here = [row for row in rows if row.measure == measure and (row.group, row.level) == ENGLAND]
    return here[0].numerator / here[0].denominator if here and here[0].denominator > 0 else nan
