"""The pooling curve: a small chart for each figure, groupings from left to right, intervals as lines."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.drawing.panels import Layout, Title, panels
from sim.report.drawing.style import NAVY, ORANGE, PLUM, TEAL, across, place
from sim.report.words import grouping_name

ACROSS, HIGH, ABOVE, BETWEEN, HEADING, ENTRY = 3, 1.45, 0.4, 0.5, 0.5, 0.26
EACH = HIGH + 0.77 + 0.3  # inches from one row of panels to the next
LEFT = 0.45
MARKS = ((NAVY, "o", "-"), (ORANGE, "s", "--"), (TEAL, "^", ":"), (PLUM, "D", "-."))


def draw(points: pd.DataFrame) -> Figure:
    """points: ``panel``, ``line``, ``grouping``, ``mean``, ``ci_low``, ``ci_high``; shares as per cent."""
    lines, groupings = list(points["line"].unique()), list(points["grouping"].unique())
    entries = _entries(lines)
    heading = HEADING + ENTRY * (len(entries) - 1)
    fig = panels(
        points,
        "panel",
        Layout(ACROSS, HIGH, ABOVE, EACH - HIGH - ABOVE, BETWEEN, left=LEFT, key=heading),
        lambda axes, here: _panel(axes, here, lines, groupings),
        Title(9),
    )
    _legend(fig, entries, lines)
    return fig


def _panel(axes: Axes, here: pd.DataFrame, lines: list[str], groupings: list[str]) -> None:
    shift = 0.09
    for number_of, line in enumerate(lines):
        part = here[here["line"] == line].set_index("grouping").reindex(groupings)
        if part["mean"].isna().all():
            continue
        colour, mark, dash = MARKS[number_of % len(MARKS)]
        x = [place_of + (number_of - (len(lines) - 1) / 2) * shift for place_of in range(len(groupings))]
        axes.plot(x, part["mean"], color=colour, marker=mark, linestyle=dash, markersize=4, linewidth=1.3)
        for at, low, high in zip(x, part["ci_low"], part["ci_high"], strict=True):
            if not math.isnan(low):
                axes.plot([at, at], [low, high], color=colour, linewidth=1.1)
    axes.set_xticks(range(len(groupings)), [grouping_name(g) for g in groupings], rotation=32, ha="right", fontsize=7.5)
    axes.tick_params(axis="y", labelsize=8)
    axes.grid(axis="x", visible=False)
    axes.grid(axis="y", visible=True)
    top = float(here[["mean", "ci_high"]].max().max())
    axes.set_ylim(0, 1.06 * top if top > 0 else 1.0)
    axes.set_xlim(-0.4, len(groupings) - 0.6)


def _legend(fig: Figure, rows: list[list[tuple[float, str]]], lines: list[str]) -> None:
    for row, entries in enumerate(rows):
        axes = place(fig, 0.12, 0.06 + row * ENTRY, across() - 0.24, 0.28)
        axes.set(xlim=(0, across() - 0.24), ylim=(0, 1))
        axes.axis("off")
        for left, line in entries:
            colour, mark, dash = MARKS[lines.index(line) % len(MARKS)]
            x = [left, left + 0.2, left + 0.4]
            axes.plot(x, [0.5] * 3, color=colour, marker=mark, linestyle=dash, markersize=4)
            axes.text(left + 0.5, 0.5, line, va="center", fontsize=9)


def _entries(lines: list[str]) -> list[list[tuple[float, str]]]:
    """Where each name of a line begins, in as many rows as they need."""
    rows: list[list[tuple[float, str]]] = [[]]
    left = 0.08
    for line in lines:
        wide = 0.5 + 0.085 * len(line) + 0.35
        if rows[-1] and left + wide > across() - 0.24:
            rows.append([])
            left = 0.08
        rows[-1].append((left, line))
        left += wide
    return rows
