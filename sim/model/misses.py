"""Misses: what kept funded staff from a part of the help, looked at once when somebody asks why."""

from __future__ import annotations

from collections.abc import Iterable

from sim.model.calls import Call
from sim.model.causes import Miss, look, state_of
from sim.model.wanted import can_advise, go_together, second_person, somebody_to_answer
from sim.model.world import World

MAY_GIVE = {"answer": "answer", "visit": "visit", "prescription": "prescribe", "advice": "advise"}


def misses_at_call(world: World, call: Call) -> dict[str, Miss]:
    """The nearest misses as the family calls, for the parts of the help that may come late."""
    parts = {} if answers_at_once(world, call) else {"answer": nearest_miss(world, call, "answer")}
    return parts | ({"visit": nearest_miss(world, call, "visit")} if call.needs_visit else {})


def answers_at_once(world: World, call: Call) -> bool:
    """Whether somebody of the first step is free and will call back within the standard."""
    step = world.ladder(call)[0]
    soonest = min(world.scenario.answering.answer_standard)  # the call may still become more urgent
    if step.kind != "team" or call.call_back > soonest:
        return False
    request = somebody_to_answer(world, call, step.plan)
    return any(not person.busy and request.fits(person, world.clock.now) for person in request.people)


def why_not(world: World, call: Call, part: str) -> str:
    """The cause for a part of the help: everybody who could give it was asked (for a prescription, advisers)."""
    return nearest_miss(world, call, part).cause(world.advising if part == "prescription" else world.plans)


def nearest_miss(world: World, call: Call, part: str) -> Miss:
    """Why funded staff would not do a part of the help now."""
    now, may = world.clock.now, MAY_GIVE[part]
    return look(states(world, call, part, now), lambda: a_gap(world, call.area, may, part == "visit", now))


def states(world: World, call: Call, part: str, now: float) -> Iterable[tuple[str, str]]:
    """Everybody on a filled duty who could give a part of the help, as (team plan, what keeps them from it)."""
    area = call.area
    for person in world.able_to(MAY_GIVE[part], area):
        place = person.duty(now, area)
        if place >= 0 and (part != "visit" or person.visiting[place]):
            able = part not in ("advice", "prescription") or can_advise(person, call)
            able = able and world.boundaries.able(person, call, visiting=part == "visit")
            near = part != "visit" or world.roads.in_reach(person, call, now)
            plan = world.plan_of_duty[person.rows[place]]
            was_busy = part == "answer" and plan in call.reached  # when the ladder came, which goes on for good
            resting = world.on_duty.resting(person, place, now)
            state = state_of(person.busy or was_busy, resting, near, able)
            alone = part == "visit" and not state and go_together(world, call)
            if alone and second_person(world, person, call, now) is None:
                state = "second_person"
            yield plan, state


def a_gap(world: World, area: int, may: str, visiting: bool, now: float) -> bool:
    """Whether a seat whose holder could have helped an area stands empty."""
    found = (gap for gap in world.gaps[area] if may in gap.may and (gap.visiting or not visiting))
    return any(gap.stands_empty(now) for gap in found)
