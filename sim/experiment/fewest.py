"""The fewest seats of a pool that hold a target, from runs on the same families."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.experiment.estimate import Numbers
from sim.experiment.figures import estimated
from sim.measures.catalogue import Measure

HOLDS, MISSES, NOT_DECIDED = "holds", "misses", "not_decided"


@dataclass(frozen=True)
class Held:
    """What a number of seats comes to: the figure with its 95 % interval, and whether the target is held."""

    seats: int
    mean: float
    low: float
    high: float
    verdict: str


def judged(seats: int, measure: Measure, target: float, figures: tuple[Numbers, Numbers]) -> Held:
    """The whole interval on the good side of the target: holds; on the other: misses; else not decided."""
    found = estimated([measure], *figures)
    mean, low, high = float(found.mean[0]), float(found.low[0]), float(found.high[0])
    good, bad = (high <= target, low > target) if measure.better == "lower" else (low >= target, high < target)
    return Held(seats, mean, low, high, HOLDS if good else MISSES if bad else NOT_DECIDED)


def fewest(at: Callable[[int], Held], most: int) -> list[Held]:
    """Numbers of seats that were looked at, in order; the fewest that hold is among them if any up to ``most`` does.

    at: simulates a number of seats. More seats hold whatever fewer do, in expectation: seats are doubled until the
    target is held, then halved in between.
    """
    tried: dict[int, Held] = {}

    def holds(seats: int) -> bool:
        if seats not in tried:
            tried[seats] = at(seats)
        return tried[seats].verdict == HOLDS

    low, high = 0, 1
    while not holds(high) and high < most:
        low, high = high, min(2 * high, most)
    while tried[high].verdict == HOLDS and high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return [tried[seats] for seats in sorted(tried)]
