"""Small maps of tiles, one for each scenario or grouping: what the charts that are maps share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import add
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.drawing import Tile
from sim.report.drawing.fonts import wrapped
from sim.report.drawing.keys import laid, lines
from sim.report.drawing.many import blocks, write
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


class Filled(NamedTuple):
    """A tile with its value, its colours and the width of its edge, in points."""

    tile: Tile
    said: str
    colour: str
    edge: str
    line: float


def draw_tiles(axes: Axes, filled: Sequence[Filled], inset: float = 0.03, lettering: Lettering = USUAL) -> None:
    """All tiles of a map with their names and values. inset: a share of a tile."""
    columns, rows = ([getattr(one.tile, way) for one in filled] for way in ("column", "row"))
    edges = ([at + end for at in ways] for ways in (columns, rows) for end in (inset, 1 - inset))
    look: dict[str, Any] = {"facecolors": [one.colour for one in filled], "edgecolors": [one.edge for one in filled]}
    blocks(axes, *edges, linewidths=[one.line for one in filled], **look)
    across, inks = [column + 0.5 for column in columns], [ink_on(one.colour) for one in filled]
    names, values = [one.tile.label for one in filled], [one.said for one in filled]
    name_at, name_size, value_at, value_size, weight = lettering
    text: dict[str, Any] = {"ha": "center", "colours": inks}
    write(axes, across, [row + name_at for row in rows], names, fontsize=name_size, **text)
    write(axes, across, [row + value_at for row in rows], values, fontsize=value_size, fontweight=weight, **text)


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
        wide, tall = inches() - self.edge, lines(self.placed)
        axes = place(fig, self.edge, 0.08, wide, KEY_HIGH * tall)
        axes.set(xlim=(0, wide), ylim=(tall, 0))
        axes.axis("off")
        left, middle = [one.left for one in self.placed], [one.line + 0.5 for one in self.placed]
        patch = [self.patch if entry.colour else math.nan for entry in self.entries]
        edges = (left, map(add, left, patch), [at - 0.38 for at in middle], [at + 0.38 for at in middle])
        colours, signs = ([getattr(entry, of) for entry in self.entries] for of in ("colour", "sign"))
        blocks(axes, *edges, facecolors=[colour or "none" for colour in colours], edgecolors=INK, linewidths=0.6)
        look: dict[str, Any] = {"fontsize": self.size}
        write(axes, [at + self.patch / 2 for at in left], middle, signs, ha="center", fontweight="bold", **look)
        begin = [at + (self.patch + 0.08 if colour else 0.0) for at, colour in zip(left, colours, strict=True)]
        write(axes, begin, middle, [one.words for one in self.placed], **look)
