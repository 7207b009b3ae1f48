"""Ledger in, tidy numbers out: what commissioners call unmet demand, burden and waiting. numpy only."""

from __future__ import annotations

from sim.domain.scenario import Scenario
from sim.ledger import Ledger
from sim.measures.audit import audit_measures
from sim.measures.burden import burden
from sim.measures.exposure import exposure
from sim.measures.families import begun, family_measures
from sim.measures.goodwill import goodwill
from sim.measures.rows import Groups, Row
from sim.measures.unmet import background_calls, count, unmet_demand

__all__ = ["Row", "measure"]


def measure(ledger: Ledger, scenario: Scenario) -> list[Row]:
    """Every measure of one replication's window, by England, region, rural band, area type, area and role."""
    groups = Groups(scenario, ledger.setting.area_types)
    counted = count(ledger, scenario)
    wanting, offered = begun(ledger, scenario)
    rows = exposure(scenario, ledger.setting, groups, ledger.key)
    rows += unmet_demand(counted, groups, wanting, scenario.run.weeks)
    rows += family_measures(ledger, scenario, counted, groups, wanting, offered)
    rows += background_calls(count(ledger, scenario, of_background=True), groups, scenario.run.weeks)
    rows += burden(ledger, scenario) + goodwill(ledger, scenario)
    return rows + audit_measures(ledger, scenario)
