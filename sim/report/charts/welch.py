"""Weekly series one below the other, with their moving average and where the warm-up ends."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from sim.report.drawing.style import GREY, NAVY, ORANGE, PALE, WIDTH, canvas, place

PANEL, GAP, ABOVE, BELOW, LEFT, RIGHT = 1.15, 0.45, 0.35, 0.45, 0.9, 0.2  # inches


def draw(series: pd.DataFrame, warmup_weeks: int) -> Figure:
    """series: rows (``series``, ``title``, ``week`` from 1, ``mean``, ``moving_average``, ``cut``: weeks or nan)."""
    names = list(dict.fromkeys(series["series"]))
    fig = canvas(ABOVE + len(names) * (PANEL + GAP) + BELOW)
    for number, name in enumerate(names):
        rows = series[series["series"] == name]
        axes = place(fig, LEFT, ABOVE + number * (PANEL + GAP), WIDTH - LEFT - RIGHT, PANEL)
        axes.set_title(rows["title"].iloc[0])
        axes.axvspan(0, warmup_weeks, color=PALE, lw=0)
        axes.plot(rows["week"] - 0.5, rows["mean"], color=GREY, lw=0.8)
        axes.plot(rows["week"] - 0.5, rows["moving_average"], color=NAVY, lw=1.8)
        cut = rows["cut"].iloc[0]
        if cut == cut:
            axes.axvline(cut, color=ORANGE, lw=1.6, ls="--")
        axes.set_xlim(0, rows["week"].max())
        axes.set_ylim(bottom=0)
        axes.locator_params(axis="y", nbins=4)
    axes.set_xlabel("week of the run")
    return fig
