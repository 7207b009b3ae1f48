"""What may stand in a scenario file, as JSON schema: with it an editor completes a planner's keys and marks slips."""

from __future__ import annotations

from typing import Any

from sim.config.key import Key, Part
from sim.config.keys import PARTS
from sim.config.rules import CHECKED_WHERE_READ, Each, Rule
from sim.config.schema import OF_THE_RUN
from sim.config.shelf import groups, scenario_files
from sim.config.units import unit_of
from sim.config.written import SWITCHES

TITLE = "A scenario of oncall-sim"
DIALECT = "http://json-schema.org/draft-07/schema#"  # what the language servers of editors know
SWITCH = {"enum": [True, False, *(word for word in SWITCHES if word not in ("true", "false"))]}
NUMBERS = {"number": "number", "whole": "integer"}
CLOCK = r"^\s*\d{1,2}(:\d\d)?\s*-\s*\d{1,2}(:\d\d)?\s*$"
TEXT = {"type": ["string", "number", "boolean"]}  # without quotation marks an editor takes 026 for a number
NOTHING = {"type": "null"}


def schema_of_scenarios(config_dir: str | None = None) -> dict[str, Any]:
    """The schema of a scenario file; the names of parts and scenarios are those that can be called here."""
    keys = {key.name: _told(key, key.name) for key in PARTS.declared if key.name not in OF_THE_RUN}
    return {
        "$schema": DIALECT,
        "title": TITLE,
        "type": "object",
        "properties": {**_of_the_file(config_dir), **keys},
        "additionalProperties": False,
    }


def _of_the_file(config_dir: str | None) -> dict[str, Any]:
    """What a file builds on."""
    choices = {group: {"enum": sorted(words)} for group, words in groups(config_dir).items()}
    choice = {
        "type": "object",
        "properties": {f"override /{group}": words for group, words in choices.items()},
        "patternProperties": {f"^(override +)?/?{group}$": words for group, words in choices.items()},
        "additionalProperties": False,
    }
    based_on = {"anyOf": [{"enum": sorted(scenario_files(config_dir))}, {"type": "string"}]}
    return {
        "based_on": {**based_on, "description": "the scenario that this one differs from: a name, or a path"},
        "defaults": {
            "type": "array",
            "items": {"anyOf": [choice, {"type": "string"}]},
            "description": "parts chosen from the shelf, as [override /goodwill: off]",
        },
    }


def _told(key: Key, dotted: str) -> dict[str, Any]:
    """The schema of a key, with its meaning and its unit."""
    unit = unit_of(dotted) if isinstance(key.rule, Rule) and key.rule.kind in NUMBERS else ""
    return {**_schema(key.rule, dotted), "description": f"{key.meaning} ({unit})" if unit else key.meaning}


def _schema(rule: Any, dotted: str) -> dict[str, Any]:
    if isinstance(rule, Each):
        entry = {"anyOf": [_schema(rule.entry, f"{dotted}.*"), NOTHING]}
        return {"type": "object", "additionalProperties": entry}
    if isinstance(rule, dict):
        declared = {key.name: key for key in rule.declared} if isinstance(rule, Part) else {}
        keys = {
            name: _told(declared[name], f"{dotted}.{name}") if declared else _schema(below, f"{dotted}.{name}")
            for name, below in rule.items()
        }
        table = {"type": "object", "properties": keys, "additionalProperties": False}
        return {"anyOf": [table, SWITCH]} if "on" in rule else table
    found = _value(rule)
    return {"anyOf": [found, NOTHING]} if rule.empty or rule.kind in CHECKED_WHERE_READ else found


def _value(rule: Rule) -> dict[str, Any]:
    match rule.kind:
        case "number" | "whole":
            return {"type": NUMBERS[rule.kind], "minimum": rule.low, "maximum": rule.high}
        case "word":
            return {"enum": [*rule.words]}
        case "words":
            return {"type": "array", "items": {"enum": [*rule.words]}}
        case "names":
            return {"type": "array", "items": TEXT}
        case "flag":
            return SWITCH
        case "window":
            return {"type": "string", "pattern": CLOCK}
        case "date":
            return {"type": "string", "format": "date"}
        case "text":
            return TEXT
    return dict(rule.shape or {})
