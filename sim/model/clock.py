"""The clock: SimPy's, with alarms at an hour of the calendar rather than after a delay.

Stories are told as SimPy's processes are and wait for SimPy's events. What no story here makes use of (the end of a
process that somebody waits for, interruptions, events that fail) is left out of every step. That takes private names of
SimPy (``_queue``, ``_eid``, ``_now``): ``pyproject.toml`` says which versions have them, and
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

BEGINS = EventPriority(0)  # SimPy's urgent priority: at one instant stories begin first ...
TASKS_END = EventPriority(1)  # SimPy's normal priority: then tasks end ...
FAMILIES_CALL = EventPriority(2)  # ... and calls come after them ...
HEARD = EventPriority(3)  # ... then whoever is on the line with a family hears that the child has died


class Alarm(simpy.Event):
    """What happens at an hour, whatever else does."""

    _ok, _value = True, None

    def __init__(self) -> None:
        self.callbacks = []


AT_ONCE = Alarm()


class Told:
    """A story while it is told. Nobody waits for its end, and one that goes wrong ends the run."""

    __slots__ = ("story",)

    def __init__(self, story: Story) -> None:
        self.story = story

    def goes_on(self, event: simpy.Event) -> None:
        """From what it waited for to what it waits for next."""
        try:
            event = self.story.send(event._value)
        except StopIteration:
            return
        event.callbacks.append(self.goes_on)


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

    def process(self, story: Story) -> None:  # type: ignore[override]
        """Tell a story as soon as what is being done at this instant is done."""
        self.at(self._now, BEGINS).callbacks.append(Told(story).goes_on)

    def tell(self, story: Story) -> None:
        """Tell a story from this very moment."""
        Told(story).goes_on(AT_ONCE)

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
