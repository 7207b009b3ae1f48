"""The exhibit on who is left behind: gaps between the worst and the best served, beyond chance, and levelling down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.cells import records
from sim.measures.headlines import names, shorts
from sim.report.charts import differences as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.gaps import level_name
from sim.report.tables import Tables
from sim.report.words import gap, gap_spread, listed, name
from sim.report.words.captions import caption, subtitle
from sim.report.words.findings import UNMET
from sim.report.words.titles import fitting

GROUPS = {
    "area": "areas",
    "area_type": "kinds of service",
    "rural": "most and least rural areas",
    "deprivation": "most and least deprived homes",
    "distance": "far and near areas",
}
VERDICTS = {"narrower": "narrower", "wider": "wider", "not_decided": "not decided", "": "–"}


def has_gaps(tables: Tables) -> bool:
    """Whether gaps were measured."""
    return tables.equity is not None and len(tables.equity) > 0


def worst_served(tables: Tables) -> Exhibit:
    """The gap in unmet demand for every grouping; every measure, its change and who is worse off in the table."""
    assert tables.equity is not None
    rows = tables.equity[tables.equity["measure"].isin(names("equity")) & tables.equity["group"].isin([*GROUPS])]
    order = {name(scenario): at for at, scenario in enumerate(tables.names)}
    dots = _dots(rows[rows["measure"] == UNMET]).sort_values("label", key=lambda one: one.map(order), kind="stable")
    return Exhibit(
        "left_behind",
        "Who is left behind",
        _title(tables, rows),
        subtitle(
            tables,
            "Gap in unmet demand between the worst and the best served, less what chance would show",
            _who(tables, rows),
        ),
        (lambda: chart.draw(dots)) if dots["difference"].notna().any() else None,
        "Dots with intervals, one for each scenario",
        caption(
            tables,
            "Lines: 95% intervals. Each level is averaged over replications first. Areas: 90th minus 10th percentile. "
            "Hollow: the interval holds nought. Levelling down: a gap that is surely narrower than in "
            f"{name(tables.baseline)} while some level is surely worse off; intervals of levels hold together.",
        ),
        Grid(
            "Gaps beyond chance, their change, and who is worse off, with 95% intervals",
            ("Measure", "Between", "Scenario", "Gap", "Against the baseline", "Worse off", "Levelling down"),
            [_row(tables, row) for row in records(rows)],
            heads=3,
        ),
        "No group has two levels with a figure, so there is no gap.",
    )


def _dots(rows: pd.DataFrame) -> pd.DataFrame:
    told = [
        {
            "panel": f"Between {GROUPS[row['group']]} (points)",
            "unit": "share",
            "label": name(row["scenario"]),
            "difference": row["gap"],
            "ci_low": row["ci_low"],
            "ci_high": row["ci_high"],
            "verdict": "" if row["ci_low"] > 0 or row["ci_high"] < 0 else "not_decided",
        }
        for row in rows.to_dict("records")
    ]
    return pd.DataFrame(told, columns=["panel", "unit", "label", "difference", "ci_low", "ci_high", "verdict"])


def _row(tables: Tables, row: Mapping[str, Any]) -> tuple[str, ...]:
    unit, first = row["unit"], row["verdict"] == ""
    ends = f"{level_name(tables, row['group'], row['high'])} minus {level_name(tables, row['group'], row['low'])}"
    change = (
        f"{_with_interval(row, ('difference', 'difference_low', 'difference_high'), unit)}: {VERDICTS[row['verdict']]}"
    )
    worse = "–" if first else "nobody surely"
    if not first and row["worse_off"] > 0:
        more = f", and {row['worse_off'] - 1:.0f} more" if row["worse_off"] > 1 else ""
        figures = _with_interval(row, ("worst_difference", "worst_low", "worst_high"), unit)
        worse = f"{level_name(tables, row['group'], row['worst'])} {figures}{more}"
    return (
        shorts("equity")[row["measure"]],
        GROUPS[row["group"]],
        name(row["scenario"]),
        f"{_with_interval(row, ('gap', 'ci_low', 'ci_high'), unit)}\n{ends}",
        "–" if first else change,
        worse,
        "–" if first else row["levelling_down"],
    )


def _with_interval(row: Mapping[str, Any], columns: tuple[str, str, str], unit: str) -> str:
    value, low, high = (row[column] for column in columns)
    return f"{gap(value, unit)} ({gap_spread(low, high, unit)})"


def _alarms(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    return rows[rows["levelling_down"] == "yes"].to_dict("records")


def _title(tables: Tables, rows: pd.DataFrame) -> str:
    """How often a gap narrows while somebody is surely worse off; else how many gaps go beyond chance."""
    alarms = _alarms(rows)
    if len(alarms) == 1:
        (row,) = alarms
        where = f"Levelling down in {name(row['scenario'])}"
        return fitting(
            f"{where}: {shorts('equity')[row['measure']]}, {level_name(tables, row['group'], row['worst'])} worse off",
            f"{where}: 1 gap narrows, somebody is worse off",
            "Levelling down: 1 gap narrows while somebody is worse off",
        )
    if alarms:
        return f"Levelling down: {len(alarms)} gaps narrow while somebody is worse off"
    of = rows[rows["measure"] == UNMET]
    beyond = f"{int((of['ci_low'] > 0).sum()) or 'none'} of {len(of)} gaps in unmet demand surely beyond chance"
    said = f"{beyond[:1].upper()}{beyond[1:]}"
    return said if len(tables.names) == 1 else f"{said}; none levelled down"


def _who(tables: Tables, rows: pd.DataFrame) -> str:
    """For the subtitle: which gaps narrow and who is worse off."""
    alarms = _alarms(rows)
    told = [
        f"{name(row['scenario'])} narrows the gap in {shorts('equity')[row['measure']]} between {GROUPS[row['group']]} "
        f"while {level_name(tables, row['group'], row['worst'])} is worse off"
        for row in alarms[:2]
    ]
    more = f", and {len(alarms) - 2} more in the table" if len(alarms) > 2 else ""
    return f"{listed(told)}{more}." if told else ""
