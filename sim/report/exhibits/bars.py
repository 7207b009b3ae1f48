"""Exhibits of bars are one kind: each says what it shows, as ``Bars``, and ``exhibit_of`` draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from sim.report.charts import bars as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import ENGLAND, Tables
from sim.report.words import figure, listed, little, name
from sim.report.words.captions import NO_MONEY, ON_CALLS, caption, subtitle

ALIKE = "Every bar would be alike: the table has the figures."
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
    them. lines, rests, without: of the caption. note: said where there is nothing to draw. columns: of panels.
    said: sentences of the subtitle, before what it is."""

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
    said: str = ""


def exhibit_of(tables: Tables, bars: Bars) -> Exhibit:
    """The exhibit, without a chart where no bar has a figure."""
    rows, alike = _told_apart(bars.rows)
    drawn = rows["mean"].notna().any()
    return Exhibit(
        bars.name,
        bars.short,
        bars.title,
        subtitle(tables, bars.what, bars.said),
        (lambda: chart.draw(rows, tuple(rows["part"].unique()), bars.columns)) if drawn else None,
        "Bars with intervals",
        caption(tables, f"{bars.lines}{alike}", bars.rests, bars.without),
        bars.table,
        bars.note if bars.rows["mean"].isna().all() else ALIKE,
    )


def _told_apart(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The panels whose bars are not all alike, and a sentence on those that are left out."""
    if rows["label"].nunique() < 2:
        return rows, ""
    left_out = {}
    for panel, part in rows.dropna(subset=["mean"]).groupby("panel", sort=False):
        printed = {little(mean, unit) for mean, unit in zip(part["mean"], part["unit"], strict=True)}
        if len(part) > 1 and len(printed) == 1:
            left_out[panel] = printed.pop()
    said = listed([f"{panel} ({value})" for panel, value in left_out.items()]) if left_out else ""
    kept = rows[~rows["panel"].isin(list(left_out))]
    return kept, f" Alike in every bar, so not drawn: {said}." if said else ""


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
