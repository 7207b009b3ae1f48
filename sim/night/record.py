"""What the ledger holds of one call: its attempts, and what everybody did for it, by name instead of by number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.ledger import TASKS, Ledger, TaskRow
from sim.night.choose import Night

Fact = Mapping[str, Any]
Timed = tuple[float, str]  # hour at which it begins, and the sentence
MOMENT = 1e-6  # hours


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
    lines: dict[int, list[Fact]] = {row: [] for row in wanted}
    done: dict[int, list[Task]] = {row: [] for row in wanted}
    for line in ledger.calls.rows:
        if line.call in lines:
            lines[line.call].append(line._asdict())
    for one in ledger.tasks.rows:
        if one.call in done:
            done[one.call].append(task(one))
    return [
        Record(
            row,
            sorted(lines[row], key=lambda line: line["attempt"]),
            sorted(done[row], key=lambda one: (one.start, one.end, one.person)),
        )
        for row in wanted
    ]


def task(row: TaskRow) -> Task:
    """A line of the tasks, its kind by name."""
    return Task(row.person, row.call, TASKS[row.kind], row.start, row.end, row.duty)


def tasks_of(ledger: Ledger, person: int) -> list[Task]:
    """Everything somebody did in the whole run."""
    mine = (task(row) for row in ledger.tasks.rows if row.person == person)
    return sorted(mine, key=lambda one: one.start)
