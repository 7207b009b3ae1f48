"""Estimates from replications: the mean, its 95 % interval, and the 90 % prediction interval of one more replication.

* ``ratio``: ratio of sums over replications with a delete-one jackknife. Calls of one replication come from few
  families and are correlated, so the replication is the unit, never the call.
* ``mean``: Student t. * ``percentile``: bootstrap over replications of the mean of the replications' percentiles.
* A share of which nothing (or everything) was seen has the rule of three: 3 / denominator, never "0 (0-0)".

Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapters 11 and 13 (jackknife, percentile
interval); Hanley and Lippman-Hand 1983, JAMA 249:1743 (rule of three).
Arrays have N rows of R replications; results have N numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

CONFIDENCE_TAIL = 0.975  # two-sided 95 %
PREDICTION_TAIL = 0.95  # two-sided 90 %
RULE_OF_THREE = 3.0  # -ln(0.05): the 95 % upper bound of a Poisson mean of which no event was seen
RESAMPLES = 2000
BOOTSTRAP_KEY = 20_140_329  # any fixed number: the resamples are the same in every study
ROWS_AT_A_TIME = 1000  # x RESAMPLES x 8 bytes = 16 MB


@dataclass(frozen=True)
class Estimate:
    """N estimates; an interval is NaN where it cannot be given (fewer than two replications)."""

    mean: Numbers
    low: Numbers
    high: Numbers
    replications: NDArray[np.intp]


def ratio(numerators: Numbers, denominators: Numbers) -> Estimate:
    """Ratio of sums over replications with a jackknifed t interval."""
    used = denominators > 0
    n = used.sum(axis=1)
    top, bottom = np.where(used, numerators, 0.0), np.where(used, denominators, 0.0)
    value = divide(top.sum(axis=1), bottom.sum(axis=1))
    return _around(value, jackknife_error(leave_one_out(top, bottom), used), n)


def mean(values: Numbers) -> Estimate:
    """Mean over replications with Student's t interval; a replication without a value (NaN) is left out."""
    used = ~np.isnan(values)
    n = used.sum(axis=1)
    value = divide(np.where(used, values, 0.0).sum(axis=1), n)
    return _around(value, divide(spread(values), np.sqrt(n)), n)


def percentile(values: Numbers) -> Estimate:
    """Mean over replications with a bootstrap percentile interval; a replication without a value (NaN) is left out."""
    used = ~np.isnan(values)
    n = used.sum(axis=1)
    value = divide(np.where(used, values, 0.0).sum(axis=1), n)
    low, high = np.full(len(values), np.nan), np.full(len(values), np.nan)
    for pattern in np.unique(used, axis=0):
        if pattern.sum() < 2:
            continue
        rows = np.flatnonzero((used == pattern).all(axis=1))
        for start in range(0, len(rows), ROWS_AT_A_TIME):
            some = rows[start : start + ROWS_AT_A_TIME]
            low[some], high[some] = _bootstrap(values[some][:, pattern])
    return Estimate(value, low, high, n)


def predict(values: Numbers) -> tuple[Numbers, Numbers]:
    """90 % prediction interval of one more replication: mean -+ t s sqrt(1 + 1/n)."""
    n = (~np.isnan(values)).sum(axis=1)
    centre = divide(np.nansum(values, axis=1), n)
    half = t_quantile(PREDICTION_TAIL, n) * spread(values) * np.sqrt(1.0 + divide(np.ones(len(n)), n))
    return centre - half, centre + half


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
    quantiles = np.full(len(n), np.nan)
    enough = n >= 2
    quantiles[enough] = stdtrit(n[enough] - 1.0, tail)
    return quantiles


def divide(top: Numbers | NDArray[np.intp], bottom: Numbers | NDArray[np.intp]) -> Numbers:
    """top / bottom, NaN where the bottom is not above 0."""
    top, bottom = np.broadcast_arrays(np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64))
    return np.asarray(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0))


def _around(value: Numbers, error: Numbers, n: NDArray[np.intp]) -> Estimate:
    half = t_quantile(CONFIDENCE_TAIL, n) * error
    return Estimate(value, value - half, value + half, n)


def _bootstrap(values: Numbers) -> tuple[Numbers, Numbers]:
    """Percentile interval of the mean of complete rows, shape (N, n)."""
    n = values.shape[1]
    drawn = np.random.default_rng([BOOTSTRAP_KEY, n]).integers(0, n, size=(RESAMPLES, n))
    weights = np.apply_along_axis(np.bincount, 1, drawn, minlength=n) / n
    means = values @ weights.T
    low, high = np.quantile(means, (1.0 - CONFIDENCE_TAIL, CONFIDENCE_TAIL), axis=1)
    return low, high
