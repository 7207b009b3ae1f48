"""Which unknown numbers decide a figure, and what it would be without chance: a fit to draws that were made twice.

What two replications of a draw differ by is chance. The mean of a draw is fitted, one unknown after the other as long
as the largest of all their rank correlations is beyond what chance gives the largest of so many; what the fit leaves is
drawn in to the spread that is not chance (constrained empirical Bayes, so that the draws spread as their own means do).

Source: Helton and Davis 2003, Reliab Eng Syst Saf 81:23 (rank correlation and stepwise regression on Latin-hypercube
draws); Westfall and Young 1993, Resampling-Based Multiple Testing (the largest of k); Louis 1984, JASA 79:393
(estimates that spread as what they estimate).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Numbers = NDArray[np.float64]

NOISE_TAIL = 0.95  # of the largest rank correlation of unknowns that do nothing
RESAMPLES = 1000
RESAMPLES_KEY = 17_112_026  # any fixed number: the border of noise is the same in every study
MOST, DRAWS_EACH = 6, 10  # unknowns in a fit, and draws that each of them needs
ENDS = np.array([0.025, 0.975])  # of its draws: where an unknown is low and high
RISES, FALLS, BENDS = "rises", "falls", "bends"
GRID = np.linspace(ENDS[0], ENDS[1], 96)
CERTAIN = 1e-12  # of a figure's square: variance below is rounding


class Driver(NamedTuple):
    """An unknown that moves a figure. share: of the variance over draws. low, high: the figure at the two ends of its
    draws, all else as drawn. shape: the figure ``rises`` with it, ``falls``, or ``bends`` (both). zero: in what share
    of draws it is lower than where the figure would be 0, NaN: nowhere."""

    key: str
    share: float
    low: float
    high: float
    shape: str
    zero: float


class Fit(NamedTuple):
    """A figure over D draws. means: of each draw, chance taken out. chance: variance of one replication. assumed:
    variance that the assumptions make. drivers: most of the variance first."""

    means: Numbers
    chance: float
    assumed: float
    drivers: tuple[Driver, ...]


class Columns:
    """Where each unknown lies in its law in every draw, and how far a rank correlation with it may be chance."""

    def __init__(self, parts: Mapping[str, Numbers]) -> None:
        """parts: 0 to 1 by unknown, all of D draws."""
        self.keys, self.parts = tuple(parts), np.array([*parts.values()])
        self.ranks = _standard(self.parts)
        draws = self.parts.shape[1]
        mixed = np.random.default_rng([RESAMPLES_KEY, draws]).permuted(
            np.tile(_standard(np.arange(draws, dtype=np.float64)[None, :])[0], (RESAMPLES, 1)), axis=1
        )
        self.noise = float(np.quantile(np.abs(self.ranks @ mixed.T).max(axis=0), NOISE_TAIL))

    def strongest(self, values: Numbers) -> tuple[int, float]:
        """The unknown that values follow most, and its rank correlation with them."""
        found = self.ranks @ _standard(values[None, :])[0]
        best = int(np.argmax(np.abs(found)))
        return best, float(found[best])


def fit(values: Numbers, columns: Columns) -> Fit:
    """values: of D draws and their two replications, shape (D, 2), none missing."""
    means = values.mean(axis=1)
    chance = float(np.mean((values[:, 0] - values[:, 1]) ** 2) / 2)
    total = float(means.var(ddof=1))
    assumed = max(total - chance / 2, 0.0)
    if total <= CERTAIN * float(np.mean(means**2)):
        return Fit(means, chance, 0.0, ())
    chosen, fitted, effects = _forward(means, columns)
    left = means - fitted
    free = max(len(means) - 1 - 2 * len(chosen), 1)
    own = float((left**2).sum() / free)
    kept = float(np.sqrt(max(1 - chance / 2 / own, 0.0))) if own > 0 else 0.0
    drivers = [_driver(columns, at, effect, means.mean(), total) for at, effect in zip(chosen, effects, strict=True)]
    return Fit(fitted + kept * left, chance, assumed, tuple(sorted(drivers, key=lambda one: -one.share)))


def _forward(means: Numbers, columns: Columns) -> tuple[list[int], Numbers, list[Numbers]]:
    """Unknowns chosen one after the other, the fit on all of them, and the coefficients of each."""
    chosen: list[int] = []
    fitted: Numbers = np.full(len(means), means.mean())
    effects: list[Numbers] = []
    while len(chosen) < min(MOST, len(means) // DRAWS_EACH):
        at, correlation = columns.strongest(means - fitted)
        if abs(correlation) <= columns.noise or at in chosen:
            break
        chosen.append(at)
        basis = np.column_stack([np.ones(len(means)), *(_basis(columns.parts[one]) for one in chosen)])
        found: Numbers = np.linalg.lstsq(basis, means, rcond=None)[0].astype(np.float64)
        fitted, effects = basis @ found, [found[1 + 2 * n : 3 + 2 * n] for n in range(len(chosen))]
    return chosen, fitted, effects


def _basis(parts: Numbers) -> Numbers:
    """A straight line and a bend, both 0 on average over a law."""
    middle = parts - 0.5
    return np.column_stack([middle, middle**2 - 1 / 12])


def as_drawn(parts: Numbers, shares: Numbers) -> Numbers:
    """Below where in its law such shares of the draws of an unknown lie: as much of it, unless it was drawn by a law
    of one's own.

    parts: of its draws; those by the register lie once in each of as many equal parts.
    """
    even = len(np.unique(np.floor(parts * len(parts)))) == len(parts)
    return np.asarray(shares if even else np.quantile(parts, shares))


def _driver(columns: Columns, at: int, effect: Numbers, mean: float, total: float) -> Driver:
    parts = columns.parts[at]
    own = _basis(parts)

    def figure(shares: Numbers) -> Numbers:
        """Where the unknown is as low as in such shares of the draws, all else as drawn."""
        return np.asarray(mean + (_basis(as_drawn(parts, shares)) - own.mean(axis=0)) @ effect)

    low, high = figure(ENDS)
    curve = figure(GRID)
    steps = np.diff(curve)
    shape = RISES if (steps >= 0).all() else FALLS if (steps <= 0).all() else BENDS
    crossed = np.flatnonzero(np.sign(curve[:-1]) != np.sign(curve[1:]))
    zero = float(GRID[crossed[0]]) if len(crossed) == 1 else np.nan
    share = float((own @ effect).var(ddof=1) / total)
    return Driver(columns.keys[at], min(share, 1.0), float(low), float(high), shape, zero)


def _standard(rows: Numbers) -> Numbers:
    """Ranks of each row, of mean 0 and length 1; a row without differences is 0."""
    ranks = stats.rankdata(rows, axis=1)
    ranks -= ranks.mean(axis=1, keepdims=True)
    length = np.sqrt((ranks**2).sum(axis=1, keepdims=True))
    return np.asarray(np.divide(ranks, length, out=np.zeros_like(ranks), where=length > 0))
