"""A parent alone with the child: marks of a family, drawn by its own key."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import keyed
from sim.domain.scenario import Scenario

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def living_alone(scenario: Scenario, key: tuple[int, int], area_number: Ints, number: Ints) -> tuple[Bools, Bools]:
    """By family (the two numbers of its key): a parent alone with the child; of these, whose visits take two people."""
    home = scenario.overlays.home_safety
    if home.p_alone <= 0:
        nobody = np.zeros(len(number), dtype=bool)
        return nobody, nobody
    alone, two = keyed.two_uniforms(key, "living_alone", area_number, number)
    return alone < home.p_alone, (alone < home.p_alone) & (two < home.p_two_when_alone)
