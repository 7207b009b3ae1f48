"""Paired differences worked out by hand, and the word each interval earns against a zone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiment import compare, estimate, tables
from sim.experiment.estimate import Estimate
from sim.experiment.observations import Observations, gather
from sim.experiment.units import Unit, units
from sim.measures.catalogue import EVERYTHING, Measure
from sim.measures.rows import Row

T_975_3 = 3.182446305284263  # Student's t with 3 degrees of freedom, printed tables: 3.182
BASE = (np.array([[4.0, 6.0, 5.0, 9.0]]), np.array([[10.0, 12.0, 9.0, 20.0]]))


def judged(low: float, high: float, zone: float, better: str = "lower") -> str:
    return str(judge([(low, high)], zone, better).verdict[0])


def judge(intervals, zone: float = 0.0, better: str = "lower", groups=None, n: int = 20) -> compare.Judged:
    """Differences with these 95 % intervals, of one family unless groups say otherwise."""
    low, high = np.array(intervals, dtype=float).T
    size = len(low)
    found = Estimate((low + high) / 2, low, high, np.full(size, n))
    return compare.judge(found, np.full(size, zone), np.array([better] * size), np.array(groups or ["england"] * size))


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


def test_a_difference_of_ratios_is_at_least_as_wide_as_its_paired_jackknife():
    other = (BASE[0] + np.array([[1.0, 2.0, 0.0, 4.0]]), BASE[1])
    pairs = list(zip(BASE[0][0], other[0][0], BASE[1][0], strict=True))
    left_out = [(other[0].sum() - b) / (51 - n) - (BASE[0].sum() - a) / (51 - n) for a, b, n in pairs]
    error = np.sqrt(3 / 4 * sum((x - np.mean(left_out)) ** 2 for x in left_out))
    found = compare.ratio_difference(BASE, other, 1.0)
    assert found.mean[0] == pytest.approx(31 / 51 - 24 / 51)
    assert found.high[0] - found.mean[0] >= T_975_3 * error * (1 - 1e-9)
    assert found.mean[0] - found.low[0] >= T_975_3 * error * (1 - 1e-9)


def test_what_one_side_saw_has_the_arms_of_its_own_interval():
    """Nothing in the second scenario: catches Student's t of a few skewed events, which ends too near to nothing."""
    nothing = (np.zeros((1, 4)), BASE[1])
    found, alone = compare.ratio_difference(BASE, nothing, 1.0), estimate.ratio(*BASE, 1.0)
    assert found.mean[0] == -alone.mean[0]
    assert found.low[0] == pytest.approx(-alone.high[0])


def test_pairing_takes_the_luck_of_a_replication_out():
    luck = np.random.default_rng(3).random((1, 20))
    paired = compare.level_difference(luck, luck + 0.1)
    assert (paired.low[0], paired.high[0]) == (pytest.approx(0.1), pytest.approx(0.1))


def test_replications_are_those_with_data_on_both_sides():
    base = (np.array([[4.0, 6.0, 0.0]]), np.array([[10.0, 12.0, 0.0]]))
    assert compare.ratio_difference(base, (BASE[0][:, :3], BASE[1][:, :3])).replications.tolist() == [2]
    assert compare.level_difference(np.array([[1.0, np.nan, 3.0]]), np.ones((1, 3))).replications.tolist() == [2]


def same(mean: float, n: int, units: float, zone: float, most: float = 1.0, paper: bool = False) -> str:
    """The verdict on a difference that is the same in all of n replications."""
    alike = Estimate(np.array([mean]), np.array([mean]), np.array([mean]), np.array([n]))
    found, rests = compare.same_in_all(alike, np.array([units]), np.array([most]), np.array([paper]))
    return str(compare.judge(found, np.array([zone]), np.array(["lower"]), np.array(["all"]), rests).verdict[0])


