"""What a planner writes under ``safe_limit``, ``rota`` and ``costs`` about safety and the price of being available."""

from __future__ import annotations

import math
from typing import Any

from sim.config.words import BadKey
from sim.domain.limits import Availability, SafeLimits

HIGH, MEDIUM = (f"consultant_{how}_frequency_up_to_1_in_n" for how in ("high", "medium"))


def safe_limits(config: dict[str, Any]) -> SafeLimits:
    """The limits that audits are held against."""
    part = config["safe_limit"]
    return SafeLimits(
        on_call_1_in_n=part["on_call_frequency_at_work_1_in_n"],
        rest_breaches_per_month=part["rest_breaches_per_person_month"],
        worked_hours_per_week=part["worked_hours_per_week"],
        reference_weeks=part["reference_period_weeks"],
        daily_rest=part["daily_rest_hours"],
        weekly_rest=part["weekly_rest_hours"],
        nights_in_a_row=config["rota"]["max_consecutive_on_call_nights"],
    )


def availability(config: dict[str, Any]) -> Availability:
    """Pay for being available. Raises BadKey if rare consultants were to be paid before frequent ones."""
    part, rota = config["costs"], config["rota"]
    if part[MEDIUM] < part[HIGH]:
        rule = f"below {HIGH} {part[HIGH]:g}: the medium frequency begins where the high one ends"
        raise BadKey(f"costs.{MEDIUM}", part[MEDIUM], rule, f"choose {part[HIGH]:g} or more")
    category = part["consultant_on_call_category"].lower()
    shares = [part[f"consultant_supplement_{category}_{how}_percent"] / 100 for how in ("high", "medium", "low")]
    return Availability(
        consultant_salary=part["consultant_salary_gbp_per_year"],
        supplement=tuple(zip((part[HIGH], part[MEDIUM], math.inf), shares, strict=True)),
        session=part["on_call_availability_gbp_per_weekday_night"],
        weekend_multiple=part["on_call_weekend_session_multiple"],
        headroom=rota["headroom_share"],
        full_time_week=rota["full_time_hours_per_week"],
        stepped_up_night=rota["stepped_up_payment_gbp_per_night"],
    )
