"""Who gains and who loses: paired differences by area on a grid of tiles, one small map a scenario."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.cells import records
from sim.measures import verdicts
from sim.report.charts.tile_map import USUAL, Entry, Key, Room, draw_tile, maps
from sim.report.drawing import Tile
from sim.report.drawing.style import GREY
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
    key = Key([Entry(*of) for of in WORDS.values()], ROOM.left)
    fig, drawn = maps(list(gains["label"].unique()), tiles, ROOM._replace(top=ROOM.top + key.more()))
    for label, axes in drawn.items():
        here = {row["code"]: row for row in records(gains[gains["label"] == label])}
        for code, tile in tiles.items():
            _tile(axes, tile, float(here[code]["difference"]), str(here[code]["verdict"]))
    key.draw(fig)
    return fig


def _tile(axes: Axes, tile: Tile, difference: float, verdict: str) -> None:
    known = not math.isnan(difference)
    _, colour, sign = WORDS.get(verdict if known else "", ("no figure", OPEN, ""))
    frame = {"facecolor": colour, "edgecolor": GREY if colour == OPEN else "white", "linewidth": 0.8}
    said = gap(difference, decimals=0).removesuffix(" points") if known else "–"
    draw_tile(axes, tile, f"{said} {sign}".strip(), frame, lettering=USUAL._replace(value_size=9))
