"""Advice: somebody of the level the call needs, on the telephone or at the bedside, in time or not."""

from __future__ import annotations

from sim.domain.calendar import ALL_DAYS, Span
from tests.story import became, column, done, play, who
from tests.tiny import (
    GOODWILL_STEP,
    NURSES_STEP,
    UNIVERSAL_STEP,
    absent,
    answering,
    call,
    family,
    goodwill,
    hours,
    pattern,
    people,
    team,
    tiny,
)

CONSULTANTS = team("consultants", people("consultant", 1))
SPECIALISTS = team("specialists", people("specialist_nurse", 1))
BY_DAY = team("consultants", people("consultant", 1), patterns=(pattern(spans=(Span(ALL_DAYS, 9.0, 17.0),)),))
BY_HEART = (NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP)


def test_a_nurse_of_the_level_needs_no_advice() -> None:
    assert done(play(tiny(teams=(team(), CONSULTANTS)), [call(10.0, level=2)])) == [("nurse 1", 10.0, 10.25, "phone")]


def test_advice_on_the_telephone_lets_the_nurse_answer_others_meanwhile() -> None:
    scenario = tiny(teams=(team(), CONSULTANTS), answering=answering(advice_minutes=(("consultant", hours(0.5)),)))
    ledger = play(scenario, [call(10.0, level=4), call(10.375, family=1)])
    assert done(ledger) == [
        ("nurse 1", 10.0, 10.25, "phone"),
        ("consultant 1", 10.25, 10.75, "advice"),
        ("nurse 1", 10.375, 10.625, "phone"),
    ]
    assert column(ledger, "ended") == [10.75, 10.625]
    assert became(ledger) == [("met", "")] * 2


def test_the_lowest_level_that_suffices_is_rung_first() -> None:
    scenario = tiny(teams=(team(), CONSULTANTS, SPECIALISTS))
    ledger = play(scenario, [call(10.0, level=3), call(12.0, level=4), call(14.0, level=3), call(14.0, 1, level=3)])
    assert [who(ledger, row) for row in column(ledger, "advised_by")[:2]] == ["specialist 1", "consultant 1"]


def test_at_the_bedside_the_nurse_stays_while_she_waits_for_advice() -> None:
    scenario = tiny(teams=(team(), CONSULTANTS), answering=answering(advice_minutes=(("consultant", hours(0.5)),)))
    calls = [call(9.75, visit=True, level=4, talk=0.25, visit_hours=1.0), call(9.5, family=1, level=4, talk=0.25)]
    ledger = play(scenario, calls)
    assert done(ledger) == [
        ("nurse 1", 9.5, 9.75, "phone"),
        ("nurse 1", 9.75, 10.0, "phone"),
        ("consultant 1", 9.75, 10.25, "advice"),
        ("nurse 1", 10.0, 11.75, "visit"),  # a quarter of an hour of waiting, half of advice, an hour of care
        ("consultant 1", 10.25, 10.75, "advice"),
    ]


def test_advice_that_does_not_come_in_an_hour_leaves_part_of_the_need_unmet() -> None:
    scenario = tiny(teams=(team(), CONSULTANTS), answering=answering(advice_minutes=(("consultant", hours(1.5)),)))
    ledger = play(scenario, [call(10.0, level=4, talk=0.25), call(10.25, family=1, level=4, talk=0.125)])
    assert became(ledger) == [("met", ""), ("partly_met", "all_busy")]
    assert column(ledger, "part") == ["", "advice"]
    assert column(ledger, "ended") == [11.75, 11.375]
    assert column(ledger, "resolution") == [2, 1]


def test_advice_waits_for_a_duty_that_starts_within_the_hour() -> None:
    ledger = play(tiny(teams=(team(), BY_DAY)), [call(8.0, level=4, talk=0.25), call(31.5, family=1, level=4)])
    assert column(ledger, "advised")[0] == 9.25
    assert became(ledger) == [("met", ""), ("partly_met", "not_commissioned")]


def test_why_there_was_no_advice() -> None:
    able = tiny(teams=(team(), SPECIALISTS))
    assert became(play(able, [call(10.0, level=4)])) == [("partly_met", "not_able")]
    gap = tiny(teams=(team(), CONSULTANTS))
    assert became(play(gap, [call(10.0, level=4)], staff=absent(gap, sick={1: [0]}))) == [("partly_met", "rota_gap")]
    assert became(play(tiny(), [call(10.0, level=4)])) == [("partly_met", "not_commissioned")]


def test_without_the_visit_there_is_no_advice_and_the_visit_is_the_part_that_failed() -> None:
    by_phone = tiny(teams=(team(patterns=(pattern(visiting=False),)), CONSULTANTS))
    ledger = play(by_phone, [call(10.0, level=4, visit=True)])
    assert column(ledger, "part") == ["visit"]
    assert done(ledger, "advice") == []


def test_a_consultant_at_home_is_rung_when_none_is_on_duty() -> None:
    scenario = tiny(teams=(team(), BY_DAY), ladder=BY_HEART, goodwill=goodwill(ring=0.25))
    ledger = play(scenario, [call(20.0, level=4, talk=0.25)])
    assert done(ledger) == [
        ("nurse 1", 20.0, 20.25, "phone"),
        ("consultant 1", 20.25, 20.5, "ring"),
        ("consultant 1", 20.5, 20.75, "advice"),
    ]
    assert became(ledger) == [("met_by_goodwill", "not_commissioned")]
    assert column(ledger, "part") == ["advice"]


def test_nobody_at_home_is_rung_for_advice_beyond_their_level() -> None:
    """Would catch a specialist nurse woken for what only a consultant knows."""
    by_day = team("specialists", people("specialist_nurse", 1), patterns=BY_DAY.patterns)
    scenario = tiny(teams=(team(), by_day), ladder=BY_HEART, goodwill=goodwill(advice_role="specialist_nurse"))
    ledger = play(scenario, [call(20.0, level=3, talk=0.25), call(44.0, level=4, talk=0.25)])
    assert column(ledger, "asked") == [1, 0]


def test_a_consultant_on_duty_is_waited_for_and_nobody_at_home_is_rung() -> None:
    two = team("consultants", people("consultant", 2))
    scenario = tiny(teams=(team(), two), ladder=BY_HEART, goodwill=goodwill())
    ledger = play(scenario, [call(20.0, level=4, talk=0.25), call(20.25, family=1, level=4, talk=0.125)])
    assert done(ledger, "ring", "advice") == [
        ("consultant 2", 20.25, 20.5, "advice"),
        ("consultant 2", 20.5, 20.75, "advice"),
    ]


def test_someone_who_answers_and_is_of_the_level_advises_nobody_else() -> None:
    scenario = tiny(teams=(team(people=people("specialist_nurse", 1)),))
    ledger = play(scenario, [call(10.0, level=3)], [family(known=())])
    assert done(ledger) == [("specialist 1", 10.0, 10.25, "phone")]
