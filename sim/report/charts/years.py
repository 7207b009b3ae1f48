"""One year in one area: the mean of each area, its 95 % interval, and what a single year may bring."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.drawing.many import spans, write
from sim.report.drawing.panels import Layout, panels
from sim.report.drawing.rows import row_height
from sim.report.drawing.ruler import ruler
from sim.report.drawing.style import GREY, INK, NAVY, in_per_cent, key, key_room

ROW, ABOVE, BELOW, BETWEEN, KEY = 0.46, 0.4, 0.4, 0.32, 0.35


def draw(dots: pd.DataFrame) -> Figure:
    """dots: rows (``label`` of the scenario, ``code`` of the area, ``area`` as it is printed, ``mean``, ``ci_low``,
    ``ci_high``, ``pi_low``, ``pi_high``), areas in the order of the rows; one panel a scenario on one axis."""
    areas = dict(zip(dots["code"], dots["area"], strict=True))
    tall = row_height(ROW, len(areas)) * len(areas) * (1 if len(areas) <= 8 else 0.75)
    right = min(float(dots[["mean", "pi_high", "ci_high"]].max().max()) * 1.04 or 0.01, 1.0)

    def draw_one(axes: Axes, here: pd.DataFrame) -> None:
        row_of = {code: row for row, code in enumerate(areas)}
        _areas(axes, here.assign(row=here["code"].map(row_of)))
        axes.set_xlim(0, right)
        axes.set_ylim(len(areas) - 0.4, -0.6)
        axes.locator_params(axis="x", nbins=5)
        in_per_cent(axes.xaxis, right)
        ruler(axes)

    handles = [
        Line2D([], [], color=NAVY, marker="o", lw=0, ms=5, label="mean of many years"),
        Line2D([], [], color=INK, lw=3, label="95% interval of that mean"),
        Line2D([], [], color=GREY, lw=1.1, marker="|", ms=5, label="one year: 90% prediction interval"),
    ]
    above = KEY + key_room([str(one.get_label()) for one in handles], 3)
    layout = Layout(dots["label"].nunique(), tall, ABOVE, BELOW, BETWEEN, right=0.25, key=above)
    fig = panels(dots, "label", layout, draw_one, rows=list(areas.values()))
    key(fig, handles, 3, columnspacing=1.4)
    return fig


def _areas(axes: Axes, dots: pd.DataFrame) -> None:
    unknown = dots["row"][dots["mean"].isna()]
    write(axes, [0.0] * len(unknown), unknown, ["no figure"] * len(unknown), fontsize=8)
    known = dots[dots["mean"].notna()]
    spans(axes, known["row"], known["pi_low"], known["pi_high"], color=GREY, lw=1.1, marker="|", ms=5)
    spans(axes, known["row"], known["ci_low"], known["ci_high"], color=INK, lw=3, solid_capstyle="butt")
    axes.plot(known["mean"], known["row"], "o", color=NAVY, ms=5, mec="white", mew=0.8)
