"""What it costs to close an uncovered child-night: pounds more than the baseline over nights that are closed.

Paired over replications on the same children: a difference of costs over a difference of nights, with its interval.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.experiment import compare, estimate
from sim.experiment.estimate import Numbers
from sim.experiment.fieller import fieller
from sim.experiment.observations import Key, Observations
from sim.measures.catalogue import CATALOGUE

COLUMNS = ["baseline", "scenario", "group", "level", "cost", "closes"]
COLUMNS += ["cost_difference", "cost_low", "cost_high", "closed", "closed_low", "closed_high"]
COLUMNS += ["gbp_per_night", "gbp_low", "gbp_high", "says"]
PAID = ("total_cost", "standing_cost")
NIGHTS = {
    "nights_without_visit": "child_nights_without_visit_achieved_share",
    "nights_without_consultant": "child_nights_without_consultant_achieved_share",
}
TOLD = ("england", "area_type", "area")
WEEKS = 52
SIDES = {(1, 1): "bought", (1, -1): "won", (-1, -1): "given_up", (-1, 1): "lost"}  # gained, cost
NOT_DECIDED = "not_decided"


def closing(seen: Observations, weeks: float) -> pd.DataFrame:
    """A row for every scenario after the first, area, kind of area and England, cost and kind of night.

    weeks: measured, by their season. says: ``bought`` (nights closed, dearer), ``won`` (closed, cheaper), ``given_up``
    (opened, cheaper), ``lost`` (opened, dearer) or ``not_decided``.
    """
    place = {key: row for row, key in enumerate(seen.keys)}
    rows = [row for s in range(1, len(seen.scenarios)) for row in _of_scenario(seen, place, s, weeks)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_scenario(
    seen: Observations, place: dict[Key, int], s: int, weeks: float
) -> Iterator[tuple[object, ...]]:  # fmt: skip
    for cost in PAID:
        for _, group, level in [key for key in seen.keys if key[0] == cost and key[1] in TOLD]:
            for closes, nights in NIGHTS.items():
                paid, share = place.get((cost, group, level)), place.get((nights, group, level))
                if paid is None or share is None:
                    continue
                more = seen.values[s, paid] - seen.values[0, paid]
                closed = (seen.numerators[0, share] - seen.numerators[s, share]) * WEEKS / weeks
                yield (seen.scenarios[0], seen.scenarios[s], group, level, cost, closes, *_figures(cost, more, closed))


def _figures(cost: str, more: Numbers, closed: Numbers) -> tuple[object, ...]:
    found = estimate.mean(np.stack([more, closed]))
    (dearer, nights), low, high = found.mean, found.low, found.high
    ratio = fieller(more, closed)
    enough = found.replications >= compare.FEWEST
    varies = high - low > compare.ROUNDING * np.abs(found.mean)  # the same in all replications is not certain for that
    decided = (enough & varies) | [CATALOGUE[cost].on_paper, False]
    sides = [side(*ends) if sure else 0 for *ends, sure in zip(low, high, decided, strict=True)]
    says = SIDES.get((sides[1], sides[0]), NOT_DECIDED)
    numbers = (dearer, low[0], high[0], nights, low[1], high[1], *ratio)
    return (*(float(number) + 0.0 for number in numbers), says)


def side(low: float, high: float) -> int:
    """1: surely above nought, -1: surely below, 0: not decided."""
    return int(low > 0) - int(high < 0)
