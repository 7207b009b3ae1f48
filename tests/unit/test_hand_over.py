"""The end of a duty in the middle of a conversation: finished, or handed over to the next. Duties change at 17:00."""

from __future__ import annotations

import math

import pytest

from sim.domain.calendar import ALL_DAYS, Span
from sim.domain.scenario import Scenario, Step
from sim.measures import measure
from tests.story import answered, became, column, done, play, values, who
from tests.tiny import UNIVERSAL_STEP, answering, call, family, nurses, pattern, team, tiny

NO_OVERFLOW = (Step("team", "nurses", math.inf), UNIVERSAL_STEP)
IN_TURNS = team(people=nurses(2))  # nurse 1 until Monday 17:00, then nurse 2


def world(end_of_duty: str = "hand_over", **more: object) -> Scenario:
    usual: dict[str, object] = {"teams": (IN_TURNS,), "ladder": NO_OVERFLOW}
    return tiny(**(usual | {"answering": answering(end_of_duty=end_of_duty)} | more))


def test_a_conversation_goes_to_the_next_duty_at_its_very_start() -> None:
    ledger = play(world(), [call(16.75, talk=0.5, after_call=0.5)])
    assert done(ledger) == [("nurse 1", 16.75, 17.0, "phone"), ("nurse 2", 17.0, 17.75, "phone")]
    assert answered(ledger) == [("nurse 2", 16.75)]
    held = ledger.setting.duties.person.tolist()
    assert [held[row[5]] for row in ledger.tasks.rows] == [0, 1]  # each on their own duty


@pytest.mark.parametrize(("policy", "overrun"), [("finish", 0.75), ("hand_over", 0.0)])
def test_handing_over_saves_the_overrun(policy: str, overrun: float) -> None:
    scenario = world(policy)
    found = values(measure(play(scenario, [call(16.75, talk=1.0)]), scenario), "role", "community_nurse")
    assert found["overrun_hours_per_week_worst"] == pytest.approx(overrun)


def test_a_conversation_that_ends_with_the_duty_stays() -> None:
    assert done(play(world(), [call(16.5, talk=0.5)])) == [("nurse 1", 16.5, 17.0, "phone")]


def test_nobody_free_on_the_next_duty_and_it_is_finished() -> None:
    calls = [call(16.5, talk=1.0), call(16.75, family=1, urgency="emergency", answer_patience=9.0, talk=0.25)]
    ledger = play(world(), calls)  # the emergency that waits is nearer to nurse 2
    assert done(ledger) == [("nurse 1", 16.5, 17.5, "phone"), ("nurse 2", 17.0, 17.25, "phone")]


def test_a_conversation_comes_before_a_less_urgent_call_that_waits() -> None:
    calls = [call(16.5, talk=1.0), call(16.75, family=1, urgency="routine", answer_patience=9.0, talk=0.25)]
    ledger = play(world(), calls)
    assert done(ledger) == [
        ("nurse 1", 16.5, 17.0, "phone"),
        ("nurse 2", 17.0, 17.5, "phone"),
        ("nurse 2", 17.5, 17.75, "phone"),
    ]


def test_nobody_on_the_next_duty_and_it_is_finished() -> None:
    by_day = team(patterns=(pattern(spans=(Span(ALL_DAYS, 9.0, 17.0),)),))
    assert done(play(world(teams=(by_day,)), [call(16.75, talk=1.0)])) == [("nurse 1", 16.75, 17.75, "phone")]


def test_whoever_has_the_next_duty_as_well_goes_on() -> None:
    both_always = team(people=nurses(2), patterns=(pattern(seats=2),))
    ledger = play(world(teams=(both_always,)), [call(16.75, talk=1.0)])
    assert done(ledger) == [("nurse 1", 16.75, 17.75, "phone")]  # though nurse 2 is free


def test_the_call_back_outlasts_the_duty_and_the_next_has_the_conversation() -> None:
    ledger = play(world(), [call(16.75, call_back=0.5, talk=0.5)])
    assert done(ledger) == [("nurse 1", 16.75, 17.25, "phone"), ("nurse 2", 17.25, 17.75, "phone")]
    assert answered(ledger) == [("nurse 2", 17.25)]


def test_whoever_handed_over_is_free_for_her_next_duty() -> None:
    ledger = play(world(), [call(16.75, talk=1.0), call(42.0, family=1)])  # hers again from Tuesday 17:00
    assert [name for name, _ in answered(ledger)] == ["nurse 2", "nurse 1"]


def test_she_is_free_at_once_and_the_visit_is_found_by_the_next() -> None:
    ledger = play(world(), [call(16.75, visit=True, talk=0.5, visit_hours=1.0)])
    assert done(ledger)[1:] == [("nurse 2", 17.0, 17.25, "phone"), ("nurse 2", 17.25, 18.25, "visit")]
    assert became(ledger) == [("met", "")]


def test_a_visit_is_never_handed_over() -> None:
    ledger = play(world(), [call(16.5, visit=True, talk=0.25, visit_hours=1.0)])
    assert done(ledger, "visit") == [("nurse 1", 16.75, 17.75, "visit")]
    assert who(ledger, column(ledger, "visited_by")[0]) == "nurse 1"


def test_a_conversation_in_another_home_is_finished_there() -> None:
    rings = answering(end_of_duty="hand_over", while_visiting="answer")
    calls = [call(16.0, visit=True, talk=0.25, visit_hours=1.0), call(16.5, family=1, talk=1.0)]
    ledger = play(world(answering=rings), calls)
    assert done(ledger, "phone")[1] == ("nurse 1", 16.5, 17.5, "phone")
    assert column(ledger, "ended") == [18.25, 17.5]


def test_somebody_known_at_either_end_of_it_is_somebody_known() -> None:
    for known in ("AAA.community_nurse.1", "AAA.community_nurse.2"):
        ledger = play(world(), [call(16.75, talk=1.0)], [family(known=(known,))])
        assert column(ledger, "known") == [True]
