"""Nurses held while advice is awaited, and why calls were late that became more urgent while they were open."""

from __future__ import annotations

import pytest

from sim.domain.scenario import Scenario
from sim.measures import measure
from tests.story import became, column, done, play, values
from tests.tiny import answering, call, hours, people, team, tiny

QUARTER = (("consultant", hours(0.25)),)


def world(nurse_while_waiting: str) -> Scenario:
    teams = (team(), team("consultants", people("consultant", 1)))
    return tiny(teams=teams, answering=answering(nurse_while_waiting=nurse_while_waiting, advice_minutes=QUARTER))


CALLS = [call(10.0, level=4, talk=0.25), call(10.375, family=1, talk=0.25)]


def test_a_nurse_who_is_released_answers_the_next_while_advice_is_awaited() -> None:
    assert done(play(world("released"), CALLS)) == [
        ("nurse 1", 10.0, 10.25, "phone"),
        ("consultant 1", 10.25, 10.5, "advice"),
        ("nurse 1", 10.375, 10.625, "phone"),
    ]


def test_a_nurse_who_is_held_stays_with_the_call_until_its_advice() -> None:
    scenario = world("held")
    ledger = play(scenario, CALLS)
    assert done(ledger) == [
        ("nurse 1", 10.0, 10.25, "phone"),
        ("consultant 1", 10.25, 10.5, "advice"),
        ("nurse 1", 10.25, 10.5, "held"),
        ("nurse 1", 10.5, 10.75, "phone"),
    ]
    assert column(ledger, "ended") == [10.5, 10.75]


def test_the_hours_of_being_held_are_hours_worked() -> None:
    at_night = [call(20.0, level=4, talk=0.25)]
    for policy, hours_worked in (("released", 0.25), ("held", 0.5)):
        found = values(measure(play(world(policy), at_night), world(policy)), "role", "community_nurse")
        assert found["hours_worked_out_of_hours_per_week_worst"] == pytest.approx(hours_worked)


def test_a_nurse_is_held_to_the_end_of_the_advisers_hour_and_no_longer() -> None:
    alone = tiny(answering=answering(nurse_while_waiting="held"))
    ledger = play(alone, [call(10.0, level=4, talk=0.25)])
    assert done(ledger) == [("nurse 1", 10.0, 10.25, "phone"), ("nurse 1", 10.25, 11.25, "held")]
    assert became(ledger) == [("partly_met", "not_commissioned")]


def test_a_call_that_became_more_urgent_during_a_long_call_back_is_late() -> None:
    calls = [call(10.0, urgency="routine", call_back=1.0), call(10.5, urgency="emergency")]
    assert became(play(tiny(), calls)) == [("late", "too_slow")] * 2
    consultant_free = world("released")  # who answers nobody: the ladder does not come to consultants
    assert became(play(consultant_free, calls)) == [("late", "not_asked")] * 2
