"""One panel a measure, one row a scenario: bars from zero with intervals, and a second bar beneath where two belong."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.cells import records
from sim.report.drawing.many import blocks, write
from sim.report.drawing.panels import Layout, Title, panels
from sim.report.drawing.rows import CROWD, row_height, whiskers
from sim.report.drawing.ruler import ruler
from sim.report.drawing.style import NAVY, in_per_cent, key, key_room
from sim.report.words import little

ROW = {1: 0.42, 2: 0.56}  # inches of a scenario, by bars in it
ABOVE, BELOW, BETWEEN, KEY = 0.5, 0.32, 0.22, 0.32
FACES = (NAVY, "white")  # the first bar is filled, the second hollow: told apart without colour
HIGH = {1: 0.5, 2: 0.34}  # of a row, by bars in it


def draw(bars: pd.DataFrame, parts: tuple[str, ...], columns: int = 3) -> Figure:
    """bars: rows (``panel``, ``unit``, ``part``, ``label`` of the scenario, ``mean``, ``ci_low``, ``ci_high``).

    parts: one or two bars of each row, the first above. Shares of all panels stand on one axis.
    """
    labels = list(bars["label"].unique())
    columns = min(4 if len(labels) > CROWD else columns, bars["panel"].nunique())
    tall = row_height(ROW[len(parts)], len(labels)) * len(labels)
    shares = bars[bars["unit"] == "share"]
    above = KEY + key_room(parts, 2) if len(parts) > 1 else 0.0
    fig = panels(
        bars,
        "panel",
        Layout(
            columns,
            tall,
            ABOVE,
            BELOW,
            BETWEEN,
            right=0.15,
            key=above,
            foot=0.05,
        ),
        lambda axes, here: _panel(
            axes, here, parts, labels, _right(shares if here["unit"].iloc[0] == "share" else here)
        ),
        Title() if columns < 4 else Title(8.5, 3),
        labels,
    )
    if len(parts) > 1:
        handles = [Patch(facecolor=face, edgecolor=NAVY, label=part) for part, face in zip(parts, FACES, strict=False)]
        key(fig, handles, 2, columnspacing=1.6)
    return fig


def _right(bars: pd.DataFrame) -> float:
    top = float(bars[["mean", "ci_high"]].max().max())
    return top * 1.34 if top > 0 else 0.01 if bars["unit"].iloc[0] == "share" else 1.0


def _panel(axes: Axes, bars: pd.DataFrame, parts: tuple[str, ...], labels: list[str], right: float) -> None:
    high, row_of = HIGH[len(parts)], {label: row for row, label in enumerate(labels)}
    for number, part in enumerate(parts):
        shift = (number - (len(parts) - 1) / 2) * high * 1.12
        here = records(bars[bars["part"] == part])
        at, means = [row_of[bar["label"]] + shift for bar in here], [bar["mean"] for bar in here]
        sides = [y - high / 2 for y in at], [y + high / 2 for y in at]
        blocks(axes, [0.0] * len(at), means, *sides, facecolors=FACES[number], edgecolors=NAVY, linewidths=1.1)
        whiskers(axes, at, [bar["ci_low"] for bar in here], [bar["ci_high"] for bar in here])
        behind, said = [_reach(bar) + 0.025 * right for bar in here], map(_value, here)
        write(axes, behind, at, said, fontsize=8.8 if len(labels) <= CROWD or len(parts) == 1 else 7.2)
    axes.set_xlim(0, right)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.locator_params(axis="x", nbins=5)
    if bars["unit"].iloc[0] == "share":
        in_per_cent(axes.xaxis, right * 0.9)
    ruler(axes)


def _reach(bar: dict[str, Any]) -> float:
    """Where the bar and its interval end."""
    return max(value for value in (bar["mean"], bar["ci_high"], 0.0) if not pd.isna(value))


def _value(bar: dict[str, Any]) -> str:
    """The figure behind it."""
    return "no figure" if pd.isna(bar["mean"]) else little(bar["mean"], bar["unit"])
