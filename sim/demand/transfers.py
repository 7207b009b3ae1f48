"""Rapid transfer: children of neonatal or intensive care whose families want to take them home to die.

They would stay in hospital in the core, so they come in addition to the families who want to be at home: compare only
scenarios that all have the overlay on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim import keyed
from sim.demand.families import HOME, HOSPITAL, Bools, Families
from sim.domain.scenario import Scenario


def with_transfers(scenario: Scenario, key: tuple[int, int], children: Families) -> tuple[Families, Bools]:
    """The children, some of those in hospital now wanting home for their last days; and a mask of these.

    Their episode is the time at home, uniform between the shortest and the longest.
    """
    overlay = scenario.overlays.rapid_transfer
    share = dict(overlay.wants_home)
    if not share:
        return children, np.zeros(len(children), dtype=bool)
    wants, stay = keyed.two_uniforms(key, "rapid_transfer", children.area_number, children.number)
    p = np.array([share.get(group.name, 0.0) for group in scenario.demand.conditions])[children.condition]
    goes = (children.prefers == HOSPITAL) & (wants < p)
    home = children.death - (overlay.shortest + stay * (overlay.longest - overlay.shortest))
    changed = replace(
        children, prefers=np.where(goes, HOME, children.prefers), start=np.where(goes, home, children.start)
    )
    return changed, goes
