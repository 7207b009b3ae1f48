"""Measures of queueing theory in a ledger written by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.domain.demand import CallsAlone
from sim.domain.scenario import Run
from sim.ledger import Ledger
from sim.measures.queueing import queueing
from sim.measures.queueing.seen import by_clock_hour, time_at_each_number
from tests.story import written
from tests.tiny import call, demand, nurses, team, tiny

NAN = math.nan
SCENARIO = tiny(
    run=Run(0.0, 10.0, 14.0), teams=(team(people=nurses(2)),), demand=demand(calls_alone=CallsAlone((0.4,), (1.0,)))
)  # fmt: skip


def ledger() -> Ledger:
    """Two calls answered, one at once and one after half an hour, one given up after an hour, one after the window."""
    calls = [call(1.0), call(2.0, urgency="emergency"), call(9.0), call(12.0)]
    facts = [
        {"answered": 1.0, "ended": 3.0},
        {"answered": 2.5, "ended": 3.5},
        {"answered": NAN, "answered_by": -1, "ended": 10.0, "outcome": "unmet"},
        {"answered": 12.0, "ended": 12.5},
    ]
    tasks = [(0, 0, "phone", 1.0, 3.0, 0), (1, 1, "phone", 2.5, 3.5, 1), (0, 3, "phone", 12.0, 12.5, 0)]
    return written(SCENARIO, calls, facts, tasks)


def value(name: str, level: str = "") -> float:
    (found,) = [row for row in queueing(ledger(), SCENARIO, [name]) if row.level == level]
    return found.numerator / found.denominator


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("p_wait", "", 2 / 3),
        ("p_wait", "emergency", 1.0),
        ("p_wait", "hour 1", 0.0),
        ("mean_wait_hours", "", 0.5),
        ("mean_wait_hours", "AAA", 0.5),
        ("mean_wait_of_served_hours", "", 0.25),
        ("mean_wait_of_waiting_hours", "", 0.75),
        ("mean_square_wait_hours", "", 1.25 / 3),
        ("p_wait_over_0.5_hours", "", 1 / 3),
        ("p_unmet", "", 1 / 3),
        ("unmet_per_run", "", 1.0),
        ("p_run_without_unmet", "", 0.0),
        ("calls_per_hour", "", 0.3),
        ("served_per_hour", "", 0.2),
        ("mean_queue", "", 0.15),
        ("mean_queue", "hour 9", 1.0),
        ("mean_queue", "hour 2", 0.5),
        ("mean_in_system", "", 0.45),
        ("first_calls_of_expected", "", 3 / 4),
        ("mean_busy", "", 0.3),
        ("p_all_idle", "", 0.75),
        ("busy_hours_per_run", "", 3.0),
        ("delay_with_1_beds", "", 2.0 / 9.5),
        ("p_beyond_first_step", "", 1 / 3),
    ],
)
def test_by_hand(name, level, expected):
    assert value(name, level) == pytest.approx(expected)


def test_littles_law_holds_exactly_on_the_clipped_window():
    """Calls waiting at a time = hours waited inside the window / its hours, call by call."""
    waited = 0.5 + 1.0
    assert value("mean_queue") * 10.0 == pytest.approx(waited)


def test_work_inside_a_duty_and_beyond_it():
    """One nurse on duty from 0 to 24 each day of the run: what is worked after the last duty is overrun."""
    scenario = replace(SCENARIO, run=Run(0.0, 30.0, 0.0))
    late = written(scenario, [call(1.0)], [{"ended": 29.0}], [(0, 0, "phone", 1.0, 29.0, 0)])
    of = {(r.measure, r.level): r.numerator / r.denominator for r in queueing(late, scenario, ["mean_busy"])}
    assert of["mean_busy", ""] == pytest.approx(28 / 30)


def test_hours_by_the_clock_and_by_how_many():
    begins, ends = np.array([0.5, 23.0]), np.array([2.0, 49.0])
    assert by_clock_hour(begins, ends, 0.0, 48.0)[[0, 1, 2, 23]] == pytest.approx([1.5, 2.0, 1.0, 2.0])
    assert time_at_each_number(begins, ends, 0.0, 48.0) == pytest.approx([48 - 1.5 - 25, 26.5])


def test_a_number_that_lasts_no_time_is_not_seen():
    """One ends at the instant the next begins: never two at once."""
    assert time_at_each_number(np.array([0.0, 1.0]), np.array([1.0, 2.0]), 0.0, 2.0) == pytest.approx([0.0, 2.0])
