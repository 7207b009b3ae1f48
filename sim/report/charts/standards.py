"""Standards as marks: full, half full or empty, on paper beside as held; a panel for each scenario."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.cells import each_row
from sim.report.drawing.fonts import wrapped
from sim.report.drawing.many import spans, write
from sim.report.drawing.panels import Layout, Title, panels
from sim.report.drawing.style import GREY, NAVY, RULE, key, key_room

COLUMNS = ["label", "standard", "service", "how", "word"]
HOW = ("on paper", "as held")
FILLS = {"met": "full", "partly met": "bottom", "not met": "none"}
ROW, ABOVE, BELOW, KEY, BETWEEN = 0.42, 0.85, 0.12, 0.34, 0.3
PER_LINE = 2


def draw(marks: pd.DataFrame) -> Figure:
    """marks: rows of COLUMNS; an empty word is a dash."""
    standards, services = list(marks["standard"].unique()), list(marks["service"].unique())
    layout = Layout(
        min(PER_LINE, marks["label"].nunique()),
        ROW * len(standards),
        ABOVE,
        BELOW,
        BETWEEN,
        key=KEY + key_room(list(FILLS), 3),
    )
    room = layout.wide / len(services) - 0.04
    fig = panels(
        marks,
        "label",
        layout,
        lambda axes, here: _panel(axes, here, standards, services, room),
        Title(lines=1, pad=34),
        standards,
    )
    handles = [Line2D([], [], **_mark(word), linestyle="", label=word) for word in FILLS]
    key(fig, handles, 3, columnspacing=1.6)
    return fig


def _panel(axes: Axes, marks: pd.DataFrame, standards: list[str], services: list[str], room: float) -> None:
    axes.set(xlim=(-0.5, len(services) - 0.5), ylim=(len(standards) - 0.5, -0.5))
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    edges = [row - 0.5 for row in range(len(standards) + 1)]
    spans(axes, edges, [-0.5] * len(edges), [len(services) - 0.5] * len(edges), color=RULE, lw=0.8)
    for column, service in enumerate(services):
        axes.annotate(
            wrapped(service, room, 8), (column, -0.5), (0, 3), textcoords="offset points", ha="center", va="bottom",
            fontsize=8, annotation_clip=False,
        )  # fmt: skip
    at = defaultdict[str, list[tuple[float, int]]](list)
    for mark in each_row(marks):
        x = services.index(mark.service) + (-0.17 if mark.how == HOW[0] else 0.17)
        at[mark.word].append((x, standards.index(mark.standard)))
    unsaid = at.pop("", [])
    write(axes, *_across_and_down(unsaid), ["–"] * len(unsaid), ha="center", colours=GREY, fontsize=9)
    for word, places in at.items():
        axes.plot(*_across_and_down(places), linestyle="", **_mark(word))


def _across_and_down(places: list[tuple[float, int]]) -> tuple[list[float], list[int]]:
    return [x for x, _ in places], [y for _, y in places]


def _mark(word: Any) -> dict[str, Any]:
    return {
        "marker": "o", "markersize": 9, "color": NAVY, "markeredgecolor": NAVY, "fillstyle": FILLS[str(word)],
        "markerfacecoloralt": "white",
    }  # fmt: skip
