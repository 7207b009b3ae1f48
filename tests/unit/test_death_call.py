"""A child dies while a call of the family is open: who turns to it, and what becomes of the call before it."""

from __future__ import annotations

from dataclasses import replace

from tests.story import became, column, done, play
from tests.tiny import (
    GOODWILL_STEP,
    NURSES_STEP,
    UNIVERSAL_STEP,
    answering,
    call,
    death_call,
    family,
    goodwill,
    nurses,
    pattern,
    people,
    team,
    tiny,
)

ONE_NURSE = tiny()
TWO_NURSES = tiny(teams=(team(people=nurses(2), patterns=(pattern(seats=2),)),))


def test_whoever_is_in_the_home_stays_for_the_death() -> None:
    calls = [call(10.0, visit=True, talk=0.0, visit_hours=2.0), death_call(visit_hours=3.0)]
    ledger = play(ONE_NURSE, calls, [family(death=11.0)])
    assert column(ledger, "joined") == [-1, 0]
    assert column(ledger, "outcome") == ["met", "met"]
    assert done(ledger, "visit") == [("nurse 1", 10.0, 15.0, "visit")]  # 2 hours for the call, and 3 for the death


def test_a_second_person_is_sought_when_a_death_in_the_home_takes_two() -> None:
    calls = [call(10.0, visit=True, talk=0.0, visit_hours=2.0), death_call(two=True, visit_hours=1.0)]
    ledger = play(TWO_NURSES, calls, [family(death=11.0)])
    assert done(ledger, "visit") == [("nurse 1", 10.0, 13.0, "visit"), ("nurse 2", 11.0, 13.0, "visit")]
    assert column(ledger, "alone") == [False, False]
    ledger = play(ONE_NURSE, calls, [family(death=11.0)])
    assert column(ledger, "alone") == [True, True]


def test_whoever_talks_with_the_family_turns_to_the_death() -> None:
    calls = [call(10.0, talk=1.0), death_call(talk=0.5, visit_hours=2.0)]
    ledger = play(ONE_NURSE, calls, [family(death=10.25)])
    assert column(ledger, "joined") == [-1, -1]
    assert became(ledger) == [("met", ""), ("met", "")]  # met by telephone, and cut short
    assert column(ledger, "answered") == [10.0, 10.25]
    assert column(ledger, "at_door")[1] == 10.75
    assert done(ledger) == [
        ("nurse 1", 10.0, 10.25, "phone"),
        ("nurse 1", 10.25, 10.75, "phone"),
        ("nurse 1", 10.75, 12.75, "visit"),
    ]


def test_a_death_overtakes_a_call_whose_visit_is_still_talked_about() -> None:
    calls = [call(10.0, talk=1.0, visit=True), death_call(talk=0.5)]
    ledger = play(ONE_NURSE, calls, [family(death=10.25)])
    assert became(ledger) == [("overtaken_by_death", "too_slow"), ("met", "")]
    assert column(ledger, "ended")[0] == 10.25
    assert column(ledger, "part")[0] == "visit"


def test_a_death_overtakes_a_call_that_has_not_been_rung_back_and_is_what_they_talk_about() -> None:
    calls = [call(10.0, call_back=1.0, talk=0.5), death_call(talk=0.25, visit=False)]
    ledger = play(ONE_NURSE, calls, [family(death=10.5)])
    assert became(ledger) == [("overtaken_by_death", "too_slow"), ("met", "")]
    assert column(ledger, "part")[0] == "answer"
    assert column(ledger, "answered")[1] == 11.0  # no second call back
    assert done(ledger, "phone") == [("nurse 1", 10.0, 11.0, "phone"), ("nurse 1", 11.0, 11.25, "phone")]


def test_whoever_is_on_the_way_comes_to_the_death() -> None:
    calls = [call(10.0, talk=0.0, visit=True, visit_hours=1.0), death_call(visit_hours=3.0)]
    ledger = play(ONE_NURSE, calls, [family(death=10.25, km_east=30.0)])
    assert became(ledger) == [("overtaken_by_death", "too_slow"), ("met", "")]
    assert column(ledger, "answered")[1] == 10.25
    assert column(ledger, "at_door")[1] == 10.5
    assert done(ledger, "journey", "visit") == [("nurse 1", 10.0, 10.5, "journey"), ("nurse 1", 10.5, 13.5, "visit")]


