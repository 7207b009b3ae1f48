"""Advice: somebody of the level the call needs, by telephone, to the nurse who has it."""

from __future__ import annotations

from sim.model.calls import Call
from sim.model.desk import Story
from sim.model.goodwill import extra_help
from sim.model.world import World


def advice(world: World, call: Call) -> Story:
    """Rings an adviser on duty; a consultant's goodwill if nobody is in time; else that part of the need is not met.

    On the telephone the nurse is free meanwhile; in the home she stays, and this runs as part of her visit.
    """
    gives_up = world.clock.now + world.scenario.answering.advice_patience.mean
    adviser = yield from somebody_advises(world, call, gives_up)
    if adviser is None:
        call.missing["advice"] = world.why_not(call, "advice")
        return
    duty, start = world.duty_of(adviser, call), world.clock.now
    if duty < 0:
        call.unpaid["advice"] = world.why_not(call, "advice")
    yield world.clock.timeout(world.advice_hours[adviser.role][call.row])
    call.advised, call.advised_by = world.clock.now, adviser.row
    world.book(adviser, call.row, "advice", start, world.clock.now, duty)
    world.desk.release(adviser)


def somebody_advises(world: World, call: Call, gives_up: float) -> Story:
    """Whoever is on duty and free in time; where nobody is on duty, people at home are rung first."""
    request, now = world.somebody_to_advise(call), world.clock.now
    nobody_there = not any(request.fits(person, now) for person in request.people)
    if nobody_there and world.goodwill_is_asked(call):
        helpers = [
            p for p in world.of_role(world.scenario.goodwill.advice_role, call.area) if p.level >= call.need_level
        ]
        adviser = yield from extra_help(world, call, helpers, gives_up)
        if adviser is not None:
            return adviser
    return (yield from world.desk.now_or(request, gives_up))
