"""Minutes to the door of the same calls in two scenarios: keys, pairs and the difference, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.domain.scenario import Run
from sim.experiment import door_minutes
from tests.story import Fact, written
from tests.tiny import call, tiny

BASE = {"QHG 1 0": 60.0, "QHG 1 1": 20.0, "QHG 2 0": 90.0}
OTHER = {"QHG 1 0": 75.0, "QHG 1 1": 30.0, "QHG 3 0": 5.0}


def test_only_calls_visited_in_both_are_compared():
    """Catches a scenario called faster because those who lived far away are not visited any more."""
    sums = door_minutes.paired([[BASE, OTHER], [{"QHG 1 0": 10.0}, {"QHG 1 0": 15.0}]])
    assert sums.tolist() == [[[2.0, 1.0], [80.0, 10.0], [105.0, 15.0], [1.0, 0.0], [1.0, 0.0]]]
    ((baseline, scenario, both, base_alone, alone, before, after, difference, low, high, many),) = door_minutes.rows(
        sums, ("today", "other")
    )
    assert (baseline, scenario, both, base_alone, alone, many) == ("today", "other", 1.5, 0.5, 0.5, 2)
    assert (before, after) == (pytest.approx(90 / 3), pytest.approx(120 / 3))
    assert difference == pytest.approx(30 / 3)
    assert low < difference < high


def test_visits_that_are_sooner_have_an_interval_on_both_sides_of_their_gap():
    """Catches an interval of counts, which cannot be under nothing: it stood upside down, or reached a thousand hours.

    One call in each replication, 10, 20 and 30 minutes sooner: -20, and Student's t (4.303) times 10 / sqrt(3).
    """
    seen = [[{"QHG 1 0": 60.0}, {"QHG 1 0": 60.0 - sooner}] for sooner in (10.0, 20.0, 30.0)]
    ((*_, difference, low, high, _),) = door_minutes.rows(door_minutes.paired(seen), ("today", "other"))
    half = 4.302653 * 10 / 3**0.5
    assert (low, difference, high) == tuple(pytest.approx(-20 + side * half, rel=1e-6) for side in (-1, 0, 1))


def test_no_call_in_both_is_no_difference_and_one_scenario_has_no_row():
    ((*_, difference, low, high, many),) = door_minutes.rows(door_minutes.paired([[BASE, {}]] * 2), ("today", "other"))
    assert np.isnan([difference, low, high]).all()
    assert many == 2
    assert list(door_minutes.rows(door_minutes.paired([[BASE]]), ("today",))) == []


def test_the_calls_filed_are_first_attempts_of_the_window_that_had_a_visit_of_their_own():
    """Hours 168 to 336 are measured; the third call joined the second, the fourth had nobody at the door."""
    scenario = tiny(run=Run.of_weeks(1, 1, 1))
    calls = [call(hour, visit=True) for hour in (150.0, 170.0, 170.5, 200.0, 300.0)]
    facts: list[Fact] = [
        {"at_door": 169.0}, {"at_door": 171.5}, {"at_door": 171.5, "joined": 1}, {"at_door": math.nan},
        {"at_door": 300.25},
    ]  # fmt: skip
    ledger = written(scenario, calls, facts)
    filed = door_minutes.read(door_minutes.text(ledger, scenario))
    assert sorted(filed.values()) == [pytest.approx(15.0), pytest.approx(90.0)]
    assert all(key.startswith(f"{scenario.areas[0].code} ") for key in filed)
    assert door_minutes.read(b"") == {}
