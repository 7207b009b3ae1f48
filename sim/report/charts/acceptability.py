"""How probable it is that each scenario is worth most, over what a commissioner would pay."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from sim.report.drawing.style import GREY, INK, NAVY, ORANGE, PLUM, TEAL, canvas, in_per_cent, key, place

HIGH, ABOVE, BELOW, LEFT, RIGHT = 2.9, 0.45, 0.6, 0.75, 0.5  # inches
LINES = [(NAVY, "-"), (TEAL, "--"), (PLUM, "-."), (ORANGE, ":")]
OTHERS = (GREY, "-")  # of a fifth scenario and more


def draw(shares: pd.DataFrame, across: str, asked: float) -> Figure:
    """shares: rows (``label`` of the scenario, ``price``, ``probability_best``, ``low``, ``high``). across: words of
    the axis of prices. asked: the price that the question is about, with a line."""
    fig = canvas(ABOVE + HIGH + BELOW)
    axes = place(fig, LEFT, ABOVE, fig.get_figwidth() - LEFT - RIGHT, HIGH)
    handles = []
    labels = list(dict.fromkeys(shares["label"]))
    for number, label in enumerate(labels):
        here = shares[shares["label"] == label]
        colour, line = LINES[number] if number < len(LINES) else OTHERS
        axes.fill_between(here["price"], here["low"], here["high"], color=colour, alpha=0.12, linewidth=0)
        axes.plot(here["price"], here["probability_best"], color=colour, ls=line, lw=2)
        handles.append(Line2D([], [], color=colour, ls=line, lw=2, label=label))
    axes.axvline(asked, color=INK, lw=1)
    axes.grid(axis="y", visible=True)
    axes.set_ylim(0, 1)
    axes.set_xlim(0, float(shares["price"].max()))
    in_per_cent(axes.yaxis, 1.0)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"£{value:,.0f}"))
    axes.set_xlabel(across)
    key(fig, handles, min(len(handles), 4))
    return fig
