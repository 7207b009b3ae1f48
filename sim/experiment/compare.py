"""Paired differences against the baseline, and what they say.

Replication r of every scenario meets the same families, so differences are taken replication by replication:
a ratio by the jackknife of the difference of ratios, a mean by the paired t, a percentile by the paired bootstrap.
Verdicts here look at one measure at a time; they are not adjusted for the number of measures compared.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.experiment import estimate
from sim.experiment.estimate import Estimate, Numbers

BETTER, WORSE = "better", "worse"
NO_MATERIAL_DIFFERENCE = "no_material_difference"
NOT_DECIDED = "not_decided"

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


def verdicts(difference: Estimate, zone: Numbers, better: NDArray[np.str_]) -> NDArray[np.str_]:
    """One word for each difference.

    zone: half-width in the measure's unit of what nobody would act on, 0 where none is declared.
    better: ``lower``, ``higher`` or empty; a measure without a better side gets no verdict.
    * the whole interval inside the zone: no_material_difference
    * the whole interval beyond the zone on one side: better or worse
    * anything else, and any difference without an interval: not_decided
    """
    inside = (difference.low >= -zone) & (difference.high <= zone)
    up, down = difference.low > zone, difference.high < -zone
    lower_is_better = better == "lower"
    code = np.select(
        [better == "", inside, np.where(lower_is_better, down, up), np.where(lower_is_better, up, down)],
        [0, 3, 1, 2],
        default=4,
    )
    return WORDS[code]
