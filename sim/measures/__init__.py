"""Ledger in, tidy numbers out: what commissioners call unmet demand, burden and waiting. numpy only."""

from __future__ import annotations

from sim.domain.scenario import Scenario
from sim.exposure import exposed, on_paper
from sim.garbage import nothing_collected
from sim.keyed import Floats
from sim.ledger import Ledger
from sim.measures.audit import audit_measures
from sim.measures.boundary import boundary
from sim.measures.burden import burden
from sim.measures.contacts import contacts
from sim.measures.costs import costs, standing_costs
from sim.measures.exposure import exposure
from sim.measures.families import begun, family_measures
from sim.measures.fates import Fates, fate_measures, fates
from sim.measures.fragility import fragility
from sim.measures.goodwill import goodwill
from sim.measures.hours_of_day import by_hour
from sim.measures.planned_visits import planned_work
from sim.measures.rows import Groups, Row
from sim.measures.unmet_demand import background_calls, count, unmet_demand
from sim.place import Setting
from sim.rota.duties import Duties

__all__ = ["Row", "before_any_call", "measure", "measured"]


def measure(ledger: Ledger, scenario: Scenario) -> list[Row]:
    """Every measure of one replication's window, by England, region, rural band, area type, area and role."""
    return measured(ledger, scenario)[0]


@nothing_collected()
def measured(ledger: Ledger, scenario: Scenario) -> tuple[list[Row], Fates]:
    """The same, and the fate of every family, which paired scenarios are compared by."""
    groups = Groups(scenario, ledger.setting.area_types)
    counted = count(ledger, scenario)
    wanting, offered = begun(ledger, scenario)
    rows, before, paper = _exact(scenario, ledger.setting, groups, ledger.key)
    found = fates(ledger, scenario, paper)
    rows += fate_measures(found, ledger, groups, scenario.weeks_of_demand)
    rows += unmet_demand(counted, groups, wanting, scenario.weeks_of_demand)
    rows += by_hour(counted, scenario.calendar, scenario.weeks_of_demand)
    rows += family_measures(ledger, scenario, counted, groups, wanting, offered)
    rows += boundary(ledger, scenario, groups, wanting)
    rows += planned_work(ledger, scenario, groups, wanting)
    rows += contacts(ledger, scenario, counted, groups)
    rows += background_calls(count(ledger, scenario, of_background=True), groups, scenario.run.weeks)
    rows += burden(ledger, scenario) + goodwill(ledger, scenario)
    rows += costs(ledger, scenario, groups, wanting, before)
    return rows + audit_measures(ledger, scenario), found


def before_any_call(scenario: Scenario, setting: Setting, key: tuple[int, int]) -> list[Row]:
    """What follows from episodes and duties alone: exposure, standing costs, fragility. key: (seed, replication)."""
    return _exact(scenario, setting, Groups(scenario, setting.area_types), key)[0]


def _exact(
    scenario: Scenario, setting: Setting, groups: Groups, key: tuple[int, int]
) -> tuple[list[Row], dict[str, Floats], Duties]:  # fmt: skip
    """The rows, what is paid before a call by area, and the duties with nobody absent."""
    paper = on_paper(scenario, setting, key)
    rows, before = standing_costs(scenario, paper, groups)
    held = exposed(scenario, setting, setting.duties)
    rows += exposure(scenario, setting, groups, held, exposed(scenario, setting, paper))
    return rows + fragility(scenario, setting, paper, groups, key, held), before, paper
