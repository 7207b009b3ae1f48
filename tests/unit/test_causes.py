"""The nearest miss: why nobody funded met a call, as a table of exact cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.domain.calendar import WEEKDAYS, Calendar, Span
from sim.domain.words import CAUSES
from sim.model.causes.gaps import Gap
from sim.model.causes.nearest import Miss, look, nearest, state_of
from tests.story import became, play
from tests.tiny import (
    GOODWILL_STEP,
    MONDAY,
    NURSES_STEP,
    UNIVERSAL_STEP,
    absent,
    area,
    call,
    family,
    goodwill,
    nurses,
    pattern,
    people,
    team,
    tiny,
    travel,
)


def test_from_the_nearest_to_the_furthest() -> None:
    assert nearest(reversed(CAUSES)) == "not_asked"
    assert [nearest(CAUSES[row:]) for row in range(len(CAUSES))] == list(CAUSES)
    assert nearest([]) == "not_commissioned"


@pytest.mark.parametrize(
    ("busy", "resting", "in_reach", "able", "state"),
    [
        (False, False, True, True, ""),
        (True, False, True, True, "all_busy"),
        (False, True, True, True, "resting"),
        (True, True, True, True, "resting"),
        (False, False, False, True, "out_of_reach"),
        (True, False, False, True, "out_of_reach"),  # had she been free, she would not have come
        (False, False, True, False, "not_able"),
        (True, True, False, False, "not_able"),
    ],
)
def test_what_kept_one_person_from_helping(busy: bool, resting: bool, in_reach: bool, able: bool, state: str) -> None:
    assert state_of(busy, resting, in_reach, able) == state


@pytest.mark.parametrize(
    ("people_on_duty", "gap", "reached", "cause"),
    [
        ([], False, set(), "not_commissioned"),
        ([], True, set(), "rota_gap"),
        ([("nurses", "all_busy")], True, {"nurses"}, "all_busy"),
        ([("nurses", "out_of_reach"), ("nurses", "all_busy")], False, {"nurses"}, "all_busy"),
        ([("nurses", ""), ("nurses", "all_busy")], False, {"nurses"}, "too_slow"),
        ([("nurses", "all_busy"), ("consultants", "")], False, {"nurses"}, "not_asked"),
        ([("nurses", ""), ("consultants", "")], False, {"nurses", "consultants"}, "too_slow"),
    ],
)
def test_the_nearest_miss(people_on_duty: list[tuple[str, str]], gap: bool, reached: set[str], cause: str) -> None:
    assert look(people_on_duty, lambda: gap).cause(reached) == cause


def test_a_miss_keeps_who_was_free() -> None:
    assert look([("nurses", ""), ("pool", "all_busy")], lambda: False) == Miss(frozenset({"nurses"}), "all_busy")


def test_when_a_seat_or_a_shift_stands_empty() -> None:
    calendar = Calendar(MONDAY, bank_holidays=frozenset({1}))
    seat = Gap(frozenset(), True, calendar, empty=(20.0, 30.0))
    assert [seat.stands_empty(hour) for hour in (19.9, 20.0, 29.9, 30.0)] == [False, True, True, False]
    shift = Gap(frozenset(), True, calendar, spans=(Span(WEEKDAYS, 9.0, 17.0),))
    assert [shift.stands_empty(hour) for hour in (8.9, 9.0, 16.9, 17.0, 34.0, 58.0)] == [
        False, True, True, False, False, True,
    ]  # fmt: skip
    night = Gap(frozenset(), True, calendar, spans=(Span(WEEKDAYS, 20.0, 32.0),), closes=100.0)
    assert [night.stands_empty(hour) for hour in (19.9, 31.9, 32.0, 50.0, 79.9, 100.0)] == [
        False, True, False, False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("funded", "cause"), [(True, "rota_gap"), (False, "not_commissioned")])
def test_an_empty_shift_that_nobody_funds_is_not_commissioned(funded: bool, cause: str) -> None:
    shift = pattern(seats=None, rotation="everyone", funded=funded)
    scenario = tiny(teams=(team(patterns=(shift,)),))
    ledger = play(scenario, [call(10.0)], staff=absent(scenario, sick={0: [0]}))
    assert became(ledger) == [("unmet", cause)]


def test_a_shift_that_does_not_run_in_an_area_is_no_gap_there() -> None:
    """The area was dealt ``full``; the shift is for others."""
    elsewhere = pattern(seats=None, rotation="everyone", area_types=frozenset({"seven_day"}))
    assert became(play(tiny(teams=(team(patterns=(elsewhere,)),)), [call(10.0)])) == [("unmet", "not_commissioned")]


def test_nobody_answers_on_a_duty_that_nobody_funds() -> None:
    ledger = play(tiny(teams=(team(patterns=(pattern(funded=False),)),)), [call(10.0)])
    assert became(ledger) == [("unmet", "not_commissioned")]


def test_a_call_is_all_busy_also_when_she_is_free_again_after_the_ladder_went_on() -> None:
    two_rings = goodwill(ring=0.25)
    scenario = tiny(
        teams=(team(people=nurses(3)),), ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP), goodwill=two_rings
    )
    calls = [call(20.0, talk=0.5), call(20.25, family=1, answer_patience=2.0)]
    assert became(play(scenario, calls, g=0.0)) == [("met", ""), ("unmet", "all_busy")]


def test_a_visit_by_goodwill_is_caused_by_what_the_nurse_did_when_goodwill_was_asked() -> None:
    scenario = tiny(
        teams=(team(people=nurses(2)), team("consultants", people("consultant", 1))),
        ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
        professional_entry=(replace(NURSES_STEP, plan="consultants"),),
        goodwill=goodwill(ring=0.25),
    )
    calls = [
        call(19.0, visit=True, talk=0.25, visit_hours=1.0),  # she is back before the telephone has rung twice
        call(20.0, family=1, professional=True, visit=True, talk=0.0),
    ]
    assert became(play(scenario, calls)) == [("met", ""), ("met_by_goodwill", "all_busy")]


def test_an_area_without_people_in_a_home_team_is_not_commissioned() -> None:
    shared = team(
        people=nurses(1), areas=("AAA", "BBB"), patterns=(pattern(seats=None, serves="home", rotation="everyone"),)
    )
    scenario = tiny(areas=(area(), area("BBB")), teams=(shared,))
    ledger = play(scenario, [call(10.0), call(10.0, family=1)], [family(), family(area="BBB")])
    assert became(ledger) == [("met", ""), ("unmet", "not_commissioned")]


def test_a_busy_nurse_who_is_too_far_away_is_out_of_reach() -> None:
    entry = replace(NURSES_STEP, plan="consultants")
    scenario = tiny(
        travel=travel(reach=0.5),
        teams=(team(), team("consultants", people("consultant", 1))),
        professional_entry=(entry,),
        ladder=(NURSES_STEP, UNIVERSAL_STEP),
    )
    calls = [call(10.0, visit=True, visit_hours=9.0), call(11.0, family=1, visit=True, professional=True)]
    ledger = play(scenario, calls, [family(), family(km_east=31.0)])
    assert became(ledger) == [("met", ""), ("partly_met", "out_of_reach")]
