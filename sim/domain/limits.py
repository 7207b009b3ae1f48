"""What is safe for those who are on call, and what being available costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

ALMOST = 1e-9  # so that 4.0000000001 people are four


@dataclass(frozen=True, slots=True)
class SafeLimits:
    """Beyond these a person counts as over the safe limit, or a rota as alarming. Hours.

    on_call_1_in_n: nights on call at work more often than 1 in this. rest_breaches_per_month: daily rest missed more
    often than this. worked_hours_per_week: average over ``reference_weeks``. daily_rest: unbroken, in the 24 h before
    being at work. weekly_rest: unbroken, once a week or twice a fortnight. nights_in_a_row: on call.
    """

    on_call_1_in_n: float
    rest_breaches_per_month: float
    worked_hours_per_week: float
    reference_weeks: int
    daily_rest: float
    weekly_rest: float
    nights_in_a_row: int


@dataclass(frozen=True, slots=True)
class Availability:
    """Pay for being available on call, before any call, and how many people a post takes. GBP, hours, shares.

    supplement: of a consultant's basic salary, by (1 in up to this many, share), the last for all that is rarer.
    session: one weekday night on call of anybody else; a day of a weekend or bank holiday counts ``weekend_multiple``.
    headroom: share of a person's hours lost to leave, sickness and study. stepped_up_night: for each night stood up.
    """

    consultant_salary: float
    supplement: tuple[tuple[float, float], ...]
    session: float
    weekend_multiple: float
    headroom: float
    full_time_week: float
    stepped_up_night: float = 0.0

    def supplement_share(self, one_in: float) -> float:
        """Share of basic salary that a consultant on call one turn in so many is paid for being available."""
        return next(share for up_to, share in self.supplement if one_in <= up_to + ALMOST)

    def wte(self, hours_per_week: float) -> float:
        """Whole-time equivalents in post to have somebody at work for so many hours a week."""
        return hours_per_week / self.full_time_week / (1 - self.headroom)


def people_needed(limit: float, seats: float, weeks_available: float, weeks: float) -> int:
    """The fewest people who hold seats on call no more often than 1 in ``limit`` while at work, leave covered.

    seats: to be filled at a time, on average over all days. weeks_available: of ``weeks``, those without leave.
    """
    return math.ceil(limit * seats * weeks / weeks_available - ALMOST)
