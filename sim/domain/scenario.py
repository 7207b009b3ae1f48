"""The scenario: everything one run needs, frozen, in hours, kilometres and shares."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.domain import season
from sim.domain.area import Area
from sim.domain.bands import DEFAULT_BANDS, Bands
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK, Calendar
from sim.domain.costs import NO_PRICES, Availability, Costs
from sim.domain.demand import Demand
from sim.domain.general_services import NO_GENERAL_SERVICES, GeneralServices
from sim.domain.goodwill import NO_DYNAMICS, Dynamics, Goodwill
from sim.domain.law import Law
from sim.domain.limits import SafeLimits
from sim.domain.overlays import NO_OVERLAYS, Overlays
from sim.domain.pace import Travel
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
class Place:
    """Who is offered to be at home: offer(c) = a + (1 - a)(g + (1 - g) h(c)).

    home_anyway: a, with nobody on call. goodwill_makes_home: g, what goodwill adds where it is given; after its end
    (``Goodwill.until``) and in areas where nobody gives it g is 0. offer_shape: h, a word of ``sim.domain.policies``.
    """

    home_anyway: float
    phone_only_weight: float
    p_hospice_offer: float
    goodwill_makes_home: float = 0.0
    offer_shape: str = "linear"


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
class Supply:
    """Archetypes of area and their shares, dealt among the areas of each replication.

    dealt_among: codes of the whole areas table, when a run takes only some of it; empty: the run's areas. pinned: areas
    (code, archetype) whose service the planner wrote down: to these nothing is dealt. deal: in which order, a word of
    ``sim.domain.policies``. rural: by code, how rural an area is among all of them, 0 (the least) to 1.
    """

    area_types: tuple[tuple[str, float], ...]
    dealt_among: tuple[str, ...] = ()
    pinned: tuple[tuple[str, str], ...] = ()
    deal: str = "by_chance"
    rural: tuple[tuple[str, float], ...] = ()


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
    dynamics: Dynamics = NO_DYNAMICS
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
