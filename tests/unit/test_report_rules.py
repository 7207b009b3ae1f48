"""Costs, standards, gaps and the Ambitions as the page tells them, from tables written by hand."""

from __future__ import annotations

import dataclasses
import math
import re

import pandas as pd
import pytest

from sim.experiment.closing import COLUMNS as CLOSING
from sim.experiment.equity import COLUMNS as EQUITY
from sim.measures.catalogue import CATALOGUE
from sim.report.drawing.style import styled
from sim.report.exhibits.costs import BESIDE, COUNTED, PANELS, PARTS, costs, nights_closed
from sim.report.exhibits.fragility import HOURS, HOW, fragility
from sim.report.exhibits.fragility import PANELS as FRAGILE
from sim.report.exhibits.standards import CARE, MET, NOT, PARTLY, STANDARDS, has_standards, judge, standards
from sim.report.exhibits.worst_served import worst_served
from sim.report.page.ambitions import AMBITIONS, ambitions
from sim.report.tables import Estimate, Tables
from tests.unit.report_tables import made_up

BORDERS = {"qs160": (0.99, 0.5), "response": (0.7, 0.5), "working_time": (0.99, 0.9)}


def tables(shares: dict[str, float], costs_rows=(), equity_rows=()) -> Tables:
    """Two scenarios with these measures for England, and each kind of service alike."""
    made = made_up(("current_patchwork", "icb_rota"), ("QHG",))
    rows = [
        {
            "scenario": name, "measure": measure, "unit": CATALOGUE[measure].unit, "group": group, "level": level,
            "mean": mean, "ci_low": mean - 0.001, "ci_high": mean + 0.001, "pi_low": mean, "pi_high": mean,
            "replications": 20, "events": 100,
        }
        for name in made.names
        for measure, mean in shares.items()
        for group, level in (("england", "England"), ("area_type", "full"))
    ]  # fmt: skip
    numbers = [
        (name, f"standards.{kind}_{word}_from_share", share, "share", "assumed", "a reason")
        for name in made.names
        for kind, pair in BORDERS.items()
        for word, share in zip(("met", "partly"), pair, strict=True)
    ]
    assumed = pd.concat([made.assumptions, pd.DataFrame(numbers, columns=made.assumptions.columns)])
    return dataclasses.replace(
        made,
        summary=pd.DataFrame(rows),
        comparison=made.comparison.iloc[:0],
        assumptions=assumed,
        costs=pd.DataFrame(costs_rows, columns=CLOSING),
        equity=pd.DataFrame(equity_rows, columns=EQUITY),
    )


# -- standards --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mean", "low", "high", "missed", "word", "sure"),
    [
        (0.99, 0.99, 1.0, False, MET, True), (0.95, 0.94, 0.96, False, PARTLY, True), (0.2, 0.1, 0.3, False, NOT, True),
        (0.985, 0.98, 0.995, False, PARTLY, False), (0.005, 0.0, 0.01, True, MET, True),
        (0.6, 0.55, 0.7, True, NOT, True),
    ],
)  # fmt: skip
def test_a_share_has_a_word_and_is_undecided_across_a_border(mean, low, high, missed, word, sure):
    """Catches a share of breaches read as a share kept, and a verdict on the mean alone."""
    judged = judge(Estimate(mean, low, high, low, high, 10), (0.99, 0.5), missed)
    assert (judged.word, judged.sure) == (word, sure)


def test_no_figure_has_no_word():
    assert judge(Estimate(*[math.nan] * 6), (0.99, 0.5), False).word == ""


KEPT = {one.held: 0.0 if one.missed else 1.0 for one in STANDARDS}
KEPT |= {one.paper: 0.0 if one.missed else 1.0 for one in STANDARDS if one.paper}


