"""One replication of a scenario: the only door into the model."""

from __future__ import annotations

import math

from sim.demand.calls import DEATH_CALL
from sim.domain.scenario import Scenario
from sim.garbage import nothing_collected
from sim.ledger import NONE, CallRow, Ledger
from sim.model.calls import Call, Family
from sim.model.clock import FAMILIES_CALL, Story
from sim.model.death import stays_on, turn_to
from sim.model.follow import follow, make_call
from sim.model.world import World
from sim.place import Setting, lay_out

NOBODY_CALLED = CallRow(NONE, math.nan, 1, made=False, joined=NONE, urgency=0)
URGENCY, OUTCOME, CAUSED = map(CallRow._fields.index, ("urgency", "outcome", "caused"))
UNHELPED, UNHARMED = NOBODY_CALLED[URGENCY + 1 : OUTCOME], NOBODY_CALLED[OUTCOME + 1 : CAUSED]
NOTHING_AFTER = NOBODY_CALLED[CAUSED + 1 :]


def simulate(scenario: Scenario, seed: int, replication: int) -> Ledger:
    """What happens to every family and every clinician of one replication.

    The same scenario, seed and replication give the same ledger, whoever asks and whatever else is run.
    """
    return run(scenario, lay_out(scenario, seed, replication), (seed, replication))


def run(scenario: Scenario, setting: Setting, key: tuple[int, int]) -> Ledger:
    """What happens in a setting that is already laid out. key: (seed, replication)."""
    with nothing_collected():  # what a run makes is kept until it ends, and its ledger is all that stays
        world = World(scenario, setting, key)
        world.clock.process(families_call(world))
        world.clock.run()
        while world.desk.waiting:
            world.desk.give_up()
            world.clock.run()
        for person in world.people:
            world.roads.leaves_the_road(person, math.inf)
        ledger = world.ledger
        vars(world).clear()  # its parts know each other, and would be kept until somebody looks for garbage
        return ledger


def families_call(world: World) -> Story:
    """Brings every potential call at its hour.

    A call's story begins when those after it that nobody can make are noted: the ledger has its lines in this order.
    """
    calls, families, offered = world.setting.demand.calls, world.families, world.setting.offered.tolist()
    columns = (calls.family, calls.time, calls.number == DEATH_CALL)
    call: Call | None = None
    for row, (number, time, is_death) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        if not offered[number]:
            not_made(world, row, "choice_not_offered")
            continue
        if call is not None:
            world.clock.tell(follow(world, call))
        yield world.clock.at(time, FAMILIES_CALL)
        call = receive(world, row, families[number], time, is_death)
    if call is not None:
        world.clock.tell(follow(world, call))


def receive(world: World, row: int, family: Family, time: float, is_death: bool) -> Call | None:
    """A potential call becomes a call, which is given back, joins the family's open one, or is not made."""
    waiting = family.open_call
    if time < family.hospital_until or (is_death and family.hospital_until >= family.death):
        not_made(world, row, family.hospital_for, family.hospital_caused)
    elif waiting is not None and is_death:
        dies(world, row, waiting)
    elif family.visitor:
        not_made(world, row, "help_present")
    elif waiting is not None:
        waiting.joined += (row,)
        _, urgency = world.potential[row]
        waiting.may_harm |= bool(world.setting.demand.calls.may_harm[row])
        if urgency < waiting.urgency:
            waiting.urgency = urgency
            world.desk.hurry(waiting)
    else:
        family.open_call = make_call(world, row, family, time)
        return family.open_call
    return None


def dies(world: World, row: int, call: Call) -> None:
    """The child dies while a call of the family is open."""
    family = call.family
    if family.visitor:
        stays_on(world, call, row)
        return
    family.open_call = death = make_call(world, row, family, world.clock.now)
    if not turn_to(world, call, death):
        world.clock.process(follow(world, death))


def not_made(world: World, row: int, reason: str, caused: bool = False) -> None:
    """One line for a potential call that nobody made. caused: help in full would have kept the child at home."""
    time, urgency = world.potential[row]
    line = (row, time, 1, False, NONE, urgency, *UNHELPED, reason, *UNHARMED, caused, *NOTHING_AFTER)  # a ``CallRow``
    world.ledger.calls.cells.append(line)
