"""Gaps between areas and groups, less what chance would show, and who is left behind when a gap narrows.

Each area is averaged over replications first. Identical areas would show a gap too, because every mean has an error.
Errors add to a spread in quadrature, so what they would show by themselves is taken off there: the gap is
sqrt(observed^2 - chance^2), and takes neither more replications nor fewer to be what it is. Taken off as it stands it
would leave .05 of a true .15. Source: ``docs/model.md``, Equity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from sim.experiment import compare, estimate
from sim.experiment.estimate import Numbers
from sim.experiment.figures import most_of
from sim.experiment.observations import Observations
from sim.experiment.precision import ENGLAND
from sim.measures.catalogue import CATALOGUE, Measure
from sim.measures.headlines import names

COLUMNS = ["scenario", "measure", "unit", "group", "high", "low", "levels", "observed", "chance", "gap"]
COLUMNS += ["ci_low", "ci_high", "difference", "difference_low", "difference_high", "verdict"]
COLUMNS += ["worse_off", "worst", "worst_difference", "worst_low", "worst_high", "levelling_down"]
GROUPS = ("area", "area_type", "rural", "deprivation", "distance")
ENDS = {  # groups in order: the level expected to be worse off, and the one it is held against
    "rural": ("over", "under"),
    "distance": ("over", "under"),
    "deprivation": ("quintile 1", "quintile 5"),
    "time": ("night", "all hours"),
}
TIME, NIGHT = "time", ("night", "all hours")  # a gap between measures of one name: of calls at night, and of all
OUTER = (90.0, 10.0)  # percentiles of areas
NO_BASELINE = (np.nan, np.nan, np.nan, "", np.nan, "", np.nan, np.nan, np.nan, "")
DRAWS, KEY = 4000, 20_261_121  # any fixed number: the same chance in every study


@dataclass(frozen=True)
class Sums:
    """One measure in one scenario: numerators and denominators by level and replication."""

    top: Numbers
    bottom: Numbers


@dataclass(frozen=True)
class Gap:
    """A gap, what chance would show, and the gap without each replication in turn. high, low: names of the ends.

    signed: both ends are named beforehand, so that the gap may go either way and chance makes none.
    """

    high: str
    low: str
    observed: float
    chance: float
    left_out: Numbers
    signed: bool = False

    @property
    def corrected(self) -> float:
        """What is left of the gap beyond chance, never under 0."""
        return self.observed if self.signed else max(self._square, 0.0) ** 0.5

    def interval(self) -> tuple[float, float]:
        """The 95 % interval of what is left: of its square, where errors add up, and of its ends the root."""
        if self.signed:
            return _interval(self.observed, self.left_out)
        low, high = _interval(self._square, self._left_squares)
        return max(low, 0.0) ** 0.5, max(high, 0.0) ** 0.5

    @property
    def left_corrected(self) -> Numbers:
        """What is left without each replication in turn."""
        return self.left_out if self.signed else np.sqrt(np.maximum(self._left_squares, 0.0))

    @property
    def _square(self) -> float:
        return self.observed**2 - self.chance**2

    @property
    def _left_squares(self) -> Numbers:
        """With one replication fewer, chance is as much larger as it is smaller with one more."""
        many = len(self.left_out)
        return self.left_out**2 - self.chance**2 * many / max(many - 1, 1)


def equity(seen: Observations) -> pd.DataFrame:
    """A row for every scenario, measure and group with two levels or more; the first scenario has no differences."""
    found = defaultdict[tuple[str, str], list[int]](list)
    for row, (measure, group, _) in enumerate(seen.keys):
        found[measure, group].append(row)
    asked = [(measure, group) for measure in names("equity") for group in (*GROUPS, TIME)]
    rows = [row for of in asked for row in _of_group(seen, *of, found[of])]
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_group(seen: Observations, measure: str, group: str, rows: list[int]) -> Iterator[tuple[object, ...]]:
    levels = [seen.keys[row][2] for row in rows]
    if group == TIME:
        ends = [(name, *ENGLAND) for name in (f"{measure}_night", measure)]
        rows, levels = [seen.keys.index(key) for key in ends if key in seen.keys], list(NIGHT)
    if len(rows) < 2:
        return
    sums = [_sums(seen, s, rows) for s in range(len(seen.scenarios))]
    base = gap_of(group, levels, sums[0])
    unit = CATALOGUE[measure].unit
    for s, scenario in enumerate(seen.scenarios):
        gap = base if s == 0 else gap_of(group, levels, sums[s])
        if gap is None or base is None:
            continue
        low, high = gap.interval()
        figures = (gap.observed, gap.chance, gap.corrected, low, high)
        yield (
            *(scenario, measure, unit, group, gap.high, gap.low, len(levels)),
            *(float(figure) + 0.0 for figure in figures),
            *(_against(levels, CATALOGUE[measure], (sums[0], base), (sums[s], gap)) if s else NO_BASELINE),
        )


def _sums(seen: Observations, s: int, rows: list[int]) -> Sums:
    return Sums(np.nan_to_num(seen.numerators[s, rows]), np.nan_to_num(seen.denominators[s, rows]))


def gap_of(group: str, levels: list[str], sums: Sums) -> Gap | None:
    """The gap of a group; None where fewer than two levels have a figure.

    Areas: 90th minus 10th percentile. Groups in order: their ends. Others: the highest minus the lowest level.
    """
    used = sums.bottom > 0
    means = estimate.divide(sums.top.sum(axis=1), sums.bottom.sum(axis=1))
    there = ~np.isnan(means)
    if there.sum() < 2:
        return None
    left = estimate.leave_one_out(np.where(used, sums.top, 0.0), np.where(used, sums.bottom, 0.0))
    error = np.nan_to_num(estimate.jackknife_error(left, used))
    if group == "area":
        high, low = (float(np.percentile(means[there], cut)) for cut in OUTER)
        outer = np.percentile(left[there], OUTER, axis=0)
        return Gap("90th percentile", "10th percentile", high - low, _chance(error[there], OUTER), outer[0] - outer[1])
    if group in ENDS:
        found = [next((n for n, level in enumerate(levels) if level.startswith(end)), None) for end in ENDS[group]]
        both = [place for place in found if place is not None]
        if len(both) < len(found) or not there[both].all():
            return None
        first, last = both
        return Gap(levels[first], levels[last], float(means[first] - means[last]), 0.0, left[first] - left[last], True)
    first, last = int(np.nanargmax(means)), int(np.nanargmin(means))
    chance = _chance(error[there], (100.0, 0.0))
    return Gap(levels[first], levels[last], float(means[first] - means[last]), chance, left[first] - left[last])


def _chance(error: Numbers, cuts: tuple[float, float]) -> float:
    """The gap that identical levels with these errors of their means would show on average."""
    high, low = np.percentile(_drawn(len(error)) * error, cuts, axis=1)
    return float((high - low).mean())


@lru_cache(maxsize=4)
def _drawn(levels: int) -> Numbers:
    """Errors of one each, by draw and level."""
    return np.random.default_rng([KEY, levels]).standard_normal((DRAWS, levels))


def _interval(value: float, left_out: Numbers) -> tuple[float, float]:
    known = ~np.isnan(left_out)[None, :]
    error = estimate.jackknife_error(left_out[None, :], known)
    half = float((estimate.t_quantile(estimate.CONFIDENCE_TAIL, known.sum(axis=1)) * error)[0])
    return value - half, value + half


def _against(
    levels: list[str], measure: Measure, first: tuple[Sums, Gap], second: tuple[Sums, Gap]
) -> tuple[object, ...]:  # fmt: skip
    """Whether the gap is narrower than in the baseline, who is worse off, and the alarm when both are so.

    Worse off is who has more of what should be low, or less of what should be high: answers in time. A gap between two
    named ends is wider where the one that is expected to be worse off loses on the other.
    """
    (base, base_gap), (other, gap) = first, second
    good_is_high, most = measure.better == "higher", float(most_of([measure])[0])
    change = gap.corrected - base_gap.corrected
    low, high = _interval(change, gap.left_corrected - base_gap.left_corrected)
    few = len(gap.left_out) < compare.FEWEST
    grows, shrinks = (high < 0, low > 0) if gap.signed and good_is_high else (low > 0, high < 0)
    verdict = "not_decided" if few else "narrower" if shrinks else "wider" if grows else "not_decided"
    found = compare.ratio_difference((base.top, base.bottom), (other.top, other.bottom), most)
    wider = estimate.t_quantile(1 - 0.025 / len(levels), found.replications)
    factor = wider / estimate.t_quantile(estimate.CONFIDENCE_TAIL, found.replications)
    ends = (found.mean + (side - found.mean) * factor for side in (found.low, found.high))
    lows, highs = (np.clip(end, -most, most) for end in ends)
    surely = highs < 0 if good_is_high else lows > 0
    worse = np.flatnonzero(surely & (found.high > found.low) & (found.replications >= compare.FEWEST))
    worst: tuple[object, ...] = ("", np.nan, np.nan, np.nan)
    if len(worse):
        one = int(worse[np.argmax(np.abs(found.mean[worse]))])
        worst = (levels[one], float(found.mean[one]), float(lows[one]), float(highs[one]))
    return (
        change + 0.0,
        low,
        high,
        verdict,
        len(worse),
        *worst,
        "yes" if len(worse) and verdict == "narrower" else "no",
    )
