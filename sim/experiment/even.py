"""Points that fill a cube of numbers evenly: Sobol points where they are good, else a Latin hypercube.

Scrambled Sobol points of many numbers have columns that go together (of 252 numbers at 128 points up to .98), so that
one stands for another; so they are taken only for few numbers and many points.

Source: Joe and Kuo 2008, SIAM J Sci Comput 30:2635 (why two columns of few points may be alike).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

Numbers = NDArray[np.float64]

MOST_SOBOL = 30  # numbers
EACH_SOBOL = 8  # points for each of them, at least


def points(many: int, numbers: int, seed: int) -> Numbers:
    """Points from 0 to 1, (many, numbers)."""
    chance = np.random.default_rng(seed)
    if by_sobol(many, numbers):
        found = qmc.Sobol(numbers, rng=chance).random_base2((many - 1).bit_length())[:many]
    else:
        found = qmc.LatinHypercube(numbers, rng=chance).random(many)
    return np.asarray(found, dtype=np.float64)


def by_sobol(many: int, numbers: int) -> bool:
    """Whether so many points of so many numbers are Sobol points."""
    return numbers <= MOST_SOBOL and many >= EACH_SOBOL * numbers


def largest_correlation(columns: Numbers) -> float:
    """Between any two columns of points, (many, numbers); 0 of a single one."""
    if columns.shape[1] < 2:
        return 0.0
    found = np.abs(np.corrcoef(columns.T))
    return float(np.max(found - np.eye(len(found))))
