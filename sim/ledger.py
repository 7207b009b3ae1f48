"""What happened, row by row: calls, tasks and episodes. Rows are appended during a run and never changed afterwards.

A measure is a pure function of a ledger and a window; a new definition needs a new reading, not a new run.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar, get_type_hints

import numpy as np
from numpy.typing import NDArray

from sim.place import Setting

NONE = -1
RESOLUTIONS = ("none", "partial", "full")
MEANS = ("none", "general_services", "goodwill", "funded")
BEYOND = ("no_visit", "no_phone", "no_record")  # outside the home area: cannot visit, cannot telephone, finds out
TASKS = ("ring", "phone", "held", "advice", "mobilise", "journey", "visit", "notes", "way_back")
LACKS = ("own_area", "right_to_prescribe", "skill", "medicines")  # why nobody was able, from the nearest miss on
QUIET = tuple(TASKS.index(kind) for kind in ("notes", "way_back"))  # disturb nobody twice: the call has done so


class CallRow(NamedTuple):
    """What became of one attempt of a call. Hours; rows of the demand table and of the staff."""

    call: int  # row of the demand table's potential calls
    time: float  # hour at which the family (or a professional) called, or would have
    attempt: int  # 1, or more for a call that came again
    made: bool  # False: not made, for the reason in outcome
    joined: int  # the ``call`` of the open call it joined, or NONE
    urgency: int  # the highest of the call and those that joined it
    answered: float = math.nan  # hour; nan: nobody
    answered_by: int = NONE  # row of the staff, or NONE
    at_door: float = math.nan  # hour; nan: nobody came
    visited_by: int = NONE
    advised: float = math.nan  # hour; nan: no advice, or none needed
    advised_by: int = NONE
    ended: float = math.nan  # hour at which the family was left, helped or not
    resolution: int = 0  # row of RESOLUTIONS
    means: int = 0  # row of MEANS
    in_time: bool = False
    outcome: str = ""  # a word of OUTCOMES or NOT_MADE
    cause: str = ""  # a word of CAUSES, empty when met or not made
    part: str = ""  # the part of the help that failed, a word of PARTS
    asked: int = 0  # people rung as goodwill
    refused: int = 0  # of them, those who could not or would not
    alone: bool = False  # a visit that took two and had one
    known: bool = False  # answered or visited by somebody who knows the family
    emergency_visit: bool = False
    admitted: bool = False
    caused: bool = False  # the admission that followed, or keeps it from being made: not after help in full
    turned_to: float = math.nan  # hour at which it came to general services, who would give what is missing; nan: no


class TaskRow(NamedTuple):
    """A stretch of one person's time."""

    person: int  # row of the staff
    call: int  # row of the demand table's potential calls
    kind: int  # row of TASKS
    start: float
    end: float
    duty: int  # row of the duties that the person held when taken; NONE: unpaid
    from_home: bool  # a journey begun from home
    km: float = 0.0  # of the straight line along which somebody drove


class BeyondRow(NamedTuple):
    """What somebody could not do, or took longer for, outside their home area."""

    call: int  # row of the demand table's potential calls
    attempt: int
    person: int  # row of the staff, of somebody whose home area is not the family's
    kind: int  # row of BEYOND
    time: float  # hour at which the family called
    hours: float  # lost without a record


class LackRow(NamedTuple):
    """What whoever was there lacked, of a call whose cause is ``not_able``."""

    call: int  # row of the demand table's potential calls
    attempt: int
    lacks: str  # a word of LACKS; own_area: able, but not outside their own


class StayRow(NamedTuple):
    """A child in hospital."""

    family: int  # row of the demand table's families
    start: float
    end: float  # the death at the latest
    returned: bool
    after_failure: bool = False  # of a call that ended unmet or partly met
    caused: bool = False  # and help in full would have kept the child at home


Row = TypeVar("Row", bound=tuple[Any, ...])


class Table(Generic[Row]):
    """Rows of one kind, appended and never changed; read by column.

    cells: the rows as a run writes them, in the order of the columns; they get their names when somebody asks for them.
    """

    def __init__(self, kind: type[Row]) -> None:
        self.columns: dict[str, Any] = get_type_hints(kind)
        self.cells: list[Any] = []
        self._name: Callable[[Any], Row] = kind._make  # type: ignore[attr-defined]
        self._named = 0
        self._read: dict[str, NDArray[Any]] = {}

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def rows(self) -> list[Row]:
        """The rows, each with the names of its columns."""
        if self._named < len(self.cells):
            self.cells[self._named :] = map(self._name, self.cells[self._named :])
        self._named = len(self.cells)
        return self.cells

    def column(self, name: str) -> NDArray[Any]:
        """One column as an array of its kind, not to be written to; read once, until rows are appended."""
        if name not in self._read or len(self._read[name]) != len(self.cells):
            kind = object if self.columns[name] is str else self.columns[name]
            cells = map(itemgetter(list(self.columns).index(name)), self.cells)
            self._read[name] = np.fromiter(cells, dtype=kind, count=len(self.cells))
            self._read[name].flags.writeable = False
        return self._read[name]


@dataclass
class Ledger:
    """The tables of one run, with the setting (children, people, duties, standby) that they refer to."""

    setting: Setting
    key: tuple[int, int]  # (seed, replication)
    calls: Table[CallRow] = field(default_factory=lambda: Table(CallRow))
    tasks: Table[TaskRow] = field(default_factory=lambda: Table(TaskRow))
    stays: Table[StayRow] = field(default_factory=lambda: Table(StayRow))
    lacks: Table[LackRow] = field(default_factory=lambda: Table(LackRow))
    beyond: Table[BeyondRow] = field(default_factory=lambda: Table(BeyondRow))  # empty without the overlay boundary
