"""Lines over weeks, one for each role, with bands for their intervals and the warm-up shaded."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.drawing.fonts import wrapped
from sim.report.drawing.panels import Layout
from sim.report.drawing.style import GREY, NAVY, ORANGE, PLUM, TEAL, in_per_cent, key, key_room

COLOURS = (NAVY, TEAL, PLUM, ORANGE)
DASHES = ("-", (0, (6, 2)), (0, (2, 1.6)), (0, (7, 2, 1.5, 2)))  # told apart without colour
TALL, ABOVE, BELOW, BETWEEN, KEY = 1.75, 0.45, 0.42, 0.2, 0.35
LEFT = 0.75
COLUMNS = 3
SHADE = "#ececec"


def draw(lines: pd.DataFrame, warmup: int) -> Figure:
    """lines: rows (``panel``, ``unit``, ``label`` of the scenario, ``role``, ``week``, ``mean``, ``ci_low``,
    ``ci_high``). At most four roles. warmup: weeks before anything is measured. A panel of a measure stands under
    the other for the same scenario; scenarios stand side by side and begin a new band of rows after three."""
    panels, labels = list(lines["panel"].unique()), list(lines["label"].unique())
    roles = list(lines["role"].unique())[: len(COLOURS)]
    layout = Layout(min(COLUMNS, len(labels)), TALL, ABOVE, BELOW, BETWEEN, left=LEFT, key=KEY + key_room(roles, 4))
    fig = layout.canvas(len(panels) * -(-len(labels) // layout.side_by_side))
    for number, label in enumerate(labels):
        band, column = divmod(number, layout.side_by_side)
        for index, panel in enumerate(panels):
            axes = layout.axes(fig, band * len(panels) + index, column)
            of_panel = lines[lines["panel"] == panel]
            _panel(axes, of_panel[of_panel["label"] == label], roles, warmup)
            _scale(axes, of_panel, first=column == 0)
            axes.set_title(f"{wrapped(label, layout.wide, 9.5, 1, bold=True)}\n{panel}", fontsize=9.5)
            axes.set_xlabel("week")
    key(fig, handles(roles), 4, handlelength=3.2)
    return fig


def handles(names: list[str]) -> list[Line2D]:
    """The lines of a key, each in its own colour and dashes."""
    return [
        Line2D([], [], color=colour, ls=dash, lw=2, label=name)
        for name, colour, dash in zip(names, COLOURS, DASHES, strict=False)
    ]


def _panel(axes: Axes, lines: pd.DataFrame, roles: list[str], warmup: int) -> None:
    last = int(lines["week"].max()) if len(lines) else warmup
    if warmup:
        axes.axvspan(0.5, warmup + 0.5, color=SHADE, lw=0, zorder=0)
        axes.text(1.5, 0.97, "warm-up", fontsize=8, va="top", color=GREY, transform=axes.get_xaxis_transform())
    for role, colour, dash in zip(roles, COLOURS, DASHES, strict=False):
        of_role = lines[lines["role"] == role]
        axes.fill_between(of_role["week"], of_role["ci_low"], of_role["ci_high"], color=colour, alpha=0.18, lw=0)
        axes.plot(of_role["week"], of_role["mean"], color=colour, ls=dash, lw=1.8)
    axes.set_xlim(0.5, last + 0.5)
    axes.grid(axis="y")
    axes.grid(visible=False, axis="x")


def _scale(axes: Axes, lines: pd.DataFrame, first: bool) -> None:
    """From zero; the index to one."""
    share = lines["unit"].iloc[0] == "share"
    top = float(lines[["mean", "ci_high"]].max().max())
    limit = max(top * 1.12, 0.01) if share else 1.0
    axes.set_ylim(0, limit)
    axes.locator_params(axis="y", nbins=5)
    if share:
        in_per_cent(axes.yaxis, limit)
    axes.tick_params(axis="y", labelleft=first)
