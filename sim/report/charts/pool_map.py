"""Who gains from a pool: a small map for each grouping, coloured by the size of a decided gain."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from sim.cells import records
from sim.report.charts.tile_map import Entry, Filled, Key, Lettering, Room, draw_tiles, maps
from sim.report.drawing import Tile
from sim.report.drawing.panels import Title
from sim.report.drawing.style import GREY, NAVY
from sim.report.words import number

ROOM = Room(0.4, 0.34, 0.55, 0.35, 0.15, 0.1, 0.12, 0.0, 0.15, Title(9, None))
LETTERING = Lettering(0.3, 4.8, 0.68, 7, "normal")
LOSS, NOTHING = "#F4C7A8", "#eeeeee"
STEPS = ("#DCE9F5", "#8FBCE6", "#2073BC", NAVY)


def draw(gains: pd.DataFrame, tiles: dict[str, Tile], edges: tuple[float, float, float]) -> Figure:
    """A map for each grouping. gains: ``label``, ``code``, ``gain`` (points, positive is better) and ``says``.

    edges: of the classes of gain. Hollow: not decided.
    """
    key = _key(edges)
    fig, drawn = maps(list(gains["label"].unique()), tiles, ROOM._replace(top=ROOM.top + key.more()))
    for label, axes in drawn.items():
        here = {row["code"]: row for row in records(gains[gains["label"] == label])}
        draw_tiles(axes, [_tile(tile, here.get(code), edges) for code, tile in tiles.items()], lettering=LETTERING)
    key.draw(fig)
    return fig


def colour_of(gain: float, says: str, edges: tuple[float, float, float]) -> str:
    """White where it is not decided, grey where it does not matter, else by the size of the gain, or one for a loss."""
    if says == "loses":
        return LOSS
    if says == "gains":
        return STEPS[sum(gain >= edge for edge in edges)]
    return NOTHING if says == "no_material_difference" else "#ffffff"


def _tile(tile: Tile, row: dict[str, Any] | None, edges: tuple[float, float, float]) -> Filled:
    says = "" if row is None else str(row["says"])
    gain = math.nan if row is None else float(row["gain"])
    colour = colour_of(gain, says, edges)
    said = "" if math.isnan(gain) else number(gain, 0)
    return Filled(tile, said, colour, GREY if colour == "#ffffff" else "white", 0.8)


def _key(edges: tuple[float, float, float]) -> Key:
    words = [
        f"under {edges[0]:g}",
        f"{edges[0]:g} to {edges[1]:g}",
        f"{edges[1]:g} to {edges[2]:g}",
        f"over {edges[2]:g}",
    ]
    said = [Entry("loses", LOSS), Entry("not decided", "#ffffff"), Entry("no material difference", NOTHING)]
    said += [Entry(f"gains {word}", colour) for word, colour in zip(words, STEPS, strict=True)]
    return Key(said, ROOM.left, 0.24, 8)
