"""Getting through: the ladder, the queue, patience, and who answers."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim.domain.calendar import ALL_DAYS, BANK_HOLIDAY, Calendar, Span
from sim.domain.scenario import Step
from tests.story import answered, became, column, done, play
from tests.tiny import (
    AT_ONCE,
    MONDAY,
    NURSE,
    NURSES_STEP,
    UNIVERSAL_STEP,
    absent,
    answering,
    area,
    call,
    death_call,
    family,
    hours,
    nurses,
    pattern,
    people,
    role,
    team,
    tiny,
)

WORKING_DAY = (Span(ALL_DAYS, 9.0, 17.0),)
NO_OVERFLOW = (Step("team", "nurses", math.inf), UNIVERSAL_STEP)
CONSULTANTS = team("consultants", people("consultant", 1))
THEN_CONSULTANTS = (NURSES_STEP, Step("team", "consultants", 1 / 6), UNIVERSAL_STEP)


def test_two_calls_and_one_nurse() -> None:
    ledger = play(tiny(), [call(10.0, talk=0.25), call(10.125, family=1, talk=0.5)])
    assert done(ledger) == [("nurse 1", 10.0, 10.25, "phone"), ("nurse 1", 10.25, 10.75, "phone")]
    assert became(ledger) == [("met", ""), ("met", "")]


def test_the_most_urgent_waits_least_whenever_it_came() -> None:
    calls = [
        call(10.0, talk=0.25),
        call(10.125, family=1, urgency="routine", talk=0.125),
        call(10.15, family=2, urgency="urgent", talk=0.125),
        call(10.2, family=3, urgency="emergency", talk=0.125),
    ]
    ledger = play(tiny(ladder=NO_OVERFLOW), calls)
    assert column(ledger, "answered") == [10.0, 10.5, 10.375, 10.25]


def test_of_equal_urgency_whoever_called_first_is_first() -> None:
    calls = [call(10.0, talk=0.25), call(10.1, family=2, talk=0.125), call(10.2, family=1, talk=0.125)]
    assert column(play(tiny(ladder=NO_OVERFLOW), calls), "answered") == [10.0, 10.25, 10.375]


def test_when_patience_is_over_the_call_is_unmet_because_all_were_busy() -> None:
    ledger = play(tiny(ladder=NO_OVERFLOW), [call(10.0, talk=2.0), call(10.5, family=1, answer_patience=0.75)])
    assert became(ledger) == [("met", ""), ("unmet", "all_busy")]
    assert column(ledger, "ended") == [12.0, 11.25]
    assert [math.isnan(hour) for hour in column(ledger, "answered")] == [False, True]


def test_after_the_overflow_the_call_goes_on_for_good() -> None:
    overflow = (Step("team", "nurses", 0.25), UNIVERSAL_STEP)
    ledger = play(tiny(ladder=overflow), [call(10.0, talk=0.5), call(10.125, family=1, answer_patience=9.0)])
    assert column(ledger, "ended") == [10.5, 10.375]
    assert became(ledger)[1] == ("unmet", "all_busy")


def test_nobody_on_duty_is_passed_at_once() -> None:
    by_day = tiny(teams=(team(patterns=(pattern(spans=WORKING_DAY),)),))
    ledger = play(by_day, [call(3.0)])
    assert became(ledger) == [("unmet", "not_commissioned")]
    assert column(ledger, "ended") == [3.0]


@pytest.mark.parametrize("seats", [1, None], ids=["a seat", "a shift of everybody"])
def test_a_duty_that_nobody_holds_is_a_gap(seats: int | None) -> None:
    scenario = tiny(teams=(team(patterns=(pattern(spans=WORKING_DAY, seats=seats),)),))
    ledger = play(scenario, [call(12.0), call(20.0, family=1)], staff=absent(scenario, sick={0: [0]}))
    assert became(ledger) == [("unmet", "rota_gap"), ("unmet", "not_commissioned")]


def test_a_routine_call_waits_for_a_duty_that_starts_within_its_patience() -> None:
    by_day = tiny(teams=(team(patterns=(pattern(spans=WORKING_DAY),)),))
    ledger = play(
        by_day,
        [
            call(6.0, urgency="routine", answer_patience=4.0),
            call(30.0, family=1, urgency="routine", answer_patience=2.0),  # 6 o'clock; the duty starts at 9
            call(54.0, family=2, urgency="urgent", answer_patience=4.0),
        ],
    )
    assert answered(ledger)[0] == ("nurse 1", 9.0)
    assert became(ledger) == [("met", ""), *[("unmet", "not_commissioned")] * 2]
    assert column(ledger, "ended")[1:] == [30.0, 54.0]


def test_a_duty_that_starts_serves_the_most_urgent_first() -> None:
    by_day = tiny(teams=(team(patterns=(pattern(spans=WORKING_DAY),)),), ladder=NO_OVERFLOW)
    ledger = play(
        by_day,
        [
            call(6.0, urgency="routine", answer_patience=9.0, talk=0.125),
            call(7.0, family=1, urgency="routine", answer_patience=9.0, talk=0.125),
            call(9.0, family=2, urgency="emergency", talk=0.125),
        ],
    )
    assert column(ledger, "answered") == [9.0, 9.25, 9.125]  # duties start before families call at the same instant


def test_a_busy_team_overflows_to_the_next() -> None:
    scenario = tiny(teams=(team(), CONSULTANTS), ladder=(Step("team", "nurses", 0.25), *THEN_CONSULTANTS[1:]))
    ledger = play(scenario, [call(10.0, talk=2.0), call(10.5, family=1)])
    assert answered(ledger) == [("nurse 1", 10.0), ("consultant 1", 10.75)]


def test_an_overflow_of_zero_is_tried_at_the_same_instant_before_patience_of_zero() -> None:
    scenario = tiny(teams=(team(), CONSULTANTS), ladder=(Step("team", "nurses", 0.0), *THEN_CONSULTANTS[1:]))
    ledger = play(scenario, [call(10.0, talk=2.0), call(10.5, family=1, answer_patience=0.0)])
    assert answered(ledger) == [("nurse 1", 10.0), ("consultant 1", 10.5)]


def test_free_people_whom_the_ladder_never_reached_were_not_asked() -> None:
    scenario = tiny(teams=(team(), CONSULTANTS), ladder=(Step("team", "nurses", 1.0), *THEN_CONSULTANTS[1:]))
    ledger = play(scenario, [call(10.0, talk=2.0), call(10.5, family=1, answer_patience=0.25)])
    assert became(ledger)[1] == ("unmet", "not_asked")


def test_calls_by_professionals_enter_at_their_own_step() -> None:
    scenario = tiny(
        teams=(team(), CONSULTANTS), ladder=(NURSES_STEP, UNIVERSAL_STEP), professional_entry=(THEN_CONSULTANTS[1],)
    )
    ledger = play(scenario, [call(10.0), call(10.0, family=1, professional=True)])
    assert answered(ledger) == [("nurse 1", 10.0), ("consultant 1", 10.0)]


def test_professionals_whose_step_is_closed_ring_as_families_do() -> None:
    by_day = team("consultants", people("consultant", 1), patterns=(pattern(spans=WORKING_DAY),))
    scenario = tiny(teams=(team(), by_day), professional_entry=(THEN_CONSULTANTS[1],))
    assert answered(play(scenario, [call(3.0, professional=True)])) == [("nurse 1", 3.0)]


def test_patience_ends_when_somebody_takes_the_call_and_the_call_back_loses_nobody() -> None:
    scenario = tiny(answering=answering(call_back=hours(0.75)))
    ledger = play(scenario, [call(10.0, answer_patience=0.5, talk=0.25), call(10.5, family=1, answer_patience=0.25)])
    assert answered(ledger)[0] == ("nurse 1", 10.75)
    assert done(ledger) == [("nurse 1", 10.0, 11.0, "phone")]  # the call back holds her
    assert became(ledger) == [("late", "too_slow"), ("unmet", "all_busy")]


def test_an_urgent_call_of_endless_patience_does_not_wait_for_a_duty() -> None:
    by_day = tiny(teams=(team(patterns=(pattern(spans=WORKING_DAY),)),))
    assert column(play(by_day, [call(3.0, answer_patience=math.inf)]), "ended") == [3.0]


def test_a_call_that_nobody_will_ever_take_still_ends() -> None:
    on_the_holiday = pattern(spans=(Span(frozenset({BANK_HOLIDAY}), 9.0, 17.0),))
    wednesday = Calendar(MONDAY, bank_holidays=frozenset({2}))
    scenario = tiny(calendar=wednesday, teams=(team(patterns=(on_the_holiday,)),), ladder=NO_OVERFLOW)
    at_the_death = death_call(1, answer_patience=math.inf, visit=False)
    ledger = play(scenario, [call(64.5, talk=1.0), at_the_death], [family(), family(death=64.75)])
    assert became(ledger) == [("met", ""), ("unmet", "not_commissioned")]


def test_waiting_calls_pass_to_the_next_duty_and_work_in_hand_is_finished() -> None:
    scenario = tiny(teams=(team(people=nurses(2)),), ladder=NO_OVERFLOW)  # hand-over at 17:00
    ledger = play(scenario, [call(16.75, talk=1.0), call(16.9, family=1, talk=0.25)])
    assert done(ledger) == [("nurse 1", 16.75, 17.75, "phone"), ("nurse 2", 17.0, 17.25, "phone")]


def test_who_knows_the_family_answers_before_the_area_before_the_nearest() -> None:
    two_areas = (area("AAA"), area("BBB"))
    pool = team(
        people=nurses(2) + nurses(1, "BBB"), areas=("AAA", "BBB"), patterns=(pattern(seats=3),)
    )  # all three on duty
    scenario = tiny(areas=two_areas, teams=(pool,), answering=answering(call_back=AT_ONCE))
    families = [
        family(known=("AAA.community_nurse.2",)),
        family(known=("BBB.community_nurse.1",)),
        family(known=()),
    ]
    ledger = play(scenario, [call(10.0), call(20.0, family=1), call(30.0, family=2)], families)
    assert [person for person, _ in answered(ledger)] == ["nurse 2", "BBB nurse 1", "nurse 1"]


def test_who_only_answers_sits_by_the_telephone_and_rings_back_sooner() -> None:
    """Would catch a helpline that is as slow as a nurse woken at home: a fifth of half an hour, and half an hour."""
    line = role("helpline_nurse", "answer", 2)
    first = (Step("team", "line", 1 / 6), NURSES_STEP, UNIVERSAL_STEP)
    helpline = team("line", people("helpline_nurse", 1), patterns=(pattern(visiting=False, spans=WORKING_DAY),))
    scenario = tiny(
        roles=(NURSE, line), teams=(helpline, team()), ladder=first, answering=answering(helpline_multiple=0.2)
    )  # fmt: skip
    ledger = play(scenario, [call(10.0, call_back=0.5), call(20.0, call_back=0.5)])
    assert column(ledger, "answered") == [pytest.approx(10.1), 20.5]


# -- shared by telephone ----------------------------------------------------------------------------------------------

SHIFT = pattern("day", WORKING_DAY, seats=None, serves="telephone", rotation="everyone")
SHARED = (*nurses(1), *nurses(1, "BBB"))
TWO = (area(), area("BBB"))
BOTH = [family(), family(area="BBB"), family(area="BBB")]


def test_in_hours_calls_are_answered_for_every_area_and_each_is_visited_by_those_of_its_own() -> None:
    """The nurse of BBB is sick: AAA's answers both, and nobody visits in BBB; from home she would answer none."""
    scenario = tiny(areas=TWO, teams=(team(people=SHARED, patterns=(SHIFT,)),))
    calls = [call(10.0), call(11.0, family=1), call(12.0, family=2, visit=True, visit_patience=0.5)]
    sick = absent(scenario, sick={1: [0]})
    assert became(play(scenario, calls, BOTH, staff=sick)) == [("met", ""), ("met", ""), ("partly_met", "rota_gap")]
    stays = replace(scenario, teams=(team(people=SHARED, patterns=(replace(SHIFT, serves="home"),)),))
    assert became(play(stays, calls, BOTH, staff=sick))[1:] == [("unmet", "rota_gap")] * 2


def test_an_area_s_own_people_answer_first_and_visit_after_another_has_answered() -> None:
    """Both nurses are free for BBB's first call, and its own takes it; AAA's takes the next, and BBB's goes there."""
    scenario = tiny(areas=TWO, teams=(team(people=SHARED, patterns=(SHIFT,)),))
    calls = [call(10.0, family=1, talk=0.5), call(10.25, family=2, visit=True, talk=0.5, visit_hours=1.0)]
    ledger = play(scenario, calls, BOTH)
    staff = [(person.area, person.number) for person in ledger.setting.staff.people]
    assert [staff[row][0] for row in column(ledger, "answered_by")] == ["BBB", "AAA"]
    assert [staff[row][0] for row in column(ledger, "visited_by")[1:]] == ["BBB"]
