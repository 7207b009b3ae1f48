"""What a scenario says of families: their conditions, their episodes, why they call and how often."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sim.domain import season
from sim.domain.calendar import HOURS_PER_YEAR, Calendar
from sim.domain.law import Law
from sim.domain.log import Log


@dataclass(frozen=True, slots=True)
class Condition:
    """A group of conditions: its share of deaths, and the share of its families who want to be out of hospital."""

    name: str
    share: float
    p_wants_out_of_hospital: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a family calls, and what the call may need. Shares over urgencies and need levels add to 1."""

    name: str
    weight: float
    p_urgency: tuple[float, float, float]
    p_visit: float
    p_second_person: float
    p_new_prescription: float
    talk: Law
    after_call: Law
    visit: Law
    p_need_level: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class CallsAlone:
    """Calls with no families behind them: each is a family of its own, that makes no other.

    per_hour: mean rate by area, in the order of the areas. weights: of equal parts of a week from Monday 00:00, mean 1.
    """

    per_hour: tuple[float, ...]
    weights: tuple[float, ...]


DEATHS_CEILING = 4.0  # deaths are drawn at so many times an area's own rate, then thinned: more cannot be asked for


@dataclass(frozen=True, slots=True)
class Demand:
    """Families, their episodes and their potential calls.

    calls_per_day: by phase, all callers, per child. reference_calls_per_day x ceiling_multiple: the rate at which
    potential calls are drawn before thinning. profile: 168 hour-of-week weights of mean 1. death_calls: calls that each
    death brings. night_visit_factor: how many times as often a call at night takes a visit; not background, not deaths.
    planned_per_week: planned visits by phase. eol_share: of the hours at work, for these families. log: a planner's own
    families, instead of any drawn. calls_alone: calls instead of families. winter_multiple: deaths from December to
    March, times those of the other months.
    """

    deaths_multiple: float
    growth_per_year: float
    growth_reference: dt.date
    area_effect_sd_log: float
    conditions: tuple[Condition, ...]
    deprivation_rates: tuple[float, float, float, float, float]
    home_share: float
    frailty_shape: float
    episode: Law
    episode_cap_hours: float
    phase_hours: tuple[Law, Law, Law, Law]
    calls_per_day: tuple[float, float, float, float]
    reference_calls_per_day: tuple[float, float, float, float]
    ceiling_multiple: float
    professional_share: float
    profile: tuple[float, ...]
    dying_night_weight: float
    background_calls_per_child_year: float
    background_children_per_death: float
    reasons: tuple[Reason, ...]
    death_reason: Reason
    death_calls: int
    planned_per_week: tuple[float, float, float, float]
    planned_visit: Law
    p_prepared: float
    p_advance_care_plan: float
    p_home_safe_for_one: float
    prepared_need_level_one_lower: float
    night_visit_factor: float = 1.0
    p_medicines_in_home: float = 0.0
    p_visitor_carries_medicines: float = 0.0
    eol_share: float = 1.0
    log: Log | None = None
    calls_alone: CallsAlone | None = None
    winter_multiple: float = 1.0

    def grown(self, calendar: Calendar, hours: Any) -> Any:
        """How many times as many children die at an hour of the run, or at each of many, as on the reference date."""
        before = (calendar.start_date - self.growth_reference) / dt.timedelta(hours=1)
        return (1 + self.growth_per_year) ** ((before + hours) / HOURS_PER_YEAR)

    def most_grown(self, calendar: Calendar, horizon: float) -> float:
        """The most of it over all deaths that a run draws: they reach an episode beyond its end."""
        return float(max(self.grown(calendar, hour) for hour in (0.0, horizon + self.episode_cap_hours)))

    def most_at_once(self, calendar: Calendar, horizon: float) -> float:
        """The most of growth and season together over all deaths that a run draws."""
        in_winter = season.most(calendar, self.winter_multiple, horizon + self.episode_cap_hours)
        return self.most_grown(calendar, horizon) * in_winter
