"""Numbers that a scenario does not read: beginnings of their keys, which are not counted among what it rests on."""

from __future__ import annotations

from typing import Any

from sim.config.log import not_read
from sim.config.overlays import off
from sim.domain.costs import NURSES_BAND
from sim.domain.policies import DEPEND_ON, WHILE_VISITING
from sim.domain.scenario import Scenario

OF_UNPAID_HELP = ("p_max", "willingness_", "weight_", "asks_", "ring_", "weekly_cap_", "standby")
FOLLOW = ("met_by_someone_known", "met_by_others", "partly_met", "none")  # whom a call was met by, under consequences
SUPPLEMENTS, SALARIES = "costs.consultant_supplement", "costs.salary_band"


def unread(config: dict[str, Any], scenario: Scenario) -> tuple[str, ...]:
    """Beginnings of the keys whose numbers cannot matter as the scenario stands: of overlays that are off, of demand
    that another kind replaces, of roles that nobody has, of words that were not chosen."""
    general = ("general_services.",) if not scenario.general_services.on else ()
    others = (*_of_consequences(config), *_of_goodwill(config, scenario), *_of_people(config, scenario))
    return (*not_read(config), *off(config), *general, *others)


def roles_in_use(scenario: Scenario) -> set[str]:
    """Roles of the teams and of those who are asked for unpaid help."""
    return {role.name for role in scenario.roles}


def _of_consequences(config: dict[str, Any]) -> list[str]:
    """Which of the four chances follow no call."""
    rows = {name: (float(place), 0.0) for place, name in enumerate(FOLLOW)}
    read = DEPEND_ON[config["consequences"]["depend_on"]](*rows.values())
    return [f"consequences.{name}." for name, row in rows.items() if row not in read]


def _of_goodwill(config: dict[str, Any], scenario: Scenario) -> list[str]:
    goodwill, found = scenario.goodwill, []
    if not goodwill.on:
        found += [f"goodwill.{name}" for name in OF_UNPAID_HELP]
    elif not goodwill.standby:
        found.append("goodwill.standby")
    if not config["goodwill"]["dynamics"]["on"]:
        found.append("goodwill.dynamics.")
    return found


def _of_people(config: dict[str, Any], scenario: Scenario) -> list[str]:
    used, overlays = roles_in_use(scenario), scenario.overlays
    found = [f"roles.{role}." for role in config["roles"] if role not in used]
    found += [f"answering.advice.{role}." for role in config["answering"]["advice"] if role not in used]
    other = {"A": "b", "B": "a"}[config["costs"]["consultant_on_call_category"]]
    bands = {overlays.boundary.coordinator_band, NURSES_BAND if overlays.embedded.nurse_wte else 0}
    found += [f"{SUPPLEMENTS}_{other}_"]
    found += [f"{SALARIES}_{band}_" for band, _ in scenario.costs.salaries if band not in bands]
    if not any(pattern.stepped_up for team in scenario.teams for pattern in team.patterns):
        found.append("rota.stepped_up_payment_")
    taken_after = WHILE_VISITING[scenario.answering.while_visiting]
    if taken_after(1.0) == taken_after(2.0):
        found.append("answering.ring_back_while_visiting_minutes")
    if not any(scenario.role(team.role).may == {"answer"} for team in scenario.teams):
        found.append("answering.helpline_call_back_minutes")
    return found
