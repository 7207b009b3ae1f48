"""Bars of what it would be worth to know an unknown, beside the border below which noise gives as much."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from sim.cells import each_row
from sim.report.drawing.rows import row_names, whiskers
from sim.report.drawing.style import INK, NAVY, ORANGE, PALE, canvas, key, place

ROW, ABOVE, BELOW, LEFT, RIGHT = 0.36, 0.45, 0.6, 3.3, 0.3  # inches
THICK = 0.6


def draw(bars: pd.DataFrame) -> Figure:
    """bars: rows (``name``, ``value``, ``low``, ``high``, ``noise``, ``above``), the largest first, pounds a year."""
    tall = ROW * len(bars)
    fig = canvas(ABOVE + tall + BELOW)
    axes = place(fig, LEFT, ABOVE, fig.get_figwidth() - LEFT - RIGHT, tall)
    at = list(range(len(bars)))
    colours = [NAVY if above else PALE for above in bars["above"]]
    axes.barh(at, bars["value"], height=THICK, color=colours, edgecolor=NAVY, lw=0.8)
    whiskers(axes, at, bars["low"], bars["high"], plate=False)
    for row, bar in zip(at, each_row(bars), strict=True):
        axes.plot([bar.noise] * 2, [row - 0.42, row + 0.42], color=ORANGE, lw=2)
    row_names(axes, [str(name) for name in bars["name"]])
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.locator_params(axis="x", nbins=6)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"£{value:,.0f}"))
    axes.set_xlabel("a year")
    handles = [
        Patch(facecolor=NAVY, edgecolor=NAVY, label="above noise"),
        Patch(facecolor=PALE, edgecolor=NAVY, label="not above noise"),
        Line2D([], [], color=ORANGE, lw=2, label="what noise gives"),
        Line2D([], [], color=INK, lw=1.5, label="95% interval"),
    ]
    key(fig, handles, 4)
    return fig
