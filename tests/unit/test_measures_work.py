"""Planned hours displaced, families met and calls left partly met, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.domain.calendar import WEEKDAYS, Span
from sim.domain.scenario import Run
from sim.measures.work import work_per_person
from tests.story import written
from tests.tiny import call, family, nurses, pattern, team, tiny

DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
WARD = tiny(teams=(team(people=nurses(2), patterns=(DAY,)),))
UNPAID = -1


def of(ledger, name: str, scenario=WARD) -> list[float]:
    return work_per_person(ledger, scenario)[name].tolist()


def test_unplanned_work_inside_ones_own_shift_displaces_planned_hours():
    """08:00-10:00, 12:00-13:30 and 16:30-18:00 on Monday: an hour, an hour and a half, half an hour."""
    tasks = [(0, 0, "visit", 8.0, 10.0, UNPAID), (0, 0, "phone", 12.0, 13.5, 0), (0, 0, "visit", 16.5, 18.0, 0)]
    ledger = written(WARD, [call(7.0)], tasks=tasks)
    assert of(ledger, "planned_hours_displaced_per_week") == pytest.approx([3.0, 0.0])


def test_work_at_night_displaces_nothing_and_being_rung_is_no_work():
    tasks = [(0, 0, "visit", 2.0, 4.0, UNPAID), (1, 0, "ring", 10.0, 10.1, UNPAID)]
    assert of(written(WARD, [call(1.0)], tasks=tasks), "planned_hours_displaced_per_week") == [0.0, 0.0]


def test_a_late_start_after_a_broken_night_is_lost_only_where_rest_delays():
    """Worked 20:00-24:00 on Monday: nine hours of rest before Tuesday 09:00, two are missing."""
    tasks = [(0, 0, "visit", 20.0, 24.0, UNPAID)]
    ledger = written(WARD, [call(19.0)], tasks=tasks)
    assert of(ledger, "planned_hours_displaced_per_week") == [0.0, 0.0]
    delayed = replace(WARD, rota=replace(WARD.rota, rest="delay"))
    assert of(ledger, "planned_hours_displaced_per_week", delayed) == pytest.approx([2.0, 0.0])


def test_no_more_of_a_shift_is_lost_to_rest_than_it_is_long():
    """Two hours are missing before Tuesday's only hour of work."""
    short = replace(WARD, teams=(team(patterns=(replace(DAY, spans=(Span(WEEKDAYS, 9.0, 10.0),)),)),))
    short = replace(short, rota=replace(short.rota, rest="delay"))
    ledger = written(short, [call(11.0)], tasks=[(0, 0, "visit", 12.0, 24.0, UNPAID)])
    assert of(ledger, "planned_hours_displaced_per_week", short) == pytest.approx([1.0])


def test_what_is_lost_to_rest_is_counted_in_the_week_of_the_shift():
    """Two hours on Tuesday of the warm-up, and two on Tuesday of the week measured."""
    second = replace(WARD, run=Run.of_weeks(1, 1, 1), rota=replace(WARD.rota, rest="delay"))
    broken = [(0, 0, "visit", tuesday - 4.0, tuesday, UNPAID) for tuesday in (24.0, 192.0)]
    ledger = written(second, [call(19.0)], tasks=broken)
    assert of(ledger, "planned_hours_displaced_per_week", second) == pytest.approx([2.0, 0.0])


def test_families_met_are_counted_once_each_and_over_a_year():
    tasks = [(0, 0, "phone", 10.0, 11.0, 0), (0, 1, "visit", 12.0, 13.0, 0), (0, 2, "phone", 30.0, 31.0, 0)]
    calls = [call(10.0), call(12.0), call(30.0, family=1)]
    ledger = written(WARD, calls, tasks=tasks, families=[family(), family()])
    assert of(ledger, "families_met_per_year") == [2 * 52, 0]


def test_calls_left_partly_met_are_whose_answer_they_were():
    facts = [{"outcome": "partly_met", "cause": "not_able", "part": "visit"}, {"answered_by": 1}]
    ledger = written(WARD, [call(10.0), call(12.0, family=1)], facts)
    assert of(ledger, "calls_left_partly_met_per_year") == [52, 0]


def test_a_call_that_joined_another_is_not_left_partly_met_a_second_time():
    left = {"outcome": "partly_met", "cause": "not_able", "part": "visit"}
    ledger = written(WARD, [call(10.0), call(10.5)], [left, {**left, "joined": 0}])
    assert of(ledger, "calls_left_partly_met_per_year") == [52, 0]
