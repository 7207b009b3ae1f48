"""The audit of a rota as planned, person by person, exactly and before any run.

Hours on call from home are rest until somebody works in them (``docs/model.md``, Audit), so the plan's working time is
its hours at work. ``audit`` takes what was worked beyond them as well, and then is the audit of what was achieved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.limits import SafeLimits
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.rota.duties import Duties
from sim.rota.rest import (
    A_MOMENT,
    Bools,
    Stretches,
    busiest_average,
    days_held,
    hours_by_day,
    longest_rest_before,
    longest_run,
    most_in,
    rests_missed,
    soon_after,
    stretches,
)
from sim.rota.staff import Staff, off_sick, on_leave

SATURDAY, WEEK, FOUR_WEEKS = 5, 7, 28
WEEKEND_HOURS = 48.0


@dataclass(frozen=True, slots=True, eq=False)
class DailyRest:
    """Rest before being at work. By row of the staff.

    shifts: times of being at work that begin in the window. breaches: of them, those without the daily rest before.
    hours_missed: hours missing in those.
    """

    shifts: Floats
    breaches: Floats
    hours_missed: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """Weekly rests missing, and hours a week over the busiest reference period. By row of the staff."""

    rests_missed: Floats
    worked: Floats


@dataclass(frozen=True, slots=True, eq=False)
class OnCall:
    """Nights and weekends on call in the window. By row of the staff.

    hours: on call a week. nights: of any hour from 22:00 to 07:00. nights_at_work: of them, those not on leave;
    nights_there: all nights not on leave. in_a_row: the longest run of nights on call. in_28_days: the most nights on
    call in any 28 days.
    """

    hours: Floats
    nights: Floats
    nights_there: Floats
    in_a_row: Floats
    in_28_days: Floats
    weekends: Floats
    all_nights: int
    all_weekends: int

    @property
    def one_in_n(self) -> Floats:
        """On the calendar: all nights / nights on call; inf for nobody on call."""
        return _ratio(np.full(len(self.nights), float(self.all_nights)), self.nights)

    @property
    def one_in_n_at_work(self) -> Floats:
        """At work: nights not on leave / nights on call; inf for nobody on call."""
        return _ratio(self.nights_there, self.nights)


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """Being at work, rest and being on call of everybody. at_work: hours a week by row of the staff."""

    at_work: Floats
    rest: DailyRest
    weeks: Weeks
    on_call: OnCall


def audit(scenario: Scenario, staff: Staff, duties: Duties) -> Audit:
    """The duties as planned: nobody is called out, everybody keeps the hours of the rota."""
    work = at_work(scenario, duties)
    held = duties.on_call & (duties.person >= 0)
    nights = nights_of(scenario, len(staff.people), duties.person[held], duties.start[held], duties.end[held])
    start, end = scenario.run.window
    inside = np.maximum(np.minimum(work.end, end) - np.maximum(work.start, start), 0.0)
    hours = np.bincount(work.person, inside, minlength=len(staff.people)) / scenario.run.weeks
    return Audit(
        at_work=hours,
        rest=daily_rest(scenario, len(staff.people), work, work),
        weeks=weeks(scenario, staff, work),
        on_call=being_on_call(scenario, staff, duties, nights),
    )


def at_work(scenario: Scenario, duties: Duties) -> Stretches:
    """When each person is at work by the rota in the window and the day before; shifts that touch are one."""
    start, end = scenario.run.window
    rows = ~duties.on_call & (duties.person >= 0) & (duties.end > start - HOURS_PER_DAY) & (duties.start < end)
    return stretches(duties.person[rows], duties.start[rows], duties.end[rows])


def daily_rest(scenario: Scenario, size: int, shifts: Stretches, work: Stretches) -> DailyRest:
    """The longest unbroken rest in the 24 hours before every shift that begins in the window.

    shifts: being at work by the rota. work: all work, shifts included.
    """
    (start, end), limits = scenario.run.window, scenario.limits
    begins = (shifts.start >= start) & (shifts.start < end)
    doubtful = begins & soon_after(shifts, limits.daily_rest) if work is shifts else begins
    person = shifts.person[doubtful]
    rest = longest_rest_before(work, person, shifts.start[doubtful], limits.daily_rest)
    missing = np.maximum(limits.daily_rest - rest, 0.0)
    short = missing > A_MOMENT
    return DailyRest(
        shifts=_count(shifts.person[begins], size),
        breaches=_count(person[short], size),
        hours_missed=np.bincount(person[short], missing[short], minlength=size).astype(float),
    )


def weeks(scenario: Scenario, staff: Staff, work: Stretches) -> Weeks:
    """Weekly rest, and the average of the busiest reference period, in which days on leave or sick do not count."""
    (start, end), size, limits = scenario.run.window, len(staff.people), scenario.limits
    first_day, days = int(start // HOURS_PER_DAY), scenario.run.days
    by_day = hours_by_day(work.person, work.start, work.end, size, first_day, days)
    away = on_leave(staff, first_day, days) | off_sick(staff, first_day, days)
    return Weeks(
        rests_missed=rests_missed(work, size, (start, end), limits.weekly_rest),
        worked=busiest_average(by_day, away, limits.reference_weeks),
    )


def nights_of(scenario: Scenario, size: int, person: np.ndarray, start: Floats, end: Floats) -> Bools:
    """By person and night of the window: any of these hours between 22:00 and 07:00."""
    opens, closes = scenario.calendar.night
    first_day, days = int(scenario.run.window[0] // HOURS_PER_DAY), scenario.run.days
    return days_held(person, start, end, opens, (closes - opens) % HOURS_PER_DAY, first_day, days, size)


def being_on_call(scenario: Scenario, staff: Staff, duties: Duties, nights: Bools) -> OnCall:
    """Frequency and runs of nights on call (by person and night), and weekends on call by the duties."""
    (start, end), size = scenario.run.window, len(staff.people)
    first_day, days = int(start // HOURS_PER_DAY), scenario.run.days
    rows = duties.on_call & (duties.person >= 0)
    person, begins, ends = duties.person[rows], duties.start[rows], duties.end[rows]
    inside = np.maximum(np.minimum(ends, end) - np.maximum(begins, start), 0.0)
    weekends = days_held(person, begins, ends, 0.0, WEEKEND_HOURS, first_day, days, size)[:, SATURDAY::WEEK]
    leave = on_leave(staff, first_day, days)
    return OnCall(
        hours=np.bincount(person, inside, minlength=size) / scenario.run.weeks,
        nights=nights.sum(axis=1).astype(float),
        nights_there=(~leave | nights).sum(axis=1).astype(float),
        in_a_row=longest_run(nights),
        in_28_days=most_in(nights, FOUR_WEEKS),
        weekends=weekends.sum(axis=1).astype(float),
        all_nights=days,
        all_weekends=weekends.shape[1],
    )


def beyond(
    limits: SafeLimits, on_call: OnCall, rest: DailyRest, weeks: Weeks, months: float, disturbed: Floats | None = None
) -> dict[str, Bools]:  # fmt: skip
    """Who is beyond each of the safe limits. By row of the staff.

    disturbed: nights in the worst month; None: not known before any call.

    frequency: on call at work more often than 1 night in n. rest: daily rest missed more often than so many times a
    month. hours: more hours a week on average over the busiest reference period. nights, in_a_row: more nights on call
    in any 28 days, or in a row. disturbed: more disturbed nights in any month.
    """
    in_bursts = {
        "nights": on_call.in_28_days > limits.nights_in_28_days,
        "in_a_row": on_call.in_a_row > limits.nights_in_a_row,
    }
    if disturbed is not None:
        in_bursts["disturbed"] = disturbed > limits.disturbed_nights_in_a_month
    return in_bursts | {
        "frequency": on_call.one_in_n_at_work < limits.on_call_1_in_n - 1e-9,
        "rest": rest.breaches / months > limits.rest_breaches_per_month + 1e-9,
        "hours": weeks.worked > limits.worked_hours_per_week + A_MOMENT,
    }


def _count(person: NDArray[np.int64], size: int) -> Floats:
    return np.asarray(np.bincount(person, minlength=size), dtype=float)


def _ratio(top: Floats, bottom: Floats) -> Floats:
    return np.asarray(np.divide(top, bottom, out=np.full(len(top), np.inf), where=bottom > 0))
