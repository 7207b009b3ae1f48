"""A call while it is open: the marks it was given from birth, and the facts as they come; and its family."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import simpy

from sim.domain.travel import Spot
from sim.place import Setting


@dataclass(slots=True)
class Family:
    """A family at home, while the clock runs. Times in hours; hospital_until is the hour of the return or the death.

    hospital_for: why its calls are not made meanwhile, a word of NOT_MADE. hospital_caused: help in full would have
    kept the child at home.
    """

    row: int
    code: tuple[int, int]
    area: int
    death: float
    rural: bool
    home: Spot
    advance_care_plan: bool
    background: bool
    known: frozenset[int]
    open_call: Call | None = None
    visitor: bool = False
    hospital_until: float = -math.inf
    hospital_for: str = ""
    hospital_caused: bool = False


class Moment(NamedTuple):
    """A moment of a call, to ask about when it has ended.

    order: how many people had been taken or freed by then, for much may happen at one hour. prescribed: somebody who
    had helped may prescribe.
    """

    hour: float
    order: int
    prescribed: bool


NOBODY: frozenset[int] = frozenset()


@dataclass(slots=True, init=False, eq=False)
class Call:
    """One call made. The first block are its marks, the second what has come of it so far.

    reached: team plans in which the ladder found somebody on duty. rung: rows of the people off duty who were rung.
    missing, unpaid: parts of the help (words of PARTS) that nobody gave, or that goodwill gave, each with the moment at
    which funded staff did not. came_after: how many people had been taken or freed when it came. joined: rows of the
    calls that joined this one. alone: one person went where two were needed. visit_over: what a second person in the
    home waits for. by_bedside: taken by telephone in another home. duty: row of the duty of whoever has it by
    telephone. prescribed: somebody who helped may prescribe. turned_to: hour at which it came to general services, who
    would help; general: they did. taken: hour since which somebody has had it. on_the_line, on_the_way: row of whoever
    talks with the family now, or is getting ready or driving to it. death: the call of the child's death, to which
    they turned.
    """

    row: int
    family: Family
    area: int
    time: float
    attempt: int
    key: tuple[int, int]
    is_death: bool
    professional: bool
    urgency: int
    need_level: int
    needs_visit: bool
    needs_two: bool
    needs_prescription: bool
    talk: float
    after_call: float
    visit: float
    answer_patience: float
    visit_patience: float
    call_back: float
    may_harm: bool
    emergency: float
    no_return: float
    stay: float

    answered: float
    answered_by: int
    at_door: float
    visited_by: int
    advised: float
    advised_by: int
    asked: int
    refused: int
    rung: frozenset[int]
    known: bool
    alone: bool
    prescribed: bool
    turned_to: float
    general: bool
    by_bedside: bool
    duty: int
    visit_over: simpy.Event | None
    reached: Collection[str]
    missing: dict[str, Moment]
    unpaid: dict[str, Moment]
    came_after: int
    joined: tuple[int, ...]
    taken: float
    on_the_line: int
    on_the_way: int
    death: Call | None

    def __init__(self, row: int, family: Family, time: float, attempt: int, marks: tuple[Any, ...]) -> None:
        # by hand, for every call is made here: no default is looked up, and few collections are made that stay empty
        self.row, self.family, self.area, self.time, self.attempt = row, family, family.area, time, attempt
        (
            self.key, self.is_death, self.professional, self.urgency, self.need_level, self.needs_visit, self.needs_two,
            self.needs_prescription, self.talk, self.after_call, self.visit, self.answer_patience, self.visit_patience,
            self.call_back, self.may_harm, self.emergency, self.no_return, self.stay,
        ) = marks  # fmt: skip
        self.answered = self.at_door = self.advised = self.turned_to = self.taken = math.nan
        self.answered_by = self.visited_by = self.advised_by = self.duty = self.on_the_line = self.on_the_way = -1
        self.asked = self.refused = 0
        self.known = self.alone = self.prescribed = self.general = self.by_bedside = False
        self.visit_over = self.death = None
        self.rung, self.reached, self.joined = NOBODY, (), ()
        self.missing, self.unpaid = {}, {}

    @property
    def came(self) -> Moment:
        """The moment of the call."""
        return Moment(self.time, self.came_after, False)

    @property
    def family_code(self) -> tuple[int, int]:
        """The family's key, which orders calls that came at the same instant."""
        return self.family.code


def families_of(setting: Setting) -> list[Family]:
    """The families as values that a process can read cheaply."""
    families, none = setting.demand.families, frozenset[int]()
    code = zip(families.area_number.tolist(), families.number.tolist(), strict=True)
    home = map(  # ``Spot._make`` without a step of Python for each
        partial(tuple.__new__, Spot), zip(*(column.tolist() for column in families.home), strict=True)
    )
    death = np.where(families.background, math.inf, families.death)
    columns = (families.area, death, families.rural, home, families.advance_care_plan, families.background)
    known = (frozenset(people) if people else none for people in setting.known)
    read = (column.tolist() if isinstance(column, np.ndarray) else column for column in columns)
    return list(map(Family, range(len(families)), code, *read, known))
