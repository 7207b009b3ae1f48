"""The unit that a key carries in its name: how it is called, and how its numbers become hours and shares."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sim.config.laws import MINUTE
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK

UNIT = re.compile(r"(?:^|_)(minutes|days|weeks?|percent|percentage_points)(?:_|$)")
IN_HOURS = {"minutes": MINUTE, "days": HOURS_PER_DAY, "week": HOURS_PER_WEEK, "weeks": HOURS_PER_WEEK}

UNITS = (  # ending of a key, unit; the first that fits
    ("per_km_minutes", "minutes/km"),
    ("_percentage_points", "percentage points"),
    ("_clock_hour", "hour of the day"),
    ("peak_hour", "hour of the day"),
    ("amplitude", "share of the mean"),
    ("calls_per_hour", "calls/hour"),
    ("referrals_per_week", "families/week"),
    ("calls_per_family_day", "calls per family and day"),
    ("profile", "weight"),
    ("only", "place in the list"),
    ("_per_child_day", "calls per child and day"),
    ("calls_per_child_year", "calls per child and year"),
    ("children_per_death", "children per death"),
    ("_gbp_per_hour", "GBP/hour"),
    ("_gbp_per_weekday_night", "GBP/weekday night"),
    ("_gbp_per_night", "GBP/night"),
    ("_gbp_per_day", "GBP/day"),
    ("_gbp_per_mile", "GBP/mile"),
    ("_km", "km"),
    ("_gbp_per_call", "GBP/call"),
    ("_gbp_per_visit", "GBP/visit"),
    ("_gbp_per_journey", "GBP/journey"),
    ("_gbp_per_admission", "GBP/admission"),
    ("_km_per_hour", "km/h"),
    ("_gbp_per_year", "GBP/year"),
    ("weeks_per_year", "weeks/year"),
    ("band", "pay band"),
    ("days_per_year", "days/year"),
    ("hours_per_year", "hours/year"),
    ("growth_per_year", "share/year"),
    ("per_person_week", "hours per person and week"),
    ("nights_per_person_month", "nights per person and month"),
    ("per_person_month", "per person and month"),
    ("hours_per_week", "hours/week"),
    ("people_per_family", "people/family"),
    ("nights_per_28", "nights in 28"),
    ("1_in_n", "1 in n"),
    ("log_days_mean", "log of days"),
    ("log_days_sd", "log of days"),
    ("_sd_log", "sd of the log"),
    ("per_100000_by_deprivation", "deaths per 100,000"),
    ("_away_per_year", "days/year"),
    ("days_at_home", "days"),
    ("calls_per_death", "calls/death"),
    ("leavers_per_year", "share/year"),
    ("sessions_per_area", "sessions/area"),
    ("wte_per_area", "WTE/area"),
    ("either_way", "days"),
    ("_per_family", "visits/family"),
    ("_percent", "%"),
    *((f"_{unit}", unit) for unit in ("minutes", "hours", "days", "weeks", "nights", "people", "visits")),
    ("weeks", "weeks"),
    ("hours", "hours"),
    ("_multiple", "multiple"),
    ("_ratio", "ratio"),
    ("_of_preference", "share"),
    ("p_answers", "probability"),
    ("_share", "share"),
    ("share", "share"),
    ("_per_day", "share/day"),
    ("_index", "index 0-1"),
    ("cv", "coefficient of variation"),
    ("shape", "shape"),
    ("wte", "WTE"),
    ("level", "level 1-4"),
    ("_raised", "levels"),
    ("attempts_max", "attempts"),
    ("area_types", "share of areas"),
    ("seats", "seats"),
    ("people", "people"),
    ("per_area", "people/area"),
    ("_week", "week of measuring"),
)
BEGINNINGS = (
    ("p_", "probability"),
    ("minutes_", "minutes"),
    ("home_anyway", "probability"),
    ("goodwill_makes_home", "probability"),
    ("drain_per_", "index 0-1"),
    ("visits_per_week", "visits/week"),
)


def internal(value: Any, unit: str) -> Any:
    """A number in internal units: times in hours, percents as shares, anything else as it is."""
    return value / 100 if unit.startswith("percent") else value * IN_HOURS[unit] if unit else value


def converted(key: str, field: str) -> str:
    """The unit that numbers under a key are converted from on their way to a field; empty where none is.

    What is counted for each of something (``_per_``) is no length of time, and a field that carries the unit in its own
    name keeps it: ``reference_period_weeks`` arrives in ``reference_weeks`` as weeks, ``reach_minutes`` in ``reach`` as
    hours.
    """
    found = None if "_per_" in key else UNIT.search(key)
    return found[1] if found and found[1] not in field else ""


@cache
def unit_of(key: str) -> str:
    """The unit that a key carries in its own name, else in the name above it; empty if it has none."""
    for part in reversed(key.split(".")):
        for beginning, unit in BEGINNINGS:
            if part.startswith(beginning):
                return unit
        for ending, unit in UNITS:
            if part.endswith(ending):
                return unit
    return ""
