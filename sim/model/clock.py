"""The clock: SimPy's, with alarms at an hour of the calendar rather than after a delay.

Stories are SimPy's processes and wait for SimPy's events. What no story here makes use of (the end of a process that
somebody waits for, interruptions, events that fail) is left out of every step. That takes private names of SimPy
(``_queue``, ``_eid``, ``_now``, ``_resume``, ``_generator``): ``pyproject.toml`` says which versions have them, and
``tests/unit/test_clock.py`` holds the order of what happens, and ledgers, to SimPy's own steps.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from heapq import heappop, heappush
from itertools import count
from typing import Any

import simpy
from simpy.events import EventPriority

Story = Generator[simpy.Event, Any, Any]  # something that lives in simulated time

TASKS_END = EventPriority(1)  # SimPy's normal priority: at one instant tasks end first ...
FAMILIES_CALL = EventPriority(2)  # ... and calls come after them ...
HEARD = EventPriority(3)  # ... then whoever is on the line with a family hears that the child has died


class Alarm(simpy.Event):
    """What happens at an hour, whatever else does."""

    _ok, _value = True, None

    def __init__(self) -> None:
        self.callbacks = []


BEGINS = Alarm()


class Told(simpy.Process):
    """A story while it is told. Nobody waits for its end, and one that goes wrong ends the run."""

    def _resume(self, event: simpy.Event) -> None:
        try:
            event = self._generator.send(event._value)
        except StopIteration:
            return
        event.callbacks.append(self._resume)


class ToldAtOnce(Told):
    """A story whose first words are said now, and not after whatever else is being done at this instant."""

    def __init__(self, clock: Clock, story: Story) -> None:
        self.env, self._generator = clock, story
        self._resume(BEGINS)


class Clock(simpy.Environment):
    """SimPy's environment with one more way to wait and one more to begin."""

    __slots__ = ("_now",)  # read a million times a run: as ``now`` without a call
    _number: Callable[[], int]

    def __init__(self) -> None:
        super().__init__()
        self._eid = count()
        self._number = self._eid.__next__

    def run(self, until: Any = None) -> Any:
        """Until nothing is to come, or as SimPy until an hour or an event."""
        if until is not None:
            return super().run(until)
        queue = self._queue
        while queue:
            self._now, _, _, event = heappop(queue)
            callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
            for callback in callbacks:
                callback(event)
        return None

    def process(self, story: Story) -> Told:
        """Tell a story as soon as what is being done at this instant is done."""
        return Told(self, story)

    def tell(self, story: Story) -> None:
        """Tell a story from this very moment."""
        ToldAtOnce(self, story)

    def timeout(self, delay: float) -> Alarm:  # type: ignore[override]
        """An event after so many hours. Raises ValueError if they are negative."""
        if delay < 0:
            raise ValueError(f"{delay} hours from now")
        alarm = Alarm()
        heappush(self._queue, (self._now + delay, TASKS_END, self._number(), alarm))
        return alarm

    def at(self, time: float, priority: EventPriority = TASKS_END) -> Alarm:
        """An event at an hour, met to the last bit: now + (time - now) may miss the start of a duty by a rounding."""
        alarm, now = Alarm(), self._now
        heappush(self._queue, (time if time > now else now, priority, self._number(), alarm))
        return alarm

    def call_at(self, time: float, action: Callable[[], None]) -> None:
        """Do something at an hour."""
        self.at(time).callbacks.append(lambda _: action())


Clock.now = Clock._now  # type: ignore[misc, assignment, method-assign]
