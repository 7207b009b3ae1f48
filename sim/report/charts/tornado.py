"""Bars to both sides of the shipped figure: where it goes when one unknown number is at either end of its range."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report.drawing.rows import row_names, whiskers
from sim.report.drawing.style import INK, NAVY, PALE, canvas, key, place

ROW, ABOVE, BELOW, LEFT, RIGHT = 0.42, 0.4, 0.45, 3.3, 0.3  # inches
SIDES = (("low", PALE, -0.17), ("high", NAVY, 0.17))
THICK = 0.3


def draw(bars: pd.DataFrame, axis: str) -> Figure:
    """bars: rows (``name``, ``base``, ``at_low``, ``at_low_ci_low``, ``at_low_ci_high`` and the same of ``high``)."""
    tall = ROW * len(bars)
    fig = canvas(ABOVE + tall + BELOW)
    axes = place(fig, LEFT, ABOVE, fig.get_figwidth() - LEFT - RIGHT, tall)
    base = float(bars["base"].iloc[0])
    for side, colour, shift in SIDES:
        at = [row + shift for row in range(len(bars))]
        axes.barh(at, bars[f"at_{side}"] - base, left=base, height=THICK, facecolor=colour, edgecolor=NAVY, lw=0.8)
        whiskers(axes, at, bars[f"at_{side}_ci_low"], bars[f"at_{side}_ci_high"], plate=False)
    axes.axvline(base, color=INK, lw=1.2)
    row_names(axes, [str(name) for name in bars["name"]])
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_xlabel(axis)
    handles = [Patch(facecolor=colour, edgecolor=NAVY, label=f"number {side}") for side, colour, _ in SIDES]
    key(fig, handles, 2)
    return fig
