"""The cells of a planner's table as texts: CSV with commas, semicolons or tabs, or one sheet of a workbook (.xlsx).

What a spreadsheet knows to be a date, a time or a number comes as the text that a planner would have written.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sim.config.times import DATES, ISO, LONDON, TIMEZONES
from sim.config.words import BadKey, did_you_mean, one_line, shown
from sim.errors import BadInput

WORKBOOK = ".xlsx"
OTHERS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers")  # spreadsheets that are not read
BETWEEN = (",", ";", "\t")  # cells of a CSV table
MOST_BYTES = 50_000_000
BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")  # with which text in UTF-16 begins
HOUR = 3600.0  # seconds
ABOUT: dict[str, tuple[str, ...]] = {"file": (), "sheet": (), "dates": DATES, "timezone": TIMEZONES}  # said of a table


class Table(NamedTuple):
    """Where a table stands and how it writes times: its file, the sheet of a workbook (empty: the only one), a word of
    ``times.DATES`` and one of ``times.TIMEZONES``."""

    path: Path
    sheet: str = ""
    dates: str = ISO
    timezone: str = LONDON

    @property
    def label(self) -> str:
        """What it is called in what is said of it."""
        return f"{self.path.name} sheet {self.sheet}" if self.sheet else self.path.name


def table_named(key: str, written: Any) -> Table:
    """What a key says of a table: the name of its file, or also a sheet and how it writes times. Raises BadKey."""
    if isinstance(written, str) and written:
        return Table(Path(written))
    example = "write it as ./mine.csv, or {file: ./mine.xlsx, sheet: calls, dates: dd/mm/yyyy}"
    if not isinstance(written, dict) or not isinstance(written.get("file"), str) or not written["file"]:
        raise BadKey(key, shown(written), "must name the file of a table", example)
    for name, value in written.items():
        if name not in ABOUT:
            raise BadKey(f"{key}.{name}", shown(value), "no such key of a table", did_you_mean(name, ABOUT))
        if not isinstance(value, str) or (ABOUT[name] and value not in ABOUT[name]):
            rule = f"must be one of {', '.join(ABOUT[name])}" if ABOUT[name] else "must be words"
            raise BadKey(f"{key}.{name}", shown(value), rule, did_you_mean(str(value), ABOUT[name], example))
    words = {name: str(value) for name, value in written.items() if name != "file"}
    return Table(Path(written["file"]), **words)


class Line(NamedTuple):
    """A row of a table: its number in the file or the sheet, from 1, and its texts."""

    number: int
    texts: list[str]


def lines_of(table: Table, known: Iterable[str]) -> list[Line]:
    """Every row of a table that has anything in it, the names of the columns first.

    known: columns that there may be, which tell what stands between cells. Raises BadInput for a file that is no table.
    """
    path, sheet = table.path, table.sheet
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise BadInput(f"{path.name}: {size:,} bytes, more than the {MOST_BYTES:,} that are read; take out what is not")
    if path.suffix.lower() == WORKBOOK:
        return [line for line in _of_sheet(path, sheet) if any(text.strip() for text in line.texts)]
    if path.suffix.lower() in OTHERS:
        raise BadInput(f"{path.name}: {path.suffix} is not read; save it as .xlsx or as CSV UTF-8")
    if sheet:
        raise BadInput(f"{path.name}: sheet = {shown(sheet)}: a CSV table has no sheets; take sheet out")
    return _of_csv(path, set(known))


def _of_csv(path: Path, known: set[str]) -> list[Line]:
    try:
        content = path.read_bytes()
        text = content.decode("utf-16" if content.startswith(BYTE_ORDERS) else "utf-8-sig")
        found = [_split(text, sign) for sign in BETWEEN]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(one_line(f"{path.name}: not a CSV table in UTF-8 ({error}); save it as CSV UTF-8")) from None

    def columns(lines: list[Line]) -> tuple[int, int]:
        head = [text.strip() for text in lines[0].texts] if lines else []
        return len(known.intersection(head)), len(head)

    return max(found, key=columns)  # the first of equals


def _split(text: str, sign: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    return [Line(reader.line_num, texts) for texts in reader if texts]


def _of_sheet(path: Path, sheet: str) -> Iterator[Line]:
    """The rows of a sheet. A formula stands for the value that the spreadsheet worked out when it was saved."""
    written = _sheet(path, sheet, values=False)
    formulas = {cell.coordinate for row in written.iter_rows() for cell in row if cell.data_type == "f"}
    for row in (_sheet(path, sheet, values=True) if formulas else written).iter_rows():
        for cell in row:
            if cell.data_type == "e" or (cell.coordinate in formulas and cell.value is None):
                what = f"{cell.value} in place of a value" if cell.value else "a formula without its value"
                where = f"{path.name} sheet {written.title} cell {cell.coordinate}"
                raise BadInput(f"{where}: {what}; correct it, and save the workbook in a spreadsheet program")
        yield Line(row[0].row, [_text(cell.value, cell.number_format) for cell in row])


def _sheet(path: Path, asked: str, *, values: bool) -> Any:
    """One sheet of a workbook. Raises BadInput for a file that is none, or a sheet that is not there or not chosen."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, data_only=values)
    except Exception as error:  # the reader's own exceptions come from zipfile, XML parsers and KeyError
        reason = one_line(str(error) or type(error).__name__)
        raise BadInput(
            one_line(f"{path.name}: not a workbook ({reason}); save it as .xlsx, without a password")
        ) from None
    names = [sheet.title for sheet in book.worksheets]
    if not asked and len(names) > 1:
        known = ", ".join(names)
        raise BadInput(
            f"{path.name}: has several sheets: {known}; name one, as {{file: {path.name}, sheet: {names[0]}}}"
        )
    if asked and asked not in names:
        raise BadInput(f"{path.name}: sheet = {shown(asked)}: no such sheet; {did_you_mean(asked, names)}")
    return book[asked or names[0]]


def _text(value: Any, shape: str) -> str:
    """A value of a cell as a planner would have written it. shape: how the spreadsheet shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        value += dt.timedelta(milliseconds=500)  # a spreadsheet keeps days as fractions: 09:00 may be a moment before
        return f"{value:%Y-%m-%dT%H:%M:%S}" if "h" in shape.lower() else f"{value:%Y-%m-%d}"
    if isinstance(value, dt.timedelta):
        return f"{value.total_seconds() / HOUR:.12g}"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return str(value)
