"""When calls come: weights of equal parts of a week, of mean 1, from Monday 00:00."""

from __future__ import annotations

import math
from typing import Any

from sim.config.compose import Composed
from sim.config.rows import Rows, read_rows
from sim.config.sheets import Table
from sim.config.tables import Files, find_table
from sim.config.words import BadKey
from sim.errors import BadInput

KEY = "demand.profile"
ORDER = ("dow", "hour")  # columns that may say which hour a row is of
HOURS, DAYS = 168, 7
HOURS_A_DAY = 24
A_MINUTE = 60  # parts of an hour: fine enough that a smooth curve differs from its steps by less than any run can see
FLAT = "flat"
REMEDY = "write flat, week.csv, {cosine: {amplitude: 0.6, peak_hour: 19}}, or {days: [7 weights], hours: [24 weights]}"


def read_profile(composed: Composed, files: Files, steps_an_hour: int = 1) -> tuple[float, ...]:
    """Weights of every hour of the week, or of finer steps, scaled to mean 1. Raises BadKey or BadInput."""
    written = composed.config["demand"]["profile"]
    if isinstance(written, dict) and "file" not in written:
        return _scaled(_shape(written, steps_an_hour))
    if not isinstance(written, str | dict):
        raise BadKey(KEY, written, "no profile of the week", REMEDY)
    weights = [1.0] * HOURS if written == FLAT else _table(find_table(composed, KEY, files), files, composed.config)
    return _scaled([weight for weight in weights for _ in range(steps_an_hour)])


def is_smooth(profile: Any) -> bool:
    """Whether a profile is a curve, which needs steps finer than an hour."""
    return isinstance(profile, dict) and "cosine" in profile


def _table(table: Table, files: Files, config: dict[str, Any]) -> list[float]:
    rows = read_rows(table, ("rate_multiplier",), beside=ORDER)
    weights = [row.needed_number("rate_multiplier", 0, 1e6) for row in rows]
    if len(weights) != HOURS or sum(weights) <= 0:
        raise BadInput(
            f"{table.label}: {len(weights)} rows: must be 168 hours from Monday 00:00, not all 0; add or take out rows"
        )
    _in_order(rows)
    part = config["demand"]
    if part["kind"] != "log" or part["calls_csv"] is None:  # else no call is drawn by it
        files.count(KEY, rows)
    return weights


def _in_order(rows: Rows) -> None:
    """Raises BadInput for a row that says itself to be of another hour than its place makes it."""
    for place, row in enumerate(rows):
        for column, number in zip(ORDER, divmod(place, HOURS_A_DAY), strict=True):
            if row.cells.get(column) and row.number(column, 0, HOURS) != number:
                rule = f"the row is that of day {place // HOURS_A_DAY} (0 a Monday), hour {place % HOURS_A_DAY}"
                raise row.bad(column, rule, "put the rows in order, each hour once, from Monday 00:00")


def _shape(written: dict[str, Any], steps_an_hour: int) -> list[float]:
    if set(written) == {"cosine"} and isinstance(written["cosine"], dict):
        return _cosine(written["cosine"], steps_an_hour) * DAYS
    if not set(written) <= {"days", "hours"} or not written:
        raise BadKey(KEY, None, f"{', '.join(map(str, written)) or 'nothing'}: no profile of the week", REMEDY)
    days = _weights("days", written.get("days", [1.0] * DAYS), DAYS)
    hours = _weights("hours", written.get("hours", [1.0] * HOURS_A_DAY), HOURS_A_DAY)
    return [day * hour for day in days for hour in hours for _ in range(steps_an_hour)]


def _weights(name: str, written: Any, size: int) -> list[float]:
    numbers = isinstance(written, list) and all(
        isinstance(n, int | float) and not isinstance(n, bool) and 0 <= n <= 1e6 for n in written
    )
    if not numbers or len(written) != size or sum(written) <= 0:
        raise BadKey(f"{KEY}.{name}", written, f"must be {size} weights from 0, not all 0", REMEDY)
    return [float(n) for n in written]


def _cosine(written: dict[str, Any], steps_an_hour: int) -> list[float]:
    """One day of 1 + amplitude x cos(2 pi (t - peak_hour) / 24), each step its exact mean."""
    if set(written) != {"amplitude", "peak_hour"}:
        raise BadKey(f"{KEY}.cosine", None, "needs amplitude and peak_hour and nothing else", REMEDY)
    amplitude, peak = written["amplitude"], written["peak_hour"]
    for name, value, most in (("amplitude", amplitude, 1), ("peak_hour", peak, HOURS_A_DAY)):
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise BadKey(f"{KEY}.cosine.{name}", value, f"must be a number from 0 to {most}", REMEDY)
    turn, steps = 2 * math.pi / HOURS_A_DAY, HOURS_A_DAY * steps_an_hour
    swing = [math.sin(turn * (step / steps_an_hour - peak)) for step in range(steps + 1)]
    return [1 + amplitude * steps_an_hour / turn * (swing[k + 1] - swing[k]) for k in range(steps)]


def _scaled(weights: list[float]) -> tuple[float, ...]:
    mean = sum(weights) / len(weights)
    return tuple(weight / mean for weight in weights)
