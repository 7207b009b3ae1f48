"""The way of a call, from dialling to the family being left, and what becomes of the family."""

from __future__ import annotations

from sim.model.advice import advice
from sim.model.answer import get_through, talk
from sim.model.calls import Call
from sim.model.desk import Story
from sim.model.outcome import close
from sim.model.visit import home_visit
from sim.model.world import World


def follow(world: World, call: Call) -> Story:
    """One call: somebody answers, comes if it takes a visit, gets advice if it takes more than they know."""
    call.at_call = {
        part: world.nearest_miss(call, part) for part in ("answer", "visit") if part == "answer" or call.needs_visit
    }
    person = yield from get_through(world, call)
    if person is not None:
        yield from talk(world, call, person)
        world.desk.release_soon(person)
        if call.needs_visit:
            yield from home_visit(world, call, person)
        elif call.need_level > person.level:
            yield from advice(world, call)
    close(world, call)
