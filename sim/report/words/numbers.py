"""Numbers as they are printed: units, money, differences, and intervals in plain English."""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.report.tables import Estimate

NO_FIGURE = "no figure"
NO_INTERVAL = "no interval"
NO_BREAK = "\N{NO-BREAK SPACE}"  # an interval stays on one line


class Scale(NamedTuple):
    """How a unit is written: factor from the table's value, and what stands behind a value and a difference."""

    factor: float
    after: str
    after_difference: str


MONEY = ("GBP", "pounds")  # how units of money begin
PLAIN = Scale(1.0, "", "")
SCALES = {
    "share": Scale(100.0, "%", " points"),
    "share of nights": Scale(100.0, "%", " points"),
    "minutes": Scale(1.0, " min", " min"),
}
SCALES["hours a week"] = Scale(1.0, " hours a week", " hours a week")


def number(value: float, decimals: int = 1) -> str:
    """A number with a true minus sign; never ``-0``; a dash where there is none."""
    if math.isnan(value):
        return "–"
    text = f"{value:,.{decimals}f}" if value else "0"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def small(value: float) -> str:
    """A burden: one decimal, two below 1, so that a little is not printed as nothing."""
    return number(value, 1 if abs(value) >= 0.95 else 2)


def amount(value: float, unit: str = "share", decimals: int | None = None) -> str:
    """A value in its unit: shares as per cent; one decimal below 10 and none from there on, unless told."""
    if unit.startswith(MONEY):
        return pounds(value)
    scale = SCALES.get(unit, PLAIN)
    scaled = value * scale.factor
    if decimals is None:
        decimals = 1 if abs(scaled) < 9.95 else 0
    return number(scaled, decimals) + ("" if math.isnan(value) else scale.after)


def little(value: float, unit: str = "share") -> str:
    """As ``amount``, but a share too small to print is not printed as nothing."""
    return "under 0.1%" if unit == "share" and 0 < value < 0.0005 else amount(value, unit)


def spread(low: float, high: float, unit: str = "share", decimals: int | None = 1) -> str:
    """An interval: ``21.9% to 25.4%``; one replication gives none."""
    if math.isnan(low) or math.isnan(high):
        return NO_INTERVAL
    return f"{amount(low, unit, decimals)} to {amount(high, unit, decimals)}"


def figure(estimate: Estimate, unit: str = "share") -> str:
    """A figure with its 95 % interval, or why there is none; where nothing was seen, the bound, not a bare zero.

    Where a scenario decides what it is over, with how many that are.
    """
    said = _figure(estimate, unit)
    return f"{said}; n{NO_BREAK}={NO_BREAK}{number(estimate.n, 0)}" if estimate.n == estimate.n else said


def _figure(estimate: Estimate, unit: str) -> str:
    if not estimate.known:
        return NO_FIGURE
    if estimate.mean == 0 and estimate.events == 0 and estimate.ci_high > 0:
        return none_seen(estimate.ci_high, unit)
    if estimate.mean == 0 and not estimate.ci_high > 0:
        return "none"
    interval = spread(estimate.ci_low, estimate.ci_high, unit).replace(" ", NO_BREAK)
    return f"{amount(estimate.mean, unit, 1)} ({interval})"


def none_seen(bound: float, unit: str = "share", decimals: int = 2) -> str:
    """Where nothing was seen: the bound, unless that is too small to print."""
    shown = amount(bound, unit, decimals)
    return f"none seen (at most {shown})" if any(digit in shown for digit in "123456789") else "none seen"


def pounds(value: float) -> str:
    """Money to three figures: ``£411k``, ``£14.3k``, ``£2.31m``."""
    if math.isnan(value):
        return "–"
    sign, size = "−" if value < 0 else "", abs(value)
    for factor, letter in ((1e6, "m"), (1e3, "k")):
        if size >= 0.9995 * factor:
            scaled = size / factor
            return f"{sign}£{scaled:,.{2 if scaled < 9.995 else 1 if scaled < 99.95 else 0}f}{letter}"
    return f"{sign}£{size:.0f}"


def gap(difference: float, unit: str = "share", decimals: int = 1) -> str:
    """A difference with its sign: ``−15.9 points``, ``+3.0 min``."""
    if math.isnan(difference):
        return "–"
    if unit.startswith(MONEY):
        return f"{'+' if difference > 0 else ''}{pounds(difference)}"
    scale = SCALES.get(unit, PLAIN)
    text = number(difference * scale.factor, decimals)
    sign = "" if text.startswith("−") or float(text.replace(",", "")) == 0 else "+"
    return sign + text + scale.after_difference


def gap_spread(low: float, high: float, unit: str = "share", decimals: int = 1) -> str:
    """The interval of a difference, its unit said once: ``−22.8 to −16.2 points``."""
    if math.isnan(low) or math.isnan(high):
        return NO_INTERVAL
    after = SCALES.get(unit, PLAIN).after_difference
    return f"{gap(low, unit, decimals).removesuffix(after)} to {gap(high, unit, decimals)}"


def one_period(weeks: int) -> str:
    """The stretch that a prediction interval speaks of."""
    many = "1 week" if weeks == 1 else f"{weeks} weeks"
    return "one year like this one" if weeks == 52 else f"one stretch of {many} like this one"
