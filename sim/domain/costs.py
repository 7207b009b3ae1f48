"""What a service costs: pay for being available, seats at work, work done on call, and what others are paid instead.

Prices are as published, each of its own year (``configs/costs``); nothing is inflated or discounted. GBP.
"""

from __future__ import annotations

from dataclasses import dataclass

WEEKS_OF_PAY = 365.25 / 7  # a year's salary is paid for so many weeks
ALMOST = 1e-9  # so that 4.0000000001 people are four
NURSES_BAND = 7  # of nurses added by an embedded team
# days priced of a child not offered the place its family wants: from this phase to the death, or all of the episode
DAYS_NOT_OFFERED = ("whole_episode", "deteriorating", "dying")


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

    @property
    def consultant_hour(self) -> float:
        """Basic pay of an hour of a consultant."""
        return self.consultant_salary / self.full_time_week / WEEKS_OF_PAY


@dataclass(frozen=True, slots=True)
class Unsocial:
    """What an hour at work is paid beyond basic pay, as a share of it: on nights and Saturdays, and on Sundays.

    clock: the hours of a working day that count as night (over midnight). sunday: bank holidays too.
    """

    clock: tuple[float, float] = (20.0, 6.0)
    night: float = 0.0
    sunday: float = 0.0


@dataclass(frozen=True, slots=True)
class Universal:
    """Prices of general and hospital services: one contact (111, 999), one consultation by general services, one
    emergency visit without and the ambulance to it, a day in hospital, a day in a hospice.

    consultation_out_of_hours: multiple of its price then. ambulance_share: of emergency visits that come by ambulance.
    days_not_offered: word of DAYS_NOT_OFFERED, which days of a child who was not offered the place its family wants are
    priced.
    """

    contact: float = 0.0
    emergency_visit: float = 0.0
    ambulance: float = 0.0
    ambulance_share: float = 0.0
    hospital_day: float = 0.0
    hospice_day: float = 0.0
    days_not_offered: str = "deteriorating"
    consultation: float = 0.0
    consultation_out_of_hours: float = 1.0


@dataclass(frozen=True, slots=True)
class Costs:
    """Prices beside the pay for being available; without any of them nothing costs anything.

    basic_pay_share: basic pay of an hour, as a share of what a working hour of the role costs (not of consultants).
    on_cost: employers' share on pay that the cost of a working hour does not hold. mile: of a journey.
    goodwill_multiple: shadow price of unpaid hours, times what the same would be paid. salaries: by Agenda for Change
    band, a year, of posts that overlays add. overheads: of a post that is created or added, as a share of its pay with
    on-costs.
    """

    basic_pay_share: float = 0.0
    on_cost: float = 0.0
    nurses: Unsocial = Unsocial()
    consultants: Unsocial = Unsocial((19.0, 7.0))
    mile: float = 0.0
    universal: Universal = Universal()
    goodwill_multiple: float = 0.0
    salaries: tuple[tuple[int, float], ...] = ()
    overheads: float = 0.0

    def post(self, band: int) -> float:
        """A year of a whole-time post of a band, with on-costs and overheads; nothing without a price."""
        return self.year(dict(self.salaries).get(band, 0.0))

    def year(self, salary: float) -> float:
        """What a post of a salary costs in a year, with on-costs and overheads."""
        return salary * (1 + self.on_cost) * (1 + self.overheads)


NO_PRICES = Costs()
