"""The reference workload as an ordinary model in plain SimPy: what a competent modeller writes in a day.

Of *heads*: nurses are a number, and when a shift falls a start needs fewer busy than the new number. Of *names*: nurses
are people, by the rules of oncall-sim: whoever stays may start at once, whoever has worked least in seven days is asked
first, and a visit is made by somebody on duty, whoever was on the telephone.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import partial
from math import log
from typing import Any

import simpy
import workload
from workload import ADVICE, CONSULTANTS, NURSES, PATIENCE, PEAK, POOL, WEEK, YEAR, Seen

Story = Generator[Any, Any, Any]
CALLS, BLOCKED = 1, 0  # priorities: a fall of the shift comes before any call


class Chance:
    """The draws of one run."""

    def __init__(self, seed: int) -> None:
        self.of = random.Random(seed)

    def lognormal(self, mean: float, sigma: float) -> float:
        """Hours of a mean and a sigma of the logarithm."""
        return self.of.lognormvariate(log(mean) - sigma**2 / 2, sigma)

    def talk(self) -> float:
        """Hours on the telephone."""
        return self.lognormal(workload.TALK, workload.SIGMA_TALK)

    def journey(self) -> float:
        """Hours on the road, one way."""
        return self.lognormal(workload.JOURNEY, workload.SIGMA_JOURNEY)

    def visit(self) -> float:
        """Hours in the home and on the road, there and back."""
        return self.journey() + workload.VISIT + self.journey()

    def happens(self, p: float) -> bool:
        """Whether something of that probability happens."""
        return self.of.random() < p


def calls(env: simpy.Environment, chance: Chance, call: Any) -> Story:
    """The calls of one area for a year: a Poisson process by hour and day, thinned from its peak."""
    while True:
        yield env.timeout(chance.of.expovariate(PEAK))
        if env.now >= YEAR:
            return
        if chance.of.random() * PEAK < workload.rate(env.now):
            env.process(call())


def heads(areas: int, seed: int) -> list[Seen]:
    """One year of nurses who are a number; what became of each call."""
    env, chance, seen = simpy.Environment(), Chance(seed), list[Seen]()

    def call(nurses: simpy.PriorityResource, consultants: simpy.PriorityResource) -> Story:
        came = env.now
        with nurses.request(priority=CALLS) as nurse:
            yield nurse | env.timeout(PATIENCE)
            answered = env.now
            if not nurse.triggered:
                seen.append(Seen(PATIENCE, False, 0.0))
                return
            yield env.timeout(chance.talk())
            advised = chance.happens(workload.P_ADVICE)
            if advised:
                with consultants.request(priority=CALLS) as consultant:
                    yield consultant
                    yield env.timeout(ADVICE)
            if chance.happens(workload.P_VISIT):
                yield env.timeout(chance.visit())
            seen.append(Seen(answered - came, advised, env.now - answered))

    def off_duty(people: simpy.PriorityResource) -> Story:
        fell = 0.0
        for opens, closes in workload.shifts():
            yield env.timeout(fell - env.now)
            with people.request(priority=BLOCKED) as nobody:
                yield nobody
                if env.now < opens:
                    yield env.timeout(opens - env.now)
            fell = max(closes, env.now)

    def on_duty(numbers: tuple[int, int]) -> simpy.PriorityResource:
        always, office = numbers
        people = simpy.PriorityResource(env, office)
        for _ in range(office - always):
            env.process(off_duty(people))
        return people

    consultants = [on_duty(CONSULTANTS) for _ in workload.pools(areas)]
    for area in range(areas):
        env.process(calls(env, chance, partial(call, on_duty(NURSES), consultants[area // POOL])))
    env.run()
    return seen


@dataclass(eq=False)
class Person:
    """A nurse or consultant. always: on duty round the clock. freed: the hour since which they are idle. worked:
    (end, hours) of what they did."""

    always: bool
    busy: bool = False
    freed: float = 0.0
    worked: deque[tuple[float, float]] = field(default_factory=deque)

    def in_a_week(self, now: float) -> float:
        """Hours worked that ended in the last seven days."""
        while self.worked and self.worked[0][0] < now - WEEK:
            self.worked.popleft()
        return sum(hours for _, hours in self.worked)


ASKED_FIRST: dict[str, Callable[[Person, float], float]] = {  # of those who are free, the least by hour
    "whoever is there round the clock": lambda one, now: not one.always,
    "whoever has been idle longest": lambda one, now: one.freed,
    "whoever is there round the clock last": lambda one, now: one.always,
    "whoever has worked least": Person.in_a_week,
}


class Team:
    """People by name: who waits for them, in the order of their calls, and who of them comes."""

    def __init__(
        self, env: simpy.Environment, numbers: tuple[int, int],
        asked_first: Callable[[Person, float], float] = Person.in_a_week,
    ) -> None:  # fmt: skip
        always, office = numbers
        self.env, self.asked_first = env, asked_first
        self.waiting = list[tuple[float, int, simpy.Event]]()
        self.people = [Person(place < always) for place in range(office)]
        self.by_day, self.asked = False, 0
        env.process(self.days())

    def days(self) -> Story:
        """Office hours come and go."""
        for opens, closes in workload.shifts():
            yield self.env.timeout(opens - self.env.now)
            self.by_day = True
            self.serve()
            yield self.env.timeout(closes - self.env.now)
            self.by_day = False

    def somebody(self, came: float) -> simpy.Event:
        """Comes true with a person, for the earliest call first."""
        self.asked += 1
        request = (came, self.asked, self.env.event())
        self.waiting.append(request)
        self.waiting.sort()
        self.serve()
        return request[2]

    def no_longer(self, event: simpy.Event) -> None:
        """The call of a request has given up."""
        self.waiting = [request for request in self.waiting if request[2] is not event]

    def serve(self) -> None:
        """Gives whoever is free to whoever waits."""
        now = self.env.now
        while self.waiting:
            free = [one for one in self.people if not one.busy and (one.always or self.by_day)]
            if not free:
                return
            person = min(free, key=lambda one: self.asked_first(one, now))
            person.busy = True
            self.waiting.pop(0)[2].succeed(person)

    def frees(self, person: Person, since: float) -> None:
        """Somebody has done what they were wanted for, and whoever waits is served a moment later."""
        person.busy, person.freed = False, self.env.now
        person.worked.append((self.env.now, self.env.now - since))

    def release(self, person: Person, since: float) -> None:
        """Somebody has done what they were wanted for, and is there for whoever waits."""
        self.frees(person, since)
        self.serve()


def names(
    areas: int, seed: int, asked_first: Callable[[Person, float], float] = Person.in_a_week, passed_on: bool = True
) -> list[Seen]:
    """One year of nurses who are people, by the rules of oncall-sim; what became of each call.

    passed_on: a visit is made by somebody on duty when it is found necessary; else by whoever was on the telephone.
    """
    env, chance, seen = simpy.Environment(), Chance(seed), list[Seen]()

    def call(nurses: Team, consultants: Team) -> Story:
        came = env.now
        found = nurses.somebody(came)
        yield found | env.timeout(PATIENCE)
        answered = env.now
        if not found.triggered:
            nurses.no_longer(found)
            seen.append(Seen(PATIENCE, False, 0.0))
            return
        nurse, advised, visited = found.value, chance.happens(workload.P_ADVICE), chance.happens(workload.P_VISIT)
        since, held = answered, 0.0
        yield env.timeout(chance.talk())
        if visited and passed_on:
            held = env.now - answered
            nurses.frees(nurse, answered)
            nurse = yield nurses.somebody(came)
            since = env.now
        if advised:
            consultant = yield consultants.somebody(env.now)
            yield env.timeout(ADVICE)
            consultants.release(consultant, env.now - ADVICE)
        if visited:
            yield env.timeout(chance.visit())
        nurses.release(nurse, since)
        seen.append(Seen(answered - came, advised, held + env.now - since))

    consultants = [Team(env, CONSULTANTS) for _ in workload.pools(areas)]
    for area in range(areas):
        env.process(calls(env, chance, partial(call, Team(env, NURSES, asked_first), consultants[area // POOL])))
    env.run()
    return seen
