"""What became of the potential calls: one panel an outcome, the scenarios side by side."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.cells import each_row
from sim.report.drawing.panels import Layout, Title, panels
from sim.report.drawing.rows import CROWD, row_height, whiskers
from sim.report.drawing.style import GREY, LABELS, NAVY, ORANGE, PLUM, TEAL, WIDTH, in_per_cent
from sim.report.words import amount

COLOURS = (NAVY, TEAL, ORANGE, GREY, PLUM, GREY, GREY)  # grey: what neither the teams met nor anybody missed
ROW = 0.42  # inches
ABOVE, BELOW, BETWEEN = 0.5, 0.3, 0.2
COLUMNS = 3


def draw(bars: pd.DataFrame, outcomes: list[str]) -> Figure:
    """bars: rows (``label`` of the scenario, ``outcome``, ``mean``, ``ci_low``, ``ci_high``), scenarios in order;
    four outcomes in colour, three in grey."""
    labels = list(bars["label"].unique())
    columns = COLUMNS if len(labels) <= CROWD else len(outcomes)
    right = max(float(bars[["mean", "ci_high"]].max().max()) * 1.3, 0.01)
    colours = dict(zip(outcomes, COLOURS, strict=True))
    fig = panels(
        bars,
        "outcome",
        Layout(columns, row_height(ROW, len(labels)) * len(labels), ABOVE, BELOW, BETWEEN, right=0.15, foot=0.25),
        lambda axes, here: _panel(axes, here, colours[here["outcome"].iloc[0]], right),
        Title(10 if columns == COLUMNS else 8, 3),
        labels,
    )
    middle = (LABELS + (WIDTH - LABELS) / 2) / WIDTH
    unit = "share of potential calls of families who want to be at home"
    fig.text(middle, 0.08 / fig.get_figheight(), unit, ha="center")
    return fig


def _panel(axes: Axes, bars: pd.DataFrame, colour: str, right: float) -> None:
    axes.barh(range(len(bars)), bars["mean"], height=0.5, color=colour)
    whiskers(axes, range(len(bars)), bars["ci_low"], bars["ci_high"], plate=False)
    for row, bar in enumerate(each_row(bars)):
        text = "no figure" if pd.isna(bar.mean) else amount(bar.mean)
        reach = max(v for v in (bar.mean, bar.ci_high, 0.0) if not pd.isna(v))
        axes.text(reach + 0.025 * right, row, text, va="center", fontsize=9)
    axes.set_xlim(0, right)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.locator_params(axis="x", nbins=5 if len(bars) <= CROWD else 2)
    in_per_cent(axes.xaxis, right)
