"""A scenario without goodwill is told at both ends of what nobody knows: who is, what is run, what is written."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import config
from sim.config.ridge import OnRidge
from sim.experiment import goodwill_range
from sim.experiment.goodwill_range import COLUMNS, MEASURES, REPLICATIONS, beside, rows, withdrawn
from sim.experiment.observations import Observations
from sim.experiment.study import Study
from sim.report.words.answer import over_who_goes_home_anyway
from sim.screen import ranged
from tests.unit.report_tables import made_up

SMALL = ["areas=[QHG]", "replications=20"]
RIDGE = tuple(
    OnRidge(a, target, g, g, g, 0.1, 0.3, {})
    for a, target, g in (
        (0.0, 0.23, 0.8), (0.35, 0.23, 0.55), (0.6, 0.23, float("nan")), (0.5, 0.23, 0.3), (0.6, 0.21, 0.1),
    )
)  # fmt: skip


@pytest.fixture(autouse=True)
def the_ridge(monkeypatch):
    monkeypatch.setattr(goodwill_range, "shipped_ridge", lambda: RIDGE)


@pytest.fixture(scope="module")
def patchwork():
    return config.plan("current_patchwork", SMALL)


def of(plan, name=None, **place):
    """The plan with another choice of place, under another name."""
    scenario = plan.scenario
    changed = replace(scenario, name=name or scenario.name, place=replace(scenario.place, **place))
    return replace(plan, scenario=changed)


def study(patchwork, *others, verb="compare", **base):
    shipped = {"home_anyway": 0.35, "goodwill_makes_home": 0.55, **base}
    return Study(
        verb, (of(patchwork, **shipped), *(of(patchwork, name, **{**shipped, **place}) for name, place in others))
    )


WITHOUT = ("without", {"goodwill_makes_home": 0.0})
SAME = ("same", {})


def test_only_scenarios_that_differ_in_g_are_told_as_a_range(patchwork):
    assert withdrawn(study(patchwork, WITHOUT, SAME)) == ("without",)
    assert withdrawn(study(patchwork, SAME, goodwill_makes_home=0.0)) == ()
    assert withdrawn(study(patchwork, WITHOUT, verb="cover")) == ()


def test_another_a_or_g_than_the_shipped_is_told_as_no_range(patchwork):
    """Catches ends of a ridge on which the study does not stand."""
    assert withdrawn(study(patchwork, WITHOUT, goodwill_makes_home=0.9)) == ()
    assert withdrawn(study(patchwork, WITHOUT, home_anyway=0.4)) == ()
    assert beside(study(patchwork, WITHOUT, home_anyway=0.4)) == (None, ())


def test_each_end_has_the_baseline_at_its_own_g_and_the_scenario_without(patchwork):
    """Catches the shipped g at another a, which would not agree with today, and an end without a solution."""
    ends, found = beside(study(patchwork, WITHOUT, SAME))
    assert ends is not None
    told = [(one.name, one.place.home_anyway, one.place.goodwill_makes_home) for one in ends.scenarios]
    assert told == [
        ("current_patchwork_anyway_0_percent", 0.0, 0.8), ("without_anyway_0_percent", 0.0, 0.0),
        ("current_patchwork_anyway_50_percent", 0.5, 0.3), ("without_anyway_50_percent", 0.5, 0.0),
    ]  # fmt: skip
    assert ends.replications == REPLICATIONS
    assert [corner.anyway for corner in found] == [0.0, 0.5]
    assert len({plan.fingerprint for plan in ends.plans}) == 4


def seen(names, unmet):
    """Unmet demand of each scenario in two replications, 100 calls each."""
    top = np.array([[[100 * share, 100 * share]] for share in unmet])
    return Observations(names, ((MEASURES[0], "england", "England"),), top, np.full_like(top, 100.0), top)


def test_the_table_has_each_a_in_order_with_both_figures_and_their_difference(patchwork):
    wanted = study(patchwork, WITHOUT)
    ends, _ = beside(wanted)
    assert ends is not None
    here = seen(("current_patchwork", "without"), (0.5, 0.7))
    there = seen(tuple(one.name for one in ends.scenarios), (0.5, 0.9, 0.5, 0.6))
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows(wanted, here, there)]
    assert [(row["home_anyway"], row["goodwill_makes_home"]) for row in found] == [(0.0, 0.8), (0.35, 0.55), (0.5, 0.3)]
    assert [row["difference"] for row in found] == pytest.approx([0.4, 0.2, 0.1])
    assert [row["scenario_mean"] for row in found] == pytest.approx([0.9, 0.7, 0.6])
    assert list(rows(wanted, here, None)) == []


def test_the_page_and_the_screen_tell_the_range_beside_the_verdict(patchwork):
    """Catches a range of another measure, or told of a scenario that has none."""
    import pandas as pd

    line = ["current_patchwork", "goodwill_withdrawn", 0.0, 0.8, 8, MEASURES[0], "share", 0.5, 0.9, 0.4, 0.3, 0.5]
    other = ["current_patchwork", "goodwill_withdrawn", 0.5, 0.3, 8, MEASURES[0], "share", 0.5, 0.6, 0.1, 0.0, 0.2]
    table = pd.DataFrame([line, other, [*line[:5], MEASURES[1], *line[6:9], -0.9, 0, 0]], columns=COLUMNS)
    tables = replace(made_up(codes=("QHG",)), goodwill_range=table)
    said = over_who_goes_home_anyway(tables, "goodwill_withdrawn")
    assert said == (
        " How many families go home with nobody on call is not known: +40.0 points if 0% do (8 replications) and "
        "+10.0 points if 50% do (8 replications)."
    )
    assert over_who_goes_home_anyway(tables, "icb_rota") == ""
    assert ranged(table) == [
        "Over who goes home anyway (place.home_anyway, a): unmet demand of goodwill_withdrawn +40.0 points at a = 0 "
        "(8 replications), +10.0 points at a = 0.5 (8 replications)."
    ]
    assert ranged(None) == []


def test_a_comparison_runs_both_ends_and_goes_on_from_what_is_there(monkeypatch, tmp_path):
    """Catches a table without the study's own a, ends on other families, and a stopped study that forgets its ends."""
    import oncall_sim

    monkeypatch.undo()
    small = {"areas": ["QHG"], "weeks": 4, "warmup_weeks": 0, "replications": 2, "workers": 1}
    plans = [oncall_sim.load_scenario(name, small) for name in ("current_patchwork", "goodwill_withdrawn")]
    found = oncall_sim.compare(plans, out=tmp_path / "mine").table("goodwill_range")
    unmet = found[found["measure"] == MEASURES[0]]
    assert len(unmet) == 3
    assert unmet["home_anyway"].is_monotonic_increasing
    assert unmet["goodwill_makes_home"].is_monotonic_decreasing
    assert (unmet["difference"] >= 0).all()  # nothing is met that was not: goodwill only helps
    assert not list(tmp_path.glob(".*"))
