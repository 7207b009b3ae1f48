"""Panels of one size beside and below each other: where they stand, and the loop that draws them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.drawing.fonts import wrapped
from sim.report.drawing.rows import row_names
from sim.report.drawing.style import abreast, across, canvas, labels, place


class Layout(NamedTuple):
    """In inches. tall: of the axes. above, below, between: room that each panel keeps for its title, for its axis and
    towards its neighbour. left, right: room at the edges of the chart; left None: for names. key, foot: above and
    below all panels. On a phone all panels stand below each other."""

    columns: int
    tall: float
    above: float
    below: float
    between: float
    left: float | None = None
    right: float = 0.1
    key: float = 0.0
    foot: float = 0.0

    @property
    def wide(self) -> float:
        """Of the axes of a panel."""
        between = self.between if self.side_by_side > 1 else 0.0
        return (across() - self.at - self.right) / self.side_by_side - between

    @property
    def at(self) -> float:
        """Where the first panel begins."""
        return labels() if self.left is None else self.left

    @property
    def side_by_side(self) -> int:
        """Panels in a row."""
        return abreast(self.columns)

    def canvas(self, rows: int) -> Figure:
        """An empty figure for so many rows of panels."""
        return canvas(self.key + (self.above + self.tall + self.below) * rows + self.foot)

    def axes(self, fig: Figure, row: int, column: int) -> Axes:
        """The axes of one panel."""
        top = self.key + row * (self.above + self.tall + self.below) + self.above
        return place(fig, self.at + column * (self.wide + self.between), top, self.wide, self.tall)


class Title(NamedTuple):
    """Of a panel. size: of its letters, in points. lines: at most; None: any. pad: above the axes, in points."""

    size: float = 9.5
    lines: int | None = 2
    pad: float | None = None


TITLE = Title()


def panels(
    table: pd.DataFrame,
    by: str,
    layout: Layout,
    draw: Callable[[Axes, pd.DataFrame], None],
    title: Title = TITLE,
    rows: Sequence[str] | None = None,
) -> Figure:
    """A panel for each word of a column, in the order of the table, drawn from its rows and called by the word.

    rows: names of the rows of every panel; they stand at the left of the first column.
    """
    words = list(dict.fromkeys(table[by]))
    fig = layout.canvas(-(-len(words) // layout.side_by_side))
    for index, word in enumerate(words):
        row, column = divmod(index, layout.side_by_side)
        axes = layout.axes(fig, row, column)
        draw(axes, table[table[by] == word])
        said = wrapped(word, layout.wide, title.size, title.lines, bold=True) if title.lines else word
        axes.set_title(said, fontsize=title.size, pad=title.pad)
        if rows is not None:
            row_names(axes, list(rows) if column == 0 else [])
    return fig
