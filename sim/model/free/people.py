"""Clinicians while the clock runs: on which duty, free or busy, and where."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import deque
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import Scenario
from sim.domain.travel import Spot
from sim.model.calls import Call
from sim.model.free.trained import Lesson
from sim.place import Setting
from sim.rota.absence import day_of

HOURS = itemgetter(1)


class Doing(NamedTuple):
    """What somebody does from a moment on, as in ``Person``. order: how many had been taken or freed by then."""

    order: int
    busy: bool
    taken: float
    place: Spot | None
    back_from: float
    back_at: float


class Notes(NamedTuple):
    """What follows a talk: notes and calls to others. Hours; rows of the call and of the duty on which it was."""

    call: int
    hours: float
    duty: int


class Person:
    """One clinician. Times in hours, places in km; ``duty`` answers from sorted intervals, not from events."""

    __slots__ = (
        "absent", "answers", "area", "area_row", "at_bedside", "back_at", "back_call", "back_duty", "back_from",
        "back_pace", "busy", "code", "ends", "home", "key", "lesson", "level", "luck", "luck_with", "may", "on_call",
        "owed", "pauses", "place", "role", "row", "rows", "serves", "standby_ends", "standby_starts", "starts",
        "taken", "unpaid", "visiting", "willingness", "worked",
    )  # fmt: skip

    def __init__(self, scenario: Scenario, setting: Setting, row: int, absent: bytes = b"") -> None:
        """absent: a byte for each day of absence."""
        staff = setting.staff
        clinician = staff.people[row]
        role = scenario.role(clinician.role)
        self.row, self.code, self.key = row, clinician.code, int(staff.key[row])
        self.role, self.level, self.may = role.name, role.level, role.may
        self.lesson = _lesson(scenario, setting, row)
        self.area, self.area_row = clinician.area, int(staff.area[row])
        self.home = Spot(float(staff.east[row]), float(staff.north[row]), int(staff.locality[row]))
        self.willingness = float(staff.willingness[row])
        self.absent = absent
        self.busy = False
        self.taken = -math.inf  # hour since which they are busy, if they are
        self.place: Spot | None = None  # a family's door, while on the way back from it
        self.back_from = self.back_at = -math.inf
        self.back_pace = 0.0  # straight-line km an hour of the way back
        self.back_call = self.back_duty = -1
        self.luck, self.luck_with = 1.0, (-1, -1)  # of their journeys, and the key of the call they were for
        self.starts: list[float] = []
        # what is not searched, but looked up at a place, takes no object for each number
        self.ends, self.rows = array("d"), array("i")
        self.answers, self.serves = array("i"), array("i")
        self.visiting = self.on_call = b""
        self.standby_starts: list[float] = []
        self.standby_ends: list[float] = []
        self.at_bedside = False
        self.pauses: list[tuple[float, float]] = []  # telephone calls taken in a home; they lengthen the visit
        self.owed: list[Notes] = []  # put off until they have seen the family, or answered somebody more urgent
        self.worked: deque[tuple[float, float]] = deque()
        self.unpaid: deque[tuple[float, float]] = deque()

    def level_for(self, call: Call) -> int:
        """The level they bring to a call: of their role, or what they were taught."""
        return self.level if self.lesson is None else self.lesson.level(self.level, self.key, call)

    def duty(self, time: float, area: int) -> int:
        """Place in this person's list of the duty held at a time for an area, or -1."""
        place = bisect_right(self.starts, time) - 1
        if place >= 0 and time < self.ends[place] and self.answers[place] in (-1, area):
            return place
        return -1

    def visits(self, place: int, area: int) -> bool:
        """Whether a duty of their list sends them to homes in an area."""
        return self.visiting[place] == 1 and self.serves[place] in (-1, area)

    def next_duty(self, time: float, area: int, visiting: bool, before: float) -> float:
        """The hour at which the next duty for an area (and, if asked, a visiting one) starts; at most ``before``."""
        starts = self.starts
        for place in range(bisect_right(starts, time), len(starts)):
            if starts[place] >= before:
                break
            if self.visits(place, area) if visiting else self.answers[place] in (-1, area):
                return starts[place]
        return before

    def on_any_duty(self, time: float) -> bool:
        """At work or on call for anybody."""
        place = bisect_right(self.starts, time) - 1
        return place >= 0 and time < self.ends[place]

    def at_work(self, time: float) -> bool:
        """At work for anybody, not on call from home."""
        place = bisect_right(self.starts, time) - 1
        return place >= 0 and time < self.ends[place] and not self.on_call[place]

    def on_standby(self, time: float) -> bool:
        """Keeping a telephone unpaid."""
        place = bisect_right(self.standby_starts, time) - 1
        return place >= 0 and time < self.standby_ends[place]

    def may_ring_from_bedside(self, time: float) -> bool:
        """At a family's home, and not on the telephone there already."""
        return self.at_bedside and not (self.pauses and time < self.pauses[-1][1])

    def is_absent(self, time: float) -> bool:
        """On leave, sick, or a vacant post."""
        return self.absent[day_of(time)] == 1

    def hours_in_a_week(self, kept: deque[tuple[float, float]], time: float) -> float:
        """Hours among those kept, as (end, hours), that ended in the last seven days."""
        week_ago = time - HOURS_PER_WEEK
        while kept and kept[0][0] < week_ago:
            kept.popleft()
        worked: float = sum(map(HOURS, kept))
        return worked


def _lesson(scenario: Scenario, setting: Setting, row: int) -> Lesson | None:
    trained, overlay = setting.trained, scenario.overlays.training
    if trained is None or math.isinf(trained.start[row]):
        return None
    return Lesson(trained.key, float(trained.start[row]), float(trained.end[row]), overlay.levels, overlay.unsure)


def make_people(scenario: Scenario, setting: Setting) -> list[Person]:
    """Every person with their own duties and standby, in order of time."""
    absent = setting.staff.absent()
    people = [Person(scenario, setting, row, away.tobytes()) for row, away in enumerate(absent)]
    duties, standby = setting.duties, setting.standby
    held = duties.in_hands()
    order = held[duties.funded[held]]
    edges = np.searchsorted(duties.person[order], np.arange(len(people) + 1)).tolist()
    for who, first, last in zip(people, edges[:-1], edges[1:], strict=True):
        mine = order[first:last]
        who.starts = duties.start[mine].tolist()
        who.ends, who.rows = _packed("d", duties.end[mine]), _packed("i", mine)
        who.serves, who.answers = _packed("i", duties.serves[mine]), _packed("i", duties.answers[mine])
        who.on_call = duties.on_call[mine].tobytes()
        # whoever may only be a second person goes on any duty: theirs are not written as visiting
        goes = "visit" not in who.may and "second_person" in who.may
        who.visiting = bytes([goes]) * len(mine) if "visit" not in who.may else duties.visiting[mine].tobytes()
    for begins, ends, keeper in sorted(
        zip(standby.start.tolist(), standby.end.tolist(), standby.person.tolist(), strict=True)
    ):
        people[keeper].standby_starts.append(begins)
        people[keeper].standby_ends.append(ends)
    return people


def _packed(kind: str, column: NDArray[np.float64] | NDArray[np.int64]) -> array[Any]:
    """A column by a type code of ``array``: ``d`` for hours, ``i`` for rows."""
    return array(kind, column.astype(kind).tobytes())
