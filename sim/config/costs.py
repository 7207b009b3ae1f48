"""What a planner writes under ``costs`` (and ``rota``) about pay and prices."""

from __future__ import annotations

import math
from typing import Any

from sim.config.clock import window
from sim.config.words import BadKey
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.costs import Availability, Costs, Universal, Unsocial

BANDS = (5, 6, 7, 8)  # of Agenda for Change whose salary is known; 8 is 8a
HIGH, MEDIUM = (f"consultant_{how}_frequency_up_to_1_in_n" for how in ("high", "medium"))


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


def costs(config: dict[str, Any]) -> Costs:
    """Prices beside the pay for being available. Raises BadKey for hours of the clock that are none, and for a
    coordinator whose band has no salary."""
    part, coordinator = config["costs"], config["boundary"]["coordinator"]
    if coordinator["on"] and coordinator["band"] not in BANDS:
        rule = f"no salary of that band is known, only of {', '.join(map(str, BANDS))}"
        raise BadKey("boundary.coordinator.band", coordinator["band"], rule, "choose one of them")
    premium = part["consultant_session_plain_hours"] / part["consultant_session_premium_hours"] - 1
    return Costs(
        basic_pay_share=part["basic_pay_share"],
        on_cost=part["employer_on_cost_share"],
        nurses=Unsocial(
            _night("unsocial_clock", part),
            part["unsocial_night_saturday_percent"] / 100,
            part["unsocial_sunday_bank_holiday_percent"] / 100,
        ),
        consultants=Unsocial(_night("consultant_premium_clock", part), premium, premium),
        mile=part["mileage_gbp_per_mile"],
        universal=Universal(
            contact=part["universal_contact_gbp_per_call"],
            emergency_visit=part["emergency_department_gbp_per_visit"],
            ambulance=part["ambulance_gbp_per_journey"],
            ambulance_share=part["ambulance_share"],
            short_stay=part["short_stay_gbp_per_admission"],
            long_stay=part["long_stay_gbp_per_admission"],
            long_from=part["long_stay_from_days"] * HOURS_PER_DAY,
        ),
        goodwill_multiple=part["goodwill_shadow_price_multiple"],
        salaries=tuple((band, part[f"salary_band_{band}_gbp_per_year"]) for band in BANDS),
    )


def _night(key: str, part: dict[str, Any]) -> tuple[float, float]:
    start, end = window(f"costs.{key}", part[key])
    if end >= start:
        raise BadKey(f"costs.{key}", part[key], "must run over midnight", "write them as 20-06")
    return start, end
