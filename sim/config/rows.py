"""Rows of a planner's table, cell by cell: every complaint names file, line, column, value, rule and remedy."""

from __future__ import annotations

import datetime as dt
import difflib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from sim.cells import as_said
from sim.config.sheets import Line, Table, lines_of
from sim.config.times import DAY_FIRST, ISO, LONDON, UTC, as_written, date_as_written, is_slashed, moment
from sim.config.words import did_you_mean, one_line, shown
from sim.config.written import decimal
from sim.errors import BadInput

FLAGS = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
SLIP = 0.8  # two names of columns that are more alike are one name and a slip
MOST_HOURS = 200_000.0  # 22 years from the start of the run: a time beyond is a slip of the keyboard


@dataclass(frozen=True)
class Row:
    """One row: its file and line, its cells by column, and the column whose text says which row it is.

    dates, timezone: how its table writes times (``sim.config.times``). private: columns with names of families or
    people, which no complaint repeats. counts: what the number of its line counts.
    """

    file: str
    line: int
    cells: dict[str, str]
    named_by: str
    dates: str = ISO
    timezone: str = LONDON
    private: tuple[str, ...] = ()
    counts: str = "line"

    def bad(self, column: str, rule: str, remedy: str = "") -> BadInput:
        """A complaint about one cell."""
        value = f" = {shown(self.cells[column])}" if self.cells.get(column) and column not in self.private else ""
        name = "" if self.named_by in self.private else self.cells.get(self.named_by)
        remedy = remedy or (f"correct the row of {shown(name)}" if name else f"correct {self.counts} {self.line}")
        return BadInput(one_line(f"{self.file} {self.counts} {self.line}: {column}{value}: {rule}; {remedy}"))

    def needed(self, column: str) -> str:
        """The text of a cell that must not be empty. Raises BadInput."""
        if not self.cells[column]:
            raise self.bad(column, "missing", "write one in every row")
        return self.cells[column]

    def number(self, column: str, low: float, high: float, whole: bool = False) -> float | None:
        """A number between two bounds, None for an empty cell. Raises BadInput."""
        if not self.cells.get(column):
            return None
        value = decimal(self.cells[column])
        if not low <= value <= high or (whole and value != int(value)):
            point = self.cells[column].replace(",", ".")
            remedy = f"write {point}, with a point" if point != self.cells[column] and is_hours(point) else ""
            raise self.bad(column, f"must be a {'whole ' * whole}number from {low:g} to {high:g}", remedy)
        return value

    def needed_number(self, column: str, low: float, high: float, whole: bool = False) -> float:
        """A number in a cell that must not be empty. Raises BadInput."""
        value = self.number(column, low, high, whole)
        if value is None:
            raise self.bad(column, f"missing: must be a {'whole ' * whole}number from {low:g} to {high:g}")
        return value

    def flag(self, column: str) -> bool | None:
        """Yes or no, None for an empty cell. Raises BadInput."""
        text = self.cells.get(column, "").lower()
        if text and text not in FLAGS:
            raise self.bad(column, "must be 1 or 0 (or yes or no)")
        return FLAGS[text] if text else None

    def word(self, column: str, known: Iterable[str]) -> str | None:
        """One of a few words, None for an empty cell. Raises BadInput."""
        text, words = self.cells.get(column, ""), tuple(known)
        if text and text not in words:
            rule = f"must be one of {', '.join(words)}"
            raise self.bad(column, rule, did_you_mean(text, words, "choose one of them"))
        return text or None

    def time(self, column: str, start_date: dt.date) -> float | None:
        """Hours since 00:00 of the start date, from a date and time or from such hours; None for an empty cell.

        Raises BadInput.
        """
        text = self.cells.get(column, "")
        if not text:
            return None
        when = self.moment(column)
        since = None if when is None else (when - dt.datetime.combine(start_date, dt.time())) / dt.timedelta(hours=1)
        hours = decimal(text) if is_hours(text) else since
        if hours is None or not abs(hours) <= MOST_HOURS:
            rule = f"must be a date and time, or hours since 00:00 of {start_date}"
            raise self.bad(column, *self._otherwise(text, rule))
        return hours

    def moment(self, column: str) -> dt.datetime | None:
        """The date and time in a cell, by the local clock; None for an empty cell, and for one that holds none."""
        return moment(self.cells.get(column, ""), self.dates, self.timezone)

    def instant(self, column: str) -> dt.datetime | None:
        """The same by the clock of its table, where two times are never one."""
        return as_written(self.cells.get(column, ""), self.dates)

    def _otherwise(self, text: str, rule: str, remedy: str = "") -> tuple[str, str]:
        """Rule and remedy for a time that cannot be read: perhaps its table should say how it writes times."""
        table = f"{{file: {self.file.replace(' sheet ', ', sheet: ', 1)}, "
        if is_slashed(text) and self.dates == ISO:
            return "the day may come first, or the month", f"name the table as {table}dates: {DAY_FIRST}}}"
        if self.timezone != UTC and moment(text, self.dates, UTC) is not None:
            return "says a time zone", f"take it out, or name the table as {table}timezone: {UTC}}}"
        clock = "UTC" if self.timezone == UTC else "local time"
        return rule, remedy or f"write it in {clock} as 2027-01-08T03:10"

    def needed_time(self, column: str, start_date: dt.date) -> float:
        """A time in a cell that must not be empty. Raises BadInput."""
        self.needed(column)
        time = self.time(column, start_date)
        assert time is not None
        return time

    def day(self, column: str, start_date: dt.date) -> int | None:
        """Days from the start date to a date, None for an empty cell. Raises BadInput."""
        if not (text := self.cells.get(column, "")):
            return None
        if (when := date_as_written(text, self.dates)) is None:
            raise self.bad(column, *self._otherwise(f"{text} 0:00", "must be a date", "write it as 2027-03-31"))
        return (when - start_date).days


