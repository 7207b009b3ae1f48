"""The workbook: read back, cell by cell where a reader looks first; the same bytes from the same study."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from sim.report.tables import Tables
from sim.report.workbook import workbook
from sim.report.workbook.closing_and_equity import OF_CLOSING, OF_EQUITY
from sim.report.workbook.numbers import reading
from tests.unit.report_tables import made_up

SHEETS = [
    "Read me", "One page", "Summary", "Charts", "Comparison", "Areas", "Clinicians", "Costs", "Assumptions",
    "Dictionary",
]  # fmt: skip
SOFFICE = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return made_up()


@pytest.fixture(scope="module")
def content(tables) -> bytes:
    return workbook(tables)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def row_of(sheet, first: str) -> tuple:
    """The first row that begins with a text."""
    return next(row for row in sheet.iter_rows() if row[0].value == first)


def test_the_sheets_stand_in_the_order_in_which_they_are_read(book):
    assert book.sheetnames == SHEETS  # made without costs.csv and equity.csv


def test_the_first_sheet_says_what_was_asked_and_how_it_was_run(book, tables):
    """Catches a workbook that cannot be traced to its study once it has been sent on."""
    said = {row[0].value: row[1].value for row in book["Read me"].iter_rows(min_row=3)}
    assert said["Current patchwork"] == tables.scenarios[0]["question"]
    assert said["Answer"].startswith("Current patchwork: 27.6% of the calls")
    assert f"seed {tables.study['seed']}" in said["How it was run"]
    assert said["Fingerprint, ICB rota"] == tables.study["fingerprint"]["icb_rota"]
    assert "95 %" in said["Intervals"]


def test_a_share_is_a_number_shown_as_per_cent_beside_its_interval(book, tables):
    row = row_of(book["Summary"], "Unmet demand in all hours")
    unmet = tables.estimate(tables.baseline, "unmet_demand_share")
    assert [cell.value for cell in row[2:5]] == pytest.approx([unmet.mean, unmet.ci_low, unmet.ci_high])
    assert {cell.number_format for cell in row[2:5]} == {"0.0%"}


def test_every_area_has_a_row_for_every_scenario(book, tables):
    rows = list(book["Areas"].iter_rows(min_row=4, values_only=True))
    assert len(rows) == len(tables.areas) * len(tables.names)
    assert {row[0] for row in rows} == set(tables.areas["code"])


def test_headings_stay_in_sight_and_can_be_filtered(book):
    for name in SHEETS[4:]:
        assert book[name].freeze_panes.endswith("4"), name
    assert book["Summary"].auto_filter.ref.startswith("A3:")


def test_every_sheet_is_laid_out_for_paper_and_the_headlines_fill_one_page(book, tables):
    """Catches a sheet that is printed over forty pages, a note that is cut at its column, and a chart cut in two."""
    for sheet in book:
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.oddFooter.left.text == "&A", sheet.title
        assert sheet.title == "Charts" or sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
    one = book["One page"]
    assert (one.page_setup.fitToWidth or 1, one.page_setup.fitToHeight or 1) == (1, 1)
    row = row_of(one, "Unmet demand, all hours")
    unmet = tables.estimate(tables.baseline, "unmet_demand_share")
    assert [cell.value for cell in row[1:4]] == pytest.approx([unmet.mean, unmet.ci_low, unmet.ci_high])
    note = one["A2"]
    assert note.alignment.wrap_text
    assert one.row_dimensions[2].height >= 15
    assert any(cells.min_row == 2 for cells in one.merged_cells.ranges)


def test_pounds_are_whole_and_no_column_is_too_narrow_for_them(tables):
    """Catches ### in place of the whole cost, and pence of a year."""
    unmet = tables.summary[tables.summary["measure"] == "unmet_demand_share"].query("group == 'england'")
    priced = {"measure": "total_cost", "unit": "GBP/year", "mean": 6637362.6, "ci_low": 6.4e6, "ci_high": 16.9e6}
    summary = pd.concat([tables.summary, unmet.assign(**priced)], ignore_index=True)
    one = openpyxl.load_workbook(io.BytesIO(workbook(replace(tables, summary=summary))))["One page"]
    cost = row_of(one, "Whole cost, pounds a year")
    for cell in cost[1:]:
        assert cell.number_format == "£#,##0"
        assert one.column_dimensions[cell.column_letter].width > len(f"£{cell.value:,.0f}"), cell.coordinate


