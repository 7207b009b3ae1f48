"""Calls that wait while somebody of their step is at a family's home: taken there by telephone, or not."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from sim.domain.scenario import Scenario, Step
from sim.ledger import Ledger
from tests.story import answered, became, column, done, play
from tests.tiny import (
    UNIVERSAL_STEP,
    answering,
    call,
    family,
    nurses,
    pattern,
    people,
    team,
    tiny,
)

NO_OVERFLOW = (Step("team", "nurses", math.inf), UNIVERSAL_STEP)
VISIT = call(9.75, visit=True, talk=0.25, visit_hours=2.0)  # at the bedside from 10:00 to 12:00


def world(while_visiting: str = "ring_back", **more: object) -> Scenario:
    """A nurse who rings back after a quarter of an hour, or as the policy says, and calls that stay with her team."""
    waits = answering(while_visiting=while_visiting, ring_back_after=0.25)
    return tiny(**({"answering": waits, "ladder": NO_OVERFLOW} | more))


def in_one_place(ledger: Ledger) -> None:
    """Nobody does two things at a time."""
    for name in {line[0] for line in done(ledger)}:
        mine = [line for line in done(ledger) if line[0] == name]
        assert all(one[2] <= two[1] for one, two in pairwise(mine))


def test_after_a_while_she_rings_back_from_the_home_and_the_visit_lasts_as_much_longer() -> None:
    ledger = play(world(), [VISIT, call(10.5, family=1, talk=0.5)])
    assert done(ledger) == [
        ("nurse 1", 9.75, 10.0, "phone"),
        ("nurse 1", 10.0, 10.75, "visit"),
        ("nurse 1", 10.75, 11.25, "phone"),
        ("nurse 1", 11.25, 12.5, "visit"),
    ]
    assert column(ledger, "ended") == [12.5, 11.25]
    assert became(ledger) == [("met", ""), ("met", "")]
    assert [row[1] for row in ledger.tasks.rows].count(1) == 1  # the minutes are booked to one call
    assert {row[5] for row in ledger.tasks.rows} == {0}


@pytest.mark.parametrize(
    ("policy", "answered_at", "outcome"),
    [("ring_back", 10.75, "met"), ("answer", 10.5, "met"), ("unreachable", math.nan, "unmet")],
)
def test_the_three_policies(policy: str, answered_at: float, outcome: str) -> None:
    ledger = play(world(policy), [VISIT, call(10.5, family=1, talk=0.5, answer_patience=1.0)])
    assert column(ledger, "answered")[1] == pytest.approx(answered_at, nan_ok=True)
    assert became(ledger)[1] == (outcome, "" if outcome == "met" else "all_busy")


def test_unreachable_waits_until_she_has_left() -> None:
    ledger = play(world("unreachable"), [VISIT, call(10.5, family=1, talk=0.5, answer_patience=9.0)])
    assert answered(ledger)[1] == ("nurse 1", 12.0)


def test_one_at_a_time_the_more_urgent_first() -> None:
    calls = [
        VISIT,
        call(10.25, family=1, talk=0.5, answer_patience=9.0),  # 10:30 to 11:00
        call(10.5, family=2, urgency="routine", talk=0.25, answer_patience=9.0),  # 11:15 to 11:30
        call(10.75, family=3, urgency="emergency", talk=0.25, answer_patience=9.0),  # 11:00 to 11:15
    ]
    ledger = play(world(), calls)
    assert column(ledger, "answered")[1:] == [10.5, 11.25, 11.0]
    assert column(ledger, "ended")[0] == 13.0
    in_one_place(ledger)


def test_a_conversation_longer_than_the_rest_of_the_visit() -> None:
    calls = [VISIT, call(11.5, family=1, talk=1.0), call(11.6, family=2, talk=0.25, answer_patience=9.0)]
    ledger = play(world(), calls)
    assert done(ledger)[1:] == [
        ("nurse 1", 10.0, 11.75, "visit"),
        ("nurse 1", 11.75, 12.75, "phone"),
        ("nurse 1", 12.75, 13.0, "phone"),  # the next, while she is still there
        ("nurse 1", 13.0, 13.25, "visit"),  # the quarter of an hour that was left
    ]


def test_a_call_that_has_waited_long_enough_is_taken_when_she_comes_in() -> None:
    away = [family(km_east=60.0), family()]
    ledger = play(world(), [VISIT, call(10.25, family=1, talk=0.5, answer_patience=9.0)], away)  # at the door at 11:00
    assert answered(ledger)[1] == ("nurse 1", 11.0)
    assert column(ledger, "ended")[0] == 13.5
    in_one_place(ledger)


def test_nobody_rings_back_once_the_call_has_gone_on() -> None:
    sooner = (Step("team", "nurses", 1 / 6), UNIVERSAL_STEP)
    ledger = play(world(ladder=sooner), [VISIT, call(10.5, family=1, answer_patience=9.0)])
    assert became(ledger)[1] == ("unmet", "all_busy")


def test_overflow_and_patience_to_the_very_minute_are_still_in_time() -> None:
    to_the_minute = (Step("team", "nurses", 0.25), UNIVERSAL_STEP)
    ledger = play(world(ladder=to_the_minute), [VISIT, call(10.5, family=1, answer_patience=0.25)])
    assert answered(ledger)[1] == ("nurse 1", 10.75)


def test_somebody_free_is_rung_before_somebody_in_a_home() -> None:
    two = team(people=nurses(2), patterns=(pattern(seats=2),))
    ledger = play(world("answer", teams=(two,)), [VISIT, call(10.5, family=1)])
    assert [name for name, _ in answered(ledger)] == ["nurse 1", "nurse 1"]  # nurse 2 is with the family
    assert len(done(ledger, "visit")) == 1


def test_only_somebody_of_the_step_rings_back() -> None:
    consultants = team("consultants", people("consultant", 1))
    ladder = (Step("team", "consultants", math.inf), UNIVERSAL_STEP)
    calls = [VISIT, call(10.5, family=1, talk=2.0), call(10.75, family=2, answer_patience=0.5)]
    ledger = play(world("answer", teams=(team(), consultants), ladder=ladder), calls)
    assert became(ledger)[2] == ("unmet", "all_busy")


def test_whoever_stays_in_a_home_beyond_her_duty_rings_nobody_back_from_there() -> None:
    """Nurse 1 until 17:00, with a family until 18:45; nurse 2 after it, and on the telephone until 19:15."""
    scenario = world("answer", teams=(team(people=nurses(2)),))
    calls = [
        call(15.5, visit=True, talk=0.25, visit_hours=3.0),
        call(17.25, family=1, talk=2.0),
        call(17.5, family=2, answer_patience=0.5),
    ]
    assert became(play(scenario, calls))[2] == ("unmet", "all_busy")


def test_the_call_back_and_what_is_done_after_the_talk_lengthen_the_visit_too() -> None:
    rung = call(10.5, family=1, call_back=0.25, talk=0.25, after_call=0.5)
    ledger = play(world(), [VISIT, rung])
    assert answered(ledger)[1] == ("nurse 1", 11.0)
    assert done(ledger)[2] == ("nurse 1", 10.75, 11.75, "phone")
    assert column(ledger, "ended")[0] == 13.0


def test_a_call_rung_back_that_takes_a_visit_is_visited_when_she_leaves() -> None:
    ledger = play(world(), [VISIT, call(10.5, family=1, visit=True, talk=0.5, visit_hours=1.0)])
    assert done(ledger)[3:] == [("nurse 1", 11.25, 12.5, "visit"), ("nurse 1", 12.5, 13.5, "visit")]
    assert column(ledger, "at_door") == [10.0, 12.5]
    assert became(ledger) == [("met", ""), ("met", "")]


def test_in_a_home_she_is_never_held_while_the_other_family_waits_for_advice() -> None:
    waits = answering(ring_back_after=0.25, nurse_while_waiting="held")
    scenario = world(teams=(team(), team("consultants", people("consultant", 1))), answering=waits)
    ledger = play(scenario, [VISIT, call(10.5, family=1, level=4, talk=0.5)])
    assert done(ledger)[2:] == [
        ("nurse 1", 10.75, 11.25, "phone"),
        ("consultant 1", 11.25, 11.5, "advice"),
        ("nurse 1", 11.25, 12.5, "visit"),
    ]


def test_while_she_waits_for_advice_at_the_bedside_she_rings_back_too() -> None:
    scenario = world(teams=(team(), team("consultants", people("consultant", 1))), professional_entry=())
    calls = [call(9.75, visit=True, level=4, talk=0.25, visit_hours=2.0), call(9.8, family=1, talk=0.125)]
    ledger = play(scenario, calls)
    assert answered(ledger)[1] == ("nurse 1", 10.05)
    assert column(ledger, "ended")[0] == 12.375  # a quarter of an hour of advice, the telephone, two hours of care
    in_one_place(ledger)
