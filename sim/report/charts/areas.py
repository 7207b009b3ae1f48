"""Unmet demand by area on a grid of tiles, one small map a scenario, the value printed in each tile."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure

from sim.report.charts.tile_map import Entry, Filled, Key, Room, draw_tiles, maps
from sim.report.drawing import Tile
from sim.report.drawing.style import GREY, NAVY, PALE
from sim.report.words import amount

ROOM = Room(top=0.55)
CLASSES = 5
STEPS = (1, 2, 3, 4, 5, 10, 15, 20)  # per cent, widths of a class
SHADES = LinearSegmentedColormap.from_list("shades", [PALE, "#6BACE6", "#2073BC", NAVY])


def draw(shares: pd.DataFrame, tiles: dict[str, Tile]) -> Figure:
    """shares: rows (``label`` of the scenario, ``code`` of the area, ``mean``), scenarios in order."""
    edges = classes(shares["mean"])
    key = _key(edges)
    fig, drawn = maps(list(shares["label"].unique()), tiles, ROOM._replace(top=ROOM.top + key.more()))
    for label, axes in drawn.items():
        values = shares[shares["label"] == label].set_index("code")["mean"].to_dict()
        draw_tiles(axes, [_tile(tile, values.get(code, math.nan), edges) for code, tile in tiles.items()], inset=0.02)
    key.draw(fig)
    return fig


def classes(means: pd.Series) -> list[float]:
    """Edges of at most five classes that hold every value, multiples of one width in whole per cents."""
    known = (means.dropna() * 100).map(lambda share: round(share, 1 if share < 9.95 else 0))
    if known.empty:
        return [0.0, 1.0]
    for step in STEPS:
        first, last = int(min(known.min(), 99.9) // step), int(min(known.max(), 99.9) // step) + 1
        if last - first <= CLASSES:
            break
    return [float(step * i) for i in range(first, last + 1)]


def shade(value: float, edges: list[float]) -> str:
    """Colour of a share; ``edges`` in per cent."""
    last = len(edges) - 2
    index = min(int((round(value * 100, 1) - edges[0]) / (edges[1] - edges[0])), last)
    return to_hex(SHADES(index / last if last else 0.4))


def _tile(tile: Tile, value: float, edges: list[float]) -> Filled:
    known = not math.isnan(value)
    printed = amount(value).removesuffix("%")
    # By the number that is printed: 24.7 reads 25 and must not stand in the class below 25.
    colour = shade(float(printed) / 100, edges) if known else "#ffffff"
    return Filled(tile, printed, colour, "white" if known else GREY, 1.5 if known else 0.8)


def _key(edges: list[float]) -> Key:
    """Patches from light to dark with their bounds."""
    classes_of = [
        Entry(f"{low:.0f} to {'' if high == 100 else '<'}{high:.0f}", shade((low + high) / 200, edges))
        for low, high in pairwise(edges)
    ]
    return Key([Entry("unmet demand, % of potential calls:"), *classes_of], ROOM.left)
