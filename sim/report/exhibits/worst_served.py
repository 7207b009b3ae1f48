"""The exhibit on who is left behind: gaps between the worst and the best served, beyond chance, and levelling down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.cells import each_row, records
from sim.measures.headlines import names, shorts
from sim.report.charts import differences as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.gaps import level_words
from sim.report.tables import Tables
from sim.report.words import gap, gap_spread, listed, name
from sim.report.words.captions import caption, subtitle
from sim.report.words.findings import UNMET

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
    said = "; ".join(f"{dot.panel}, {dot.label}: {gap(dot.difference)}" for dot in each_row(dots))
    return Exhibit(
        "left_behind",
        "Who is left behind",
        _title(tables, rows),
        subtitle(tables, "Gap in unmet demand between the worst and the best served, less what chance would show"),
        chart.draw(dots) if dots["difference"].notna().any() else None,
        f"Dots with 95% intervals. {said}.",
        caption(
            tables,
            "Lines: 95% intervals. Each level is averaged over replications first. Areas: 90th minus 10th percentile. "
            "Hollow: the interval holds nought. Levelling down: a gap that is surely narrower than in "
            f"{name(tables.baseline)} while some level is surely worse off; intervals of levels hold together.",
        ),
        Grid(
            "Gaps beyond chance, their change, and who is worse off, with 95% intervals",
            ("Measure", "Between", "Scenario", "Gap", "Against the baseline", "Worse off", "Levelling down"),
            [_row(row) for row in records(rows)],
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


def _row(row: Mapping[str, Any]) -> tuple[str, ...]:
    unit, first = row["unit"], row["verdict"] == ""
    ends = f"{level_words(row['group'], row['high'])} minus {level_words(row['group'], row['low'])}"
    change = (
        f"{_with_interval(row, ('difference', 'difference_low', 'difference_high'), unit)}: {VERDICTS[row['verdict']]}"
    )
    worse = "–" if first else "nobody surely"
    if not first and row["worse_off"] > 0:
        more = f", and {row['worse_off'] - 1:.0f} more" if row["worse_off"] > 1 else ""
        figures = _with_interval(row, ("worst_difference", "worst_low", "worst_high"), unit)
        worse = f"{level_words(row['group'], row['worst'])} {figures}{more}"
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


def _title(tables: Tables, rows: pd.DataFrame) -> str:
    alarms = rows[rows["levelling_down"] == "yes"].to_dict("records")
    words = shorts("equity")
    if alarms:
        told = [
            f"{name(row['scenario'])} narrows the gap in {words[row['measure']]} between {GROUPS[row['group']]} "
            f"while {level_words(row['group'], row['worst'])} is worse off"
            for row in alarms[:2]
        ]
        more = f", and {len(alarms) - 2} more in the table" if len(alarms) > 2 else ""
        return f"Levelling down: {listed(told)}{more}"
    beyond = rows[(rows["measure"] == UNMET) & (rows["ci_low"] > 0)]
    of = rows[rows["measure"] == UNMET]
    go = "goes" if len(beyond) < 2 else "go"
    said = f"{len(beyond) or 'none'} of {len(of)} gaps in unmet demand surely {go} beyond chance"
    if len(tables.names) == 1:
        return f"{name(tables.baseline)}: {said}"
    return f"{said[:1].upper()}{said[1:]}; no scenario surely narrows a gap by making anybody worse off"
