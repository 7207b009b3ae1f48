"""The clock against SimPy's own: the same stories, told in the same order at the same hours."""

from __future__ import annotations

import random
from typing import Any

import pytest
import simpy

from sim.model.clock import FAMILIES_CALL, HEARD, TASKS_END, Clock, Story
from sim.model.simulate import run
from tests.known_answers.test_trace_equality import a_world
from tests.tiny import KEY

PRIORITIES = (TASKS_END, FAMILIES_CALL, HEARD)


class Plain(simpy.Environment):
    """SimPy with its own steps, processes and timeouts."""

    def at(self, time: float, priority: Any = TASKS_END) -> simpy.Event:
        event = simpy.Event(self)
        event._ok, event._value = True, None
        self.schedule(event, priority, max(time - self.now, 0.0))
        return event

    def call_at(self, time: float, action: Any) -> None:
        self.at(time).callbacks.append(lambda _: action())

    def tell(self, story: Story) -> None:
        self.process(story)


def trace(clock: Any, seed: int) -> list[tuple[float, str]]:
    """What stories do that wait, begin others, and wait for what others give them; many at the same hour."""
    chance, told, given = random.Random(seed), list[tuple[float, str]](), list[simpy.Event]()

    def story(name: str, depth: int) -> Story:
        for step in range(chance.randrange(2, 6)):
            told.append((clock.now, f"{name} {step}"))
            kind = chance.randrange(6)
            if kind == 0 and depth < 3:
                clock.process(story(f"{name}.{step}", depth + 1))
            elif kind == 1 and given:
                given.pop(0).succeed(name)
            elif kind == 2:
                clock.call_at(clock.now + chance.randrange(3) / 2, lambda: told.append((clock.now, f"{name} rings")))
            elif kind == 3:
                event = clock.event()
                given.append(event)
                told.append((clock.now, f"{name} has it of {(yield event)}"))
            elif kind == 4:
                yield clock.at(clock.now + chance.randrange(-1, 3), chance.choice(PRIORITIES))
            yield clock.timeout(chance.randrange(3) / 2)

    for number in range(10):
        clock.process(story(str(number), 0))
    clock.run()
    return told


@pytest.mark.parametrize("seed", range(10))
def test_stories_are_told_in_the_order_of_simpy(seed: int) -> None:
    """Catches a queue that forgets priorities, or who came first of two at the same hour."""
    found = trace(Clock(), seed)
    assert found == trace(Plain(), seed)
    assert len(found) > 20


@pytest.mark.parametrize("number", range(12))
def test_a_run_has_the_ledger_that_it_has_by_the_steps_of_simpy(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a call whose story begins before something that belongs to the same instant."""
    world = a_world(number)
    ours = run(*world, KEY)
    monkeypatch.setattr("sim.model.world.Clock", Plain)
    theirs = run(*world, KEY)
    assert ours.calls.rows
    for table in ("calls", "tasks", "stays", "lacks"):
        assert repr(getattr(ours, table).rows) == repr(getattr(theirs, table).rows), table


def test_a_story_that_is_told_has_begun_at_once() -> None:
    clock, told = Clock(), list[str]()

    def story() -> Story:
        told.append("begun")
        yield clock.timeout(1.0)
        told.append("over")

    clock.tell(story())
    assert told == ["begun"]
    clock.run()
    assert (told, clock.now) == (["begun", "over"], 1.0)


def test_a_story_that_goes_wrong_ends_the_run_with_what_went_wrong() -> None:
    clock = Clock()

    def story() -> Story:
        yield clock.timeout(1.0)
        raise LookupError("nobody")

    clock.process(story())
    with pytest.raises(LookupError, match="nobody"):
        clock.run()


def test_no_hour_before_now_is_waited_for() -> None:
    with pytest.raises(ValueError, match="-1"):
        Clock().timeout(-1)
