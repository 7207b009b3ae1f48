"""The way of a call, from dialling to the family being left, and what becomes of the family."""

from __future__ import annotations

import math

from sim.domain.policies import NURSE_WHILE_WAITING, calls_again
from sim.model.advice import advice, needs_adviser, prescribe
from sim.model.answer import get_through, talk
from sim.model.calls import Call, Family
from sim.model.clock import Story
from sim.model.free.people import Person
from sim.model.general_services import general_services
from sim.model.marks import AGAIN
from sim.model.outcome import close
from sim.model.visit import home_visit
from sim.model.world import World

DELAY = "calls_again_after"


def follow(world: World, call: Call, person: Person | None = None) -> Story:
    """One call: somebody answers, comes if it takes a visit, gets advice and a prescription if it takes more.

    person: who turned to it from the line, if it is of a death.
    """
    if person is None:
        person = yield from get_through(world, call)
    if person is not None:
        person = yield from talk(world, call, person)
        if call.death is not None:
            world.clock.process(follow(world, call.death, person))
            if call.needs_visit or math.isnan(call.answered):
                return  # overtaken by the death
        by_phone = not call.needs_visit and needs_adviser(call, person)
        held = by_phone and keeps_the_call(world, call)
        if held:
            yield from advice(world, call, held=person)
        if call.death is None:
            world.desk.puts_down(person, call)
        if call.needs_visit:
            yield from home_visit(world, call, person)
            call = call.death or call  # whoever was on the way came to the death
        elif by_phone and not held:
            yield from advice(world, call)
        prescribe(world, call)
    leave_the_ladder(world, call)
    if call.missing:
        yield from general_services(world, call, person.level_for(call) if person is not None else 0)
    close(world, call)
    if comes_again(world, call):
        yield from call_again(world, call)


def keeps_the_call(world: World, call: Call) -> bool:
    """Whether whoever has a call by telephone keeps it while an adviser is sought.

    Somebody at another family's home goes on with that visit, whatever the policy.
    """
    policy = NURSE_WHILE_WAITING[world.scenario.answering.nurse_while_waiting]
    return policy and not call.by_bedside and call.death is None


def leave_the_ladder(world: World, call: Call) -> None:
    """Nobody of the model does more about a call: what nobody gave is missing, and no further call joins it."""
    if math.isnan(call.answered):
        call.missing["answer"] = world.diary.moment(call)
    if call.family.open_call is call:
        call.family.open_call = None


def comes_again(world: World, call: Call) -> bool:
    """Whether the family will call again about the same thing."""
    repeat, unmet = world.scenario.repeat, "answer" in call.missing
    if call.general or not (unmet or repeat.after_any):
        return False
    u = world.marks(call.attempt).uniform(call.row, AGAIN, call.attempt)
    return not call.is_death and calls_again(unmet, repeat.after_any, call.attempt, repeat.attempts_max, u, repeat.p)


def call_again(world: World, call: Call) -> Story:
    """After a while the family calls again, unless the child has died or left home, or help is there or on its way."""
    family = call.family
    marks, law = world.marks(call.attempt), world.scenario.repeat.delay
    yield world.clock.timeout(marks.hours(call.row, DELAY, law, call.attempt))
    now = world.clock.now
    at_home = family.hospital_until <= now < family.death
    if at_home and family.open_call is None and not family.visitor and now < world.scenario.run.horizon:
        family.open_call = make_call(world, call.row, family, now, attempt=call.attempt + 1)
        world.clock.process(follow(world, family.open_call))


def make_call(world: World, row: int, family: Family, time: float, attempt: int = 1) -> Call:
    """The call of a row of the demand table with its marks from birth."""
    call = Call(row, family, time, attempt, world.marks(attempt).of(row))
    world.diary.opens(call)
    return call
