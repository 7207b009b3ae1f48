"""What happened, row by row: calls, tasks and episodes. Rows are appended during a run and never changed afterwards.

A measure is a pure function of a ledger and a window; a new definition needs a new reading, not a new run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.place import Setting

NONE = -1
RESOLUTIONS = ("none", "partial", "full")
MEANS = ("universal", "goodwill", "funded")
BEYOND = ("no_visit", "no_phone", "no_record")  # outside the home area: cannot visit, cannot telephone, finds out
TASKS = ("ring", "phone", "held", "advice", "mobilise", "journey", "visit", "way_back")

CALL_COLUMNS: dict[str, Any] = {
    "call": int,  # row of the demand table's potential calls
    "time": float,  # hour at which the family (or a professional) called, or would have
    "attempt": int,  # 1, or more for a call that came again
    "made": bool,  # False: not made, for the reason in outcome
    "joined": int,  # the ``call`` of the open call it joined, or NONE
    "urgency": int,  # the highest of the call and those that joined it
    "answered": float,  # hour; nan: nobody
    "answered_by": int,  # row of the staff, or NONE
    "at_door": float,  # hour; nan: nobody came
    "visited_by": int,
    "advised": float,  # hour; nan: no advice, or none needed
    "advised_by": int,
    "ended": float,  # hour at which the family was left, helped or not
    "resolution": int,  # row of RESOLUTIONS
    "means": int,  # row of MEANS
    "in_time": bool,
    "outcome": str,  # a word of OUTCOMES or NOT_MADE
    "cause": str,  # a word of CAUSES, empty when met or not made
    "part": str,  # the part of the help that failed, a word of PARTS
    "asked": int,  # people rung as goodwill
    "refused": int,  # of them, those who could not or would not
    "alone": bool,  # a visit that took two and had one
    "known": bool,  # answered or visited by somebody who knows the family
    "emergency_visit": bool,
    "admitted": bool,
}
TASK_COLUMNS: dict[str, Any] = {
    "person": int,  # row of the staff
    "call": int,  # row of the demand table's potential calls
    "kind": int,  # row of TASKS
    "start": float,
    "end": float,
    "duty": int,  # row of the duties that the person held when taken; NONE: unpaid
    "from_home": bool,  # a journey begun from home
}
BEYOND_COLUMNS: dict[str, Any] = {
    "call": int,  # row of the demand table's potential calls
    "attempt": int,
    "person": int,  # row of the staff, of somebody whose home area is not the family's
    "kind": int,  # row of BEYOND
    "time": float,  # hour at which the family called
    "hours": float,  # lost without a record
}
STAY_COLUMNS: dict[str, Any] = {
    "family": int,  # row of the demand table's families
    "start": float,
    "end": float,  # the death at the latest
    "returned": bool,
}


class Table:
    """Rows of named columns, appended as tuples in the order of the columns."""

    def __init__(self, columns: dict[str, Any]) -> None:
        self.columns = columns
        self.rows: list[tuple[Any, ...]] = []
        self._read: dict[str, NDArray[Any]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> NDArray[Any]:
        """One column as an array of its kind, not to be written to; read once, until rows are appended."""
        if name not in self._read or len(self._read[name]) != len(self.rows):
            place = list(self.columns).index(name)
            kind = object if self.columns[name] is str else self.columns[name]
            self._read[name] = np.array([row[place] for row in self.rows], dtype=kind)
            self._read[name].flags.writeable = False
        return self._read[name]


@dataclass
class Ledger:
    """The tables of one run, with the setting (children, people, duties, standby) that they refer to."""

    setting: Setting
    key: tuple[int, int]  # (seed, replication)
    calls: Table = field(default_factory=lambda: Table(CALL_COLUMNS))
    tasks: Table = field(default_factory=lambda: Table(TASK_COLUMNS))
    stays: Table = field(default_factory=lambda: Table(STAY_COLUMNS))
    beyond: Table = field(default_factory=lambda: Table(BEYOND_COLUMNS))  # empty without the overlay boundary
