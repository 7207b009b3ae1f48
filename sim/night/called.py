"""The sentence with which a family's call begins: who rings, about what, and what it takes."""

from __future__ import annotations

from sim.demand.calls import DEATH_CALL
from sim.domain.scenario import PHASES, URGENCIES, Scenario
from sim.ledger import Ledger
from sim.night.names import a, clock, length, listed

ABOUT = {
    "symptom": "a symptom",
    "medication": "medicines",
    "reassurance": "reassurance",
    "equipment": "equipment",
    "psychosocial": "distress in the family",
    "other": "something else",
}
CHILD = {
    "stable": "the child is stable",
    "unstable": "the child is unstable",
    "deteriorating": "the child is getting worse",
    "dying": "the child is dying",
}


def called(scenario: Scenario, ledger: Ledger, row: int, family: str) -> str:
    """``02:14  Family A (the child is dying) rings about a symptom, urgent. It takes a home visit.``"""
    calls = ledger.setting.demand.calls
    reasons = [*(reason.name for reason in scenario.demand.reasons), scenario.demand.death_reason.name]
    reason = reasons[int(calls.reason[row])]
    who = f"a professional with family {family}" if calls.professional[row] else f"family {family}"
    child = _child(ledger, row)
    if calls.number[row] == DEATH_CALL:
        return f"{clock(float(calls.time[row]))}  {_died(scenario, ledger, row, family)}"
    about = ABOUT.get(reason, reason.replace("_", " "))
    begins = f"{who[:1].upper()}{who[1:]}{f' ({child})' if child else ''} rings about {about}, "
    takes = _takes(scenario, ledger, row)
    ends = f" It takes {listed(takes)}." if takes else " It can be settled by telephone."
    return f"{clock(float(calls.time[row]))}  {begins}{URGENCIES[int(calls.urgency[row])]}.{ends}"


def _died(scenario: Scenario, ledger: Ledger, row: int, family: str) -> str:
    """``Family A rings: the child has died. It takes a home visit, due within 4 hours to verify the death.``"""
    due = f"due within {length(scenario.answering.verification_standard)} to verify the death"
    takes = [f"{one}, {due}" if one.startswith("a home visit") else one for one in _takes(scenario, ledger, row)]
    said = f" It takes {listed(takes)}." if takes else " It can be settled by telephone."
    return f"Family {family} rings: the child has died.{said}"


def _child(ledger: Ledger, row: int) -> str:
    """How the child is at the hour of a call; empty at its death."""
    demand = ledger.setting.demand
    family, time = int(demand.calls.family[row]), float(demand.calls.time[row])
    if demand.families.background[family]:
        return "the child is not at the end of life"
    phases = demand.phases
    now = (phases.family == family) & (phases.start <= time) & (time < phases.end)
    return CHILD[PHASES[int(phases.phase[now][0])]] if now.any() else ""


def _takes(scenario: Scenario, ledger: Ledger, row: int) -> list[str]:
    calls = ledger.setting.demand.calls
    found = []
    if calls.needs_visit[row]:
        found.append("a home visit by two people" if calls.needs_two[row] else "a home visit")
    if calls.needs_prescription[row]:
        found.append("a new prescription")
    level = int(calls.need_level[row])
    least = min((role.level for role in scenario.roles if "visit" in role.may), default=level)
    if level > least:
        able = [role.name.replace("_", " ") for role in scenario.roles if role.level == level]
        found.append(f"the knowledge of {a(able[0])}" if able else f"knowledge of level {level}")
    return found
