"""The desk of named clinicians: who is free for whom, and who waits for whom.

Idle people are granted at once; only a family or a nurse who really waits costs an event.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Collection

from sim.model.calls import Call
from sim.model.clock import Clock, Story
from sim.model.free.people import Person
from sim.model.free.request import Order, Request


class Desk:
    """Takes people for requests, in order, and lets requests wait."""

    def __init__(
        self, clock: Clock, note: Callable[[Person], None], leaves_the_road: Callable[[Person], None],
        goes_on_home: Callable[[Person], None], on_owed: Callable[[Person, Clock, Collection[int]], Story],
    ) -> None:  # fmt: skip
        self.clock, self.note, self.on_owed = clock, note, on_owed
        self.leaves_the_road, self.goes_on_home = leaves_the_road, goes_on_home
        self.waiting: list[Request] = []

    def take(self, person: Person) -> Person:
        """Somebody is busy from now on."""
        person.busy, person.taken = True, self.clock.now
        if person.place is not None:
            self.leaves_the_road(person)
        self.note(person)
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
        if self.waiting:
            self.serve()

    def release_soon(self, person: Person) -> None:
        """As ``release``, but the call in hand takes its place in the queue first, for a visit just found necessary."""
        if person.owed:
            self.clock.process(self._writes(person, self._visits_waited_for()))
            return
        self._frees(person)
        if self.waiting and self._looked_at():
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
            self.serve(request.order)
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

    def serve_before(self, call: Call) -> None:
        """Whoever waits and comes before a call that asks now is given those who have been freed at this instant."""
        if self.waiting:
            self.serve((call.urgency, call.time, call.family_code))

    def serve(self, before: Order | None = None) -> None:
        """Gives free people to those who wait (only those ``before`` a place, if given), the first in order first."""
        for request in self._looked_at():
            if before is not None and not request.order < before:
                break
            person = request.best(self.clock.now)
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

    def _looked_at(self) -> list[Request]:
        """Those who wait for whom it is of use to look now: most wait for people of whom none has been freed."""
        now = self.clock.now
        return [request for request in self.waiting if request.looks_again <= now]

    def _frees(self, person: Person) -> None:
        person.busy = False
        if person.place is not None:
            self.goes_on_home(person)
        self.note(person)
        if self.waiting:
            self._wakes(person)

    def _wakes(self, person: Person) -> None:
        for request in self.waiting:
            if person in request.people:
                request.looks_again = -math.inf

    def _sleeps(self, request: Request) -> None:
        """Until its alarm, or until one of its people is freed; a visit looks on, as somebody may come within reach."""
        request.looks_again = -math.inf if request.needs_visiting else request.alarm

    def _set_alarm(self, request: Request) -> None:
        now = self.clock.now
        hour = request.next_start(now, request.until)
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
        request.event.succeed(person)
