"""One truth about hours: what a pattern names is what duties, grid, audit, seat arithmetic and pay count.

Worked out half-hour by half-hour from the words of ``docs/model.md``, for any hours, days, rotations and dates.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, WEEKENDS, Calendar, Span
from sim.domain.scenario import Run, Scenario
from sim.domain.staff import Pattern
from sim.rota.audit import audit
from sim.rota.grid import OFF, grid
from sim.rota.seats import seats
from sim.rota.staff import draw_staff
from sim.rota.standing import standing
from tests.tiny import KEY, MONDAY, duties_of, nurses, pattern, team, tiny

STEADY = settings(deadline=None, derandomize=True, max_examples=120)
WARM, WEEKS = 1, 2
HALF = 0.5
DAYS = st.sampled_from([ALL_DAYS, WEEKDAYS, WEEKENDS, frozenset({0, 8}), frozenset({5, 6, 12, 13}), frozenset({2, 7})])
CLOCK = st.tuples(st.integers(0, 47), st.integers(1, 70)).map(lambda clock: (clock[0] / 2, (clock[0] + clock[1]) / 2))
SPANS = st.lists(st.builds(lambda days, clock: Span(days, *clock), DAYS, CLOCK), min_size=1, max_size=3).map(tuple)
NIGHTS = st.sampled_from([(20.0, 34.0), (17.0, 40.0), (21.0, 33.5), (9.0, 34.0)]).map(lambda c: (Span(ALL_DAYS, *c),))
CALENDARS = st.frozensets(st.integers(-1, 7 * (WARM + WEEKS)), max_size=4).map(lambda days: Calendar(MONDAY, days))
CUT = ("night", "weekend_split", "week")
DATES = st.sampled_from([(-np.inf, np.inf), (168.0, np.inf), (200.0, 400.0), (-np.inf, 312.0)])
RUN = Run.of_weeks(WARM, WEEKS, 1)


@dataclass(frozen=True)
class Case:
    """So many people who share one pattern, with nobody away."""

    rota: Pattern
    people: int
    calendar: Calendar

    @property
    def scenario(self) -> Scenario:
        crew = replace(team(people=nurses(self.people or 1), patterns=(self.rota,)), people=nurses(self.people))
        return tiny(teams=(crew,), run=RUN, calendar=self.calendar)


@dataclass(frozen=True)
class Named:
    """By half-hour of the run: whether the pattern names it, and the day its session is counted on (-9: none).

    sessions: of each day, how many begin on it.
    """

    asked: np.ndarray
    day: np.ndarray
    sessions: Counter[int]


def is_of(calendar: Calendar, day: int, kinds: frozenset[int]) -> bool:
    holiday = day in calendar.bank_holidays
    return bool({7, 8 + day % 7} & kinds) if holiday else day % 7 in kinds


def session_of(case: Case, hour: float) -> tuple[float, int, int] | None:
    """Of whatever began first of all that names an hour: when it began, the day whose hand-over came last before the
    hour, and the day of the hour; for a night, and where nothing changes hands, both are the day it begins on."""
    found, today = [], int(hour // 24)
    for day in range(today - 3, today + 1):
        for span in case.rota.spans:
            start, end = day * 24 + span.start, day * 24 + span.end
            if start <= hour < end and is_of(case.calendar, day, span.days):
                handed = 17 if case.calendar.is_working_day(day) else 9
                if span.end > 24 or case.rota.rotation not in CUT:
                    found.append((start, day, day))
                else:
                    found.append((start, day if hour >= day * 24 + handed else day - 1, today))
    return min(found, default=None)


def named(case: Case) -> Named:
    """A session goes from hand-over to hand-over and is counted on the day of its first hour; each shift is one."""
    hours = np.arange(-4 * 24, RUN.horizon, HALF)
    of = [session_of(case, float(hour)) for hour in hours]
    key = [one and (one[:2] if case.rota.rotation == "shift" else one[1]) for one in of]
    first: dict[object, int] = {}
    for one, session in zip(key, of, strict=True):
        if session is not None:
            first.setdefault(one, session[2])
    open_now = (case.rota.opens <= hours) & (hours < case.rota.closes) & (hours >= 0)
    asked = np.array([session is not None for session in of]) & open_now
    inside = {one for one, there in zip(key, asked, strict=True) if there}
    day = np.array([-9 if session is None else first[one] for one, session in zip(key, of, strict=True)])
    run = hours >= 0
    return Named(asked[run], np.where(asked, day, -9)[run], Counter(first[one] for one in inside))


@st.composite
def rotas(draw, rotations=(*CUT, "shift"), at=("on_call", "work")):
    """One pattern of any hours, days and dates."""
    opens, closes = draw(DATES)
    everyone = (rotation := draw(st.sampled_from(rotations))) == "everyone"
    one = pattern(
        "rota", draw(st.one_of(NIGHTS, SPANS)), at=draw(st.sampled_from(at)), rotation=rotation,
        seats=None if everyone else draw(st.integers(1, 2)), opens=opens, closes=closes,
    )  # fmt: skip
    return Case(one, draw(st.integers(1 if everyone else 0, 5)), draw(CALENDARS))


def half_hours(duties, rows) -> np.ndarray:
    """By half-hour of the run, how many of the duties there are."""
    at = np.arange(int(RUN.horizon / HALF))[:, None] * HALF
    return ((duties.start[rows] <= at) & (at < duties.end[rows])).sum(axis=1)


def in_window(column: np.ndarray) -> np.ndarray:
    start, end = RUN.window
    return column[int(start / HALF) : int(end / HALF)]


@STEADY
@given(rotas())
def test_duties_seat_arithmetic_and_audit_count_the_hours_that_the_pattern_names(case):
    """Would catch the last hour of a Friday's night that goes to nobody, and an hour that two turns hold."""
    scenario, rota, asked = case.scenario, case.rota, named(case)
    duties = duties_of(scenario)
    np.testing.assert_array_equal(half_hours(duties, np.arange(len(duties))), asked.asked * rota.seats)
    hours = in_window(asked.asked).sum() * HALF * rota.seats
    assert [line.hours for line in seats(scenario, duties)] == [pytest.approx(hours * 52 / WEEKS)] * bool(len(duties))
    found = audit(scenario, draw_staff(scenario, KEY), duties)
    held = found.at_work.sum() if rota.at == "work" else found.on_call.hours.sum()
    empty = in_window(half_hours(duties, np.flatnonzero(duties.person < 0))).sum() * HALF
    assert held * WEEKS + empty == pytest.approx(hours)


