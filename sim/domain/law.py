"""Probability laws by name, given by mean and spread, sampled elsewhere by inversion."""

from __future__ import annotations

from dataclasses import dataclass

LAW_KINDS = ("exponential", "fixed", "lognormal", "gamma", "weibull", "infinite", "none")


@dataclass(frozen=True, slots=True)
class Law:
    """A law of a duration: kind (a word of LAW_KINDS), mean in hours, and one shape number.

    ``cv`` is the coefficient of variation of a lognormal; ``shape`` that of a gamma or Weibull.
    ``infinite`` never ends; ``none`` is a duration of zero.
    """

    kind: str
    mean: float = 0.0
    cv: float = 0.0
    shape: float = 1.0
