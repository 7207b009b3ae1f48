"""The checked configuration to the frozen ``Scenario``: clock times and minutes to hours, shares that must add to 1."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from sim.config.clock import window
from sim.config.compose import Composed
from sim.config.costs import availability, costs
from sim.config.dates import hour_of
from sim.config.demand import demand_of, under_the_ceiling
from sim.config.groupings import with_tables
from sim.config.ladder import entry, ladder
from sim.config.laws import MINUTE, adds_to_one, law
from sim.config.limits import safe_limits
from sim.config.log import read_log
from sim.config.overlays import overlays_of, rest_of
from sim.config.plain import read_calls_alone, with_caseload
from sim.config.profile import read_profile
from sim.config.run import run_of
from sim.config.tables import Files, choose_areas, read_areas
from sim.config.teams import build_teams
from sim.config.words import BadKey, did_you_mean
from sim.domain.bands import Bands
from sim.domain.calendar import HOURS_PER_DAY, Calendar
from sim.domain.law import Law
from sim.domain.policies import AFTER_ANY
from sim.domain.scenario import (
    URGENCIES,
    Answering,
    Dynamics,
    Follows,
    Goodwill,
    Place,
    Repeat,
    RotaRules,
    Run,
    Scenario,
    Supply,
    Travel,
)
from sim.domain.staff import Role

HOLIDAYS_BEYOND_WEEKS = 13  # calls of the last weeks are followed to their end


def to_scenario(composed: Composed, config: dict[str, Any], files: Files) -> Scenario:
    """The scenario of a checked configuration; notes the tables it read in ``files``. Raises BadKey or BadInput."""
    everywhere = read_areas(composed, files)
    areas = choose_areas(config["areas"], everywhere)
    plans = with_tables(composed, config, files, areas)
    files.count_areas(areas, everywhere)
    config = {**config, "teams": plans, "all_codes": [area.code for area in everywhere]}
    areas = with_caseload(config, areas)
    run = run_of(composed, config)
    calendar = _calendar(config["calendar"], run)
    roles = {name: _role(name, role) for name, role in config["roles"].items()}
    rules = _rota(config)
    teams = build_teams(config, areas, roles, calendar, run, rules)
    until = hour_of("goodwill.until", config["goodwill"].get("until"), run, calendar, math.inf)
    goodwill = _goodwill(config, roles, until)
    used = {team.role for team in teams} | {goodwill.answer_role, goodwill.advice_role}
    return Scenario(
        name=config["name"],
        question=config["question"],
        run=run,
        calendar=calendar,
        areas=tuple(areas),
        demand=under_the_ceiling(
            demand_of(
                config,
                read_profile(composed, files),
                read_log(composed, files, everywhere, areas, calendar, run),
                read_calls_alone(composed, files, config, areas),
            ),
            calendar,
            run,
        ),
        place=_place(config["place"]),
        roles=tuple(role for role in roles.values() if role.name in used),
        teams=teams,
        supply=_supply(config, len(areas) < len(everywhere)),
        rota=rules,
        ladder=ladder(config),
        professional_entry=entry(config),
        answering=_answering(config["answering"], roles),
        travel=_travel(config["travel"]),
        goodwill=goodwill,
        follows=_follows(config["consequences"]),
        repeat=_repeat(config["repeat"]),
        dynamics=_dynamics(config, [role for role in roles.values() if role.name in used]),
        overlays=overlays_of(config, everywhere),
        limits=safe_limits(config),
        availability=availability(config),
        costs=costs(config),
        bands=_bands(config["reporting"]),
        zones=_zones(config["indifference"]),
    )


def _calendar(part: dict[str, Any], run: Run) -> Calendar:
    start = dt.date.fromisoformat(part["start_date"])
    if start.weekday() != 0:
        monday = start - dt.timedelta(days=start.weekday())
        raise BadKey(
            "calendar.start_date", part["start_date"], "must be a Monday", f"the Monday of that week is {monday}"
        )
    windows = {name: window(f"calendar.{name}", part[name]) for name in ("in_hours", "night", "sleep")}
    if windows["in_hours"][0] >= windows["in_hours"][1]:
        raise BadKey("calendar.in_hours", part["in_hours"], "must begin and end on one day", "write them as 09-17")
    days = math.ceil(run.horizon / HOURS_PER_DAY) + HOLIDAYS_BEYOND_WEEKS * 7
    holidays = _bank_holidays(start, days) if part["bank_holidays"] == "England" else frozenset[int]()
    return Calendar(start, holidays, **windows, always_out_of_hours=part["always_out_of_hours"])


def _bank_holidays(start: dt.date, days: int) -> frozenset[int]:
    """Bank holidays of England as days since the start, substitute days included."""
    from holidays import country_holidays

    end = start + dt.timedelta(days=days)
    dates = country_holidays("GB", subdiv="ENG", years=range(start.year, end.year + 1))
    return frozenset((date - start).days for date in dates if start <= date < end)


def _role(name: str, part: dict[str, Any]) -> Role:
    return Role(
        name=name,
        may=frozenset(part["may"]),
        level=part["level"],
        cost_per_hour=part["cost_gbp_per_hour"],
        wte=part["wte"],
        leave_weeks=part["leave_weeks_per_year"],
        sick_share=part["sick_share"],
        p_vacant=part["p_post_vacant"],
        named_per_family=part["named_people_per_family"],
    )


def _supply(config: dict[str, Any], some: bool) -> Supply:
    types = {name: share for name, share in config["supply"]["area_types"].items() if share is not None}
    adds_to_one("supply.area_types", types)
    return Supply(tuple(types.items()), tuple(config["all_codes"]) if some else ())


def _place(part: dict[str, Any]) -> Place:
    return Place(part["p0"], part["phone_only_weight_share"], part["p_hospice_offer"], part["p0_without_goodwill"])


def _repeat(part: dict[str, Any]) -> Repeat:
    delay = Law("exponential", part["delay_mean_hours"])
    return Repeat(part["p_repeat_after_unmet"], AFTER_ANY[part["after"]], delay, part["attempts_max"])


def _rota(config: dict[str, Any]) -> RotaRules:
    part = config["rota"]
    return RotaRules(
        hand_over_working_day=part["hand_over_working_day_clock_hour"],
        hand_over_other_day=part["hand_over_other_day_clock_hour"],
        p_short_notice_cover=part["p_short_notice_cover"],
        sick_spell_days=part["sick_spell_days"],
        rest=rest_of(config),
        leave_together_max=part["leave_together_max_share"],
        sick_winter_amplitude=part["sick_winter_amplitude"],
    )


def _answering(part: dict[str, Any], roles: dict[str, Role]) -> Answering:
    for role in part["advice"]:
        if role not in roles:
            raise BadKey(f"answering.advice.{role}", None, "no such role", did_you_mean(role, roles))
    call_back = law("answering.call_back", part["call_back"])
    helpline = part["helpline_call_back_minutes"] * MINUTE
    return Answering(
        answer_patience=_urgencies(
            {u: law(f"answering.answer_patience.{u}", part["answer_patience"][u]) for u in URGENCIES}
        ),
        visit_patience=_urgencies(
            {u: law(f"answering.visit_patience.{u}", part["visit_patience"][u]) for u in URGENCIES}
        ),
        answer_standard=_urgencies({u: part["answer_standard_minutes"][u] * MINUTE for u in URGENCIES}),
        door_standard=_urgencies({u: part["door_standard_minutes"][u] * MINUTE for u in URGENCIES}),
        call_back=call_back,
        advice_patience=law("answering.advice_patience", part["advice_patience"]),
        advice_minutes=tuple((role, law(f"answering.advice.{role}", block)) for role, block in part["advice"].items()),
        nurse_while_waiting=part["nurse_while_waiting"],
        second_person=part["second_person"],
        while_visiting=part["while_visiting"],
        ring_back_after=part["ring_back_while_visiting_minutes"] * MINUTE,
        end_of_duty=part["end_of_duty"],
        helpline_multiple=helpline / call_back.mean if call_back.mean > 0 else 1.0,
    )


def _urgencies(values: dict[str, Any]) -> tuple[Any, Any, Any]:
    a, b, c = (values[u] for u in URGENCIES)
    return a, b, c


def _travel(part: dict[str, Any]) -> Travel:
    return Travel(
        circuity=part["circuity_ratio"],
        speed_urban=part["speed_urban_km_per_hour"],
        speed_rural=part["speed_rural_km_per_hour"],
        night_speed_factor=part["night_speed_multiple"],
        noise_cv=part["noise_cv"],
        mobilise_from_home=part["mobilise_from_home_minutes"] * MINUTE,
        mobilise_at_work=part["mobilise_at_work_minutes"] * MINUTE,
        reach=part["reach_minutes"] * MINUTE,
    )


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
    return Goodwill(
        on=part["on"],
        p_max=part["p_max"],
        willingness_alpha=part["willingness_alpha_shape"],
        willingness_beta=part["willingness_beta_shape"],
        weight_evening=part["weight_evening_multiple"],
        weight_early=part["weight_weekday_early_multiple"],
        weight_weekend_day=part["weight_weekend_day_multiple"],
        weight_night=part["weight_night_multiple"],
        asks=part["asks_people"],
        ring=part["ring_minutes"] * MINUTE,
        weekly_cap=part["weekly_cap_hours"],
        standby=part["standby"],
        standby_turn_nights=part["standby_turn_nights"],
        standby_p_answers=part["standby_p_answers"],
        standby_max_nights_per_28=part["standby_max_nights_per_28"],
        answer_role=part["answer_role"],
        advice_role=part["advice_role"],
        not_in=frozenset(part["not_in"]),
        until=until,
    )


def _dynamics(config: dict[str, Any], roles: list[Role]) -> Dynamics:
    part, winter = config["goodwill"]["dynamics"], 1 + config["rota"]["sick_winter_amplitude"]
    multiple, key = part["burnt_out_sick_multiple"], "goodwill.dynamics.burnt_out_sick_multiple"
    for role in roles if part["on"] else ():
        if multiple * role.sick_share * winter > 1:
            rule = f"x the sick_share {role.sick_share:g} of a {role.name} in winter is above 1: all of the time"
            raise BadKey(key, multiple, rule, f"choose up to {1 / role.sick_share / winter:.3g}")
    return Dynamics(
        on=part["on"],
        drain_per_24_hours=part["drain_per_24_hours_on_call"],
        drain_per_call=part["drain_per_unpaid_call"],
        drain_per_visit=part["drain_per_unpaid_visit"],
        funded_multiple=part["drain_funded_multiple"],
        recovery_per_day=part["recovery_share_per_day"],
        susceptibility_sd=part["susceptibility_sd_log"],
        burnt_out_below=part["burnt_out_below_index"],
        burnout_days=part["burnout_window_days"],
        burnt_out_leaves_multiple=part["burnt_out_leaves_multiple"],
        burnt_out_sick_multiple=part["burnt_out_sick_multiple"],
    )


def _follows(part: dict[str, Any]) -> Follows:
    pairs = {}
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
        pairs[name] = (visit, admission)
        if (factor := part["advance_care_plan_multiple"]) * admission > visit:
            rule = f"{factor:g} x {name}.p_admission {admission:g} is above its p_emergency_visit {visit:g}: nobody is "
            rule += "admitted without one"
            remedy = f"choose up to {visit / admission:.3g}"
            raise BadKey("consequences.advance_care_plan_multiple", factor, rule, remedy)
    return Follows(
        known=pairs["met_by_someone_known"],
        others=pairs["met_by_others"],
        partly=pairs["partly_met"],
        none=pairs["none"],
        advance_care_plan_factor=part["advance_care_plan_multiple"],
        stay=law("consequences.stay", part["stay"]),
        p_no_return_home=part["p_no_return_home"],
    )


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


def _zones(part: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    """Indifference zones in the unit of their measures: shares as shares."""
    return (
        ("unmet_share", part["unmet_share_percentage_points"] / 100),
        ("uncovered_child_night_share", part["uncovered_child_night_share_percentage_points"] / 100),
        ("hours_on_call", part["hours_on_call_per_person_week"]),
        ("disturbed_nights", part["disturbed_nights_per_person_month"]),
        ("minutes_to_door", part["minutes_to_door"]),
        ("standing_cost", part["standing_cost_percent"] / 100),
    )
