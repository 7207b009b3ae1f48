"""How a call ends: the recorded facts, the one outcome, the one cause, and what follows for the family."""

from __future__ import annotations

import math

from sim.ledger import MEANS, RESOLUTIONS, CallRow, StayRow
from sim.ledger import NONE as NO_CALL
from sim.model.calls import Call
from sim.model.causes.misses import cause_of
from sim.model.world import World

NONE, PARTIAL, FULL = range(len(RESOLUTIONS))
NOBODYS, GENERAL, UNPAID, FUNDED = range(len(MEANS))


def close(world: World, call: Call) -> None:
    """Writes the call, and those that joined it, into the ledger; the family may call again."""
    now, family = world.clock.now, call.family
    resolution = FULL if call.general or not call.missing else NONE if "answer" in call.missing else PARTIAL
    means = NOBODYS if resolution == NONE else UNPAID if call.unpaid else GENERAL if call.general else FUNDED
    late = late_part(world, call)
    waited = resolution == NONE or (resolution == PARTIAL and not math.isnan(call.turned_to))
    died_waiting = waited and not call.is_death and now >= family.death
    outcome = name_outcome(resolution, means, bool(late), died_waiting, call.general)
    cause, part = cause_of(world, call, outcome, late)
    world.diary.closes(call)
    emergency, admitted = what_follows(world, call, resolution)
    line = CallRow(  # by position: by name it costs a run 4 % more
        call.row, call.time, call.attempt, True, NO_CALL, call.urgency, call.answered, call.answered_by, call.at_door,
        call.visited_by, call.advised, call.advised_by, now, resolution, means, not late, outcome, cause, part,
        call.asked, call.refused, call.alone, call.known, emergency, admitted,
        call.turned_to,
    )  # fmt: skip
    rows, times = world.ledger.calls.rows, world.setting.demand.calls.time
    rows.append(line)
    once = line._replace(attempt=1, joined=call.row, emergency_visit=False, admitted=False)
    rows += [once._replace(call=row, time=float(times[row])) for row in call.joined]


def name_outcome(resolution: int, means: int, late: bool, died_waiting: bool, general: bool) -> str:
    """The one outcome of a call that was made: the first that holds.

    resolution: row of RESOLUTIONS; means: row of MEANS; general: general services gave what was missing.
    Source: ``docs/model.md``, Outcomes.
    """
    if died_waiting:
        return "overtaken_by_death"
    if resolution == NONE:
        return "unmet"
    if resolution == PARTIAL:
        return "partly_met"
    if general:
        return "met_by_general_services"
    if means == UNPAID:
        return "met_by_goodwill"
    return "late" if late else "met"


def late_part(world: World, call: Call) -> str:
    """The first part that came later than the standard for the call's urgency (``answer`` or ``visit``), or empty."""
    standards = world.scenario.answering
    if not call.answered - call.time <= standards.answer_standard[call.urgency]:
        return "answer"
    if call.needs_visit and not call.at_door - call.time <= standards.door_standard[call.urgency]:
        return "visit"
    return ""


def what_follows(world: World, call: Call, resolution: int) -> tuple[bool, bool]:
    """Whether an emergency visit and an admission follow; an admitted child leaves home for a stay or for good."""
    follows, family, now = world.scenario.follows, call.family, world.clock.now
    if call.is_death or family.background or now >= family.death:
        return False, False
    if now < family.hospital_until or family.open_call is not None:
        return False, False  # while general services were on their way the family rang again, and that call decides
    known = call.known and not call.general
    p = (follows.none, follows.partly, follows.known if known else follows.others)[resolution]
    factor = follows.advance_care_plan_factor if family.advance_care_plan else 1.0
    emergency = call.emergency < p[0]
    admitted = emergency and call.admission < factor * p[1] / p[0]
    if admitted:
        returns = call.no_return >= follows.p_no_return_home
        family.hospital_until = min(now + call.stay, family.death) if returns else family.death
        world.ledger.stays.rows.append(
            StayRow(family.row, now, family.hospital_until, returned=family.hospital_until < family.death)
        )
    return emergency, admitted
