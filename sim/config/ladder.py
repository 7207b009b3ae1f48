"""The steps a call climbs: teams, goodwill, universal services."""

from __future__ import annotations

import math
from typing import Any

from sim.config.words import BadKey, did_you_mean
from sim.domain.scenario import Step

GOODWILL, UNIVERSAL = "goodwill", "universal"
NEVER = "never"
OF_A_STEP = ("team", "overflow_minutes")
LADDER_WORDS = (GOODWILL, UNIVERSAL, NEVER, *OF_A_STEP)  # no names of teams


def ladder(config: dict[str, Any]) -> tuple[Step, ...]:
    """The families' ladder; universal services end it. Raises BadKey."""
    steps = _steps("ladder", config)
    kinds = [step.kind for step in steps]
    if not steps or kinds[-1] != UNIVERSAL or kinds.count(UNIVERSAL) > 1:
        raise BadKey("ladder", config["ladder"], "universal stands once, at the end", "end the list with universal")
    if kinds.count(GOODWILL) > 1:
        raise BadKey("ladder", config["ladder"], "goodwill stands once", "take the other one out")
    if config["goodwill"]["on"] and GOODWILL not in kinds:
        rule = "no step asks for goodwill, though goodwill.on is true"
        raise BadKey("ladder", config["ladder"], rule, "add goodwill to the ladder, or set goodwill.on=false")
    return steps


def entry(config: dict[str, Any]) -> tuple[Step, ...]:
    """Where calls by professionals come in, before the families' ladder. Raises BadKey."""
    steps = _steps("professional_entry", config)
    if any(step.kind != "team" for step in steps):
        raise BadKey(
            "professional_entry",
            config["professional_entry"],
            "takes teams only",
            "the families' ladder follows it by itself",
        )
    return steps


def _steps(key: str, config: dict[str, Any]) -> tuple[Step, ...]:
    written = config[key]
    if not isinstance(written, list):
        raise BadKey(key, written, "must be a list of steps", f"write {key}: [community_nurses, goodwill, universal]")
    steps = tuple(_step(key, step, config) for step in written)
    teams = [step.plan for step in steps if step.kind == "team"]
    for name in teams:
        if teams.count(name) > 1:
            raise BadKey(key, name, "a team stands once: a call that has left it does not come back", "take one out")
    return steps


def _step(key: str, written: Any, config: dict[str, Any]) -> Step:
    name, overflow = written, config["answering"]["overflow_minutes"]
    if isinstance(written, dict):
        for word in written:
            if word not in OF_A_STEP:
                raise BadKey(f"{key}.{word}", written[word], "no such key", did_you_mean(word, OF_A_STEP))
        name, overflow = written.get("team"), written.get("overflow_minutes", overflow)
    if name in (GOODWILL, UNIVERSAL):
        return Step(name)
    if name not in config["teams"]:
        known = (*config["teams"], GOODWILL, UNIVERSAL)
        raise BadKey(key, name, "no such team in this scenario", did_you_mean(str(name), known))
    return Step("team", name, _overflow(f"{key}.overflow_minutes", overflow))


def _overflow(key: str, minutes: Any) -> float:
    if minutes == NEVER:
        return math.inf
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not 0 <= minutes <= 1440:
        raise BadKey(key, minutes, "must be never or a number from 0 to 1440", "write overflow_minutes: 10")
    return minutes / 60
