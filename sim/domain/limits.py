"""What is safe for those who are on call."""

from __future__ import annotations

import math
from dataclasses import dataclass

ALMOST = 1e-9  # so that 4.0000000001 people are four


@dataclass(frozen=True, slots=True)
class SafeLimits:
    """Beyond these a person counts as over the safe limit, or a rota as alarming. Hours.

    on_call_1_in_n: nights on call at work more often than 1 in this. rest_breaches_per_month: daily rest missed more
    often than this. worked_hours_per_week: average over ``reference_weeks``. daily_rest: unbroken, in the 24 h before
    being at work. weekly_rest: unbroken, once a week or twice a fortnight. nights_in_a_row: on call. Of nights that
    come in bursts, nights_in_28_days: on call in any 28 days; disturbed_nights_in_a_month: in any 30 days.
    """

    on_call_1_in_n: float
    rest_breaches_per_month: float
    worked_hours_per_week: float
    reference_weeks: int
    daily_rest: float
    weekly_rest: float
    nights_in_a_row: int
    nights_in_28_days: int = 28
    disturbed_nights_in_a_month: int = 30


def people_needed(limit: float, seats: float, weeks_available: float, weeks: float) -> int:
    """The fewest people who hold seats on call no more often than 1 in ``limit`` while at work, leave covered.

    seats: to be filled at a time, on average over all days. weeks_available: of ``weeks``, those without leave.
    """
    return math.ceil(limit * seats * weeks / weeks_available - ALMOST)
