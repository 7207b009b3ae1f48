"""Laws by inversion: a uniform in, a duration out."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.domain.law import Law
from sim.keyed import Floats


def quantile(law: Law, u: Floats) -> Floats:
    """The duration, in the unit of the law's mean, below which a share ``u`` of durations lies.

    Raises ValueError for a law nobody knows.
    """
    u = np.asarray(u, dtype=float)
    match law.kind:
        case "none":
            return np.zeros_like(u)
        case "infinite":
            return np.full_like(u, np.inf)
        case "fixed":
            return np.full_like(u, law.mean)
        case "exponential":
            return -law.mean * np.log1p(-u)
        case "lognormal":
            return lognormal(u, law.mean, law.cv)
        case "gamma":
            return np.asarray(special.gammaincinv(law.shape, u) * (law.mean / law.shape), dtype=float)
        case "weibull":
            scale = law.mean / math.gamma(1 + 1 / law.shape)
            return scale * (-np.log1p(-u)) ** (1 / law.shape)
    raise ValueError(f"no law is called {law.kind!r}")


def lognormal(u: Floats, mean: float, cv: float) -> Floats:
    """A lognormal by its mean and coefficient of variation."""
    variance = math.log1p(cv * cv)
    return np.asarray(mean * np.exp(math.sqrt(variance) * special.ndtri(u) - variance / 2))


def poisson(u: Floats, mean: Floats) -> Floats:
    """The smallest count k with P(Poisson(mean) <= k) >= u."""
    guess = np.maximum(np.ceil(special.pdtrik(u, np.maximum(mean, 1e-12))), 0.0)
    # pdtrik is a root finder: step back where one fewer already suffices
    lower = (guess > 0) & (special.pdtr(guess - 1, mean) >= u)
    return np.where(mean > 0, guess - lower, 0.0)


def category(u: Floats, shares: Floats) -> NDArray[np.int64]:
    """Row numbers of the shares (along the last axis, adding to 1) that uniforms fall into."""
    edges = np.cumsum(shares, axis=-1)[..., :-1]
    return np.asarray((np.asarray(u)[..., None] >= edges).sum(axis=-1), dtype=np.int64)
