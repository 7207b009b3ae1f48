"""Burden per clinician on rotas and ledgers written by hand: every number worked out in the test."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, Span, out_of_hours_spans
from sim.domain.scenario import Run, Scenario
from sim.domain.staff import Pattern
from sim.measures.burden import DAYS_PER_MONTH, burden, per_person
from sim.place.standby import Standby
from tests.story import Task, play, values, written
from tests.tiny import (
    GOODWILL_STEP,
    NURSES_STEP,
    UNIVERSAL_STEP,
    call,
    family,
    goodwill,
    nurses,
    pattern,
    team,
    tiny,
)

NURSES = ("role", "community_nurse")
AFTER_A_WEEK = Run.of_weeks(warmup_weeks=1, weeks=2, beyond_weeks=1)
ON_CALL = pattern("night", spans=out_of_hours_spans(tiny().calendar), at="on_call")


def two_weeks(people: int = 4, patterns: tuple[Pattern, ...] = (ON_CALL,), run: Run = AFTER_A_WEEK) -> Scenario:
    """Nurses who take nights in turn; the two weeks after the first are measured."""
    return tiny(run=run, teams=(team(people=nurses(people), patterns=patterns),))


def worked(
    tasks: list[Task], scenario: Scenario | None = None, from_home: tuple[int, ...] = ()
) -> dict[str, list[float]]:
    """Each burden of every nurse, given her tasks for one call."""
    scenario = scenario or two_weeks()
    ledger = written(scenario, [call(200.0)], tasks=tasks, families=[family(death=600.0)], from_home=from_home)
    return {name: column.tolist() for name, column in per_person(ledger, scenario).items()}


MONTHS = 14 / DAYS_PER_MONTH


def test_hours_on_call_are_those_of_the_window() -> None:
    england = values(burden(written(two_weeks()), two_weeks()), *NURSES)
    # 128 out-of-hours hours a week among four; a turn runs from hand-over to hand-over
    assert england["hours_on_call_per_week_mean"] == pytest.approx(128 / 4)
    hours = per_person(written(two_weeks()), two_weeks())["hours_on_call_per_week"]
    assert hours.sum() == pytest.approx(128.0)


def test_nights_on_call_and_one_night_in_n() -> None:
    england = values(burden(written(two_weeks()), two_weeks()), *NURSES)
    share = sorted(per_person(written(two_weeks()), two_weeks())["nights_on_call_share"].tolist())
    # fourteen nights among four
    assert share == pytest.approx([3 / 14, 3 / 14, 4 / 14, 4 / 14])
    assert england["on_call_1_in_n_worst"] == pytest.approx(14 / 4)
    assert england["on_call_1_in_n_median"] == pytest.approx(4.0)


def test_one_in_one_is_every_night() -> None:
    alone = two_weeks(people=1)
    england = values(burden(written(alone), alone), *NURSES)
    assert england["nights_on_call_share_mean"] == 1.0
    assert england["on_call_1_in_n_median"] == 1.0


def test_notes_written_after_eleven_disturb_nobody_a_second_time() -> None:
    evening = 8 * 24 + 22.0
    tasks: list[Task] = [(0, 0, "phone", evening, evening + 0.5, -1), (0, 0, "notes", evening + 1.5, evening + 2.0, -1)]
    assert worked(tasks)["disturbed_nights_per_month"][0] == 0
    assert worked(tasks)["goodwill_hours_per_week"][0] == pytest.approx(1.0 / 2)


def test_a_disturbed_night_is_counted_once_however_often_she_is_rung() -> None:
    midnight = 240.0  # of the second Thursday to Friday
    tasks: list[Task] = [
        (0, 0, "phone", midnight - 1.0, midnight - 0.5, 0),  # 23:00
        (0, 0, "phone", midnight + 2.0, midnight + 2.5, 0),
        (0, 0, "journey", midnight + 2.5, midnight + 3.0, 0),
        (0, 0, "ring", midnight + 6.9, midnight + 7.0, -1),  # 06:54, the same night
        (0, 0, "phone", midnight + 7.0, midnight + 8.0, 0),  # 07:00: no longer
        (1, 0, "phone", midnight - 1.5, midnight - 1.0, 0),  # 22:30: not yet
        (1, 0, "way_back", midnight + 1.0, midnight + 2.0, 0),  # nobody rang her
        (2, 0, "phone", midnight, midnight + 1.0, -1),
        (2, 0, "phone", midnight + 24.0, midnight + 25.0, -1),
    ]
    assert worked(tasks)["disturbed_nights_per_month"] == pytest.approx([1 / MONTHS, 0.0, 2 / MONTHS, 0.0])


def test_a_night_belongs_to_the_window_in_which_it_begins() -> None:
    start, end = two_weeks().run.window
    tasks: list[Task] = [
        (0, 0, "phone", start + 1.0, start + 2.0, 0),  # 01:00, a night that began on the Sunday before
        (1, 0, "phone", end + 1.0, end + 2.0, 0),  # 01:00, a night that began on the last Sunday
    ]
    assert worked(tasks)["disturbed_nights_per_month"] == pytest.approx([0.0, 1 / MONTHS, 0.0, 0.0])


def test_hours_worked_are_clipped_at_the_edges_of_the_window_and_of_the_working_day() -> None:
    start, end = two_weeks().run.window
    tasks: list[Task] = [
        (0, 0, "visit", start - 1.0, start + 2.0, 0),  # two hours inside, at night
        (0, 0, "visit", end - 0.5, end + 3.0, 0),  # half an hour
        (1, 0, "visit", start + 8.0, start + 10.0, 0),  # Monday 08:00-10:00: an hour before nine
        (1, 0, "phone", start + 16.5, start + 17.5, 0),
        (2, 0, "ring", start + 20.0, start + 20.1, -1),  # being rung is no work
    ]
    per_week = [hours / 2 for hours in (2.5, 1.5, 0.0, 0.0)]
    assert worked(tasks)["hours_worked_out_of_hours_per_week"] == pytest.approx(per_week)


def test_unpaid_hours_are_those_without_a_duty() -> None:
    start = two_weeks().run.window[0]
    tasks: list[Task] = [
        (0, 0, "ring", start + 20.0, start + 20.1, -1),
        (0, 0, "phone", start + 20.1, start + 20.6, -1),
        (0, 0, "way_back", start + 21.0, start + 22.0, -1),
        (1, 0, "phone", start + 20.0, start + 21.0, 3),
    ]
    assert worked(tasks)["goodwill_hours_per_week"] == pytest.approx([0.75, 0.0, 0.0, 0.0])


def test_call_outs_are_journeys_begun_from_home() -> None:
    start = two_weeks().run.window[0]
    tasks: list[Task] = [(0, 0, "journey", start + hour, start + hour + 0.5, 0) for hour in (1.0, 2.0, 3.0, -1.0)]
    found = worked(tasks, from_home=(0, 2, 3))["call_outs_per_month"]
    assert found == pytest.approx([2 / MONTHS, 0.0, 0.0, 0.0])


def test_overrun_is_work_beyond_the_duty_that_began_it() -> None:
    by_day = pattern(spans=(Span(ALL_DAYS, 9.0, 17.0),))
    scenario = two_weeks(people=1, patterns=(by_day,), run=Run.of_weeks(0, 1, 0))
    tasks: list[Task] = [
        (0, 0, "visit", 16.0, 18.0, 0),
        (0, 0, "way_back", 18.0, 18.5, 0),
        (0, 0, "visit", 40.0, 41.0, 1),  # until 17:00 sharp
        (0, 0, "visit", 44.0, 45.0, -1),  # unpaid
    ]
    assert worked(tasks, scenario)["overrun_hours_per_week"] == pytest.approx([1.5])


def test_standby_hours() -> None:
    by_heart = tiny(
        teams=(team(people=nurses(2), patterns=(pattern(spans=()),)),),
        ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
        goodwill=goodwill(standby=True),
    )
    # from Monday 00:00 until the death on Tuesday 12:00, but for 09:00-17:00 and 09:00-12:00: a turn changes at 09:00
    ledger = play(by_heart, [], [family(death=36.0)])
    assert sum(per_person(ledger, by_heart)["standby_hours_per_week"]) == pytest.approx(9.0 + 7.0 + 9.0)


def test_hours_per_clinician_add_up_to_the_hours_of_all() -> None:
    scenario = two_weeks(people=3, run=Run.of_weeks(0, 1, 0))
    calls = [call(18.0 + 5 * k, family=k, visit=True) for k in range(10)]
    ledger = play(scenario, calls, [family(km_east=20.0)] * 10)
    found = per_person(ledger, scenario)
    dark = [
        max(0.0, min(end, stop) - max(start, begin))
        for _, _, _, start, end, *_ in ledger.tasks.rows
        for begin, stop in [(0.0, 9.0), *((17.0 + 24 * day, 33.0 + 24 * day) for day in range(4))]
    ]
    assert found["hours_worked_out_of_hours_per_week"].sum() == pytest.approx(sum(dark))


def test_two_windows_add_up_to_the_window_of_both() -> None:
    def totals(warmup: int, weeks: int) -> dict[str, float]:
        scenario = two_weeks(people=3, run=Run.of_weeks(warmup, weeks, 4 - warmup - weeks))
        calls = [call(7.0 + 11.5 * k, family=k, visit=True) for k in range(40)]
        ledger = play(scenario, calls, [family(death=672.0, km_east=25.0)] * 40)
        return {name: float(column.sum()) * weeks for name, column in per_person(ledger, scenario).items()}

    whole, pieces = totals(0, 4), [totals(k, 1) for k in range(4)]
    assert {name: sum(piece[name] for piece in pieces) for name in whole} == pytest.approx(whole)


def test_the_worst_the_median_and_the_percentiles_are_of_people() -> None:
    start = two_weeks().run.window[0]
    tasks: list[Task] = [(who, 0, "phone", start + 20.0, start + 20.0 + 2 * who, -1) for who in (1, 2, 3)]
    scenario = two_weeks()
    ledger = written(scenario, [call(200.0)], tasks=tasks, families=[family(death=600.0)])
    found = values(burden(ledger, scenario), *NURSES)
    words = ("mean", "p10", "p25", "median", "p75", "p90", "worst")
    # 0, 1, 2 and 3 hours a week
    hours = [found[f"goodwill_hours_per_week_{word}"] for word in words]
    assert hours == pytest.approx([1.5, 0.3, 0.75, 1.5, 2.25, 2.7, 3.0])


def test_only_people_on_a_rota_or_asked_are_counted() -> None:
    weekends = pattern("weekend", spans=(Span(frozenset({5, 6}), 0.0, 24.0),), at="on_call", rotation="week")
    scenario = two_weeks(people=5, patterns=(weekends,))
    tasks: list[Task] = [(4, 0, "ring", 200.0, 200.1, -1)]
    ledger = written(scenario, [call(200.0)], tasks=tasks, families=[family(death=600.0)])
    found = values(burden(ledger, scenario), *NURSES)
    assert found["people_on_rota"] == 3.0  # a nurse each weekend, and the one who was rung
    assert found["people_needed"] == 5.0


def test_whoever_kept_standby_in_another_week_is_not_on_the_rota_of_this_one() -> None:
    scenario = two_weeks(people=2, patterns=(pattern(spans=()),))
    ledger = written(scenario)
    kept = Standby(np.array([200.0, 600.0]), np.array([210.0, 610.0]), np.array([0, 1]), np.zeros(2, dtype=np.int64))
    ledger = replace(ledger, setting=replace(ledger.setting, standby=kept))
    assert values(burden(ledger, scenario), *NURSES)["people_on_rota"] == 1.0


def test_hours_on_call_are_those_of_funded_duties() -> None:
    unfunded = pattern("unfunded", spans=ON_CALL.spans, at="on_call", funded=False)
    scenario = two_weeks(people=1, patterns=(unfunded,))
    assert per_person(written(scenario), scenario)["hours_on_call_per_week"].tolist() == [0.0]


def test_an_empty_seat_at_work_is_in_no_share_of_seats_on_call() -> None:
    at_work = pattern("shift", spans=(Span(ALL_DAYS, 9.0, 17.0),), seats=2)
    scenario = two_weeks(people=1, patterns=(ON_CALL, at_work))
    assert values(burden(written(scenario), scenario), *NURSES)["seat_hours_gap_share"] == 0.0


def test_nights_stood_up_are_those_that_somebody_held() -> None:
    """Two seats and one nurse: fourteen nights in two weeks."""
    up = pattern("night", spans=(Span(ALL_DAYS, 17.0, 33.0),), at="on_call", seats=2, stepped_up="dying")
    scenario = two_weeks(people=1, patterns=(up,))
    assert values(burden(written(scenario), scenario), *NURSES)["stepped_up_nights_per_year"] == 14 * 26


def test_gaps_are_a_share_of_the_hours_of_funded_seats() -> None:
    short = two_weeks(people=1, patterns=(pattern("two", spans=ON_CALL.spans, at="on_call", seats=2),))
    assert values(burden(written(short), short), *NURSES)["seat_hours_gap_share"] == 0.5
    full = two_weeks(people=2)
    assert values(burden(written(full), full), *NURSES)["seat_hours_gap_share"] == 0.0


def test_an_empty_seat_that_nobody_funds_is_no_gap() -> None:
    """One nurse holds every funded night; of two unfunded seats beside it one is empty."""
    unfunded = pattern("unfunded", spans=ON_CALL.spans, at="on_call", seats=2, funded=False)
    scenario = two_weeks(people=1, patterns=(ON_CALL, unfunded))
    assert values(burden(written(scenario), scenario), *NURSES)["seat_hours_gap_share"] == 0.0


def test_by_area_and_role() -> None:
    rows = burden(written(two_weeks()), two_weeks())
    assert values(rows, "area_role", "AAA community_nurse")["hours_on_call_per_week_mean"] == pytest.approx(32.0)
