"""Who gains and who loses: paired differences by area on a grid of tiles, one small map a scenario."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.charts.areas import HEADING, HIGH, LEFT, WIDE
from sim.report.drawing import Tile
from sim.report.drawing.fonts import wrapped
from sim.report.drawing.style import GREY, INK, WIDTH, canvas, ink_on, place
from sim.report.words import gap

BETTER, WORSE, SAME, OPEN = "#6BACE6", "#F4C7A8", "#eeeeee", "#ffffff"
WORDS = {  # verdict: what a tile is called, its colour, and its sign, for those who see no colours
    "better": ("gains", BETTER, "+"),
    "worse": ("loses", WORSE, "!"),
    "no_material_difference": ("no material difference", SAME, "="),
    "not_decided": ("not decided", OPEN, "?"),
}
TOP = 0.5


def draw(gains: pd.DataFrame, tiles: dict[str, Tile]) -> Figure:
    """gains: rows (``label`` of the scenario, ``code`` of the area, ``difference`` as a share, ``verdict``)."""
    labels = list(dict.fromkeys(gains["label"]))
    across = max(tile.column for tile in tiles.values()) + 1
    down = max(tile.row for tile in tiles.values()) + 1
    each = max(across * WIDE + 0.3, 2.1)
    columns = max(1, min(len(labels), int((WIDTH - LEFT) / each)))
    block = HEADING + down * HIGH + 0.1
    fig = canvas(TOP + -(-len(labels) // columns) * block)
    for index, label in enumerate(labels):
        left, top = LEFT + (index % columns) * each, TOP + (index // columns) * block + HEADING
        axes = place(fig, left, top, across * WIDE, down * HIGH)
        axes.set(xlim=(0, across), ylim=(down, 0))
        axes.axis("off")
        axes.text(0, -0.12, wrapped(label, each - 0.2, 9.5, 2, bold=True), fontweight="bold", va="bottom")
        here = gains[gains["label"] == label].set_index("code")
        for code, tile in tiles.items():
            _tile(axes, tile, float(here.loc[code, "difference"]), str(here.loc[code, "verdict"]))
    _key(fig)
    return fig


def _tile(axes: Axes, tile: Tile, difference: float, verdict: str) -> None:
    known = not math.isnan(difference)
    _, colour, sign = WORDS.get(verdict if known else "", ("no figure", OPEN, ""))
    frame = {"facecolor": colour, "edgecolor": GREY if colour == OPEN else "white", "linewidth": 0.8}
    axes.add_patch(Rectangle((tile.column + 0.03, tile.row + 0.03), 0.94, 0.94, **frame))
    text = {"ha": "center", "va": "center", "color": ink_on(colour)}
    said = gap(difference, decimals=0).removesuffix(" points") if known else "–"
    axes.text(tile.column + 0.5, tile.row + 0.32, tile.label, fontsize=7.2, **text)
    axes.text(tile.column + 0.5, tile.row + 0.69, f"{said} {sign}".strip(), fontsize=9, fontweight="bold", **text)


def _key(fig: Figure) -> None:
    axes = place(fig, LEFT, 0.08, WIDTH - 2 * LEFT, 0.3)
    axes.set(xlim=(0, WIDTH - 2 * LEFT), ylim=(0, 1))
    axes.axis("off")
    left = 0.0
    for words, colour, sign in WORDS.values():
        axes.add_patch(Rectangle((left, 0.12), 0.36, 0.76, facecolor=colour, edgecolor=INK, linewidth=0.6))
        axes.text(left + 0.18, 0.5, sign, ha="center", va="center", fontsize=9, fontweight="bold")
        axes.text(left + 0.45, 0.5, words, va="center", fontsize=9)
        left += 0.45 + 0.085 * len(words) + 0.3
