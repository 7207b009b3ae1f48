"""A workbook to be filled in: a sheet for each table, with drop-downs, and a note on every column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from sim.report.workbook.book import Book

FURTHER = 500  # rows below the last that have the drop-downs too
LONGEST_LIST = 255  # letters of a drop-down's words, as a spreadsheet allows
README = (
    "Each sheet is a table that the scenario file reads; the names of the columns must stay, their order may change.",
    "The rows are there so that it runs as it is: write your own over them. A small red corner has a note.",
    "Dates and times are dates and times of the spreadsheet. Nothing but the names of files is kept in results.",
)


class _Column(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def words(self) -> tuple[str, ...]: ...


class _Sheet(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def columns(self) -> Sequence[_Column]: ...
    @property
    def rows(self) -> Sequence[Sequence[Any]]: ...


def templates(name: str, sheets: Sequence[_Sheet]) -> bytes:
    """The workbook; the same tables always give the same bytes."""
    book = Book(name)
    first = book.book.add_worksheet("read me")
    first.set_column(0, 0, 16)
    first.set_column(1, 1, 100)
    first.write_string(0, 0, f"The tables of {name}", book.title)
    for row, line in enumerate(README, 2):
        first.write_string(row, 0, line)
    for row, sheet in enumerate(sheets, len(README) + 3):
        first.write_string(row, 0, sheet.name)
        first.write_string(row, 1, sheet.about)
    date = book.book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    moment = book.book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    for sheet in sheets:
        _sheet(book, sheet, date, moment)
    return book.content()


def _sheet(book: Book, sheet: _Sheet, date: Any, moment: Any) -> None:
    made = book.book.add_worksheet(sheet.name)
    made.freeze_panes(1, 0)
    last = len(sheet.rows) + FURTHER
    for place, column in enumerate(sheet.columns):
        made.write_string(0, place, column.name, book.head)
        made.write_comment(0, place, column.note, {"x_scale": 1.6, "author": "oncall-sim"})
        made.set_column(place, place, _width(sheet, place))
        if column.words and len(",".join(column.words)) <= LONGEST_LIST:
            rule = {"validate": "list", "source": list(column.words), "error_type": "warning"}
            made.data_validation(1, place, last, place, rule)
    for row, cells in enumerate(sheet.rows, 1):
        for place, cell in enumerate(cells):
            if isinstance(cell, dt.datetime):
                made.write_datetime(row, place, cell, moment)
            elif isinstance(cell, dt.date):
                made.write_datetime(row, place, dt.datetime.combine(cell, dt.time()), date)
            elif isinstance(cell, str):
                made.write_string(row, place, cell)
            elif cell is not None:
                made.write_number(row, place, cell)


def _width(sheet: _Sheet, place: int) -> float:
    shown = [sheet.columns[place].name, *(_shown(row[place]) for row in sheet.rows)]
    return float(min(max(map(len, shown)) + 2, 44))


def _shown(cell: Any) -> str:
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, dt.datetime) else "" if cell is None else str(cell)