def test_a_second_person_sets_out_when_a_death_on_the_way_takes_two() -> None:
    calls = [call(10.0, talk=0.0, visit=True), death_call(two=True, visit_hours=1.0)]
    ledger = play(TWO_NURSES, calls, [family(death=10.25, km_east=30.0)])
    assert done(ledger, "visit") == [("nurse 1", 10.5, 11.5, "visit"), ("nurse 2", 10.75, 11.5, "visit")]
    assert column(ledger, "alone") == [False, False]
    ledger = play(ONE_NURSE, calls, [family(death=10.25, km_east=30.0)])
    assert column(ledger, "alone")[1]


def test_a_lone_visit_that_becomes_that_of_the_death_is_one_lone_visit_at_most() -> None:
    calls = [call(10.0, talk=0.0, two=True), death_call(two=True, visit_hours=1.0)]
    ledger = play(ONE_NURSE, calls, [family(death=10.25, km_east=30.0)])
    assert column(ledger, "alone") == [False, True]
    ledger = play(ONE_NURSE, [calls[0], death_call(visit_hours=1.0)], [family(death=10.25, km_east=30.0)])
    assert column(ledger, "alone") == [False, False]


def test_two_on_the_way_both_come_to_the_death() -> None:
    calls = [call(10.0, talk=0.0, two=True), death_call(visit_hours=1.0)]
    ledger = play(TWO_NURSES, calls, [family(death=10.25, km_east=30.0)])
    assert done(ledger, "visit") == [("nurse 1", 10.5, 11.5, "visit"), ("nurse 2", 10.5, 11.5, "visit")]
    assert column(ledger, "alone") == [False, False]


def test_a_death_overtakes_a_call_that_waits_for_its_visit_and_is_a_new_one() -> None:
    waits = replace(TWO_NURSES, answering=answering(second_person="wait"))
    calls = [call(9.0, talk=0.0, visit=True, visit_hours=4.0), call(10.0, 1, talk=0.0, two=True), death_call(1)]
    ledger = play(waits, calls, [family(), family(death=11.0)])
    assert became(ledger) == [("met", ""), ("overtaken_by_death", "all_busy"), ("met", "")]
    assert column(ledger, "part")[1] == "visit"
    assert (column(ledger, "ended")[1], column(ledger, "answered")[2]) == (11.0, 11.0)


def test_a_death_of_a_child_whom_unpaid_help_was_on_the_way_to_is_met_by_goodwill() -> None:
    by_heart = tiny(
        teams=(team(people=nurses(1), patterns=(pattern(spans=()),)),),
        ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
        goodwill=goodwill(ring=0.0),
    )
    calls = [call(20.0, talk=0.0, visit=True), death_call(visit_hours=1.0)]
    ledger = play(by_heart, calls, [family(death=20.25, km_east=30.0)])
    assert became(ledger) == [("overtaken_by_death", "not_commissioned"), ("met_by_goodwill", "not_commissioned")]


def test_a_call_that_waits_for_advice_ends_as_it_would_have_ended() -> None:
    consultant = team("consultants", people("consultant", 1))
    scenario = replace(TWO_NURSES, teams=(*TWO_NURSES.teams, consultant))
    calls = [call(10.0, talk=0.0, level=4), death_call(talk=0.5, visit=False)]
    ledger = play(scenario, calls, [family(death=10.125)])
    assert became(ledger) == [("met", ""), ("met", "")]
    assert column(ledger, "ended") == [10.25, 10.625]  # a quarter of an hour of advice
    assert column(ledger, "answered")[1] == 10.125


def test_somebody_at_another_family_turns_to_the_death_by_telephone_and_stays_there_longer() -> None:
    calls = [
        call(10.0, talk=0.0, visit=True, visit_hours=2.0),
        call(10.5, 1, talk=1.0), death_call(1, talk=0.75, visit=False),
    ]  # fmt: skip
    ledger = play(replace(ONE_NURSE, answering=answering(ring_back_after=0.0)), calls, [family(), family(death=11.0)])
    assert became(ledger) == [("met", ""), ("met", ""), ("met", "")]
    assert done(ledger, "visit", "phone") == [
        ("nurse 1", 10.0, 10.5, "visit"), ("nurse 1", 10.5, 11.0, "phone"), ("nurse 1", 11.0, 11.75, "phone"),
        ("nurse 1", 11.75, 13.25, "visit"),
    ]  # fmt: skip


def test_the_standard_at_the_door_after_a_death_is_that_of_a_verification() -> None:
    strict = tiny(answering=answering(door_standard=(0.1, 0.1, 0.1), verification_standard=4.0))
    ledger = play(strict, [death_call(talk=3.5)], [family(death=10.0, km_east=30.0)])
    assert column(ledger, "outcome") == ["met"]  # at the door after 4 hours
    ledger = play(strict, [death_call(talk=3.6)], [family(death=10.0, km_east=30.0)])
    assert column(ledger, "outcome") == ["late"]
