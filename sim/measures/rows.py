"""One tidy number of one replication, and the groups of areas it may be about."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from sim.demand.families import Bools, Families
from sim.domain.bands import band
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.measures.axes import HOMES
from sim.measures.headlines import names

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
    """England, the areas, and the regions, rural bands and area types they fall into: sums over areas, once."""

    def __init__(self, scenario: Scenario, area_types: tuple[str, ...]) -> None:
        areas = scenario.areas
        self.size = len(areas)
        self.places = {area.code: place for place, area in enumerate(areas)}
        low, high = (100 * border for border in scenario.bands.rural)
        rural = [band(100 * area.rural_share, (low, high), "% rural") for area in areas]
        self.england = [("england", "England", np.ones(len(areas)))]
        kinds = (
            ("region", [area.region for area in areas]),
            ("rural", rural),
            ("area_type", list(area_types)),
            ("area", [area.code for area in areas]),
        )
        self.others = [
            (kind, level, np.array([value == level for value in values], dtype=float))
            for kind, values in kinds
            for level in dict.fromkeys(values)
        ]
        self.clusters = [
            ("cluster", level, np.array([area.cluster == level for area in areas], dtype=float))
            for level in dict.fromkeys(area.cluster for area in areas if area.cluster)
        ]
        away = [band(area.mean_km, scenario.bands.km, "km") for area in areas]
        self.distances = [
            ("distance", level, np.array([value == level for value in away], dtype=float))
            for level in dict.fromkeys(away)
        ]

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
        chosen = self._chosen(everywhere, of)
        if measure in names("precision"):  # what a map and the page on equity show
            chosen = chosen + self.clusters + self.distances
        columns = (numerator, denominator, numerator if events is None else events)
        return [Row(measure, kind, level, *self._sums(kind, level, mask, columns)) for kind, level, mask in chosen]

    def of_families(self, measure: str, numerator: Floats, denominator: Floats, families: Families) -> list[Row]:
        """A ratio of sums of columns by family: for every group of areas, and by deprivation of the family's home."""
        by_area = [np.bincount(families.area, column, minlength=self.size) for column in (numerator, denominator)]
        rows = self.ratio(measure, np.asarray(by_area[0], dtype=float), np.asarray(by_area[1], dtype=float))
        for quintile, level in enumerate(DEPRIVATION, start=1):
            here = families.quintile == quintile
            top, bottom = float(numerator[here].sum()), float(denominator[here].sum())
            rows.append(Row(measure, "deprivation", level, top, bottom, top))
        return rows

    def of_homes(self, measure: str, numerator: Floats, denominator: Floats, rural: Bools) -> list[Row]:
        """A ratio of sums over England for each settlement of the family's own home, whatever its area is.

        The columns, by family or by call, and for each whether the home is rural (as laid for journeys).
        """
        sums = [(float(numerator[here].sum()), float(denominator[here].sum())) for here in (~rural, rural)]
        return [
            Row(f"{measure}_{home}", *self.england[0][:2], top, bottom, top)
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
        chosen = self._chosen(everywhere, of)
        found = [(kind, level, self._sums(kind, level, mask, (value,))[0]) for kind, level, mask in chosen]
        return [Row(measure, kind, level, number, 1.0, number) for kind, level, number in found]

    def _sums(self, kind: str, level: str, mask: Floats, columns: tuple[Floats, ...]) -> list[float]:
        """The sums of columns over the areas of a group; of a single area what it says itself."""
        if kind == "area":
            place = self.places[level]
            return [float(column[place]) for column in columns]
        return [float(mask @ column) for column in columns]

    def _chosen(self, everywhere: bool, of: Collection[str]) -> list[tuple[str, str, Floats]]:
        if of:
            return self.england + [group for group in self.others if group[0] in of]
        return self.england + self.others if everywhere else self.england
