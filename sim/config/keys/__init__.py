"""Every key that a planner can write, declared once: with its unit, its rule, its meaning and the field it reaches."""

from __future__ import annotations

from typing import Any, TypeVar

from sim.config.key import Key, Part
from sim.config.keys import demand, goodwill, money, overlays, people, reporting, service, study
from sim.config.rules import Each

PARTS = Part(
    None,
    *study.STUDY,
    Key("calendar", study.CALENDAR, "The local clock."),
    Key("area_table", study.AREA_TABLE, "The areas."),
    Key("workforce", study.WORKFORCE, "The people in post."),
    Key("demand", demand.DEMAND, "Children who die, the weeks before, and what their families ask for."),
    Key("reasons", demand.REASONS, "Why a family calls, and what the call may need."),
    Key("place", demand.PLACE, "Who is offered to be at home."),
    Key("roles", people.ROLES, "Kinds of clinician."),
    Key("teams", people.TEAMS, "Teams, their people and their rotas."),
    Key("supply", study.SUPPLY, "Kinds of area."),
    Key("rota", people.ROTA, "How turns are cut, and what happens when somebody is away."),
    Key("answering", service.ANSWERING, "How long people wait, and how calls are handed on."),
    Key("travel", service.TRAVEL, "From a start point to a family's door."),
    Key("goodwill", goodwill.GOODWILL, "Unpaid, unrostered help."),
    Key("consequences", demand.CONSEQUENCES, "What follows a call."),
    Key("indifference", reporting.INDIFFERENCE, "Differences smaller than these do not matter."),
    Key("general_services", service.GENERAL_SERVICES, "GP out of hours, 111's clinical desk, open access to a ward."),
    Key("planned", demand.PLANNED, "Planned visits, in working hours."),
    Key("repeat", demand.REPEAT, "Calls that come again."),
    *overlays.OVERLAYS,
    Key("costs", money.COSTS, "Pay and prices."),
    Key("safe_limit", reporting.SAFE_LIMIT, "Beyond these a person counts as over the safe limit."),
    Key("standards", reporting.STANDARDS, "From which share a standard counts as met."),
    Key("reporting", reporting.REPORTING, "Bands of areas."),
)
Made = TypeVar("Made")


def meaning(written: str) -> str:
    """What a key means, by its whole name (``goodwill.asks_people``); empty of one that is declared nowhere."""
    rule: Any = PARTS
    said = ""
    for name in written.split("."):
        if isinstance(rule, Part):
            key = next((one for one in rule.declared if one.name == name), None)
            said, rule = (key.meaning, key.rule) if key else ("", None)
        else:
            said, rule = "", rule.entry if isinstance(rule, Each) else None
    return said


def values(config: dict[str, Any], made: type) -> dict[str, Any]:
    """All that a configuration says of one object of the domain, whatever the part: by field, in internal units."""
    found: dict[str, Any] = {}
    for key in PARTS.declared:
        if isinstance(key.rule, Part):
            found |= key.rule.fields(key.name, config[key.name], made)
    return found


def made(config: dict[str, Any], kind: type[Made], **others: Any) -> Made:
    """An object of the domain by the keys declared for it. others: fields that functions of their own read."""
    return kind(**values(config, kind), **others)
