"""The ledger of one replication as files that stand by themselves: people by code and words instead of row numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.cells import as_words
from sim.domain.scenario import PHASES, URGENCIES, Scenario
from sim.errors import BadInput
from sim.ledger import MEANS, RESOLUTIONS, TASKS, Ledger, Table
from sim.place.standby import Standby
from sim.rota.absence import stretches_of_days
from sim.rota.duties import Duties
from sim.rota.staff import Staff

Columns = dict[str, list[Any]]

BY_PERSON = ("person", "answered_by", "visited_by", "advised_by")
FAMILY = ("start", "death", "quintile", "rural", "east", "north", "prepared", "background")
WORDS = {"urgency": URGENCIES, "resolution": RESOLUTIONS, "means": MEANS, "kind": TASKS}


def files(ledger: Ledger, scenario: Scenario, form: str) -> dict[str, bytes]:
    """Every table of TABLES as a file: ``csv`` or ``parquet`` (needs the extra)."""
    write: Callable[[Columns], bytes] = as_parquet if form == "parquet" else as_csv
    return {f"{name}.{form}": write(columns) for name, columns in tables(ledger, scenario).items()}


def tables(ledger: Ledger, scenario: Scenario) -> dict[str, Columns]:
    """The same as columns: what happened, and the children, people and rotas to whom it did.

    Hours count from the start of the run, warm-up included.
    """
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
        "episodes": _episodes(ledger),
        "teams": _teams(scenario),
        "duties": _duties(ledger.setting.duties, scenario, codes),
        "absences": _absences(ledger.setting.staff, codes, scenario.run.horizon),
        "standby": _standby(ledger.setting.standby, scenario, codes),
    }


def _episodes(ledger: Ledger) -> Columns:
    """The stretches of every family's episode, each in one phase."""
    phases = ledger.setting.demand.phases
    return {
        "family": phases.family.tolist(),
        "phase": [PHASES[row] for row in phases.phase.tolist()],
        "start": phases.start.tolist(),
        "end": phases.end.tolist(),
    }


def _teams(scenario: Scenario) -> Columns:
    teams = scenario.teams
    return {
        "team": list(range(len(teams))),
        "plan": [team.plan for team in teams],
        "role": [team.role for team in teams],
        "areas": [" ".join(team.areas) for team in teams],
    }


def _duties(duties: Duties, scenario: Scenario, codes: list[str]) -> Columns:
    """Every duty of every rota, those that nobody holds among them. duty: as in the tasks."""
    areas = [area.code for area in scenario.areas]
    of = zip(duties.team.tolist(), duties.pattern.tolist(), strict=True)
    return {
        "duty": list(range(len(duties))),
        "person": [codes[row] if row >= 0 else "" for row in duties.person.tolist()],
        "team": duties.team.tolist(),
        "pattern": [scenario.teams[team].patterns[pattern].name for team, pattern in of],
        "seat": duties.seat.tolist(),
        "start": duties.start.tolist(),
        "end": duties.end.tolist(),
        "on_call": duties.on_call.tolist(),
        "visiting": duties.visiting.tolist(),
        "funded": duties.funded.tolist(),
        "serves": [areas[row] if row >= 0 else "" for row in duties.serves.tolist()],
        "answers": [areas[row] if row >= 0 else "" for row in duties.answers.tolist()],
    }


def _absences(staff: Staff, codes: list[str], horizon: float) -> Columns:
    """Unbroken stretches in which somebody is away, by kind: an empty post, on leave, else off sick."""
    kinds = {"vacant": np.broadcast_to(staff.vacant[:, None], staff.leave.shape)}
    kinds["leave"] = staff.leave & ~kinds["vacant"]
    kinds["sick"] = staff.sick & ~staff.leave & ~kinds["vacant"]
    rows = sorted(
        (person, *hours, kind)
        for kind, away in kinds.items()
        for person in np.flatnonzero(away.any(axis=1)).tolist()
        for hours in stretches_of_days(away[person], horizon)
    )
    return {
        "person": [codes[person] for person, *_ in rows],
        "kind": [kind for *_, kind in rows],
        "start": [start for _, start, _, _ in rows],
        "end": [end for _, _, end, _ in rows],
    }


def _standby(standby: Standby, scenario: Scenario, codes: list[str]) -> Columns:
    return {
        "person": [codes[row] for row in standby.person.tolist()],
        "area": [scenario.areas[row].code for row in standby.area.tolist()],
        "start": standby.start.tolist(),
        "end": standby.end.tolist(),
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


def _spelt(table: Table[Any], codes: list[str]) -> Columns:
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
