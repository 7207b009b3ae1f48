"""Who gains and who loses: paired differences by area on a grid of tiles, one small map a scenario."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from sim.cells import records
from sim.measures import verdicts
from sim.report.charts.tile_map import USUAL, Entry, Filled, Key, Room, draw_tiles, maps
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
        filled = [
            _tile(tile, float(here[code]["difference"]), str(here[code]["verdict"])) for code, tile in tiles.items()
        ]
        draw_tiles(axes, filled, lettering=USUAL._replace(value_size=9))
    key.draw(fig)
    return fig


def _tile(tile: Tile, difference: float, verdict: str) -> Filled:
    known = not math.isnan(difference)
    _, colour, sign = WORDS.get(verdict if known else "", ("no figure", OPEN, ""))
    said = gap(difference, decimals=0).removesuffix(" points") if known else "–"
    return Filled(tile, f"{said} {sign}".strip(), colour, GREY if colour == OPEN else "white", 0.8)
