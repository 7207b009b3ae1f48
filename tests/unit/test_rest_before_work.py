"""Rest before being at work: what breaks it, who starts late, and what families meet meanwhile.

A nurse at work 09:00-17:00 and on call the rest of the time; a call at 03:00 on Tuesday (hour 27) that takes two hours
leaves 17:00 to 03:00 as the longest rest before Tuesday's work at 09:00 (hour 33): one hour short of eleven.
"""

from __future__ import annotations

import math

import pytest

from sim.domain.calendar import ALL_DAYS, Span
from sim.domain.scenario import RotaRules, Scenario, Step
from sim.measures import measure
from tests.story import answered, became, column, done, play, values
from tests.tiny import (
    GOODWILL_STEP,
    NURSES_STEP,
    UNIVERSAL_STEP,
    answering,
    call,
    family,
    goodwill,
    nurses,
    pattern,
    people,
    team,
    tiny,
)

DAY = pattern("day", (Span(ALL_DAYS, 9.0, 17.0),), seats=None, rotation="everyone")
ON_CALL = pattern("on_call", (Span(ALL_DAYS, 0.0, 9.0), Span(ALL_DAYS, 17.0, 24.0)), at="on_call")
EARLY = pattern("early", (Span(ALL_DAYS, 7.0, 13.0),), seats=None, rotation="everyone")
LATE = pattern("late", (Span(ALL_DAYS, 13.0, 21.0),), seats=None, rotation="everyone")
NO_OVERFLOW = (Step("team", "nurses", math.inf), UNIVERSAL_STEP)
AT_THREE = call(27.0, talk=2.0)


def world(rest: str = "delay", **more: object) -> Scenario:
    usual: dict[str, object] = {"teams": (team(patterns=(DAY, ON_CALL)),), "ladder": NO_OVERFLOW}
    return tiny(**(usual | {"rota": RotaRules(17.0, 9.0, 0.5, rest=rest)} | more))


@pytest.mark.parametrize(
    ("rest", "outcome", "cause"), [("ignored", "met", ""), ("bank", "met", ""), ("delay", "unmet", "resting")]
)
def test_only_delay_keeps_a_nurse_from_her_work(rest: str, outcome: str, cause: str) -> None:
    ledger = play(world(rest), [AT_THREE, call(33.5, family=1)])
    assert became(ledger)[1] == (outcome, cause)


def test_whoever_is_resting_is_back_when_the_hour_is_over_and_not_later() -> None:
    ledger = play(world(), [AT_THREE, call(33.9, family=1), call(34.0, family=2)])
    assert became(ledger)[1:] == [("unmet", "resting"), ("met", "")]


@pytest.mark.parametrize(
    ("talk", "hour", "outcome"),
    [
        (2.0, 26.0, "unmet"),  # 17:00 to 02:00: two hours short, back at 11:00
        (2.0, 28.0, "met"),  # 17:00 to 04:00: eleven hours
        (0.25, 22.0, "met"),  # 22:15 to 09:00 is 10:45, back at 09:15
        (0.25, 22.5, "unmet"),  # 22:45 to 09:00 is 10:15, back at 09:45
        (6.0, 16.0, "met"),  # until 22:00, beyond her work: eleven hours
    ],
)
def test_how_late_she_starts(talk: float, hour: float, outcome: str) -> None:
    ledger = play(world(), [call(hour, talk=talk), call(33.5, family=1)])
    assert became(ledger)[1][0] == outcome


def test_a_broken_night_counts_for_the_next_day_only() -> None:
    ledger = play(world(), [AT_THREE, call(57.0, family=1)])
    assert became(ledger)[1] == ("met", "")


def test_being_on_call_is_rest_and_is_never_delayed() -> None:
    calls = [call(16.0, talk=3.0), call(19.25, family=1, talk=0.25), call(19.75, family=2, talk=0.25)]
    assert [outcome for outcome, _ in became(play(world(), calls))] == ["met"] * 3
    assert became(play(world(), [call(33.5)])) == [("met", "")]


def test_a_broken_night_delays_the_work_after_it_and_not_the_evening_on_call() -> None:
    """03:00 to 05:00 and 09:00 to 17:00: ten hours of rest before 17:00, where an hour is missing from eleven."""
    ledger = play(world(), [AT_THREE, call(41.5, family=1)])
    assert became(ledger)[1] == ("met", "")


def test_a_telephone_that_rings_and_is_refused_breaks_no_rest() -> None:
    by_day = (team(patterns=(DAY,)),)
    ask_one = {"ladder": (NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP), "goodwill": goodwill(asks=1)}
    ledger = play(world(teams=by_day, **ask_one), [call(27.0), call(33.5, family=1)], g=0.0)
    assert column(ledger, "refused")[0] == 1
    assert became(ledger)[1] == ("met", "")


def test_earlier_work_by_the_rota_breaks_rest_as_well() -> None:
    shifts = world(teams=(team(patterns=(EARLY, LATE)),))  # 21:00 to 07:00: ten hours
    ledger = play(shifts, [call(7.0), call(31.5, family=1), call(32.0, family=2), call(13.5, family=3)])
    assert became(ledger) == [("met", ""), ("met", ""), ("unmet", "resting"), ("met", "")]


def test_the_way_back_is_work() -> None:
    """21:00 to 22:00 in the home, back at 23:00: ten hours are left."""
    calls = [call(20.0, talk=0.0, visit=True, visit_hours=1.0), call(33.5, family=1), call(34.0, family=2)]
    ledger = play(world(), calls, [family(km_east=60.0), family(), family()])
    assert became(ledger)[1:] == [("unmet", "resting"), ("met", "")]


