"""What a closed night costs, gaps between areas and who is left behind, on numbers worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.experiment.closing import closing
from sim.experiment.equity import Sums, equity, gap_of
from sim.experiment.fieller import fieller
from sim.experiment.observations import gather
from sim.experiment.tables import comparison
from sim.experiment.units import Unit
from sim.measures.catalogue import CATALOGUE
from sim.measures.rows import Row

NIGHTS, UNMET = "child_nights_without_visit_achieved_share", "unmet_demand_share"


def seen(*replications):
    """Observations of the scenarios ``base`` and ``other``; each replication: the rows of the one and of the other."""
    units = [(Unit(r, s), rows) for r, pair in enumerate(replications) for s, rows in enumerate(pair)]
    return gather(("base", "other"), len(replications), units)


def money(gbp: float, nights: float) -> list[Row]:
    return [
        Row("standing_cost", "england", "England", gbp, 1.0, gbp),
        Row(NIGHTS, "england", "England", nights, 1000.0, nights),
    ]


def test_pounds_over_nights_closed_by_the_year():
    """GBP 5,000 more for 100 nights closed in 26 weeks: 25 a night, for both are told by the year."""
    table = closing(seen(*[(money(1000, 300 + r), money(6000, 200 + 2 * r)) for r in range(8)]), weeks=26)
    (row,) = table.to_dict("records")
    assert (row["cost_difference"], row["closed"]) == (5000, pytest.approx(2 * 96.5))
    assert row["gbp_per_night"] == pytest.approx(5000 / 193)
    assert row["gbp_low"] < 5000 / 193 < row["gbp_high"]
    assert row["says"] == "bought"


@pytest.mark.parametrize(
    ("gbp", "closed", "says"),
    [
        ((900, 910, 905), (50, 52, 54), "bought"), ((-900, -910, -905), (50, 52, 54), "won"),
        ((-900, -910, -905), (-50, -52, -54), "given_up"), ((900, 910, 905), (-50, -52, -54), "lost"),
        ((900, 910, 905), (-50, 52, 5), "not_decided"), ((-900, 910, 5), (50, 52, 54), "not_decided"),
    ],
)  # fmt: skip
def test_what_may_be_said_about_a_night(gbp, closed, says):
    """Catches a price of nights that may not have been closed at all."""
    pairs = [(money(1000, 300), money(1000 + g, 300 - n)) for g, n in zip(2 * gbp, 2 * closed, strict=True)]
    (row,) = closing(seen(*pairs), weeks=52).to_dict("records")
    assert row["says"] == says
    assert math.isnan(row["gbp_per_night"]) == (closed[0] * closed[1] < 0)


def test_a_whole_cost_that_differs_by_the_same_in_all_replications_decides_nothing():
    """Catches "lost" of areas whose simulated cost moved by one and the same sum; what is paid on paper is certain."""

    def both(gbp: float, nights: float) -> list[Row]:
        return [*money(gbp, nights), Row("total_cost", "england", "England", gbp, 1.0, gbp)]

    table = closing(seen(*[(both(1000.1, 300), both(1900.2, 250 - r)) for r in range(8)]), weeks=52)
    assert dict(zip(table["cost"], table["says"], strict=True)) == {
        "total_cost": "not_decided",
        "standing_cost": "bought",
    }


def test_fieller_is_the_t_interval_over_a_constant_and_wider_when_both_vary_apart():
    """With a constant below, the ratio is a mean over that constant: 10 +- 4.303 x 1 / sqrt(3), over 2."""
    found = fieller(np.array([9.0, 10.0, 11.0]), np.array([2.0, 2.0, 2.0]))
    assert found.value == 5
    assert (found.low, found.high) == pytest.approx((5 - 4.302653 / 3**0.5 / 2, 5 + 4.302653 / 3**0.5 / 2))
    together = fieller(np.array([9.0, 10.0, 11.0]), np.array([4.5, 5.0, 5.5]))
    assert (together.low, together.high) == pytest.approx((2, 2), abs=1e-6)  # always twice as much
    apart = fieller(np.array([9.0, 10.0, 11.0]), np.array([5.5, 5.0, 4.5]))
    assert apart.high - apart.low > 2
    assert math.isnan(fieller(np.array([9.0, 10.0, 11.0]), np.array([5.0, -5.0, 1.0])).value)
    assert math.isnan(fieller(np.array([9.0]), np.array([5.0])).value)


def test_fieller_covers_the_true_ratio_in_19_of_20_studies():
    """Catches a t quantile of the wrong tail and covariance left out; 400 studies, allowance of 4 standard errors."""
    random = np.random.default_rng(7)
    inside = 0
    for _ in range(400):
        both = random.multivariate_normal([6.0, 3.0], [[1.0, 0.6], [0.6, 1.0]], size=8)
        found = fieller(both[:, 0], both[:, 1])
        inside += found.low <= 2.0 <= found.high
    assert inside / 400 == pytest.approx(0.95, abs=4 * (0.95 * 0.05 / 400) ** 0.5)


# -- gaps -------------------------------------------------------------------------------------------------------------


def areas(means: list[float], noise: float = 0.0, replications: int = 20, seed: int = 3) -> Sums:
    """Areas with these means over 1,000 nights a replication, and noise between replications."""
    drawn = np.array(means)[:, None] + noise * np.random.default_rng(seed).standard_normal((len(means), replications))
    return Sums(1000 * drawn, np.full(drawn.shape, 1000.0))


def test_identical_areas_show_a_gap_and_chance_explains_it():
    """Catches areas told apart by luck: 40 areas of the same 30 %, each with its own error."""
    gap = gap_of("area", [str(n) for n in range(40)], areas([0.3] * 40, noise=0.1))
    assert gap is not None
    assert gap.observed > 0.04
    assert gap.corrected == pytest.approx(0, abs=0.02)


def test_without_error_the_gap_is_the_90th_minus_the_10th_percentile():
    gap = gap_of("area", [str(n) for n in range(11)], areas([n / 10 for n in range(11)]))
    assert gap is not None
    assert (gap.observed, gap.chance) == (pytest.approx(0.8), pytest.approx(0))


def levelled(worse: float, better: float, measure: str = UNMET) -> list[Row]:
    rural = (("over 30 % rural", worse), ("under 10 % rural", better))
    return [Row(measure, "rural", level, 100 * share, 100.0, share) for level, share in rural]


def test_the_alarm_rings_only_when_a_gap_narrows_by_making_somebody_worse_off():
    """Rural 50 %, urban 20 %: levelling down raises the urban share, levelling up lowers the rural one."""
    before = [levelled(0.50 + e, 0.20 + e) for e in (0.0, 0.01, -0.01, 0.0, 0.005, -0.005)]
    down = [levelled(0.50 + e, 0.40 + e) for e in (0.0, 0.011, -0.011, 0.0, 0.005, -0.005)]
    up = [levelled(0.30 + e, 0.20 + e) for e in (0.0, 0.011, -0.011, 0.0, 0.005, -0.005)]
    for after, alarm, who in ((down, "yes", "under 10 % rural"), (up, "no", "")):
        base, other = equity(seen(*zip(before, after, strict=True))).to_dict("records")
        assert base["gap"] == pytest.approx(0.3)
        assert (base["verdict"], base["levelling_down"]) == ("", "")
        assert (other["high"], other["low"], other["chance"]) == ("over 30 % rural", "under 10 % rural", 0)
        assert other["verdict"] == "narrower"
        assert (other["levelling_down"], other["worst"]) == (alarm, who)
    assert other["worse_off"] == 0


def test_where_high_is_good_who_falls_is_worse_off_and_who_rises_is_not():
    """Rural 50 % answered in time, urban 80 %: catches answers in time told as levelling down where they are gained."""
    noise = (0.0, 0.01, -0.01, 0.0, 0.005, -0.005)
    before = [levelled(0.50 + e, 0.80 + e, "answered_in_standard_share") for e in noise]
    for after, verdict, alarm, who in (
        ((0.79, 0.81), "narrower", "no", ""),
        ((0.49, 0.52), "narrower", "yes", "under 10 % rural"),
        ((0.30, 0.80), "wider", "no", "over 30 % rural"),
    ):
        then = [levelled(after[0] + 1.1 * e, after[1] + 1.1 * e, "answered_in_standard_share") for e in noise]
        other = equity(seen(*zip(before, then, strict=True))).to_dict("records")[1]
        assert (other["verdict"], other["levelling_down"], other["worst"]) == (verdict, alarm, who)


def test_a_gap_that_widens_is_no_levelling_down_though_somebody_is_worse_off():
    before = [levelled(0.50 + e, 0.20 + e) for e in (0.0, 0.01, -0.01, 0.0, 0.005, -0.005)]
    after = [levelled(0.70 + e, 0.20 + e) for e in (0.0, 0.011, -0.011, 0.0, 0.005, -0.005)]
    other = equity(seen(*zip(before, after, strict=True))).to_dict("records")[1]
    assert (other["verdict"], other["worse_off"], other["levelling_down"]) == ("wider", 1, "no")


def test_who_is_worse_off_is_said_of_all_levels_together():
    """Student's t with 5 degrees of freedom at 1 - 0.025 / 2 and at 0.975: one level of two is held to more."""
    before = [levelled(0.50 + e, 0.20 + e) for e in (0.0, 0.01, -0.01, 0.0, 0.005, -0.005)]
    after = [levelled(0.50 + e, 0.40 - e) for e in (0.0, 0.01, -0.01, 0.0, 0.005, -0.005)]
    other = equity(seen(*zip(before, after, strict=True))).to_dict("records")[1]
    error = np.std([0.0, 0.02, -0.02, 0.0, 0.01, -0.01], ddof=1) / np.sqrt(6)
    assert other["worst_difference"] - other["worst_low"] >= 3.163381 * error * 0.999


