"""Solving for p0: what goodwill makes possible, so that as many children die outside hospital as do today.

The same families meet every p0, and a family that is offered home at one p0 is offered it at every higher one, so the
share rises smoothly and a few paired evaluations suffice.
Source of the target: NCMD thematic report on life-limiting conditions, July 2025: 77 % die in hospital.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.experiment import estimate
from sim.experiment.execute import Progress, run_units
from sim.experiment.replicate import unit
from sim.experiment.search import crossings
from sim.experiment.units import Unit, units
from sim.measures.rows import Row

MEASURE = "died_outside_hospital_share"
FIRST, SECOND = 0.5, 0.9  # where the search begins
EVALUATIONS = 6
CLOSE_ENOUGH = 1e-4  # of the share; far inside its interval


@dataclass(frozen=True)
class Tried:
    """One p0 with the share who died outside hospital and its 95 % interval."""

    p0: float
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Solved:
    """The p0 that gives the target, its 95 % interval, and everything that was tried on the way."""

    target: float
    p0: float
    low: float
    high: float
    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class _DiedOutside:
    """The work: one replication of the scenario, only the share who died outside hospital."""

    scenario: Scenario
    seed: int

    def __call__(self, one: Unit) -> list[Row]:
        rows = unit(self.scenario, self.seed, one.replication)
        return [row for row in rows if row.measure == MEASURE and row.group == "england"]


def solve_p0(
    scenario: Scenario, seed: int, replications: int, workers: int, target: float, progress: Progress | None = None
) -> Solved:  # fmt: skip
    """The p0 at which a share ``target`` of children die outside hospital, after admissions without return.

    The interval is that of the share at the solution, divided by the slope. Raises BadInput if no p0 gives the target.
    """

    def at(p0: float) -> Tried:
        place = replace(scenario.place, p0=p0)
        work = _DiedOutside(replace(scenario, place=place), seed)
        rows = [row for _, found in run_units(units(1, replications), work, workers, progress) for row in found]
        top, bottom = (np.array([[getattr(row, name) for row in rows]]) for name in ("numerator", "denominator"))
        found = estimate.ratio(top, bottom)
        return Tried(p0, float(found.mean[0]), float(found.low[0]), float(found.high[0]))

    return search(at, target)


def search(at: Callable[[float], Tried], target: float) -> Solved:
    """Regula falsi on a share that rises with p0, in steps where few children die.

    Raises BadInput if no p0 between 0 and 1 gives the target, or if no child died at all.
    """
    tried = [at(FIRST), at(SECOND)]
    if np.isnan(tried[0].share):
        raise BadInput("p0: no child died in the measured weeks; ask for more weeks, areas or replications")
    while len(tried) < EVALUATIONS and abs(_best(tried, target).share - target) > CLOSE_ENOUGH:
        p0 = _next(tried, target)
        if any(one.p0 == p0 for one in tried):
            break
        tried.append(at(p0))
    p0, best = _next(tried, target), _best(tried, target)
    if p0 in (0.0, 1.0):  # every try lies on one side of the target
        if abs(best.share - target) > CLOSE_ENOUGH:
            ends = f"p0 = {p0:g} gives {tried[-1].share:.4f}"
            raise BadInput(f"target = {target:g}: no p0 between 0 and 1 gives it ({ends}); choose another target")
        p0 = best.p0
    low, high = _interval(p0, best, _slope(tried))
    return Solved(target, p0, low, high, tuple(tried))


def _best(tried: Sequence[Tried], target: float) -> Tried:
    return min(tried, key=lambda one: abs(one.share - target))


def _next(tried: Sequence[Tried], target: float) -> float:
    """Where the line between the nearest tries below and above reaches the target; an end if all are on one side."""
    there = crossings([(one.p0, one.share) for one in tried], target)
    return there[0] if there else 0.0 if tried[0].share >= target else 1.0


def _interval(p0: float, best: Tried, slope: float) -> tuple[float, float]:
    """The interval of the share, as p0 along the slope; a probability is nowhere outside 0 to 1."""
    if slope <= 0 or np.isnan(best.low):
        return 0.0, 1.0
    return max(p0 - (best.high - best.share) / slope, 0.0), min(p0 + (best.share - best.low) / slope, 1.0)


def _slope(tried: Sequence[Tried]) -> float:
    low, high = min(tried, key=lambda one: one.p0), max(tried, key=lambda one: one.p0)
    return (high.share - low.share) / (high.p0 - low.p0)
