"""The ledger of one replication as files that stand by themselves: people by code and words instead of row numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from sim.cells import as_words
from sim.domain.scenario import URGENCIES, Scenario
from sim.errors import BadInput
from sim.ledger import MEANS, RESOLUTIONS, TASKS, Ledger, Table

Columns = dict[str, list[Any]]

BY_PERSON = ("person", "answered_by", "visited_by", "advised_by")
FAMILY = ("start", "death", "quintile", "rural", "east", "north", "prepared", "background")
WORDS = {"urgency": URGENCIES, "resolution": RESOLUTIONS, "means": MEANS, "kind": TASKS}


def files(ledger: Ledger, scenario: Scenario, form: str) -> dict[str, bytes]:
    """Calls, tasks, stays, families and people, each as a file: ``csv`` or ``parquet`` (needs the extra)."""
    write: Callable[[Columns], bytes] = as_parquet if form == "parquet" else as_csv
    return {f"{name}.{form}": write(columns) for name, columns in tables(ledger, scenario).items()}


def tables(ledger: Ledger, scenario: Scenario) -> dict[str, Columns]:
    """The same as columns. Hours count from the start of the run, warm-up included."""
    demand, staff = ledger.setting.demand, ledger.setting.staff
    codes = [person.code for person in staff.people]
    calls = _spelt(ledger.calls, codes)
    marks = [int(row) for row in calls["call"]]
    about = {"family": demand.calls.family[marks].tolist(), "hour": demand.calls.time[marks].tolist()}
    families = demand.families
    known = {name: getattr(families, name).tolist() for name in FAMILY}
    offered = ledger.setting.offered.tolist()
    areas = [scenario.areas[row].code for row in families.area.tolist()]
    return {
        "calls": {"call": calls.pop("call"), **about, **calls},
        "tasks": _spelt(ledger.tasks, codes),
        "stays": _spelt(ledger.stays, codes),
        "families": {"family": list(range(len(families))), "area": areas, **known, "offered": offered},
        "people": {"person": codes, "role": [p.role for p in staff.people], "area": [p.area for p in staff.people]},
    }


def as_csv(columns: Columns) -> bytes:
    """Columns as CSV: every digit, an empty cell for what did not happen; words that stay words."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*(map(_cell, column) for column in columns.values()), strict=True))
    return text.getvalue().encode()


def as_parquet(columns: Columns) -> bytes:
    """Columns as Parquet. Raises BadInput without the library."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise BadInput("parquet: it needs an extra; pip install 'oncall-sim[parquet]', or choose CSV") from None

    into = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table(columns), into)
    return bytes(into.getvalue())


def _spelt(table: Table, codes: list[str]) -> Columns:
    """A table's columns with codes of people and words in place of numbers; nobody is an empty word."""
    columns: Columns = {}
    for place, name in enumerate(table.columns):
        column = [row[place] for row in table.rows]
        known = codes if name in BY_PERSON else WORDS.get(name)
        columns[name] = [known[k] if k >= 0 else "" for k in column] if known is not None else column
    return columns


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return as_words(value)
    return "" if value != value else repr(value) if isinstance(value, float) else value
