"""Paired differences worked out by hand, and the word each interval earns against a zone."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment import compare, estimate, tables
from sim.experiment.estimate import Estimate
from sim.experiment.observations import gather
from sim.experiment.units import Unit, units
from sim.measures.catalogue import Measure
from sim.measures.rows import Row

T_975_3 = 3.182446305284263  # Student's t with 3 degrees of freedom, printed tables: 3.182
BASE = (np.array([[4.0, 6.0, 5.0, 9.0]]), np.array([[10.0, 12.0, 9.0, 20.0]]))


def judged(low: float, high: float, zone: float, better: str = "lower") -> str:
    found = Estimate(np.array([(low + high) / 2]), np.array([low]), np.array([high]), np.array([20]))
    return str(compare.verdicts(found, np.array([zone]), np.array([better]))[0])


@pytest.mark.parametrize(
    ("low", "high", "zone", "verdict"),
    [
        (-0.01, 0.01, 0.02, "no_material_difference"),
        (0.005, 0.015, 0.02, "no_material_difference"),  # certain, and too small for anyone to act on
        (-0.09, -0.03, 0.02, "better"),
        (0.03, 0.09, 0.02, "worse"),
        (0.01, 0.09, 0.02, "not_decided"),  # excludes zero, overlaps the zone
        (-0.05, 0.05, 0.02, "not_decided"),
        (0.001, 0.002, 0.0, "worse"),  # no zone: excluding zero is enough
        (-0.001, 0.002, 0.0, "not_decided"),
        (0.0, 0.0, 0.0, "no_material_difference"),  # the same in every replication
        (np.nan, np.nan, 0.02, "not_decided"),
    ],
)
def test_the_verdict_follows_the_interval_and_the_zone(low, high, zone, verdict):
    assert judged(low, high, zone) == verdict


def test_a_measure_of_which_more_is_better_is_judged_the_other_way():
    assert judged(0.03, 0.09, 0.02, "higher") == "better"
    assert judged(-0.09, -0.03, 0.02, "higher") == "worse"


def test_a_measure_without_a_better_side_has_no_verdict():
    assert judged(0.03, 0.09, 0.02, "") == ""


def test_a_difference_of_ratios_is_jackknifed_in_pairs():
    other = (BASE[0] + np.array([[1.0, 2.0, 0.0, 4.0]]), BASE[1])
    pairs = list(zip(BASE[0][0], other[0][0], BASE[1][0], strict=True))
    left_out = [(other[0].sum() - b) / (51 - n) - (BASE[0].sum() - a) / (51 - n) for a, b, n in pairs]
    error = np.sqrt(3 / 4 * sum((x - np.mean(left_out)) ** 2 for x in left_out))
    found = compare.ratio_difference(BASE, other)
    assert found.mean[0] == pytest.approx(31 / 51 - 24 / 51)
    assert found.high[0] - found.mean[0] == pytest.approx(T_975_3 * error)


def test_pairing_takes_the_luck_of_a_replication_out():
    luck = np.random.default_rng(3).random((1, 20))
    paired = compare.mean_difference(luck, luck + 0.1)
    assert paired.high[0] - paired.low[0] == pytest.approx(0, abs=1e-9)
    paired = compare.percentile_difference(luck, luck + 0.1)
    assert (paired.low[0], paired.high[0]) == (pytest.approx(0.1), pytest.approx(0.1))


def test_nothing_seen_on_either_side_is_no_proof_of_no_difference():
    nothing = (np.zeros((1, 5)), np.full((1, 5), 100.0))
    found = compare.ratio_difference(nothing, nothing)
    assert (found.low[0], found.mean[0], found.high[0]) == (pytest.approx(-3 / 500), 0.0, pytest.approx(3 / 500))


def test_one_replication_has_a_difference_and_no_interval():
    one = tuple(part[:, :1] for part in BASE)
    found = compare.ratio_difference(one, (one[0] + 1, one[1]))
    assert found.mean[0] == pytest.approx(0.1)
    assert np.isnan([found.low[0], found.high[0]]).all()


def test_the_table_compares_each_scenario_with_the_first():
    catalogue = {
        "unmet": Measure("unmet", "Unmet", "share", "lower", "ratio", "unmet / calls", "unmet_share"),
        "hours": Measure("hours", "Hours", "hours/person-week", "lower", "mean", "hours"),
    }
    shift = {0: 0.0, 1: 30.0, 2: 0.0}
    results = []
    for asked in units(3, 4):
        unmet, hours = 20.0 + asked.replication + shift[asked.scenario], 9.0 + asked.replication - asked.scenario
        rows = [Row("unmet", "england", "England", unmet, 100.0, 20), Row("hours", "role", "nurse", hours, 1.0, 1)]
        results.append((asked, rows))
    table = tables.comparison(
        gather(("today", "worse", "same"), 4, results, catalogue), {"unmet_share": 0.02}, catalogue
    )
    assert list(table.columns) == [
        "baseline", "scenario", "measure", "unit", "group", "level", "difference", "ci_low", "ci_high", "verdict",
    ]  # fmt: skip
    words = {(row.scenario, row.measure): (round(row.difference, 9), row.verdict) for row in table.itertuples()}
    assert words == {
        ("worse", "unmet"): (0.3, "worse"),
        ("worse", "hours"): (-1.0, "better"),
        ("same", "unmet"): (0.0, "no_material_difference"),
        ("same", "hours"): (-2.0, "better"),
    }


def test_one_scenario_has_an_empty_comparison_with_its_columns():
    catalogue = {"hours": Measure("hours", "Hours", "hours/person-week", "lower", "mean", "hours")}
    alone = gather(("today",), 1, [(Unit(0, 0), [Row("hours", "role", "nurse", 9.0, 1.0, 1)])], catalogue)
    table = tables.comparison(alone, {}, catalogue)
    assert table.empty
    assert list(table.columns) == tables.COMPARISON


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """A ratio with a known answer, 2,000 experiments of 20 replications: 95 % nominal, 3 standard errors allowed."""
    draws = np.random.default_rng(4)
    calls = draws.poisson(60, size=(2000, 20)) + 1.0
    unmet = draws.binomial(calls.astype(int), 0.3).astype(float)
    found = estimate.ratio(unmet, calls)
    covered = ((found.low <= 0.3) & (found.high >= 0.3)).mean()
    assert 0.935 <= covered <= 0.965
