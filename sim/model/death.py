"""A death at home: it lengthens the visit of whoever is there, or is a call that whoever has the family takes over."""

from __future__ import annotations

import math

from sim.model.calls import Call
from sim.model.outcome import close
from sim.model.visit import along
from sim.model.world import World


def stays_on(world: World, call: Call, row: int) -> None:
    """Somebody is in the home: the death joins, the visit is longer by its minutes, and a second person is sought."""
    marks = world.setting.demand.calls
    call.joined += (row,)
    call.urgency = min(call.urgency, int(marks.urgency[row]))
    call.visit += float(marks.visit[row])
    if marks.needs_two[row] and call.visit_over is None:
        call.needs_two = True
        along(world, call, world.people[call.visited_by])


def turn_to(world: World, call: Call, death: Call) -> bool:
    """The death becomes a call while another is open and nobody is in the home: whether somebody turns to it at once.

    Whoever is on the line or on the way does. A call that waited for an answer, or for a visit that it needs, is
    overtaken; one that is met by telephone goes on to an end of its own.
    """
    taker = max(call.on_the_line, call.on_the_way)
    if taker < 0:
        return False
    call.death, moment = death, world.diary.moment(call)
    death.answered_by, death.reached, death.by_bedside = taker, call.reached, call.by_bedside
    death.unpaid = {part: moment for part in call.unpaid if part in ("answer", "visit")}
    if call.on_the_way >= 0:
        death.answered, death.needs_visit = world.clock.now, True
        death.unpaid.pop("answer", None)
        goes_on_to(world, call, death)
    elif not math.isnan(call.answered):
        death.answered = world.clock.now
    if call.needs_visit or math.isnan(call.answered):
        part = "answer" if math.isnan(call.answered) else "visit"
        call.missing[part] = call.unpaid.get(part, moment)
        close(world, call)
    return True


def goes_on_to(world: World, call: Call, death: Call) -> None:
    """Whoever is on the way drives on, to the death, and whoever goes along; if nobody does, one is sought."""
    death.visit_over, call.alone = call.visit_over, False  # the visit becomes that of the death
    if death.needs_two and death.visit_over is None:
        along(world, death, world.people[call.on_the_way])
