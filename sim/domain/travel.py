"""Travel: from two points on the map to hours on the road, and back. The one place that knows how fast a car is.

So many hours for every journey and more for each km of the straight line, on busy roads (working days 07:00-19:00) or
quiet ones (all other hours); slower where the family's area has region London, or as a planner says of an area. A
planner's table of drive times between localities replaces it, and where an area has no geography there is no journey.
Single values and numpy arrays alike.
Luck, getting ready and what a pool adds are not here but with whoever drives (``sim.model.roads``).
Source: ``docs/model.md``, Travel; all numbers are in ``configs/travel``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.domain.area import Area
from sim.domain.pace import Pace, Travel
from sim.domain.scenario import Scenario

LONDON = "London"  # the region
BUSY, QUIET = True, False  # of roads
NO_JOURNEY = Pace(0.0, 0.0)


class Spot(NamedTuple):
    """A point on the map, or a column of them: km east and north (``Area.centre_km``), and the row of the locality."""

    east: Any
    north: Any
    locality: Any


def straight_km(start: Spot, home: Spot) -> Any:
    """The straight line between two points, in km."""
    east, north = start.east - home.east, start.north - home.north
    squared = east * east + north * north
    return np.sqrt(squared) if isinstance(squared, np.ndarray) else math.sqrt(squared)


class Ways:
    """How long the journeys of a scenario are expected to take.

    reach: hours of the longest journey allowed. pace: on quiet and on busy roads, fixed hours and hours a km by
    locality of the family. table: of a planner, hours on quiet and on busy roads from locality to locality.
    """

    def __init__(self, scenario: Scenario) -> None:
        travel, times, areas = scenario.travel, scenario.travel.drive_times, scenario.areas
        self.reach = travel.reach
        self.pace = [_by_locality([pace_in(travel, area, busy) for area in areas], areas) for busy in (QUIET, BUSY)]
        self.table = None if times is None else (np.array(times.quiet), np.array(times.busy))
        self._columns = [(np.array(fixed), np.array(per_km)) for fixed, per_km in self.pace]
        self.by_car = self._one_car if self.table is None else self._by_table  # as ``hours``, of one car: many a call

    def hours(self, start: Spot, home: Spot, busy: bool) -> Any:
        """Expected one-way hours from a start point to a family's home, on busy or quiet roads."""
        if self.table is not None:
            found = self.table[busy][start.locality, home.locality]
            return found if isinstance(found, np.ndarray) else float(found)
        return self.by_distance(start, home, busy)

    def hours_back(self, home: Spot, start: Spot, busy: bool) -> float:
        """The same from a family's home to a start point: a planner's table may differ by direction."""
        return self._one_car(start, home, busy) if self.table is None else self._by_table(home, start, busy)

    def by_distance(self, start: Spot, home: Spot, busy: bool) -> Any:
        """The same by the rule of distance alone, whatever a planner's table says: for places that are in no table."""
        if type(home.locality) is int:
            return self._one_car(start, home, busy)
        fixed, per_km = self._columns[busy]
        return fixed[home.locality] + per_km[home.locality] * straight_km(start, home)

    def _by_table(self, start: Spot, home: Spot, busy: bool) -> float:
        assert self.table is not None
        return float(self.table[busy][start.locality, home.locality])

    def _one_car(self, start: Spot, home: Spot, busy: bool) -> float:
        fixed, per_km = self.pace[busy]
        here = home.locality
        east, north = start.east - home.east, start.north - home.north
        hours: float = fixed[here] + per_km[here] * math.sqrt(east * east + north * north)
        return hours

    def km_within(self, hours: float, locality: int, busy: bool) -> float:
        """The straight-line km to a home of a locality for which so many hours are enough: ``hours`` read backwards.

        Negative if they are enough for no journey at all.
        """
        fixed, per_km = (of[locality] for of in self.pace[busy])
        left = hours - fixed
        return left / per_km if per_km > 0 else math.copysign(math.inf, left)


def pace_in(travel: Travel, area: Area, busy: bool) -> Pace | None:
    """The pace of journeys to families of an area: a planner's own, else by its region; None: there is no journey."""
    if not area.on_a_map:
        return None
    for code, *paces in travel.own:
        if code == area.code:
            return paces[0 if busy else 1]
    return usual_pace(travel, area, busy)


def usual_pace(travel: Travel, area: Area, busy: bool) -> Pace:
    """The pace by the region of an area."""
    if area.region == LONDON:
        return travel.london_busy if busy else travel.london_quiet
    return travel.busy if busy else travel.quiet


def _by_locality(paces: Sequence[Pace | None], areas: Sequence[Area]) -> tuple[list[float], list[float]]:
    """Fixed hours, and hours a km, of the family's locality. paces: by area."""
    of = [pace or NO_JOURNEY for pace, area in zip(paces, areas, strict=True) for _ in area.pieces]
    return [pace.fixed for pace in of], [pace.per_km for pace in of]
