"""Paired differences against the baseline, and what they say.

Replication r of every scenario meets the same families, so differences are taken replication by replication:
a ratio by the jackknife of the difference of ratios, a mean by the paired t, a percentile by the paired bootstrap.
Verdicts hold together: over a family of comparisons that are read side by side, the chance that any of them claims
what is not so is 5 % (Holm 1979, Scand J Stat 6:65). Intervals of a family are simultaneous (Bonferroni).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from sim.experiment import estimate
from sim.experiment.estimate import Estimate, Flags, Numbers
from sim.measures.verdicts import BETTER, NO_MATERIAL_DIFFERENCE, NOT_DECIDED, WORSE

ALPHA = 2 * (1 - estimate.CONFIDENCE_TAIL)  # that any verdict of a family is wrong
NO_SPREAD = 1e-12  # of the variance of independent runs: rounding, not chance

WORDS = np.array(["", BETTER, WORSE, NO_MATERIAL_DIFFERENCE, NOT_DECIDED])


def ratio_difference(base: tuple[Numbers, Numbers], other: tuple[Numbers, Numbers]) -> Estimate:
    """Difference of two ratios of sums, other - base, each given as (numerators, denominators) of shape (N, R).

    Both zero: the interval is the rule of three on the smaller of the two denominators, either way.
    """
    used = (base[1] > 0) | (other[1] > 0)
    sums, left_out = [], []
    for numerators, denominators in (base, other):
        known = denominators > 0
        top, bottom = np.where(known, numerators, 0.0), np.where(known, denominators, 0.0)
        sums.append((top.sum(axis=1), bottom.sum(axis=1)))
        left_out.append(estimate.leave_one_out(top, bottom))
    n = used.sum(axis=1)
    value = estimate.divide(*sums[1]) - estimate.divide(*sums[0])
    error = estimate.jackknife_error(left_out[1] - left_out[0], used)
    half = estimate.t_quantile(estimate.CONFIDENCE_TAIL, n) * error
    nothing_seen = (sums[0][0] == 0) & (sums[1][0] == 0) & (n >= 2)
    bound = estimate.divide(np.full(len(n), estimate.RULE_OF_THREE), np.minimum(sums[0][1], sums[1][1]))
    half = np.where(nothing_seen, bound, half)
    return Estimate(value, value - half, value + half, n)


def mean_difference(base: Numbers, other: Numbers) -> Estimate:
    """Paired t of values of shape (N, R); a replication that lacks one side is left out."""
    return estimate.mean(other - base)


def percentile_difference(base: Numbers, other: Numbers) -> Estimate:
    """Paired bootstrap of values of shape (N, R); a replication that lacks one side is left out."""
    return estimate.percentile(other - base)


@dataclass(frozen=True)
class Judged:
    """Simultaneous intervals, Holm's p-values, sizes of families and verdicts of N comparisons.

    p: 0 where both scenarios agree to the last digit in every replication; NaN without an interval. family: 0 there.
    """

    low: Numbers
    high: Numbers
    p: Numbers
    family: NDArray[np.intp]
    verdict: NDArray[np.str_]


def judge(
    difference: Estimate, zone: Numbers, better: NDArray[np.str_], groups: NDArray[np.str_], unseen: Flags | None = None
) -> Judged:  # fmt: skip
    """The verdict on each of N differences, adjusted over all those of the same group.

    zone: half-width in the measure's unit of what nobody would act on, 0 where none is declared.
    better: ``lower``, ``higher`` or empty; a measure without a better side gets no verdict.
    unseen: differences of shares of which nothing was seen on either side, whose interval is the rule of three.
    A family counts what has an interval and differs at all: what is equal in every replication needs no test.
    """
    unseen = np.zeros(len(zone), dtype=bool) if unseen is None else unseen
    p = one_by_one(difference, zone, unseen)
    tested = ~np.isnan(p) & (difference.high > difference.low)
    adjusted, family = p.copy(), np.zeros(len(p), dtype=np.intp)
    for group in np.unique(groups[tested]):
        rows = np.flatnonzero(tested & (groups == group))
        adjusted[rows], family[rows] = holm(p[rows]), len(rows)
    low, high = _simultaneous(difference, family, unseen)
    return Judged(low, high, adjusted, family, _words(difference.mean, adjusted, zone, better))


def one_by_one(difference: Estimate, zone: Numbers, unseen: Flags) -> Numbers:
    """For each difference by itself, 1 - the highest confidence at which its whole interval is on one side or inside.

    The sides are: below -zone, within +-zone, above zone. p <= 0.05 where the 95 % interval lies wholly in one of them.
    """
    up, down = difference.high - difference.mean, difference.mean - difference.low
    mean, n = difference.mean, difference.replications
    above, below = _two_sided(mean - zone, down, n), _two_sided(-zone - mean, up, n)
    inside = np.fmax(_two_sided(zone - mean, up, n), _two_sided(mean + zone, down, n))
    found = np.select([mean > zone, mean < -zone], [above, below], default=inside)
    with np.errstate(invalid="ignore"):
        bound = np.exp(-estimate.RULE_OF_THREE * estimate.divide(zone, up))
    return np.where(np.isnan(up) | np.isnan(down), np.nan, np.where(unseen, bound, found))


def holm(p: Numbers) -> Numbers:
    """Holm's adjusted p-values of one family."""
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted


