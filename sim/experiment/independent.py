"""How many independent units stand behind a row: families where it counts what is theirs, else replications.

Calls, hours and nights of one family come together, and people of one rota share it: none of them is a unit. What was
never seen is bounded by the units that could have shown it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.experiment.estimate import Numbers
from sim.experiment.observations import Observations
from sim.measures.catalogue import CATALOGUE, Measure

COUNTS_FAMILIES = "fate_whole_share"  # its denominator, of every group that has families: those whose episode ended
ARE_FAMILIES = ("families", "deaths", "all deaths", "children")  # how denominators begin that count them one by one
OF_FAMILIES = ("potential calls of", "calls", "nights of children", "hours of children", "hours offered", "home visits")


def counts_families(measure: str) -> bool:
    """Whether the denominator of a measure counts families one by one."""
    return CATALOGUE[measure].denominator.startswith(ARE_FAMILIES)


def units_of(seen: Observations, s: int, catalogue: Mapping[str, Measure] = CATALOGUE) -> Numbers:
    """Independent units of each row of a scenario, over all its replications."""
    own = np.nansum(seen.denominators[s], axis=1)
    replications = np.asarray((seen.denominators[s] > 0).sum(axis=1), dtype=np.float64)
    families = {key[1:]: row for row, key in enumerate(seen.keys) if key[0] == COUNTS_FAMILIES}
    denominators = {key[0]: catalogue[key[0]].denominator for key in seen.keys}
    are, of = (
        {name for name, words in denominators.items() if words.startswith(kind)} for kind in (ARE_FAMILIES, OF_FAMILIES)
    )
    units: Numbers = replications.copy()
    for row, key in enumerate(seen.keys):
        if key[0] in are:
            units[row] = own[row]
        elif key[0] in of and key[1:] in families:
            units[row] = own[families[key[1:]]]
    return units