@STEADY
@given(rotas(at=("on_call",)))
def test_the_printed_grid_has_every_seat_on_every_day_that_has_hours_and_on_no_other(case):
    """Would catch a night shown on the day it ends on, and a weekend's last night on none."""
    scenario, rota, asked = case.scenario, case.rota, named(case)
    duties = duties_of(scenario)
    first, days = int(RUN.window[0] // 24), 7 * WEEKS
    shown = grid(scenario, draw_staff(scenario, KEY), duties, 0, first, days)
    on = (shown.letters != OFF).sum(axis=0) + sum(shown.gaps.values(), np.zeros(days, dtype=int))
    wanted = np.array([asked.sessions[day] for day in range(first, first + days)])
    np.testing.assert_array_equal(on > 0, wanted > 0)
    np.testing.assert_array_equal(on[wanted < 2], (wanted * rota.seats)[wanted < 2])  # two may be one person's


@STEADY
@given(rotas())
def test_every_day_of_every_person_is_paid_once_and_every_hour_at_work(case):
    """Would catch a night by shift paid as two because it ends after the hand-over of the next day."""
    scenario, rota, asked = case.scenario, case.rota, named(case)
    duties = duties_of(scenario)
    paid = {name: part.sum() * WEEKS / 52 for name, part in standing(scenario, duties).items()}
    held = np.flatnonzero(duties.person >= 0)
    if rota.at == "work":
        hours = in_window(half_hours(duties, held)).sum() * HALF
        assert (paid["seats_at_work"], paid["sessions"]) == (pytest.approx(hours * 50), 0)
        return
    at = np.arange(len(asked.day)) * HALF
    days = {
        (int(duties.person[row]), int(day))
        for row in held
        for day in asked.day[(duties.start[row] <= at) & (at < duties.end[row])]
        if max(RUN.window[0], rota.opens // 24 * 24 if rota.opens > 0 else 0) <= day * 24 < RUN.window[1]
    }
    worth = sum(1 if scenario.calendar.is_working_day(day) else 2 for _, day in days)
    assert paid["sessions"] == pytest.approx(30 * worth)


@STEADY
@given(rotas(rotations=("everyone",)))
def test_everybody_works_every_hour_that_a_shift_of_everybody_names(case):
    """Would catch the shift that began on the evening before the run, and the night of a day off."""
    scenario, asked = case.scenario, named(case)
    duties = duties_of(scenario)
    for person in range(case.people):
        mine = np.flatnonzero(duties.person == person)
        np.testing.assert_array_equal(half_hours(duties, mine), asked.asked * 1)
    lines = [line.hours for line in seats(scenario, duties)]
    hours = in_window(asked.asked).sum() * HALF
    assert lines == [pytest.approx(hours * 52 / WEEKS)] * bool(len(duties))