def ratio_pairing(base: tuple[Numbers, Numbers], other: tuple[Numbers, Numbers]) -> Numbers:
    """Variance of a difference of ratios with independent families over that with the same ones; NaN without spread."""
    used = (base[1] > 0) & (other[1] > 0)
    left_out = [estimate.leave_one_out(*(np.where(used, part, 0.0) for part in side)) for side in (base, other)]
    each = [estimate.jackknife_error(side, used) ** 2 for side in left_out]
    return _pairing(each[0] + each[1], estimate.jackknife_error(left_out[1] - left_out[0], used) ** 2)


def value_pairing(base: Numbers, other: Numbers) -> Numbers:
    """The same of values, shape (N, R)."""
    both = ~np.isnan(base) & ~np.isnan(other)
    each = [estimate.spread(np.where(both, side, np.nan)) ** 2 for side in (base, other)]
    return _pairing(each[0] + each[1], estimate.spread(other - base) ** 2)


def _pairing(independent: Numbers, paired: Numbers) -> Numbers:
    return estimate.divide(independent, np.where(paired > NO_SPREAD * independent, paired, 0.0))


def _two_sided(distance: Numbers, arm: Numbers, n: NDArray[np.intp]) -> Numbers:
    """p of a border at a distance from the mean, when the 95 % interval reaches ``arm`` towards it."""
    known = (n >= 2) & ~np.isnan(arm)
    p = np.full(len(arm), np.nan)
    t = estimate.t_quantile(estimate.CONFIDENCE_TAIL, n)[known] * distance[known]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(arm[known] > 0, t / arm[known], np.where(distance[known] >= 0, np.inf, -np.inf))
    p[known] = np.minimum(2 * stdtr(n[known] - 1.0, -t), 1.0)
    return p


def _simultaneous(difference: Estimate, family: NDArray[np.intp], unseen: Flags) -> tuple[Numbers, Numbers]:
    """Each interval made as much wider as its family is large (Bonferroni)."""
    n, wider = difference.replications, np.ones(len(family))
    for size in np.unique(family[family > 1]):
        rows = family == size
        with np.errstate(invalid="ignore"):
            t = estimate.t_quantile(1 - ALPHA / size / 2, n[rows]) / estimate.t_quantile(1 - ALPHA / 2, n[rows])
        wider[rows] = np.where(unseen[rows], np.log(ALPHA / size) / np.log(ALPHA), t)
    mean = difference.mean
    return mean - (mean - difference.low) * wider, mean + (difference.high - mean) * wider


def _words(mean: Numbers, p: Numbers, zone: Numbers, better: NDArray[np.str_]) -> NDArray[np.str_]:
    """better, worse, no_material_difference or not_decided (p over 5 %, or none); nothing without a better side."""
    lower_is_better = better == "lower"
    up, down = mean > zone, mean < -zone
    code = np.select(
        [better == "", ~(p <= ALPHA + 1e-12), np.where(lower_is_better, down, up), np.where(lower_is_better, up, down)],
        [0, 4, 1, 2],
        default=3,
    )
    return np.asarray(WORDS[code])