@pytest.mark.parametrize(
    ("mean", "n", "units", "zone", "verdict"),
    [
        (0.0, 20, 20, 0.01, "not_decided"),  # 14 % of replications may differ
        (0.0, 20, 600, 0.01, "no_material_difference"),  # 0.5 % of 600 families may
        (0.0, 300, 300, 0.01, "no_material_difference"),
        (-1.0, 4, 4, 0.01, "not_decided"),
        (-1.0, 8, 8, 0.01, "better"),  # 31 % may differ, each by up to 2
        (-0.05, 20, 20, 0.01, "not_decided"),
    ],
)
def test_the_same_in_every_replication_is_as_certain_as_their_number_allows(mean, n, units, zone, verdict):
    """Catches zero spread told as certainty, by which a third of studies of equal scenarios had a false verdict."""
    assert same(mean, n, units, zone) == verdict


def test_what_is_no_share_has_no_bound_and_paper_needs_none():
    assert same(-5.0, 20, 20, 1.0, most=np.inf) == "not_decided"
    assert same(-5.0, 20, 20, 1.0, most=np.inf, paper=True) == "better"
    assert same(0.0, 2, 2, 1.0, most=np.inf, paper=True) == "no_material_difference"


def test_what_rests_on_paper_is_said_by_its_name():
    paper = {name for name, measure in EVERYTHING.items() if measure.on_paper}
    assert {"standing_cost", "extra_posts_wte", "child_nights_without_visit_on_paper_share", "people_needed"} <= paper
    assert (
        not {"unmet_demand_share", "cash_cost", "people_on_rota", "fate_whole_share", "cost_by_use_gbp_per_year"}
        & paper
    )


def test_fewer_than_five_replications_decide_nothing():
    assert judge([(-0.09, -0.03)], 0.01, n=4).verdict[0] == "not_decided"
    assert judge([(-0.09, -0.03)], 0.01, n=5).verdict[0] == "better"


def test_the_sign_of_a_few_calls_is_no_surer_than_tossed_coins():
    """A hundred rows of 8 replications, each far beyond nothing: 1 in 128 each, so that none holds of a hundred."""
    found = Estimate(np.full(100, 1.0), np.full(100, 0.99), np.full(100, 1.01), np.full(100, 8))
    words = np.zeros(100), np.array(["lower"] * 100), np.array(["hour"] * 100)
    tossed = compare.judge(found, *words, None, np.ones(100, dtype=bool))
    assert set(tossed.verdict) == {"not_decided"}
    assert set(compare.judge(found, *words).verdict) == {"worse"}


def test_a_difference_is_inside_a_zone_if_both_its_arms_are():
    """Catches the shorter arm of an uneven interval taken for both: one reaches -0.001, the other 0.03."""
    uneven = Estimate(np.zeros(1), np.array([-0.001]), np.array([0.03]), np.full(1, 20))
    found = compare.judge(uneven, np.full(1, 0.02), np.array(["lower"]), np.array(["england"]))
    assert found.verdict.tolist() == ["not_decided"]


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
    for asked in units(3, 8):
        unmet, hours = 20.0 + asked.replication + shift[asked.scenario], 9.0 + asked.replication - asked.scenario
        rows = [Row("unmet", "england", "England", unmet, 100.0, 20), Row("hours", "role", "nurse", hours, 1.0, 1)]
        results.append((asked, rows))
    table = tables.comparison(
        gather(("today", "worse", "same"), 8, results, catalogue), {"unmet_share": 0.02}, catalogue
    )
    assert list(table.columns) == [
        "baseline", "scenario", "measure", "unit", "group", "level", "difference", "ci_low", "ci_high", "verdict",
        "reason", "p_holm", "family", "alone_low", "alone_high", "variance_ratio", "ratio_low", "ratio_high",
    ]  # fmt: skip
    words = {(row.scenario, row.measure): (round(row.difference, 9), row.verdict) for row in table.itertuples()}
    assert words == {
        ("worse", "unmet"): (0.3, "not_decided"),
        ("worse", "hours"): (-1.0, "not_decided"),
        ("same", "unmet"): (0.0, "not_decided"),
        ("same", "hours"): (-2.0, "not_decided"),
    }


