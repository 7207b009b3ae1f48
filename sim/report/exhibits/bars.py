"""From measures to the rows of a chart of panels, and to the cells of the table under it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.report.tables import ENGLAND, Tables
from sim.report.words import amount, figure, name

COLUMNS = ["panel", "unit", "part", "label", "mean", "ci_low", "ci_high"]
Parts = Mapping[str, str]  # words of the part -> measure


def panel(
    tables: Tables, words: str, unit: str, parts: Parts, group: str = ENGLAND[0], level: str = ENGLAND[1]
) -> pd.DataFrame:
    """One panel: a row for each scenario and part, also where there is no figure."""
    rows = []
    for part, measure in parts.items():
        for scenario in tables.names:
            seen = tables.estimate(scenario, measure, group, level)
            rows.append((words, unit, part, name(scenario), seen.mean, seen.ci_low, seen.ci_high))
    return pd.DataFrame(rows, columns=COLUMNS)


def cells(
    tables: Tables, measure: str, unit: str = "share", group: str = ENGLAND[0], level: str = ENGLAND[1]
) -> list[str]:
    """A figure with its interval for each scenario."""
    return [figure(tables.estimate(scenario, measure, group, level), unit) for scenario in tables.names]


def said(bars: pd.DataFrame) -> str:
    """The bars in words, for those who do not see them."""
    parts = bars["part"].nunique() > 1
    return "; ".join(
        f"{bar.panel}{f' ({bar.part})' if parts else ''}, {bar.label}: {amount(bar.mean, bar.unit)}"
        for bar in bars.dropna(subset=["mean"]).itertuples()
    )
