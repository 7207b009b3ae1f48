"""The demand part of a configuration in internal units."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from sim.config.keys import made
from sim.config.keys.demand import LENGTHS, REASON
from sim.config.laws import MINUTE, adds_to_one, law, mean_beyond
from sim.config.plain import CASELOAD
from sim.config.words import BadKey
from sim.domain.calendar import HOURS_PER_DAY, Calendar
from sim.domain.demand import DEATHS_CEILING, CallsAlone, Condition, Demand, Reason
from sim.domain.law import Law
from sim.domain.log import Log
from sim.domain.scenario import PHASES, Run

DEATH = "death"
LONGEST_STAY = 25  # mean stays: of exponential stays, one in 7e10 is longer
HARDLY_ANY = 1e-3  # of the time of all stays may lie beyond it


def demand_of(
    config: dict[str, Any], profile: tuple[float, ...], log: Log | None, alone: CallsAlone | None = None
) -> Demand:
    """Families and their calls, drawn or of a planner's own log; or calls alone.

    Raises BadKey for a rate above its ceiling and shares that do not add up.
    """
    part = config["demand"]
    ceiling = part["rate_ceiling_multiple"]
    for phase in PHASES:
        rate, most = part["calls_per_child_day"][phase], ceiling * part["reference_calls_per_child_day"][phase]
        if rate > most * (1 + 1e-9):
            rule = f"above the ceiling of {most:g}: demand.rate_ceiling_multiple {ceiling:g} x the reference rate"
            raise BadKey(
                f"demand.calls_per_child_day.{phase}",
                rate,
                rule,
                f"choose up to {most:g}, or raise demand.rate_ceiling_multiple",
            )
    conditions = part["conditions"]
    adds_to_one("demand.conditions", {f"{name}.share": c["share"] for name, c in conditions.items()})
    reasons = {name: _reason(name, reason, part) for name, reason in config["reasons"].items()}
    if DEATH not in reasons:
        raise BadKey("reasons.death", None, "missing: every death brings one call", "add a reason called death")
    _urgent_for_sure(reasons[DEATH], config["reasons"][DEATH])
    calling = tuple(reason for name, reason in reasons.items() if name != DEATH)
    if sum(reason.weight for reason in calling) <= 0:
        raise BadKey("reasons", None, "no reason has a weight", "give at least one a weight_share above 0")
    planned = config["planned"]
    demand = made(
        config,
        Demand,
        conditions=tuple(Condition(name, c["share"], c["p_wants_out_of_hospital"]) for name, c in conditions.items()),
        episode=_by_log(part["episode_log_days_mean"], part["episode_log_days_sd"]),
        profile=profile,
        reasons=calling,
        death_reason=reasons[DEATH],
        planned_per_week=tuple(planned[f"visits_per_week_{phase}"] for phase in PHASES),
        planned_visit=Law("lognormal", planned["visit_minutes"] * MINUTE, planned["visit_cv"]),
        log=log,
        calls_alone=alone,
    )
    if log is not None:
        return replace(demand, winter_multiple=1.0)  # it is in the log
    return _caseload(demand, part) if part["kind"] == CASELOAD else demand


def under_the_ceiling(demand: Demand, calendar: Calendar, run: Run) -> Demand:
    """The same demand. Raises BadKey where more children would die than are ever drawn, whatever the area."""
    grown = demand.most_at_once(calendar, run.horizon)
    times = demand.deaths_multiple * grown
    if demand.log is None and demand.calls_alone is None and times > DEATHS_CEILING:
        key = (
            "growth_per_year"
            if demand.most_grown(calendar, run.horizon) > demand.deaths_multiple
            else "deaths_multiple"
        )
        rule = f"above the ceiling of {DEATHS_CEILING:g} times the deaths of the areas at which deaths are drawn"
        rule += f": {demand.deaths_multiple:g} x {grown:.3g} of growth and season = {times:.3g}" if grown != 1 else ""
        remedy = f"choose deaths_multiple up to {DEATHS_CEILING / grown:.3g}, or write more deaths into the areas table"
        remedy = "choose a smaller one" if key == "growth_per_year" else remedy
        raise BadKey(f"demand.{key}", getattr(demand, key), rule, remedy)
    return demand


def _caseload(demand: Demand, part: dict[str, Any]) -> Demand:
    """Families who are all alike, stay by any law, and call at one rate throughout."""
    stay = law("demand.stay", part["stay"])
    if not 0 < stay.mean < math.inf:
        raise BadKey("demand.stay.law", stay.kind, "a stay needs a mean", "write {law: exponential, mean_days: 28}")
    if (lost := mean_beyond(stay, LONGEST_STAY * stay.mean) / stay.mean) > HARDLY_ANY:
        rule = (
            f"stays are followed for {LONGEST_STAY} means, and {100 * lost:.2g} % of the time of this law lies beyond"
        )
        raise BadKey(
            "demand.stay.law", stay.kind, rule, "choose a law with a lighter tail: a smaller cv, a larger shape"
        )
    rates = (part["calls_per_family_day"],) * len(PHASES)
    return replace(
        demand,
        episode=stay,
        episode_cap_hours=LONGEST_STAY * stay.mean,
        frailty_shape=math.inf,
        calls_per_day=rates,
        reference_calls_per_day=rates,
    )


def _reason(name: str, part: dict[str, Any], demand: dict[str, Any]) -> Reason:
    key = f"reasons.{name}"
    routine = 1 - part["p_emergency"] - part["p_urgent"]
    if routine < -1e-9:
        raise BadKey(
            f"{key}.p_urgent",
            part["p_urgent"],
            "p_emergency and p_urgent add to more than 1",
            "lower one; routine is the rest",
        )
    levels = {f"p_need_level_{level}": part[f"p_need_level_{level}"] for level in range(1, 5)}
    adds_to_one(key, levels)
    said: dict[str, Any] = {"weight": 0.0, **REASON.fields(key, part, Reason)}
    said |= {length: _length(key, length, part, demand) for length in LENGTHS}
    return Reason(
        name=name,
        p_urgency=(part["p_emergency"], part["p_urgent"], max(0.0, routine)),
        **said,
        p_need_level=tuple(levels.values()),
    )


def _urgent_for_sure(death: Reason, part: dict[str, Any]) -> None:
    """Raises BadKey for shares by which the urgency of a death would be drawn by lot."""
    if max(death.p_urgency) < 1 - 1e-9:
        urgent, emergency = part["p_urgent"], part["p_emergency"]
        rule = f"with p_emergency {emergency:g} the urgency of a death would be drawn by lot"
        remedy = "write p_urgent: 1 or p_emergency: 1, and 0 for the other"
        raise BadKey(f"reasons.{DEATH}.p_urgent", urgent, rule, remedy)


def _length(key: str, length: str, part: dict[str, Any], demand: dict[str, Any]) -> Law:
    """How long a part of a call takes: by its own law, else lognormal with the mean of its minutes."""
    if part.get(length) is not None:
        return law(f"{key}.{length}", part[length])
    minutes = f"{length}_minutes"
    if part.get(minutes) is None:
        remedy = f"write {minutes}: 10, or {length}: {{law: exponential, mean_minutes: 10}}"
        raise BadKey(f"{key}.{minutes}", None, f"missing for a reason called {key.rpartition('.')[2]}", remedy)
    return Law("lognormal", part[minutes] * MINUTE, demand[f"{length}_cv"])


def _by_log(log_days: float, sd: float) -> Law:
    """A lognormal number of days by the mean and standard deviation of its logarithm."""
    return Law("lognormal", math.exp(log_days + sd * sd / 2) * HOURS_PER_DAY, math.sqrt(math.expm1(sd * sd)))
