"""The ratio of two paired means with its interval.

Source: Fieller 1954, J R Stat Soc B 16:175. Both are measured in the same replications, so what they have to do with
each other is kept; where the lower one may be nought, there is no interval and nothing is decided.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.experiment.estimate import CONFIDENCE_TAIL, Numbers, t_quantile


class Ratio(NamedTuple):
    """A ratio with its 95 % interval; all NaN where its lower part is not decided."""

    value: float
    low: float
    high: float


UNDECIDED = Ratio(math.nan, math.nan, math.nan)


def fieller(top: Numbers, bottom: Numbers) -> Ratio:
    """mean(top) / mean(bottom) over replications, pairs without a value left out; UNDECIDED under two pairs."""
    both = ~np.isnan(top) & ~np.isnan(bottom)
    top, bottom, n = top[both], bottom[both], int(both.sum())
    if n < 2:
        return UNDECIDED
    t = float(t_quantile(CONFIDENCE_TAIL, np.array([n]))[0])
    (var_top, between), (_, var_bottom) = np.cov(np.stack([top, bottom])) / n
    over, under = float(top.mean()), float(bottom.mean())
    wide = t * t * var_bottom / (under * under) if under else math.inf
    if wide >= 1:
        return UNDECIDED
    value = over / under
    centre = value - (wide * between / var_bottom if var_bottom > 0 else 0.0)
    inner = var_top - 2 * value * between + value * value * var_bottom
    if var_bottom > 0:
        inner -= wide * (var_top - between * between / var_bottom)
    half = t / abs(under) * math.sqrt(max(inner, 0.0))
    return Ratio(value, float(centre - half) / (1 - wide), float(centre + half) / (1 - wide))