def test_headlines_and_costs_are_families_of_their_own():
    """Catches ten headline verdicts made as unsure as hundreds of rows beside them."""
    names = ("unmet_demand_share", "unmet_demand_share_night", "met_share", "total_cost", "minutes_to_door")
    results = []
    for asked in units(2, 4):
        seen = 5.0 + asked.replication * (1 + asked.scenario)
        results.append((asked, [Row(name, "england", "England", seen, 20.0, 5) for name in names]))
    found = tables.families(tables.comparison(gather(("today", "other"), 4, results), {}))
    assert found == {"headlines": 2, "england": 1, "costs england": 1}  # what is not comparable is in no family


SELECTED, PART = "minutes_to_door", "nobody_answered_share"


@pytest.mark.parametrize(("name", "reason"), [(SELECTED, "over calls visited"), (PART, "part of unmet demand")])
def test_what_a_scenario_can_move_has_its_interval_and_no_verdict(name, reason):
    """Catches minutes to the door called better by 29.9 because fewer calls were visited."""
    results = []
    for asked in units(2, 8):
        seen = 50.0 + asked.replication - (30.0 + asked.replication % 2) * asked.scenario
        results.append((asked, [Row(one, "england", "England", seen, 100.0, 5) for one in (name, "met_share")]))
    table = tables.comparison(gather(("today", "other"), 8, results), {}).set_index("measure")
    assert (table.verdict[name], table.family[name]) == ("not_comparable", 0)
    assert table.reason[name].startswith(reason)
    assert np.isnan(table.p_holm[name])
    assert (round(table.difference[name], 9), table.ci_low[name]) == (-0.305, table.alone_low[name])
    assert (table.verdict["met_share"], table.family["met_share"], table.reason["met_share"]) == ("worse", 1, "")


def test_a_selected_figure_says_how_many_it_is_over():
    """Catches a wait of the few who were visited, printed as if it were of everybody."""
    found = [
        (asked, [Row(SELECTED, "england", "England", 60.0, 3.0 + asked.replication, 3), Row(
            "hours_on_call_per_week_median", "role", "nurse", 5.0, 1.0, 12), Row(PART, "england", "England", 1, 9, 1)])
        for asked in units(1, 2)
    ]  # fmt: skip
    table = tables.summary(gather(("today",), 2, found)).set_index("measure")
    assert table.n[[SELECTED, "hours_on_call_per_week_median"]].tolist() == [3.5, 12.0]
    assert np.isnan(table.n[PART])


def test_a_burden_that_nobody_has_on_either_side_is_not_decided():
    """The same in four replications is no certainty, and of hours there is no bound."""
    catalogue = {"hours": Measure("hours", "Hours", "hours/person-week", "lower", "mean", "hours")}
    results = [(asked, [Row("hours", "role", "nurse", 0.0, 1.0, 0)]) for asked in units(2, 4)]
    table = tables.comparison(gather(("today", "other"), 4, results, catalogue), {}, catalogue)
    assert table["verdict"].tolist() == ["not_decided"]


def test_one_scenario_has_an_empty_comparison_with_its_columns():
    catalogue = {"hours": Measure("hours", "Hours", "hours/person-week", "lower", "mean", "hours")}
    alone = gather(("today",), 1, [(Unit(0, 0), [Row("hours", "role", "nurse", 9.0, 1.0, 1)])], catalogue)
    table = tables.comparison(alone, {}, catalogue)
    assert table.empty
    assert list(table.columns) == tables.COMPARISON


def test_holms_p_values_by_hand():
    assert compare.holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert compare.holm(np.array([0.6, 0.7])) == pytest.approx([1.0, 1.0])


def test_what_one_comparison_decides_many_may_not():
    barely = (-0.09, -0.001)
    assert judge([barely]).verdict[0] == "better"
    assert set(judge([barely] * 10).verdict) == {"not_decided"}
    clear = judge([(-0.09, -0.08)] * 9 + [barely])
    assert list(clear.verdict) == ["better"] * 10  # Holm: the last of ten stands against nobody else
    assert clear.p[-1] == pytest.approx(judge([barely]).p[0])


