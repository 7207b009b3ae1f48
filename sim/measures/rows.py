"""One tidy number of one replication, and the groups of areas it may be about."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.demand.families import Families
from sim.domain.scenario import Scenario
from sim.keyed import Floats

DEPRIVATION = ("quintile 1 (most deprived)", "quintile 2", "quintile 3", "quintile 4", "quintile 5")
RURAL_BANDS = (("under 10 % rural", 0.0, 0.10), ("10-30 % rural", 0.10, 0.30), ("over 30 % rural", 0.30, 1.01))


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
        rural = [next(name for name, low, high in RURAL_BANDS if low <= area.rural_share < high) for area in areas]
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

    def ratio(
        self,
        measure: str,
        numerator: Floats,
        denominator: Floats,
        events: Floats | None = None,
        *,
        everywhere: bool = True,
    ) -> list[Row]:
        """A ratio of sums for England and, if asked, for every group; the arguments are columns by area."""
        chosen = self.england + self.others if everywhere else self.england
        counted = numerator if events is None else events
        return [
            Row(measure, kind, level, float(mask @ numerator), float(mask @ denominator), float(mask @ counted))
            for kind, level, mask in chosen
        ]

    def of_families(self, measure: str, numerator: Floats, denominator: Floats, families: Families) -> list[Row]:
        """A ratio of sums of columns by family: for every group of areas, and by deprivation of the family's home."""
        by_area = [np.bincount(families.area, column, minlength=self.size) for column in (numerator, denominator)]
        rows = self.ratio(measure, np.asarray(by_area[0], dtype=float), np.asarray(by_area[1], dtype=float))
        for quintile, level in enumerate(DEPRIVATION, start=1):
            here = families.quintile == quintile
            top, bottom = float(numerator[here].sum()), float(denominator[here].sum())
            rows.append(Row(measure, "deprivation", level, top, bottom, top))
        return rows

    def number(self, measure: str, value: Floats, *, everywhere: bool = False) -> list[Row]:
        """A plain number summed over areas."""
        chosen = self.england + self.others if everywhere else self.england
        return [
            Row(measure, kind, level, float(mask @ value), 1.0, float(mask @ value)) for kind, level, mask in chosen
        ]
