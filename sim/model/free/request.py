"""Requests: somebody wanted for a call, and who of those who may be it is."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence

import simpy

from sim.model.calls import Call
from sim.model.free.people import Person

Order = tuple[int, float, tuple[int, int]]  # urgency, hour of the call, code of the family


class Request(ABC):
    """Somebody wanted for a call, out of certain people: those who ``fits`` accepts, and ``first`` of them.

    Waiting requests go by urgency, then the hour of the call, then the family's code. seconds: who may go with
    somebody, if the call takes two; they are taken together, and ``only_together`` nobody is taken without a second.
    by_phone_from: hour from which somebody at a family's home may take it there by telephone. until: hour to which it
    waits. While it waits, event: what it waits for; alarm: the next hour at which one of these people comes on duty, or
    nobody is waited for any more; looks_again: hour before which it is no use to look, unless one of them is freed.
    """

    __slots__ = ("alarm", "call", "companion", "done", "event", "looks_again", "order", "people", "until")
    needs_visiting = False
    only_together = False
    seconds: Sequence[Person] = ()
    by_phone_from = math.inf
    companion: Person | None
    event: simpy.Event
    until: float
    alarm: float
    looks_again: float
    done: bool

    def __init__(self, call: Call, people: Sequence[Person]) -> None:
        self.call, self.people = call, people
        self.order = (call.urgency, call.time, call.family.code)

    def __lt__(self, other: Request) -> bool:
        return self.order < other.order

    @abstractmethod
    def fits(self, person: Person, now: float) -> bool:
        """Whether somebody will do, once they are free."""

    @abstractmethod
    def first(self, people: Sequence[Person], now: float) -> Person:
        """Of several who will do, the one who is given."""

    def second(self, first: Person, now: float) -> Person | None:
        """Who is free to go with somebody, if the call takes two."""
        return None

    def finding_out(self, person: Person) -> float:
        """Hours that somebody would need on the telephone to find out what they do not know of the family."""
        return 0.0

    def best(self, now: float) -> Person | None:
        """The person who would be given now: free, or at a family's home and allowed to take it there by telephone."""
        free = self.free(now)
        if not free and now >= self.by_phone_from:
            free = [person for person in self.people if person.may_ring_from_bedside(now) and self.fits(person, now)]
        if len(free) > 1:
            return self.first(free, now)
        return free[0] if free else None

    def free(self, now: float) -> list[Person]:
        """All who are free and fit, and need not wait for somebody to go with."""
        return [person for person in self.people if not person.busy and self.fits(person, now)]

    def next_start(self, now: float, before: float = math.inf) -> float:
        """The next hour at which somebody wanted comes on duty, if that is ``before`` an hour, else that hour."""
        area, visiting = self.call.area, self.needs_visiting
        for person in (*self.people, *self.seconds):
            before = person.next_duty(now, area, visiting, before)
        return before
