"""A national figure and one's own, shrunk to each other by what each weighs: rates, shares and lengths.

Source: Gelman et al., Bayesian Data Analysis, 3rd edition, chapters 2 and 3 (conjugate laws).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

Numbers = NDArray[np.float64]

ENDS = (0.025, 0.975)

Ends = tuple[float, float, float]  # mean, and both ends of the middle 95 %


def rate(calls: float, expected: float, dispersion: float, cv: float) -> tuple[Ends, Ends, Ends, float]:
    """How many times the expected calls there are: before, by the log alone, after, and the log's weight.

    Before, a gamma law of mean 1 with a coefficient of variation; n calls where E are expected, each worth one over the
    dispersion, make Gamma(a, a) into Gamma(a + n/d, a + E/d).
    """
    shape, n, at_risk = 1 / cv**2, calls / dispersion, expected / dispersion
    laws = ((shape, shape), (n + 0.5, at_risk), (shape + n, shape + at_risk))  # alone: Jeffreys' ends
    before, alone, after = (_gamma(a, b) for a, b in laws)
    return before, (calls / expected, *alone[1:]), after, at_risk / (shape + at_risk)


def share(hits: int, of: int, mean: float, sd: float) -> tuple[Ends, Ends, Ends, float]:
    """The same of a share: Beta(m c, (1 - m) c) becomes Beta(m c + hits, (1 - m) c + others)."""
    size = max(mean * (1 - mean) / sd**2 - 1, 1.0)
    misses = of - hits
    laws = ((mean * size, (1 - mean) * size), (hits + 0.5, misses + 0.5))
    before, alone = (_beta(a, b) for a, b in laws)
    after = _beta(mean * size + hits, (1 - mean) * size + misses)
    return before, (hits / of if of else math.nan, *alone[1:]), after, of / (of + size)


def length(off: Numbers, sds: Numbers, sd: float) -> tuple[Ends, Ends, Ends, float]:
    """The same of a length, as a multiple of the national one. off: logs of the lengths minus what is expected of
    each; sds: of those; sd: of the log of the national mean."""
    said, prior = float((sds**-2).sum()), sd**-2
    alone = float((off / sds**2).sum() / said)
    together = _lognormal(said * alone / (said + prior), said + prior)
    return _lognormal(0.0, prior), _lognormal(alone, said), together, said / (said + prior)


def _gamma(shape: float, at_risk: float) -> Ends:
    low, high = (float(special.gammaincinv(shape, end)) / at_risk for end in ENDS)
    return shape / at_risk, low, high


def _beta(hits: float, misses: float) -> Ends:
    low, high = (float(special.betaincinv(hits, misses, end)) for end in ENDS)
    return hits / (hits + misses), low, high


def _lognormal(log: float, precision: float) -> Ends:
    """Median and ends of what has a normal log."""
    low, high = (math.exp(log + float(special.ndtri(end)) / math.sqrt(precision)) for end in ENDS)
    return math.exp(log), low, high
