"""Getting through: the ladder a call climbs until somebody takes it or the family stops waiting."""

from __future__ import annotations

import math

from sim.domain.policies import END_OF_DUTY
from sim.domain.scenario import URGENCIES, Step
from sim.model.calls import Call
from sim.model.clock import HEARD, Story
from sim.model.free.off_duty import helpers
from sim.model.free.people import Notes, Person
from sim.model.free.wanted import ToAnswer, on_the_phone, somebody_free
from sim.model.goodwill import extra_help, somebody_on_standby
from sim.model.world import World

ROUTINE = URGENCIES.index("routine")
ONLY_ANSWERS = frozenset(("answer",))


def get_through(world: World, call: Call) -> Story:
    """Climbs the ladder. Gives back who took the call, or None when patience is over or the last step is universal.

    Where nobody of a team is on duty the call goes on; a routine call waits for a duty that starts before the family
    gives up.
    """
    gives_up, person = call.time + call.answer_patience, None
    if call.family.death < gives_up and not call.is_death:
        gives_up = call.family.death
    for step in world.ladder(call):
        if step.kind == "team":
            on_duty = ring_team(world, call, step)
            if on_duty:
                person = somebody_free(world, call, on_duty)
            if person is None and (on_duty or call.urgency == ROUTINE):
                person = yield from wait_for_team(world, call, step, on_duty, gives_up)
        elif step.kind == "goodwill":
            person = yield from ring_goodwill(world, call, gives_up)
        if person is not None:
            call.answered_by = person.row
            return person
        if world.clock.now >= gives_up > call.time:
            return None
    return None


def ring_team(world: World, call: Call, step: Step) -> list[Person]:
    """The team's telephone: who is on its duty and may answer, free or not."""
    on_duty = on_the_phone(world, call, step.plan, world.clock.now)
    if on_duty:
        call.reached = (*call.reached, step.plan)
    return on_duty


def wait_for_team(world: World, call: Call, step: Step, on_duty: list[Person], gives_up: float) -> Story:
    """A wait of the step's overflow for a team whose people are busy, or for the next duty, if that starts in time."""
    request, starts = ToAnswer(world, call, step.plan, on_duty), world.clock.now
    if not on_duty:
        starts = request.next_start(starts)
        if starts == math.inf or starts > gives_up:
            return None
        call.reached = (*call.reached, step.plan)
    request.by_phone_from = starts + world.by_phone_after
    return (yield from world.desk.now_or(request, min(starts + step.overflow, gives_up)))


def ring_goodwill(world: World, call: Call, gives_up: float) -> Story:
    """Whoever keeps the telephone unpaid, else people at home, one after another."""
    if not world.goodwill_is_asked(call):
        return None
    moment, near = world.diary.moment(call), helpers(world, call, "answer")
    person = somebody_on_standby(world, call, near)
    if person is None:
        person = yield from extra_help(world, call, near, gives_up)
    if person is not None:
        call.unpaid["answer"] = moment
    return person


def talk(world: World, call: Call, person: Person) -> Story:
    """The call back, the conversation and, unless it takes a visit, what is to be done after it.

    Whoever has the call is taken throughout. If their duty ends meanwhile, it may be handed over to the next. The
    death of the child ends it: whoever is on the line turns to the call of the death. Gives back who had it at the end.
    """
    call.on_the_line, (duty, ends) = person.row, world.on_duty.held(person, call)
    if math.isnan(call.answered):
        call.taken, call.duty = world.clock.now, duty
        if call.duty >= 0 or person.on_standby(call.taken):
            rings_after = call_back(world, call, person)  # whom the family rang at home needs no call back
            if rings_after > 0.0:
                yield world.clock.timeout(rings_after)
        if call.death is None:
            call.answered = world.clock.now
    if call.death is None:
        finishes = speak(world, call, person)
        if ends < finishes and END_OF_DUTY[world.scenario.answering.end_of_duty] and not call.by_bedside:
            yield from to_the_hour_or_the_death(world, call, max(ends, world.clock.now))
            if call.death is None:
                person, call.taken = hand_over(world, call, person, call.taken)
                finishes += world.boundaries.finds_out(person, call)
        if call.family.death < finishes:
            yield from to_the_hour_or_the_death(world, call, finishes)
        else:
            yield world.clock.at(finishes)
        call.prescribed |= "prescribe" in person.may
    world.timesheets.book(person, call.row, "phone", call.taken, world.clock.now, call.duty)
    call.on_the_line = -1
    if call.after_call > 0 and (call.needs_visit or call.death is not None) and not math.isnan(call.answered):
        notes = Notes(call.row, call.after_call, call.duty)
        if call.by_bedside:
            world.clock.process(world.timesheets.write(person, notes, world.clock))
        else:
            person.owed.append(notes)
    if call.death is not None:
        turns_to(world, call, call.death, person)
    return person


def turns_to(world: World, call: Call, death: Call, person: Person) -> None:
    """Whoever was on the line goes on with the call of the death: at once, or when the family is rung back."""
    now = world.clock.now
    death.taken, death.duty = now, call.duty
    if math.isnan(death.answered):
        death.answered = now
    if death.by_bedside:
        person.pauses[-1] = (person.pauses[-1][0], now)
        person.pauses.append((now, now + death.talk + death.after_call))
        world.desk.comes_to_the_phone(person, person.pauses[-1][1])


def speak(world: World, call: Call, person: Person) -> float:
    """The conversation begins. Gives back the hour at which it is over, with what follows it unless that is a visit."""
    if person.row in call.family.known:
        call.known = True
    return (
        call.answered
        + call.talk
        + (0.0 if call.needs_visit else call.after_call)
        + world.boundaries.finds_out(person, call)
    )


def to_the_hour_or_the_death(world: World, call: Call, hour: float) -> Story:
    """Until an hour, or until the child has died and that has become a call of its own."""
    if world.clock.now < call.family.death < hour:
        yield world.clock.at(call.family.death, HEARD)
    if call.death is None:
        yield world.clock.at(hour)


def call_back(world: World, call: Call, person: Person) -> float:
    """Hours until the family is rung back: shorter by somebody who only answers, and sits by the telephone."""
    return call.call_back * (world.scenario.answering.helpline_multiple if person.may == ONLY_ANSWERS else 1.0)


def hand_over(world: World, call: Call, person: Person, taken: float) -> tuple[Person, float]:
    """Gives a conversation to somebody free of the duty that has just begun; if nobody is, it stays where it is.

    So it does if the next duty is the same person's. Calls that wait and are more urgent come first. Gives back who
    has the conversation, and since when.
    """
    on_duty = on_the_phone(world, call, world.plan_of_duty[call.duty], world.clock.now)
    successor = None if person in on_duty else somebody_free(world, call, on_duty)
    if successor is None:
        return person, taken
    world.timesheets.book(person, call.row, "phone", taken, world.clock.now, call.duty)
    world.desk.release(person)
    call.duty, call.answered_by = world.on_duty.row(successor, call), successor.row
    call.on_the_line = successor.row
    call.known |= successor.row in call.family.known
    return successor, world.clock.now
