"""The exhibit on when: unmet demand by hour of the day and kind of day."""

from __future__ import annotations

import pandas as pd

from sim.report.charts import hours as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.gaps import gap_of
from sim.report.tables import Tables
from sim.report.words import amount, figure, name, spread
from sim.report.words.captions import NOTHING, caption, subtitle
from sim.report.words.findings import UNMET
from sim.report.words.home_anyway import named
from sim.report.words.selection import in_panels, left_out

GROUP = "hour"
TIME = "time"  # the group of the gap between night and all hours
DAYS = ("working day", "Saturday", "Sunday or bank holiday")
LINES = 4  # scenarios in the chart
COLUMNS = ["panel", "label", "hour", "mean", "ci_low", "ci_high"]


def by_hour(tables: Tables) -> Exhibit:
    """Unmet demand of each hour of a working day, a Saturday, and a Sunday or bank holiday."""
    drawn = in_panels(tables, LINES)
    lines = pd.DataFrame([row for scenario in drawn for row in _line(tables, scenario)], columns=COLUMNS)
    return Exhibit(
        "by_hour",
        "Hour of the day",
        _title(tables),
        subtitle(tables, "Unmet demand, share of the potential calls of that hour, by hour of the day and kind of day"),
        chart.draw(lines) if lines["mean"].notna().any() else None,
        f"Lines over the hours of three kinds of day. {_said(lines)}",
        caption(
            tables,
            "Bands: 95% intervals; an hour has few calls, so single steps mean little. Shaded: night (22:00-07:00). "
            f"A line breaks where nobody called in that hour.{left_out(tables, drawn)}",
            drawn=drawn,
        ),
        Grid(
            "Unmet demand by hour: share with 95% interval, and potential calls a year of the baseline",
            ("Kind of day", "Hour", "Potential calls a year", *map(name, tables.names)),
            [_row(tables, level) for level in _levels(tables)],
            heads=2,
        ),
        NOTHING,
    )


def _levels(tables: Tables) -> list[str]:
    """Hours in the order of the clock, working days first."""
    return sorted(tables.levels(GROUP), key=lambda level: (DAYS.index(level[:-3]), level))


def _line(tables: Tables, scenario: str) -> list[tuple[str, str, int, float, float, float]]:
    rows = []
    for level in _levels(tables):
        day, _, hour = level.rpartition(" ")
        seen = tables.estimate(scenario, UNMET, GROUP, level)
        rows.append((day[:1].upper() + day[1:], name(scenario), int(hour), seen.mean, seen.ci_low, seen.ci_high))
    return rows


def _row(tables: Tables, level: str) -> tuple[str, ...]:
    day, _, hour = level.rpartition(" ")
    calls = tables.estimate(tables.baseline, "potential_calls_per_year", GROUP, level)
    shares = (figure(tables.estimate(scenario, UNMET, GROUP, level)) for scenario in tables.names)
    often = figure(calls, "calls") if calls.known else "none"
    return (day, f"{hour}:00", often, *shares)


def _title(tables: Tables) -> str:
    """Night and all hours of the baseline; whether they differ is for the pair to say, in the same replications.

    Two intervals may overlap where the difference is certain. A study without the pair says nothing of it.
    """
    night, whole = (tables.estimate(tables.baseline, f"{UNMET}{band}") for band in ("_night", ""))
    called = named(tables, tables.baseline)
    if not night.known or not whole.known:
        return f"{called}: no figure for unmet demand by hour, because nothing was counted"
    said = f"{called}: unmet demand is {amount(night.mean)} at night and {amount(whole.mean)} over all hours"
    pair = gap_of(tables, tables.baseline, UNMET, TIME)
    return f"{said}: {pair.said()}" if pair is not None else said


def _said(lines: pd.DataFrame) -> str:
    """The range over the hours of each line."""
    parts = []
    for (day, label), line in lines.dropna(subset=["mean"]).groupby(["panel", "label"], sort=False):
        parts.append(f"{day}, {label}: {spread(line['mean'].min(), line['mean'].max(), decimals=0)} over the hours.")
    return " ".join(parts)
