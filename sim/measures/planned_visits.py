"""Planned visits against the time the community team has for them; visits after a death are among them.

They are laid against hours at work, not simulated one by one: a share above 1 says that the team cannot do them all.
"""

from __future__ import annotations

import numpy as np

from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.ledger import Ledger
from sim.measures.rows import Groups, Row
from sim.rota.rest import expand


def planned_work(ledger: Ledger, scenario: Scenario, groups: Groups, wanting: Floats) -> list[Row]:
    """Visits to make and the share they take. wanting: by area, families who want to be at home."""
    visits, hours = _to_make(ledger, scenario)
    there = scenario.demand.eol_share * _hours_at_work(ledger, scenario)
    rows = groups.ratio("planned_visits_per_family", visits, wanting)
    return rows + groups.ratio("planned_work_share", hours, there, visits)


def _to_make(ledger: Ledger, scenario: Scenario) -> tuple[Floats, Floats]:
    """By area, visits of the window to families who were offered home and are not in hospital, and their hours."""
    setting, (start, end) = ledger.setting, scenario.run.window
    planned, families = setting.demand.planned, setting.demand.families
    made = (planned.time >= start) & (planned.time < end) & setting.offered[planned.family]
    patient, admitted, home = (ledger.stays.column(name) for name in ("family", "start", "end"))
    order = np.argsort(planned.family, kind="stable")
    first, last = (np.searchsorted(planned.family[order], patient, side) for side in ("left", "right"))
    stay, place = expand(first, last - first)  # every visit of a family beside every stay of its child
    time = planned.time[order[place]]
    made[order[place[(time >= admitted[stay]) & (time < home[stay])]]] = False
    area = families.area[planned.family[made]]
    visits = np.bincount(area, minlength=len(scenario.areas)).astype(float)
    return visits, np.asarray(np.bincount(area, planned.hours[made], minlength=len(scenario.areas)), dtype=float)


def _hours_at_work(ledger: Ledger, scenario: Scenario) -> Floats:
    """By area, hours at work of its own community team."""
    duties, staff, (start, end) = ledger.setting.duties, ledger.setting.staff, scenario.run.window
    role = [role.name for role in scenario.roles].index(scenario.goodwill.answer_role)
    rows = np.flatnonzero((duties.person >= 0) & ~duties.on_call)
    rows = rows[staff.role[duties.person[rows]] == role]
    hours = np.maximum(np.minimum(duties.end[rows], end) - np.maximum(duties.start[rows], start), 0.0)
    area = staff.area[duties.person[rows]]
    return np.asarray(np.bincount(area, hours, minlength=len(scenario.areas)), dtype=float)
