"""Misses: what kept funded staff from a part of the help, asked once a call has ended without it, or with it late."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sim.domain.words import PARTS
from sim.ledger import LACKS
from sim.model.calls import Call, Moment
from sim.model.causes.nearest import Miss, look, state_of
from sim.model.free.people import Person
from sim.model.free.wanted import can_advise, can_visit, go_together
from sim.model.world import World

MAY_GIVE = {"answer": "answer", "visit": "visit", "prescription": "prescribe", "advice": "advise"}
NO_PLANS: frozenset[str] = frozenset()


def cause_of(world: World, call: Call, outcome: str, late: str) -> tuple[str, str]:
    """The one cause, and the part of the help it is about: the first that failed, in the order of PARTS; if not met.

    late: the first part that came later than the standard, where that is the outcome.
    """
    if outcome == "late":
        return why_late(world, call, late), late
    failed = call.unpaid if outcome == "met_by_goodwill" else call.missing
    part = next(part for part in PARTS if part in failed)
    cause = why_not(world, call, part, failed[part])
    if cause == "all_busy" and call.death is not None:
        return "too_slow", part  # busy with this very family, on the line or on the way, when the child died
    return cause, part


def why_late(world: World, call: Call, part: str) -> str:
    """What kept funded staff from a part of the help when the family called."""
    if part == "answer" and answers_at_once(world, call):  # somebody was free, but another call came at that instant
        return "too_slow"
    miss = nearest_miss(world, call, part, call.came, NO_PLANS)
    return miss.cause(call.reached if part == "answer" else miss.free)


def why_not(world: World, call: Call, part: str, moment: Moment) -> str:
    """What kept funded staff from a part of the help at the moment at which it was given up, or left to goodwill.

    Everybody was asked who could give it (for a prescription, advisers), but for the answer, where the ladder ends.
    """
    if part == "prescription":
        # written, and not to be had at that hour
        return "not_able" if moment.prescribed else nearest_miss(world, call, part, moment).cause(world.advising)
    if part == "answer":
        return nearest_miss(world, call, part, moment, call.reached).cause(call.reached)
    return nearest_miss(world, call, part, moment).cause(world.plans)


def what_lacks(world: World, call: Call, part: str) -> str:
    """What whoever was on duty lacked for a part of the help that nobody was able to give: a word of LACKS."""
    if part in ("answer", "visit"):
        return "own_area"
    moment = call.missing.get(part) or call.unpaid[part]
    if part == "prescription" and moment.prescribed:
        return "medicines"
    on_duty = (p for p in world.able_to(MAY_GIVE[part], call.area) if p.duty(moment.hour, call.area) >= 0)
    return min((lack_of(person, call, moment.prescribed) for person in on_duty), key=LACKS.index)


def lack_of(person: Person, call: Call, prescribed: bool) -> str:
    """What one person who advises or prescribes lacks for a call."""
    if can_advise(person, call, prescribed):
        return "own_area"
    return "skill" if person.level_for(call) < call.need_level else "right_to_prescribe"


def nearest_miss(world: World, call: Call, part: str, moment: Moment, reached: Collection[str] = NO_PLANS) -> Miss:
    """Why funded staff would not do a part of the help at a moment.

    reached: team plans that the ladder had come to and found busy, which goes on for good.
    """
    asked = call.area, MAY_GIVE[part], part == "visit", moment.hour
    return look(states(world, call, part, moment, reached), lambda: world.gaps.one_stands_empty(*asked))


def states(
    world: World, call: Call, part: str, moment: Moment, reached: Collection[str]
) -> Iterable[tuple[str, str]]:  # fmt: skip
    """Everybody on a filled duty who could give a part of the help, as (team plan, what kept them from it)."""
    area, visiting = call.area, part == "visit"
    for person in world.able_to(MAY_GIVE[part], area):
        place = person.duty(moment.hour, area)
        if place >= 0 and (not visiting or person.visits(place, area)):
            did, plan = world.diary.at(person, moment), world.plan_of_duty[person.rows[place]]
            able = part not in ("advice", "prescription") or can_advise(person, call, moment.prescribed)
            able = able and world.boundaries.able(person, call, visiting=visiting)
            near = not visiting or world.roads.in_reach(person, call, moment.hour, did)
            resting = world.on_duty.resting(person, place, moment.hour, did)
            state = state_of(did.busy or plan in reached, resting, near, able)
            alone = visiting and not state and go_together(world, call)
            yield plan, "second_person" if alone and not goes_along(world, person, call, moment) else state


def goes_along(world: World, first: Person, call: Call, moment: Moment) -> bool:
    """Whether somebody was free to go with the first."""
    others = (*world.able_to("visit", call.area), *world.able_to("second_person", call.area))
    doing = ((person, world.diary.at(person, moment)) for person in others if person is not first)
    return any(
        can_visit(world, person, call, moment.hour, did) and world.boundaries.able(person, call, visiting=True)
        for person, did in doing
        if not did.busy
    )


def answers_at_once(world: World, call: Call) -> bool:
    """Whether somebody of the first step was free when the call came, and would call back within the standard."""
    step, hour = world.ladder(call)[0], call.came.hour
    soonest = min(world.scenario.answering.answer_standard)  # the call may still become more urgent
    if step.kind != "team" or call.call_back > soonest:
        return False
    doing = ((person, world.diary.at(person, call.came)) for person in world.answering(step.plan, call.area))
    return any(
        world.plan_of_duty[person.rows[place]] == step.plan and world.boundaries.able(person, call, visiting=False)
        for person, did in doing
        if not did.busy and (place := world.on_duty.place(person, call.area, hour, did)) >= 0
    )
