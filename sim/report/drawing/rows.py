"""The rows of a chart: how high they are, what stands at their left, the headings between them, intervals on bars."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation

from sim.report.drawing.fonts import POINTS, width, wrapped
from sim.report.drawing.many import spans, write
from sim.report.drawing.style import INK, is_narrow, labels

CROWD = 8  # rows; more stand closer
LEFT_OF = 6.0  # points from a name to the axes


def row_height(inches: float, rows: int) -> float:
    """The height of a row: less where there are many, so that a chart stays on a page."""
    return inches if rows <= CROWD else max(0.3, inches * 0.5)


class RowName(NamedTuple):
    """What stands left of the axes. at: its middle on the axis."""

    at: float
    words: str
    bold: bool = False


def row_names(axes: Axes, names: list[str]) -> None:
    """Names of the rows 0, 1, ... left of the axes."""
    axes.yaxis.set_visible(False)
    write_names(axes, [RowName(row, words) for row, words in enumerate(names)], crowded=len(names) > CROWD)


def write_names(axes: Axes, names: Sequence[RowName], crowded: bool = False) -> None:
    """Names of rows, each in at most three lines around its row's middle; in two of small letters where it is crowded.

    Each line ends at the edge of the axes in any font.
    """
    alike = defaultdict[tuple[float, bool], list[tuple[float, str, float]]](list)  # by size and weight
    for name in names:
        size, lines = _lines(name, crowded)
        for index, line in enumerate(lines):
            alike[size, name.bold].append((name.at, line, ((len(lines) - 1) / 2 - index) * size * 1.15))
    beside = axes.get_yaxis_transform() + ScaledTranslation(-LEFT_OF / POINTS, 0, axes.figure.dpi_scale_trans)
    for (size, bold), lines_of in alike.items():
        at, said, raised = zip(*lines_of, strict=True)
        look: dict[str, Any] = {"ha": "right", "fontsize": size, "fontweight": "bold" if bold else "normal"}
        write(axes, [0.0] * len(at), at, said, beside, raised=raised, **look)


def _lines(name: RowName, crowded: bool) -> tuple[float, list[str]]:
    """The size of a name's letters, in points, and its lines."""
    room = labels() - 0.15
    large = 8.5 if is_narrow() else 9.5
    whole = width(name.words, large, name.bold) <= 2 * room
    size, most = (7.5, 2) if crowded else (large, 2) if whole else (large - 1, 3)
    return size, wrapped(name.words, room, size, most, name.bold).split("\n")


def whiskers(axes: Axes, at: Iterable[float], low: Iterable[float], high: Iterable[float], plate: bool = True) -> None:
    """Intervals as lines with ends, all of a panel at once; on a white plate where they lie on bars."""
    rows = [row for row in zip(at, low, high, strict=True) if not any(math.isnan(value) for value in row)]
    if not rows:
        return
    y, left, right = zip(*rows, strict=True)
    look: dict[str, Any] = {"solid_capstyle": "butt"}
    if plate:
        spans(axes, y, left, right, color="white", lw=3.4, zorder=2.5, **look)
    spans(axes, y, left, right, color=INK, lw=1.5, marker="|", ms=6, zorder=3, **look)


def under_headings(table: pd.DataFrame, heading: str, name: str) -> list[tuple[str, str | None]]:
    """Rows from the top, by two columns of a table: each heading with None, then what stands under it with its name."""
    lines: list[tuple[str, str | None]] = []
    for head in dict.fromkeys(table[heading]):
        lines.append((head, None))
        lines += [(head, one) for one in dict.fromkeys(table.loc[table[heading] == head, name])]
    return lines


def line_names(axes: Axes, lines: Sequence[tuple[str, str | None]]) -> None:
    """The names of lines 0, 1, ... left of the axes, headings in bold."""
    write_names(axes, [RowName(y, one or heading, not one) for y, (heading, one) in enumerate(lines)])
