"""What the replications of a study gave, as arrays: scenario x row of a measure x replication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.experiment.units import Unit
from sim.measures.catalogue import CATALOGUE, Measure
from sim.measures.rows import Row

Numbers = NDArray[np.float64]
Key = tuple[str, str, str]  # measure, group, level

GROUPS = ("england", "role", "team", "area_type", "rural", "deprivation", "region", "area", "area_role")


@dataclass(frozen=True)
class Observations:
    """Numerators, denominators and events of K rows in S scenarios and R replications, each of shape (S, K, R).

    A row that a replication does not have (no area of that type was dealt) is NaN over NaN with 0 events.
    """

    scenarios: tuple[str, ...]
    keys: tuple[Key, ...]
    numerators: Numbers
    denominators: Numbers
    events: Numbers

    @cached_property
    def values(self) -> Numbers:
        """Numerator / denominator of each replication; NaN where the denominator is 0 or the row is missing."""
        known = self.denominators > 0
        out = np.full(known.shape, np.nan)
        return np.asarray(np.divide(self.numerators, self.denominators, out=out, where=known))


def gather(
    scenarios: tuple[str, ...],
    replications: int,
    results: Iterable[tuple[Unit, list[Row]]],
    catalogue: Mapping[str, Measure] = CATALOGUE,
) -> Observations:
    """Put the rows of all units into one table, in the catalogue's order, whatever order they came in."""
    found: dict[Key, int] = {}
    filled: list[tuple[Unit, NDArray[np.intp], Numbers]] = []
    for unit, rows in results:
        places = np.array([found.setdefault(row[:3], len(found)) for row in rows], dtype=np.intp)
        filled.append((unit, places, np.array([row[3:] for row in rows], dtype=np.float64).reshape(-1, 3)))
    table = np.full((3, len(scenarios), len(found), replications), np.nan)
    table[2] = 0.0
    for unit, places, numbers in filled:
        table[:, unit.scenario, places, unit.replication] = numbers.T
    order = _catalogue_order(found, catalogue)
    keys = list(found)
    return Observations(scenarios, tuple(keys[k] for k in order), *table[:, :, order, :])


def _catalogue_order(found: Mapping[Key, int], catalogue: Mapping[str, Measure]) -> list[int]:
    place = {name: number for number, name in enumerate(catalogue)}
    group_place = {name: number for number, name in enumerate(GROUPS)}

    def rank(key: Key) -> tuple[int, int, str, str]:
        measure, group, level = key
        return place[measure], group_place.get(group, len(GROUPS)), group, level

    return [found[key] for key in sorted(found, key=rank)]
