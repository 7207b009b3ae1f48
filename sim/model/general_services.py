"""What becomes of a call that the ladder left unmet: GP out of hours, 111's clinical desk or a ward may help after all.

Source: ``docs/model.md``, General services.
"""

from __future__ import annotations

from sim.domain.general_services import hardest_parts
from sim.model.calls import Call
from sim.model.clock import Story
from sim.model.world import World

GIVE, COME = "general_services_give", "general_services_come_after"


def general_services(world: World, call: Call, had_level: int) -> Story:
    """They give all that is missing or nothing, by one uniform of the call, and come after a while.

    A child who has died by then, or is in hospital after another call, is helped no more. had_level: of whoever took
    the call, 0 if nobody did.
    """
    services, family, now = world.scenario.general_services, call.family, world.clock.now
    if not (services.on and call.missing) or (now >= family.death and not call.is_death):
        return
    parts = missing_parts(call, had_level)
    if world.marks(call.attempt).uniform(call.row, GIVE) >= services.probability(parts):
        return
    call.turned_to = now
    law = services.delay(call.urgency, verifies="verification" in parts)
    come = now + world.marks(call.attempt).hours(call.row, COME, law)
    yield world.clock.at(come if call.is_death else min(come, family.death))
    call.general = call.is_death or family.hospital_until <= world.clock.now < family.death


def missing_parts(call: Call, had_level: int) -> frozenset[str]:
    """What they would have to give, words of ``HARDEST_FIRST``."""
    return hardest_parts(
        frozenset(call.missing), call.need_level, had_level, is_death=call.is_death,
        needs_visit=call.needs_visit, needs_prescription=call.needs_prescription,
    )  # fmt: skip
