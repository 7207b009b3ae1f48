"""Writing sheets: cells by kind, headings that stay in sight, widths that fit, and nothing that depends on the day."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import wrap
from typing import Any

import xlsxwriter

CREATED = dt.datetime(2026, 1, 1)  # any fixed day: the same study gives the same bytes
COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25", "#595959")
NARROWEST, WIDEST = 9, 70  # characters of a column
LINE = 15  # points, the height of a row
NOTE = 110  # characters that a note is wide, at least
MOST_LOOKED_AT = 400  # rows from which a column's width is taken

Cell = str | float | None


@dataclass(frozen=True)
class Column:
    """A heading, and the unit of the numbers below it (empty: that of the row's ``unit``)."""

    head: str
    unit: str = ""


def number_format(unit: str) -> str:
    """How a spreadsheet shows a number of a unit: shares as per cent, pounds and counts with thousands."""
    if unit.startswith("share") or unit == "probability":
        return "0.0%"
    if unit.startswith("GBP"):
        return "£#,##0"
    if unit in ("plain", "p"):
        return "General" if unit == "plain" else "0.000"
    return "#,##0" if unit in ("count", "people", "children") else "#,##0.0"


class Book:
    """A workbook in memory."""

    def __init__(self, title: str) -> None:
        self._into = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._into, {"in_memory": True})
        self.book.set_properties({"title": title, "author": "oncall-sim", "created": CREATED})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.text = self.book.add_format({"text_wrap": True, "valign": "top"})
        self._numbers: dict[str, Any] = {}  # by what they look like
        self._of_unit: dict[str, Any] = {}

    def number(self, unit: str) -> Any:
        """The format of numbers of a unit."""
        if unit not in self._of_unit:
            shown = number_format(unit)
            if shown not in self._numbers:
                self._numbers[shown] = self.book.add_format({"num_format": shown, "valign": "top"})
            self._of_unit[unit] = self._numbers[shown]
        return self._of_unit[unit]

    def put(self, sheet: Any, row: int, place: int, cell: Cell, unit: str = "") -> None:
        """One cell; a number that is not known stays empty, a word is never taken for a formula or an address."""
        if isinstance(cell, str):
            sheet.write_string(row, place, cell, self.text)
        elif cell is not None and math.isfinite(cell):
            sheet.write_number(row, place, cell, self.number(unit))

    def table(
        self, name: str, title: str, note: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]],
        units: Sequence[str] = (), frozen: int = 1,
    ) -> Any:  # fmt: skip
        """A sheet with one table: title, note, headings, rows. units: by row, for columns without a unit of their own.

        frozen: columns that stay in sight with the headings.
        """
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.title)
        widths = [_width(c.head, [row[place] for row in rows[:MOST_LOOKED_AT]]) for place, c in enumerate(columns)]
        self.note(sheet, 1, note, widths)
        give_room(sheet, 2, [column.head for column in columns], widths)
        for place, column in enumerate(columns):
            sheet.write_string(2, place, column.head, self.head)
            sheet.set_column(place, place, widths[place])
        for number, row in enumerate(rows):
            unit = units[number] if units else ""
            give_room(sheet, number + 3, row, widths)
            for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
                self.put(sheet, number + 3, place, cell, column.unit or unit)
        sheet.freeze_panes(3, frozen)
        if rows:
            sheet.autofilter(2, 0, 2 + len(rows), len(columns) - 1)
        on_paper(sheet)
        sheet.repeat_rows(2)
        return sheet

    def note(self, sheet: Any, row: int, words: str, widths: Sequence[int]) -> None:
        """Words across the first columns of a sheet, wrapped, in a row as high as they need."""
        reach, wide = 0, 0
        while reach < len(widths) and wide < NOTE:
            wide += widths[reach]
            reach += 1
        if not words:
            return
        if reach > 1:
            sheet.merge_range(row, 0, row, reach - 1, "", self.text)
        sheet.write_string(row, 0, words, self.text)
        sheet.set_row(row, LINE * len(wrap(words, max(wide - 2, 20))))

    def content(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._into.getvalue()


def _width(head: str, cells: Sequence[Cell]) -> int:
    words = [len(cell if isinstance(cell, str) else f"£{cell:,.0f}") for cell in cells if cell is not None]
    longest = max((len(word) for word in head.split()), default=0)
    return max(NARROWEST, min(WIDEST, max([longest + 2, *(width + 1 for width in words)])))


def give_room(sheet: Any, row: int, cells: Sequence[Cell], widths: Sequence[int]) -> None:
    """A row as high as its longest words are when they wrap: not every program works that out on opening."""
    words = [(c, width) for c, width in zip(cells, widths, strict=True) if isinstance(c, str) and len(c) > width]
    lines = max((_lines(cell, width) for cell, width in words), default=1) if words else 1
    if lines > 1:
        sheet.set_row(row, lines * LINE)


@cache  # the same words stand in many rows
def _lines(words: str, width: int) -> int:
    return len(wrap(words, width))


def on_paper(sheet: Any, pages_down: int = 0, across: bool = True) -> None:
    """A4, as wide as a page, with its name and number at the foot. pages_down: at most so many; 0: as many as needed.

    across: the long side lies.
    """
    if across:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.fit_to_pages(1, pages_down)