def test_a_family_is_the_rows_of_one_group_that_have_something_to_test():
    same, unknown = (0.0, 0.0), (np.nan, np.nan)
    found = judge([(-0.09, -0.03), (-0.05, 0.05), same, unknown, (0.1, 0.2)], groups=[*["england"] * 4, "area"])
    assert found.family.tolist() == [2, 2, 0, 0, 1]
    assert found.p[2] == 0.0
    assert np.isnan(found.p[3])
    assert found.verdict.tolist() == ["better", "not_decided", "no_material_difference", "not_decided", "worse"]


def test_intervals_of_a_family_are_bonferronis():
    """t with 19 degrees of freedom: 2.093 at 95 %, 3.174 at 1 - 0.05 / 10 (printed tables)."""
    found = judge([(-1.0, 1.0)] * 10)
    assert found.high[0] == pytest.approx(3.174 / 2.093, rel=1e-3)
    assert found.low[0] == -found.high[0]
    alone = judge([(-1.0, 1.0)])
    assert (alone.low[0], alone.high[0]) == (-1.0, 1.0)


def test_nothing_seen_is_as_unsure_as_its_family_is_large():
    half = 1 - 0.05 ** (1 / 500)
    found = Estimate(np.zeros(10), np.full(10, -half), np.full(10, half), np.full(10, 20))
    words = np.array(["lower"] * 10), np.array(["england"] * 10), np.full(10, 500.0)
    narrow, wide = (compare.judge(found, np.full(10, zone), *words) for zone in (0.007, 0.02))
    assert narrow.high[0] == pytest.approx(1 - 0.005 ** (1 / 500))
    assert narrow.verdict[0] == "not_decided"
    assert wide.verdict[0] == "no_material_difference"


def test_no_verdict_of_a_family_is_wrong_more_often_than_it_says():
    """400 studies of 12 comparisons, the truth just on the border or anywhere: any wrong claim in at most 5 %.

    Three standard errors of 400 studies allowed: 5 + 3.3 %.
    """
    draws, wrong, missed, zone = np.random.default_rng(5), 0, 0, 0.5
    truth = np.array([-2.0, -0.5, -0.5, -0.5, 0.0, 0.0, 0.5, 0.5, 0.5, 0.5, 0.5, 1.5])
    right = {"better": truth < -zone, "worse": truth > zone, "no_material_difference": np.abs(truth) <= zone}
    for _ in range(400):
        found = estimate.mean(truth[:, None] + draws.normal(size=(12, 10)))
        judged = compare.judge(found, np.full(12, zone), np.array(["lower"] * 12), np.array(["england"] * 12))
        wrong += any((judged.verdict == word)[~holds].any() for word, holds in right.items())
        missed += ((judged.low > truth) | (judged.high < truth)).any()
    assert wrong / 400 <= 0.083
    assert missed / 400 <= 0.083


def test_the_variance_ratio_is_what_the_same_families_are_worth():
    luck, own = np.random.default_rng(6).normal(size=(2, 1, 4000))
    base, other = luck, luck + 0.1 * own  # var 1 and 1.01 against 0.01 of the difference
    assert compare.value_pairing(base, other)[0] == pytest.approx(201, rel=0.1)
    assert compare.value_pairing(luck, own)[0] == pytest.approx(1.0, rel=0.1)
    assert np.isnan(compare.value_pairing(luck, luck + 1.0)[0])
    assert np.isnan(compare.value_pairing(base[:, :9], other[:, :9])[0])  # of nine replications it is not told
    calls = np.full((1, 4000), 50.0)
    ratio = compare.ratio_pairing((base * 50 + 500, calls), (other * 50 + 500, calls))
    assert ratio[0] == pytest.approx(compare.value_pairing(base, other)[0])


