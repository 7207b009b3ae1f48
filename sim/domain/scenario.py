"""The scenario: everything one run needs, frozen, in hours, kilometres and shares."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from sim.domain import season
from sim.domain.area import Area
from sim.domain.bands import DEFAULT_BANDS, Bands
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK, HOURS_PER_YEAR, Calendar
from sim.domain.costs import NO_PRICES, Availability, Costs
from sim.domain.general_services import NO_GENERAL_SERVICES, GeneralServices
from sim.domain.law import Law
from sim.domain.limits import SafeLimits
from sim.domain.log import Log
from sim.domain.overlays import NO_OVERLAYS, Overlays
from sim.domain.staff import Role, Team

WEEKS_PER_YEAR = 52
URGENCIES = ("emergency", "urgent", "routine")
PHASES = ("stable", "unstable", "deteriorating", "dying")


@dataclass(frozen=True, slots=True)
class Run:
    """Hours that are measured, hours before them that are not, and hours of demand beyond them.

    Every run begins idle and empty; without hours before and beyond it is one that ends, such as a single night.
    """

    warmup_hours: float
    hours: float
    beyond_hours: float

    @classmethod
    def of_weeks(cls, warmup_weeks: float, weeks: float, beyond_weeks: float) -> Run:
        """The same in weeks."""
        return cls(warmup_weeks * HOURS_PER_WEEK, weeks * HOURS_PER_WEEK, beyond_weeks * HOURS_PER_WEEK)

    @property
    def window(self) -> tuple[float, float]:
        """Measured hours [start, end)."""
        return self.warmup_hours, self.warmup_hours + self.hours

    @property
    def horizon(self) -> float:
        """Hour after which nobody calls."""
        return self.warmup_hours + self.hours + self.beyond_hours

    @property
    def warmup_weeks(self) -> float:
        """Weeks before the measured ones, a whole number where they are whole."""
        return _whole(self.warmup_hours / HOURS_PER_WEEK)

    @property
    def weeks(self) -> float:
        """Measured weeks, a whole number where they are whole."""
        return _whole(self.hours / HOURS_PER_WEEK)

    @property
    def beyond_weeks(self) -> float:
        """Weeks of demand beyond the measured ones, a whole number where they are whole."""
        return _whole(self.beyond_hours / HOURS_PER_WEEK)

    @property
    def days(self) -> int:
        """Days of the calendar that the measured hours touch."""
        start, end = self.window
        return math.ceil(end / HOURS_PER_DAY) - math.floor(start / HOURS_PER_DAY)


def _whole(weeks: float) -> float:
    return int(weeks) if weeks == int(weeks) else weeks


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


@dataclass(frozen=True, slots=True)
class Place:
    """Who is offered to be at home: offer(c) = a + (1 - a)(g + (1 - g) c).

    home_anyway: a, with nobody on call. goodwill_makes_home: g, what goodwill adds where it is given; after its end
    (``Goodwill.until``) and in areas where nobody gives it g is 0.
    """

    home_anyway: float
    phone_only_weight: float
    p_hospice_offer: float
    goodwill_makes_home: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a ladder: a team plan, ``goodwill`` or ``universal``; overflow in hours (inf: never goes on)."""

    kind: str
    plan: str = ""
    overflow: float = 0.0


