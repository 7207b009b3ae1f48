"""A scenario without goodwill is told at both ends of what nobody knows: who is, what is run, what is written."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from sim import config, screen
from sim.config.ridge import OnRidge
from sim.experiment import goodwill_range
from sim.experiment.goodwill_range import COLUMNS, MEASURES, REPLICATIONS, beside, of_one_a, rows, withdrawn
from sim.experiment.observations import Observations
from sim.experiment.study import Study
from sim.report.exhibits.coverage import coverage
from sim.report.exhibits.fates import fates
from sim.report.exhibits.hours import by_hour
from sim.report.exhibits.unmet_demand import unmet_by_cause
from sim.report.page.controls import controls
from sim.report.page.report import headlines
from sim.report.words import NO_BREAK
from sim.report.words.answer import answer
from sim.report.words.captions import caption
from sim.report.words.headlines import cards
from sim.report.words.home_anyway import (
    ANYWAY,
    GOODWILL,
    UNMET,
    drawn_at,
    explained,
    over_a,
    over_who_goes_home_anyway,
)
from sim.report.workbook import workbook
from sim.screen import ranged
from tests.unit.report_tables import with_fates

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
    assert withdrawn(study(patchwork, WITHOUT, SAME, verb="uncertainty")) == ("without",)
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


def withdrawn_tables(*ends, base="current_patchwork", anyway=0.35):
    """Made-up tables of a study with a scenario without g, and its range. ends: a, baseline's share, the scenario's."""
    names = ("current_patchwork", "goodwill_withdrawn")
    made = with_fates(*(names if base == names[0] else names[::-1]), codes=("QHG",))
    place = [
        (name, key, value, "probability", "assumed", "nobody knows")
        for name, g in (("current_patchwork", 0.55), ("goodwill_withdrawn", 0.0))
        for key, value in ((ANYWAY, anyway), (GOODWILL, g))
    ]
    table = [
        [base, made.names[1], a, 0.5, 8, measure, "share", there, here, here - there, 0.0, 1.0]
        for a, there, here in ends
        for measure in (UNMET, f"{UNMET}_night", "fate_whole_share")
    ]
    known = pd.DataFrame(place, columns=made.assumptions.columns)
    return replace(
        made, assumptions=pd.concat([made.assumptions, known], ignore_index=True),
        goodwill_range=pd.DataFrame(table, columns=COLUMNS) if ends else None,
    )  # fmt: skip


ENDS = ((0.5, 0.5, 0.6), (0.0, 0.5, 0.9))


def test_the_answer_and_the_screen_tell_the_range_beside_the_verdict():
    """Catches a range of another measure, told of a scenario that has none, or in another order than that of a."""
    tables = withdrawn_tables(*ENDS)
    said = over_who_goes_home_anyway(tables, "goodwill_withdrawn")
    assert said == (
        " How many families go home with nobody on call and no goodwill is not known: unmet demand is 90% if 0% do "
        "(+40.0 points; 8 replications) and 60% if 50% do (+10.0 points; 8 replications)."
    )
    assert over_who_goes_home_anyway(tables, "current_patchwork") == ""
    assert [said in sentence for sentence in answer(tables)].count(True) == 1
    assert ranged(tables.goodwill_range.sort_values("home_anyway")) == [
        "Over who goes home anyway (place.home_anyway, a): unmet demand of goodwill_withdrawn 90.0 % at a = 0 "
        "(+40.0 points; 8 replications), 60.0 % at a = 0.5 (+10.0 points; 8 replications)."
    ]
    assert ranged(None) == []


def test_every_figure_that_hangs_on_a_is_told_over_it():
    """Catches a card, a table, a slide or a sheet with one number of goodwill withdrawn as if it were certain."""
    tables = withdrawn_tables(*ENDS)
    over = "60% to 90% over a of 0 to 0.5"
    assert over_a(tables, "goodwill_withdrawn", UNMET) == over
    assert over_a(tables, "current_patchwork", UNMET) == ""
    assert over_a(tables, "goodwill_withdrawn", "child_nights_without_visit_achieved_share") == ""
    (_, base), (_, without) = cards(tables)[1]
    assert not any("over a" in card.range for card in base)
    assert sum(card.range.endswith(f"; {over}") for card in without) == 2  # whole families and unmet demand at night
    for grid in (headlines(tables), unmet_by_cause(tables).grid, coverage(tables).grid, fates(tables).grid):
        assert over in "\n".join(cell for row in grid.rows for cell in row).replace(NO_BREAK, " "), grid.caption
    assert "a of 0 to 0.5" not in coverage(tables).grid.rows[0][1]
    assert explained(tables).endswith("one number alone is of one a.")
    assert " Drawn: Goodwill withdrawn at a = 0.35 alone. Driven by" in coverage(tables).caption
    said = [called.replace(NO_BREAK, " ") for called in controls(tables)["called"]]
    assert said == ["Current patchwork", "Goodwill withdrawn (a = 0.35)"]
    book = load_workbook(io.BytesIO(workbook(tables)))
    told = {row[0].value: number for number, row in enumerate(book["Read me"].iter_rows(), start=1)}
    assert "Sheet Over who goes home" in told
    assert book["Read me"].row_dimensions[told["Answer"]].height == 45  # three lines
    sheet = book["Over who goes home"]
    assert sheet.row_dimensions[3].height == 45  # three lines of "Go home anyway (a)"
    assert sheet.row_dimensions[4].height is None
    assert [cell.value for cell in sheet[4]][:7] == [
        "Goodwill withdrawn",
        "Unmet demand in all hours",
        0.5,
        0.5,
        8,
        0.5,
        0.6,
    ]


def test_a_caption_names_the_a_of_what_it_shows_alone():
    """Catches a slide of another scenario's flows that says at which a goodwill withdrawn was drawn."""
    tables = withdrawn_tables(*ENDS)
    assert drawn_at(tables, tables.names) == " Drawn: Goodwill withdrawn at a = 0.35 alone."
    assert drawn_at(tables, ["current_patchwork"]) == ""
    assert "Drawn" not in caption(tables, "", drawn=["current_patchwork"])