def test_no_chart_stands_over_the_end_of_a_page(book):
    """Catches a break in the middle of a chart: each begins and ends between the same two breaks."""
    sheet = book["Charts"]
    breaks = [at.id for at in sheet.row_breaks.brk]
    assert breaks
    for chart in sheet._charts:
        first = chart.anchor._from.row
        last = chart.anchor.to.row
        assert not any(first < at <= last for at in breaks), (first, last, breaks)


def test_charts_are_native_and_read_the_cells_beside_them(book, content):
    assert len(book["Charts"]._charts) >= 3
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        first = parts.read("xl/charts/chart1.xml").decode()
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert "Charts!$B$4:$B$7" in first
    assert "<c:errBars>" in first
    assert drawing.count("descr=") == len(book["Charts"]._charts)


def test_what_was_worked_out_from_other_figures_has_sheets_where_the_study_holds_it(tables):
    """Catches a sheet of gaps with codes, or shown in the wrong unit; made without these tables there is none."""
    gap = dict.fromkeys(OF_EQUITY, "") | {"scenario": "icb_rota", "measure": "unmet_demand_share", "unit": "share"}
    night = {column: 1.5 if unit else "england" for column, (_, unit) in OF_CLOSING.items()} | {"gbp_per_night": 310.0}
    more = {"equity": pd.DataFrame([gap | {"gap": 0.125}]), "costs": pd.DataFrame([night])}
    book = openpyxl.load_workbook(io.BytesIO(workbook(replace(tables, **more))))
    row = [cell for cell in book["Equity"][4] if cell.value is not None]
    assert [cell.value for cell in row][:3] == ["ICB rota", "Unmet demand in all hours", "share"]
    assert [(cell.value, cell.number_format) for cell in row if cell.value == 0.125] == [(0.125, "0.0%")]
    prices = [(cell.value, cell.number_format) for cell in book["Closing nights"][4] if cell.value == 310.0]
    assert prices == [(310.0, "£#,##0")]


def test_words_are_never_formulas(tables):
    """Catches a question, an area or a source that begins like a formula and is computed by whoever opens the file."""
    said = ["=1+1", "+44 20", "-1+1", "@home"]
    asked = [{"name": name, "question": words} for name, words in zip(tables.names, said, strict=True)]
    areas = tables.areas.assign(name=[said[k % 4] for k in range(len(tables.areas))])
    book = openpyxl.load_workbook(io.BytesIO(workbook(replace(tables, scenarios=asked, areas=areas))))
    cells = [cell for sheet in ("Read me", "Areas") for row in book[sheet].iter_rows() for cell in row]
    assert {(cell.value, cell.data_type) for cell in cells if cell.value in said} == {(words, "s") for words in said}


def test_the_same_tables_give_the_same_bytes(content, tables):
    """Catches a date of today in the properties or in the archive."""
    assert workbook(tables) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


@pytest.mark.parametrize("changes", [{"empty": True}, {"names": ("icb_rota",)}], ids=["nothing happened", "one"])
def test_a_study_of_little_has_all_sheets_too(changes):
    assert openpyxl.load_workbook(io.BytesIO(workbook(made_up(**changes)))).sheetnames == SHEETS


def test_a_remark_is_taken_apart():
    assert reading("NHS terms, from memory: verify before relying on it (rest, grade R)")[3] == "R"
    assert reading("RCN survey 2021 (cap, grade B); a share [4, 15]") == (
        "RCN survey 2021 (cap, grade B); a share", "4", "15", "B",
    )  # fmt: skip
    assert reading("the rest") == ("the rest", "", "", "")


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice on this machine")
def test_libreoffice_opens_it(content, tmp_path):
    """Catches a file that spreadsheets repair or refuse: LibreOffice turns it into a page without a word."""
    (tmp_path / "workbook.xlsx").write_bytes(content)
    command = [SOFFICE, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "workbook.xlsx")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env={"HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "workbook.pdf").read_bytes().startswith(b"%PDF")
