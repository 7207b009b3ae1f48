"""What it would be worth to know more before deciding: the value of information, from draws of what is not known.

A decision takes the choice that is worth most on average. Knowing everything, each draw would have its own best choice
(EVPI); knowing some unknowns, the best choice would follow the curve over these (EVPPI). A curve through noise finds
something too: what is not above the largest that unknowns in another order give is no finding.

Source: Strong, Oakley and Brennan 2014, Med Decis Making 34:311 (EVPPI by regression); Westfall and Young 1993,
Resampling-Based Multiple Testing (the largest of k under permutation).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiment.smooth import Curve

Numbers = NDArray[np.float64]

RESAMPLES = 200  # of the draws, for an interval
PERMUTATIONS, MOST_PERMUTATIONS = 200, 1000  # for the border of noise; more, where it lies far out
TAIL = 0.95  # of the largest that noise gives
ENDS = (0.025, 0.975)
KEY = 17_112_027  # any fixed number: the same draws have the same intervals


class Worth(NamedTuple):
    """A value of information with its 95 % interval, and the largest that noise gives."""

    value: float
    low: float
    high: float
    floor: float

    def at_most(self, value: float, high: float) -> Worth:
        """The same where perfect information is worth no more than a value, with an interval up to ``high``."""
        return Worth(min(self.value, value), min(self.low, value), min(self.high, high), self.floor)

    @property
    def above_noise(self) -> bool:
        """Whether it is more than noise gives."""
        return self.value > self.floor


def best_on_average(gains: Numbers) -> float:
    """What deciding now is worth beyond the first choice. gains: (choices - 1, n), each beyond the first choice."""
    return float(max(gains.mean(axis=1).max(), 0.0))


def known(gains: Numbers) -> float:
    """What is gained on average by taking in every draw the choice that is best there. gains: as above."""
    return float(_known(gains[:, None, :])[0])


def perfect(gains: Numbers) -> tuple[float, float, float]:
    """EVPI with its 95 % interval by resampling draws. gains: (choices - 1, n), chance taken out."""
    counts = _counts(gains.shape[1])
    each = counts @ np.maximum(gains.max(axis=0), 0.0) / gains.shape[1]
    now = np.maximum((gains @ counts.T / gains.shape[1]).max(axis=0), 0.0)
    low, high = np.quantile(np.maximum(each - now, 0.0), ENDS)
    return known(gains), float(low), float(high)


def partial(gains: Numbers, curves: Mapping[str, Curve], alike: bool = True) -> dict[str, Worth]:
    """EVPPI of each unknown, or group of them, with interval and border of noise.

    gains: (choices - 1, n), each choice's worth beyond the first's in n draws. alike: curves as supple as each other,
    whose border is that of the largest of all; else each has its own, as far out as their number asks.
    """
    floor = noise(gains, curves) if alike else 0.0
    return {
        name: Worth(
            _of(gains, curve),
            *_interval(gains, curve),
            floor if alike else noise(gains, {name: curve}, beside=len(curves)),
        )
        for name, curve in curves.items()
    }


def noise(gains: Numbers, curves: Mapping[str, Curve], beside: int = 1) -> float:
    """The largest EVPPI that draws in another order give, in all but 5 % of orders.

    beside: of as many questions that have a border of their own (Bonferroni).
    """
    n, many = gains.shape[1], min(PERMUTATIONS * beside, MOST_PERMUTATIONS)
    orders = np.random.default_rng([KEY, n, 1]).permuted(np.tile(np.arange(n), (many, 1)), axis=1)
    mixed = gains[:, orders]  # (choices - 1, permutations, n): choices stay together
    largest = np.zeros(many)
    for curve in curves.values():
        largest = np.maximum(largest, _known(curve.fitted(mixed)))
    return float(np.quantile(largest, 1 - (1 - TAIL) / beside))


def probability_best(gains: Numbers) -> Numbers:
    """In how many of the draws each choice, the first included, is worth most: (choices,), adding up to 1."""
    best = np.vstack([np.zeros(gains.shape[1]), gains]).argmax(axis=0)
    return np.asarray(np.bincount(best, minlength=len(gains) + 1) / gains.shape[1])


def _of(gains: Numbers, curve: Curve) -> float:
    return float(_known(curve.fitted(gains)[:, None, :])[0])


def _known(fitted: Numbers) -> Numbers:
    """(choices - 1, many, n) -> (many,): the mean of the best in each draw, less the best on average."""
    each = np.maximum(fitted.max(axis=0), 0.0).mean(axis=-1)
    return np.asarray(np.maximum(each - np.maximum(fitted.mean(axis=-1).max(axis=0), 0.0), 0.0))


def _interval(gains: Numbers, curve: Curve) -> tuple[float, float]:
    """95 % interval by resampling draws, the curve fitted anew to each sample."""
    n = gains.shape[1]
    counts = _counts(n)
    fitted = np.array([curve.refitted(one, counts) for one in gains])  # (choices - 1, b, n)
    each = (counts * np.maximum(fitted.max(axis=0), 0.0)).sum(axis=1) / n
    now = np.maximum(((counts * fitted).sum(axis=2) / n).max(axis=0), 0.0)
    low, high = np.quantile(np.maximum(each - now, 0.0), ENDS)
    return float(low), float(high)


def _counts(n: int) -> Numbers:
    """How often each draw is in each sample."""
    return np.random.default_rng([KEY, n]).multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(np.float64)
