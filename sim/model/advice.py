"""Advice: somebody of the level the call needs, by telephone, to the nurse who has it; and a prescription at night:
somebody with the right on the call, and medicines to be had."""

from __future__ import annotations

from sim.demand.medicines import in_the_home
from sim.keyed import number_of
from sim.model.calls import Call
from sim.model.clock import Story
from sim.model.free.off_duty import helpers
from sim.model.free.people import Person
from sim.model.free.wanted import ToAdvise, busy_until
from sim.model.goodwill import extra_help
from sim.model.world import World

CARRIES = number_of("carries_medicines")


def needs_adviser(call: Call, person: Person) -> bool:
    """Whether the call takes more than somebody has: a higher level, or the right to prescribe that nobody had yet."""
    return call.need_level > person.level_for(call) or (call.needs_prescription and not call.prescribed)


def advice(world: World, call: Call, held: Person | None = None) -> Story:
    """Rings an adviser on duty; a consultant's goodwill if nobody is in time; else that part of the need is not met.

    On the telephone the nurse is free meanwhile, or ``held``; in the home she stays, and this is part of the visit.
    """
    rung = world.clock.now
    gives_up = rung + world.scenario.answering.advice_patience.mean
    adviser = yield from somebody_advises(world, call, gives_up)
    if adviser is None:
        note_missing(world, call)
    else:
        duty, start = world.on_duty.row(adviser, call), world.clock.now
        if duty < 0:
            call.unpaid["advice"] = world.diary.moment(call)
        finding_out = world.boundaries.finds_out(adviser, call)
        yield world.clock.timeout(world.advice_hours(adviser, call) + finding_out)
        call.advised, call.advised_by = world.clock.now, adviser.row
        call.prescribed |= "prescribe" in adviser.may
        world.timesheets.book(adviser, call.row, "advice", start, world.clock.now, duty)
        world.desk.release(adviser)
    if held is not None:
        world.timesheets.book(held, call.row, "held", rung, world.clock.now, call.duty)


def note_missing(world: World, call: Call) -> None:
    """Which parts failed for want of an adviser, of the two that whoever has the call lacks: level and prescription."""
    nurse = world.people[call.visited_by if call.visited_by >= 0 else call.answered_by]
    if call.need_level > nurse.level_for(call):
        call.missing["advice"] = world.diary.moment(call)
    if call.needs_prescription and not call.prescribed:
        call.missing["prescription"] = world.diary.moment(call)


def somebody_advises(world: World, call: Call, gives_up: float) -> Story:
    """Whoever is on duty and free; else, where goodwill is asked, people at home; else whoever is free in time.

    An adviser on duty who is busy is waited for as long as the ladder's overflow before goodwill is asked.
    """
    request = ToAdvise(world, call)
    if world.goodwill_is_asked(call):
        adviser = yield from world.desk.now_or(request, min(busy_until(world, request), gives_up))
        if adviser is None:
            adviser = yield from extra_help(world, call, helpers(world, call, "advice"), gives_up)
        if adviser is not None:
            return adviser
    return (yield from world.desk.now_or(request, gives_up))


def prescribe(world: World, call: Call) -> None:
    """Notes the prescription as missing unless somebody on the call could write it and it can be had at this hour.

    By day the pharmacy is open; at night medicines must be in the home or carried by the visitor.
    """
    if not call.needs_prescription:
        return
    if not call.prescribed:
        call.missing.setdefault("prescription", world.diary.moment(call))
    elif world.scenario.calendar.is_night(world.clock.now) and not has_medicines(world, call):
        call.missing["prescription"] = world.diary.moment(call)


def has_medicines(world: World, call: Call) -> bool:
    """Whether medicines are in the home of a family that was not prepared, or came with the visitor."""
    if in_the_home(world.key, call.family.code, world.scenario.demand.p_medicines_in_home):
        return True
    visitor = world.people[call.visited_by] if call.visited_by >= 0 else None
    p = world.scenario.demand.p_visitor_carries_medicines
    return visitor is not None and world.decide(CARRIES, call, visitor) < p
