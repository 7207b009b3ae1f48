"""Headlines as dots with two bars: dark for what chance leaves open, pale for what the assumptions do."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.cells import each_row
from sim.report.drawing.rows import line_names, under_headings
from sim.report.drawing.style import INK, NAVY, PALE, across, canvas, in_per_cent, key, key_room, labels, place

KEY, ROW, BELOW, RIGHT = 0.45, 0.34, 0.5, 0.3  # inches
WIDE, SLIM = 0.62, 0.26  # of a row: the bar of the assumptions, and that of chance within it
WORDS = ("as shipped", "chance, 95% interval", "assumptions, 95% of draws")
COLUMNS = 3  # of the key


def draw(rows: pd.DataFrame) -> Figure:
    """rows: shares (``figure``, ``label`` of the scenario, ``mean``, ``chance_low``, ``chance_high``,
    ``assumptions_low``, ``assumptions_high``)."""
    lines = under_headings(rows, "figure", "label")
    tall, above = ROW * len(lines), KEY + key_room(WORDS, COLUMNS)
    fig = canvas(above + tall + BELOW)
    axes = place(fig, labels(), above, across() - labels() - RIGHT, tall)
    at = [lines.index((row.figure, row.label)) for row in each_row(rows)]
    for what, colour, thick in (("assumptions", PALE, WIDE), ("chance", NAVY, SLIM)):
        low, high = rows[f"{what}_low"], rows[f"{what}_high"]
        axes.barh(at, high - low, left=low, height=thick, color=colour, edgecolor=NAVY, lw=0.6)
    for row, one in zip(at, each_row(rows), strict=True):
        axes.plot(one.mean, row, marker="o", ms=6, mfc="white", mec=INK, lw=0)
    axes.yaxis.set_visible(False)
    line_names(axes, lines)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    axes.set_xlim(0, 1)
    axes.grid(axis="x", visible=True)
    in_per_cent(axes.xaxis, 1.0)
    dot = Line2D([], [], marker="o", ms=6, mfc="white", mec=INK, lw=0, label=WORDS[0])
    bars = [
        Patch(facecolor=colour, edgecolor=NAVY, label=words)
        for colour, words in zip((NAVY, PALE), WORDS[1:], strict=True)
    ]
    key(fig, [dot, *bars], COLUMNS)
    return fig
