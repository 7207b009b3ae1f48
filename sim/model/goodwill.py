"""Goodwill: unpaid, unrostered help, given by people who could have stayed in bed."""

from __future__ import annotations

from collections.abc import Iterable

from sim.domain.calendar import Calendar
from sim.domain.scenario import Goodwill
from sim.keyed import number_of
from sim.model.calls import Call
from sim.model.desk import Story
from sim.model.people import Person
from sim.model.world import World

ANSWERS = number_of("standby_answers")
SAYS_YES = number_of("extra_help")


def somebody_on_standby(world: World, call: Call, helpers: Iterable[Person]) -> Person | None:
    """The person who keeps the telephone for this area now, if they hear it and are free."""
    now, goodwill = world.clock.now, world.scenario.goodwill
    for person in helpers:
        if person.area_row == call.area and person.on_standby(now) and not person.busy:
            call.asked += 1
            if world.decide(ANSWERS, call, person) < goodwill.standby_p_answers:
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
        call.rung.add(person.row)
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


def next_to_ring(world: World, call: Call, helpers: Iterable[Person]) -> Person | None:
    """Whom the family or its nurse would try next: off duty, there, not busy, under the weekly cap, not rung before."""
    now = world.clock.now
    free = [
        person
        for person in helpers
        if not person.busy and person.row not in call.rung and may_be_rung(world, person, now)
    ]
    known = call.family.known
    return min(
        free, key=lambda p: (p.row not in known, world.roads.expected_journey(p, call, now), p.code), default=None
    )


def may_be_rung(world: World, person: Person, now: float) -> bool:
    """Off duty and off standby, not absent, and with unpaid hours to spare this week."""
    if person.is_absent(now) or person.on_standby(now) or person.on_any_duty(now):
        return False
    return person.hours_in_a_week(person.unpaid, now) < world.scenario.goodwill.weekly_cap


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
