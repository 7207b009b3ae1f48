"""Rows of the tables as the report reads them: a figure, a difference, and posts of a role."""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.measures.verdicts import CLAIMS, NOT_DECIDED, VERDICTS


class Estimate(NamedTuple):
    """One row of the summary: a mean, its 95 % interval and the 90 % interval of one period like the measured one.

    n: how many it is over, where a scenario decides that; nan elsewhere.
    """

    mean: float
    ci_low: float
    ci_high: float
    pi_low: float
    pi_high: float
    events: float
    n: float = math.nan

    @property
    def known(self) -> bool:
        """False where nothing was counted over, so that there is no figure."""
        return not math.isnan(self.mean)

    @property
    def has_interval(self) -> bool:
        """False for a single replication."""
        return not (math.isnan(self.ci_low) or math.isnan(self.ci_high))


class Difference(NamedTuple):
    """One row of the comparison: scenario minus baseline on the same families, its 95 % interval and its verdict."""

    difference: float
    ci_low: float
    ci_high: float
    verdict: str

    @property
    def known(self) -> bool:
        """False where one of the two scenarios has no figure."""
        return not math.isnan(self.difference)

    @property
    def direction(self) -> str:
        """What may be claimed: ``lower``, ``higher``, ``no_figure`` or the verdict where it says neither side."""
        if not self.known:
            return "no_figure"
        if self.verdict in VERDICTS and self.verdict not in CLAIMS:
            return self.verdict
        # A measure without a better side has no verdict word of its own: then the interval alone decides.
        if self.verdict not in CLAIMS and not (self.ci_low > 0 or self.ci_high < 0):
            return NOT_DECIDED
        return "lower" if self.difference < 0 else "higher"


UNKNOWN = Estimate(*[math.nan] * 6)


class Posts(NamedTuple):
    """Posts of a role: that exist, of these filled, that the rotas of a scenario are written for, and to create."""

    role: str
    exist: int
    filled: int
    needed: int
    create: int
