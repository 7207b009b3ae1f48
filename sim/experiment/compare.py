"""Paired differences against the baseline, and what they say.

Replication r of every scenario meets the same families, so differences are taken replication by replication, with the
jackknife of the difference of ratios or Student's t of the differences. Two figures that are skewed have a skewed
difference: its ends are never nearer than what the intervals of both figures and their correlation give (Donner and Zou
2012, Stat Methods Med Res 21:347). What is the same in every replication is not certain for that (``same_in_all``), and
what fewer than five replications know on both sides is not decided.
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
FEWEST_OF_VARIANCE = 10  # replications with both, under which a ratio of variances is not told
FEWEST = 5  # replications with data on both sides, under which nothing is decided
NO_SPREAD = 1e-12  # of the variance of independent runs: rounding, not chance
ROUNDING = 1e-6  # of a figure, and NO_SPREAD of its square

Pair = tuple[Numbers, Numbers]
WORDS = np.array(["", BETTER, WORSE, NO_MATERIAL_DIFFERENCE, NOT_DECIDED])


def ratio_difference(base: Pair, other: Pair, most: Numbers | float = np.inf) -> Estimate:
    """Difference of two ratios of sums, other - base, each given as (numerators, denominators) of shape (N, R).

    most: what a ratio can be at most. replications: those with data on both sides.
    """
    known = [side[1] > 0 for side in (base, other)]
    sides = [estimate.ratio(*side, most) for side in (base, other)]
    left_out = [
        estimate.leave_one_out(*(np.where(there, part, 0.0) for part in side))
        for there, side in zip(known, (base, other), strict=True)
    ]
    either = known[0] | known[1]
    each = [estimate.jackknife_error(left, either) for left in left_out]
    error = estimate.jackknife_error(left_out[1] - left_out[0], either)
    return _paired(sides, each, error, (known[0] & known[1]).sum(axis=1))


def level_difference(base: Numbers, other: Numbers, most: Numbers | float = np.inf) -> Estimate:
    """Mean difference of values of shape (N, R) that are never under 0; pairs that lack a side are left out."""
    both = ~np.isnan(base) & ~np.isnan(other)
    values = [np.where(both, side, np.nan) for side in (base, other)]
    n = both.sum(axis=1)
    each = [estimate.divide(estimate.spread(side), np.sqrt(n)) for side in values]
    error = estimate.divide(estimate.spread(values[1] - values[0]), np.sqrt(n))
    return _paired([estimate.level(side, most) for side in values], each, error, n)


def _paired(sides: list[Estimate], each: list[Numbers], error: Numbers, n: NDArray[np.intp]) -> Estimate:
    """The difference of two estimates with their standard errors and that of the difference."""
    base, other = sides
    value = other.mean - base.mean
    half = estimate.t_quantile(estimate.CONFIDENCE_TAIL, n) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        together = np.clip((each[0] ** 2 + each[1] ** 2 - error**2) / (2 * each[0] * each[1]), -1.0, 1.0)
    together = np.where(each[0] * each[1] > 0, together, 0.0)
    down = _recovered(other.mean - other.low, base.high - base.mean, together)
    up = _recovered(other.high - other.mean, base.mean - base.low, together)
    independent = each[0] ** 2 + each[1] ** 2 + (other.mean * ROUNDING) ** 2 + (base.mean * ROUNDING) ** 2
    varies = error**2 > NO_SPREAD * independent
    down, up = (np.where(varies, np.fmax(arm, half), half * 0.0) for arm in (down, up))
    return Estimate(value, value - down, value + up, n)


def _recovered(one: Numbers, other: Numbers, together: Numbers) -> Numbers:
    """The arm of a difference from the arms of both figures that lead there."""
    return np.sqrt(np.maximum(one**2 + other**2 - 2 * together * one * other, 0.0))


def same_in_all(found: Estimate, units: Numbers, most: Numbers, paper: Flags) -> tuple[Estimate, Numbers]:
    """Differences without spread as far as they are known, and the number of units each of those rests on (else NaN).

    units: independent ones that were seen, families or replications. paper: what follows from rotas and prices alone
    is certain. Of a share (``most`` 1) no more units may differ from the rest than so many allow, each by up to the
    whole range; anything else that is the same in every replication has no interval.
    """
    same = (found.high <= found.low) & ~paper
    half = np.where(np.isinf(most), np.nan, estimate.bound(units) * (1.0 + np.abs(found.mean)))
    low, high = np.where(same, found.mean - half, found.low), np.where(same, found.mean + half, found.high)
    rests = np.where(same & ~np.isinf(most), units, np.nan)
    return Estimate(found.mean, low, high, found.replications), rests


@dataclass(frozen=True)
class Judged:
    """Simultaneous intervals, Holm's p-values, sizes of families and verdicts of N comparisons.

    p: 0 where both scenarios agree on paper; NaN without an interval, and family 0 there.
    """

    low: Numbers
    high: Numbers
    p: Numbers
    family: NDArray[np.intp]
    verdict: NDArray[np.str_]


def judge(
    difference: Estimate, zone: Numbers, better: NDArray[np.str_], groups: NDArray[np.str_],
    rests: Numbers | None = None, tossed: Flags | None = None,
) -> Judged:  # fmt: skip
    """The verdict on each of N differences, adjusted over all those of the same group.

    zone: half-width in the measure's unit of what nobody would act on, 0 where none is declared.
    better: ``lower``, ``higher`` or empty; a measure without a better side gets no verdict.
    rests: the units that a difference without spread rests on (``same_in_all``), NaN of any other.
    tossed: differences of so few calls that a p-value is never under what as many tossed coins could give.
    A family counts what has an interval and may differ: what agrees on paper needs no test.
    """
    rests = np.full(len(zone), np.nan) if rests is None else rests
    p = one_by_one(difference, zone, rests, np.zeros(len(zone), dtype=bool) if tossed is None else tossed)
    tested = ~np.isnan(p) & (difference.high > difference.low)
    adjusted, family = p.copy(), np.zeros(len(p), dtype=np.intp)
    for group in np.unique(groups[tested]):
        rows = np.flatnonzero(tested & (groups == group))
        adjusted[rows], family[rows] = holm(p[rows]), len(rows)
    low, high = _simultaneous(difference, family, rests)
    return Judged(low, high, adjusted, family, _words(difference.mean, adjusted, zone, better))


def one_by_one(difference: Estimate, zone: Numbers, rests: Numbers, tossed: Flags) -> Numbers:
    """For each difference by itself, 1 - the highest confidence at which its whole interval is on one side or inside.

    The sides are: below -zone, within +-zone, above zone. p <= 0.05 where the 95 % interval lies wholly in one of them.
    1 where fewer than five replications have data on both sides. tossed: never under 1 in 2^(n - 1), for the sign of a
    few calls may be the same in all n replications by chance, and Student's t knows no such law.
    """
    up, down = difference.high - difference.mean, difference.mean - difference.low
    mean, n = difference.mean, difference.replications
    above, below = _two_sided(mean - zone, down, n), _two_sided(-zone - mean, up, n)
    inside = np.fmax(_two_sided(zone - mean, up, n), _two_sided(mean + zone, down, n))
    found = np.select([mean > zone, mean < -zone], [above, below], default=inside)
    varies = difference.high > difference.low
    least = np.where(tossed, 0.5 ** np.maximum(n - 1.0, 0.0), 0.0)
    found = np.where(varies, np.where(n < FEWEST, 1.0, np.fmax(found, least)), found)
    room = np.abs(np.abs(mean) - zone) / (1.0 + np.abs(mean))
    bounded = np.clip(1.0 - room, 0.0, 1.0) ** np.nan_to_num(rests)
    return np.where(np.isnan(up) | np.isnan(down), np.nan, np.where(np.isnan(rests), found, bounded))


def holm(p: Numbers) -> Numbers:
    """Holm's adjusted p-values of one family."""
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted


