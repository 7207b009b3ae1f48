"""A check: a published figure, the bounds within which the model is said to agree with it, and the verdict.

The bounds are declared before anything is drawn. The verdict is one of equivalence: ``agrees`` when the whole 95 %
interval lies within the bounds, ``differs`` when the whole interval lies beyond one of them, else ``not decided``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from sim.experiment import estimate
from sim.experiment.estimate import Numbers

AGREES, DIFFERS, NOT_DECIDED = "agrees", "differs", "not decided"
NUMBER_FORMATS = {"deaths": "{:,.0f}", "ratio": "{:.2f}"}


@dataclass(frozen=True, slots=True)
class Check:
    """What is expected of a reading. low and high: the bounds; source: of the expected figure; why: of the bounds.

    unit: ``share``, ``ratio``, or a word for what is counted. observed: counted events behind an expected figure that
    is itself uncertain (0: it is taken as exact).
    """

    name: str
    unit: str
    expected: float
    low: float
    high: float
    source: str
    why: str
    observed: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a check: the estimate, its 95 % interval (NaN for an exact figure), the verdict."""

    check: Check
    estimate: float
    ci_low: float
    ci_high: float
    verdict: str


def exact(check: Check, top: float, bottom: float) -> Finding:
    """A figure that follows from the configuration without chance."""
    value = top / bottom if bottom > 0 else math.nan
    verdict = NOT_DECIDED if math.isnan(value) else AGREES if check.low <= value <= check.high else DIFFERS
    return Finding(check, value, math.nan, math.nan, verdict)


def estimated(check: Check, top: Numbers, bottom: Numbers) -> Finding:
    """A ratio of sums over replications with its jackknifed interval; ``top`` and ``bottom`` of shape (R,)."""
    found = estimate.ratio(top[None, :], bottom[None, :])
    value, low, high = float(found.mean[0]), float(found.low[0]), float(found.high[0])
    if check.observed:
        low, high = with_error_of_expected(check.observed, value, low, high)
    return Finding(check, value, low, high, verdict(check, low, high))


def estimated_of_each(check: Check, names: Sequence[str], top: Numbers, bottom: Numbers) -> Finding:
    """The same for each of N names at once, ``top`` and ``bottom`` of shape (N, R); shows the one furthest off.

    The intervals are simultaneous (Bonferroni): all N hold together in 95 % of studies.
    """
    found = estimate.ratio(top, bottom)
    tail = estimate.CONFIDENCE_TAIL
    wider = estimate.divide(
        estimate.t_quantile(1 - (1 - tail) / len(names), found.replications),
        estimate.t_quantile(tail, found.replications),
    )
    half = (found.high - found.mean) * wider
    low, high = found.mean - half, found.mean + half
    each = {verdict(check, *pair) for pair in zip(low, high, strict=True)}
    of_all = next(word for word in (DIFFERS, NOT_DECIDED, AGREES) if word in each)
    with np.errstate(divide="ignore"):
        off = np.abs(np.log(found.mean / check.expected))
    worst = int(np.argmax(np.where(np.isnan(off), -1.0, off)))
    shown = replace(check, name=f"{check.name}: {names[worst]}")
    return Finding(shown, float(found.mean[worst]), float(low[worst]), float(high[worst]), of_all)


def verdict(check: Check, low: float, high: float) -> str:
    """One word for an interval against the bounds."""
    if low >= check.low and high <= check.high:
        return AGREES
    return DIFFERS if low > check.high or high < check.low else NOT_DECIDED


def poisson_interval(events: int) -> tuple[float, float]:
    """Exact 95 % interval of the mean of a Poisson count. Source: Garwood 1936, Biometrika 28:437."""
    tail = estimate.CONFIDENCE_TAIL
    low = float(special.gammaincinv(events, 1 - tail)) if events else 0.0
    return low, float(special.gammaincinv(events + 1, tail))


def with_error_of_expected(events: int, value: float, low: float, high: float) -> tuple[float, float]:
    """An estimate's interval widened by the error of the count it is compared with, on the logarithm of their ratio.

    Source: Donner and Zou 2012, Stat Methods Med Res 21:347 (variance estimates recovered from two intervals).
    """
    if not low > 0:
        return math.nan, math.nan
    least, most = poisson_interval(events)
    down = math.hypot(math.log(value / low), math.log(most / events))
    up = math.hypot(math.log(high / value), math.log(events / least))
    return value * math.exp(-down), value * math.exp(up)


def figure(value: float, unit: str) -> str:
    """A number as a person reads it; "-" where there is none."""
    if math.isnan(value):
        return "-"
    if unit == "share":
        return f"{value * 100:.1f} %"
    return NUMBER_FORMATS.get(unit, "{:.1f}").format(value)


def row(finding: Finding) -> dict[str, str | float]:
    """A finding as a row of a table: numbers in the check's unit, shares as shares."""
    check = finding.check
    return {
        "check": check.name,
        "unit": check.unit,
        "expected": check.expected,
        "agrees_from": check.low,
        "agrees_to": check.high,
        "source": check.source,
        "why_these_bounds": check.why,
        "estimate": finding.estimate,
        "ci_low": finding.ci_low,
        "ci_high": finding.ci_high,
        "verdict": finding.verdict,
    }


def text(findings: Sequence[Finding]) -> str:
    """A table for the screen: a line of figures for each check and, below it, what stands behind them."""
    head = ("verdict", "check", "expected", "agrees within", "found (95 % interval)")
    rows = [head, *(_cells(finding) for finding in findings)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    behind = [f"{' ' * (widths[0] + 4)}{f.check.source}; bounds: {f.check.why}" for f in findings]
    paired = [line for pair in zip(lines[1:], behind, strict=True) for line in pair]
    counts = [f"{sum(f.verdict == word for f in findings)} {word}" for word in (AGREES, DIFFERS, NOT_DECIDED)]
    return "\n".join([lines[0], *paired, ", ".join(counts)])


def _cells(finding: Finding) -> tuple[str, ...]:
    check, unit = finding.check, finding.check.unit
    found = figure(finding.estimate, unit)
    if not math.isnan(finding.ci_low):
        found += f" ({figure(finding.ci_low, unit)} to {figure(finding.ci_high, unit)})"
    bounds = f"{figure(check.low, unit)} to {figure(check.high, unit)}"
    return finding.verdict, check.name, figure(check.expected, unit), bounds, found
