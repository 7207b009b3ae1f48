"""The audit of a rota as planned, worked out by hand for rotas of a few weeks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import Run
from sim.rota.alarms import alarms
from sim.rota.audit import audit, beyond
from sim.rota.seats import seats
from sim.rota.staff import draw_staff
from tests.tiny import KEY, MONDAY, NURSE, absent, duties_of, nurses, pattern, team, tiny

DARK = out_of_hours_spans(Calendar(MONDAY))
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
NIGHTS = pattern("night", (Span(ALL_DAYS, 17.0, 33.0),), at="on_call")
SECOND_WEEK = [1]


def rota(number: int, *patterns, weeks: int = 6, **changes):
    return tiny(teams=(team(people=nurses(number), patterns=patterns),), run=Run.of_weeks(0, weeks, 0), **changes)


def audited(scenario, staff=None):
    who = absent(scenario) if staff is None else staff
    return audit(scenario, who, duties_of(scenario, who))


def test_a_day_job_and_a_1_in_3():
    found = audited(rota(3, DAY, NIGHTS))
    assert found.at_work.tolist() == [40, 40, 40]
    assert found.on_call.nights.tolist() == [14, 14, 14]
    assert found.on_call.one_in_n.tolist() == [3, 3, 3]
    assert found.on_call.in_a_row.tolist() == [1, 1, 1]
    assert found.rest.breaches.tolist() == [0, 0, 0]
    assert found.rest.shifts.tolist() == [30, 30, 30]
    assert found.weeks.worked.tolist() == [40, 40, 40]


def test_hours_on_call_a_week_are_shared_exactly():
    found = audited(rota(3, DAY, NIGHTS, weeks=3))
    assert found.on_call.hours.sum() * 3 == 21 * 16.0  # 9 h of the first morning and 7 h of the last night


def test_a_weekend_split_holds_three_nights_in_a_row_and_every_fourth_weekend():
    found = audited(rota(4, pattern("night", DARK, at="on_call", rotation="weekend_split"), weeks=8))
    assert found.on_call.in_a_row.tolist() == [3, 3, 3, 3]
    assert found.on_call.nights.sum() == 56


def test_a_week_block_is_seven_nights_in_a_row():
    found = audited(rota(3, pattern("night", DARK, at="on_call", rotation="week"), weeks=6))
    assert set(found.on_call.in_a_row.tolist()) == {7}


def test_1_in_1_is_every_night_and_warns_in_words():
    scenario = rota(1, DAY, NIGHTS, weeks=2)
    who = absent(scenario)
    found = audited(scenario)
    assert found.on_call.one_in_n_at_work.tolist() == [1]
    assert found.on_call.in_a_row.tolist() == [14]
    assert found.on_call.weekends.tolist() == [2]
    assert alarms(scenario, who, found, np.array([0]), seats(scenario, duties_of(scenario))) == [
        "1 of 1 community nurses are on call every night they are at work, 1 in 1: legal, but alarming "
        "(such as AAA.community_nurse.1)",
        "1 of 1 community nurses are on call at work more often than 1 night in 4: legal, but alarming "
        "(most often AAA.community_nurse.1, 1 in 1.0)",
        "1 of 1 community nurses are on call over 7 nights in a row: legal, but alarming "
        "(most AAA.community_nurse.1, 14 nights)",
    ]


def test_more_seats_than_people_are_told_as_gaps_on_paper():
    scenario = rota(2, pattern("night", DARK, at="on_call", seats=3), weeks=4)
    lines = seats(scenario, duties_of(scenario))
    assert alarms(scenario, absent(scenario), audited(scenario), np.array([], dtype=np.int64), lines) == [
        "nurses:AAA: night has 3 seats and 2 people: 6,656 of its 19,968 hours a year are gaps with nobody away"
    ]


def test_leave_that_does_not_fit_is_warned_of():
    """Three who are each away half of the year, one at a time: more is owed than 52 weeks hold."""
    half = replace(NURSE, leave_weeks=26.0)
    rules = replace(tiny().rota, leave_together_max=1 / 3)
    scenario = rota(3, DAY, weeks=52, roles=(half,), rota=rules)
    staff = draw_staff(scenario, KEY)
    weeks = int((staff.leave[:, ::7].sum(axis=0) > 1).sum())
    assert weeks > 0
    assert alarms(scenario, staff, audited(scenario), np.arange(3), []) == [
        f"nurses:AAA: in {weeks} weeks more are on leave than rota.leave_together_max_share allows: no other week had "
        "room"
    ]


def test_leave_raises_the_frequency_at_work_and_not_on_the_calendar():
    """Six weeks, one of them on leave without cover: fewer nights, and 35 of the 42 at work."""
    scenario = rota(3, pattern("night", NIGHTS.spans, at="on_call", prospective_cover=False))
    found = audited(scenario, absent(scenario, leave={0: SECOND_WEEK}))
    nights = found.on_call.nights[0]
    assert nights < 14
    assert found.on_call.one_in_n[0] == 42 / nights
    assert found.on_call.one_in_n_at_work[0] == 35 / nights
    assert found.on_call.one_in_n[1:].tolist() == [3, 3]


def test_cover_gives_the_nights_on_leave_to_the_others():
    scenario = rota(4, NIGHTS)
    found = audited(scenario, absent(scenario, leave={0: SECOND_WEEK}))
    assert found.on_call.nights.sum() == 42
    assert found.on_call.nights[0] < 10.5 < found.on_call.nights[1:].max()


@pytest.mark.parametrize("away", ["leave", "sick"])
def test_weeks_away_are_in_no_average_of_working_hours(away):
    """Forty hours before a week away and forty after it: over two weeks there, forty a week."""
    scenario = rota(1, DAY, weeks=3)
    scenario = replace(scenario, limits=replace(scenario.limits, reference_weeks=2))
    assert audited(scenario, absent(scenario, **{away: {0: SECOND_WEEK}})).weeks.worked.tolist() == [40]


def test_the_first_shift_of_the_window_rests_on_the_day_before_it():
    """Sunday evening of the warm-up until 22:00, Monday from 06:00: the breach is one of the week measured."""
    late, early = Span(frozenset({6}), 14.0, 22.0), Span(frozenset({0}), 6.0, 14.0)
    shifts = (pattern("shift", (late, early), rotation="week"),)
    scenario = tiny(teams=(team(people=nurses(1), patterns=shifts),), run=Run.of_weeks(1, 1, 0))
    found = audited(scenario)
    assert (found.rest.shifts.tolist(), found.rest.breaches.tolist()) == ([2], [1])


@pytest.mark.parametrize(("months", "over"), [(1.0, True), (2.0, False), (4.0, False)])
def test_rest_is_missed_so_often_a_month(months, over):
    late, early = Span(frozenset({0}), 14.0, 22.0), Span(frozenset({1}), 6.0, 14.0)
    scenario = rota(1, pattern("shift", (late, early), rotation="week"), weeks=2)
    found = audited(scenario)
    assert found.rest.breaches.tolist() == [2]
    assert beyond(scenario.limits, found.on_call, found.rest, found.weeks, months)["rest"].tolist() == [over]


def test_shifts_eight_hours_apart_break_the_daily_rest_by_three_hours():
    late, early = Span(frozenset({0}), 14.0, 22.0), Span(frozenset({1}), 6.0, 14.0)
    found = audited(rota(1, pattern("shift", (late, early), rotation="week"), weeks=2))
    assert found.rest.shifts.tolist() == [4]
    assert found.rest.breaches.tolist() == [2]
    assert found.rest.hours_missed.tolist() == [6]


def test_work_round_the_clock_breaks_weekly_rest_and_the_48_hours():
    scenario = tiny(run=Run.of_weeks(0, 4, 0))
    found = audited(scenario)
    assert found.weeks.worked.tolist() == [168]
    assert found.weeks.rests_missed.tolist() == [4]
    over = beyond(scenario.limits, found.on_call, found.rest, found.weeks, 1.0)
    assert {limit: who.tolist() for limit, who in over.items()} == {
        "frequency": [False], "rest": [False], "hours": [True], "nights": [False], "in_a_row": [False],
    }  # fmt: skip


@pytest.mark.parametrize(("limit", "over"), [(2.9, False), (3.0, False), (3.1, True)])
def test_exactly_the_limit_is_within_it(limit, over):
    scenario = rota(3, NIGHTS)
    found = audited(scenario)
    limits = replace(scenario.limits, on_call_1_in_n=limit)
    assert beyond(limits, found.on_call, found.rest, found.weeks, 1.0)["frequency"].tolist() == [over] * 3


def test_nobody_is_audited_in_an_empty_team():
    scenario = tiny(teams=())
    assert len(audit(scenario, absent(scenario), duties_of(scenario)).at_work) == 0