@dataclass(frozen=True, slots=True)
class Answering:
    """How long people wait, and what counts as soon enough. Tuples are by urgency (URGENCIES), in hours.

    nurse_while_waiting, second_person, while_visiting, end_of_duty: words of ``sim.domain.policies``.
    ring_back_after: hours a call has waited in a step before somebody at a family's home takes it by telephone.
    helpline_multiple: of the call-back delay, for people who only answer: they sit by the telephone.
    verification_standard: hours to the door after a death, whatever the urgency of other calls.
    """

    answer_patience: tuple[Law, Law, Law]
    visit_patience: tuple[Law, Law, Law]
    answer_standard: tuple[float, float, float]
    door_standard: tuple[float, float, float]
    call_back: Law
    advice_patience: Law
    advice_minutes: tuple[tuple[str, Law], ...]
    nurse_while_waiting: str
    second_person: str = "one_goes"
    while_visiting: str = "ring_back"
    ring_back_after: float = 1 / 3
    end_of_duty: str = "finish"
    helpline_multiple: float = 1.0
    verification_standard: float = 4.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a journey takes: hours however far, and more for each km of the straight line."""

    fixed: float
    per_km: float


@dataclass(frozen=True, slots=True)
class DriveTimes:
    """A planner's own times between localities: hours on busy and on quiet roads, from each (row) to each (column).

    Rows and columns are the localities of all areas, in the order of the areas.
    """

    busy: tuple[tuple[float, ...], ...]
    quiet: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Travel:
    """From a start point to a family's door: hours for every journey, and more for each km of the straight line.

    Busy roads are those of working days 07:00-19:00, quiet those of all other hours. fixed, reach and mobilisation in
    hours. mileage: km on the clock of a car for one of the straight line. rural_distance: how many times as far from
    the centre of their locality rural homes lie as urban ones. own: of a planner's own, code of the family's area with
    its pace on busy and on quiet roads. drive_times: a planner's table, in place of the rule.
    """

    busy: Pace
    quiet: Pace
    london_busy: Pace
    london_quiet: Pace
    mileage: float
    noise_cv: float
    mobilise_from_home: float
    mobilise_at_work: float
    reach: float
    rural_distance: float = 1.0
    own: tuple[tuple[str, Pace, Pace], ...] = ()
    drive_times: DriveTimes | None = None


@dataclass(frozen=True, slots=True)
class Goodwill:
    """Unpaid, unrostered help: standby and extra help.

    Weights are for a weekday evening, weekday early morning, day at the weekend and night; times in hours.
    answer_role, advice_role: who is asked to answer or visit, and who to advise by telephone.
    not_in: area types where nobody gives it. until: hour of the run from which nobody gives it any more.
    standby_after_death: hours for which standby goes on when the child has died.
    """

    on: bool
    p_max: float
    willingness_alpha: float
    willingness_beta: float
    weight_evening: float
    weight_early: float
    weight_weekend_day: float
    weight_night: float
    asks: int
    ring: float
    weekly_cap: float
    standby: bool
    standby_turn_nights: int
    standby_p_answers: float
    standby_max_nights_per_28: int
    answer_role: str
    advice_role: str
    not_in: frozenset[str] = frozenset()
    until: float = math.inf
    standby_after_death: float = 0.0


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows a call: probabilities of an emergency visit and, among these, of an admission.

    They are means over all calls. Only emergency and urgent calls about symptoms or medication lead there, each with
    ``urgency_multiple`` times the probabilities.
    """

    known: tuple[float, float]
    others: tuple[float, float]
    partly: tuple[float, float]
    none: tuple[float, float]
    advance_care_plan_factor: float
    stay: Law
    p_no_return_home: float
    urgency_multiple: float = 1.0


@dataclass(frozen=True, slots=True)
class Repeat:
    """Calls that come again: with probability p after an unmet call (``after_any``: after every one), after a delay."""

    p: float
    after_any: bool
    delay: Law
    attempts_max: int


@dataclass(frozen=True, slots=True)
class Dynamics:
    """Goodwill as a stock (off: everybody's G is constant).

    drain_per_24_hours: of G, by a day and night on call or on standby; drain_per_call, drain_per_visit: by unpaid work,
    rostered work ``funded_multiple`` of it. recovery_per_day: share of what is missing. susceptibility_sd: of its log.
    Burnt out: the mean of G over ``burnout_days`` lies below ``burnt_out_below``. With the overlay ``leavers`` who is
    burnt out leaves, and is sick, so many times as often as others.
    """

    on: bool = False
    drain_per_24_hours: float = 0.0
    drain_per_call: float = 0.0
    drain_per_visit: float = 0.0
    funded_multiple: float = 0.0
    recovery_per_day: float = 0.0
    susceptibility_sd: float = 0.0
    burnt_out_below: float = 0.0
    burnout_days: int = 28
    burnt_out_leaves_multiple: float = 1.0
    burnt_out_sick_multiple: float = 1.0