def test_a_gap_that_may_have_narrowed_by_chance_rings_nothing():
    before = [levelled(0.5, 0.2), levelled(0.2, 0.5), levelled(0.6, 0.2)]
    after = [levelled(0.3, 0.4), levelled(0.5, 0.5), levelled(0.4, 0.4)]
    other = equity(seen(*zip(before, after, strict=True))).to_dict("records")[1]
    assert (other["verdict"], other["levelling_down"]) == ("not_decided", "no")


# -- verdicts on costs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("more", "verdict"), [(0.01, "no_material_difference"), (0.05, "worse"), (-0.05, "better")])
def test_the_zone_of_a_cost_is_a_share_of_the_baselines_figure(more, verdict):
    """2 % of GBP 100,000 is 2,000: catches a zone of 2 pence, by which every rota differs."""
    pairs = [(money(1e5 + r, 300), money((1e5 + r) * (1 + more), 300)) for r in range(8)]
    whole = {"standing_cost": replace(CATALOGUE["standing_cost"], part_of="")}  # as if no place of care were left out
    table = comparison(seen(*pairs), {"standing_cost": 0.02}, CATALOGUE | whole)
    row = table[table["measure"] == "standing_cost"].iloc[0]
    assert (row["verdict"], row["family"]) == (verdict, 1)  # costs are a family of their own
