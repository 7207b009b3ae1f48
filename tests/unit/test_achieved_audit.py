"""The audit of what was achieved, from tasks written by hand: what a call in the night does to the next day's rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Span
from sim.domain.scenario import Run
from sim.ledger import TASKS, Ledger, TaskRow
from sim.measures import measure
from sim.measures.audit import audit_measures
from sim.measures.catalogue import CATALOGUE
from tests.tiny import KEY, absent, call, family, nurses, pattern, setting, team, tiny

DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
NIGHTS = pattern("night", (Span(ALL_DAYS, 17.0, 33.0),), at="on_call")
TUESDAY, WEDNESDAY = 24.0, 48.0
MONTHS = 28 / (365.25 / 12)


def ledger(
    *tasks: tuple[int, str, float, float], number: int = 4, weeks: int = 4, vacant: tuple[int, ...] = (),
    limits: dict[str, int] | None = None,
):  # fmt: skip
    """A 1 in n beside a day job; tasks are (person, kind, from, to). limits: other safe limits."""
    scenario = tiny(teams=(team(people=nurses(number), patterns=(DAY, NIGHTS)),), run=Run.of_weeks(0, weeks, 0))
    scenario = replace(scenario, limits=replace(scenario.limits, **(limits or {})))
    made = Ledger(setting(scenario, [family()], [call(1.0)], staff=absent(scenario, vacant=vacant)), KEY)
    made.tasks.rows.extend(
        TaskRow(person, 0, TASKS.index(kind), start, end, -1, False) for person, kind, start, end in tasks
    )
    return made, scenario


def found(*tasks: tuple[int, str, float, float], **changes) -> dict[str, float]:
    """Values of the nurses' rows."""
    rows = audit_measures(*ledger(*tasks, **changes))
    return {row.measure: row.numerator / row.denominator for row in rows if row.group == "role"}


def test_a_quiet_rota_keeps_every_rest():
    values = found()
    assert values["rest_breaches_per_month_worst"] == 0
    assert values["worked_hours_per_week_busiest_mean"] == 40
    assert values["on_call_1_in_n_at_work_median"] == 4
    assert values["people_beyond_safe_limits_share"] == 0


def test_a_visit_from_2_to_5_leaves_nine_hours_of_rest():
    """17:00 to 02:00 is the longest rest before Tuesday 09:00: two of the eleven hours are missing."""
    values = found((1, "visit", TUESDAY + 2, TUESDAY + 5))
    assert values["rest_breaches_per_month_worst"] == pytest.approx(1 / MONTHS)
    assert values["rest_hours_missed_per_month_worst"] == pytest.approx(2 / MONTHS)
    assert values["rest_breaches_per_month_mean"] == pytest.approx(0.25 / MONTHS)
    assert values["rest_missed_planned_share"] == 0
    assert values["rest_missed_achieved_share"] == values["rest_missed_broken_by_call_outs_share"] == 1 / 80
    assert values["worked_hours_per_week_busiest_worst"] == pytest.approx(40 + 3 / 4)


def test_a_call_at_six_leaves_enough_rest():
    """17:00 to 06:00 is thirteen hours: answering late in the night is no breach."""
    assert found((1, "phone", TUESDAY + 6, TUESDAY + 6.5))["rest_breaches_per_month_worst"] == 0


def test_being_rung_and_refusing_is_no_work_but_disturbs_the_night():
    values = found((1, "ring", TUESDAY + 2, TUESDAY + 2.1))
    assert values["rest_breaches_per_month_worst"] == 0
    assert values["worked_hours_per_week_busiest_worst"] == 40
    assert values["disturbed_nights_in_a_row_worst"] == 1


def test_driving_home_disturbs_no_night():
    assert found((1, "way_back", TUESDAY + 2, TUESDAY + 2.5))["disturbed_nights_in_a_row_worst"] == 0
    assert found((1, "notes", TUESDAY + 2, TUESDAY + 2.5))["disturbed_nights_in_a_row_worst"] == 0


def test_call_outs_break_the_rests_that_the_rota_had_kept():
    """Monday until 22:00 and Tuesday from 06:00: each week's rest is broken by the plan, and none by a call."""
    shifts = pattern("shift", (Span(frozenset({0}), 14.0, 22.0), Span(frozenset({1}), 6.0, 14.0)), rotation="week")
    scenario = tiny(teams=(team(people=nurses(1), patterns=(shifts,)),), run=Run.of_weeks(0, 2, 0))
    rows = audit_measures(Ledger(setting(scenario), KEY), scenario)
    share = {row.measure: row.numerator / row.denominator for row in rows if row.group == "role" and row.denominator}
    parts = [share[f"rest_missed_{word}_share"] for word in ("planned", "achieved", "broken_by_call_outs")]
    assert parts == [0.5, 0.5, 0.0]