def test_a_visit_that_goes_on_beyond_the_start_of_work() -> None:
    calls = [call(31.0, talk=0.0, visit=True, visit_hours=3.0), call(33.5, family=1, answer_patience=9.0)]
    ledger = play(world(answering=answering(while_visiting="unreachable")), calls)
    assert done(ledger)[0] == ("nurse 1", 31.0, 34.0, "visit")
    assert answered(ledger)[1] == ("nurse 1", 34.0)  # 17:00 to 07:00 was enough


def test_a_visit_in_hand_when_work_begins_has_broken_the_rest_already() -> None:
    """In a home from 02:00 to 11:00: nobody reaches her there between 09:00 and the end of her rest."""
    rings = answering(while_visiting="answer")
    calls = [call(26.0, talk=0.0, visit=True, visit_hours=9.0), call(33.5, family=1)]
    assert became(play(world(answering=rings), calls))[1] == ("unmet", "resting")
    assert became(play(world("bank", answering=rings), calls))[1] == ("met", "")


def test_rest_at_the_far_end_of_the_24_hours_counts() -> None:
    """On call but for Tuesday's work: nothing from 09:00 to 20:00 on Monday, then a broken evening and night."""
    tuesday = pattern("day", (Span(frozenset({1}), 9.0, 17.0),), seats=None, rotation="everyone")
    others = pattern("on_call", (Span(frozenset({0}), 0.0, 24.0), Span(frozenset({1}), 0.0, 9.0)), at="on_call")
    scenario = world(teams=(team(patterns=(tuesday, others)),))
    ledger = play(scenario, [call(20.0, talk=2.0), call(31.0, talk=1.0), call(33.25, family=1)])
    assert became(ledger)[2] == ("met", "")
    ledger = play(scenario, [call(19.0, talk=3.0), call(31.0, talk=1.0), call(33.25, family=1)])
    assert became(ledger)[2] == ("unmet", "resting")


def test_whoever_was_rung_at_home_before_her_work_began_helps_unpaid_while_she_should_rest() -> None:
    early_riser = world(
        teams=(team(patterns=(EARLY, LATE)),), ladder=(GOODWILL_STEP, UNIVERSAL_STEP), goodwill=goodwill(ring=0.25)
    )
    ledger = play(early_riser, [call(30.875, talk=0.25)])  # rung until 07:07; short of rest until 08:00
    assert done(ledger) == [("nurse 1", 30.875, 31.125, "ring"), ("nurse 1", 31.125, 31.375, "phone")]
    assert became(ledger) == [("met_by_goodwill", "not_commissioned")]
    assert [row[5] for row in ledger.tasks.rows] == [-1, -1]


def test_a_waiting_family_is_answered_when_the_rest_is_over() -> None:
    routine = call(33.25, family=1, urgency="routine", answer_patience=4.0)
    ledger = play(world(), [AT_THREE, routine])
    assert answered(ledger)[1] == ("nurse 1", 34.0)
    impatient = call(33.25, family=1, urgency="routine", answer_patience=0.5)
    assert became(play(world(), [AT_THREE, impatient]))[1] == ("unmet", "resting")


def test_a_family_that_waits_for_a_busy_nurse_gets_the_one_who_has_rested() -> None:
    two = team(people=nurses(2), patterns=(DAY, ON_CALL))  # nurse 2 is on call from 17:00 on Monday
    calls = [AT_THREE, call(33.0, family=1, talk=5.0), call(33.25, family=2, answer_patience=9.0)]
    ledger = play(world(teams=(two,)), calls)
    assert answered(ledger) == [("nurse 2", 27.0), ("nurse 1", 33.0), ("nurse 2", 34.0)]


def test_a_visit_waits_for_somebody_who_is_resting() -> None:
    by_phone = team("consultants", people("consultant", 1))
    ladder = (Step("team", "consultants", math.inf), UNIVERSAL_STEP)
    at_three = call(27.0, visit=True, talk=0.0, visit_hours=2.0)
    scenario = world(teams=(team(patterns=(DAY, ON_CALL)), by_phone), ladder=ladder)
    ledger = play(scenario, [at_three, call(33.25, family=1, visit=True, talk=0.0)])
    assert column(ledger, "at_door")[1] == 34.0
    impatient = call(33.25, family=1, visit=True, talk=0.0, visit_patience=0.5)
    assert became(play(scenario, [at_three, impatient]))[1] == ("partly_met", "resting")


def test_whoever_is_resting_is_not_asked_for_goodwill() -> None:
    """Work from 07:00, out of hours: short of rest until 08:00, and nobody's goodwill is asked of her."""
    shifts = (EARLY, LATE)
    scenario = world(
        teams=(team(patterns=shifts),), ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP), goodwill=goodwill()
    )
    ledger = play(scenario, [call(31.5)])
    assert became(ledger) == [("unmet", "resting")]
    assert column(ledger, "asked") == [0]


def test_the_audit_of_what_was_achieved_sees_the_same_breach() -> None:
    ignored = world("ignored")
    role = values(measure(play(ignored, [AT_THREE]), ignored), "role", "community_nurse")
    assert role["rest_hours_missed_per_month_worst"] == pytest.approx(365.25 / 12 / 7)  # one hour in one week