def test_the_grid_tells_every_standard_on_paper_and_as_held_in_every_kind_of_service():
    """A consultant for 60 % of hours as held is partly; breaches of rest in half of all shifts are not met."""
    shares = KEPT | {"child_hours_without_consultant_achieved_share": 0.4, "rest_missed_achieved_share": 0.5}
    with styled():
        shown = standards(tables(shares))
    assert shown.title == "Of 4 standards of care, every scenario meets 3"
    cells = {row[:2]: row[2] for row in shown.grid.rows}
    assert len(cells) == 2 * len(STANDARDS)
    paper, held = cells["A consultant to ask round the clock (QS160, 6b)", "full"].split("\n")
    assert paper.startswith("met: 100%")
    assert held.startswith("partly met: 60%")
    assert cells["11 hours of rest before a shift", "all areas"].split("\n")[1].startswith("not met: 50%")
    assert cells["Potential calls answered in time", "full"].split("\n")[0] == "no figure"  # nobody calls on paper
    assert shown.figure is not None


def test_the_title_counts_what_no_scenario_can_move():
    """Catches goodwill withdrawn that meets more of QS160 because fewer children are offered home."""
    assert [CATALOGUE[measure].not_comparable for one in CARE for measure in (one.paper, one.held) if measure] == [
        ""
    ] * 6


def test_without_borders_nothing_is_judged():
    bare = tables(KEPT)
    assert has_standards(bare)
    assert not has_standards(dataclasses.replace(bare, assumptions=bare.assumptions.iloc[:0]))


# -- the Ambitions ----------------------------------------------------------------------------------------------------


def test_every_proxy_is_a_measure_there_is_with_its_unit_and_better_side():
    """Catches a measure renamed, and a side called better that the catalogue calls worse."""
    for ambition in AMBITIONS:
        assert ambition.cannot.endswith(".")
        for proxy in ambition.proxies:
            known = CATALOGUE[proxy.measure]
            said = "lower" if proxy.gap else "not comparable" if known.not_comparable else known.better or "–"
            assert proxy.better == said, proxy.measure
            assert (proxy.unit == "share") == known.unit.startswith("share"), proxy.measure


def test_the_sheet_names_all_six_says_what_it_cannot_measure_and_loads_nothing():
    sheet = ambitions(tables({"home_offered_share": 0.9}))
    headings = re.findall(r"<h2 [^>]*>(\d)\. ([^<]*)</h2>", sheet)
    assert [int(number) for number, _ in headings] == [1, 2, 3, 4, 5, 6]
    assert headings[1][1] == "Each person gets fair access to care"
    assert sheet.count("What cannot be measured here:") == 6
    assert "90.0%" in sheet
    assert "no figure" in sheet  # what the study does not hold
    assert not re.findall(r'(?:src|href)="(?!#|data:|report\.html)', sheet)
    assert "<script" not in sheet


# -- gaps -------------------------------------------------------------------------------------------------------------

ORDINARY = {
    "measure": "unmet_demand_share", "unit": "share", "group": "rural", "high": "over 30 % rural",
    "low": "under 10 % rural", "levels": 3, "observed": 0.2, "chance": 0.0, "gap": 0.2, "ci_low": 0.1, "ci_high": 0.3,
}  # fmt: skip


def gap_rows(**changes):
    base = {**dict.fromkeys(EQUITY, math.nan), **ORDINARY, "scenario": "current_patchwork"}
    base |= {"verdict": "", "worst": "", "levelling_down": ""}
    usual = {
        "difference": -0.1,
        "difference_low": -0.2,
        "difference_high": -0.05,
        "verdict": "narrower",
        "worse_off": 0,
    }
    other = {**base, "scenario": "icb_rota", **usual, "levelling_down": "no", **changes}
    return [tuple(row[column] for column in EQUITY) for row in (base, other)]


