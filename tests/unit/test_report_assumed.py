"""What nobody knows, on page, cards and workbook: both intervals, what decides, and nothing where nothing was drawn."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from sim.experiment.structures import STRUCTURE
from sim.experiment.uncertainty_tables import DECIDES, UNCERTAINTY
from sim.report import Tables
from sim.report.exhibits.both_intervals import both_intervals, has_draws
from sim.report.page.report import headlines, page
from sim.report.words.assumed import over_assumptions, unknown
from sim.report.words.captions import driven_by
from sim.report.words.headlines import cards
from sim.report.workbook import workbook
from tests.unit.report_tables import made_up

ROW = {"group": "england", "level": "England", "unit": "share", "chance_low": 0.25, "chance_high": 0.3, "draws": 64}
ROW |= {"draws_mean": 0.3, "chance_share": 0.1, "verdict": "", "if_key": "", "if_side": ""}
MEASURE = "unmet_demand_share"


@pytest.fixture(scope="module")
def plain() -> Tables:
    return made_up()


@pytest.fixture(scope="module")
def drawn(plain: Tables) -> Tables:
    base, other = plain.names[:2]
    figure = {**ROW, "of": "figure", "baseline": "", "scenario": base, "measure": MEASURE, "mean": 0.276}
    figure |= {"assumptions_low": 0.21, "assumptions_high": 0.612}
    verdict = {"verdict": "worse_if", "same_sign": 0.8, "same_sign_low": 0.69, "same_sign_high": 0.88}
    verdict |= {"if_key": "place.home_anyway", "if_side": "below", "if_value": 0.31}
    difference = {**figure, **verdict, "of": "difference", "baseline": base, "scenario": other, "mean": 0.3}
    decides = {"of": "figure", "baseline": "", "scenario": base, "measure": MEASURE, "unit": "share", "place": 1.0}
    decides |= {"key": "place.home_anyway", "tied": 1.0, "default": 0.35, "low": 0.015, "high": 0.585, "at_low": 0.2}
    decides |= {
        "at_high": 0.6,
        "shape": "rises",
        "share": 0.9,
        "grade": "assumed",
        "kind": "assumed",
        "text": "a guess",
    }
    decides |= {"text": "a guess", "who_could_find_out": "an audit"}
    rows = pd.DataFrame([figure, difference], columns=UNCERTAINTY)
    return replace(plain, uncertainty=rows, decides=pd.DataFrame([decides], columns=DECIDES))


def test_a_figure_is_told_with_what_assumptions_do_to_it(drawn: Tables) -> None:
    base = drawn.names[0]
    assert over_assumptions(drawn, base, MEASURE, "england", "England") == "assumptions 21% to 61%"
    assert over_assumptions(drawn, base, MEASURE, "area", "QHG") == ""
    table = headlines(drawn)
    assert "assumptions 21% to 61%" in table.rows[0][table.head.index("Unmet demand, all hours")]


def test_a_card_has_both_intervals(drawn: Tables) -> None:
    night = drawn.uncertainty.assign(measure="unmet_demand_share_night")
    titles, figures = cards(replace(drawn, uncertainty=night))
    card = dict(zip(titles, figures[0][1], strict=True))["Calls of families at night without suitable help"]
    assert card.range.endswith("; assumptions 21% to 61%")


@pytest.fixture(scope="module")
def ruled(plain: Tables) -> Tables:
    """Today 28 % unmet as shipped and 43 under a threshold; the other 30 points less, and 10 more."""
    base, other = plain.names[:2]
    same = {"question": "", "means": "", "measure": MEASURE, "unit": "share", "group": "england", "level": "England"}
    same |= {"replications": 20.0, "goodwill_makes_home": 0.58, "sign": ""}
    another = {**same, "alternative": "offer_threshold", "question": "the offer of home", "means": "more than half"}
    figure = {"of": "figure", "baseline": "", "scenario": base}
    difference = {"of": "difference", "baseline": base, "scenario": other}
    rows = [
        {**same, "alternative": "as_shipped", **figure, "mean": 0.276, "chance_low": 0.25, "chance_high": 0.3},
        {**same, "alternative": "as_shipped", **difference, "mean": -0.3, "chance_low": -0.34, "chance_high": -0.26},
        {**another, **figure, "mean": 0.43, "chance_low": 0.4, "chance_high": 0.46},
        {**another, **difference, "mean": 0.1, "chance_low": 0.06, "chance_high": 0.14, "sign": "turned"},
    ]
    return replace(plain, structure=pd.DataFrame(rows, columns=STRUCTURE))


def test_a_figure_is_told_with_what_other_rules_make_of_it(ruled: Tables, drawn: Tables) -> None:
    base = ruled.names[0]
    assert over_assumptions(ruled, base, MEASURE, "england", "England") == "structure 28% to 43%"
    assert over_assumptions(ruled, base, MEASURE, "area", "QHG") == ""
    both = replace(drawn, structure=ruled.structure)
    assert over_assumptions(both, base, MEASURE, "england", "England") == "assumptions 21% to 61%; structure 28% to 43%"


def test_the_page_says_under_which_rule_a_figure_is_what_and_a_difference_turns(ruled: Tables) -> None:
    said = page(ruled, [], {})
    assert "Some rules of the model could be others, too." in said
    assert "Each was drawn from what it could be" not in said
    headlines_under, rules = unknown(ruled)
    figure, difference = headlines_under.rows
    assert figure[2:] == ("28 % (chance 25 to 30)", "28 to 43 %", "As shipped", "Offer threshold", "")
    ends = ("As shipped", "Offer threshold")
    assert difference[3:] == ("-30 to 10 points", *ends, "the other way under offer_threshold")
    assert rules.rows == [("Offer threshold", "the offer of home", "more than half")]


def test_the_workbook_has_the_headlines_under_every_rule(ruled: Tables) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(ruled))) as book:
        assert 'name="Structure"' in book.read("xl/workbook.xml").decode()
        assert "offer_threshold" in book.read("xl/sharedStrings.xml").decode().casefold().replace(" ", "_")


def test_the_page_says_what_decides_and_on_which_side_of_it_a_verdict_holds(drawn: Tables) -> None:
    said = page(drawn, [], {})
    assert "What nobody knows" in said
    held, decides = unknown(drawn)
    assert held.rows[0][2:] == (
        "30 points (chance 25 to 30; assumptions 21 to 61)",
        "worse if place.home_anyway is below 0.31; the same way in 80 % of draws (69 to 88)",
    )
    assert decides.rows[0][2:] == (
        "place.home_anyway", "0.015 to 0.585", "20 to 60 % (rises)", "assumed: a guess", "an audit",
    )  # fmt: skip


def test_the_workbook_has_both_sheets(drawn: Tables) -> None:
    sheets = zipfile.ZipFile(io.BytesIO(workbook(drawn))).read("xl/workbook.xml").decode()
    assert "What nobody knows" in sheets
    assert "What decides" in sheets


def test_a_study_that_drew_nothing_says_nothing_of_it(plain: Tables) -> None:
    assert unknown(plain) == []
    assert "What nobody knows" not in page(plain, [], {})
    assert "assumptions " not in cards(plain)[1][0][1][0].range


def test_only_what_nobody_knows_is_counted_where_a_study_tells_it_apart(plain: Tables) -> None:
    rows = [("a.unknown", "assumed", "unknown"), ("a.choice", "assumed", "choice"), ("mine", "planner", "")]
    told = pd.DataFrame(
        [{"scenario": "s", "key": key, "value": 1, "unit": "", "kind": kind, "text": "", "nature": nature}
         for key, kind, nature in rows]
    )  # fmt: skip
    assert driven_by(replace(plain, assumptions=told)) == (
        "Driven by 2 unknown numbers, of which 1 is an assumption and 1 the planner's own."
    )
    assert driven_by(replace(plain, assumptions=told.drop(columns="nature"))).startswith("Driven by 3 numbers, of")


def test_a_chart_lays_chance_inside_the_assumptions(drawn: Tables, plain: Tables) -> None:
    """Catches the two bars exchanged, and a chart of a study that drew nothing."""
    assert not has_draws(plain)
    assert has_draws(drawn)
    exhibit = both_intervals(drawn)
    assert exhibit.title == "Unmet demand, Current patchwork: 21% to 61% over assumptions"
    assert exhibit.grid.rows[0][2:] == ("27.6%", "25.0% to 30.0%", "21.0% to 61.2%")
    pale, dark = exhibit.figure.axes[0].patches
    assert (pale.get_x(), pale.get_width()) == (pytest.approx(0.21), pytest.approx(0.402))
    assert (dark.get_x(), dark.get_width()) == (pytest.approx(0.25), pytest.approx(0.05))
