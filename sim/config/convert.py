"""The checked configuration to the frozen ``Scenario``: clock times and minutes to hours, shares that must add to 1."""

from __future__ import annotations

import math
from typing import Any

from sim.config.costs import availability, costs
from sim.config.dates import hour_of
from sim.config.demand import demand_of, under_the_ceiling
from sim.config.ground import Ground
from sim.config.keys import PARTS, made, values
from sim.config.keys.people import ROLE
from sim.config.ladder import entry, ladder
from sim.config.laws import MINUTE, adds_to_one
from sim.config.overlays import overlays_of, rest_of
from sim.config.plain import with_caseload
from sim.config.teams import build_teams
from sim.config.words import BadKey, did_you_mean
from sim.domain.bands import Bands
from sim.domain.general_services import GeneralServices
from sim.domain.law import Law
from sim.domain.limits import SafeLimits
from sim.domain.policies import AFTER_ANY
from sim.domain.scenario import (
    Answering,
    Dynamics,
    Follows,
    Goodwill,
    Place,
    Repeat,
    RotaRules,
    Scenario,
    Supply,
    Travel,
)
from sim.domain.staff import Role


def to_scenario(config: dict[str, Any], ground: Ground) -> Scenario:
    """The scenario of a checked configuration on what was read for it. Raises BadKey or BadInput."""
    everywhere, run, calendar = ground.everywhere, ground.run, ground.calendar
    config = {**ground.with_groupings(config), "all_codes": [area.code for area in everywhere]}
    areas = with_caseload(config, ground.areas)
    roles = {
        name: Role(name=name, **ROLE.fields(f"roles.{name}", role, Role)) for name, role in config["roles"].items()
    }
    rules = made(config, RotaRules, rest=rest_of(config))
    teams = build_teams(config, areas, roles, calendar, run, rules)
    until = hour_of("goodwill.until", config["goodwill"].get("until"), run, calendar, math.inf)
    goodwill = _goodwill(config, roles, until)
    used = {team.role for team in teams} | {goodwill.answer_role, goodwill.advice_role}
    demand = demand_of(config, ground.profile, ground.log, ground.calls_alone)
    return Scenario(
        name=config["name"],
        question=config["question"],
        run=run,
        calendar=calendar,
        areas=tuple(areas),
        demand=under_the_ceiling(demand, calendar, run),
        place=made(config, Place),
        roles=tuple(role for role in roles.values() if role.name in used),
        teams=teams,
        supply=_supply(config, len(areas) < len(everywhere)),
        rota=rules,
        ladder=ladder(config),
        professional_entry=entry(config),
        answering=_answering(config, roles),
        travel=made(config, Travel, drive_times=ground.times),
        goodwill=goodwill,
        follows=_follows(config),
        repeat=_repeat(config),
        general_services=made(config, GeneralServices),
        dynamics=_dynamics(config, [role for role in roles.values() if role.name in used]),
        overlays=overlays_of(config, everywhere, areas),
        limits=made(config, SafeLimits),
        availability=availability(config),
        costs=costs(config),
        bands=_bands(config["reporting"]),
        zones=tuple(PARTS["indifference"].fields("indifference", config["indifference"], None).items()),
    )


def _supply(config: dict[str, Any], some: bool) -> Supply:
    types = {name: share for name, share in config["supply"]["area_types"].items() if share is not None}
    adds_to_one("supply.area_types", types)
    pinned = config["supply"]["by_area"]
    for code, kind in pinned.items():
        if code not in config["all_codes"]:
            remedy = did_you_mean(code, config["all_codes"])
            raise BadKey(f"supply.by_area.{code}", kind, "no area of that code", remedy)
        if kind not in types:
            raise BadKey(f"supply.by_area.{code}", kind, "no such kind of area", did_you_mean(kind, types))
    return Supply(tuple(types.items()), tuple(config["all_codes"]) if some else (), tuple(sorted(pinned.items())))


def _repeat(config: dict[str, Any]) -> Repeat:
    part = config["repeat"]
    delay = Law("exponential", part["delay_mean_hours"])
    return made(config, Repeat, delay=delay, after_any=AFTER_ANY[part["after"]])


def _answering(config: dict[str, Any], roles: dict[str, Role]) -> Answering:
    part = config["answering"]
    for role in part["advice"]:
        if role not in roles:
            raise BadKey(f"answering.advice.{role}", None, "no such role", did_you_mean(role, roles))
    said = values(config, Answering)
    helpline, usual = part["helpline_call_back_minutes"] * MINUTE, said["call_back"].mean
    return Answering(**said, helpline_multiple=helpline / usual if usual > 0 else 1.0)


def _goodwill(config: dict[str, Any], roles: dict[str, Role], until: float) -> Goodwill:
    part = config["goodwill"]
    for key in ("answer_role", "advice_role"):
        if part[key] not in roles:
            raise BadKey(f"goodwill.{key}", part[key], "no such role", did_you_mean(part[key], roles))
    for kind in part["not_in"]:
        if kind not in config["supply"]["area_types"]:
            raise BadKey(
                "goodwill.not_in", kind, "no such kind of area", did_you_mean(kind, config["supply"]["area_types"])
            )
    return made(config, Goodwill, until=until)


def _dynamics(config: dict[str, Any], roles: list[Role]) -> Dynamics:
    part, winter = config["goodwill"]["dynamics"], 1 + config["rota"]["sick_winter_amplitude"]
    multiple, key = part["burnt_out_sick_multiple"], "goodwill.dynamics.burnt_out_sick_multiple"
    for role in roles if part["on"] else ():
        if multiple * role.sick_share * winter > 1:
            rule = f"x the sick_share {role.sick_share:g} of a {role.name} in winter is above 1: all of the time"
            raise BadKey(key, multiple, rule, f"choose up to {1 / role.sick_share / winter:.3g}")
    return made(config, Dynamics)


def _follows(config: dict[str, Any]) -> Follows:
    part = config["consequences"]
    for name in ("met_by_someone_known", "met_by_others", "partly_met", "none"):
        visit, admission = part[name]["p_emergency_visit"], part[name]["p_admission"]
        if admission > visit:
            rule = f"above p_emergency_visit {visit:g}: an admission counts among the emergency visits"
            raise BadKey(
                f"consequences.{name}.p_admission",
                admission,
                rule,
                f"choose up to {visit:g}, or raise p_emergency_visit",
            )
        if (factor := part["advance_care_plan_multiple"]) * admission > visit:
            rule = f"{factor:g} x {name}.p_admission {admission:g} is above its p_emergency_visit {visit:g}: nobody is "
            rule += "admitted without one"
            remedy = f"choose up to {visit / admission:.3g}"
            raise BadKey("consequences.advance_care_plan_multiple", factor, rule, remedy)
    return made(config, Follows)


def _bands(part: dict[str, Any]) -> Bands:
    for low, high in (
        ("rural_band_low_share", "rural_band_high_share"),
        ("distance_band_low_km", "distance_band_high_km"),
    ):
        if part[low] >= part[high]:
            raise BadKey(f"reporting.{low}", part[low], f"not below {high} {part[high]:g}", "choose a smaller one")
    return Bands(
        (part["rural_band_low_share"], part["rural_band_high_share"]),
        (part["distance_band_low_km"], part["distance_band_high_km"]),
    )
