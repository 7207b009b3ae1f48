"""What nobody knows, on the page: how far assumptions move a figure, which numbers decide it, what holds anyway."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.cells import each_row
from sim.measures.headlines import headlines
from sim.report.drawing import Grid
from sim.report.tables import ENGLAND, Tables
from sim.report.words.names import name
from sim.report.words.numbers import amount
from sim.uncertainty import DIFFERENCE, FIGURE, both, holds, ranged

HEADING = "What nobody knows"
PLACES = ("cards", "page")  # the headlines whose deciding numbers are told
TITLES = {one.measure: one.title for place in PLACES for one in headlines(place)}


def over_assumptions(tables: Tables, scenario: str, measure: str, group: str, level: str) -> str:
    """``assumptions 21% to 61%``; empty in a study that drew nothing, and where no draw changes the figure."""
    if tables.uncertainty is None or (group, level) != ENGLAND:
        return ""
    rows = _of(tables.uncertainty, FIGURE)
    rows = rows[(rows["scenario"] == scenario) & (rows["measure"] == measure)]
    if rows.empty:
        return ""
    row = rows.iloc[0]
    unit = "share" if str(row["unit"]).startswith("share") else "pounds" if str(row["unit"]).startswith("GBP") else ""
    low, high = (amount(float(row[end]), unit) for end in ("assumptions_low", "assumptions_high"))
    return f"assumptions {low} to {high}"


def unknown(tables: Tables) -> list[Grid]:
    """The differences with both intervals and the share of draws in which they hold; what decides each headline."""
    if tables.uncertainty is None or tables.decides is None:
        return []
    differences, deciding = (
        _of(tables.uncertainty, DIFFERENCE),
        tables.decides[tables.decides["measure"].isin(list(TITLES))],
    )
    held = [
        (TITLES[row.measure], name(row.scenario), both(row), holds(row))
        for row in each_row(differences[differences["measure"].isin(list(TITLES))])
    ]
    decided = [_decided(row) for row in each_row(deciding)]
    draws = f"{int(tables.uncertainty['draws'].max())} draws of all that nobody knows"
    head = (
        "Figure",
        "Of",
        "Number",
        "Its range",
        "The figure at both ends",
        "What stands behind it",
        "Who could find out",
    )
    return [
        Grid(f"Differences from {name(tables.baseline)} over {draws}",
             ("Figure", "Scenario", "Difference", "Does it hold"), held),
        Grid("What decides this: at most three numbers of each figure, beyond chance", head, decided),
    ]  # fmt: skip


def _of(table: pd.DataFrame, what: str) -> pd.DataFrame:
    return table[table["of"] == what]


def _decided(row: Any) -> tuple[str, ...]:
    """A number that decides a figure: what it is, its range, the figure at both ends, and what is known of it."""
    against = " against the baseline" if row.of == DIFFERENCE else ""
    tied = f" (+{row.tied - 1:.0f} tied)" if row.tied > 1 else ""
    said = "assumed" if row.grade in ("assumed", "") else f"grade {row.grade}"
    ends = f"{ranged(row.at_low, row.at_high, row.unit)} ({row.shape})"
    known = (f"{row.low:.3g} to {row.high:.3g}", ends, f"{said}: {row.text}", row.who_could_find_out)
    return (TITLES[row.measure], name(row.scenario) + against, f"{row.key}{tied}", *known)
