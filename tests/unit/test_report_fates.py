"""How the report tells what became of the families: first, in a title of at most twelve words, and as flows."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from sim.domain.words import FATES
from sim.experiment import flows as experiment
from sim.report import Tables
from sim.report.drawing.style import styled
from sim.report.exhibits import fates
from sim.report.exhibits.contents import exhibits
from sim.report.exhibits.fate_groups import fates_by_group, has_groups
from sim.report.page.report import headlines, page, upright
from sim.report.words.answer import answer
from sim.report.words.fates import COLOURS, WORDS
from sim.report.words.headlines import cards
from sim.report.workbook import workbook
from tests.unit.boxes import said
from tests.unit.report_tables import made_up, with_fates


@pytest.fixture(scope="module")
def compared() -> Tables:
    tables = with_fates("current_patchwork", "icb_rota")
    moved = {
        ("not_offered_home", "whole"): 100.0,
        ("nobody_answered", "hospital_otherwise"): 30.0,
        ("whole",) * 2: 20.0,
    }
    lines = [
        ("current_patchwork", "icb_rota", *pair, many, 0.9 * many, 1.1 * many, 0.1, 20) for pair, many in moved.items()
    ]
    return replace(tables, flows=pd.DataFrame(lines, columns=experiment.COLUMNS))


def drawn(make, tables: Tables):
    with styled():
        return make(tables)


def test_every_fate_has_words_and_a_colour_of_its_own_in_the_order_of_the_model():
    assert tuple(WORDS) == tuple(COLOURS) == FATES
    assert len(set(COLOURS.values())) == len(FATES)


def test_the_title_has_its_number_and_at_most_twelve_words(compared):
    one, both = (drawn(fates.fates, tables).title for tables in (with_fates("current_patchwork"), compared))
    assert one == "4.0% of families are whole in Current patchwork"
    assert "4.0%" in both
    assert "44% in ICB rota" in both
    assert max(len(one.split()), len(both.split())) <= 12


def test_the_bar_has_all_fates_and_prints_the_worst_three(compared):
    exhibit = drawn(fates.fates, compared)
    texts = said(exhibit.figure.axes[0])
    assert any(text.startswith("47.0%") for text in texts)
    assert {"A 25%", "E 16%", "H 44%"} <= set(texts)
    rows = {row[0]: row[1:] for row in exhibit.grid.rows}
    share, many = rows["Not offered home"][0].split("\n")
    assert share.startswith("25.0% (")
    assert many == "125 a year (119 to 131; one year 106 to 144)"


def test_the_families_come_first_on_the_page_and_among_the_cards(compared):
    assert [one.name for one in exhibits(compared)][:2] == ["fates", "flows"]
    assert cards(compared)[0][0] == "Families whole"
    first, second, *_ = answer(compared)
    assert first.startswith("Current patchwork: 20 of 500 families a year who want to be at home are whole")
    assert "125 are not offered home, 75 are in hospital after a call that failed, and 35 die there otherwise" in first
    assert second == "Families a year who are whole elsewhere: 220 in ICB rota."


def test_flows_count_who_fares_better_and_who_worse(compared):
    exhibit = drawn(fates.flows, compared)
    assert exhibit.title == "ICB rota: 100 families a year fare better, 30 worse"
    assert ("ICB rota", WORDS["not_offered_home"], "–", "–", "–", "100 (90 to 110)") in exhibit.grid.rows
    assert fates.has_flows(compared)
    assert not fates.has_flows(with_fates("current_patchwork"))


def test_a_study_made_before_fates_has_none_of_it():
    tables = made_up()
    assert not {"fates", "flows"} & {one.name for one in exhibits(tables)}
    assert "Families whole" not in cards(tables)[0]


def test_a_table_without_a_chart_is_open_so_that_paper_has_it(compared):
    """Catches flows that a print leaves out: closed tables are not printed."""
    shown = [drawn(fates.fates, compared), drawn(fates.flows, compared)]
    html = page(compared, shown, {"fates": "<svg></svg>"})
    assert f"<details open>\n<summary>Table: {shown[1].grid.caption}" in html
    assert f"<details>\n<summary>Table: {shown[0].grid.caption}" in html


def test_headline_figures_stand_upright_so_that_a4_holds_them(compared):
    """Catches a table with a column for each of twenty figures, most of which a print cuts off."""
    flat = headlines(compared)
    assert upright(flat).head == ("Figure", "Current patchwork", "ICB rota")
    assert [row[0] for row in upright(flat).rows] == list(flat.head[1:])
    assert [row[1] for row in upright(flat).rows] == list(flat.rows[0][1:])
    assert f'<th scope="row">{flat.head[1]}</th>' in page(compared, [], {})


def test_the_families_of_each_group_have_a_table_and_a_sheet(compared):
    """Catches a partition that is told of England alone, where the most deprived homes are the ones refused."""
    by_group = [
        compared.summary[compared.summary.measure.str.startswith(("fate_", "worst_three"))].assign(
            group="deprivation", level=level, mean=lambda rows, times=times: rows["mean"] * times
        )
        for level, times in (("quintile 1 (most deprived)", 1.2), ("quintile 5", 0.8))
    ]
    tables = replace(compared, summary=pd.concat([compared.summary, *by_group], ignore_index=True))
    exhibit = drawn(fates_by_group, tables)
    assert has_groups(tables)
    assert not has_groups(compared)
    assert exhibit.title == "Not home or in hospital: 38% to 56% by group"
    assert exhibit.figure is not None
    rows = {row[1:3]: row[3:] for row in exhibit.grid.rows}
    assert len(rows) == 2 * len(FATES)
    assert rows["quintile 5 (least deprived)", WORDS["whole"]][1].startswith("35.2% (")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(tables)))["Families"]
    assert {row[2].value for row in sheet.iter_rows(min_row=4)} >= {"quintile 5"}
