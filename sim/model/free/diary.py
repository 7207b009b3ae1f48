"""The diary: who was busy, and where, at moments gone by, as long as a call is open that may be asked about."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sim.model.calls import Call, Moment
from sim.model.clock import Clock
from sim.model.free.people import Doing, Person

KEPT = 64  # of one person, before the oldest are looked at
ORDER = itemgetter(0)
AT_HOME = Doing(0, False, -math.inf, None, -math.inf, -math.inf)


class Diary:
    """What everybody did, in order. order: how often somebody has been taken or freed so far."""

    def __init__(self, people: Sequence[Person], clock: Clock) -> None:
        self.clock, self.order = clock, 0
        # rows of Doing, by person; they get their names when somebody asks
        self._did: list[list[tuple[Any, ...]]] = [[AT_HOME] for _ in people]
        self._open: dict[Call, None] = {}  # in the order in which they came

    def note(self, person: Person) -> None:
        """Somebody has just been taken or freed."""
        self.order = order = self.order + 1
        did = self._did[person.row]
        did.append((order, person.busy, person.taken, person.place, person.back_from, person.back_at))
        if len(did) > KEPT:
            oldest = next((call.came_after for call in self._open), order)
            del did[: bisect_right(did, oldest, key=ORDER) - 1]

    def moment(self, call: Call) -> Moment:
        """This moment of a call, to ask about when it has ended."""
        return Moment(self.clock.now, self.order, call.prescribed)

    def opens(self, call: Call) -> None:
        """A call has come: what anybody does from now on is kept until it ends."""
        call.came_after = self.order
        self._open[call] = None

    def closes(self, call: Call) -> None:
        """A call has ended, and nobody asks any more."""
        self._open.pop(call, None)

    def at(self, person: Person, moment: Moment) -> Person | Doing:
        """What somebody did at a moment of a call that is open."""
        if moment.order == self.order:
            return person
        did = self._did[person.row]
        return Doing(*did[bisect_right(did, moment.order, key=ORDER) - 1])
