"""What a planner writes under ``costs`` (and ``rota``) about pay and prices."""

from __future__ import annotations

import math
from typing import Any

from sim.config.clock import window
from sim.config.keys import made
from sim.config.words import BadKey
from sim.domain.costs import Availability, Costs, Universal, Unsocial

BANDS = (5, 6, 7, 8)  # of Agenda for Change whose salary is known; 8 is 8a
HIGH, MEDIUM = (f"consultant_{how}_frequency_up_to_1_in_n" for how in ("high", "medium"))


def availability(config: dict[str, Any]) -> Availability:
    """Pay for being available. Raises BadKey if rare consultants were to be paid before frequent ones."""
    part = config["costs"]
    if part[MEDIUM] < part[HIGH]:
        rule = f"below {HIGH} {part[HIGH]:g}: the medium frequency begins where the high one ends"
        raise BadKey(f"costs.{MEDIUM}", part[MEDIUM], rule, f"choose {part[HIGH]:g} or more")
    category = part["consultant_on_call_category"].lower()
    shares = [part[f"consultant_supplement_{category}_{how}_percent"] / 100 for how in ("high", "medium", "low")]
    supplement = tuple(zip((part[HIGH], part[MEDIUM], math.inf), shares, strict=True))
    return made(config, Availability, supplement=supplement)


def costs(config: dict[str, Any]) -> Costs:
    """Prices beside the pay for being available. Raises BadKey for hours of the clock that are none, and for a
    coordinator whose band has no salary."""
    part, coordinator = config["costs"], config["boundary"]["coordinator"]
    if coordinator["on"] and coordinator["band"] not in BANDS:
        rule = f"no salary of that band is known, only of {', '.join(map(str, BANDS))}"
        raise BadKey("boundary.coordinator.band", coordinator["band"], rule, "choose one of them")
    premium = part["consultant_session_plain_hours"] / part["consultant_session_premium_hours"] - 1
    saturday, sunday = part["unsocial_night_saturday_percent"] / 100, part["unsocial_sunday_bank_holiday_percent"] / 100
    return made(
        config,
        Costs,
        nurses=Unsocial(_night("unsocial_clock", part), saturday, sunday),
        consultants=Unsocial(_night("consultant_premium_clock", part), premium, premium),
        universal=made(config, Universal),
        salaries=tuple((band, part[f"salary_band_{band}_gbp_per_year"]) for band in BANDS),
    )


def _night(key: str, part: dict[str, Any]) -> tuple[float, float]:
    start, end = window(f"costs.{key}", part[key])
    if end >= start:
        raise BadKey(f"costs.{key}", part[key], "must run over midnight", "write them as 20-06")
    return start, end
