"""National, yours and both together: three dots with their intervals for each figure, as multiples of the national."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.drawing.rows import row_names
from sim.report.drawing.style import GREY, INK, NAVY, canvas, key, place

ROW, ABOVE, BELOW, LEFT, RIGHT = 0.95, 0.45, 0.5, 2.3, 1.6  # inches
WHO = (("national", GREY, "s", -0.25), ("yours", INK, "o", 0.0), ("combined", NAVY, "D", 0.25))
TICKS = (0.25, 0.5, 1, 2, 4)


def draw(rows: pd.DataFrame, axis: str) -> Figure:
    """rows: ``name``, and for national, yours and combined the figure, ``_low``, ``_high`` and ``_said``."""
    tall = ROW * len(rows)
    fig = canvas(ABOVE + tall + BELOW)
    axes = place(fig, LEFT, ABOVE, fig.get_figwidth() - LEFT - RIGHT, tall)
    base = rows["national"].to_numpy()
    for who, colour, marker, shift in WHO:
        for at, row in enumerate(rows.to_dict("records")):
            if row[who] != row[who]:  # the log does not tell of it
                continue
            middle, low, high = (row[f"{who}{end}"] / base[at] for end in ("", "_low", "_high"))
            axes.plot([low, high], [at + shift] * 2, color=colour, lw=2.2, solid_capstyle="round")
            axes.plot([middle], [at + shift], marker=marker, color=colour, markersize=7, markeredgecolor="white")
            axes.text(1.02, at + shift, row[f"{who}_said"], color=colour, va="center", fontsize=9,
                      transform=axes.get_yaxis_transform())  # fmt: skip
    axes.axvline(1.0, color=GREY, lw=1.0, zorder=0)
    axes.set_xscale("log")
    ends = [rows[f"{who}{end}"] / base for who, *_ in WHO for end in ("_low", "_high")]
    seen = pd.concat(ends).dropna()
    axes.set_xlim(min(0.9 * seen.min(), 0.5), max(1.1 * seen.max(), 2.0))
    shown = [tick for tick in TICKS if axes.get_xlim()[0] <= tick <= axes.get_xlim()[1]]
    axes.set_xticks(shown, [f"{tick:g}" for tick in shown])
    axes.minorticks_off()
    row_names(axes, [str(name) for name in rows["name"]])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlabel(axis)
    handles = [Line2D([], [], color=colour, marker=marker, lw=2.2, label=who) for who, colour, marker, _ in WHO]
    key(fig, handles, len(handles))
    return fig
