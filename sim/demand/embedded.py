"""Known before a crisis: families prepared, and known earlier, because a team embedded in the hospital looked ahead.

Nobody's death, episode or potential call changes: the days before the episode bring planned visits and count as hours
at home, and bring no unplanned calls.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.domain.scenario import Scenario
from sim.keyed import Floats


def p_prepared(scenario: Scenario, condition: NDArray[np.int64]) -> Floats:
    """The probability that a family is prepared, by its condition group (row): never below the core's."""
    usual = scenario.demand.p_prepared
    return np.where(_looked_after(scenario, condition), max(usual, scenario.overlays.embedded.p_prepared), usual)


def hours_known_before(scenario: Scenario, condition: NDArray[np.int64]) -> Floats:
    """Hours for which a child is known before its episode begins, by its condition group (row)."""
    return np.where(_looked_after(scenario, condition), scenario.overlays.embedded.longer, 0.0)


def _looked_after(scenario: Scenario, condition: NDArray[np.int64]) -> NDArray[np.bool_]:
    names = scenario.overlays.embedded.conditions
    return np.array([not names or group.name in names for group in scenario.demand.conditions], dtype=bool)[condition]
