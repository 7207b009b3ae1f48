"""One tidy number of one replication, and the groups of areas it may be about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np

from sim.demand.families import Bools, Families, Ints
from sim.domain.bands import band
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.measures.axes import HOMES
from sim.measures.headlines import names

GROUPS = ("region", "rural", "area_type", "area")  # kinds of them that everything told everywhere is told of
APART = ("cluster", "distance")
DEPRIVATION = ("quintile 1 (most deprived)", "quintile 2", "quintile 3", "quintile 4", "quintile 5")


class Row(NamedTuple):
    """A measure's numerator and denominator (1 for a plain number) and the number of events behind it."""

    measure: str
    group: str
    level: str
    numerator: float
    denominator: float
    events: float


class Groups:
    """England, the areas, and the regions, rural bands, area types and the like they fall into: sums over areas, once.

    A group is told by the areas that it holds, as a row of ones and noughts.
    """

    def __init__(self, scenario: Scenario, area_types: tuple[str, ...]) -> None:
        areas = scenario.areas
        self.size = len(areas)
        low, high = (100 * border for border in scenario.bands.rural)
        kinds: dict[str, Sequence[str]] = {
            "england": ["England"] * len(areas),
            "region": [area.region for area in areas],
            "rural": [band(100 * area.rural_share, (low, high), "% rural") for area in areas],
            "area_type": area_types,
            "area": [area.code for area in areas],
            "cluster": [area.cluster for area in areas],
            "distance": [band(area.mean_km, scenario.bands.km, "km") for area in areas],
        }
        self._levels = {kind: list(dict.fromkeys(of)) for kind, of in kinds.items()}
        self._levels["cluster"] = [level for level in self._levels["cluster"] if level]  # not every area is in one
        self._areas = {
            kind: np.array(self._levels[kind], dtype=str)[:, None] == np.array(of) for kind, of in kinds.items()
        }
        self._chosen: dict[tuple[str, ...], tuple[list[str], list[str], Floats]] = {}
        self._homes: tuple[Families, list[Ints]] | None = None

    def ratio(
        self,
        measure: str,
        numerator: Floats,
        denominator: Floats,
        events: Floats | None = None,
        *,
        everywhere: bool = True,
        of: Collection[str] = (),
    ) -> list[Row]:
        """A ratio of sums for England and, if asked, for every group; the arguments are columns by area.

        of: kinds of group to be told in place of every one.
        """
        apart = APART if measure in names("precision") else ()  # what a map and the page on equity show
        columns = (numerator, denominator) if events is None else (numerator, denominator, events)
        *told, sums = self._summed(of or (GROUPS if everywhere else ()), apart, columns)
        return _rows(measure, *told, *sums, *(sums[:1] if events is None else []))

    def of_families(self, measure: str, numerator: Floats, denominator: Floats, families: Families) -> list[Row]:
        """A ratio of sums of columns by family: for every group of areas, and by deprivation of the family's home."""
        by_area = [np.bincount(families.area, column, minlength=self.size) for column in (numerator, denominator)]
        rows = self.ratio(measure, np.asarray(by_area[0], dtype=float), np.asarray(by_area[1], dtype=float))
        for level, here in zip(DEPRIVATION, self._by_deprivation(families), strict=True):
            top, bottom = float(numerator[here].sum()), float(denominator[here].sum())
            rows.append(Row(measure, "deprivation", level, top, bottom, top))
        return rows

    def of_homes(self, measure: str, numerator: Floats, denominator: Floats, rural: Bools) -> list[Row]:
        """A ratio of sums over England for each settlement of the family's own home, whatever its area is.

        The columns, by family or by call, and for each whether the home is rural (as laid for journeys).
        """
        sums = [(float(numerator[here].sum()), float(denominator[here].sum())) for here in (~rural, rural)]
        return [
            Row(f"{measure}_{home}", "england", "England", top, bottom, top)
            for home, (top, bottom) in zip(HOMES, sums, strict=True)
        ]

    def families_per_year(self, measure: str, value: Floats, families: Families) -> list[Row]:
        """A plain number, a column by family: for every group of areas, and by deprivation of the family's home."""
        by_area = np.asarray(np.bincount(families.area, value, minlength=self.size), dtype=float)
        counts = np.bincount(families.quintile, value, minlength=len(DEPRIVATION) + 1)[1:].tolist()
        of_homes = zip(DEPRIVATION, counts, strict=True)
        return self.number(measure, by_area, everywhere=True) + [
            Row(measure, "deprivation", level, count, 1.0, count) for level, count in of_homes
        ]

    def number(
        self, measure: str, value: Floats, *, everywhere: bool = False, of: Collection[str] = ()
    ) -> list[Row]:  # fmt: skip
        """A plain number summed over areas; for which groups as in ``ratio``."""
        *told, [sums] = self._summed(of or (GROUPS if everywhere else ()), (), (value,))
        return _rows(measure, *told, sums, [1.0] * len(sums), sums)

    def _summed(
        self, kinds: Collection[str], apart: tuple[str, ...], columns: tuple[Floats, ...]
    ) -> tuple[list[str], list[str], list[list[float]]]:
        """Kind and level of England and of each group of some kinds, and by column the sums over its areas."""
        asked = ("england", *(kind for kind in GROUPS if kind in kinds), *apart)
        if asked not in self._chosen:
            told = [(kind, level) for kind in asked for level in self._levels[kind]]
            areas = np.concatenate([self._areas[kind] for kind in asked]).astype(float)
            self._chosen[asked] = [kind for kind, _ in told], [level for _, level in told], areas
        groups, levels, areas = self._chosen[asked]
        return groups, levels, np.vecdot(areas, np.array(columns, dtype=float)[:, None]).tolist()

    def _by_deprivation(self, families: Families) -> list[Ints]:
        """The rows of the families of each of DEPRIVATION, found once."""
        if self._homes is None or self._homes[0] is not families:
            here = [np.flatnonzero(families.quintile == quintile) for quintile in range(1, len(DEPRIVATION) + 1)]
            self._homes = families, here
        return self._homes[1]


def _rows(measure: str, *columns: Sequence[str] | Sequence[float]) -> list[Row]:
    """The rows of a measure, given as columns."""
    return list(map(Row._make, zip(repeat(measure), *columns, strict=False)))