@dataclass(frozen=True, slots=True)
class Supply:
    """Archetypes of area and their shares, dealt among the areas of each replication.

    dealt_among: codes of the whole areas table, when a run takes only some of it; empty: the run's areas. pinned: areas
    (code, archetype) whose service the planner wrote down: to these nothing is dealt.
    """

    area_types: tuple[tuple[str, float], ...]
    dealt_among: tuple[str, ...] = ()
    pinned: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RotaRules:
    """How rotas are kept: hand-over hours, and the chance that sickness is covered at short notice.

    sick_spell_days: mean length of a spell of sickness; 0: sickness comes in whole weeks. rest: a word of
    ``sim.domain.policies`` for people whose rest before work was too short. leave_together_max: share of a team who may
    be on leave in one week. sick_winter_amplitude: how far sickness rises above its mean at the turn of the year.
    """

    hand_over_working_day: float
    hand_over_other_day: float
    p_short_notice_cover: float
    sick_spell_days: float = 0.0
    rest: str = "ignored"
    leave_together_max: float = 1.0
    sick_winter_amplitude: float = 0.0

    def hand_over(self, calendar: Calendar, day: int) -> float:
        """The hour since hour 0 at which on call changes hands on a day."""
        hour = self.hand_over_working_day if calendar.is_working_day(day) else self.hand_over_other_day
        return day * HOURS_PER_DAY + hour


@dataclass(frozen=True, slots=True)
class Scenario:
    """A complete question: the same scenario, seed and replication always give the same ledger."""

    name: str
    question: str
    run: Run
    calendar: Calendar
    areas: tuple[Area, ...]
    demand: Demand
    place: Place
    roles: tuple[Role, ...]
    teams: tuple[Team, ...]
    supply: Supply
    rota: RotaRules
    ladder: tuple[Step, ...]
    professional_entry: tuple[Step, ...]
    answering: Answering
    travel: Travel
    goodwill: Goodwill
    follows: Follows
    limits: SafeLimits
    availability: Availability
    zones: tuple[tuple[str, float], ...] = ()
    repeat: Repeat = Repeat(0.0, False, Law("none"), 1)
    general_services: GeneralServices = NO_GENERAL_SERVICES
    dynamics: Dynamics = Dynamics()
    overlays: Overlays = NO_OVERLAYS
    costs: Costs = NO_PRICES
    bands: Bands = DEFAULT_BANDS

    def role(self, name: str) -> Role:
        """The role of that name."""
        return next(role for role in self.roles if role.name == name)

    @property
    def days(self) -> dict[str, str]:
        """The day on which a run begins, the first that is measured and the last, as ISO 8601."""
        start, end = self.run.window
        hours = {"start_date": 0.0, "measured_from": start, "measured_to": math.nextafter(end, 0)}
        return {name: self.calendar.date(hour).isoformat() for name, hour in hours.items()}

    @property
    def season(self) -> float:
        """How many times as many children die in the measured weeks as in so many of a mean year; 1 from a year on."""
        if self.run.weeks >= WEEKS_PER_YEAR or self.demand.winter_multiple == 1:
            return 1.0
        return season.mean(self.calendar, self.demand.winter_multiple, *self.run.window)

    @property
    def weeks_of_demand(self) -> float:
        """The measured weeks as what comes of deaths counts them: 17 weeks of winter stand for 18 of a mean year."""
        return self.run.weeks * self.season
