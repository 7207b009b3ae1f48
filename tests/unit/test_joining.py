"""One open call a family: what joins it, what is not made, and what a death overtakes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from sim.domain.scenario import Step
from sim.model.simulate import run
from tests.story import became, column, done, play
from tests.tiny import (
    GOODWILL_STEP,
    KEY,
    NURSES_STEP,
    UNIVERSAL_STEP,
    call,
    death_call,
    family,
    goodwill,
    nurses,
    pattern,
    setting,
    team,
    tiny,
)

NO_OVERFLOW = (Step("team", "nurses", math.inf), UNIVERSAL_STEP)


def test_a_second_call_of_a_family_joins_the_open_one_and_shares_its_fate() -> None:
    ledger = play(tiny(), [call(10.0, level=4, talk=0.5), call(10.25, talk=9.0)])
    assert done(ledger) == [("nurse 1", 10.0, 10.5, "phone")]
    assert column(ledger, "joined") == [-1, 0]
    assert became(ledger) == [("partly_met", "not_commissioned")] * 2
    assert column(ledger, "made") == [True, True]


def test_the_family_may_call_again_when_the_call_is_closed() -> None:
    ledger = play(tiny(), [call(10.0, talk=0.5), call(10.5, talk=0.25)])
    assert column(ledger, "joined") == [-1, -1]


def test_the_higher_urgency_holds_and_moves_the_call_up_the_queue() -> None:
    calls = [
        call(10.0, talk=0.5),
        call(10.125, family=1, talk=0.25, answer_patience=2.0),
        call(10.2, family=2, urgency="routine", talk=0.25),
        call(10.25, family=2, urgency="emergency"),
    ]
    ledger = play(tiny(ladder=NO_OVERFLOW), calls)
    assert column(ledger, "answered") == [10.0, 10.75, 10.5, 10.5]
    assert column(ledger, "urgency") == [1, 1, 0, 0]
    assert column(ledger, "joined") == [-1, -1, -1, 2]
    assert became(ledger)[2:] == [("late", "all_busy")] * 2  # by the standard of an emergency


def test_a_lower_urgency_changes_nothing() -> None:
    ledger = play(tiny(), [call(10.0, urgency="emergency"), call(10.125, urgency="routine")])
    assert column(ledger, "urgency") == [0, 0]


def test_while_somebody_is_with_the_family_no_call_is_made() -> None:
    calls = [call(10.0, visit=True, talk=0.25, visit_hours=1.0), call(10.5), call(10.75), call(11.5)]
    ledger = play(tiny(), calls, [family(km_east=30.0)])  # at the door from 10.75 to 11.75
    assert column(ledger, "outcome") == ["met", "met", "help_present", "help_present"]
    assert column(ledger, "made") == [True, True, False, False]
    assert column(ledger, "joined") == [-1, 0, -1, -1]


def test_a_death_overtakes_a_call_that_nobody_has_taken_and_is_a_new_one() -> None:
    scenario = tiny(ladder=NO_OVERFLOW)
    calls = [call(10.0, talk=1.0), call(10.25, family=1, answer_patience=9.0), death_call(1, visit=False)]
    ledger = play(scenario, calls, [family(), family(death=10.75)])
    assert became(ledger) == [("met", ""), ("overtaken_by_death", "all_busy"), ("met", "")]
    assert column(ledger, "ended")[1] == 10.75
    assert column(ledger, "joined") == [-1, -1, -1]
    assert column(ledger, "answered")[2] == 11.0


def test_a_death_overtakes_a_call_while_somebody_at_home_is_being_rung() -> None:
    by_heart = tiny(
        teams=(team(people=nurses(2), patterns=(pattern(spans=()),)),),
        ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
        goodwill=goodwill(ring=0.25),
    )
    ledger = play(by_heart, [call(20.0), death_call(visit=False, talk=0.5)], [family(death=20.125)])
    assert became(ledger) == [("overtaken_by_death", "not_commissioned"), ("met_by_goodwill", "not_commissioned")]
    assert done(ledger) == [
        ("nurse 1", 20.0, 20.125, "ring"),
        ("nurse 1", 20.125, 20.375, "ring"),
        ("nurse 1", 20.375, 20.875, "phone"),
    ]


def test_a_call_that_joined_an_overtaken_one_is_overtaken_too() -> None:
    calls = [call(10.0, talk=1.0), call(10.25, family=1), call(10.3, family=1), death_call(1, visit=False)]
    ledger = play(tiny(ladder=NO_OVERFLOW), calls, [family(), family(death=10.5)])
    assert [outcome for outcome, _ in became(ledger)] == ["met", "overtaken_by_death", "overtaken_by_death", "met"]


def test_a_family_that_is_not_offered_home_makes_no_call() -> None:
    laid = setting(tiny(), [family(), family()], [call(10.0), call(10.0, family=1)])
    ledger = run(tiny(), replace(laid, offered=np.array([True, False])), KEY)
    assert column(ledger, "outcome") == ["met", "choice_not_offered"]
    assert column(ledger, "made") == [True, False]
