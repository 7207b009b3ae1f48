"""Rules for working time, each with its source, and every breach of them with its person and its date.

The audit counts; this tells who and when. Being on call from home is rest until somebody works in it, so a rule that is
kept on paper may be broken as achieved. Grades: A read in its source, R recalled and not opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK
from sim.domain.intervals import Interval, merged, minus, total, within
from sim.domain.scenario import Scenario
from sim.domain.staff import CONTRACTS
from sim.keyed import Floats
from sim.rota.audit import FOUR_WEEKS, WEEK
from sim.rota.duties import Duties
from sim.rota.rest import (
    A_MOMENT,
    FORTNIGHT,
    Ints,
    Stretches,
    busiest_average,
    hours_by_day,
    longest_rest_before,
    rests_missed,
)
from sim.rota.staff import Staff, off_sick, on_leave

EVERYBODY, (RESIDENT_DOCTOR,) = "", CONTRACTS
CONSULTANT = "consultant"  # not on Agenda for Change
REGULATIONS = "Working Time Regulations; BMA, Guidance on EC working time directive for consultants, 2008"
RESIDENTS = "terms and conditions of doctors in training, 2016, schedule 3"
NIGHT = (23.0, 30.0)  # night time of the regulations: 23:00-06:00, recalled
NIGHT_SHARE = 1 / 3  # assumed: of somebody's shifts with three hours of the night, from which they are a night worker


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what it asks, where that stands, its grade, and its contract (empty: for everybody)."""

    name: str
    says: str
    source: str
    grade: str
    contract: str = EVERYBODY


