"""Estimates from replications: the mean, its 95 % interval, and the 90 % prediction interval of one more replication.

* ``ratio``: ratio of sums over replications with a delete-one jackknife. Calls of one replication come from few
  families and are correlated, so the replication is the unit, never the call.
* ``level``: mean over replications of what is never under 0: a number a year, a burden, a percentile of people.
* ``mean``: mean over replications of what may have either sign, such as a difference: Student's t.
* ``signed_ratio``: ratio of sums of what may have either sign, such as minutes more or fewer a call: Student's t.

A figure that is never under 0 is skewed, the more so the rarer what it counts: its interval is that of as many
independent events as have its error (Poisson), of a share that of as many out of as many (binomial). How many these are
is told by the jackknife; calls of one family, or hours of one rota, are never taken as independent. They are as many
times fewer as Student's t is wider than the normal law. Where nothing varies there is no error: ``bound`` instead.

Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 11 (jackknife); Korn and Graubard 1998,
Surv Methodol 24:193 (effective number, its correction by t); Fay and Feuer 1997, Stat Med 16:791 (the same of rates);
Hanley and Lippman-Hand 1983, JAMA 249:1743 (nothing seen).
Arrays have N rows of R replications; results have N numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv, ndtri, stdtrit

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

CONFIDENCE_TAIL = 0.975  # two-sided 95 %
PREDICTION_TAIL = 0.95  # two-sided 90 %
ROUNDING = 1e-12  # of a figure: an error no larger is none
MANY = 1e6  # effective events from which on a count is as good as normal


@dataclass(frozen=True)
class Estimate:
    """N estimates; an interval is NaN where it cannot be given (fewer than two replications)."""

    mean: Numbers
    low: Numbers
    high: Numbers
    replications: NDArray[np.intp]


def ratio(numerators: Numbers, denominators: Numbers, most: Numbers | float = np.inf) -> Estimate:
    """Ratio of sums over replications with a jackknifed interval. most: what it can be at most, 1 for a share."""
    used = denominators > 0
    top, bottom = np.where(used, numerators, 0.0), np.where(used, denominators, 0.0)
    value = divide(top.sum(axis=1), bottom.sum(axis=1))
    return _of_events(value, jackknife_error(leave_one_out(top, bottom), used), used.sum(axis=1), most)


def signed_ratio(numerators: Numbers, denominators: Numbers) -> Estimate:
    """Ratio of sums over replications of what may have either sign, with Student's t on the jackknifed error."""
    used = denominators > 0
    top, bottom = np.where(used, numerators, 0.0), np.where(used, denominators, 0.0)
    value, n = divide(top.sum(axis=1), bottom.sum(axis=1)), used.sum(axis=1)
    half = t_quantile(CONFIDENCE_TAIL, n) * jackknife_error(leave_one_out(top, bottom), used)
    return Estimate(value, value - half, value + half, n)


def level(values: Numbers, most: Numbers | float = np.inf) -> Estimate:
    """Mean over replications of what is never under 0; a replication without a value (NaN) is left out."""
    value, error, n = _mean(values)
    return _of_events(value, error, n, most)


def mean(values: Numbers) -> Estimate:
    """Mean over replications with Student's t interval; a replication without a value (NaN) is left out."""
    value, error, n = _mean(values)
    half = t_quantile(CONFIDENCE_TAIL, n) * error
    return Estimate(value, value - half, value + half, n)


def bound(units: Numbers, confidence: float = 2 * CONFIDENCE_TAIL - 1) -> Numbers:
    """The largest share of independent units that may differ where none of so many did; NaN without any.

    The rule of three is its approximation at 95 %: 3 / units.
    """
    return np.asarray(1.0 - (1.0 - confidence) ** divide(np.ones(len(units)), units))


def predict(
    values: Numbers, most: Numbers | float = np.inf, signed: Flags | bool = False
) -> tuple[Numbers, Numbers]:  # fmt: skip
    """90 % prediction interval of one more replication: mean -+ t s sqrt(1 + 1/n), never outside 0 to ``most``.

    signed: what may be under 0.

    An end that would leave the range stands on it where a replication did, else at the quantile of a gamma law of the
    same mean and spread: minutes that were above nought in every replication are so in the next one.
    """
    centre, error, n = _mean(values)
    half = t_quantile(PREDICTION_TAIL, n) * error * np.sqrt(n + 1.0)
    nearest = np.where(np.isnan(values), np.inf, values).min(axis=1, initial=np.inf)
    low = np.where((centre > half) | signed, centre - half, _short_of(centre, half, nearest))
    furthest = np.where(np.isnan(values), -np.inf, values).max(axis=1, initial=-np.inf)
    with np.errstate(invalid="ignore"):
        beyond = centre + half >= most
        high = np.where(beyond, most - _short_of(most - centre, half, most - furthest), centre + half)
    return np.where(np.isnan(half), np.nan, low), np.where(np.isnan(half), np.nan, high)


