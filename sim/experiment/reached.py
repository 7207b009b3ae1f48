"""The chance that somebody who lives in one area has a family of another within reach at night, in closed form."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.domain.scenario import Scenario
from sim.domain.travel import QUIET, Spot, Ways
from sim.homes import localities
from sim.keyed import Floats

Ints = NDArray[np.int64]


class Reached:
    """Homes and start points of a scenario as clouds: the urban and the rural ones of each locality.

    The straight line between two points of two clouds has the Rice distribution, so that its square over the sum of
    their variances is a non-central chi-squared of two degrees of freedom. The hours are those of quiet roads.
    """

    def __init__(self, scenario: Scenario) -> None:
        places, ways, reach = localities(scenario), Ways(scenario), scenario.travel.reach
        each = np.arange(len(places.area))
        self.area, self.locality = np.repeat(places.area, 2), np.repeat(each, 2)
        self.east, self.north = places.east[self.locality], places.north[self.locality]
        self.variance = places.spread.ravel() ** 2
        settled = np.stack([1 - places.rural, places.rural], axis=1)
        own = np.diff(places.upto, axis=1, prepend=0.0)[places.area, each - places.first[places.area]]
        self.weight = (settled * own[:, None]).ravel()
        self.ways, self.reach = ways, reach
        self.km = np.array([ways.km_within(reach, int(locality), QUIET) for locality in each])

    def reached(self, home: int, area: int) -> float:
        """The chance for areas (rows) of the person and of the family."""
        one, other = (np.flatnonzero((self.area == row) & (self.weight > 0)) for row in (home, area))
        from_, to = (index.ravel() for index in np.meshgrid(one, other, indexing="ij"))
        inside = self._certain(from_, to)
        if self.ways.table is None:
            variance = self.variance[from_] + self.variance[to]
            away = (self.east[from_] - self.east[to]) ** 2 + (self.north[from_] - self.north[to]) ** 2
            km, spread = self.km[self.locality[to]], variance > 0
            limit = np.where(km > 0, km, 0.0)[spread] ** 2
            inside[spread] = special.chndtr(limit / variance[spread], 2.0, away[spread] / variance[spread])
        weight: Floats = self.weight[from_] * self.weight[to]
        return float(inside @ weight / weight.sum())

    def _certain(self, from_: Ints, to: Ints) -> Floats:
        """1 where the centres of two clouds are within reach of each other, which is all where nobody lives apart."""
        start, home = (Spot(self.east[of], self.north[of], self.locality[of]) for of in (from_, to))
        return np.asarray(self.ways.hours(start, home, QUIET) <= self.reach, dtype=float)
