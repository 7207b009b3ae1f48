"""The table of measures: what its rows stand for, what it refuses, that the docs list it, and what one new row does."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from sim import screen
from sim.commands.pool.text import of_families as printed
from sim.domain.words import CAUSES, FATES, NOT_MADE, OUTCOMES
from sim.experiment.equity import equity
from sim.experiment.observations import Observations, gather
from sim.experiment.pooled import kept
from sim.experiment.precision import Precision
from sim.experiment.tables import families
from sim.experiment.units import Unit
from sim.measures import headlines as told
from sim.measures.catalogue import CATALOGUE, DENOMINATORS, EVERYTHING, expanded, table
from sim.measures.listing import listed
from sim.measures.rows import Groups, Row
from sim.report.exhibits.differences import differences
from sim.report.page.controls import controls
from sim.report.page.report import headlines as of_page
from sim.report.pooling.words import of_families as drawn
from sim.report.tables import Tables
from sim.report.words.headlines import cards
from sim.report.workbook import workbook
from tests.tiny import area, tiny
from tests.unit.report_tables import made_up

DOCS = Path(__file__).parents[2] / "docs" / "results.md"
BEGIN, END = "<!-- measures -->\n\n", "\n\n<!-- /measures -->"


def row(name: str, for_each: str = "", **more: str) -> dict[str, str]:
    """A row of the table; the title tells which words stand in it."""
    plain = {"section": "S", "title": name, "unit": "share", "better": "", "estimator": "ratio", "formula": name}
    plain |= {"denominator": "calls made", "zone": "", "family": "", "part_of": ""}
    return plain | {"name": name, "for_each": for_each} | more


def names(*rows: dict[str, str]) -> list[str]:
    return [measure.name for measure in expanded(rows)]


# -- rows and axes ----------------------------------------------------------------------------------------------------


def test_neighbours_are_told_value_by_value_and_statistics_row_by_row():
    """Catches the rows of all tables in another order than before."""
    assert names(row("a{band}", "band"), row("b{band}", "band"), row("c")) == [
        *("a", "b", "a_out_of_hours", "b_out_of_hours", "a_night", "b_night", "c")
    ]
    some = "statistic=worst|mean"
    assert names(row("a_{statistic}", some), row("b_{statistic}", some)) == ["a_worst", "a_mean", "b_worst", "b_mean"]


def test_an_inner_axis_goes_round_within_each_value_of_the_outer_one():
    found = names(row("{reason}{band}", "band reason"), row("all{band}", "band"))
    assert found[: len(NOT_MADE) + 2] == [*NOT_MADE, "all", f"{NOT_MADE[0]}_out_of_hours"]
    assert len(found) == len(set(found)) == 3 * len((*NOT_MADE, "all"))


def test_words_stand_where_the_row_has_the_axis_and_the_denominator_once():
    (first, *_), share = expanded([row("{outcome}_share", "outcome", title="{outcome}, of all")]), row("x")
    assert (first.title, first.formula) == ("Overtaken by death, of all", "overtaken by death_share")
    (one,) = expanded([share | {"formula": "some / {denominator}", "zone": "standing_cost %"}])
    assert (one.formula, one.zone, one.relative) == ("some / calls made", "standing_cost", True)
    assert one.denominator_kind == "selected"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"for_each": "month"}, "x: for_each = month: must be one of band"),
        ({"for_each": "statistic=best"}, "x: for_each = statistic=best: must be one of mean"),
        ({"denominator": "calls"}, "x: denominator = calls: must be one of potential calls"),
        ({"estimator": "guess"}, "x: estimator = guess: must be one of ratio, mean, signed, percentile"),
        ({"better": "up"}, "x: better = up: must be one of lower, higher"),
    ],
)
def test_a_word_that_the_tables_do_not_know_is_refused(wrong, said):
    with pytest.raises(ValueError, match=r"measures\.csv") as refused:
        names(row("x") | wrong)
    assert said in str(refused.value)


def test_every_measure_is_told_once_and_in_full():
    """Catches two rows of one name, and an axis in a text that its row does not go through."""
    assert [name for name, times in Counter(names(*table("measures.csv"))).items() if times > 1] == []
    for one in EVERYTHING.values():
        assert "{" not in f"{one.name}{one.title}{one.unit}{one.formula}{one.denominator}", one
        assert all((one.title, one.unit, one.formula, one.section)), one
    for outcome, cause in zip(OUTCOMES, CAUSES, strict=False):
        assert {f"{outcome}_share", f"unmet_because_{cause}_share_night"} <= set(CATALOGUE)


def test_what_a_scenario_decides_is_told_from_what_no_scenario_can():
    """Catches a share of the calls made that passes for one of all calls that families would make."""
    kind = {name: measure.denominator_kind for name, measure in EVERYTHING.items()}
    assert {kind["unmet_demand_share_night"], kind["child_nights_without_visit_achieved_share"]} == {"fixed"}
    assert {kind["emergency_visits_per_family"], kind["total_cost"], kind["hours_on_call_per_week_worst"]} == {"fixed"}
    assert {kind["unmet_share_of_calls_made"], kind["minutes_to_door"], kind["hours_on_call_per_week_median"]} == {
        "selected"
    }
    assert set(DENOMINATORS.values()) == {"fixed", "selected"}
    assert set(DENOMINATORS) == {measure.denominator for measure in EVERYTHING.values()}  # none that nothing uses


def test_only_the_whole_cost_is_no_part_of_it():
    """Catches a sum of money that leaves a place of care out and passes for a cost that may be compared."""
    gbp = {name for name, measure in CATALOGUE.items() if measure.unit.startswith("GBP") and "shadow" not in name}
    assert {name for name in gbp if not CATALOGUE[name].not_comparable} == {
        "total_cost", "total_cost_per_family",
    }  # fmt: skip
    assert len(gbp) > 20


def test_what_calls_decide_does_not_rest_on_paper_whatever_its_nights_do():
    """Catches families whole "on paper": their nights are, their calls are simulated, and no spread is no certainty."""
    paper = {name for name, measure in EVERYTHING.items() if measure.on_paper}
    assert {"child_nights_without_visit_on_paper_share", "standing_cost_training", "extra_posts_cost"} <= paper
    assert {"pools", "pool_people_needed", "seats_at_work_wte", "people_needed"} <= paper
    simulated = ("fate_", "total_", "activity_", "universal_", "cost_by_use")
    assert not {name for name in paper if name.startswith(simulated)}


def test_only_what_no_scenario_can_move_is_compared():
    """Catches a part that is called better because another grew, and pounds that leave a place of care out."""
    why = {name: measure.not_comparable for name, measure in EVERYTHING.items()}
    judged = ["unmet_demand_share", "worst_three_fates_share", "fate_whole_share", "met_share", "home_offered_share"]
    assert not any(why[name] for name in judged)
    assert not why["hours_on_call_per_week_worst"]  # of all in post, whether anybody asks them or not
    assert why["hours_on_call_per_week_median"].startswith("over people on a rota or asked")
    parts = [
        "nobody_answered_share_night",
        "unmet_share",
        "not_made_choice_not_offered_share",
        "unmet_because_resting_share",
    ]
    assert {why[name].partition(":")[0] for name in parts} == {"part of unmet demand"}
    assert {why[f"fate_{fate}_share"].partition(":")[0] for fate in FATES[:-1]} == {
        "part of what became of the families"
    }
    pounds = [
        "standing_cost",
        "extra_posts_cost_per_family",
        "pool_standing_cost_gbp_per_year",
        "universal_cost_days_admitted",
    ]
    assert {why[name].partition(":")[0] for name in pounds} == {"part of the whole cost"}


def test_a_figure_that_is_not_comparable_is_refused_where_differences_are_judged():
    """Catches a chart of differences that marks what a scenario can move."""
    one = NEW | dict.fromkeys([*told.LISTS, told.POOLED], "") | {"measure": "minutes_to_door", "page": "99"}
    assert told.by_place([one])["page"][0].measure == "minutes_to_door"
    for place in told.JUDGED:
        with pytest.raises(ValueError, match=rf"minutes_to_door: {place} = 9: not comparable \(over calls visited"):
            told.by_place([one | {place: "9"}])


# -- the documentation ------------------------------------------------------------------------------------------------


def test_the_docs_list_every_measure_as_the_table_has_it(request):
    """Catches a measure or a headline that the docs do not know, or know otherwise."""
    before, _, rest = DOCS.read_text(encoding="utf-8").partition(BEGIN)
    there, _, after = rest.partition(END)
    if request.config.getoption("--renew-docs"):
        DOCS.write_text(f"{before}{BEGIN}{listed()}{END}{after}", encoding="utf-8")
        return
    assert there == listed(), "meant? python -m pytest tests/unit/test_catalogue.py --renew-docs"


# -- headlines --------------------------------------------------------------------------------------------------------


def test_a_place_has_no_two_headlines_at_one_position():
    """Catches an order that only the order of the file decides; a position that is no whole number is refused."""
    rows = list(table("headlines.csv"))
    for place in told.LISTS:
        positions = [row[place] for row in rows if row[place]]
        assert len(set(positions)) == len(positions), place
    with pytest.raises(ValueError, match=r"0\.5"):
        told.by_place([rows[1] | {"screen": "0.5"}])


NEW = {
    "measure": "late_share",
    "group": "england",
    "title": "Met, but late",
    "short": "met but late",
    "block": "Families",
}


@pytest.fixture
def with_one_more(monkeypatch) -> None:
    """``headlines.csv`` with a row more, told everywhere."""
    one = NEW | dict.fromkeys(told.LISTS, "99") | {told.POOLED: "areas"}
    monkeypatch.setattr(told, "PLACES", told.by_place([*table("headlines.csv"), one]))


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Two scenarios; the share met late is known of every area too."""
    made = made_up(("current_patchwork", "icb_rota"), codes=("QF7", "QHM"))
    summary = made.summary
    of_areas = summary[(summary["measure"] == "unmet_demand_share") & (summary["group"] == "area")]
    return replace(made, summary=pd.concat([summary, of_areas.assign(measure="late_share")], ignore_index=True))


