"""The headline figures and the exhibits on exposure, waiting, safe limits, goodwill over time and equity."""

from __future__ import annotations

import dataclasses
import importlib.util
import re
from pathlib import Path

import pandas as pd
import pytest

from sim.report import words
from sim.report.charts import bars as bar_chart
from sim.report.charts import weeks
from sim.report.drawing.style import contrast, styled
from sim.report.exhibits import (
    coverage,
    differences,
    equity,
    exposure,
    gains,
    goodwill,
    one_year,
    rota_audit,
    safe_work,
    waits,
)
from sim.report.exhibits.contents import exhibits
from sim.report.exhibits.gaps import gap_of
from sim.report.exhibits.hours import by_hour
from sim.report.page.report import page as page_of
from sim.report.pooling.page import Story
from sim.report.pooling.page import page as pooling_page
from sim.report.tables import Estimate
from sim.report.words import headlines

found = importlib.util.spec_from_file_location(
    "report_tables_of_exhibits", Path(__file__).with_name("report_tables.py")
)
report_tables = importlib.util.module_from_spec(found)
found.loader.exec_module(report_tables)
made_up = report_tables.made_up

TWO = ("current_patchwork", "regional_rota")
FEW = ("QHG", "QMM", "QT6")
NIGHTS = exposure.NIGHTS


@pytest.fixture(scope="module")
def tables():
    return made_up(TWO, FEW, stock=True)


def shown(make, tables):
    with styled():
        return make(tables)


def changed(tables, measure, **columns):
    """The same study with other numbers in the summary rows of a measure."""
    summary = tables.summary.copy()
    summary.loc[summary["measure"] == measure, list(columns)] = list(columns.values())
    return dataclasses.replace(tables, summary=summary)


def without(tables, *measures):
    """The same study without these measures."""
    return dataclasses.replace(tables, summary=tables.summary[~tables.summary["measure"].isin(measures)])


def with_row(tables, measure, mean, half, unit):
    """The same study with one more measure of all areas, the same in every scenario."""
    kept = without(tables, measure).summary
    ends = {"mean": mean, "ci_low": mean * (1 - half), "ci_high": mean * (1 + half)}
    more = {"measure": measure, "unit": unit, "group": "england", "level": "England", "events": 1, **ends}
    rows = pd.DataFrame([{"scenario": name, **more, "pi_low": mean, "pi_high": mean} for name in tables.names])
    return dataclasses.replace(tables, summary=pd.concat([kept, rows]))


def listing(tables, **values):
    """The same study with these numbers of the configuration."""
    rows = [(name, key.replace("__", "."), value, "", "assumed", "") for name in TWO for key, value in values.items()]
    more = pd.DataFrame(rows, columns=tables.assumptions.columns)
    kept = tables.assumptions[~tables.assumptions["key"].isin(more["key"])]
    return dataclasses.replace(tables, assumptions=pd.concat([kept, more]))


def test_four_headline_figures_of_each_scenario_with_ranges(tables):
    called, rows = headlines.cards(tables)
    assert called == [
        "Child-nights with nobody funded to come",
        "Calls of families at night without suitable help",
        "Hours a week borrowed from goodwill",
        "People beyond safe limits",
    ]
    assert [scenario for scenario, _ in rows] == ["Current patchwork", "Regional rota"]
    assert rows[0][1][0] == ("90%", "87% to 94%", "on paper 86%")
    assert rows[0][1][1] == ("33%", "31% to 35%", "in all hours 28%")
    assert rows[0][1][3] == ("2.0%", "1.8% to 2.2%", "6 of 276 on a rota or asked")


def test_borrowed_hours_are_those_of_all_people_and_their_range_adds_up(tables):
    # 240 people (238.. to ..: 2 % each side) with 3 h of standby (8 % each side); nobody else has any.
    standby = headlines.hours_a_week(tables, TWO[0], "standby_hours_per_week_mean")
    assert standby == pytest.approx((720, 720 * 0.9, 720 * 1.1))
    card = dict(headlines.cards(tables)[1])["Current patchwork"][2]
    assert card == ("792 h", "713 to 871", "720 standby, 72 worked")


def test_a_headline_figure_that_is_nought_says_what_kind_of_nought(tables):
    withdrawn = made_up(("goodwill_withdrawn",), FEW)
    assert headlines.cards(withdrawn)[1][0][1][2] == ("none", "", "")
    unseen = changed(tables, NIGHTS, mean=0.0, ci_low=0.0, ci_high=0.003, events=0)
    assert headlines.cards(unseen)[1][0][1][0] == ("none seen", "at most 0.3%", "on paper 86%")
    lone = changed(tables, NIGHTS, ci_low=float("nan"), ci_high=float("nan"))
    assert headlines.cards(lone)[1][0][1][0].range == "no interval"
    empty = made_up(TWO, FEW, empty=True)
    assert headlines.cards(empty)[1][0][1][0] == ("no figure", "", "")


