"""Exhibits of bars are one kind: each says what it shows, as ``Bars``, and ``exhibit_of`` draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from sim.cells import each_row
from sim.report.charts import bars as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import ENGLAND, Tables
from sim.report.words import amount, figure, name
from sim.report.words.captions import NO_MONEY, ON_CALLS, caption, subtitle

COLUMNS = ["panel", "unit", "part", "label", "mean", "ci_low", "ci_high"]


class Panel(NamedTuple):
    """One panel: its words, and the measure of each bar of a row by the words of the bar (of a single one: none)."""

    words: str
    measures: Mapping[str, str]
    unit: str = "share"
    group: str = ENGLAND[0]
    level: str = ENGLAND[1]


@dataclass(frozen=True)
class Bars:
    """An exhibit of bars. title: the finding. what: measure, for the subtitle. rows: of the chart, as ``rows_of`` makes
    them. lines, rests, without: of the caption. note: said where there is nothing to draw. columns: of panels."""

    name: str
    short: str
    title: str
    what: str
    rows: pd.DataFrame
    lines: str
    table: Grid
    note: str
    rests: str = ON_CALLS
    without: tuple[str, ...] = NO_MONEY
    columns: int = 2


def exhibit_of(tables: Tables, bars: Bars) -> Exhibit:
    """The exhibit, without a chart where no bar has a figure."""
    rows = bars.rows
    drawn = rows["mean"].notna().any()
    return Exhibit(
        bars.name,
        bars.short,
        bars.title,
        subtitle(tables, bars.what),
        chart.draw(rows, tuple(rows["part"].unique()), bars.columns) if drawn else None,
        f"Horizontal bars with intervals. {_said(rows)}.",
        caption(tables, bars.lines, bars.rests, bars.without),
        bars.table,
        bars.note,
    )


def rows_of(tables: Tables, panels: Iterable[Panel]) -> pd.DataFrame:
    """The rows of the chart: one for each panel, bar and scenario, also where there is no figure."""
    rows = []
    for words, measures, unit, group, level in panels:
        for part, measure in measures.items():
            for scenario in tables.names:
                seen = tables.estimate(scenario, measure, group, level)
                rows.append((words, unit, part, name(scenario), seen.mean, seen.ci_low, seen.ci_high))
    return pd.DataFrame(rows, columns=COLUMNS)


def cells(
    tables: Tables, measure: str, unit: str = "share", group: str = ENGLAND[0], level: str = ENGLAND[1]
) -> list[str]:
    """A figure with its interval for each scenario."""
    return [figure(tables.estimate(scenario, measure, group, level), unit) for scenario in tables.names]


def _said(rows: pd.DataFrame) -> str:
    """The bars in words, for those who do not see them."""
    parts = rows["part"].nunique() > 1
    return "; ".join(
        f"{bar.panel}{f' ({bar.part})' if parts else ''}, {bar.label}: {amount(bar.mean, bar.unit)}"
        for bar in each_row(rows.dropna(subset=["mean"]))
    )