def leave_one_out(top: Numbers, bottom: Numbers) -> Numbers:
    """The ratio of sums without each replication in turn, shape (N, R); NaN where nothing is left."""
    rest = bottom.sum(axis=1, keepdims=True) - bottom
    left = np.where(rest > 1e-9 * bottom.sum(axis=1, keepdims=True), rest, 0.0)  # a rounding error is nothing
    return divide(top.sum(axis=1, keepdims=True) - top, left)


def jackknife_error(left_out: Numbers, used: Flags) -> Numbers:
    """Standard error from leave-one-out values, shape (N, R), over the replications used; NaN if one is undefined."""
    n = used.sum(axis=1)
    centre = divide(np.where(used, left_out, 0.0).sum(axis=1), n)
    squares = np.where(used, (left_out - centre[:, None]) ** 2, 0.0).sum(axis=1)
    return np.asarray(np.sqrt(divide(n - 1.0, n) * squares))


def spread(values: Numbers) -> Numbers:
    """Standard deviation over replications (n - 1), NaN under two values."""
    n = (~np.isnan(values)).sum(axis=1)
    centre = divide(np.nansum(values, axis=1), n)
    squares = np.nansum((values - centre[:, None]) ** 2, axis=1)
    return np.asarray(np.sqrt(divide(squares, n - 1.0)))


def t_quantile(tail: float, n: NDArray[np.intp]) -> Numbers:
    """Student's t quantile with n - 1 degrees of freedom, NaN under two replications."""
    quantiles = np.full(int(n.max(initial=0)) + 1, np.nan)
    for count in set(n.tolist()):  # of all rows a few
        quantiles[count] = _t_quantile(tail, count)
    return quantiles[n]


@lru_cache(maxsize=1024)
def _t_quantile(tail: float, n: int) -> float:
    return float(stdtrit(n - 1.0, tail)) if n >= 2 else np.nan


def divide(top: Numbers | NDArray[np.intp], bottom: Numbers | NDArray[np.intp]) -> Numbers:
    """top / bottom, NaN where the bottom is not above 0."""
    top, bottom = np.broadcast_arrays(np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64))
    return np.asarray(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0))


def _mean(values: Numbers) -> tuple[Numbers, Numbers, NDArray[np.intp]]:
    """Mean over replications, its standard error, and how many have a value."""
    used = ~np.isnan(values)
    n = used.sum(axis=1)
    return divide(np.where(used, values, 0.0).sum(axis=1), n), divide(spread(values), np.sqrt(n)), n


def _short_of(centre: Numbers, half: Numbers, nearest: Numbers) -> Numbers:
    """How near to the edge of its range, from which all is told here, one more replication comes."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shape = (centre * ndtri(PREDICTION_TAIL) / half) ** 2
        quantile = gammaincinv(shape, 1 - PREDICTION_TAIL) * centre / shape
    return np.where(nearest > 0, np.fmin(quantile, nearest), 0.0)


def _of_events(value: Numbers, error: Numbers, n: NDArray[np.intp], most: Numbers | float) -> Estimate:
    """The interval of as many independent events as would have this error; Student's t where they are many or all."""
    t = t_quantile(CONFIDENCE_TAIL, n)
    error = np.where(error > ROUNDING * np.abs(value), error, error * 0.0)
    low, high = value - t * error, value + t * error
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rest = np.where(np.isinf(most), 1.0, 1.0 - value / most)
        events = value**2 * rest / error**2 * (ndtri(CONFIDENCE_TAIL) / t) ** 2
        others = events * rest * most / value
    few = (error > 0) & (events > 0) & (np.fmin(events, others) < MANY)
    counted = few & np.isinf(most)
    of = few & ~counted
    x, y = events[counted], value[counted] / events[counted]
    low[counted] = gammaincinv(x, 1 - CONFIDENCE_TAIL) * y
    high[counted] = gammaincinv(x + 1, CONFIDENCE_TAIL) * y
    x, y, size = events[of], others[of], np.broadcast_to(most, value.shape)[of]
    low[of] = betaincinv(x, y + 1, 1 - CONFIDENCE_TAIL) * size
    high[of] = betaincinv(x + 1, y, CONFIDENCE_TAIL) * size
    return Estimate(value, low, high, n)
