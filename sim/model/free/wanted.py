"""Who is wanted for a call: requests for somebody to answer, to visit or to advise, and who of them comes first."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from sim.domain.policies import SECOND_PERSON
from sim.model.calls import Call
from sim.model.free.people import Doing, Person
from sim.model.free.request import Request
from sim.model.world import World


class Wanted(Request):
    """Somebody wanted for a call of a world; ``first``: who is closest to the family."""

    __slots__ = ("world",)

    def __init__(self, world: World, call: Call, people: Sequence[Person]) -> None:
        Request.__init__(self, call, people)
        self.world = world

    def first(self, people: Sequence[Person], now: float) -> Person:
        """Who is closest to the family, and of equals who has worked least."""
        return closest(self.world, self.call, people, now)

    def next_start(self, now: float, before: float = inf) -> float:
        """As of any request; or the next hour at which somebody on a duty has rested enough for it."""
        before, on_duty = Request.next_start(self, now, before), self.world.on_duty
        if on_duty.rest_matters:
            for person in (*self.people, *self.seconds):
                place = person.duty(now, self.call.area)
                if place >= 0 and now < (hour := on_duty.rested_at(person, place)) < before:
                    before = hour
        return before


class ToAnswer(Wanted):
    """Anybody of a team who is on duty and may answer."""

    __slots__ = ("asked", "by_phone_from", "on_duty", "plan")

    def __init__(self, world: World, call: Call, plan: str, on_duty: list[Person]) -> None:
        Wanted.__init__(self, world, call, world.answering(plan, call.area))
        self.plan, self.asked, self.on_duty, self.by_phone_from = plan, world.clock.now, on_duty, inf

    def fits(self, person: Person, now: float) -> bool:
        """On the team's duty."""
        return person in self.fitting(now)

    def free(self, now: float) -> list[Person]:
        """All who are on the team's duty, and not busy."""
        return [person for person in self.fitting(now) if not person.busy]

    def fitting(self, now: float) -> list[Person]:
        """All who are on the team's duty, busy or not."""
        if now != self.asked:
            self.asked, self.on_duty = now, on_the_phone(self.world, self.call, self.plan, now)
        return self.on_duty

    def finding_out(self, person: Person) -> float:
        """Hours to find out what a record would have told."""
        return self.world.boundaries.finding_out(person, self.call)


class ToVisit(Wanted):
    """Anybody on a visiting duty within reach of the family, with a second person if it takes two."""

    __slots__ = ("only_together", "seconds")
    needs_visiting = True

    def __init__(self, world: World, call: Call) -> None:
        Wanted.__init__(self, world, call, world.able_to("visit", call.area))
        self.companion, self.seconds, self.only_together = None, (), False
        if call.needs_two:
            self.seconds = (*self.people, *world.able_to("second_person", call.area))
            self.only_together = go_together(world, call)

    def fits(self, person: Person, now: float) -> bool:
        """On a visiting duty, within reach and able to act there."""
        world, call = self.world, self.call
        return can_visit(world, person, call, now) and world.boundaries.agrees(person, call, visiting=True)

    def free(self, now: float) -> list[Person]:
        """All who are free and fit, and have somebody to go with if nobody goes alone."""
        world, call = self.world, self.call
        free = [person for person in self.people if not person.busy and can_visit(world, person, call, now)]
        free = world.boundaries.who_agrees(free, call, visiting=True)
        return [one for one in free if self.second(one, now) is not None] if self.only_together else free

    def second(self, first: Person, now: float) -> Person | None:
        """Who is free to go along."""
        return second_person(self.world, first, self.call, now)


class ToAdvise(Wanted):
    """Anybody on duty who may give what the call needs, the lowest level that suffices first."""

    __slots__ = ()

    def __init__(self, world: World, call: Call) -> None:
        able = world.able_to("advise", call.area)
        Wanted.__init__(self, world, call, [one for one in able if can_advise(one, call, call.prescribed)])

    def fits(self, person: Person, now: float) -> bool:
        """On any duty for the area, and able to act there."""
        world, call = self.world, self.call
        here = world.on_duty.place(person, call.area, now) >= 0
        return here and world.boundaries.agrees(person, call, visiting=False)

    def first(self, people: Sequence[Person], now: float) -> Person:
        """Of those of the lowest level, who is closest to the family."""
        lowest = min(person.level for person in people)
        return closest(self.world, self.call, [person for person in people if person.level == lowest], now)


def busy_until(world: World, request: Request) -> float:
    """How long to wait for funded people before asking goodwill: not at all when nobody suitable is on duty."""
    now = world.clock.now
    if not any(request.fits(person, now) for person in request.people):
        return now
    return now + min((step.overflow for step in world.scenario.ladder if step.kind == "team"), default=0.0)


def on_the_phone(world: World, call: Call, plan: str, now: float) -> list[Person]:
    """Who of a team is on its duty and may answer, free or not."""
    on_duty = world.on_duty.serving(world.answering(plan, call.area), plan, call.area, now)
    return world.boundaries.who_agrees(on_duty, call, visiting=False)


def somebody_free(world: World, call: Call, people: Sequence[Person]) -> Person | None:
    """Of some people the closest who is free now, taken for a call; whoever waits and comes before it comes first."""
    world.desk.serve_before(call)
    free = [person for person in people if not person.busy]
    return world.desk.take(closest(world, call, free, world.clock.now)) if free else None


def can_visit(world: World, person: Person, call: Call, now: float, did: Person | Doing | None = None) -> bool:
    """On a filled visiting duty for the family's area, and within reach of its home. did: what they did
    then, unless it is now."""
    place = person.duty(now, call.area)
    if place < 0 or not person.visits(place, call.area) or world.on_duty.resting(person, place, now, did):
        return False
    return world.roads.in_reach(person, call, now, did)


def can_advise(person: Person, call: Call, prescribed: bool) -> bool:
    """Of the level the call needs, and with the right to prescribe if it needs a prescription not written yet."""
    may_prescribe = "prescribe" in person.may or not call.needs_prescription or prescribed
    return person.level_for(call) >= call.need_level and may_prescribe


def go_together(world: World, call: Call) -> bool:
    """Whether nobody may go to a family alone: the visit takes two, and policy sends no one on their own."""
    return call.needs_two and not SECOND_PERSON[world.scenario.answering.second_person].goes_alone


def second_person(world: World, first: Person, call: Call, now: float) -> Person | None:
    """Who is free to go with somebody: another visitor, or somebody whose role is to be the second."""
    others = dict.fromkeys((*world.able_to("visit", call.area), *world.able_to("second_person", call.area)))
    free = [p for p in others if p is not first and not p.busy and can_visit(world, p, call, now)]
    able = world.boundaries.who_is_able(free, call, visiting=True)
    return closest(world, call, able, now) if able else None


def closest(world: World, call: Call, people: Sequence[Person], now: float) -> Person:
    """Of those who know the family, or else of all, those of its own area, or else all; of these the nearest by road.

    Of equals who has worked least in seven days, then by code.
    """
    if len(people) > 1 and call.family.known:
        people = [person for person in people if person.row in call.family.known] or people
    if len(people) > 1:
        people = [person for person in people if person.area_row == call.area] or people
    if len(people) > 1:
        journeys = [world.roads.expected_journey(person, call, now) for person in people]
        nearest = min(journeys)
        people = [person for person, journey in zip(people, journeys, strict=True) if journey == nearest]
    if len(people) > 1:
        return min(people, key=lambda person: (person.hours_in_a_week(person.worked, now), person.code))
    return people[0]