def test_a_baseline_without_goodwill_is_told_over_a_too():
    """Catches a range looked up on the scenario's side alone."""
    tables = withdrawn_tables((0.0, 0.9, 0.5), (0.5, 0.6, 0.5), base="goodwill_withdrawn")
    assert over_a(tables, "goodwill_withdrawn", UNMET) == "60% to 90% over a of 0 to 0.5"
    assert over_who_goes_home_anyway(tables, "goodwill_withdrawn").endswith("is 90% if 0% do and 60% if 50% do.")


def test_without_a_range_words_say_of_which_a_a_figure_is():
    """Catches a run of goodwill withdrawn alone that prints one number without saying what it hangs on."""
    tables = withdrawn_tables()
    assert over_a(tables, "goodwill_withdrawn", UNMET) == "at a = 0.35 alone"
    assert "this is one number, for 35% of them, and no range was computed" in " ".join(answer(tables))
    assert "read no figure of it as certain" in explained(tables)
    alone = replace(tables, scenarios=tables.scenarios[1:])
    title = unmet_by_cause(alone).title.replace(NO_BREAK, " ")
    assert title == "Unmet demand: 58% in Goodwill withdrawn (a = 0.35)"
    for exhibit in (by_hour(alone), fates(alone)):
        assert "Goodwill withdrawn (a = 0.35)" in exhibit.title.replace(NO_BREAK, " ")
    everybody = withdrawn_tables(anyway=1.0)
    assert over_a(everybody, "goodwill_withdrawn", UNMET) == explained(everybody) == ""


def test_the_screen_says_of_which_a_the_figures_are_where_no_range_is_computed(patchwork):
    """Catches silence of a single run, and words where the range is told or nothing hangs on a."""
    alone = Study("run", (of(patchwork, "without", home_anyway=0.4, goodwill_makes_home=0.0),))
    assert of_one_a(alone) == {"without": 0.4}
    assert screen.of_one_a(of_one_a(alone)) == [
        "without: nobody knows how many families go home anyway (place.home_anyway, a); its figures are of a = 0.4 "
        "alone, and no range was computed."
    ]
    assert of_one_a(study(patchwork, WITHOUT, SAME)) == {}
    assert of_one_a(study(patchwork, WITHOUT, home_anyway=1.0)) == {}


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
