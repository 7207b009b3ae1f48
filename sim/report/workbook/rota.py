"""The workbook of a rota: who is on each day in colour, then duties, audit, comparison and seats as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from sim.cells import records
from sim.report.workbook.book import Book, Column

SATURDAY = 5
DAYS = "MTWTFSS"
FILL = {  # letter: fill and letters of a cell
    "W": ("#c7dcea", "#0b0c0c"), "N": ("#12436d", "#ffffff"), "B": ("#3d6f9e", "#ffffff"), "L": ("#e3e3e3", "#595959"),
    "S": ("#f0d9e6", "#801650"), "-": ("#f7f7f7", "#8a8a8a"),
}  # fmt: skip
GAP, FREE = "#f46a25", "#f3f2f1"
NAMES, DAY = 26, 2.7  # widths of columns
FIRST = 4  # row of the first line below the headings


def workbook(
    title: str, legend: str, days: Sequence[dt.date], holidays: Sequence[bool],
    rows: Sequence[tuple[str, str, bool, str]], sheets: Mapping[str, pd.DataFrame],
) -> bytes:  # fmt: skip
    """The workbook of a rota. rows: team, name, whether it counts gaps, and a letter for each day. sheets: by name."""
    book = Book(title)
    _days(book, title, legend, days, holidays, rows)
    for name, table in sheets.items():
        columns = [Column(column) for column in table.columns]
        cells = [[_cell(row[column]) for column in table.columns] for row in records(table)]
        book.table(name, name, "", columns, cells, ["plain"] * len(cells))
    return book.content()


def _cell(value: Any) -> str | float | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, str):
        return value
    return round(float(value), 2)


def _days(
    book: Book, title: str, legend: str, days: Sequence[dt.date], holidays: Sequence[bool],
    rows: Sequence[tuple[str, str, bool, str]],
) -> None:  # fmt: skip
    sheet = book.book.add_worksheet("Rota")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 1)
    sheet.freeze_panes(FIRST, 1)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, NAMES)
    sheet.set_column(1, len(days), DAY)
    sheet.write_string(0, 0, title, book.title)
    bold = book.book.add_format({"bold": True})
    free = [day.weekday() >= SATURDAY or holiday for day, holiday in zip(days, holidays, strict=True)]
    plain, grey = (
        book.book.add_format({"align": "center", "bottom": 1, **({"bg_color": FREE} if fill else {})})
        for fill in (False, True)
    )
    for place, (day, holiday) in enumerate(zip(days, holidays, strict=True), 1):
        if place == 1 or day.day == 1:
            sheet.write_string(1, place, f"{day:%B %Y}", bold)
        style = grey if free[place - 1] else plain
        sheet.write_string(2, place, "H" if holiday else DAYS[day.weekday()], style)
        sheet.write_number(3, place, day.day, style)
    row = FIRST
    styles = _styles(book)
    for team, of in groupby(rows, key=lambda line: line[0]):
        sheet.write_string(row, 0, team, bold)
        row += 1
        for _, name, is_gap, letters in of:
            sheet.write_string(row, 0, name)
            for place, letter in enumerate(letters, 1):
                _write(sheet, row, place, letter, is_gap, free[place - 1], styles)
            row += 1
        row += 1
    for line in legend.split("\n"):
        sheet.write_string(row, 0, line)
        row += 1


def _styles(book: Book) -> dict[str, Any]:
    """Formats by letter; ``gap``, and a free day."""
    border = {"align": "center", "border": 1, "border_color": "#ffffff", "font_size": 9}
    made = {
        letter: book.book.add_format({**border, "bg_color": fill, "font_color": ink})
        for letter, (fill, ink) in FILL.items()
    }
    made["gap"] = book.book.add_format({**border, "bg_color": GAP, "bold": True})
    made["free"] = book.book.add_format({**border, "bg_color": FREE})
    return made


def _write(sheet: Any, row: int, place: int, letter: str, is_gap: bool, free: bool, styles: Mapping[str, Any]) -> None:
    if is_gap and letter != "0":
        sheet.write_number(row, place, int(letter), styles["gap"])
    elif not is_gap and letter.upper() in FILL:
        sheet.write_string(row, place, letter, styles[letter.upper()])
    elif free:
        sheet.write_blank(row, place, None, styles["free"])
