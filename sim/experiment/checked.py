"""A check: a published figure, the bounds within which the model is said to agree with it, and the verdict.

The bounds are declared before anything is drawn. The verdict is one of equivalence: ``agrees`` when the whole 95 %
interval lies within the bounds, ``differs`` when the whole interval lies beyond one of them, else ``not decided``.
Beside it stands how many times the published figure the model gives, told as high or low also where it agrees.
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
NOTICED = 0.1  # of the published figure; what is nearer is told neither high nor low
INDEPENDENT = "independent evidence"  # nothing of the model was chosen by it
IN_VIEW = "in view"  # not fitted, but a number was chosen with it in view, or it follows from one that was fitted
FITTED = "fitted"  # a number was solved or read off for it
PUT_IN = "put in"  # an input that is read back
OWN_SUM = "own sum"  # the model's description, or trial draws of the same scheme: checks the programme
KINDS = (INDEPENDENT, IN_VIEW, FITTED, PUT_IN, OWN_SUM)
NUMBER_FORMATS = {"calls a week": "{:.2f}", "deaths": "{:,.0f}", "ratio": "{:.2f}"}


@dataclass(frozen=True, slots=True)
class Check:
    """What is expected of a reading. low and high: the bounds; source: of the expected figure; why: of the bounds.

    kind: a word of KINDS, what agreement is worth. unit: ``share``, ``ratio``, or a word for what is counted. expected:
    NaN where only the bounds are known; high: infinite where the evidence is a floor.
    """

    kind: str
    name: str
    unit: str
    expected: float
    low: float
    high: float
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a check: the estimate, its 95 % interval (NaN for an exact figure), the verdict."""

    check: Check
    estimate: float
    ci_low: float
    ci_high: float
    verdict: str

    @property
    def told(self) -> str:
        """How many times the published figure, and ``high`` or ``low``; empty where they are as good as alike.

        High: the whole interval lies above the published figure, and the estimate by more than a tenth.
        """
        expected = self.check.expected
        if not expected > 0 or math.isnan(self.estimate):
            return ""
        times = self.estimate / expected
        least, most = (self.estimate if math.isnan(side) else side for side in (self.ci_low, self.ci_high))
        if times > 1 + NOTICED and least > expected:
            return f"high, {times:.1f} times"
        return f"low, {times:.1f} times" if times < 1 - NOTICED and most < expected else ""


def exact(check: Check, top: float, bottom: float) -> Finding:
    """A figure that follows from the configuration without chance."""
    value = top / bottom if bottom > 0 else math.nan
    verdict = NOT_DECIDED if math.isnan(value) else AGREES if check.low <= value <= check.high else DIFFERS
    return Finding(check, value, math.nan, math.nan, verdict)


def estimated(check: Check, top: Numbers, bottom: Numbers) -> Finding:
    """A ratio of sums over replications with its jackknifed interval; ``top`` and ``bottom`` of shape (R,)."""
    found = estimate.ratio(top[None, :], bottom[None, :], _most(check))
    value, low, high = float(found.mean[0]), float(found.low[0]), float(found.high[0])
    return Finding(check, value, low, high, verdict(check, low, high))


def estimated_of_each(check: Check, names: Sequence[str], top: Numbers, bottom: Numbers) -> Finding:
    """The same for each of N names at once, ``top`` and ``bottom`` of shape (N, R); shows the one furthest off.

    The intervals are simultaneous (Bonferroni): all N hold together in 95 % of studies.
    """
    most = _most(check)
    found = estimate.ratio(top, bottom, most)
    tail = estimate.CONFIDENCE_TAIL
    wider = estimate.divide(
        estimate.t_quantile(1 - (1 - tail) / len(names), found.replications),
        estimate.t_quantile(tail, found.replications),
    )
    low = np.maximum(found.mean - (found.mean - found.low) * wider, 0.0)
    high = np.minimum(found.mean + (found.high - found.mean) * wider, most)
    each = {verdict(check, *pair) for pair in zip(low, high, strict=True)}
    of_all = next(word for word in (DIFFERS, NOT_DECIDED, AGREES) if word in each)
    with np.errstate(divide="ignore"):
        off = np.abs(np.log(found.mean / check.expected))
    worst = int(np.argmax(np.where(np.isnan(off), -1.0, off)))
    shown = replace(check, name=f"{check.name}: {names[worst]}")
    return Finding(shown, float(found.mean[worst]), float(low[worst]), float(high[worst]), of_all)


def _most(check: Check) -> float:
    """What a reading can be at most: 1 of a share."""
    return 1.0 if check.unit == "share" else np.inf


def verdict(check: Check, low: float, high: float) -> str:
    """One word for an interval against the bounds."""
    if low >= check.low and high <= check.high:
        return AGREES
    return DIFFERS if low > check.high or high < check.low else NOT_DECIDED


def poisson_interval(events: float) -> tuple[float, float]:
    """Exact 95 % interval of the mean of a Poisson count; events may be an effective number, where they come in bursts.

    Source: Garwood 1936, Biometrika 28:437.
    """
    tail = estimate.CONFIDENCE_TAIL
    low = float(special.gammaincinv(events, 1 - tail)) if events else 0.0
    return low, float(special.gammaincinv(events + 1, tail))


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
        "kind": check.kind,
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
        "told_as": finding.told,
    }


def text(findings: Sequence[Finding]) -> str:
    """A table for the screen: a line of figures for each check and, below it, what stands behind them."""
    head = ("verdict", "kind", "check", "expected", "agrees within", "found (95 % interval)", "told as")
    rows = [head, *(_cells(finding) for finding in findings)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    behind = [f"{' ' * (widths[0] + 4)}{f.check.source}; bounds: {f.check.why}" for f in findings]
    paired = [line for pair in zip(lines[1:], behind, strict=True) for line in pair]
    return "\n".join([lines[0], *paired, *counts(findings)])


def counts(findings: Sequence[Finding]) -> list[str]:
    """A line for each kind of check: how many agree, and how many are told as high or low whatever their verdict."""
    lines = []
    for kind in KINDS:
        of = [finding for finding in findings if finding.check.kind == kind]
        verdicts = [f"{sum(one.verdict == word for one in of)} {word}" for word in (AGREES, DIFFERS, NOT_DECIDED)]
        told = sum(bool(one.told) for one in of)
        if of:
            lines.append(f"{kind}: {', '.join(verdicts)}; {told} told as high or low")
    return lines


def bounds(check: Check) -> str:
    """The bounds as a person reads them."""
    low = figure(check.low, check.unit)
    return f"at least {low}" if math.isinf(check.high) else f"{low} to {figure(check.high, check.unit)}"


def _cells(finding: Finding) -> tuple[str, ...]:
    check, unit = finding.check, finding.check.unit
    found = figure(finding.estimate, unit)
    if not math.isnan(finding.ci_low):
        found += f" ({figure(finding.ci_low, unit)} to {figure(finding.ci_high, unit)})"
    return finding.verdict, check.kind, check.name, figure(check.expected, unit), bounds(check), found, finding.told
