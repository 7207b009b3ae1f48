"""Levels of groups (deprivation, rural share, kind of service): dots with intervals, one panel a scenario."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.cells import records
from sim.report.drawing.many import spans
from sim.report.drawing.panels import Layout, panels
from sim.report.drawing.rows import RowName, under_headings, write_names
from sim.report.drawing.ruler import ruler
from sim.report.drawing.style import GREY, INK, NAVY, RULE, abreast, in_per_cent
from sim.report.words import amount

ROW, HEAD = 0.3, 0.34  # inches of a level, and of a group's name
ABOVE, BELOW, BETWEEN = 0.5, 0.36, 0.16
COLUMNS = 4


def draw(dots: pd.DataFrame) -> Figure:
    """dots: rows (``label`` of the scenario, ``group``, ``level``, ``mean``, ``ci_low``, ``ci_high``, ``overall``).

    Each panel has an axis of its own from zero: the gaps inside a scenario are the matter."""
    labels = list(dots["label"].unique())
    lines = under_headings(dots, "group", "level")
    tall = sum(HEAD if level is None else ROW for _, level in lines)
    columns = abreast(len(labels) if len(labels) == COLUMNS + 1 else min(COLUMNS, max(len(labels), 2)))
    at_the_left = set(labels[::columns])

    def draw_one(axes: Axes, here: pd.DataFrame) -> None:
        top = float(here[["mean", "ci_high", "overall"]].max().max())
        right = top * 1.4 if top > 0 else 0.01
        axes.set(xlim=(0, right), ylim=(tall, 0))
        axes.yaxis.set_visible(False)
        _panel(axes, here, lines, right, named=here["label"].iloc[0] in at_the_left)
        axes.locator_params(axis="x", nbins=4)
        in_per_cent(axes.xaxis, right * 0.9)
        ruler(axes)

    return panels(dots, "label", Layout(columns, tall, ABOVE, BELOW, BETWEEN), draw_one)


def _panel(axes: Axes, dots: pd.DataFrame, lines: list[tuple[str, str | None]], right: float, named: bool) -> None:
    axes.axvline(float(dots["overall"].iloc[0]), color=GREY, lw=1.1, ls=(0, (4, 3)))
    by_line = {(dot["group"], dot["level"]): dot for dot in records(dots)}
    y, at, shown, names = 0.0, list[float](), list[dict[Any, Any]](), list[RowName]()
    for group, level in lines:
        high = HEAD if level is None else ROW
        middle = y + high / 2
        if level is None:
            axes.axhline(y + 0.03, color=RULE, lw=1, clip_on=False)
        elif (group, level) in by_line:
            at.append(middle)
            shown.append(by_line[group, level])
        names.append(RowName(middle, level or group, not level))
        y += high
    write_names(axes, names if named else [])
    means, highs = ([dot[what] for dot in shown] for what in ("mean", "ci_high"))
    spans(axes, at, [dot["ci_low"] for dot in shown], highs, color=INK, lw=1.3, marker="|", ms=5)
    axes.plot(means, at, "o", color=NAVY, ms=5.5, clip_on=False)
    for row in zip(at, means, highs, strict=True):
        _figure(axes, *row, right)


def _figure(axes: Axes, y: float, mean: float, high: float, right: float) -> None:
    known = [value for value in (mean, high) if not pd.isna(value)]
    said = amount(mean) if known else "no figure"
    plate = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    axes.text(max(known, default=0.0) + 0.035 * right, y, said, va="center", fontsize=8.2, bbox=plate)
