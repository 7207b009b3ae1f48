"""Whom a family turns to: its own team, or universal services straight away because of where and how it lives."""

from __future__ import annotations

import numpy as np

from sim import keyed
from sim.demand.calls import PotentialCalls
from sim.demand.families import Bools, Families, Ints
from sim.domain.scenario import Scenario
from sim.keyed import Floats

LEAST_DEPRIVED = 5


def rings_elsewhere(scenario: Scenario, key: tuple[int, int], families: Families, calls: PotentialCalls) -> Bools:
    """By call, whether the family turns to universal services without ringing anybody of its own.

    Never so for a call made by a professional. The call stays in every denominator, and is unmet.
    """
    access = scenario.overlays.access
    if access.rings_deprived >= 1 and access.rings_rural >= 1:
        return np.zeros(len(calls), dtype=bool)
    of, number = calls.family, calls.number
    u = keyed.uniform(key, "rings", families.area_number[of], families.number[of], number)
    rings = by_deprivation(access.rings_deprived, families.quintile)
    rings = rings * np.where(families.rural, access.rings_rural, 1.0)
    real = ~calls.professional & ~families.background[of]
    return np.asarray((u >= rings[of]) & real, dtype=bool)


def by_deprivation(most: float, quintile: Ints) -> Floats:
    """A multiple by quintile: ``most`` in the first, the most deprived, and along a straight line 1 in the fifth.

    1 where no quintile is known (0).
    """
    return np.where(quintile > 0, most + (1 - most) * (quintile - 1) / (LEAST_DEPRIVED - 1), 1.0)
