"""The demand table of one replication: the children, their phases, their potential calls and planned visits."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from sim.demand.background import draw_background
from sim.demand.bereavement import visits_after
from sim.demand.calls import PotentialCalls, draw_calls
from sim.demand.calls_alone import draw_callers, mark_callers
from sim.demand.embedded import hours_known_before
from sim.demand.episodes import Phases, lay_phases
from sim.demand.families import HOME, Bools, Families, Ints, draw_attributes, draw_families
from sim.demand.log import log_calls, log_families, logged_phases
from sim.demand.planned import PlannedVisits, plan_visits, visits_before
from sim.demand.transfers import with_transfers
from sim.demand.unserved import unserved
from sim.domain.demand import CallsAlone
from sim.domain.scenario import Scenario
from sim.keyed import Floats


@dataclass(frozen=True, slots=True, eq=False)
class DemandTable:
    """children: all who die. families: those who want to be at home, then one for each background call.

    rows: for the first families, their rows among the children. phases, calls and planned refer to rows of families.
    before: hours by which each family is known before its episode; None: none. transferred: which of them come home
    from intensive care; None: none.
    """

    children: Families
    rows: Ints
    families: Families
    phases: Phases
    calls: PotentialCalls
    planned: PlannedVisits
    before: Floats | None = None
    transferred: Bools | None = None

    @property
    def known(self) -> Floats:
        """By family, the hour from which it is known: the start of its episode, or earlier."""
        return self.families.start if self.before is None else self.families.start - self.before


def draw_demand(scenario: Scenario, seed: int, replication: int) -> DemandTable:
    """The same children and calls for every scenario with this demand, seed and replication.

    A planner's own log stands in place of what would be drawn, background calls included. Scenarios that differ only in
    their services share one table, which nobody may write in.
    """
    return _drawn(unserved(scenario), seed, replication)


@lru_cache(maxsize=2)  # the scenarios of a replication follow each other, and mostly agree in all that is asked
def _drawn(scenario: Scenario, seed: int, replication: int) -> DemandTable:
    """scenario: without its services."""
    table = _draw(scenario, (seed, replication))
    _nobody_writes(table)
    return table


def _draw(scenario: Scenario, key: tuple[int, int]) -> DemandTable:
    log = scenario.demand.log
    if scenario.demand.calls_alone is not None:
        return _draw_calls_alone(scenario, key, scenario.demand.calls_alone)
    children = draw_families(scenario, key) if log is None else log_families(scenario, key, log)
    overlays = scenario.overlays
    transferred = np.zeros(len(children), dtype=bool)
    if log is None:
        children, transferred = with_transfers(scenario, key, children)
    rows = np.flatnonzero(children.prefers == HOME)
    families = children.take(rows)
    others = draw_background(scenario, key) if log is None else children.take(rows[:0])
    phases = lay_phases(scenario, key, families, None if log is None else logged_phases(scenario, log))
    if log is None or log.calls is None:
        calls = draw_calls(scenario, key, families, phases, others)
    else:
        calls = log_calls(scenario, key, families, log)
    planned = plan_visits(scenario, key, families, phases)
    before = np.where(transferred[rows], 0.0, hours_known_before(scenario, families.condition))
    if before.any():
        planned = planned.followed_by(visits_before(scenario, key, families, families.start - before))
    if overlays.bereavement.visits > 0:
        planned = planned.followed_by(visits_after(scenario, key, families))
    never = np.full(len(others), np.inf)
    phases = replace(phases, deteriorates=np.concatenate([phases.deteriorates, never]))
    return DemandTable(
        children,
        rows,
        families.followed_by(others),
        phases,
        calls,
        planned,
        before=np.concatenate([before, np.zeros(len(others))]) if before.any() else None,
        transferred=np.concatenate([transferred[rows], np.zeros(len(others), dtype=bool)]),
    )


def _draw_calls_alone(scenario: Scenario, key: tuple[int, int], alone: CallsAlone) -> DemandTable:
    """Nobody dies, and every call is the only one of its family."""
    nobody = np.zeros(0, dtype=np.int64)
    children = draw_attributes(scenario, key, nobody, nobody, np.zeros(0))
    callers, time = draw_callers(scenario, key, alone)
    phases = lay_phases(scenario, key, children)
    planned = plan_visits(scenario, key, children, phases)
    phases = replace(phases, deteriorates=np.full(len(callers), np.inf))
    return DemandTable(children, nobody, callers, phases, mark_callers(scenario, key, callers, time), planned)


def _nobody_writes(table: Any) -> None:
    """Every column of a table, and of the tables in it, as one that can only be read."""
    for column in (getattr(table, field.name) for field in fields(table)):
        if isinstance(column, np.ndarray):
            column.setflags(write=False)
        elif is_dataclass(column):
            _nobody_writes(column)
