"""Who a family meets: how many different people, and whether a professional is there when the child dies."""

from __future__ import annotations

import numpy as np

from sim.demand.calls import DEATH_CALL
from sim.domain.scenario import Scenario
from sim.ledger import TASKS, Ledger
from sim.measures.rows import Groups, Row
from sim.measures.unmet_demand import BECAME, Counted

SOON = 2.0  # hours from a death to the door that count as being there; assumed: docs/model.md, Readings
SPOKEN_TO = [TASKS.index(kind) for kind in ("phone", "visit")]
AWAY = [BECAME.index(reason) for reason in ("choice_not_offered", "in_hospital")]
THERE = BECAME.index("help_present")


def contacts(ledger: Ledger, scenario: Scenario, counted: Counted, groups: Groups) -> list[Row]:
    """Both measures, for every group of areas."""
    return _people(ledger, scenario, groups) + _deaths(ledger, counted, groups)


def _people(ledger: Ledger, scenario: Scenario, groups: Groups) -> list[Row]:
    tasks, demand, (start, end) = ledger.tasks, ledger.setting.demand, scenario.run.window
    begins, family = tasks.column("start"), demand.calls.family[tasks.column("call")]
    met = np.isin(tasks.column("kind"), SPOKEN_TO) & (begins >= start) & (begins < end)
    met &= ~demand.families.background[family]
    people = len(ledger.setting.staff.people) + 1
    family = np.unique(family[met] * people + tasks.column("person")[met]) // people
    of_area = demand.families.area
    pairs = np.bincount(of_area[family], minlength=groups.size).astype(float)
    anybody = np.bincount(of_area[np.unique(family)], minlength=groups.size).astype(float)
    return groups.ratio("people_met_per_family", pairs, anybody)


def _deaths(ledger: Ledger, counted: Counted, groups: Groups) -> list[Row]:
    """A death that joins the call of somebody in the home has its visitor at once."""
    death = ledger.setting.demand.calls.number[counted.row] == DEATH_CALL
    at_home = death & ~np.isin(counted.became, AWAY)
    door = ledger.calls.column("at_door")[counted.ledger_rows]
    there = at_home & ((counted.became == THERE) | (door <= counted.time + SOON))
    return groups.ratio("deaths_with_professional_share", counted.by_area(there), counted.by_area(at_home))