def ratio_pairing(base: Pair, other: Pair) -> tuple[Numbers, Numbers, Numbers]:
    """Variance of a difference of ratios with independent families over that with the same ones, and its 95 % interval;
    NaN without spread, or from fewer than ten replications that have both: variances take many to be told."""
    used = (base[1] > 0) & (other[1] > 0)
    values = []
    for side in (base, other):
        top, bottom = (np.where(used, part, 0.0) for part in side)
        whole = estimate.divide(top.sum(axis=1), bottom.sum(axis=1))[:, None]
        n = used.sum(axis=1, keepdims=True)
        left = estimate.leave_one_out(top, bottom)
        values.append(np.where(used, n * whole - (n - 1) * left, np.nan))  # pseudo-values of the jackknife
    return value_pairing(*values)


def value_pairing(base: Numbers, other: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The same of values, shape (N, R). The interval: jackknife of the logarithm of the ratio, Student's t."""
    both = ~np.isnan(base) & ~np.isnan(other)
    one, two = (np.where(both, side, np.nan) for side in (base, other))
    n = both.sum(axis=1)
    value = _pairing(*(estimate.spread(values) ** 2 for values in (one, two, two - one)))
    value = np.where(n < FEWEST_OF_VARIANCE, np.nan, value)
    left = _pairing(*(_left_variances(values) for values in (one, two, two - one)))
    with np.errstate(divide="ignore", invalid="ignore"):
        error = estimate.jackknife_error(np.log(left), both)
        wider = np.exp(estimate.t_quantile(estimate.CONFIDENCE_TAIL, n) * error)
    return value, value / wider, value * wider


def _left_variances(values: Numbers) -> Numbers:
    """The variance of each row without each of its values in turn, shape (N, R)."""
    n = (~np.isnan(values)).sum(axis=1, keepdims=True)
    away = values - estimate.divide(np.nansum(values, axis=1), n[:, 0])[:, None]
    squares = np.nansum(away**2, axis=1, keepdims=True)
    left = np.maximum(squares - away**2 * estimate.divide(n, n - 1.0), 0.0)
    return np.asarray(left / np.maximum(n - 2.0, 1.0))


def _pairing(base: Numbers, other: Numbers, paired: Numbers) -> Numbers:
    independent = base + other
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


def _simultaneous(difference: Estimate, family: NDArray[np.intp], rests: Numbers) -> tuple[Numbers, Numbers]:
    """Each interval made as much wider as its family is large (Bonferroni)."""
    n, wider = difference.replications, np.ones(len(family))
    for size in np.unique(family[family > 1]):
        rows = family == size
        with np.errstate(invalid="ignore"):
            t = estimate.t_quantile(1 - ALPHA / size / 2, n[rows]) / estimate.t_quantile(1 - ALPHA / 2, n[rows])
            bound = estimate.bound(rests[rows], 1 - ALPHA / size) / estimate.bound(rests[rows])
        wider[rows] = np.where(np.isnan(rests[rows]), t, bound)
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
