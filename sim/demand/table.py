"""The demand table of one replication: the children, their phases and their potential calls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.demand.calls import PotentialCalls, draw_calls
from sim.demand.episodes import Phases, lay_phases
from sim.demand.families import HOME, Families, Ints, draw_families
from sim.domain.scenario import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class DemandTable:
    """children: all who die. families: those who want to be at home (``rows`` of the children), whom all else concerns.

    phases and calls refer to rows of ``families``.
    """

    children: Families
    rows: Ints
    families: Families
    phases: Phases
    calls: PotentialCalls


def draw_demand(scenario: Scenario, seed: int, replication: int) -> DemandTable:
    """The same children and calls for every scenario with this demand, seed and replication."""
    key = (seed, replication)
    children = draw_families(scenario, key)
    rows = np.flatnonzero(children.prefers == HOME)
    families = children.take(rows)
    phases = lay_phases(scenario, key, families)
    return DemandTable(children, rows, families, phases, draw_calls(scenario, key, families, phases))
