"""Sobol's indices of a function: the share of its variance that each number makes alone, and with all others.

Source: Saltelli and others 2010, Comput Phys Commun 181:259 (first order, equation b of table 2, and Jansen's total).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiment.even import largest_correlation, points

Numbers = NDArray[np.float64]

POINTS = 4096


class Indices(NamedTuple):
    """first, total: of each number. correlation: the largest between two columns of the points."""

    first: Numbers
    total: Numbers
    correlation: float


def indices(function: Callable[[Numbers], Numbers], numbers: int, seed: int, many: int = POINTS) -> Indices:
    """function: of points from 0 to 1, (n, numbers), gives (n,). It is asked many * (numbers + 2) points."""
    both = points(many, 2 * numbers, seed)
    one, other = both[:, :numbers], both[:, numbers:]
    at_one, at_other = function(one), function(other)
    middle = np.concatenate([at_one, at_other]).mean()
    variance = np.concatenate([at_one, at_other]).var()
    first, total = np.zeros(numbers), np.zeros(numbers)
    for number in range(numbers):
        mixed = one.copy()
        mixed[:, number] = other[:, number]
        at_mixed = function(mixed)
        first[number] = np.mean((at_other - middle) * (at_mixed - at_one)) / variance
        total[number] = np.mean((at_one - at_mixed) ** 2) / 2 / variance
    return Indices(first, total, largest_correlation(both))
