"""Who is wanted for a call: requests for somebody to answer, to visit or to advise, and who of them comes first."""

from __future__ import annotations

from collections.abc import Callable

from sim.domain.policies import SECOND_PERSON
from sim.model.calls import Call
from sim.model.free.desk import Request
from sim.model.free.people import Doing, Person
from sim.model.world import World

Closeness = tuple[bool, bool, float, float, str]


def somebody_to_answer(world: World, call: Call, plan: str) -> Request:
    """A request for anybody of a team who is on duty and may answer."""

    def on_its_duty(person: Person, now: float) -> bool:
        place = world.on_duty.place(person, call.area, now)
        serves = place >= 0 and world.plan_of_duty[person.rows[place]] == plan  # somebody may be in two teams
        return serves and world.boundaries.agrees(person, call, visiting=False)

    request = Request(call, may_answer(world, plan, call.area), on_its_duty, closeness(world, call))
    request.finding_out = lambda person: world.boundaries.finding_out(person, call)
    return world.on_duty.wakes(request)


def somebody_to_visit(world: World, call: Call) -> Request:
    """A request for anybody on a visiting duty within reach of the family, with a second person if it takes two."""
    request = Request(
        call,
        world.able_to("visit", call.area),
        lambda person, now: (
            can_visit(world, person, call, now) and world.boundaries.agrees(person, call, visiting=True)
        ),
        closeness(world, call),
        True,
    )
    if call.needs_two:
        request.second = lambda first, now: second_person(world, first, call, now)
        request.seconds = world.able_to("second_person", call.area)
        request.only_together = go_together(world, call)
    return world.on_duty.wakes(request)


def somebody_to_advise(world: World, call: Call) -> Request:
    """A request for anybody on duty who may give what the call needs, the lowest level that suffices first."""
    people = [person for person in world.able_to("advise", call.area) if can_advise(person, call, call.prescribed)]
    close = closeness(world, call)

    def on_duty(person: Person, now: float) -> bool:
        here = world.on_duty.place(person, call.area, now) >= 0
        return here and world.boundaries.agrees(person, call, visiting=False)

    request = Request(call, people, on_duty, lambda person, now: (person.level, *close(person, now)))
    return world.on_duty.wakes(request)


def busy_until(world: World, request: Request) -> float:
    """How long to wait for funded people before asking goodwill: not at all when nobody suitable is on duty."""
    now = world.clock.now
    overflow = min((step.overflow for step in world.scenario.ladder if step.kind == "team"), default=0.0)
    return now + overflow if any(request.fits(person, now) for person in request.people) else now


def may_answer(world: World, plan: str, area: int) -> list[Person]:
    """The people of a team who may answer for an area."""
    return [person for person in world.team(plan, area) if "answer" in person.may]


def can_visit(world: World, person: Person, call: Call, now: float, did: Person | Doing | None = None) -> bool:
    """On a filled visiting duty for the family's area, and within reach of its home. did: what they did
    then, unless it is now."""
    place = world.on_duty.place(person, call.area, now, did)
    return place >= 0 and person.visits(place, call.area) and world.roads.in_reach(person, call, now, did)


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
    able = [p for p in free if world.boundaries.able(p, call, visiting=True)]
    close = closeness(world, call)
    return min(able, key=lambda person: close(person, now), default=None)


def closeness(world: World, call: Call) -> Callable[[Person, float], Closeness]:
    """The order of candidates: knows the family, own area, hours of travel, hours worked in seven days, code."""
    known, area = call.family.known, call.area

    def rank(person: Person, now: float) -> Closeness:
        worked = person.hours_in_a_week(person.worked, now)
        return (
            person.row not in known,
            person.area_row != area,
            world.roads.expected_journey(person, call, now),
            worked,
            person.code,
        )

    return rank
