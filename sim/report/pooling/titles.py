"""Titles of the exhibits of pooling: the first grouping beside the last, or how many areas gain."""

from __future__ import annotations

import pandas as pd

from sim.report.pooling.words import GAINED, UNMET, cell
from sim.report.words import grouping_name
from sim.report.words.titles import fitting


def first_and_last(rows: pd.DataFrame, subject: str) -> str:
    """A title: a figure of the first grouping and of the last."""
    known = rows.dropna(subset=["mean"])
    if known.empty:
        return f"{subject}: no figure"
    first, last = known.iloc[0], known.iloc[-1]
    said = [f"{cell(known, str(row['grouping'])).split(' (')[0]} {_called(row)}" for row in (first, last)]
    return fitting(f"{subject} {said[0]}, {said[1]}" if subject.endswith(" in") else f"{subject}: {said[0]}, {said[1]}")


def _called(row: pd.Series) -> str:
    return grouping_name(str(row["grouping"])).lower()


def where_title(here: pd.DataFrame, measure: str) -> str:
    """Of the last grouping: in how many areas families surely gain."""
    if here.empty:
        return f"{GAINED[measure].capitalize()}: no figure by area"
    last = here[here["grouping"] == here["grouping"].iloc[-1]]
    gain = int((last["says"] == "gains").sum())
    what, of = GAINED[measure].capitalize(), grouping_name(str(last["grouping"].iloc[0])).lower()
    return fitting(f"{what}: {gain} of {len(last)} areas surely gain, {of}", f"{gain} of {len(last)} areas surely gain")


def who_title(gains: pd.DataFrame) -> str:
    """Of the last grouping: in how many areas unmet demand surely falls and rises."""
    found = gains[gains["measure"] == UNMET]
    if found.empty:
        return "Who gains and who loses: no figure by area"
    last = found[(found["grouping"] == found["grouping"].iloc[-1]) & (found["goodwill"] == found["goodwill"].iloc[0])]
    gain, lose = (int((last["says"] == word).sum()) for word in ("gains", "loses"))
    return f"Unmet demand, {_called(last.iloc[0])}: {gain} areas surely gain, {lose} lose"
