"""A figure of the model as a polynomial of a few unknowns, from a few hundred runs, and how sure that is.

A straight line, a bend and a turn of each unknown (Legendre polynomials of where in its law it lies) and the product of
each two, shrunk as much as lets every run be told best by all others (the PRESS of Allen). What that leaves beyond
chance, be it a poor fit or the unknowns that are not in it, is part of its variance.

Source: Allen 1974, Technometrics 16:125 (PRESS); Hoerl and Kennard 1970, Technometrics 12:55 (ridge regression);
Kleijnen 2015, Design and Analysis of Simulation Experiments, chapter 2 (polynomial metamodels, Q2 by leave-one-out).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiment.decisive import CERTAIN

Numbers = NDArray[np.float64]

SHRUNK = np.logspace(-4, 4, 33)  # candidates, of which the one with the least PRESS is taken


class Metamodel(NamedTuple):
    """keys: the unknowns in it. left: variance that it leaves, chance aside. noise: variance of what is left of a run,
    chance with it. q2: share of the variance between runs that it tells of runs it has not seen. ceiling: the most
    that chance lets that be."""

    keys: tuple[str, ...]
    coefficients: Numbers
    covariance: Numbers
    left: float
    noise: float
    q2: float
    ceiling: float

    def at(self, parts: Mapping[str, Numbers]) -> tuple[Numbers, Numbers]:
        """The expected figure at each of many points, and the variance of that, without chance.

        parts: 0 to 1 by unknown, where in its law each point lies.
        """
        basis, _ = _basis([np.asarray(parts[key]) for key in self.keys], len(next(iter(parts.values()))))
        mean = basis @ self.coefficients
        return mean, self.left + self.noise * ((basis @ self.covariance) * basis).sum(axis=1)


def metamodel(figures: Numbers, chance: float, keys: Sequence[str], parts: Mapping[str, Numbers]) -> Metamodel:
    """Fit a figure to runs. figures: of each run. chance: variance of a figure by chance alone."""
    basis, weight = _basis([np.asarray(parts[key]) for key in keys], len(figures))
    total = float(figures.var(ddof=1))
    if total <= CERTAIN * float(np.mean(figures**2)):
        return Metamodel((), np.array([figures.mean()]), np.zeros((1, 1)), 0.0, 0.0, 1.0, 1.0)
    tried = [_shrunk(basis, figures, weight * shrink) for shrink in SHRUNK]
    coefficients, covariance, press = min(tried, key=lambda one: one[2])
    noise = press / len(figures)
    ceiling = max(1 - chance / total, 0.0)
    q2 = 1 - noise / total
    return Metamodel(tuple(keys), coefficients, covariance, max(noise - chance, 0.0), noise, q2, ceiling)


def _shrunk(basis: Numbers, figures: Numbers, penalty: Numbers) -> tuple[Numbers, Numbers, float]:
    """Coefficients, their covariance in units of the noise, and the sum of squares of runs told by all others."""
    inverse = np.asarray(np.linalg.inv(basis.T @ basis + np.diag(penalty)), dtype=np.float64)
    coefficients = inverse @ (basis.T @ figures)
    own = ((basis @ inverse) * basis).sum(axis=1)
    press = float((((figures - basis @ coefficients) / np.maximum(1 - own, 1e-6)) ** 2).sum())
    return coefficients, inverse, press


def _basis(columns: Sequence[Numbers], many: int) -> tuple[Numbers, Numbers]:
    """Terms of every point, and how much each is shrunk: by the square of its degree, the mean not at all."""
    scaled = [2 * column - 1 for column in columns]
    terms, degrees = [np.ones(many)], [0]
    for x in scaled:
        terms += [x, (3 * x**2 - 1) / 2, (5 * x**3 - 3 * x) / 2]
        degrees += [1, 2, 3]
    for one, other in combinations(scaled, 2):
        terms.append(one * other)
        degrees.append(2)
    return np.column_stack(terms), np.square(degrees).astype(np.float64)
