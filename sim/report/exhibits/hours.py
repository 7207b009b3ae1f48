"""The exhibit on when: unmet demand by hour of the day and kind of day."""

from __future__ import annotations

import pandas as pd

from sim.report.charts import hours as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.gaps import gap_of
from sim.report.tables import Tables
from sim.report.words import amount, figure, name
from sim.report.words.captions import NOTHING, caption, subtitle
from sim.report.words.findings import UNMET
from sim.report.words.home_anyway import named
from sim.report.words.selection import in_panels, left_out
from sim.report.words.titles import fitting

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
        subtitle(
            tables,
            "Unmet demand, share of the potential calls of that hour, by hour of the day and kind of day",
            _verdict(tables),
        ),
        (lambda: chart.draw(lines)) if lines["mean"].notna().any() else None,
        "Lines over the hours of three kinds of day",
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
    """Night and all hours of the baseline."""
    night, whole = (tables.estimate(tables.baseline, f"{UNMET}{band}") for band in ("_night", ""))
    if not night.known or not whole.known:
        return "Unmet demand by hour: no figure, because nothing was counted"
    said = f"Unmet demand: {amount(night.mean)} at night, {amount(whole.mean)} overall"
    return fitting(f"{said} in {named(tables, tables.baseline)}", said)


def _verdict(tables: Tables) -> str:
    """Whether night and all hours differ is for the pair to say, in the same replications: two intervals may overlap
    where the difference is certain. A study without the pair says nothing of it."""
    pair = gap_of(tables, tables.baseline, UNMET, TIME)
    return f"Night minus all hours in {named(tables, tables.baseline)}: {pair.said()}." if pair is not None else ""
