"""How many replications are enough: until every headline measure is known as well as was asked, and stays so.

Source: Hoad, Robinson and Davies 2010, J Oper Res Soc 61:1632 (relative half-width after each replication, with a
look-ahead of 5 because an early interval can be narrow by luck).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.experiment import estimate
from sim.experiment.estimate import Numbers
from sim.experiment.figures import estimated, most_of
from sim.experiment.independent import counts_families
from sim.measures.catalogue import CATALOGUE
from sim.measures.headlines import names

ENGLAND = ("england", "England")
FEWEST = 3  # replications before the first look, as in the source
LOOK_AHEAD = 5


@dataclass(frozen=True)
class Sums:
    """Numerators and denominators of one headline measure in one scenario, by replication; shape (R,)."""

    measure: str
    scenario: str
    top: Numbers
    bottom: Numbers


@dataclass(frozen=True)
class Precision:
    """What was asked and what came of it. wide: (measure, scenario, half-width / mean) of those not precise enough.

    limit: ``max_replications`` or ``max_minutes`` when it ended the search, else empty.
    """

    asked: float
    replications: int
    wide: tuple[tuple[str, str, float], ...]
    limit: str = ""

    @property
    def reached(self) -> bool:
        """Whether every headline measure is as precise as asked, and stayed so for five replications."""
        return not self.limit

    def word(self, scenario: str, measure: str, group: str, level: str) -> str:
        """``reached`` or ``not_reached`` for a headline measure, else empty."""
        if measure not in names("precision") or (group, level) != ENGLAND:
            return ""
        return "not_reached" if any((measure, scenario) == one[:2] for one in self.wide) else "reached"

    def line(self) -> str:
        """What came of it, in a sentence."""
        if self.reached:
            return f"precision {percent(self.asked)} reached after {self.replications} replications"
        width = max((one[2] for one in self.wide), default=math.inf)
        title = next((CATALOGUE[one[0]].title for one in self.wide if one[2] == width), "")
        said = f", the widest {title} at {percent(round(width, 3))}" if math.isfinite(width) else ""
        return (
            f"precision {percent(self.asked)} not reached within {self.limit} ({self.replications} replications{said})"
        )


def percent(share: float) -> str:
    """A share as a person reads it: 5 %."""
    return f"{share * 100:g} %"


def enough(sums: list[Sums], asked: float, zones: Mapping[str, float]) -> int | None:
    """The first number of replications after which the precision has been there for six looks in a row, or None."""
    most = len(sums[0].top) if sums else 0
    run = 0
    for n in range(FEWEST, most + 1):
        run = 0 if too_wide(sums, n, asked, zones) else run + 1
        if run > LOOK_AHEAD:
            return n
    return None


def too_wide(sums: list[Sums], n: int, asked: float, zones: Mapping[str, float]) -> tuple[tuple[str, str, float], ...]:
    """(measure, scenario, half-width / mean) of what the first n replications do not tell precisely enough.

    Near zero a relative precision has no end: there the half-width is held against the indifference zone instead.
    """
    found = []
    for one in sums:
        mean, half = _interval(one, n, sums)
        near_zero = zones.get(CATALOGUE[one.measure].zone, 0.0)
        if not half <= asked * max(abs(mean), near_zero):
            found.append((one.measure, one.scenario, half / abs(mean) if mean else math.inf))
    return tuple(found)


def next_look(sums: list[Sums], n: int, asked: float, most: int) -> int:
    """How many replications to have before the next look: as the widths so far suggest, at most twice as many."""
    widest = max(
        (half / abs(mean) for mean, half in (_interval(one, len(one.top), sums) for one in sums) if mean), default=1.0
    )
    needed = math.ceil(n * (widest / asked) ** 2) if math.isfinite(widest) else 2 * n
    return min(most, max(n + LOOK_AHEAD, min(2 * n, needed + LOOK_AHEAD)))


def _interval(one: Sums, n: int, sums: list[Sums]) -> tuple[float, float]:
    """Mean and half-width of the 95 % interval of the first n replications; where nothing or everything was seen, the
    bound from the families of the scenario, or from its replications where no headline counts families."""
    top, bottom = one.top[None, :n], one.bottom[None, :n]
    found = estimated([CATALOGUE[one.measure]], top, bottom)
    mean, half = float(found.mean[0]), float(found.high[0] - found.low[0]) / 2
    if mean in (0.0, float(most_of([CATALOGUE[one.measure]])[0])):
        families = [of.bottom[:n] for of in sums if of.scenario == one.scenario and counts_families(of.measure)]
        half = float(estimate.bound(np.array([np.nansum(families[0]) if families else float(n)]))[0])
    return mean, half