def test_the_page_begins_with_the_answer_and_the_headline_figures(tables):
    page = page_of(tables, [], {})
    assert page.index('<ul class="answer">') < page.index('<table class="cards">') < page.index('id="closer"')
    assert "<strong>792 h</strong><span>713 to 871</span>" in page


def test_the_page_mailed_alone_holds_the_ambitions_and_links_to_nothing_beside_it(tables):
    page = page_of(tables, [], {})
    assert page.count("<strong>What cannot be measured here:</strong>") == 6
    assert {link[:1] for link in re.findall(r'<a [^>]*href="([^"]*)"', page)} == {"#"}


ROWS = [
    {
        "line": "calls.csv: 23 of 60 rows took part; not: 37 in the warm-up; "
        "to count those of other weeks: warmup_weeks=0",
        "to_count_them": "warmup_weeks=0", "scenarios": ["regional_rota"],
    },
    {"line": "icbs_2024.csv: all 42 rows took part", "to_count_them": "", "scenarios": list(TWO)},
]  # fmt: skip


def test_rows_that_took_no_part_are_told_on_every_page(tables):
    """Catches a planner's calls that vanish: those that could be counted stand at the top, all tables at the end."""
    told = dataclasses.replace(tables, study={**tables.study, "tables": ROWS})
    story = Story(heading="", lead="", sentences=[], notes="", limits="", files=[])
    for page in (page_of(told, [], {}), pooling_page("pooling.html", told, story, [])["pooling.html"].decode()):
        assert page.count(f"<p>Not all that was brought is in these figures. {ROWS[0]['line']}.</p>") == 1
        assert "Not all that was brought is in these figures. icbs" not in page
        assert f"<dt>Rows</dt><dd>{ROWS[0]['line']} (regional_rota)</dd>" in page
        assert f"<dt>Rows</dt><dd>{ROWS[1]['line']}</dd>" in page


def test_a_study_of_another_version_without_the_new_measures_still_has_its_page(tables):
    old = tables.summary["measure"].str.match(
        "unmet|met|late|partly|overtaken|not_made|hours_on_call|disturbed|goodwill_h"
    )
    of_old_groups = tables.summary["group"].isin(["england", "role", "area"])
    older = dataclasses.replace(tables, summary=tables.summary[old & of_old_groups])
    made = exhibits(older)
    names = {exhibit.name for exhibit in made}
    assert "coverage" in names
    assert not {"exposure", "waits", "audit", "rest", "equity_unmet", "by_hour"} & names
    assert "Question and answer" in page_of(older, made, {})


def test_exposure_stands_as_held_beside_on_paper_and_rests_on_no_call(tables):
    exhibit = shown(exposure.exposure, tables)
    assert exhibit.title == "Nights with nobody to come: 90%, in Regional rota 25%"
    said = "Child-nights with nobody to come against Current patchwork: lower in Regional rota."
    assert exhibit.subtitle.startswith(said)
    assert "Rests on episodes and rotas alone: no call is simulated" in exhibit.caption
    held, paper = exhibit.grid.rows[:2]
    assert held[:2] == (
        "Nights with nobody funded to come, as held: after leave, sickness and vacancies",
        "90.3% (86.7%\xa0to\xa093.9%)",
    )
    assert paper[0].endswith("on paper: nobody absent")


def test_the_standard_is_told_and_never_compared_for_the_children_differ(tables):
    rows = exposure.access(tables)
    assert rows[0][0] == "Children with a visiting nurse at every hour (6a), as held"
    assert rows[-1][0].startswith("Home offered")
    assert [words.replace("\N{NO-BREAK SPACE}", " ") for words in rows[0][1:]] == [
        "9.7% (9.3% to 10.1%); n = 350", "74.8% (71.8% to 77.8%); n = 350",
    ]  # fmt: skip


def test_waits_say_the_standard_that_was_set(tables):
    assert "The standard" not in shown(waits.waits, tables).caption
    limits = {"emergency": 15, "urgent": 30, "routine": 240}
    set_so = listing(tables, **{f"answering__answer_standard_minutes__{u}": m for u, m in limits.items()})
    said = "The standard: to an answer 15 min (emergency), 30 min (urgent) and 4 h (routine)."
    assert said in shown(waits.waits, set_so).caption


def test_emergency_visits_and_admissions_are_never_better_or_worse(tables):
    neither = tables.comparison["measure"].isin(["emergency_visits_per_family", "admissions_per_family"])
    comparison = tables.comparison.copy()
    comparison.loc[neither, ["difference", "ci_low", "ci_high"]] = [0.2, 0.1, 0.3]
    comparison.loc[neither, "verdict"] = ""
    exhibit = shown(differences.differences, dataclasses.replace(tables, comparison=comparison))
    said = {row[0]: row[-1] for row in exhibit.grid.rows}
    assert said["Emergency visits per family"] == said["Admissions per family"] == "higher"