RULES = {
    rule.name: rule
    for rule in (
        Rule("daily_rest", "{:g} h of rest in the 24 h before being at work", REGULATIONS, "A"),
        Rule("weekly_rest", "{:g} h of rest once a week, or twice a fortnight", REGULATIONS, "A"),
        Rule("weekly_hours", "at most {:g} h a week on average over the reference period", REGULATIONS, "A"),
        Rule("night_hours", "at most {:g} h in 24 on average for night workers", REGULATIONS, "A"),
        Rule("contracted_hours", "at work no more than the {:g} h a week of the contract, on average, breaks left out",
             "Agenda for Change: 37.5 h a week x WTE", "R"),
        Rule("hours_in_a_week", "at most {:g} h in any 168", RESIDENTS, "R", RESIDENT_DOCTOR),
        Rule("shifts_in_a_row", "at most {:g} long or night shifts in a row", RESIDENTS, "R", RESIDENT_DOCTOR),
        Rule("rest_after_nights", "{:g} h of rest after a run of nights", RESIDENTS, "R", RESIDENT_DOCTOR),
        Rule("rest_on_call", "{:g} h of rest in 24 on call", RESIDENTS, "R", RESIDENT_DOCTOR),
        Rule("night_rest_on_call", "{:g} h of rest without a break between 22:00 and 07:00 on call", RESIDENTS, "R",
             RESIDENT_DOCTOR),
    )
}  # fmt: skip
BREAK, BREAK_FROM = 0.5, 6.0  # recalled: unpaid half hour in a shift of more than six
NIGHT_HOURS = 8.0  # source: wtr_night_limit, grade A
HOURS_IN_A_WEEK = 72.0  # recalled, as all that follow
SHIFTS_IN_A_ROW = 4
LONG = 10.0  # hours of a shift from which it is long
AFTER_NIGHTS = 46.0
ON_CALL_REST, NIGHT_REST, QUIET = 8.0, 5.0, (22.0, 31.0)


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach: of which rule, by which row of the staff, the hour at which it stands, what was found and asked."""

    rule: str
    person: int
    hour: float
    found: float
    limit: float

    @property
    def asked(self) -> str:
        """The rule in words."""
        return RULES[self.rule].says.format(self.limit)


def breaches(
    scenario: Scenario, staff: Staff, duties: Duties, shifts: Stretches, work: Stretches, people: Ints
) -> list[Breach]:  # fmt: skip
    """Every breach by some of the staff in the measured weeks, in order of rules, people and time.

    shifts: being at work by the rota. work: all work; that of the rota alone is the audit on paper.
    """
    contracts = {
        int(row): team.contract for team, rows in zip(scenario.teams, staff.members, strict=True) for row in rows
    }
    found = [*_of_everybody(scenario, staff, shifts, work, people)]
    for person in people.tolist():
        if contracts.get(person) == RESIDENT_DOCTOR:
            mine, by_rota = _of(work, person), _of(shifts, person)
            held = (duties.person == person) & duties.on_call
            on_call = list(zip(duties.start[held].tolist(), duties.end[held].tolist(), strict=True))
            inside = scenario.run.window
            every = [*_week(person, mine), *_in_a_row(person, by_rota), *_after(person, by_rota, mine),
                     *_on_call(person, on_call, mine)]  # fmt: skip
            found += [breach for breach in every if inside[0] <= breach.hour < inside[1]]
    order = {name: place for place, name in enumerate(RULES)}
    return sorted(found, key=lambda one: (order[one.rule], one.person, one.hour))


def _of(stretches: Stretches, person: int) -> list[Interval]:
    rows = stretches.person == person
    return list(zip(stretches.start[rows].tolist(), stretches.end[rows].tolist(), strict=True))


def _of_everybody(
    scenario: Scenario, staff: Staff, shifts: Stretches, work: Stretches, people: Ints
) -> Iterator[Breach]:  # fmt: skip
    (start, end), limits, size = scenario.run.window, scenario.limits, len(staff.people)
    here = np.isin(np.arange(size), people)
    rows = np.flatnonzero((shifts.start >= start) & (shifts.start < end) & here[shifts.person])
    rest = longest_rest_before(work, shifts.person[rows], shifts.start[rows], limits.daily_rest)
    for row, found in zip(rows.tolist(), rest.tolist(), strict=True):
        if found < limits.daily_rest - A_MOMENT:
            yield Breach("daily_rest", int(shifts.person[row]), float(shifts.start[row]), found, limits.daily_rest)
    for begins in np.arange(start, end, FORTNIGHT).tolist():
        missed = rests_missed(work, size, (begins, min(begins + FORTNIGHT, end)), limits.weekly_rest)
        for person in np.flatnonzero((missed > 0) & here).tolist():
            yield Breach("weekly_rest", person, begins, float(missed[person]), limits.weekly_rest)
    yield from _averages(scenario, staff, shifts, work, people)


def _averages(
    scenario: Scenario, staff: Staff, shifts: Stretches, work: Stretches, people: Ints
) -> Iterator[Breach]:  # fmt: skip
    """Averages: each stands at the first day of the weeks in which it is highest, or of the measured weeks."""
    (start, _), limits, size = scenario.run.window, scenario.limits, len(staff.people)
    first_day, days = int(start // HOURS_PER_DAY), scenario.run.days
    away = on_leave(staff, first_day, days) | off_sick(staff, first_day, days) | staff.vacant[:, None]
    all_work, by_rota = (hours_by_day(of.person, of.start, of.end, size, first_day, days) for of in (work, shifts))
    busiest = busiest_average(all_work, away, limits.reference_weeks)
    there = np.maximum((~away).sum(axis=1), 1)
    for person in people.tolist():
        if busiest[person] > limits.worked_hours_per_week + A_MOMENT:
            at = start + HOURS_PER_DAY * _busiest_from(all_work[person], limits.reference_weeks * WEEK)
            yield Breach("weekly_hours", person, at, float(busiest[person]), limits.worked_hours_per_week)
        a_day = float(all_work[person].sum() / (there[person] * (WEEK - 1) / WEEK))
        if a_day > NIGHT_HOURS + A_MOMENT and _works_nights(_of(shifts, person)):
            yield Breach("night_hours", person, start, a_day, NIGHT_HOURS)
        one = staff.people[person]
        wte = scenario.role(one.role).wte if one.wte is None else one.wte
        contracted = scenario.availability.full_time_week * wte
        long = [end - begins > BREAK_FROM for begins, end in _of(shifts, person) if end > start]
        breaks = BREAK * sum(long)
        a_week = (float(by_rota[person].sum()) - breaks) / there[person] * WEEK
        if one.role != CONSULTANT and there[person] >= FOUR_WEEKS and a_week > contracted + A_MOMENT:
            yield Breach("contracted_hours", person, start, a_week, contracted)


def _busiest_from(hours: Floats, days: int) -> int:
    """The first of so many days in a row with the most hours."""
    upto = np.concatenate([[0.0], np.cumsum(hours)])
    return int(np.argmax(upto[days:] - upto[:-days])) if days < len(upto) else 0


def _works_nights(shifts: list[Interval]) -> bool:
    return bool(shifts) and sum(map(_is_night, shifts)) / len(shifts) >= NIGHT_SHARE


def _is_night(shift: Interval) -> bool:
    """Three hours of a shift or more between 23:00 and 06:00."""
    day = shift[0] // HOURS_PER_DAY
    nights = [(d * HOURS_PER_DAY + NIGHT[0], d * HOURS_PER_DAY + NIGHT[1]) for d in (day - 1, day, day + 1)]
    return total(within(nights, *shift)) >= 3


def _week(person: int, work: list[Interval]) -> Iterator[Breach]:
    """More than 72 hours in any 168: the most is in a week that begins or ends with some work. Told once a week."""
    told = -np.inf
    for start, end in work:
        for begins in (start, end - HOURS_PER_WEEK):
            hours = total(within(work, begins, begins + HOURS_PER_WEEK))
            if hours > HOURS_IN_A_WEEK + A_MOMENT and begins >= told:
                told = begins + HOURS_PER_WEEK
                yield Breach("hours_in_a_week", person, begins, hours, HOURS_IN_A_WEEK)


def _runs(shifts: list[Interval], hard: list[bool]) -> Iterator[list[Interval]]:
    """Shifts that are hard and begin on one day after the other."""
    run: list[Interval] = []
    for shift, is_hard in zip(shifts, hard, strict=True):
        if run and (not is_hard or shift[0] // HOURS_PER_DAY - run[-1][0] // HOURS_PER_DAY > 1):
            yield run
            run = []
        if is_hard:
            run.append(shift)
    if run:
        yield run


def _in_a_row(person: int, shifts: list[Interval]) -> Iterator[Breach]:
    hard = [end - start > LONG + A_MOMENT or _is_night((start, end)) for start, end in shifts]
    for run in _runs(shifts, hard):
        if len(run) > SHIFTS_IN_A_ROW:
            yield Breach("shifts_in_a_row", person, run[SHIFTS_IN_A_ROW][0], float(len(run)), float(SHIFTS_IN_A_ROW))


def _after(person: int, shifts: list[Interval], work: list[Interval]) -> Iterator[Breach]:
    for run in _runs(shifts, [_is_night(shift) for shift in shifts]):
        over = run[-1][1]
        begins = next((start for start, _ in work if start >= over), np.inf)
        if begins - over < AFTER_NIGHTS - A_MOMENT:
            yield Breach("rest_after_nights", person, over, begins - over, AFTER_NIGHTS)


def _on_call(person: int, duties: list[Interval], work: list[Interval]) -> Iterator[Breach]:
    """Rest in each 24 hours that begin with being on call, and rest without a break in each night of it."""
    held = merged(duties)
    for start, end in held:
        for begins in np.arange(start, end, HOURS_PER_DAY).tolist():
            rest = total(minus([(begins, begins + HOURS_PER_DAY)], work))
            if rest < ON_CALL_REST - A_MOMENT:
                yield Breach("rest_on_call", person, begins, rest, ON_CALL_REST)
    days = {day for start, end in held for day in range(int(start // HOURS_PER_DAY) - 1, int(end // HOURS_PER_DAY) + 1)}
    for day in sorted(days):
        opens, closes = (day * HOURS_PER_DAY + hour for hour in QUIET)
        quiet = max((end - start for start, end in minus([(opens, closes)], work)), default=0.0)
        if total(within(held, opens, closes)) >= NIGHT_REST and quiet < NIGHT_REST - A_MOMENT:
            yield Breach("night_rest_on_call", person, opens, quiet, NIGHT_REST)


def worst(found: list[Breach]) -> dict[str, list[Breach]]:
    """The breaches of each rule that has any, in the order of the rules."""
    return {name: mine for name in RULES if (mine := [one for one in found if one.rule == name])}
