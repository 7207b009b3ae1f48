"""Goodwill: unpaid, unrostered help, given by people who could have stayed in bed."""

from __future__ import annotations

from collections.abc import Iterable

from sim.domain.calendar import Calendar
from sim.domain.goodwill import Goodwill
from sim.keyed import number_of
from sim.model.calls import Call
from sim.model.clock import Story
from sim.model.free.off_duty import keepers, next_to_ring
from sim.model.free.people import Person
from sim.model.world import World

ANSWERS = number_of("standby_answers")
SAYS_YES = number_of("extra_help")


def somebody_on_standby(world: World, call: Call, helpers: Iterable[Person]) -> Person | None:
    """The person who keeps the telephone for this area now, if they hear it and are free."""
    for person in keepers(call, helpers, world.clock.now):
        call.asked += 1
        if world.decide(ANSWERS, call, person) < world.scenario.goodwill.standby_p_answers:
            return world.desk.take(person)
        call.refused += 1
    return None


def extra_help(world: World, call: Call, helpers: Iterable[Person], gives_up: float) -> Story:
    """Rings people off duty, those who know the family first, then the nearest, until a yes or enough were asked."""
    goodwill = world.scenario.goodwill
    while len(call.rung) < goodwill.asks and world.clock.now < gives_up:
        person = next_to_ring(world, call, helpers)
        if person is None:
            return None
        call.asked += 1
        call.rung |= {person.row}
        world.desk.take(person)
        rung = world.clock.now
        yield world.clock.at(min(rung + goodwill.ring, gives_up))
        world.timesheets.book(person, call.row, "ring", rung, world.clock.now, -1)
        if rung + goodwill.ring > gives_up:  # too late, whatever they would have said
            world.desk.release(person)
            return None
        if world.decide(SAYS_YES, call, person) < willingness(
            goodwill, world.scenario.calendar, world.timesheets.goodwill_of(person, rung), rung
        ):
            return person
        call.refused += 1
        world.desk.release(person)
    return None


def willingness(goodwill: Goodwill, calendar: Calendar, g: float, time: float) -> float:
    """Probability that a person of goodwill G says yes at an hour: p_max x G x weight of the hour."""
    return goodwill.p_max * g * weight(goodwill, calendar, time)


def weight(goodwill: Goodwill, calendar: Calendar, time: float) -> float:
    """How much of their goodwill people give at an hour: night, weekday early morning, evening, day at the weekend."""
    hour = time % 24.0
    if calendar.is_night(time):
        return goodwill.weight_night
    if hour >= calendar.in_hours[1]:
        return goodwill.weight_evening
    return goodwill.weight_early if calendar.is_working_day(int(time // 24.0)) else goodwill.weight_weekend_day