def test_limits_are_said_from_the_numbers_of_the_study(tables):
    assert (
        "Beyond limits: on call or on standby more often than 1 in 4 of the nights not on leave, or the daily rest "
        "missed more than once a month, or more than 48 h of work a week in the busiest weeks."
    ) in shown(safe_work.beyond, tables).caption
    other = listing(tables, safe_limit__rest_breaches_per_person_month=2.5)
    assert "missed more than 2.5 times a month" in shown(safe_work.beyond, other).caption
    bursts = {"safe_limit__on_call_nights_per_28": 14, "safe_limit__disturbed_nights_per_person_month": 4}
    said = "or more than 14 nights on call in any 28, or more than 4 disturbed in any 30."
    assert said in shown(safe_work.beyond, listing(tables, **bursts)).caption
    rows = shown(safe_work.beyond, tables).grid.rows
    assert [row[0] for row in rows[::7]] == ["Everybody", "Community nurse", "Specialist nurse", "Consultant"]


def test_the_median_person_is_beyond_a_limit_only_if_the_interval_says_so(tables):
    # Consultants of the regional rota: 1 in 100 / 28 = 3.57, interval 3.50 to 3.64.
    often = "on call beyond 1 night in 4"
    assert shown(rota_audit.audit, tables).title == f"Median consultant {often} (Regional rota)"
    wide = changed(tables, "on_call_1_in_n_at_work_median", ci_high=4.01)
    assert shown(rota_audit.audit, wide).title == f"No median person is surely {often}"


def test_rest_stands_planned_against_achieved(tables):
    exhibit = shown(safe_work.rest, tables)
    assert [row[1] for row in exhibit.grid.rows[:2]] == ["achieved: after call-outs", "planned: by the rota as held"]


def test_goodwill_is_drawn_over_time_only_where_it_is_a_stock(tables):
    assert not goodwill.is_a_stock(made_up(TWO, FEW))
    assert goodwill.is_a_stock(tables)
    exhibit = shown(goodwill.goodwill_over_time, tables)
    assert exhibit.title == "Burnt-out community nurses: 10% in Current patchwork, no material difference"
    of_weeks = ["4 (warm-up)", "8 (warm-up)", "12 (warm-up)", "16 (warm-up)", "20", "24", "All measured"]
    assert [row[1] for row in exhibit.grid.rows] == of_weeks * 2
    assert {len(row) for row in exhibit.grid.rows} == {2 + 2 * 3}


def test_lines_over_weeks_are_told_apart_without_colour_and_seen_on_the_shade_of_the_warm_up():
    assert len(set(weeks.DASHES)) == len(weeks.COLOURS) <= 4
    assert all(contrast(colour, "#ffffff") >= 3 for colour in weeks.COLOURS)
    assert len(set(bar_chart.FACES)) == 2


def test_a_gap_is_named_only_when_its_interval_leaves_out_nought(tables):
    deprived = gap_of(tables, TWO[0], "unmet_demand_share", "deprivation")
    assert deprived.level == "quintile 1 (most deprived)"
    # 0.276 x (1.3 - 0.8), each end with 6 % of itself on both sides: 0.138 less or more 0.0348
    assert deprived[2:] == pytest.approx((0.138, 0.138 - 0.276 * 2.1 * 0.06, 0.138 + 0.276 * 2.1 * 0.06))
    assert deprived.said() == "+13.8 points (+10.3 to +17.3 points)"
    rural = gap_of(tables, TWO[0], "unmet_demand_share", "rural")
    assert (rural.level, rural.other, rural.decided) == ("over 30 % rural", "under 10 % rural", False)
    assert rural.said().endswith(": not decided")


def test_the_title_of_equity_counts_decided_gaps_and_names_them_below(tables):
    exhibit = shown(equity.equity_of_unmet, tables)
    assert exhibit.title == "Unmet demand, most against least deprived: +13.8 points in Current patchwork"
    assert exhibit.subtitle.startswith(
        "Unmet demand, beyond chance: a gap by deprivation in 2 of 2 scenarios, no decided gap by rural share and a "
        "gap by kind of service in 2 of 2 scenarios. "
    )
    assert "Current patchwork: +13.8 points in the most against the least deprived" in exhibit.subtitle
    assert "least rural" not in exhibit.subtitle
    said = [row for row in exhibit.grid.rows if row[1] == "Gap"]
    assert [row[0] for row in said] == ["Deprivation", "Rural share", "Kind of service today"]
    assert said[2][2].endswith("weekdays alone minus full")


