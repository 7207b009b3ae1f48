"""Levels of groups (deprivation, rural share, kind of service): dots with intervals, one panel a scenario."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.drawing.fonts import wrapped
from sim.report.drawing.style import GREY, INK, LABELS, NAVY, RULE, WIDTH, canvas, in_per_cent, place, row_name
from sim.report.words import amount

ROW, HEAD = 0.3, 0.34  # inches of a level, and of a group's name
ABOVE, BELOW, BETWEEN = 0.5, 0.36, 0.16
COLUMNS = 4


def draw(dots: pd.DataFrame) -> Figure:
    """dots: rows (``label`` of the scenario, ``group``, ``level``, ``mean``, ``ci_low``, ``ci_high``, ``overall``).

    Each panel has an axis of its own from zero: the gaps inside a scenario are the matter."""
    labels = list(dict.fromkeys(dots["label"]))
    lines = _lines(dots)
    tall = sum(HEAD if level is None else ROW for _, level in lines)
    columns = len(labels) if len(labels) == COLUMNS + 1 else min(COLUMNS, max(len(labels), 2))
    each = ABOVE + tall + BELOW
    fig = canvas(each * -(-len(labels) // columns))
    wide = (WIDTH - LABELS - 0.1) / columns - BETWEEN
    for index, label in enumerate(labels):
        row, column = divmod(index, columns)
        axes = place(fig, LABELS + column * (wide + BETWEEN), row * each + ABOVE, wide, tall)
        here = dots[dots["label"] == label]
        top = float(here[["mean", "ci_high", "overall"]].max().max())
        right = top * 1.4 if top > 0 else 0.01
        axes.set(xlim=(0, right), ylim=(tall, 0))
        axes.set_yticks([])
        _panel(axes, here, lines, right, named=column == 0)
        axes.set_title(wrapped(label, wide, 9.5, 2, bold=True), fontsize=9.5)
        axes.locator_params(axis="x", nbins=4)
        in_per_cent(axes.xaxis, right * 0.9)
    return fig


def _lines(dots: pd.DataFrame) -> list[tuple[str, str | None]]:
    """Rows from the top: a heading for each group, then its levels."""
    lines: list[tuple[str, str | None]] = []
    for group in dict.fromkeys(dots["group"]):
        lines.append((group, None))
        lines += [(group, level) for level in dict.fromkeys(dots.loc[dots["group"] == group, "level"])]
    return lines


def _panel(axes: Axes, dots: pd.DataFrame, lines: list[tuple[str, str | None]], right: float, named: bool) -> None:
    axes.axvline(float(dots["overall"].iloc[0]), color=GREY, lw=1.1, ls=(0, (4, 3)))
    by_line = dots.set_index(["group", "level"])
    y = 0.0
    for group, level in lines:
        high = HEAD if level is None else ROW
        middle = y + high / 2
        if level is None:
            axes.axhline(y + 0.03, color=RULE, lw=1, clip_on=False)
        elif (group, level) in by_line.index:
            dot = by_line.loc[(group, level)]
            _dot(axes, middle, float(dot["mean"]), float(dot["ci_low"]), float(dot["ci_high"]), right)
        if named:
            row_name(axes, middle, level or group, "normal" if level else "bold")
        y += high


def _dot(axes: Axes, y: float, mean: float, low: float, high: float, right: float) -> None:
    axes.plot([low, high], [y, y], color=INK, lw=1.3, marker="|", ms=5)
    axes.plot([mean], [y], "o", color=NAVY, ms=5.5, clip_on=False)
    known = [value for value in (mean, high) if not pd.isna(value)]
    said = amount(mean) if known else "no figure"
    plate = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    axes.text(max(known, default=0.0) + 0.035 * right, y, said, va="center", fontsize=8.2, bbox=plate)
