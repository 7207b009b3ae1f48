"""Shares over the hours of a day, one panel a kind of day, one line a scenario with a band for its interval."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.charts.weeks import COLOURS, DASHES, handles
from sim.report.drawing.panels import Layout, panels
from sim.report.drawing.style import GREY, in_per_cent, key, key_room

TALL, ABOVE, BELOW, BETWEEN, LEFT, KEY = 2.3, 0.35, 0.5, 0.18, 0.55, 0.45
NIGHT = ((0, 7), (22, 24))  # shaded
SHADE = "#ececec"


def draw(lines: pd.DataFrame) -> Figure:
    """lines: rows (``panel``, ``label`` of the scenario, ``hour`` 0-23, ``mean``, ``ci_low``, ``ci_high``); at most
    four scenarios. Hours in which nobody called are left open."""
    labels = list(lines["label"].unique())
    top = min(float(lines[["mean", "ci_high"]].max().max()) * 1.05 or 0.01, 1.0)
    layout = Layout(lines["panel"].nunique(), TALL, ABOVE, BELOW, BETWEEN, left=LEFT, key=KEY + key_room(labels, 2))
    fig = panels(lines, "panel", layout, lambda axes, here: _panel(axes, here, labels, top))
    for axes in fig.axes[1:] if layout.side_by_side > 1 else []:
        axes.tick_params(axis="y", labelleft=False)
    key(fig, handles(labels), 2, handlelength=3.2)
    return fig


def _panel(axes: Axes, lines: pd.DataFrame, labels: list[str], top: float) -> None:
    for start, end in NIGHT:
        axes.axvspan(start, end, color=SHADE, lw=0, zorder=0)
    axes.text(0.3, 0.97, "night", fontsize=8, va="top", color=GREY, transform=axes.get_xaxis_transform())
    for label, colour, dash in zip(labels, COLOURS, DASHES, strict=False):
        of = lines[lines["label"] == label].set_index("hour").reindex(range(25))
        of.loc[24] = of.loc[23]
        ends: dict[str, Any] = {"step": "post", "color": colour, "alpha": 0.16, "lw": 0}
        axes.fill_between(of.index, of["ci_low"].astype(float), of["ci_high"].astype(float), **ends)
        axes.step(of.index, of["mean"].astype(float), where="post", color=colour, ls=dash, lw=1.8)
    axes.set_xlim(0, 24)
    axes.set_xticks(range(0, 25, 6), ["00", "06", "12", "18", "24"])
    axes.grid(axis="y")
    axes.grid(visible=False, axis="x")
    axes.set_xlabel("hour of the day")
    axes.set_ylim(0, top)
    in_per_cent(axes.yaxis, top)
