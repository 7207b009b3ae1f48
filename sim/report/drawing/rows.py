"""The rows of a chart: how high they are, what stands at their left, the headings between them, intervals on bars."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from sim.report.drawing.fonts import width, wrapped
from sim.report.drawing.style import INK, is_narrow, labels

CROWD = 8  # rows; more stand closer


def row_height(inches: float, rows: int) -> float:
    """The height of a row: less where there are many, so that a chart stays on a page."""
    return inches if rows <= CROWD else max(0.3, inches * 0.5)


def row_names(axes: Axes, names: list[str]) -> None:
    """Names of the rows 0, 1, ... left of the axes. Each line is a text of its own: any font ends it at the edge."""
    axes.set_yticks(range(len(names)), [""] * len(names))
    for row, text in enumerate(names):
        row_name(axes, row, text, crowded=len(names) > CROWD)


def row_name(axes: Axes, row: float, text: str, weight: str = "normal", crowded: bool = False) -> None:
    """The name of one row, in at most three lines around the row's middle; in two of small letters where it is
    crowded."""
    room, bold = labels() - 0.15, weight == "bold"
    large = 8.5 if is_narrow() else 9.5
    size, most = (7.5, 2) if crowded else (large, 2) if width(text, large, bold) <= 2 * room else (large - 1, 3)
    lines = wrapped(text, room, size, most, bold).split("\n")
    for index, line in enumerate(lines):
        lift = ((len(lines) - 1) / 2 - index) * size * 1.15
        axes.annotate(
            line, (0, row), (-6, lift), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
            ha="right", va="center", fontsize=size, fontweight=weight, annotation_clip=False,
        )  # fmt: skip


def spans(axes: Axes, at: Iterable[float], low: Iterable[float], high: Iterable[float], **look: Any) -> None:
    """A line at each row from one end to the other, all of a panel at once: for each alone the drawing takes ten times
    as long. look: as matplotlib's ``plot`` takes it."""
    ends = [x for row in zip(low, high, strict=True) for x in (*row, math.nan)]
    axes.plot(ends, [y for y in at for _ in range(3)], **look)


def whiskers(axes: Axes, at: Iterable[float], low: Iterable[float], high: Iterable[float], plate: bool = True) -> None:
    """Intervals as lines with ends, all of a panel at once; on a white plate where they lie on bars."""
    rows = [row for row in zip(at, low, high, strict=True) if not any(math.isnan(value) for value in row)]
    if not rows:
        return
    y, left, right = zip(*rows, strict=True)
    if plate:
        axes.hlines(y, left, right, color="white", lw=3.4, zorder=2.5)
    axes.hlines(y, left, right, color=INK, lw=1.5, zorder=3)
    axes.plot([*left, *right], [*y, *y], "|", color=INK, ms=6, zorder=3)


def under_headings(table: pd.DataFrame, heading: str, name: str) -> list[tuple[str, str | None]]:
    """Rows from the top, by two columns of a table: each heading with None, then what stands under it with its name."""
    lines: list[tuple[str, str | None]] = []
    for head in dict.fromkeys(table[heading]):
        lines.append((head, None))
        lines += [(head, one) for one in dict.fromkeys(table.loc[table[heading] == head, name])]
    return lines


def line_names(axes: Axes, lines: Sequence[tuple[str, str | None]]) -> None:
    """The names of lines 0, 1, ... left of the axes, headings in bold."""
    for y, (heading, one) in enumerate(lines):
        row_name(axes, y, one or heading, "normal" if one else "bold")