def test_work_at_work_is_not_counted_twice():
    assert found((1, "visit", TUESDAY + 10, TUESDAY + 12))["worked_hours_per_week_busiest_worst"] == 40


def test_disturbed_nights_in_a_row_are_counted_by_the_day_they_begin():
    """Just before midnight on Monday, before 07:00 on Wednesday and at 23:00 that day: three nights in a row."""
    calls = [23.5, WEDNESDAY + 6.99, WEDNESDAY + 23.0]
    values = found(*((2, "phone", hour, hour + 0.1) for hour in calls))
    assert values["disturbed_nights_in_a_row_worst"] == 3
    values = found(*((2, "phone", hour, hour + 0.1) for hour in (23.5, WEDNESDAY + 7.0, WEDNESDAY + 23.0)))
    assert values["disturbed_nights_in_a_row_worst"] == 1


def test_two_breaches_in_a_month_are_beyond_the_limit():
    visits = [(3, "visit", day * 24.0 + 2, day * 24.0 + 5) for day in (1, 2, 3)]
    rows = audit_measures(*ledger(*visits))
    share = {
        row.level: (row.numerator, row.denominator) for row in rows if row.measure == "people_beyond_rest_limit_share"
    }
    assert share == {"England": (1, 4), "community_nurse": (1, 4)}


def test_burden_in_bursts_is_told_of_the_median_the_90th_and_the_worst_person():
    """Of four nurses one is disturbed in three nights, twice before a shift at 9 whose rest the visit breaks."""
    visits = [(1, "visit", day * 24.0 + 2, day * 24.0 + 5) for day in (1, 2, 6)]  # the last on Sunday, no shift after
    values = found(*visits)
    assert [values[f"disturbed_nights_worst_month_{of}"] for of in ("median", "p90", "worst")] == [
        0,
        pytest.approx(2.1),
        3,
    ]
    assert [values[f"next_days_lost_per_year_{of}"] for of in ("mean", "median", "worst")] == [6.5, 0, 26]
    assert {values[f"nights_on_call_worst_28_days_{of}"] for of in ("median", "p90", "worst")} == {7}  # 1 in 4
    assert values["nights_in_a_row_on_call_median"] == 1


def beyond_a(limit: str, *tasks: tuple[int, str, float, float], **changes) -> float:
    return found(*tasks, **changes)[f"people_beyond_{limit}_limit_share"]


def test_safe_limits_look_at_the_worst_month_and_not_at_the_yearly_mean_alone():
    """Five disturbed nights of one month in a quiet quarter are beyond the limit of four; four are not."""
    limited = {"disturbed_nights_in_a_month": 4, "nights_in_28_days": 14}
    for nights, share in ((4, 0.0), (5, 0.25)):
        calls = [(1, "phone", day * 24.0 + 6.5, day * 24.0 + 6.6) for day in range(1, nights + 1)]
        assert beyond_a("disturbed", *calls, weeks=12, limits=limited) == share
        assert found(*calls, weeks=12, limits=limited)["people_beyond_safe_limits_share"] == share
    apart = [(1, "phone", day * 24.0 + 6.5, day * 24.0 + 6.6) for day in (1, 11, 21, 31, 41)]
    assert beyond_a("disturbed", *apart, weeks=12, limits=limited) == 0


def test_more_than_14_nights_of_28_or_7_in_a_row_are_beyond_the_limit():
    """A 1 in 2 is 14 of 28; alone every night is one's own."""
    limited = {"nights_in_28_days": 14}
    assert (beyond_a("nights", number=2, limits=limited), beyond_a("in_a_row", number=2, limits=limited)) == (0, 0)
    assert (beyond_a("nights", number=1, limits=limited), beyond_a("in_a_row", number=1, limits=limited)) == (1, 1)


def test_a_vacant_post_is_nobody():
    """Three of four posts are counted; the next of the list takes the vacant one's nights too and is 1 in 2."""
    rows = audit_measures(*ledger(vacant=(0,)))
    share = next(row for row in rows if row.measure == "people_beyond_frequency_limit_share")
    assert (share.numerator, share.denominator) == (1, 3)


def test_every_measure_is_in_the_catalogue_and_part_of_all_measures():
    made, scenario = ledger((1, "visit", TUESDAY + 2, TUESDAY + 5))
    names = {row.measure for row in audit_measures(made, scenario)}
    assert names <= set(CATALOGUE)
    assert names <= {row.measure for row in measure(made, scenario)}
