"""The desk of named clinicians: who is free for whom, and who waits for whom.

Idle people are granted at once; only a family or a nurse who really waits costs an event.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Collection, Sequence
from typing import Any

import simpy

from sim.model.calls import Call
from sim.model.clock import Clock, Story
from sim.model.free.people import Person


class Request:
    """Somebody wanted for a call, out of certain people: those who ``fits`` accepts, the best by ``rank``.

    Waiting requests go by urgency, then the hour of the call, then the family's code. seconds: who may go with
    somebody, if the call takes two; they are taken together, and ``only_together`` nobody is taken without a second.
    by_phone_from: hour from which somebody at a family's home may take it there by telephone. alarm: the next hour at
    which one of these people comes on duty, or nobody is waited for any more. looks_again: hour before which it is no
    use to look, unless one of them is freed.
    """

    __slots__ = (
        "alarm", "by_phone_from", "call", "companion", "done", "event", "looks_again", "only_together", "order",
        "people", "seconds", "until",
    )  # fmt: skip
    needs_visiting = False

    def __init__(self, call: Call, people: Sequence[Person]) -> None:
        self.call, self.people = call, people
        self.order = (call.urgency, call.time, call.family.code)
        self.event: simpy.Event | None = None
        self.until = self.alarm = self.looks_again = -math.inf
        self.done = self.only_together = False
        self.seconds: Sequence[Person] = ()
        self.by_phone_from = math.inf
        self.companion: Person | None = None

    def __lt__(self, other: Request) -> bool:
        return self.order < other.order

    def fits(self, person: Person, now: float) -> bool:
        """Whether somebody will do, once they are free."""
        raise NotImplementedError

    def rank(self, person: Person, now: float) -> tuple[Any, ...]:
        """Of several, the one who comes first here is given."""
        raise NotImplementedError

    def rank_of_equals(self, person: Person, now: float) -> tuple[Any, ...]:
        """Of those who rank alike, the same."""
        return (person.code,)

    def second(self, first: Person, now: float) -> Person | None:
        """Who is free to go with somebody, if the call takes two."""
        return None

    def ready(self, person: Person, now: float) -> float:
        """The hour at which somebody on a duty has rested enough for it; inf if they have, or are on none."""
        return math.inf

    def finding_out(self, person: Person) -> float:
        """Hours that somebody would need on the telephone to find out what they do not know of the family."""
        return 0.0

    def best(self, now: float) -> Person | None:
        """The person who would be given now: free, or at a family's home and allowed to take it there by telephone."""
        free = self.free(now)
        if self.only_together and self.seconds:
            free = [person for person in free if self.second(person, now) is not None]
        if not free and now >= self.by_phone_from:
            free = [person for person in self.people if person.may_ring_from_bedside(now) and self.fits(person, now)]
        if len(free) > 1:
            return self.first(free, now)
        return free[0] if free else None

    def first(self, people: Sequence[Person], now: float) -> Person:
        """The first of several by ``rank``, and of equals by ``rank_of_equals``."""
        ranks = [self.rank(person, now) for person in people]
        least = min(ranks)
        equals = [person for person, rank in zip(people, ranks, strict=True) if rank == least]
        return min(equals, key=lambda person: self.rank_of_equals(person, now)) if len(equals) > 1 else equals[0]

    def free(self, now: float) -> list[Person]:
        """All who are free and fit."""
        return [person for person in self.people if not person.busy and self.fits(person, now)]

    def next_start(self, now: float) -> float:
        """The next hour at which somebody wanted comes on duty, or has rested enough for it; inf if nobody does."""
        hour, area, visiting = math.inf, self.call.area, self.needs_visiting
        for person in (*self.people, *self.seconds):
            hour = min(hour, person.next_duty(now, area, visiting), self.ready(person, now))
        return hour


