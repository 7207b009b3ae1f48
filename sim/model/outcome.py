"""How a call ends: the recorded facts, the one outcome, the one cause, and what follows for the family."""

from __future__ import annotations

import math

from sim.ledger import MEANS, RESOLUTIONS, CallRow, StayRow
from sim.ledger import NONE as NO_CALL
from sim.model.calls import Call
from sim.model.causes.misses import cause_of
from sim.model.world import World

NONE, PARTIAL, FULL = range(len(RESOLUTIONS))
UNIVERSAL, UNPAID, FUNDED = range(len(MEANS))


def close(world: World, call: Call) -> None:
    """Writes the call, and those that joined it, into the ledger; the family may call again."""
    now, family = world.clock.now, call.family
    if math.isnan(call.answered):
        call.missing.setdefault("answer", world.diary.moment(call))
    resolution = NONE if "answer" in call.missing else PARTIAL if call.missing else FULL
    means = UNIVERSAL if resolution == NONE else UNPAID if call.unpaid else FUNDED
    late = late_part(world, call)
    waited = not call.is_death and now >= family.death and not call.missing.keys().isdisjoint(("answer", "visit"))
    outcome = name_outcome(resolution, means, bool(late), waited)
    cause, part = cause_of(world, call, outcome, late)
    world.diary.closes(call)
    emergency, admitted = what_follows(world, call, resolution)
    line = CallRow(  # by position: by name it costs a run 4 % more
        call.row, call.time, call.attempt, True, NO_CALL, call.urgency, call.answered, call.answered_by, call.at_door,
        call.visited_by, call.advised, call.advised_by, now, resolution, means, not late, outcome, cause, part,
        call.asked, call.refused, call.alone, call.known, emergency, admitted,
    )  # fmt: skip
    rows, times = world.ledger.calls.rows, world.setting.demand.calls.time
    rows.append(line)
    once = line._replace(attempt=1, joined=call.row, emergency_visit=False, admitted=False)
    rows += [once._replace(call=row, time=float(times[row])) for row in call.joined]
    if family.open_call is call:
        family.open_call = None


def name_outcome(resolution: int, means: int, late: bool, overtaken: bool) -> str:
    """The one outcome of a call that was made: the first that holds.

    resolution: row of RESOLUTIONS; means: row of MEANS. overtaken: the child died while the
    family waited for somebody. Source: ``docs/model.md``, Outcomes.
    """
    if overtaken:
        return "overtaken_by_death"
    if resolution == NONE:
        return "unmet"
    if resolution == PARTIAL:
        return "partly_met"
    if means == UNPAID:
        return "met_by_goodwill"
    return "late" if late else "met"


def late_part(world: World, call: Call) -> str:
    """The first part that came later than the standard for the call's urgency (``answer`` or ``visit``), or empty."""
    standards = world.scenario.answering
    if not call.answered - call.time <= standards.answer_standard[call.urgency]:
        return "answer"
    door = standards.verification_standard if call.is_death else standards.door_standard[call.urgency]
    if call.needs_visit and not call.at_door - call.time <= door:
        return "visit"
    return ""


def what_follows(world: World, call: Call, resolution: int) -> tuple[bool, bool]:
    """Whether an emergency visit and an admission follow; an admitted child leaves home for a stay or for good."""
    follows, family, now = world.scenario.follows, call.family, world.clock.now
    if call.is_death or family.background or now >= family.death:
        return False, False
    p = (follows.none, follows.partly, follows.known if call.known else follows.others)[resolution]
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
