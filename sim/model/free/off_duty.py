"""Off duty: the people whose goodwill a call may have, if they are at home and willing."""

from __future__ import annotations

from collections.abc import Iterable

from sim.model.calls import Call
from sim.model.free.people import Person
from sim.model.free.wanted import can_advise
from sim.model.world import World


def helpers(world: World, call: Call, part: str) -> list[Person]:
    """The people of the area who would do a part of the help unpaid (``answer``, ``visit`` or ``advice``) and could."""
    goodwill, now = world.scenario.goodwill, world.clock.now
    role = goodwill.advice_role if part == "advice" else goodwill.answer_role
    people = world.of_role(role, call.area)
    if part == "advice":
        people = [person for person in people if can_advise(person, call, call.prescribed)]
    if part == "visit":
        people = [person for person in people if world.roads.in_reach(person, call, now)]
    return world.boundaries.who_is_able(people, call, visiting=part == "visit")


def next_to_ring(world: World, call: Call, helpers: Iterable[Person]) -> Person | None:
    """Whom the family or its nurse would try next: off duty, there, not busy, under the weekly cap, not rung before."""
    now = world.clock.now
    free = [
        person
        for person in helpers
        if not person.busy and person.row not in call.rung and may_be_rung(world, person, now)
    ]
    known = [person for person in free if person.row in call.family.known]
    if len(first := known or free) < 2:  # nobody is asked how far the only one lives
        return first[0] if first else None
    return min(first, key=lambda p: (world.roads.expected_journey(p, call, now), p.code))


def may_be_rung(world: World, person: Person, now: float) -> bool:
    """Off duty and off standby, not absent, and with unpaid hours to spare this week."""
    if person.is_absent(now) or person.on_standby(now) or person.on_any_duty(now):
        return False
    return person.hours_in_a_week(person.unpaid, now) < world.scenario.goodwill.weekly_cap


def keepers(call: Call, helpers: Iterable[Person], now: float) -> list[Person]:
    """Who keeps the telephone for the area now, unpaid, and is free."""
    return [person for person in helpers if person.area_row == call.area and person.on_standby(now) and not person.busy]
