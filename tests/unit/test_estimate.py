"""Estimators against answers worked out by hand, and the cases in which an interval would be a lie."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.experiment import estimate, tables
from sim.experiment.observations import gather
from sim.experiment.units import Unit
from sim.measures.catalogue import Measure
from sim.measures.rows import Row

T_975_3 = 3.182446305284263  # Student's t with 3 degrees of freedom, printed tables: 3.182
T_95_3 = 2.3533634348018264  # printed tables: 2.353

CATALOGUE = {
    "unmet": Measure("unmet", "Unmet", "share", "lower", "ratio", "unmet / calls"),
    "minutes": Measure("minutes", "Minutes", "minutes", "lower", "ratio", "minutes / visits"),
    "calls": Measure("calls", "Calls", "calls/year", "", "mean", "calls"),
    "visits": Measure("visits", "Visits", "visits/family", "lower", "ratio", "visits / families"),
    "p90": Measure("p90", "Hours, 90th percentile", "hours/person-week", "lower", "percentile", "90th percentile"),
}


def seen(*replications, scenarios=("a",)):
    """Observations of one measure's rows, a list of (measure, level, numerator, denominator, events) a replication."""
    results = [
        (
            Unit(r, s),
            [Row(measure, "england", level, top, bottom, events) for measure, level, top, bottom, events in rows],
        )
        for r, rows in enumerate(replications)
        for s in range(len(scenarios))
    ]
    return gather(scenarios, len(replications), results, CATALOGUE)


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


def test_a_ratio_has_the_jackknife_error():
    top, bottom = np.array([2.0, 5.0, 1.0, 8.0]), np.array([10.0, 12.0, 9.0, 20.0])
    left_out = [(16 - a) / (51 - b) for a, b in zip(top, bottom, strict=True)]
    error = np.sqrt(3 / 4 * sum((x - np.mean(left_out)) ** 2 for x in left_out))
    found = estimate.ratio(top[None], bottom[None])
    assert found.high[0] - found.mean[0] == pytest.approx(T_975_3 * error)


def test_the_jackknife_of_equal_denominators_is_the_t_interval_of_the_mean():
    values = np.array([[0.1, 0.4, 0.2, 0.2, 0.3]])
    jackknife, student = estimate.ratio(values * 8, np.full((1, 5), 8.0)), estimate.mean(values)
    assert jackknife.low[0] == pytest.approx(student.low[0])
    assert jackknife.high[0] == pytest.approx(student.high[0])


def test_a_percentile_is_bootstrapped_over_replications_the_same_every_time():
    values = np.random.default_rng(1).gamma(2.0, 3.0, size=(3, 20))
    first, second = estimate.percentile(values), estimate.percentile(values.copy())
    assert (first.low == second.low).all()
    assert (first.high == second.high).all()
    normal = 1.96 * values.std(axis=1) / np.sqrt(20)
    assert first.high - first.mean == pytest.approx(normal, rel=0.25)
    assert first.mean - first.low == pytest.approx(normal, rel=0.25)


def test_many_rows_are_bootstrapped_as_each_would_be_alone():
    values = np.random.default_rng(2).random((estimate.ROWS_AT_A_TIME + 3, 6))
    together, alone = estimate.percentile(values), estimate.percentile(values[-1:])
    assert together.low[-1] == pytest.approx(alone.low[0], rel=1e-12)


def test_a_replication_without_the_row_is_left_out():
    values = np.array([[1.0, np.nan, 3.0], [1.0, 2.0, 3.0]])
    assert estimate.mean(values).replications.tolist() == [2, 3]
    assert estimate.percentile(values).mean.tolist() == [2.0, 2.0]
    apart, whole = estimate.percentile(values[:1]), estimate.percentile(np.array([[1.0, 3.0]]))
    assert (apart.low[0], apart.high[0]) == (whole.low[0], whole.high[0]) == (1.0, 3.0)
    assert estimate.ratio(np.array([[1.0, 5.0]]), np.array([[4.0, 0.0]])).mean[0] == 0.25


def test_the_prediction_interval_is_that_of_one_more_replication():
    low, high = estimate.predict(np.array([[1.0, 2.0, 3.0, 6.0]]))
    half = T_95_3 * np.std([1, 2, 3, 6], ddof=1) * np.sqrt(1 + 1 / 4)
    assert (low[0], high[0]) == (pytest.approx(3 - half), pytest.approx(3 + half))


@pytest.mark.parametrize("measure", CATALOGUE)
def test_one_replication_has_no_interval(measure):
    row = only_row([(measure, "England", 2.0, 1.0 if measure in ("calls", "p90") else 5.0, 2)])
    assert np.isnan([row.ci_low, row.ci_high, row.pi_low, row.pi_high]).all()
    assert row.replications == 1


def test_no_event_has_the_rule_of_three():
    row = only_row(*[[("unmet", "England", 0.0, 100.0, 0)]] * 5)
    assert (row.mean, row.ci_low, row.ci_high) == (0.0, 0.0, pytest.approx(3 / 500))
    assert row.pi_high >= row.ci_high


def test_no_event_of_a_rate_per_family_has_it_too():
    row = only_row(*[[("visits", "England", 0.0, 100.0, 0)]] * 5)
    assert (row.mean, row.ci_high) == (0.0, pytest.approx(3 / 500))


def test_what_rounding_leaves_of_a_denominator_is_nothing():
    """One replication has all the calls: without it there is no ratio, whatever the last digit says."""
    left_out = estimate.leave_one_out(np.array([[1.0, 0.0]]), np.array([[10.0, 1e-12]]))
    assert np.isnan(left_out[0, 0])
    assert left_out[0, 1] == 0.1


def test_nothing_but_events_has_the_rule_of_three_from_above():
    row = only_row(*[[("unmet", "England", 100.0, 100.0, 100)]] * 5)
    assert (row.mean, row.ci_low, row.ci_high) == (1.0, pytest.approx(1 - 3 / 500), 1.0)


def test_a_burden_nobody_had_has_no_interval():
    row = only_row(*[[("p90", "England", 0.0, 1.0, 0)]] * 5)
    assert row.mean == 0.0
    assert np.isnan([row.ci_low, row.ci_high]).all()


def test_intervals_stay_within_what_a_measure_can_be():
    row = only_row([("unmet", "England", 0.0, 10.0, 0)], [("unmet", "England", 9.0, 10.0, 9)])
    assert (row.ci_low, row.ci_high, row.pi_low, row.pi_high) == (0.0, 1.0, 0.0, 1.0)
    row = only_row([("minutes", "England", 0.0, 1.0, 1)], [("minutes", "England", 90.0, 1.0, 1)])
    assert (row.ci_low, row.pi_low) == (0.0, 0.0)
    assert row.ci_high > 90


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


def test_the_summary_has_the_columns_of_the_contract():
    assert list(tables.summary(seen([("unmet", "England", 1.0, 4.0, 1)]), CATALOGUE).columns) == [
        "scenario", "measure", "unit", "group", "level", "mean", "ci_low", "ci_high", "pi_low", "pi_high",
        "replications", "events", "n", "precision",
    ]  # fmt: skip
