"""The checked configuration to the frozen ``Scenario``: clock times and minutes to hours, shares that must add to 1."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from sim.config.area_names import by_code
from sim.config.costs import availability, costs
from sim.config.dates import hour_of
from sim.config.demand import demand_of, under_the_ceiling
from sim.config.ground import Ground
from sim.config.keys import PARTS, made, values
from sim.config.keys.people import ROLE
from sim.config.keys.service import PACE
from sim.config.ladder import entry, ladder
from sim.config.laws import MINUTE
from sim.config.overlays import overlays_of, rest_of
from sim.config.people import nameless
from sim.config.plain import with_caseload
from sim.config.rota_in import with_written
from sim.config.services import kinds_named, supply_of, with_services
from sim.config.teams import build_teams
from sim.config.words import BadKey, did_you_mean, shown
from sim.domain.bands import Bands
from sim.domain.general_services import GeneralServices
from sim.domain.goodwill import Dynamics, Goodwill
from sim.domain.law import Law
from sim.domain.limits import SafeLimits
from sim.domain.pace import DriveTimes, Pace, Travel
from sim.domain.policies import AFTER_ANY, DEPEND_ON
from sim.domain.scenario import Answering, Follows, Place, Repeat, RotaRules, Scenario
from sim.domain.staff import Role
from sim.domain.travel import BUSY, QUIET, usual_pace

ROADS = {"busy": BUSY, "quiet": QUIET}


def to_scenario(config: dict[str, Any], ground: Ground) -> Scenario:
    """The scenario of a checked configuration on what was read for it. Raises BadKey or BadInput."""
    everywhere, run, calendar = ground.everywhere, ground.run, ground.calendar
    config = with_services(ground.under(config), everywhere, ground.areas_are_own)
    areas = with_caseload(config, ground.areas)
    roles = {
        name: Role(name=name, **ROLE.fields(f"roles.{name}", role, Role)) for name, role in config["roles"].items()
    }
    rules = made(config, RotaRules, rest=rest_of(config))
    teams = build_teams(config, areas, roles, calendar, run, rules, ground.people)
    teams = with_written(ground.rota, ground.files, teams, calendar, run)
    teams = teams if config["names"] else tuple(map(nameless, teams))
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
        supply=supply_of(config, everywhere, len(areas) < len(everywhere)),
        rota=rules,
        ladder=ladder(config),
        professional_entry=entry(config),
        answering=_answering(config, roles),
        travel=_travel(config, ground.times),
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


def _travel(config: dict[str, Any], times: DriveTimes | None) -> Travel:
    """The roads, with a planner's own pace to families of an area: what that leaves out is as elsewhere."""
    travel, key = made(config, Travel, drive_times=times), "travel.by_area"
    found = by_code(key, config["travel"]["by_area"], config["everywhere"])
    if found and times is not None:
        rule = "travel.drive_times_file says how long every journey takes, so they would change nothing"
        raise BadKey(key, shown(list(config["travel"]["by_area"])), rule, "take one of the two out")
    own = []
    for area in config["everywhere"]:
        if written := found.get(area.code):
            paces = [_pace(usual_pace(travel, area, busy), written.get(road)) for road, busy in ROADS.items()]
            own.append((area.code, *paces))
    return replace(travel, own=tuple(own))


def _pace(usual: Pace, written: dict[str, float] | None) -> Pace:
    return replace(usual, **PACE.fields("travel.by_area", written or {}, Pace))


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
    nowhere = kinds_named("goodwill.not_in", sorted(part["not_in"]), config)
    return made(config, Goodwill, until=until, not_in=nowhere)


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
    written = made(config, Follows)
    chances = DEPEND_ON[part["depend_on"]](written.known, written.others, written.partly, written.none)
    return replace(written, known=chances[0], others=chances[1], partly=chances[2], none=chances[3])


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
