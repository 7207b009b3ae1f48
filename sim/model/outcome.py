"""How a call ends: the recorded facts, the one outcome, the one cause, and what follows for the family."""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.domain.scenario import Follows
from sim.domain.words import UNMET_OUTCOMES
from sim.ledger import MEANS, RESOLUTIONS, CallRow, LackRow, StayRow
from sim.ledger import NONE as NO_CALL
from sim.model.calls import Call
from sim.model.causes.misses import cause_of, what_lacks
from sim.model.world import World

NONE, PARTIAL, FULL = range(len(RESOLUTIONS))
NOBODYS, GENERAL, UNPAID, FUNDED = range(len(MEANS))


class Became(NamedTuple):
    """What became of a call, as in ``CallRow``."""

    resolution: int
    means: int
    outcome: str
    cause: str
    part: str


MET = Became(FULL, FUNDED, "met", "", "")


def close(world: World, call: Call) -> None:
    """Writes the call, and those that joined it, into the ledger; the family may call again."""
    late = late_part(world, call)
    became = otherwise(world, call, late) if late or call.missing or call.unpaid else MET
    resolution, means, outcome, cause, part = became
    world.diary.closes(call)
    now, harm = world.clock.now, what_follows(world, call, resolution, outcome)
    line = (  # a ``CallRow``
        call.row, call.time, call.attempt, True, NO_CALL, call.urgency, call.answered, call.answered_by, call.at_door,
        call.visited_by, call.advised, call.advised_by, now, resolution, means, not late, outcome, cause, part,
        call.asked, call.refused, call.alone, call.known, *harm, call.turned_to,
    )  # fmt: skip
    world.ledger.calls.cells.append(line)
    for row in call.joined:
        world.ledger.calls.cells.append(joined(world, CallRow._make(line), row))


def otherwise(world: World, call: Call, late: str) -> Became:
    """What became of a call that funded staff did not meet in time, and why. late: the first part that came late."""
    resolution = FULL if call.general or not call.missing else NONE if "answer" in call.missing else PARTIAL
    means = NOBODYS if resolution == NONE else UNPAID if call.unpaid else GENERAL if call.general else FUNDED
    waited = not math.isnan(call.turned_to) or not call.missing.keys().isdisjoint(("answer", "visit"))
    overtaken = waited and resolution != FULL and not call.is_death and world.clock.now >= call.family.death
    outcome = name_outcome(resolution, means, bool(late), overtaken, call.general)
    cause, part = cause_of(world, call, outcome, late)
    if cause == "not_able":
        world.ledger.lacks.cells.append(LackRow(call.row, call.attempt, what_lacks(world, call, part)))
    return Became(resolution, means, outcome, cause, part)


def joined(world: World, line: CallRow, row: int) -> CallRow:
    """The line of a call that joined another: what became of that one, but that harm is counted once."""
    time, _ = world.potential[row]
    once = line._replace(attempt=1, joined=line.call, emergency_visit=False, admitted=False, caused=False)
    return once._replace(call=row, time=time)


def name_outcome(resolution: int, means: int, late: bool, overtaken: bool, general: bool) -> str:
    """The one outcome of a call that was made: the first that holds.

    resolution: row of RESOLUTIONS; means: row of MEANS. overtaken: the child died while the family waited for somebody.
    general: general services gave what was missing. Source: ``docs/model.md``, Outcomes.
    """
    if overtaken:
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
    door = standards.verification_standard if call.is_death else standards.door_standard[call.urgency]
    if call.needs_visit and not call.at_door - call.time <= door:
        return "visit"
    return ""


class Harm(NamedTuple):
    """What follows a call for the child."""

    emergency_visit: bool = False
    admitted: bool = False
    caused: bool = False  # an admission after a failure that help in full would have spared


NO_HARM = Harm()


def what_follows(world: World, call: Call, resolution: int, outcome: str) -> Harm:
    """Whether an emergency visit and an admission follow; an admitted child leaves home for a stay or for good."""
    follows, family, now = world.scenario.follows, call.family, world.clock.now
    if not call.may_harm or call.is_death or family.background or now >= family.death:
        return NO_HARM
    if now < family.hospital_until or family.open_call is not None:
        return NO_HARM  # while general services were on their way the family rang again, and that call decides
    met = follows.known if call.known and not call.general else follows.others
    emergency, admitted = harmed(follows, call, (follows.none, follows.partly, met)[resolution])
    if not admitted:
        return Harm(emergency)
    failed = outcome in UNMET_OUTCOMES
    caused = failed and not harmed(follows, call, met)[1]
    returns = call.no_return >= follows.p_no_return_home
    family.hospital_until = min(now + call.stay, family.death) if returns else family.death
    family.hospital_for, family.hospital_caused = "in_hospital_after_failure" if failed else "in_hospital", caused
    returned = family.hospital_until < family.death
    world.ledger.stays.cells.append(StayRow(family.row, now, family.hospital_until, returned, failed, caused))
    return Harm(emergency, admitted, caused)


def harmed(follows: Follows, call: Call, p: tuple[float, float]) -> tuple[bool, bool]:
    """Emergency visit and admission at these probabilities, from one uniform: more harm never spares anybody."""
    p_visit, p_admission = (follows.urgency_multiple * one for one in p)
    if call.family.advance_care_plan:
        p_admission *= follows.advance_care_plan_factor
    return call.emergency < p_visit, call.emergency < p_admission
