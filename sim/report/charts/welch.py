"""Weekly series one below the other, with their moving average and where the warm-up ends."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.drawing.panels import Layout, Title, panels
from sim.report.drawing.style import GREY, NAVY, ORANGE, PALE

LAYOUT = Layout(1, tall=1.15, above=0, below=0.45, between=0, left=0.9, right=0.2, key=0.35, foot=0.45)


def draw(series: pd.DataFrame, warmup_weeks: float) -> Figure:
    """series: rows (``series``, ``title``, ``week`` from 1, ``mean``, ``moving_average``, ``cut``: weeks or nan)."""
    fig = panels(series, "title", LAYOUT, lambda axes, rows: _panel(axes, rows, warmup_weeks), Title(size=10))
    fig.axes[-1].set_xlabel("week of the run")
    return fig


def _panel(axes: Axes, rows: pd.DataFrame, warmup_weeks: float) -> None:
    axes.axvspan(0, warmup_weeks, color=PALE, lw=0)
    axes.plot(rows["week"] - 0.5, rows["mean"], color=GREY, lw=0.8)
    axes.plot(rows["week"] - 0.5, rows["moving_average"], color=NAVY, lw=1.8)
    cut = rows["cut"].iloc[0]
    if cut == cut:
        axes.axvline(cut, color=ORANGE, lw=1.6, ls="--")
    axes.set_xlim(0, rows["week"].max())
    axes.set_ylim(bottom=0)
    axes.locator_params(axis="y", nbins=4)
