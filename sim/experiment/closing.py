"""What it costs to close an uncovered child-night: pounds more than the baseline over nights that are closed.

Paired over replications on the same children: a difference of costs over a difference of nights, with its interval.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.experiment import compare, estimate
from sim.experiment.estimate import Flags, Numbers
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
    asked = [
        (cost, closes, key[1], key[2])
        for cost in PAID for key in seen.keys if key[0] == cost and key[1] in TOLD
        for closes in NIGHTS
    ]  # fmt: skip
    told = [one for one in asked if (NIGHTS[one[1]], *one[2:]) in place]
    paid = np.array([place[cost, group, level] for cost, _, group, level in told], dtype=np.intp)
    shares = np.array([place[NIGHTS[closes], group, level] for _, closes, group, level in told], dtype=np.intp)
    more = seen.values[s, paid] - seen.values[0, paid]
    closed = (seen.numerators[0, shares] - seen.numerators[s, shares]) * WEEKS / weeks
    on_paper = np.array([CATALOGUE[cost].on_paper for cost, *_ in told], dtype=bool)
    (costs, dearer), (nights, gained) = _surely(more, on_paper), _surely(closed, np.zeros_like(on_paper))
    for row, (cost, closes, group, level) in enumerate(told):
        ratio = fieller(more[row], closed[row])
        figures = (float(number) + 0.0 for number in (*costs[row], *nights[row], *ratio))
        says = SIDES.get((gained[row], dearer[row]), NOT_DECIDED)
        yield (seen.scenarios[0], seen.scenarios[s], group, level, cost, closes, *figures, says)


def _surely(values: Numbers, certain: Flags) -> tuple[list[list[float]], list[int]]:
    """Mean and interval of each row, and on which side of nought it surely is. certain: without chance, on paper."""
    found = estimate.mean(values)
    enough = found.replications >= compare.FEWEST
    varies = found.high - found.low > compare.ROUNDING * np.abs(found.mean)  # the same in all is not certain for that
    decided = (enough & varies) | certain
    ends = np.column_stack([found.mean, found.low, found.high]).tolist()
    return ends, [side(low, high) if sure else 0 for (_, low, high), sure in zip(ends, decided, strict=True)]


def side(low: float, high: float) -> int:
    """1: surely above nought, -1: surely below, 0: not decided."""
    return int(low > 0) - int(high < 0)