def of_two_areas(measure: str) -> Observations:
    """A study of one scenario and two replications, in which two areas differ."""
    rows = [Row(measure, "area", code, seen, 4.0, seen) for code, seen in (("A", 1.0), ("B", 3.0))]
    return gather(("today",), 2, [(Unit(replication, 0), rows) for replication in range(2)])


def places(tables: Tables) -> dict[str, bool]:
    """By place, whether it tells the new headline."""
    title, measure = NEW["title"], NEW["measure"]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(tables)))["Areas"]
    england = {"group": "england", "level": "England", "measure": measure}
    compared = pd.DataFrame([england | {"family": 1}])
    ratio = Groups(tiny(areas=(area(),)), ("full",)).ratio(measure, np.ones(1), np.ones(1))
    return {
        "screen": title in screen.headlines(tables.summary),
        "page": title in of_page(tables).head,
        "cards": title in cards(tables)[0],
        "differences": any(f"{title} (points)" in cells for cells in differences(tables).grid.rows),
        "chooser": title in [one["name"] for one in controls(tables)["measures"]],
        "explorer": measure in told.names("explorer"),
        "areas": any("Late in all hours" in str(cell.value) for line in sheet.iter_rows(max_row=5) for cell in line),
        "precision": Precision(0.05, 9, ()).word("icb_rota", measure, "england", "England") == "reached",
        "the family of headlines": "headlines" in families(compared),
        "distances": "distance" in {one.group for one in ratio},
        "equity": measure in set(equity(of_two_areas(measure))["measure"]),
        "attribution": "met but late"
        in screen.worth(tables.comparison.assign(baseline="current_patchwork", p_holm=1.0)),
        "kept of pooling": measure in kept()["england"] and measure in kept()["area"],
        "pool_screen": measure in printed(),
        "pool_page": drawn().get(measure) == f"{title}, %",
    }


def test_a_headline_is_one_row_and_every_place_tells_it(tables, with_one_more):
    """Catches a place with a list of its own."""
    assert [place for place, tells in places(tables).items() if not tells] == []


def test_without_its_row_no_place_tells_it(tables):
    assert [place for place, tells in places(tables).items() if tells] == []


def test_a_headline_that_nobody_measures_is_refused():
    empty = dict.fromkeys([*told.LISTS, told.POOLED], "")
    with pytest.raises(ValueError, match=r"headlines\.csv: lateness: measure = lateness: not known"):
        told.by_place([NEW | empty | {"measure": "lateness"}])


def test_a_headline_of_roles_is_told_of_each_role_that_has_any(tables):
    """Catches a list of roles in the code: nobody but the summary says which there are."""
    own = tables.summary["level"].replace("specialist_nurse", "support_worker")
    mine = replace(tables, summary=tables.summary.assign(level=own))
    worst = next(one for one in told.headlines("page") if one.group == "role")
    had = mine.having(worst.measure)
    assert [words for _, _, words in mine.told_of(worst)] == [
        f"Hours on call a week, worst-off {role.replace('_', ' ')}" for role in had
    ]
    assert "support_worker" in had
