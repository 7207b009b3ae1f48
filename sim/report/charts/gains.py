"""Who gains and who loses: paired differences by area on a grid of tiles, one small map a scenario."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.cells import records
from sim.measures import verdicts
from sim.report.charts.tile_map import USUAL, Room, draw_tile, maps, strip
from sim.report.drawing import Tile
from sim.report.drawing.style import GREY, INK
from sim.report.words import gap

BETTER, WORSE, SAME, OPEN = "#6BACE6", "#F4C7A8", "#eeeeee", "#ffffff"
WORDS = {  # verdict: what a tile is called, its colour, and its sign, for those who see no colours
    verdicts.BETTER: ("gains", BETTER, "+"),
    verdicts.WORSE: ("loses", WORSE, "!"),
    verdicts.NO_MATERIAL_DIFFERENCE: ("no material difference", SAME, "="),
    verdicts.NOT_DECIDED: ("not decided", OPEN, "?"),
}
ROOM = Room()


def draw(gains: pd.DataFrame, tiles: dict[str, Tile]) -> Figure:
    """gains: rows (``label`` of the scenario, ``code`` of the area, ``difference`` as a share, ``verdict``)."""
    fig, drawn = maps(list(gains["label"].unique()), tiles, ROOM)
    for label, axes in drawn.items():
        here = {row["code"]: row for row in records(gains[gains["label"] == label])}
        for code, tile in tiles.items():
            _tile(axes, tile, float(here[code]["difference"]), str(here[code]["verdict"]))
    _key(fig)
    return fig


def _tile(axes: Axes, tile: Tile, difference: float, verdict: str) -> None:
    known = not math.isnan(difference)
    _, colour, sign = WORDS.get(verdict if known else "", ("no figure", OPEN, ""))
    frame = {"facecolor": colour, "edgecolor": GREY if colour == OPEN else "white", "linewidth": 0.8}
    said = gap(difference, decimals=0).removesuffix(" points") if known else "–"
    draw_tile(axes, tile, f"{said} {sign}".strip(), frame, lettering=USUAL._replace(value_size=9))


def _key(fig: Figure) -> None:
    axes = strip(fig, ROOM.left, 0.3)
    left = 0.0
    for words, colour, sign in WORDS.values():
        axes.add_patch(Rectangle((left, 0.12), 0.36, 0.76, facecolor=colour, edgecolor=INK, linewidth=0.6))
        axes.text(left + 0.18, 0.5, sign, ha="center", va="center", fontsize=9, fontweight="bold")
        axes.text(left + 0.45, 0.5, words, va="center", fontsize=9)
        left += 0.45 + 0.085 * len(words) + 0.3
