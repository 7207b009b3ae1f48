"""Estimators against answers worked out by hand, and the cases in which an interval would be a lie."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.experiment import estimate, independent, tables
from sim.experiment.observations import gather
from sim.experiment.units import Unit
from sim.measures.catalogue import DENOMINATORS, Measure
from sim.measures.rows import Row

T_975_3 = 3.182446305284263  # Student's t with 3 degrees of freedom, printed tables: 3.182
T_95_3 = 2.3533634348018264  # printed tables: 2.353

FAMILIES = "families who want to be at home"
CATALOGUE = {
    "unmet": Measure("unmet", "Unmet", "share", "lower", "ratio", "unmet / calls"),
    "minutes": Measure("minutes", "Minutes", "minutes", "lower", "ratio", "minutes / visits"),
    "calls": Measure("calls", "Calls", "calls/year", "", "mean", "calls"),
    "visits": Measure("visits", "Visits", "visits/family", "lower", "ratio", "visits / families", denominator=FAMILIES),
    "families": Measure("families", "Families", "share", "lower", "ratio", "families", denominator=FAMILIES),
    "p90": Measure("p90", "Hours, 90th percentile", "hours/person-week", "lower", "percentile", "90th percentile"),
    "lost": Measure("lost", "Nights lost", "nights/year", "", "signed", "nights with a post vacant less those with it"),
    "found_out": Measure("found_out", "Minutes", "minutes/family", "lower", "ratio", "min", denominator=FAMILIES),
}


def seen(*replications, scenarios=("a",), catalogue=CATALOGUE):
    """Observations of one measure's rows, a list of (measure, level, numerator, denominator, events) a replication."""
    results = [
        (
            Unit(r, s),
            [Row(measure, "england", level, top, bottom, events) for measure, level, top, bottom, events in rows],
        )
        for r, rows in enumerate(replications)
        for s in range(len(scenarios))
    ]
    return gather(scenarios, len(replications), results, catalogue)


def only_row(*replications) -> pd.Series:
    (row,) = tables.summary(seen(*replications), CATALOGUE).itertuples(index=False)
    return row


def test_a_mean_has_students_t_interval():
    found = estimate.mean(np.array([[1.0, 2.0, 3.0, 6.0]]))
    error = np.std([1, 2, 3, 6], ddof=1) / 2
    assert found.mean[0] == 3.0
    assert found.low[0] == pytest.approx(3.0 - T_975_3 * error)
    assert found.high[0] == pytest.approx(3.0 + T_975_3 * error)


def test_a_ratio_is_a_ratio_of_sums_not_a_mean_of_ratios():
    found = estimate.ratio(np.array([[1.0, 30.0]]), np.array([[1.0, 99.0]]))
    assert found.mean[0] == pytest.approx(31 / 100)


def effective(value: float, error: float, n: int) -> float:
    """Independent events with such an error, as many fewer as t is wider than the normal law."""
    return float((value / error * stats.norm.ppf(0.975) / stats.t.ppf(0.975, n - 1)) ** 2)


def test_a_ratio_has_the_interval_of_as_many_events_as_have_its_jackknife_error():
    top, bottom = np.array([2.0, 5.0, 1.0, 8.0]), np.array([10.0, 12.0, 9.0, 20.0])
    left_out = [(16 - a) / (51 - b) for a, b in zip(top, bottom, strict=True)]
    error = np.sqrt(3 / 4 * sum((x - np.mean(left_out)) ** 2 for x in left_out))
    found, events = estimate.ratio(top[None], bottom[None]), effective(16 / 51, error, 4)
    assert found.low[0] == pytest.approx(stats.gamma.ppf(0.025, events) * 16 / 51 / events)
    assert found.high[0] == pytest.approx(stats.gamma.ppf(0.975, events + 1) * 16 / 51 / events)