def is_hours(text: str) -> bool:
    """Whether a text is a number: of hours, where a time is wanted."""
    return not math.isnan(decimal(text))


class Rows(list[Row]):
    """The rows of a table that have anything in them. empty: how many have not."""

    empty = 0


def once(rows: Iterable[Row], column: str, remedy: str) -> None:
    """Raises BadInput for a row whose cell is empty, or stands in an earlier row, be it in capitals."""
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row.needed(column).casefold(), row)
        if first is not row:
            word = first.cells[column]
            spelled = "" if word == row.cells[column] else f" as {word}"
            raise row.bad(column, f"stands in line {first.line} already{spelled}", remedy)


def read_rows(
    table: Path | Table, needed: tuple[str, ...], optional: tuple[str, ...] | None = None,
    private: tuple[str, ...] = (), beside: tuple[str, ...] = (),
) -> Rows:  # fmt: skip
    """The rows of a table, each named by its first needed column; rows without any text are passed over.

    optional: the other columns there may be; None: any. private: columns with names of families or people. beside:
    columns that are read where any may stand; a name near to one of them is a slip, not a column of the planner's own.
    Raises BadInput if the file is no table, a column is missing, unknown or there twice, or no row is left.
    """
    table = Table(table) if isinstance(table, Path) else table
    head, *lines = lines_of(table, (*needed, *(optional or ()))) or [Line(1, [])]
    columns = [name.strip() for name in head.texts]
    _check_columns(table.label, columns, needed, optional)
    _check_slips(table.label, columns, needed, beside)
    found = [_row(table, line, columns, needed[0], private) for line in lines]
    rows = Rows(row for row in found if any(row.cells.values()))
    rows.empty = len(found) - len(rows)
    if not rows:
        raise BadInput(f"{table.label}: no rows; add one below the names of the columns")
    return rows


def _check_columns(file: str, columns: list[str], needed: tuple[str, ...], optional: tuple[str, ...] | None) -> None:
    if not any(columns):
        raise BadInput(f"{file}: empty; the first line names the columns: {', '.join(needed)}")
    if len(columns) == 1 and len(needed) > 1:
        remedy = "put commas, semicolons or tabs between the columns"
        raise BadInput(one_line(f"{file} line 1: {shown(columns[0])}: one column only; {remedy}"))
    others = [column for column in columns if column not in needed]
    for column in filter(None, others):
        if optional is not None and column not in optional:
            known = (*needed, *optional)
            remedy = did_you_mean(column, known, f"take it out; known: {', '.join(known)}")
            raise BadInput(one_line(f"{file} line 1: {shown(column)}: no such column; {remedy}"))
    for column in needed:
        if column not in columns:
            near = difflib.get_close_matches(column, others, n=1, cutoff=0.6)
            remedy = f"rename {near[0]}" if near else f"columns needed: {', '.join(needed)}"
            raise BadInput(one_line(f"{file} line 1: {column}: column missing; {remedy}"))
    for column in filter(None, columns):
        if columns.count(column) > 1:
            raise BadInput(f"{file} line 1: {column}: stands there twice; take one out")


def _check_slips(file: str, columns: list[str], needed: tuple[str, ...], beside: tuple[str, ...]) -> None:
    """hospice_kms would be passed over in silence, and with it what it says."""
    missing = [column for column in beside if column not in columns]
    for column in columns:
        if column not in (*needed, *beside):
            near = difflib.get_close_matches(column.lower(), missing, n=1, cutoff=SLIP)
            if near:
                remedy = f"did you mean {near[0]}? A column of your own needs a name less like it"
                raise BadInput(one_line(f"{file} line 1: {shown(column)}: not a column that is read; {remedy}"))


def _row(table: Table, line: Line, columns: list[str], named_by: str, private: tuple[str, ...]) -> Row:
    named = dict(zip(columns, line.texts, strict=False))
    nameless = [text for column, text in zip_longest(columns, line.texts, fillvalue="") if not column]
    if "".join(nameless).strip():
        remedy = "put a text with commas in quotation marks, or name its column"
        raise BadInput(f"{table.label} line {line.number}: more cells than columns; {remedy}")
    cells = {column: as_said(named.get(column, "").strip()) for column in columns if column}
    return Row(table.label, line.number, cells, named_by, table.dates, table.timezone, private)
