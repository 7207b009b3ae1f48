"""Going there: one unplanned home visit, and advice at the bedside."""

from __future__ import annotations

from sim.model.advice import advice
from sim.model.answer import ROUTINE
from sim.model.calls import Call
from sim.model.desk import Request, Story
from sim.model.goodwill import extra_help, somebody_on_standby
from sim.model.people import Person
from sim.model.world import World


def home_visit(world: World, call: Call, answerer: Person) -> Story:
    """From the moment a visit is found necessary to the nurse leaving the family."""
    person = yield from somebody_goes(world, call, answerer)
    if person is None:
        call.missing["visit"] = world.why_not(call, "visit")
        return
    duty, found = world.duty_of(person, call), world.clock.now
    journey = world.expected_journey(person, call, found) * world.luck_on_the_road(person, call)
    ready, from_home = world.mobilisation(person, found)
    yield world.clock.timeout(ready)
    world.book(person, call.row, "mobilise", found, world.clock.now, duty)
    set_out = world.clock.now
    yield world.clock.timeout(journey)
    world.book(person, call.row, "journey", set_out, world.clock.now, duty, from_home)
    yield from at_the_door(world, call, person, duty)


def at_the_door(world: World, call: Call, person: Person, duty: int) -> Story:
    """What the family sees: somebody comes in, gets advice if it takes more than they know, and stays."""
    call.at_door, call.visited_by, call.family.visitor = world.clock.now, person.row, True
    call.known |= person.row in call.family.known
    if call.need_level > person.level:
        yield from advice(world, call)
    yield world.clock.timeout(call.visit)
    world.book(person, call.row, "visit", call.at_door, world.clock.now, duty)
    call.family.visitor = False
    call.family.known.add(person.row)
    world.starts_back(person, call, duty)
    world.desk.release(person)


def somebody_goes(world: World, call: Call, answerer: Person) -> Story:
    """The nearest fit funded person who is free; else goodwill; else whoever is free before the family stops waiting.

    Funded people who are on duty but busy are waited for as long as the ladder's overflow before goodwill is asked;
    a routine visit that a funded duty can make in time asks nobody's goodwill.
    """
    gives_up = world.clock.now + call.visit_patience
    request = world.somebody_to_visit(call)
    if not world.goodwill_is_asked(call) or can_wait_for_duty(world, call, request, gives_up):
        person = yield from world.desk.now_or(request, gives_up)
        return person
    person = yield from world.desk.now_or(request, min(busy_until(world, request), gives_up))
    if person is None:
        person = yield from goodwill_goes(world, call, answerer, gives_up)
    if person is None:
        person = yield from world.desk.now_or(request, gives_up)
    return person


def can_wait_for_duty(world: World, call: Call, request: Request, gives_up: float) -> bool:
    """A routine visit for which a visiting duty starts before the family gives up."""
    return call.urgency == ROUTINE and request.next_start(world.clock.now) < gives_up


def busy_until(world: World, request: Request) -> float:
    """How long to wait for funded people before asking goodwill: not at all when nobody who could come is on duty."""
    now = world.clock.now
    overflow = min((step.overflow for step in world.scenario.ladder if step.kind == "team"), default=0.0)
    return now + overflow if any(request.fits(person, now) for person in request.people) else now


def goodwill_goes(world: World, call: Call, answerer: Person, gives_up: float) -> Story:
    """Whoever answered unpaid; else standby; else people at home: of those who could reach the family."""
    now, why = world.clock.now, world.why_not(call, "visit")
    near = [p for p in world.of_role(world.scenario.goodwill.answer_role, call.area) if world.in_reach(p, call, now)]
    if "answer" in call.unpaid and answerer in near and not answerer.busy:
        person: Person | None = world.desk.take(answerer)
    else:
        person = somebody_on_standby(world, call, near)
    if person is None:
        person = yield from extra_help(world, call, near, gives_up)
    if person is not None:
        call.unpaid["visit"] = why
    return person
