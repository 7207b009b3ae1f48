"""The clock: SimPy's, with alarms at an hour of the calendar rather than after a delay."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappush

import simpy
from simpy.events import EventPriority

TASKS_END = EventPriority(1)  # SimPy's normal priority: at one instant tasks end first ...
FAMILIES_CALL = EventPriority(2)  # ... and calls come after them ...
HEARD = EventPriority(3)  # ... then whoever is on the line with a family hears that the child has died


class Clock(simpy.Environment):
    """SimPy's environment with one more way to wait."""

    def at(self, time: float, priority: EventPriority = TASKS_END) -> simpy.Event:
        """An event at an hour, met to the last bit: now + (time - now) may miss the start of a duty by a rounding."""
        event = simpy.Event(self)
        event._ok, event._value = True, None
        heappush(self._queue, (max(time, self._now), priority, next(self._eid), event))
        return event

    def call_at(self, time: float, action: Callable[[], None]) -> None:
        """Do something at an hour."""
        self.at(time).callbacks.append(lambda _: action())
