"""What the columns and words of a rota are called in the system it comes from: a table of its own.

Columns ``column`` (ours), ``theirs`` (one of theirs, or several joined by ``+``), and for words ``value`` (theirs) and
``means`` (ours, or ``leave_out`` for rows that are no duties).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from sim.config.rows import Row, Rows, read_rows
from sim.config.sheets import Table
from sim.config.times import as_written
from sim.config.words import did_you_mean

TIME = re.compile(r"\d{1,2}:\d\d(:\d\d)?$")


LEAVE_OUT = "leave_out"  # what a word means that stands in rows of no duty, such as rest or leave


@dataclass(frozen=True)
class Mapping:
    """theirs: by column of ours, theirs that are joined. means: by column of ours and word of theirs, ours."""

    theirs: dict[str, tuple[str, ...]]
    means: dict[tuple[str, str], str]

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns of theirs that must be there, that of the start first."""
        start = self.theirs.get("start", ("start",))
        return tuple(dict.fromkeys([*start, *(one for columns in self.theirs.values() for one in columns)]))

    @property
    def private(self) -> tuple[str, ...]:
        """Columns of theirs that hold names of people."""
        return (*self.theirs.get("person", ("person",)), "person")


def read_mapping(table: Table, ours: tuple[str, ...]) -> Mapping:
    """The mapping in a file. ours: columns there are. Raises BadInput."""
    theirs: dict[str, tuple[str, ...]] = {}
    means: dict[tuple[str, str], str] = {}
    for row in read_rows(table, ("column", "theirs"), ("value", "means")):
        column, said = row.needed("column"), row.cells["theirs"]
        if column not in ours:
            raise row.bad("column", "no column of a rota", did_you_mean(column, ours))
        joined = tuple(part.strip() for part in said.split("+")) if said else ()
        if joined and theirs.setdefault(column, joined) != joined:
            raise row.bad("theirs", f"{column} is {' + '.join(theirs[column])} already", "say it once")
        if bool(row.cells.get("value")) != bool(row.cells.get("means")):
            raise row.bad("means", "a word of theirs and what it means stand together", "write both or none")
        if row.cells.get("value"):
            means[column, row.cells["value"].casefold()] = row.cells["means"]
    return Mapping(theirs, means)


def is_left_out(row: Row) -> bool:
    """Whether a row is of no duty, by a word that means so."""
    return LEAVE_OUT in row.cells.values()


def renamed(rows: Rows, mapping: Mapping | None) -> Rows:
    """The same rows with our columns and words; an end that is but a time of day is the next after the start."""
    if mapping is None:
        return rows
    found = Rows(_renamed(row, mapping) for row in rows)
    found.empty = rows.empty
    return found


def _renamed(row: Row, mapping: Mapping) -> Row:
    cells = dict(row.cells)
    for column, theirs in mapping.theirs.items():
        cells[column] = " ".join(filter(None, (row.cells.get(one, "") for one in theirs)))
    cells |= {
        column: mapping.means[column, cells[column].casefold()]
        for column, value in mapping.means
        if cells.get(column, "").casefold() == value
    }
    start, end = (_padded(cells.get(column, "")) for column in ("start", "end"))
    return replace(row, cells={**cells, "start": start, "end": _after(start, end, row.dates)})


def _padded(text: str) -> str:
    """The hour of a time of day with two digits: ``2027-06-08 9:00`` is ``2027-06-08 09:00``."""
    date, _, time = text.rpartition(" ")
    return f"{date} {time:0>5}".strip() if TIME.match(time) else text


def _after(start: str, end: str, dates: str) -> str:
    """When something ends: where only a time of day is written, or both stand on one date, after its start."""
    begins = as_written(start, dates)
    ends = as_written(f"{start.rpartition(' ')[0]} {end}" if TIME.match(end) else end, dates)
    if begins is None or ends is None:
        return end
    if ends <= begins and ends.date() == begins.date():
        ends += dt.timedelta(days=1)
    return ends.isoformat(" ")
