"""The desk: who is given to whom. Two people, whole hours, and the order in which those who wait are served."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from sim.model.clock import Story
from sim.model.free.desk import Desk
from sim.model.free.people import Person
from sim.model.free.request import Request
from sim.model.simulate import make_call
from sim.model.world import World
from tests.tiny import KEY, call, family, nurses, pattern, setting, team, tiny

Got = list[tuple[str, float, str]]


class Anybody(Request):
    """Whoever is free, in the order of their codes."""

    def fits(self, person: Person, now: float) -> bool:
        return True

    def first(self, people: Sequence[Person], now: float) -> Person:
        return min(people, key=lambda person: person.code)


class Nobody(Anybody):
    def fits(self, person: Person, now: float) -> bool:
        return False


@pytest.fixture
def world() -> World:
    """Two nurses on duty round the clock, and six calls at hour 0 that go by urgency and then by family."""
    scenario = tiny(teams=(team(people=nurses(2), patterns=(pattern(seats=2),)),))
    kinds = ("urgent", "urgent", "routine", "emergency")
    calls = [call(0.0, family=row, urgency=kind) for row, kind in enumerate(kinds)]
    return World(scenario, setting(scenario, [family()] * len(kinds), calls), KEY)


def wants(world: World, row: int, only: str = "") -> Request:
    """The request of one call for anybody, or only for a nurse whose code ends so."""
    made = make_call(world, row, world.families[row], 0.0, False)
    people = [person for person in world.people if person.code.endswith(only)]
    return Anybody(made, people)


def comes(world: World, got: Got, name: str, request: Request, at: float, until: float, stays: float = 1.0) -> Story:
    """Somebody who asks the desk at an hour, keeps whoever they are given, and gives them back."""
    yield world.clock.timeout(at)
    person: Person | None = yield from world.desk.now_or(request, until)
    got.append((name, world.clock.now, person.code[-1] if person else "nobody"))
    if person is not None:
        yield world.clock.timeout(stays)
        world.desk.release(person)


def play(world: World, stories: Iterator[Story] | list[Story]) -> None:
    for story in stories:
        world.clock.process(story)
    world.clock.run()


def test_idle_people_are_granted_at_once_and_the_best_first(world: World) -> None:
    got: Got = []
    play(world, [comes(world, got, name, wants(world, row), 0.0, 9.0) for row, name in enumerate("ab")])
    assert got == [("a", 0.0, "1"), ("b", 0.0, "2")]
    assert world.desk.waiting == []


def test_those_who_wait_are_served_by_urgency_then_hour_then_family(world: World) -> None:
    got: Got = []
    names = ("urgent 0", "urgent 1", "routine", "emergency")
    busy = [comes(world, got, "busy", wants(world, 0), 0.0, 9.0, stays=2.0) for _ in range(2)]
    order = (2, 1, 0, 3)  # asked in another order
    play(world, busy + [comes(world, got, names[row], wants(world, row), 1.0, 9.0) for row in order])
    assert got[2:] == [("emergency", 2.0, "1"), ("urgent 0", 2.0, "2"), ("urgent 1", 3.0, "1"), ("routine", 3.0, "2")]


def test_whoever_wants_nobody_who_is_free_does_not_hold_up_the_others(world: World) -> None:
    got: Got = []
    stories = [
        comes(world, got, "busy", wants(world, 0, "1"), 0.0, 9.0, stays=3.0),
        comes(world, got, "emergency", wants(world, 3, "1"), 1.0, 9.0),
        comes(world, got, "routine", wants(world, 2), 2.0, 9.0),
    ]
    play(world, stories)
    assert got == [("busy", 0.0, "1"), ("routine", 2.0, "2"), ("emergency", 3.0, "1")]


def test_who_waits_until_an_hour_is_told_at_that_hour(world: World) -> None:
    got: Got = []
    busy = [comes(world, got, "busy", wants(world, 0), 0.0, 9.0, stays=5.0) for _ in range(2)]
    play(world, [*busy, comes(world, got, "late", wants(world, 1), 1.0, 4.0)])
    assert got[2:] == [("late", 4.0, "nobody")]


def test_somebody_free_at_the_last_instant_is_still_in_time(world: World) -> None:
    got: Got = []
    busy = [comes(world, got, "busy", wants(world, 0), 0.0, 9.0, stays=4.0) for _ in range(2)]
    play(world, [*busy, comes(world, got, "just", wants(world, 1), 1.0, 4.0)])
    assert got[2:] == [("just", 4.0, "1")]


def test_who_does_not_wait_gets_somebody_at_once_or_nobody(world: World) -> None:
    got: Got = []
    busy = [comes(world, got, "busy", wants(world, 0), 0.0, 9.0, stays=4.0) for _ in range(2)]
    play(world, [*busy, comes(world, got, "now", wants(world, 3), 1.0, 1.0)])
    assert got[2:] == [("now", 1.0, "nobody")]


def test_released_soon_means_after_the_call_in_hand_but_not_before_a_more_urgent_one(world: World) -> None:
    def answers_and_goes(got: Got, mine: int) -> Story:
        """Takes nurse 1 for an hour on the telephone, then wants her for a visit."""
        nurse: Person = yield from world.desk.now_or(wants(world, mine, "1"), 0.0)
        yield world.clock.timeout(1.0)
        world.desk.release_soon(nurse)
        nurse = yield from world.desk.now_or(wants(world, mine, "1"), 99.0)
        got.append(("visit", world.clock.now, nurse.code[-1]))
        yield world.clock.timeout(1.0)
        world.desk.release(nurse)

    for waits, expected in ((2, ["visit", "other"]), (3, ["other", "visit"])):
        got: Got = []
        play(world, [answers_and_goes(got, 0), comes(world, got, "other", wants(world, waits, "1"), 0.5, 99.0)])
        assert [name for name, _, _ in got] == expected


def test_a_call_that_becomes_more_urgent_moves_up(world: World) -> None:
    got: Got = []
    slow = wants(world, 2)

    def hurries() -> Story:
        yield world.clock.timeout(1.5)
        slow.call.urgency = 0
        world.desk.hurry(slow.call)

    busy = [comes(world, got, "busy", wants(world, 0), 0.0, 9.0, stays=stays) for stays in (2.0, 4.0)]
    waiting = [comes(world, got, "urgent", wants(world, 1), 1.0, 9.0), comes(world, got, "slow", slow, 1.0, 9.0)]
    play(world, [*busy, *waiting, hurries()])
    assert got[2:] == [("slow", 2.0, "1"), ("urgent", 3.0, "1")]


def test_when_the_run_is_over_everybody_stops_waiting() -> None:
    scenario = tiny(teams=(team(patterns=(pattern(spans=()),)),))
    world = World(scenario, setting(scenario, [family()], [call(0.0)]), KEY)
    request = Nobody(wants(world, 0).call, world.people)
    got: Got = []
    play(world, [comes(world, got, "ever", request, 1.0, float("inf"))])
    assert got == []
    world.desk.give_up()
    world.clock.run()
    assert got == [("ever", 1.0, "nobody")]
    assert isinstance(world.desk, Desk)