def test_what_pairing_is_worth_has_an_interval_that_holds():
    """400 studies of 20 replications: catches an interval of two variances taken as independent of each other."""
    luck, own = np.random.default_rng(6).normal(size=(2, 400, 20))
    value, low, high = compare.value_pairing(luck, luck + 0.5 * own)
    true = (1 + 1.25) / 0.25
    assert 0.9 <= ((low <= true) & (true <= high)).mean() <= 0.99
    assert ((low < value) & (value < high)).all()


WITHIN = (0.905, 0.985)  # of a nominal 95 %, in 400 experiments


@pytest.mark.parametrize("replications", [5, 20])
@pytest.mark.parametrize("kind", ["mean", "ratio", "difference of ratios"])
def test_intervals_hold_the_truth_as_often_as_they_say(kind, replications):
    """400 experiments with an answer in closed form: calls of a Poisson number of families, a binomial share unmet."""
    draws, shape = np.random.default_rng(7), (400, replications)
    calls = draws.poisson(60, size=shape) + 1.0
    unmet = draws.binomial(calls.astype(int), 0.3).astype(float)
    if kind == "mean":
        found, truth = estimate.mean(calls), 61.0
    elif kind == "ratio":
        found, truth = estimate.ratio(unmet, calls), 0.3
    else:
        fewer = draws.binomial(unmet.astype(int), 0.5).astype(float)
        found, truth = compare.ratio_difference((unmet, calls), (fewer, calls)), -0.15
    covered = ((found.low <= truth) & (found.high >= truth)).mean()
    assert WITHIN[0] <= covered <= WITHIN[1]


# -- every two scenarios ----------------------------------------------------------------------------------------------


def _options(replications: int = 8, many: int = 3) -> Observations:
    """Scenarios of which each has less unmet demand than the one before; night is no headline of another level."""
    results = []
    for asked in units(many, replications):
        seen = 60.0 - 10.0 * asked.scenario + asked.replication % 3
        rows = [Row(name, "england", "England", seen, 100.0, 5) for name in ("unmet_demand_share", "met_share")]
        results.append((asked, [*rows, Row("unmet_demand_share", "area", "QHG", seen, 100.0, 5)]))
    return gather(("today", "icb", "regional")[:many], replications, results)


def test_the_headlines_of_every_two_scenarios_are_one_family():
    """Catches the choice between two rotas judged as if it were the only question asked, or never asked at all."""
    against_first, pairs = tables.compared(_options(), {}, every_pair=True)
    assert [(row.baseline, row.scenario, row.measure) for row in pairs.itertuples()] == [
        ("today", "icb", "unmet_demand_share"),
        ("today", "regional", "unmet_demand_share"),
        ("icb", "regional", "unmet_demand_share"),
    ]
    assert pairs.difference.round(9).tolist() == [-0.1, -0.2, -0.1]
    assert set(against_first.baseline) == {"today"}
    assert against_first.groupby(["measure", "group"], sort=False).size().tolist() == [2, 2, 2]
    alone, _ = tables.compared(_options(), {})
    assert len(alone) == len(against_first)
    assert tables.comparison(_options(), {}).equals(alone)


def test_a_family_grows_with_the_questions_that_may_be_asked():
    spread = _options()
    noise = np.random.default_rng(3).normal(0, 5, spread.numerators.shape)
    noisy = replace(spread, numerators=spread.numerators + noise)
    found, pairs = tables.compared(noisy, {}, every_pair=True)
    assert set(pairs.family) == {3}
    of_headline = found[(found.measure == "unmet_demand_share") & (found.group == "england")]
    assert of_headline.family.tolist() == [3, 3]
    assert (of_headline.ci_high - of_headline.ci_low > 1.1 * (of_headline.alone_high - of_headline.alone_low)).all()
    alone = tables.comparison(noisy, {})
    assert set(alone[(alone.measure == "unmet_demand_share") & (alone.group == "england")].family) == {2}
    assert set(found[found.measure == "met_share"].family) == {2}  # no other family grows