def test_levelling_down_is_said_in_the_title_with_who_is_worse_off():
    worse = {
        "worse_off": 1, "worst": "under 10 % rural", "worst_difference": 0.05, "worst_low": 0.01, "worst_high": 0.09,
        "levelling_down": "yes",
    }  # fmt: skip
    with styled():
        shown = worst_served(tables(KEPT, equity_rows=gap_rows(**worse)))
    assert shown.title == "Levelling down in ICB rota: unmet demand, under 10% rural worse off"
    narrows = "ICB rota narrows the gap in unmet demand between most and least rural areas"
    assert shown.subtitle.startswith(f"{narrows} while under 10% rural is worse off.")
    assert "under 10% rural +5.0 points (+1.0 to +9.0 points)" in shown.grid.rows[1]


def test_an_area_is_called_by_its_name_wherever_it_is_said_to_be_worse_off():
    """Catches a title of levelling down that says QHG is worse off."""
    worse = {
        "worse_off": 1, "group": "area", "high": "QHG", "low": "QHG", "worst": "QHG", "worst_difference": 0.05,
        "worst_low": 0.01, "worst_high": 0.09, "levelling_down": "yes",
    }  # fmt: skip
    shown = worst_served(tables(KEPT, equity_rows=gap_rows(**worse)))
    told = " ".join([shown.title, shown.subtitle, *(cell for row in shown.grid.rows for cell in row)])
    assert shown.title == "Levelling down in ICB rota: unmet demand, BLMK worse off"
    assert "QHG" not in told


def test_a_gap_narrowed_without_harm_rings_no_alarm():
    with styled():
        shown = worst_served(tables(KEPT, equity_rows=gap_rows()))
    assert shown.title == "2 of 2 gaps in unmet demand surely beyond chance; none levelled down"
    assert shown.grid.rows[1][-2:] == ("nobody surely", "no")


# -- costs and fragility ----------------------------------------------------------------------------------------------


def priced(says: str, price: float) -> tuple:
    usual = ("current_patchwork", "icb_rota", "england", "England", "total_cost", "nights_without_visit")
    return (*usual, 1e5, 9e4, 1.1e5, 1000.0, 900.0, 1100.0, price, price - 10, price + 10, says)


def test_the_price_of_a_night_is_named_only_where_it_is_decided():
    """Catches pounds a night where nights may not have been closed."""
    with styled():
        bought = nights_closed(tables(KEPT, [priced("bought", 100.0)]))
        undecided = nights_closed(tables(KEPT, [priced("not_decided", math.nan)]))
    assert bought.title == "A child-night covered costs £100 in ICB rota"
    assert undecided.figure is None
    assert undecided.title.startswith("No scenario surely buys child-nights")
    assert undecided.grid.rows[0][-2:] == ("–", "not decided")


def test_every_line_of_the_whole_cost_is_shown_and_the_whole_stands_first():
    """Catches a line of the whole cost that the table leaves out."""
    names = {measure.name for measure in CATALOGUE.values() if measure.family == "costs"}
    beside = {"seats_at_work_wte", "goodwill_shadow_cost_worked", "goodwill_shadow_cost_standby"}
    assert names - beside == set(PARTS) | set(COUNTED) | {*PANELS.values(), *BESIDE.values()}
    with styled():
        shown = costs(tables({name: 1000.0 for name in names if not name.endswith("_wte")}))
    told = {row[0]: row[1] for row in shown.grid.rows}
    assert next(iter(told)) == "Whole cost a year"
    assert told["Whole cost a year"].startswith("£1.00k")
    assert told["Beside it: unpaid hours at a shadow price a year"].startswith("£1.00k")


def test_fragility_tells_hours_by_kind_of_service_and_one_post_lost():
    shares = {HOURS.format(*of, word): 0.25 for of in FRAGILE.values() for word in HOW.values()}
    with styled():
        shown = fragility(tables(shares))
    assert len(shown.grid.rows) == len(FRAGILE) * len(HOW) * 2
    assert shown.grid.rows[0][:2] == ("Nobody funded who may visit, as held", "all areas")
