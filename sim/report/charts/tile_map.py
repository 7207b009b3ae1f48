"""Small maps of tiles, one for each scenario or grouping: what the charts that are maps share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.drawing import Tile
from sim.report.drawing.fonts import wrapped
from sim.report.drawing.keys import laid, lines
from sim.report.drawing.panels import TITLE, Title
from sim.report.drawing.style import INK, canvas, ink_on, place
from sim.report.drawing.style import across as inches


class Room(NamedTuple):
    """Of maps on a chart, in inches. wide, high: of a tile. top: above all maps. heading, below: above and below each.
    gap: between two. least: that a map takes across. lift: of its title above its tiles, as a share of a tile."""

    wide: float = 0.585
    high: float = 0.46
    top: float = 0.5
    heading: float = 0.5
    below: float = 0.1
    left: float = 0.12
    gap: float = 0.3
    least: float = 2.1
    lift: float = 0.12
    title: Title = TITLE


class Lettering(NamedTuple):
    """Of a tile: where its name and its value stand from its top, as a share of it, and their sizes, in points."""

    name_at: float = 0.32
    name_size: float = 7.2
    value_at: float = 0.69
    value_size: float = 9.5
    weight: str = "bold"


USUAL = Lettering()
KEY_HIGH = 0.3  # inches of a line of the key


def maps(labels: Sequence[str], tiles: dict[str, Tile], room: Room) -> tuple[Figure, dict[str, Axes]]:
    """A map called by each label, its tiles still to be drawn."""
    across = max(tile.column for tile in tiles.values()) + 1
    down = max(tile.row for tile in tiles.values()) + 1
    each = max(across * room.wide + room.gap, room.least)
    columns = max(1, int((inches() - room.left) / each))
    block = room.heading + down * room.high + room.below
    fig = canvas(room.top + -(-len(labels) // columns) * block)
    drawn = {}
    for index, label in enumerate(labels):
        row, column = divmod(index, columns)
        top = room.top + row * block + room.heading
        axes = place(fig, room.left + column * each, top, across * room.wide, down * room.high)
        axes.set(xlim=(0, across), ylim=(down, 0))
        axes.axis("off")
        size, lines, _ = room.title
        said = wrapped(label, each - 0.2, size, lines, bold=True) if lines else label
        axes.text(0, -room.lift, said, fontweight="bold", va="bottom", fontsize=size)
        drawn[label] = axes
    return fig, drawn


def draw_tile(
    axes: Axes, tile: Tile, said: str, frame: dict[str, Any], inset: float = 0.03, lettering: Lettering = USUAL
) -> None:
    """One tile with its name and a value. frame: its colours and the width of its edge. inset: a share of the tile."""
    size = 1 - 2 * inset
    axes.add_patch(Rectangle((tile.column + inset, tile.row + inset), size, size, **frame))
    text: dict[str, Any] = {"ha": "center", "va": "center", "color": ink_on(str(frame["facecolor"]))}
    name_at, name_size, value_at, value_size, weight = lettering
    axes.text(tile.column + 0.5, tile.row + name_at, tile.label, fontsize=name_size, **text)
    axes.text(tile.column + 0.5, tile.row + value_at, said, fontsize=value_size, fontweight=weight, **text)


class Entry(NamedTuple):
    """Of the key of a map: words, and the colour and sign of their patch; without a colour words alone."""

    words: str
    colour: str = ""
    sign: str = ""


class Key:
    """What colours mean, across the top of maps. patch: inches of one; size: of the letters, in points."""

    def __init__(self, entries: Sequence[Entry], edge: float, patch: float = 0.36, size: float = 9.0) -> None:
        self.entries, self.edge, self.patch, self.size = entries, edge, patch, size
        self.placed = laid([entry.words for entry in entries], patch + 0.08, size, edge)

    def more(self) -> float:
        """Inches that it takes beyond a line."""
        return KEY_HIGH * (lines(self.placed) - 1)

    def draw(self, fig: Figure) -> None:
        """Onto the chart."""
        for entry, (line, left, words) in zip(self.entries, self.placed, strict=True):
            axes = place(fig, self.edge + left, 0.08 + KEY_HIGH * line, inches() - self.edge - left, KEY_HIGH)
            axes.set(xlim=(0, inches() - self.edge - left), ylim=(0, 1))
            axes.axis("off")
            begin = self.patch + 0.08 if entry.colour else 0.0
            if entry.colour:
                axes.add_patch(Rectangle((0, 0.12), self.patch, 0.76, facecolor=entry.colour, edgecolor=INK, lw=0.6))
            if entry.sign:
                sign: dict[str, Any] = {"ha": "center", "va": "center", "fontweight": "bold"}
                axes.text(self.patch / 2, 0.5, entry.sign, fontsize=self.size, **sign)
            axes.text(begin, 0.5, words, va="center", fontsize=self.size)