def test_without_intervals_no_gap_is_told(tables):
    lone = dataclasses.replace(tables, summary=tables.summary.assign(ci_low=float("nan"), ci_high=float("nan")))
    assert gap_of(lone, TWO[0], "unmet_demand_share", "deprivation") is None
    exhibit = shown(equity.equity_of_nights, lone)
    assert exhibit.title == "Nights with nobody to come: no decided gap in 2 scenarios"
    assert "no decided gap by deprivation" in exhibit.subtitle
    assert exhibit.caption.count("no call is simulated") == 1


@pytest.mark.parametrize(("value", "said"), [(0.0, "0%"), (0.0004, "under 0.1%"), (0.0006, "0.1%"), (0.2764, "28%")])
def test_a_share_too_small_to_print_is_not_printed_as_nothing(value, said):
    assert words.little(value) == said


def test_a_bound_too_small_to_print_is_left_out():
    assert words.figure(Estimate(0.0, 0.0, 1e-7, 0.0, 1e-7, 0)) == "none seen"


def test_pounds_have_a_card_only_where_the_study_counts_them(tables):
    assert not any("pounds" in words for words in headlines.cards(without(tables, "total_cost", "standing_cost"))[0])
    priced = with_row(tables, "total_cost", 411_000.0, 0.1, unit="GBP/year")
    called, rows = headlines.cards(with_row(priced, "standing_cost", 231_000.0, 0.1, unit="GBP/year"))
    assert called[-1] == "Whole cost, pounds a year"
    alone = "availability and sessions alone £231k (£208k to £254k)"
    assert rows[0][1][-1] == ("£411k", "£370k to £452k", alone)


def test_masked_demand_is_the_paired_difference_of_the_twin_without_goodwill():
    paired = made_up(("current_patchwork", "current_patchwork_goodwill_off"), FEW)
    exhibit = shown(coverage.coverage, paired)
    # Made up as 0.276 and, for a name it does not know, 0.3: 2.4 points, half 0.15 of it and 0.4 points.
    assert exhibit.grid.rows[-1] == (
        "Masked demand: unmet more without goodwill",
        "+2.4 points (+1.6 to +3.2 points)",
        "–",
    )
    assert exhibit.title == "Without goodwill, unmet demand changes by +2.4 points in Current patchwork"
    alone = shown(coverage.coverage, made_up(TWO[:1], FEW))
    assert not any("Masked" in row[0] for row in alone.grid.rows)


def test_a_twin_of_another_scenario_has_the_wider_interval_of_two_figures():
    tables = made_up(("icb_rota", "current_patchwork", "current_patchwork_goodwill_off"), FEW)
    gap = coverage.masked_demand(tables, "current_patchwork", "current_patchwork_goodwill_off")
    # 6 % of 0.276 and of 0.3 on either side of 0.024
    assert (gap.difference, gap.low, gap.high) == pytest.approx((0.024, 0.024 - 0.03456, 0.024 + 0.03456))
    assert not gap.decided


def test_hours_stand_in_the_order_of_the_clock_working_days_first(tables):
    rows = shown(by_hour, tables).grid.rows
    assert [row[:2] for row in rows[:2]] == [("working day", "00:00"), ("working day", "01:00")]
    assert [rows[at][0] for at in (24, 48)] == ["Saturday", "Sunday or bank holiday"]
    assert rows[24 + 4][2:] == ("none", "no figure", "no figure")


def test_who_gains_and_loses_counts_decided_areas_alone(tables):
    exhibit = shown(gains.gains, tables)
    assert exhibit.title == "Regional rota: of 3 areas, 3 surely gain and 0 lose"
    comparison = tables.comparison.copy()
    comparison.loc[comparison["group"] == "area", "verdict"] = "not_decided"
    undecided = shown(gains.gains, dataclasses.replace(tables, comparison=comparison))
    assert undecided.title == "Of 3 areas none surely gains or loses"
    assert {row[0] for row in exhibit.grid.rows} == {"Region", "Cluster of 2026", "Area"}


def test_one_year_is_told_by_the_prediction_interval_never_by_that_of_the_mean(tables):
    exhibit = shown(one_year.one_year, tables)
    seen = tables.estimate(TWO[0], "unmet_demand_share", "area", "QHG")
    told = next(row for row in exhibit.grid.rows if row[0] == "BLMK" and row[2] == "Unmet demand")
    assert told[3] == words.spread(seen.pi_low, seen.pi_high, decimals=0)
    assert exhibit.title == f"BLMK: unmet demand {told[3]} in one year"  # of the three areas the widest


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "£0"), (999.4, "£999"), (999.6, "£1.00k"), (14_300, "£14.3k"), (-2_310_000, "−£2.31m")]
)
def test_pounds_have_three_figures(value, said):
    assert words.pounds(value) == said