def test_a_share_has_the_interval_of_as_many_events_out_of_as_many():
    top, bottom = np.array([2.0, 5.0, 1.0, 8.0]), np.array([10.0, 12.0, 9.0, 20.0])
    share = 16 / 51
    error = float(estimate.jackknife_error(estimate.leave_one_out(top[None], bottom[None]), bottom[None] > 0)[0])
    events = effective(share, error, 4) * (1 - share)
    of = events / share
    found = estimate.ratio(top[None], bottom[None], 1.0)
    assert found.low[0] == pytest.approx(stats.beta.ppf(0.025, events, of - events + 1))
    assert found.high[0] == pytest.approx(stats.beta.ppf(0.975, events + 1, of - events))


def test_many_events_have_students_t():
    values = np.random.default_rng(1).normal(1e4, 1.0, size=(1, 8))
    level, student = estimate.level(values), estimate.mean(values)
    assert (level.low[0], level.high[0]) == pytest.approx((student.low[0], student.high[0]), abs=1e-3)


def test_events_that_come_four_at_a_time_are_as_unsure_as_one():
    """A design effect: catches calls of one family taken as independent."""
    each = (np.array([[k, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]) for k in (1.0, 4.0))
    alone, fourfold = (estimate.ratio(top, np.full((1, 8), 1e5)) for top in each)
    assert fourfold.high[0] == pytest.approx(4 * alone.high[0], rel=1e-3)


def test_a_replication_without_the_row_is_left_out():
    values = np.array([[1.0, np.nan, 3.0], [1.0, 2.0, 3.0]])
    assert estimate.mean(values).replications.tolist() == [2, 3]
    assert estimate.level(values).mean.tolist() == [2.0, 2.0]
    apart, whole = estimate.level(values[:1]), estimate.level(np.array([[1.0, 3.0]]))
    assert (apart.low[0], apart.high[0]) == (whole.low[0], whole.high[0])
    assert estimate.ratio(np.array([[1.0, 5.0]]), np.array([[4.0, 0.0]])).mean[0] == 0.25


def test_the_prediction_interval_is_that_of_one_more_replication():
    low, high = estimate.predict(np.array([[11.0, 12.0, 13.0, 16.0]]))
    half = T_95_3 * np.std([1, 2, 3, 6], ddof=1) * np.sqrt(1 + 1 / 4)
    assert (low[0], high[0]) == (pytest.approx(13 - half), pytest.approx(13 + half))


def test_the_prediction_interval_stays_within_what_a_measure_can_be():
    """Catches 0 to 352 minutes to a door that nobody ever reached at once, and more than all."""
    low, _ = estimate.predict(np.array([[40.0, 55.0, 60.0, 300.0]]))
    assert 0 < low[0] <= 40
    low, high = estimate.predict(np.array([[0.7, 0.9, 0.2, 0.95], [0.0, 1.0, 0.0, 1.0]]), 1.0)
    assert 0 < low[0] <= 0.2
    assert 0.95 <= high[0] < 1
    assert (low[1], high[1]) == (0.0, 1.0)  # where a replication stood on the edge the next one may


def test_a_prediction_interval_holds_nine_of_ten_more_replications():
    draws = np.random.default_rng(9)
    low, high = estimate.predict(draws.gamma(2.0, 30.0, size=(4000, 8)))
    more = draws.gamma(2.0, 30.0, size=4000)
    assert ((low <= more) & (more <= high)).mean() == pytest.approx(0.9, abs=0.03)


@pytest.mark.parametrize("measure", CATALOGUE)
def test_one_replication_has_no_interval(measure):
    row = only_row([(measure, "England", 2.0, 1.0 if measure in ("calls", "p90") else 5.0, 2)])
    assert np.isnan([row.ci_low, row.ci_high, row.pi_low, row.pi_high]).all()
    assert row.replications == 1


@pytest.mark.parametrize(
    ("measure", "calls", "units"),
    [("unmet", 100.0, 5), ("visits", 40.0, 200), ("families", 40.0, 200)],  # visits/family: the families themselves
)
def test_nothing_seen_is_bounded_by_families_or_replications_never_by_calls(measure, calls, units):
    row = only_row(*[[(measure, "England", 0.0, calls, 0)]] * 5)
    assert (row.mean, row.ci_low, row.ci_high) == (0.0, 0.0, pytest.approx(1 - 0.05 ** (1 / units)))
    assert row.pi_high >= row.ci_high


@pytest.mark.parametrize(("numerator", "value"), [(0.0, 0.0), (40.0, 1.0)])
def test_what_rests_on_paper_alone_is_certain(numerator, value):
    """Catches nobody away on paper, which no replication can change, told as up to 45 % of hours."""
    name = "fragility_hours_nobody_visit_on_paper_share"
    catalogue = {name: CATALOGUE["unmet"], "achieved": CATALOGUE["unmet"]}
    catalogue = {one: replace(measure, name=one) for one, measure in catalogue.items()}
    rows = [(one, "England", numerator, 40.0, int(numerator)) for one in catalogue]
    table = tables.summary(seen(*[rows] * 5, catalogue=catalogue), catalogue).set_index("measure")
    assert table.loc[name, ["mean", "ci_low", "ci_high"]].tolist() == [value] * 3
    assert table.loc["achieved", "ci_low"] < table.loc["achieved", "ci_high"]


def test_calls_of_families_are_bounded_by_the_families_of_their_place():
    of = [("calls", "England", 0.0, 500.0, 0), ("fate_whole_share", "England", 20.0, 40.0, 20)]
    catalogue = {
        "calls": Measure("calls", "Calls", "share", "lower", "ratio", "", denominator="potential calls of families"),
        "fate_whole_share": replace(CATALOGUE["families"], name="fate_whole_share"),
    }
    table = tables.summary(seen(*[of] * 5, catalogue=catalogue), catalogue).set_index("measure")
    assert table.loc["calls", "ci_high"] == pytest.approx(1 - 0.05 ** (1 / 200))


def test_a_denominator_is_of_families_or_nothing_in_it_is_independent():
    """Catches a denominator of people or hours that begins as one of families does."""
    families = {of for of in DENOMINATORS if of.startswith(independent.ARE_FAMILIES)}
    assert not {of for of in families if any(word in of for word in ("calls", "hours", "nights"))}
    theirs = {of for of in DENOMINATORS if of.startswith(independent.OF_FAMILIES)} | families
    assert not {of for of in theirs if any(word in of for word in ("people", "dut", "teams", "shifts"))}


def test_nothing_but_events_is_bounded_from_above():
    row = only_row(*[[("unmet", "England", 100.0, 100.0, 100)]] * 5)
    assert (row.mean, row.ci_low, row.ci_high) == (1.0, pytest.approx(0.05 ** (1 / 5)), 1.0)


def test_intervals_stay_within_what_a_measure_can_be():
    row = only_row([("unmet", "England", 1.0, 10.0, 0)], [("unmet", "England", 9.0, 10.0, 9)])
    assert 0 <= row.ci_low < 0.01
    assert 0.99 < row.ci_high <= 1
    row = only_row([("minutes", "England", 1.0, 1.0, 1)], [("minutes", "England", 90.0, 1.0, 1)])
    assert row.ci_low >= 0
    assert row.ci_high > 90


def test_what_rounding_leaves_of_a_denominator_is_nothing():
    """One replication has all the calls: without it there is no ratio, whatever the last digit says."""
    left_out = estimate.leave_one_out(np.array([[1.0, 0.0]]), np.array([[10.0, 1e-12]]))
    assert np.isnan(left_out[0, 0])
    assert left_out[0, 1] == 0.1


def test_a_burden_nobody_had_has_no_interval():
    row = only_row(*[[("p90", "England", 0.0, 1.0, 0)]] * 5)
    assert row.mean == 0.0
    assert np.isnan([row.ci_low, row.ci_high]).all()


def test_what_may_be_under_nought_has_students_t_on_both_sides_of_it():
    """Catches nights lost of -1.6 with an interval from -0.03 to -9.4, and more of them when the next is predicted."""
    row = only_row(*[[("lost", "England", value, 1.0, 1)] for value in (-4.0, 2.0, -7.0, 1.0)])
    half = T_975_3 * np.std([-4, 2, -7, 1], ddof=1) / 2
    assert (row.mean, row.ci_low, row.ci_high) == (-2.0, pytest.approx(-2 - half), pytest.approx(-2 + half))
    assert row.pi_low < row.ci_low < row.mean < row.ci_high < row.pi_high
    even = only_row(*[[("lost", "England", value, 1.0, 1)] for value in (-1.0, 1.0)])
    assert even.ci_low < even.mean == 0 < even.ci_high
    both = [[("lost", "England", value, 1.0, 1)] for value in (-4.0, 2.0, -7.0, 1.0)]
    (pair,) = tables.comparison(seen(*both, scenarios=("a", "b")), {}, CATALOGUE).itertuples(index=False)
    assert (pair.difference, pair.verdict) == (0.0, "")


def test_a_rate_of_minutes_is_bounded_by_no_count():
    """One family may lose many minutes: that none of 50 did bounds families, not minutes."""
    row = only_row(*[[("found_out", "England", 0.0, 10.0, 0)]] * 5)
    assert np.isnan([row.ci_low, row.ci_high]).all()


def test_a_share_that_is_everything_but_for_rounding_is_bounded_as_everything_is():
    """Catches hours without anybody that add up to 1 - 1e-16 of all hours, and pass for certain."""
    rounded = only_row(*[[("unmet", "England", 99.99999999999999, 100.0, 100)]] * 5)
    assert (rounded.ci_low, rounded.ci_high) == (pytest.approx(0.05 ** (1 / 5)), pytest.approx(1.0))
    none = only_row(*[[("unmet", "England", -7e-12, 100.0, 0)]] * 5)
    assert (none.ci_high, none.pi_high) == (pytest.approx(1 - 0.05 ** (1 / 5)),) * 2


def test_the_order_in_which_rows_come_does_not_matter():
    rows = [("unmet", "England", 1.0, 4.0, 1), ("calls", "England", 9.0, 1.0, 9), ("p90", "England", 3.0, 1.0, 1)]
    forward, backward = seen(rows, rows), seen(rows[::-1], rows)
    pd.testing.assert_frame_equal(tables.replications(forward, CATALOGUE), tables.replications(backward, CATALOGUE))


def test_the_table_of_replications_holds_what_was_measured():
    table = tables.replications(seen([("unmet", "England", 1.0, 4.0, 1)], [], scenarios=("a", "b")), CATALOGUE)
    assert list(table.columns) == tables.REPLICATIONS
    assert [tuple(row) for row in table.itertuples(index=False)] == [
        ("a", 1, "unmet", "share", "england", "England", 1.0, 4.0, 0.25, 1),
        ("b", 1, "unmet", "share", "england", "England", 1.0, 4.0, 0.25, 1),
    ]


def test_rows_of_single_areas_are_told_apart_from_all_others():
    rows = [Row("unmet", group, "x", 1.0, 4.0, 1) for group in ("england", "area", "role", "area_role", "region")]
    of = gather(("a",), 1, [(Unit(0, 0), rows)], CATALOGUE)
    told = {only: list(tables.replications(of, CATALOGUE, only)["group"]) for only in (None, True, False)}
    assert told[True] == ["area", "area_role"]
    assert sorted(told[True] + told[False]) == sorted(told[None])
    assert len(told[None]) == 5


def test_the_summary_has_the_columns_of_the_contract():
    assert list(tables.summary(seen([("unmet", "England", 1.0, 4.0, 1)]), CATALOGUE).columns) == [
        "scenario", "measure", "unit", "group", "level", "mean", "ci_low", "ci_high", "pi_low", "pi_high",
        "replications", "events", "n", "precision",
    ]  # fmt: skip