class Desk:
    """Takes people for requests, in order, and lets requests wait."""

    def __init__(
        self, clock: Clock, on_take: Callable[[Person], None], on_release: Callable[[Person], None],
        on_owed: Callable[[Person, Clock, Collection[int]], Story],
    ) -> None:  # fmt: skip
        self.clock, self.on_owed = clock, on_owed
        self.on_take, self.on_release = on_take, on_release
        self.waiting: list[Request] = []

    def take(self, person: Person) -> Person:
        """Somebody is busy from now on."""
        person.busy, person.taken = True, self.clock.now
        self.on_take(person)
        return person

    def grant(self, request: Request, person: Person) -> Person:
        """Somebody is taken for a request, with a second person if it takes two and one is free.

        Whoever is at a family's home stays there, and the conversation is a pause in that visit.
        """
        if person.busy:
            call, now = request.call, self.clock.now
            call.by_bedside = True
            longer = request.finding_out(person)
            person.pauses.append((now, now + call.call_back + call.talk + call.after_call + longer))
            self.comes_to_the_phone(person, person.pauses[-1][1])
            return person
        if request.seconds:
            second = request.second(person, self.clock.now)
            request.companion = self.take(second) if second is not None else None
        return self.take(person)

    def comes_to_the_phone(self, person: Person, hour: float) -> None:
        """At an hour somebody in a home may take the next call there by telephone: whoever waits for it looks again."""

        def rings() -> None:
            self._wakes(person)
            self.serve()

        self.clock.call_at(hour, rings)

    def may_take_calls(self, person: Person) -> None:
        """From now on somebody in a home may take calls there by telephone."""
        self._wakes(person)
        self.serve()

    def release(self, person: Person) -> None:
        """Somebody is free again, once their notes are written: the first who waits and wants this person has them."""
        if person.owed:
            self.clock.process(self._writes(person, self._visits_waited_for()))
            return
        self._frees(person)
        self.serve()

    def release_soon(self, person: Person) -> None:
        """As ``release``, but the call in hand takes its place in the queue first, for a visit just found necessary."""
        if person.owed:
            self.clock.process(self._writes(person, self._visits_waited_for()))
            return
        self._frees(person)
        if self.waiting:
            self.clock.call_at(self.clock.now, self.serve)

    def puts_down(self, person: Person, call: Call) -> None:
        """A conversation is over; somebody in another home goes on with the visit there."""
        if call.needs_visit and person.owed and not call.by_bedside:
            self._offers(person)
        elif not call.by_bedside:
            self.release_soon(person)

    def _offers(self, person: Person) -> None:
        """Somebody may go to the family at once, or to one before it in the queue; else they write their notes."""
        self._frees(person)
        self.clock.process(self._writes_unless_taken(person))

    def _writes_unless_taken(self, person: Person) -> Story:
        if not person.busy:
            yield from self._writes(self.take(person))

    def _writes(self, person: Person, after_the_visit: Collection[int] = ()) -> Story:
        """The notes somebody has put off; those of families that wait for a visit only if somebody else goes there."""
        yield from self.on_owed(person, self.clock, after_the_visit)
        self._frees(person)
        self.serve()
        if person.owed and not person.busy:
            yield from self._writes(self.take(person))

    def _visits_waited_for(self) -> set[int]:
        """Rows of the calls that wait for somebody to go."""
        return {request.call.row for request in self.waiting if request.needs_visiting}

    def now(self, request: Request) -> Person | None:
        """The best person free now, whom the call then has; somebody released at this instant belongs to the queue."""
        if self.waiting:
            self.serve(request)
        person = request.best(self.clock.now)
        return None if person is None else self.grant(request, person)

    def now_or(self, request: Request, until: float) -> Story:
        """The best person free now, else the first to be free before ``until``; None if nobody is."""
        request.until = until
        return self.now(request) or (yield from self.wait(request))

    def wait(self, request: Request) -> Story:
        """The first of those wanted to be free before the request is over; None if nobody is."""
        if request.until <= self.clock.now:
            return None
        request.done, request.event = False, self.clock.event()
        insort(self.waiting, request)
        self._set_alarm(request)
        return (yield request.event)

    def serve(self, before: Request | None = None) -> None:
        """Gives free people to those who wait (only those ``before`` a request, if given), the first in order first."""
        if not self.waiting:
            return
        now = self.clock.now
        for request in tuple(self.waiting):
            if before is not None and not request < before:
                break
            if request.done or now < request.looks_again:
                continue
            person = request.best(now)
            if person is not None:
                self._answer(request, self.grant(request, person))
            else:
                self._sleeps(request)

    def hurry(self, call: Call) -> None:
        """Whoever waits for a call that has become more urgent moves up in the queue."""
        for request in self.waiting:
            if request.call is call:
                request.order = (call.urgency, call.time, call.family_code)
        self.waiting.sort()

    def give_up(self) -> None:
        """Ends every wait: the run is over and nobody comes on duty any more."""
        for request in tuple(self.waiting):
            self._answer(request, None)

    def _frees(self, person: Person) -> None:
        person.busy = False
        self.on_release(person)
        self._wakes(person)

    def _wakes(self, person: Person) -> None:
        for request in self.waiting:
            if person in request.people:
                request.looks_again = -math.inf

    def _sleeps(self, request: Request) -> None:
        """Until its alarm, or until one of its people is freed; a visit looks on, as somebody may come within reach."""
        if not request.needs_visiting:
            request.looks_again = request.alarm

    def _set_alarm(self, request: Request) -> None:
        now = self.clock.now
        hour = min(request.until, request.next_start(now))
        if request.by_phone_from > now:
            hour = min(hour, request.by_phone_from)
        request.alarm = hour
        self._sleeps(request)
        if hour < math.inf:
            self.clock.call_at(hour, lambda: self._alarm(request))

    def _alarm(self, request: Request) -> None:
        if not request.done:
            self.serve()  # a duty has started: whoever is first in order comes first, not whoever woke first
        if not request.done and self.clock.now >= request.until:
            self._answer(request, None)
        if not request.done:
            self._set_alarm(request)

    def _answer(self, request: Request, person: Person | None) -> None:
        request.done = True
        self.waiting.remove(request)
        assert request.event is not None
        request.event.succeed(person)
