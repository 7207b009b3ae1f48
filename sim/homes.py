"""Homes and start points: in which locality somebody lives, and where in it.

Bivariate normal round the centre of a locality, so that the mean distance of a child from it is the published one;
rural homes lie further out than urban ones, the locality's mean kept.
Source: ``docs/model.md``, Homes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.domain.area import MEAN_TO_SD, Area
from sim.domain.scenario import Scenario
from sim.keyed import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Localities:
    """The localities of a scenario in order of area and name: one row each.

    first: by area, its first row. upto: by area, shares of its children up to each of its localities. east, north: of
    the centre, km. rural: share of children. spread: standard deviation of a home on each axis, km, of urban (column 0)
    and rural (column 1) families.
    """

    area: Ints
    first: Ints
    upto: Floats
    east: Floats
    north: Floats
    rural: Floats
    spread: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """One row a home: the row of its locality, whether it is rural, km east and north."""

    locality: Ints
    rural: Bools
    east: Floats
    north: Floats


def localities(scenario: Scenario) -> Localities:
    """The localities of a scenario, as columns."""
    pieces = [area.pieces for area in scenario.areas]
    every, count = list(chain.from_iterable(pieces)), np.array([len(of) for of in pieces], dtype=np.int64)
    centres = np.array([piece.centre_km for piece in every]).reshape(-1, 2)
    rural = np.array([piece.rural_share for piece in every])
    further = scenario.travel.rural_distance
    urban = np.array([piece.mean_km for piece in every]) / (1 + (further - 1) * rural) / MEAN_TO_SD
    return Localities(
        area=np.repeat(np.arange(len(pieces)), count),
        first=np.cumsum(count) - count,
        upto=_upto(scenario.areas),
        east=centres[:, 0],
        north=centres[:, 1],
        rural=rural,
        spread=np.stack([urban, urban * further], axis=1),
    )


def _upto(areas: Sequence[Area]) -> Floats:
    """Each area on its own line, so that no other area can change a share by a rounding; the last is 1, then ones."""
    most = max((len(area.pieces) for area in areas), default=1)
    upto = np.ones((len(areas), most))
    for row, area in enumerate(areas):
        children = np.array([piece.children for piece in area.pieces])
        if len(children) > 1:
            upto[row, : len(children) - 1] = (np.cumsum(children) / children.sum())[:-1]
    return upto


def settle(
    scenario: Scenario, area: Ints, where: Floats, rural: Floats, east: Floats, north: Floats, known: Ints | None = None
) -> Homes:
    """Homes in these areas (rows), from a uniform each for the locality, the settlement and the two axes.

    An area's localities share its homes by their children. known: rows of localities, -1 where none is known.
    """
    places = localities(scenario)
    piece = places.first[area] + (where[:, None] >= places.upto[area]).sum(axis=1)
    if known is not None:
        piece = np.where(known >= 0, known, piece)
    in_country = rural < places.rural[piece]
    spread = places.spread[piece, in_country.astype(np.int64)]
    return Homes(
        locality=piece,
        rural=in_country,
        east=places.east[piece] + spread * special.ndtri(east),
        north=places.north[piece] + spread * special.ndtri(north),
    )


def nearest(scenario: Scenario, area: Ints, east: Floats, north: Floats) -> Ints:
    """The locality of each point's area whose centre is nearest to it."""
    places = localities(scenario)
    away = np.hypot(east[:, None] - places.east, north[:, None] - places.north)
    return np.asarray(np.where(places.area == area[:, None], away, np.inf).argmin(axis=1), dtype=np.int64)
