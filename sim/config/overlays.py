"""Overlays: from their groups to internal units, and what a group that is off must not pretend to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sim.config.compose import Composed
from sim.config.laws import MINUTE, law
from sim.config.words import BadKey, did_you_mean
from sim.domain.area import Area
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK
from sim.domain.overlays import (
    Access,
    Bereavement,
    Boundary,
    Embedded,
    HomeSafety,
    HospiceOffer,
    Leavers,
    Overlays,
    PeerSupport,
    RapidTransfer,
    Support,
    Training,
)
from sim.domain.policies import REST, delay, ignored

HIGHEST_LEVEL = 4
SUPPORTS = ("coordinator", "shared_record")
WITHIN = tuple(f"boundary.{name}" for name in SUPPORTS)  # switched on and off inside an overlay


def overlays_of(config: dict[str, Any], everywhere: list[Area]) -> Overlays:
    """Every overlay that is on; the others without effect. Raises BadKey."""
    made = {name: make(config, everywhere) for name, make in MAKE.items() if config[name]["on"]}
    if config["goodwill"]["dynamics"]["on"] and config["goodwill"]["dynamics"]["leaving"]:
        made["leavers"] = _leavers(config, everywhere)
    return Overlays(**made)


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
        for group in (*MAKE, *WITHIN):
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
    return tuple(f"{group}." for group in (*MAKE, "rest", *WITHIN) if not is_on(config, group))


def _table(config: dict[str, Any], group: str) -> dict[str, Any]:
    for part in group.split("."):
        config = config[part]
    return config


def _known(key: str, word: str, known: Iterable[str], what: str) -> None:
    names = list(known)
    if word not in names:
        value = None if key.endswith(f".{word}") else word
        raise BadKey(key, value, f"no such {what}", did_you_mean(word, names))


def _leavers(config: dict[str, Any], _: list[Area]) -> Leavers:
    part, rates = config["leavers"], []
    for role, per_year in part["leavers_per_year"].items():
        key = f"leavers.leavers_per_year.{role}"
        _known(key, role, config["roles"], "role")
        if role not in part["replacement"]:
            raise BadKey(key, per_year, "its replacement is missing", "add leavers.replacement for it")
        rates.append((role, per_year, law(f"leavers.replacement.{role}", part["replacement"][role])))
    return Leavers(tuple(rates))


def _training(config: dict[str, Any], _: list[Area]) -> Training:
    part = config["training"]
    _known("training.role", part["role"], config["roles"], "role")
    level, raised = config["roles"][part["role"]]["level"], part["levels_raised"]
    if level + raised > HIGHEST_LEVEL:
        rule = f"a {part['role']} is of level {level}, and {HIGHEST_LEVEL} is the highest"
        raise BadKey("training.levels_raised", raised, rule, f"choose up to {HIGHEST_LEVEL - level}")
    return Training(
        role=part["role"],
        people=part["people_per_area"],
        levels=part["levels_raised"],
        days_away=part["days_away_per_year"],
        unsure=part["unsure_share"],
        cost_per_day=part["cost_gbp_per_day"],
    )


def _embedded(config: dict[str, Any], _: list[Area]) -> Embedded:
    part = config["embedded"]
    for name in part["conditions"]:
        _known(f"embedded.conditions.{name}", name, config["demand"]["conditions"], "group of conditions")
    return Embedded(
        p_prepared=part["p_prepared_raised_to"],
        longer=part["known_phase_longer_days"] * HOURS_PER_DAY,
        conditions=frozenset(part["conditions"]),
        consultant_sessions=part["consultant_sessions_per_area"],
        nurse_wte=part["nurse_wte_per_area"],
    )


def _hospice_offer(config: dict[str, Any], everywhere: list[Area]) -> HospiceOffer:
    part = config["hospice_offer"]
    for code in part["p_by_area"]:
        _known(f"hospice_offer.p_by_area.{code}", code, (area.code for area in everywhere), "area")
    by_area = tuple(sorted(part["p_by_area"].items()))
    return HospiceOffer(part["far_multiple"], part["far_beyond_minutes"] * MINUTE, by_area)


def _rapid_transfer(config: dict[str, Any], _: list[Area]) -> RapidTransfer:
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
    return RapidTransfer(
        wants_home=tuple(part["p_wants_home"].items()),
        shortest=(days - around) * HOURS_PER_DAY,
        longest=(days + around) * HOURS_PER_DAY,
        paper=part["paper_cover_hours"],
    )


def _bereavement(config: dict[str, Any], _: list[Area]) -> Bereavement:
    part = config["bereavement"]
    return Bereavement(part["visits_per_family"], part["within_weeks"] * HOURS_PER_WEEK)


def _home_safety(config: dict[str, Any], _: list[Area]) -> HomeSafety:
    part = config["home_safety"]
    return HomeSafety(
        p_alone=part["p_living_alone_with_child"],
        p_two_when_alone=part["p_two_needed_when_alone"],
        offered_when_alone=part["offered_when_alone_multiple"],
        offered_when_unsafe=part["offered_when_unsafe_multiple"],
    )


def _access(config: dict[str, Any], _: list[Area]) -> Access:
    part = config["access"]
    return Access(
        home_deprived=part["home_most_deprived_multiple"],
        home_rural=part["home_rural_multiple"],
        hospice_deprived=part["hospice_most_deprived_multiple"],
        rings_deprived=part["rings_team_most_deprived_multiple"],
        rings_rural=part["rings_team_rural_multiple"],
    )


def _peer_support(config: dict[str, Any], _: list[Area]) -> PeerSupport:
    if not config["goodwill"]["dynamics"]["on"]:
        rule = "goodwill is constant, so there is nothing to support"
        raise BadKey("peer_support.on", True, rule, "add goodwill.dynamics.on=true")
    return PeerSupport(config["peer_support"]["drain_multiple"])


def _boundary(config: dict[str, Any], _: list[Area]) -> Boundary:
    part = config["boundary"]
    coordinator = part["coordinator"]
    return Boundary(
        on=True,
        p_refuse_visit=part["p_refuse_visit"],
        p_refuse_phone=part["p_refuse_phone"],
        p_record_missing=part["p_record_missing"],
        without_record=part["minutes_without_record"] * MINUTE,
        supports=tuple(_support(part[name]) for name in SUPPORTS if part[name]["on"]),
        coordinator_wte=coordinator["wte"] if coordinator["on"] else 0.0,
        coordinator_band=coordinator["band"] if coordinator["on"] else 0,
    )


def _support(part: dict[str, Any]) -> Support:
    return Support(
        refuse_factor=part["refuse_multiple"],
        record_factor=part["record_missing_multiple"],
        begins=part["from_week"] * HOURS_PER_WEEK,
        ramp=part["ramp_weeks"] * HOURS_PER_WEEK,
    )


MAKE: dict[str, Callable[[dict[str, Any], list[Area]], Any]] = {
    "leavers": _leavers,
    "training": _training,
    "embedded": _embedded,
    "hospice_offer": _hospice_offer,
    "rapid_transfer": _rapid_transfer,
    "bereavement": _bereavement,
    "home_safety": _home_safety,
    "access": _access,
    "peer_support": _peer_support,
    "boundary": _boundary,
}
