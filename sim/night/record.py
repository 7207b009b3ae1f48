"""What the ledger holds of one call: its attempts, and what everybody did for it, by name instead of by number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sim.ledger import TASKS, Ledger
from sim.night.choose import Night

Fact = Mapping[str, Any]


class Task(NamedTuple):
    """One thing somebody did for a call. Hours; duty: row of the duties, -1 if unpaid."""

    person: int
    call: int
    kind: str
    start: float
    end: float
    duty: int


class Record(NamedTuple):
    """A potential call: its row in the demand table, each attempt's line of the ledger, and the tasks in order."""

    call: int
    attempts: list[Fact]
    tasks: list[Task]


def records(ledger: Ledger, night: Night) -> list[Record]:
    """The potential calls of a night in the order of their hours, with their later attempts whenever they came."""
    calls, families = ledger.setting.demand.calls, ledger.setting.demand.families
    here = (families.area[calls.family] == night.area) & (calls.time >= night.start) & (calls.time < night.end)
    wanted = here.nonzero()[0].tolist()
    lines = _by_call(ledger.calls.columns, ledger.calls.rows, set(wanted))
    done = _by_call(ledger.tasks.columns, ledger.tasks.rows, set(wanted))
    return [
        Record(
            row,
            sorted(lines[row], key=lambda line: line["attempt"]),
            sorted((task(line) for line in done[row]), key=lambda one: (one.start, one.end, one.person)),
        )
        for row in wanted
    ]


def task(line: Fact) -> Task:
    """A line of the tasks by name."""
    return Task(line["person"], line["call"], TASKS[line["kind"]], line["start"], line["end"], line["duty"])


def tasks_of(ledger: Ledger, person: int) -> list[Task]:
    """Everything somebody did in the whole run."""
    place = list(ledger.tasks.columns).index("person")
    mine = (row for row in ledger.tasks.rows if row[place] == person)
    return sorted((task(dict(zip(ledger.tasks.columns, row, strict=True))) for row in mine), key=lambda t: t.start)


def _by_call(columns: Iterable[str], rows: Iterable[tuple[Any, ...]], wanted: set[int]) -> dict[int, list[Fact]]:
    names = list(columns)
    place = names.index("call")
    found: dict[int, list[Fact]] = defaultdict(list)
    for row in rows:
        if row[place] in wanted:
            found[row[place]].append(dict(zip(names, row, strict=True)))
    return found
