"""Overlays: from their groups to internal units, and what a group that is off must not pretend to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any

from sim.config.area_names import by_code
from sim.config.compose import Composed
from sim.config.groupings import networks
from sim.config.keys import PARTS, made
from sim.config.keys.overlays import SHARED_RECORD
from sim.config.laws import law
from sim.config.words import BadKey, did_you_mean
from sim.domain.area import Area
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.overlays import Overlays, Support
from sim.domain.policies import REST, delay, ignored

OVERLAYS = tuple(field.name for field in fields(Overlays))
HIGHEST_LEVEL = 4
SUPPORTS = ("coordinator", "shared_record")
WITHIN = tuple(f"boundary.{name}" for name in SUPPORTS)  # switched on and off inside an overlay


def overlays_of(config: dict[str, Any], everywhere: list[Area], areas: list[Area]) -> Overlays:
    """Every overlay that is on; the others without effect. areas: those that run. Raises BadKey."""
    found = Overlays(**{name: _overlay(name, config, everywhere) for name in OVERLAYS if is_on(config, name)})
    if not found.boundary.coordinator_wte:
        return found
    return replace(found, boundary=replace(found.boundary, networks=networks(config, areas)))


def _overlay(name: str, config: dict[str, Any], everywhere: list[Area]) -> Any:
    further = FURTHER[name](config, everywhere) if name in FURTHER else {}
    kind: Any = PARTS[name].made
    return made(config, kind, **further)


def rest_of(config: dict[str, Any]) -> str:
    """The word of ``rota.rest``, or delay where the overlay asks for it. Raises BadKey."""
    word: str = config["rota"]["rest"]
    if not config["rest"]["on"]:
        return word
    if REST[word] not in (ignored, delay):
        rule = f"rota.rest = {word} is another rule than the overlay's, which delays the next duty"
        raise BadKey("rest.on", True, rule, "take one of the two out")
    return delay.__name__


def refuse_idle(composed: Composed, config: dict[str, Any]) -> None:
    """Raises BadKey for a number that a planner gave an overlay without switching it on or off."""
    said = {*composed.given, *(key for layer in composed.scenarios for key in layer.values)}
    for key in sorted(said):
        for group in (*OVERLAYS, *WITHIN):
            if key.startswith(f"{group}.") and not is_on(config, group) and not _switched(composed, group):
                remedy = f"add {group}.on=true" if group in WITHIN else f"add {group}=on"
                value = _table(config, group).get(key.removeprefix(f"{group}."))
                raise BadKey(key, value, f"{group} is off, so it would change nothing", remedy)


def _switched(composed: Composed, group: str) -> bool:
    """Whether the planner said whether it is on."""
    return group in composed.chosen or composed.set_by_planner(f"{group}.on")


def is_on(config: dict[str, Any], group: str) -> bool:
    """Whether a run reads the numbers of an overlay's group."""
    dynamics = config["goodwill"]["dynamics"]
    return _table(config, group)["on"] or (group == "leavers" and dynamics["on"] and dynamics["leaving"])


def off(config: dict[str, Any]) -> tuple[str, ...]:
    """Beginnings of the keys that no run reads because their overlay is off."""
    return tuple(f"{group}." for group in (*OVERLAYS, "rest", *WITHIN) if not is_on(config, group))


def _table(config: dict[str, Any], group: str) -> dict[str, Any]:
    for part in group.split("."):
        config = config[part]
    return config


def _known(key: str, word: str, known: Iterable[str], what: str) -> None:
    names = list(known)
    if word not in names:
        value = None if key.endswith(f".{word}") else word
        raise BadKey(key, value, f"no such {what}", did_you_mean(word, names))


def _leavers(config: dict[str, Any], _: list[Area]) -> dict[str, Any]:
    part, rates = config["leavers"], []
    for role, per_year in part["leavers_per_year"].items():
        key = f"leavers.leavers_per_year.{role}"
        _known(key, role, config["roles"], "role")
        if role not in part["replacement"]:
            raise BadKey(key, per_year, "its replacement is missing", "add leavers.replacement for it")
        rates.append((role, per_year, law(f"leavers.replacement.{role}", part["replacement"][role])))
    return {"rates": tuple(rates)}


def _training(config: dict[str, Any], _: list[Area]) -> dict[str, Any]:
    part = config["training"]
    _known("training.role", part["role"], config["roles"], "role")
    level, raised = config["roles"][part["role"]]["level"], part["levels_raised"]
    if level + raised > HIGHEST_LEVEL:
        rule = f"a {part['role']} is of level {level}, and {HIGHEST_LEVEL} is the highest"
        raise BadKey("training.levels_raised", raised, rule, f"choose up to {HIGHEST_LEVEL - level}")
    return {}


def _embedded(config: dict[str, Any], _: list[Area]) -> dict[str, Any]:
    for name in config["embedded"]["conditions"]:
        _known(f"embedded.conditions.{name}", name, config["demand"]["conditions"], "group of conditions")
    return {}


def _hospice_offer(config: dict[str, Any], everywhere: list[Area]) -> dict[str, Any]:
    found = by_code("hospice_offer.p_by_area", config["hospice_offer"]["p_by_area"], everywhere)
    return {"by_area": tuple(sorted(found.items()))}


def _rapid_transfer(config: dict[str, Any], _: list[Area]) -> dict[str, Any]:
    part, kind = config["rapid_transfer"], config["demand"]["kind"]
    if kind in ("log", "calls"):
        rule = f"demand.kind = {kind} says itself who is at home"
        raise BadKey("rapid_transfer.on", True, rule, "take one of the two out")
    for name in part["p_wants_home"]:
        _known(f"rapid_transfer.p_wants_home.{name}", name, config["demand"]["conditions"], "group of conditions")
    days, around = part["days_at_home"], part["days_at_home_either_way"]
    if around > days:
        key = "rapid_transfer.days_at_home_either_way"
        raise BadKey(
            key, around, f"above days_at_home {days:g}: nobody goes home after the death", "choose a lower one"
        )
    return {"shortest": (days - around) * HOURS_PER_DAY, "longest": (days + around) * HOURS_PER_DAY}


def _peer_support(config: dict[str, Any], _: list[Area]) -> dict[str, Any]:
    if not config["goodwill"]["dynamics"]["on"]:
        rule = "goodwill is constant, so there is nothing to support"
        raise BadKey("peer_support.on", True, rule, "add goodwill.dynamics.on=true")
    return {}


def _boundary(config: dict[str, Any], _: list[Area]) -> dict[str, Any]:
    part = config["boundary"]
    supports = ((f"boundary.{name}", SHARED_RECORD, part[name]) for name in SUPPORTS if part[name]["on"])
    coordinator = part["coordinator"]
    return {
        "supports": tuple(Support(**keys.fields(key, said, Support)) for key, keys, said in supports),
        "coordinator_wte": coordinator["wte"] if coordinator["on"] else 0.0,
        "coordinator_band": coordinator["band"] if coordinator["on"] else 0,
    }


# overlays with rules across keys: each refuses what cannot be, and gives back the fields that are no key's own
FURTHER: dict[str, Callable[[dict[str, Any], list[Area]], dict[str, Any]]] = {
    "leavers": _leavers,
    "training": _training,
    "embedded": _embedded,
    "hospice_offer": _hospice_offer,
    "rapid_transfer": _rapid_transfer,
    "peer_support": _peer_support,
    "boundary": _boundary,
}
