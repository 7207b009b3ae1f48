"""Going there: one unplanned home visit, and what happens in the home."""

from __future__ import annotations

from sim.domain.intervals import merged, minus, total
from sim.domain.policies import SECOND_PERSON
from sim.model.advice import advice, needs_adviser
from sim.model.answer import ROUTINE
from sim.model.calls import Call
from sim.model.clock import Story
from sim.model.free.off_duty import helpers
from sim.model.free.people import Person
from sim.model.free.request import Request
from sim.model.free.wanted import ToVisit, busy_until, second_person
from sim.model.goodwill import extra_help, somebody_on_standby
from sim.model.world import World


def home_visit(world: World, call: Call, answerer: Person) -> Story:
    """From the moment a visit is found necessary to the nurse leaving the family."""
    person, second = yield from somebody_goes(world, call, answerer)
    if person is None:
        call.missing["visit"] = world.diary.moment(call)
        return
    call.alone = call.needs_two and second is None
    if second is not None:
        sets_out_too(world, call, second)
    call.on_the_way = person.row
    duty = yield from travel_there(world, call, person)
    call.on_the_way = -1
    yield from at_the_door(world, call.death or call, person, duty)


def sets_out_too(world: World, call: Call, second: Person) -> None:
    """A second person goes along, and leaves with the first."""
    call.visit_over = world.clock.event()
    world.clock.process(goes_along(world, call, second))


def along(world: World, call: Call, first: Person) -> None:
    """Seeks a second person for somebody on the way to a family, or in its home, where it now takes two."""
    second = second_person(world, first, call, world.clock.now)
    call.alone = second is None
    if second is not None:
        sets_out_too(world, call, world.desk.take(second))


def travel_there(world: World, call: Call, person: Person) -> Story:
    """Gets ready and drives to the family; gives back the row of the duty this is done on, -1 if unpaid."""
    duty, found = world.on_duty.row(person, call), world.clock.now
    journey, km = world.roads.sets_out(person, call, duty)
    ready, from_home = world.roads.mobilisation(person, found)
    if ready > 0.0:
        yield world.clock.timeout(ready)
        world.timesheets.book(person, call.row, "mobilise", found, world.clock.now, duty)
    if journey > 0.0:
        set_out = world.clock.now
        yield world.clock.timeout(journey)
        world.timesheets.book(person, call.row, "journey", set_out, world.clock.now, duty, from_home, km)
    return duty


def at_the_door(world: World, call: Call, person: Person, duty: int) -> Story:
    """What the family sees: somebody comes in, gets advice if it takes more than they know, and stays."""
    call.at_door, call.visited_by, call.family.visitor = world.clock.now, person.row, True
    call.known |= person.row in call.family.known
    call.prescribed |= "prescribe" in person.may
    person.at_bedside = True
    world.desk.may_take_calls(person)
    if needs_adviser(call, person):
        yield from advice(world, call)
    cared_for = world.clock.now + world.boundaries.finds_out(person, call)
    while (leaves := cared_for + call.visit + total(person.pauses)) > world.clock.now:
        yield world.clock.at(leaves)  # later still if another family's call came meanwhile
    person.at_bedside, call.family.visitor = False, False
    if call.visit_over is not None:
        call.visit_over.succeed()
    leave(world, call, person, call.at_door, duty)


def goes_along(world: World, call: Call, person: Person) -> Story:
    """The second person of a visit that takes two: comes, stays until the first leaves, and goes home."""
    duty = yield from travel_there(world, call, person)
    came, over = world.clock.now, call.visit_over
    assert over is not None
    if not over.triggered:
        yield over
    leave(world, call.death or call, person, came, duty)


def leave(world: World, call: Call, person: Person, came: float, duty: int) -> None:
    """Books the hours in the home, less those on the telephone with others, and sets out for home.

    Two who leave together are both free before anybody who waits is given one of them.
    """
    world.timesheets.book_visit(person, call.row, minus([(came, world.clock.now)], merged(person.pauses)), duty)
    person.pauses.clear()
    call.family.known |= {person.row}
    world.roads.starts_back(person, call, duty)
    (world.desk.release if call.visit_over is None else world.desk.release_soon)(person)


def somebody_goes(world: World, call: Call, answerer: Person) -> Story:
    """The nearest fit funded person who is free; else goodwill; else whoever is free before the family stops waiting.

    Funded people who are on duty but busy are waited for as long as the ladder's overflow before goodwill is asked;
    a routine visit that a funded duty can make in time asks nobody's goodwill. Gives back the person and a second.
    """
    gives_up = world.clock.now + call.visit_patience
    if not call.is_death:
        gives_up = min(gives_up, call.family.death)
    request = ToVisit(world, call)
    if request.only_together and not SECOND_PERSON[world.scenario.answering.second_person].waits:
        gives_up = world.clock.now
    if world.goodwill_is_asked(call) and not can_wait_for_duty(world, call, request, gives_up):
        person = yield from world.desk.now_or(request, min(busy_until(world, request), gives_up))
        if person is None and not request.only_together:
            person = yield from goodwill_goes(world, call, answerer, gives_up)
        if person is not None:
            return person, request.companion
    person = yield from world.desk.now_or(request, gives_up)
    return person, request.companion


def can_wait_for_duty(world: World, call: Call, request: Request, gives_up: float) -> bool:
    """A routine visit for which a visiting duty starts before the family gives up."""
    return call.urgency == ROUTINE and request.next_start(world.clock.now, gives_up) < gives_up


def goodwill_goes(world: World, call: Call, answerer: Person, gives_up: float) -> Story:
    """Whoever answered unpaid; else standby; else people at home: of those who could reach the family."""
    moment, near = world.diary.moment(call), helpers(world, call, "visit")
    if "answer" in call.unpaid and answerer in near and not answerer.busy:
        person: Person | None = world.desk.take(answerer)
    else:
        person = somebody_on_standby(world, call, near)
    if person is None:
        person = yield from extra_help(world, call, near, gives_up)
    if person is not None:
        call.unpaid["visit"] = moment
    return person
