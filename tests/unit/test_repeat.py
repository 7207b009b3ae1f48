"""Calls that come again: after which calls, when, how often, with which luck, and what counts them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.demand.calls import PotentialCalls, later_marks
from sim.domain.calendar import ALL_DAYS, Span
from sim.domain.law import Law
from sim.domain.scenario import Follows, Repeat, Run, Scenario
from sim.domain.words import CAUSES, OUTCOMES
from sim.measures import measure
from sim.model import simulate
from sim.model.simulate import run
from tests.story import became, column, done, play, values
from tests.tiny import (
    GOODWILL_STEP,
    KEY,
    NURSES_STEP,
    UNIVERSAL_STEP,
    answering,
    area,
    call,
    death_call,
    demand,
    family,
    goodwill,
    hours,
    nurses,
    pattern,
    people,
    reason,
    setting,
    team,
    tiny,
)

NOBODY = team(patterns=(pattern(spans=()),))
BY_DAY = team(patterns=(pattern(spans=(Span(ALL_DAYS, 9.0, 17.0),)),))
NOTHING_FOLLOWS = tiny().follows


def again(p: float = 1.0, after_any: bool = False, delay: float = 2.0, attempts_max: int = 3) -> Repeat:
    return Repeat(p, after_any, hours(delay), attempts_max)


def world(repeat: Repeat, **more: object) -> Scenario:
    return tiny(**({"teams": (NOBODY,), "repeat": repeat} | more))


def test_an_unmet_call_comes_again_after_a_while_up_to_a_number_of_attempts() -> None:
    ledger = play(world(again()), [call(10.0)])
    assert column(ledger, "attempt") == [1, 2, 3]
    assert column(ledger, "time") == [10.0, 12.0, 14.0]
    assert column(ledger, "ended") == [10.0, 12.0, 14.0]
    assert column(ledger, "call") == [0, 0, 0]
    assert became(ledger) == [("unmet", "not_commissioned")] * 3


@pytest.mark.parametrize(
    ("repeat", "attempts"), [(again(p=0.0), 1), (again(attempts_max=1), 1), (again(attempts_max=2), 2)]
)
def test_it_need_not_come_again(repeat: Repeat, attempts: int) -> None:
    assert column(play(world(repeat), [call(10.0)]), "attempt") == list(range(1, attempts + 1))


def test_a_later_attempt_may_be_met_and_then_none_follows() -> None:
    ledger = play(world(again(), teams=(BY_DAY,)), [call(6.0, level=2)])
    assert column(ledger, "time") == [6.0, 8.0, 10.0]
    assert [outcome for outcome, _ in became(ledger)] == ["unmet", "unmet", "met"]
    assert [line[:2] for line in done(ledger)] == [("nurse 1", 10.0)]


def test_a_call_that_is_answered_does_not_come_again_unless_every_call_may() -> None:
    helped_in_part = call(10.0, level=4)
    assert column(play(world(again(), teams=(team(),)), [helped_in_part]), "attempt") == [1]
    after_any = world(again(after_any=True), teams=(team(),))
    assert column(play(after_any, [call(10.0, talk=0.25)]), "attempt") == [1, 2, 3]


def test_every_attempt_waits_and_is_late_by_its_own_hour() -> None:
    scenario = world(again(after_any=True, attempts_max=2), teams=(team(),))
    ledger = play(scenario, [call(10.0, talk=0.25)])
    assert column(ledger, "time") == column(ledger, "answered") == [10.0, 12.25]
    assert column(ledger, "in_time") == [True, True]


def test_not_after_the_death() -> None:
    ledger = play(world(again()), [call(10.0), death_call()], [family(death=13.0)])
    assert column(ledger, "time") == [10.0, 12.0, 13.0]  # nor does the call at the death come again
    assert column(ledger, "call") == [0, 0, 1]
    ledger = play(world(again()), [call(10.0)], [family(death=12.0)])
    assert column(ledger, "time") == [10.0]


def test_not_while_the_child_is_in_hospital() -> None:
    follows = replace(NOTHING_FOLLOWS, none=(1.0, 1.0), stay=hours(2.5))
    ledger = play(world(again(), follows=follows), [call(10.0, stay=2.5)])
    assert column(ledger, "time") == [10.0]
    ledger = play(world(again(), follows=follows), [call(10.0, stay=2.0)])
    assert column(ledger, "time")[:2] == [10.0, 12.0]  # home again to the hour


def test_not_while_another_call_of_the_family_is_open_or_help_is_there() -> None:
    scenario = world(again(delay=4.0, attempts_max=2), teams=(BY_DAY,))
    on_the_telephone = call(11.75, talk=0.5)
    assert column(play(scenario, [call(8.0), on_the_telephone]), "attempt") == [1, 1]
    in_the_home = call(11.0, visit=True, talk=0.25, visit_hours=3.0)
    assert column(play(scenario, [call(8.0), in_the_home]), "attempt") == [1, 1]
    of_another_family = play(scenario, [call(8.0), call(11.75, family=1, talk=0.5)])
    assert column(of_another_family, "time") == [8.0, 12.0, 11.75]


def test_not_beyond_the_end_of_demand() -> None:
    ledger = play(world(again(attempts_max=9, delay=40.0)), [call(100.0)], [family(death=999.0)])
    assert column(ledger, "time") == [100.0, 140.0]


def test_a_call_that_joined_does_not_come_again_by_itself_and_others_join_an_attempt() -> None:
    at_home = team(people=nurses(2), patterns=(pattern(spans=()),))
    scenario = world(
        again(attempts_max=2), teams=(at_home,), ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
        goodwill=goodwill(p_max=0.0, ring=0.25),
    )  # fmt: skip
    ledger = play(scenario, [call(20.0, answer_patience=9.0), call(20.25)])
    assert column(ledger, "call") == [0, 0, 1]
    assert column(ledger, "joined") == [-1, -1, 0]
    assert column(ledger, "asked") == [2, 2, 2]  # the same two are asked again
    waiting = play(scenario, [call(20.0, answer_patience=9.0), call(22.6)])
    assert column(waiting, "joined") == [-1, -1, 0]  # the attempt of 22:30
    assert column(waiting, "attempt") == [1, 2, 1]


def test_about_p_of_unmet_calls_come_again_after_the_mean_delay() -> None:
    many = [family(death=9_999.0) for _ in range(2000)]
    scenario = world(Repeat(0.4, False, Law("exponential", 4.0), 2), run=Run.of_weeks(0, 4, 0))
    ledger = play(scenario, [call(10.0, family=row) for row in range(len(many))], many)
    time = np.array([row[1] for row in ledger.calls.rows if row[2] == 2]) - 10.0
    assert len(time) / len(many) == pytest.approx(0.4, abs=4 * np.sqrt(0.24 / len(many)))
    assert time.mean() == pytest.approx(4.0, rel=4 / np.sqrt(len(time)))


def test_later_attempts_keep_the_reason_and_the_needs_and_draw_their_luck_anew() -> None:
    spread = Law("exponential", 1.0)
    reasons = tuple(
        reason(name, p_urgency=(0.2, 0.5, 0.3), p_second_person=0.5, p_new_prescription=0.5, talk=spread, visit=spread,
               p_need_level=(0.1, 0.5, 0.2, 0.2))
        for name in ("symptom", "equipment")
    )  # fmt: skip
    patience = answering(answer_patience=(spread,) * 3, visit_patience=(spread,) * 3, call_back=spread)
    drawn = demand(reasons=reasons, professional_share=0.3)
    scenario = tiny(areas=(area(deaths_per_year=2000.0),), demand=drawn, answering=patience)
    laid = simulate(scenario, 1, 0).setting.demand
    first, second, third = (
        laid.calls,
        *(later_marks(scenario, (1, 0), laid.families, laid.calls, attempt) for attempt in (2, 3)),
    )
    assert len(first) > 100
    for name in ("family", "number", "time", "reason", "urgency", "need_level", "needs_visit", "needs_two",
                 "needs_prescription", "professional"):  # fmt: skip
        assert (getattr(first, name) == getattr(second, name)).all(), name
    pairs: list[tuple[PotentialCalls, PotentialCalls]] = [(first, second), (second, third)]
    for one, other in pairs:
        for name in ("talk", "visit", "answer_patience", "visit_patience", "call_back", "advice", "emergency",
                     "no_return", "high"):  # fmt: skip
            a, b = getattr(one, name).astype(float), getattr(other, name).astype(float)
            assert abs(np.corrcoef(a, b)[0, 1]) < 0.3, name
            assert (a != b).mean() > 0.9, name


def test_minutes_of_advice_are_luck_too() -> None:
    consultants = team("consultants", people("consultant", 1))
    varied = answering(advice_minutes=(("consultant", Law("exponential", 0.25)),))
    scenario = world(again(after_any=True, attempts_max=2), teams=(team(), consultants), answering=varied)
    first, second = (
        round(end - start, 9) for _, start, end, _ in done(play(scenario, [call(10.0, level=4)]), "advice")
    )
    assert first != second


# -- what counts them -------------------------------------------------------------------------------------------------

EMERGENCY_EACH_TIME = Follows((0, 0), (0, 0), (0, 0), (1.0, 0.0), 1.0, hours(1.0), 0.0)


def test_shares_count_first_attempts_only() -> None:
    scenario = world(again(), teams=(BY_DAY,))
    rows = measure(play(scenario, [call(6.0), call(12.0, family=1)]), scenario)
    found = {row.measure: row for row in rows if row.group == "england"}
    assert (found["unmet_share"].numerator, found["unmet_share"].denominator) == (1.0, 2.0)
    england = values(rows)
    assert england["met_share"] == 0.5  # the third attempt was met, and is in no share
    assert sum(england[f"{word}_share"] for word in OUTCOMES) == 1.0
    assert sum(england[f"unmet_because_{cause}_share"] for cause in CAUSES) == 0.5
    assert england["calls_per_year"] == 2 * 52
    assert england["repeat_calls_per_year"] == 2 * 52
    assert england["minutes_to_answer"] == 0.0  # of the call at 12:00; the attempt at 10:00 has no wait from 6:00


def test_what_follows_later_attempts_counts_too() -> None:
    scenario = world(again(), follows=EMERGENCY_EACH_TIME)
    england = values(measure(play(scenario, [call(6.0)]), scenario))
    assert england["emergency_visits_per_family"] == 3.0
    sent_in = replace(EMERGENCY_EACH_TIME, none=(1.0, 1.0))
    scenario = world(again(), follows=sent_in)
    england = values(measure(play(scenario, [call(6.0, stay=1.0)]), scenario))
    assert england["admissions_per_family"] == 3.0


def test_attempts_count_by_their_own_hour() -> None:
    """The window is the second week; the first attempt is made before it, two within, and another call's two after."""
    scenario = world(again(), follows=EMERGENCY_EACH_TIME, run=Run.of_weeks(1, 1, 1))
    families = [family(start=200.0, death=999.0)] * 2
    england = values(measure(play(scenario, [call(167.0), call(335.0, family=1)], families), scenario))
    assert england["repeat_calls_per_year"] == 2 * 52
    assert england["emergency_visits_per_family"] == 3 / 2
    assert england["calls_per_year"] == 52


def test_attempts_of_background_calls_are_in_no_count() -> None:
    scenario = world(again(), follows=EMERGENCY_EACH_TIME)
    laid = setting(scenario, [family(), family()], [call(6.0), call(6.0, family=1)])
    families = replace(laid.demand.families, background=np.array([False, True]))
    laid = replace(laid, demand=replace(laid.demand, families=families))
    ledger = run(scenario, laid, KEY)
    assert len(ledger.calls.rows) == 6
    england = values(measure(ledger, scenario))
    assert england["repeat_calls_per_year"] == 2 * 52
    assert england["background_calls_per_year"] == 52
