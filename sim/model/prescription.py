"""A prescription at night: somebody with the right on the call, and medicines to be had."""

from __future__ import annotations

from sim import keyed
from sim.keyed import number_of
from sim.model.calls import Call, Family
from sim.model.world import World

IN_THE_HOME = number_of("medicines_in_home")
CARRIES = number_of("carries_medicines")


def prescribe(world: World, call: Call) -> None:
    """Notes the prescription as missing unless somebody on the call could write it and it can be had at this hour.

    By day the pharmacy is open; at night medicines must be in the home or carried by the visitor.
    """
    if not call.needs_prescription:
        return
    if not call.prescribed:
        call.missing.setdefault("prescription", world.moment(call))
    elif world.scenario.calendar.is_night(world.clock.now) and not has_medicines(world, call):
        call.missing["prescription"] = world.moment(call)


def has_medicines(world: World, call: Call) -> bool:
    """Whether medicines are in the home of a family that was not prepared, or came with the visitor."""
    if in_the_home(world, call.family):
        return True
    visitor = world.people[call.visited_by] if call.visited_by >= 0 else None
    p = world.scenario.demand.p_visitor_carries_medicines
    return visitor is not None and world.decide(CARRIES, call, visitor) < p


def in_the_home(world: World, family: Family) -> bool:
    """One answer for each family, whoever asks."""
    return keyed.one(world.key, IN_THE_HOME, *family.code) < world.scenario.demand.p_medicines_in_home
