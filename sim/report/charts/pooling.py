"""The pooling curve: a small chart for each figure, groupings from left to right, intervals as lines."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report.drawing import Tile
from sim.report.drawing.style import GREY, INK, NAVY, ORANGE, PLUM, TEAL, WIDTH, canvas, ink_on, place
from sim.report.words import name, number

ACROSS, HIGH, GAP, HEADING, ENTRY = 3, 1.45, 0.62, 0.5, 0.26
LEFT = 0.45
MARKS = ((NAVY, "o", "-"), (ORANGE, "s", "--"), (TEAL, "^", ":"), (PLUM, "D", "-."))
TILE_WIDE, TILE_HIGH = 0.4, 0.34
LOSS, NOTHING = "#F4C7A8", "#eeeeee"
STEPS = ("#DCE9F5", "#8FBCE6", "#2073BC", NAVY)


def draw(points: pd.DataFrame) -> Figure:
    """points: ``panel``, ``line``, ``grouping``, ``mean``, ``ci_low``, ``ci_high``; shares as per cent."""
    panels = list(dict.fromkeys(points["panel"]))
    lines = list(dict.fromkeys(points["line"]))
    groupings = list(dict.fromkeys(points["grouping"]))
    rows, entries = -(-len(panels) // ACROSS), _entries(lines)
    heading = HEADING + ENTRY * (len(entries) - 1)
    fig = canvas(heading + rows * (HIGH + GAP + 0.3))
    wide = (WIDTH - LEFT - 0.1) / ACROSS
    for index, panel in enumerate(panels):
        top = heading + 0.25 + (index // ACROSS) * (HIGH + GAP + 0.3)
        axes = place(fig, LEFT + (index % ACROSS) * wide, top, wide - 0.5, HIGH)
        _panel(axes, points[points["panel"] == panel], lines, groupings)
        axes.set_title(panel, fontsize=9)
    _legend(fig, entries, lines)
    return fig


def called(grouping: str) -> str:
    """A grouping as people read it: with none, every area is alone."""
    return "Alone" if grouping == "none" else name(grouping)


def _panel(axes: Axes, here: pd.DataFrame, lines: list[str], groupings: list[str]) -> None:
    shift = 0.09
    for number_of, line in enumerate(lines):
        part = here[here["line"] == line].set_index("grouping").reindex(groupings)
        if part["mean"].isna().all():
            continue
        colour, mark, dash = MARKS[number_of % len(MARKS)]
        x = [place_of + (number_of - (len(lines) - 1) / 2) * shift for place_of in range(len(groupings))]
        axes.plot(x, part["mean"], color=colour, marker=mark, linestyle=dash, markersize=4, linewidth=1.3)
        for at, low, high in zip(x, part["ci_low"], part["ci_high"], strict=True):
            if not math.isnan(low):
                axes.plot([at, at], [low, high], color=colour, linewidth=1.1)
    axes.set_xticks(range(len(groupings)), [called(g) for g in groupings], rotation=32, ha="right", fontsize=7.5)
    axes.tick_params(axis="y", labelsize=8)
    axes.grid(axis="x", visible=False)
    axes.grid(axis="y", visible=True)
    top = float(here[["mean", "ci_high"]].max().max())
    axes.set_ylim(0, 1.06 * top if top > 0 else 1.0)
    axes.set_xlim(-0.4, len(groupings) - 0.6)


def _legend(fig: Figure, rows: list[list[tuple[float, str]]], lines: list[str]) -> None:
    for row, entries in enumerate(rows):
        axes = place(fig, 0.12, 0.06 + row * ENTRY, WIDTH - 0.24, 0.28)
        axes.set(xlim=(0, WIDTH - 0.24), ylim=(0, 1))
        axes.axis("off")
        for left, line in entries:
            colour, mark, dash = MARKS[lines.index(line) % len(MARKS)]
            x = [left, left + 0.2, left + 0.4]
            axes.plot(x, [0.5] * 3, color=colour, marker=mark, linestyle=dash, markersize=4)
            axes.text(left + 0.5, 0.5, line, va="center", fontsize=9)


def _entries(lines: list[str]) -> list[list[tuple[float, str]]]:
    """Where each name of a line begins, in as many rows as they need."""
    rows: list[list[tuple[float, str]]] = [[]]
    left = 0.08
    for line in lines:
        wide = 0.5 + 0.085 * len(line) + 0.35
        if rows[-1] and left + wide > WIDTH - 0.24:
            rows.append([])
            left = 0.08
        rows[-1].append((left, line))
        left += wide
    return rows


def draw_tiles(gains: pd.DataFrame, tiles: dict[str, Tile], edges: tuple[float, float, float]) -> Figure:
    """A map for each grouping. gains: ``label``, ``code``, ``gain`` (points, positive is better) and ``says``.

    edges: of the classes of gain. Hollow: not decided.
    """
    labels = list(dict.fromkeys(gains["label"]))
    across = max(tile.column for tile in tiles.values()) + 1
    down = max(tile.row for tile in tiles.values()) + 1
    each = across * TILE_WIDE + 0.12
    columns = max(1, int((WIDTH - 0.1) / each))
    block = down * TILE_HIGH + 0.5
    fig = canvas(0.55 + -(-len(labels) // columns) * block)
    for index, label in enumerate(labels):
        axes = place(
            fig, 0.1 + (index % columns) * each, 0.9 + (index // columns) * block, across * TILE_WIDE, down * TILE_HIGH
        )
        axes.set(xlim=(0, across), ylim=(down, 0))
        axes.axis("off")
        axes.text(0, -0.15, label, fontweight="bold", va="bottom", fontsize=9)
        here = gains[gains["label"] == label].set_index("code")
        for code, tile in tiles.items():
            _tile(axes, tile, here.loc[code] if code in here.index else None, edges)
    _key(fig, edges)
    return fig


def colour_of(gain: float, says: str, edges: tuple[float, float, float]) -> str:
    """White where it is not decided, grey where it does not matter, else by the size of the gain, or one for a loss."""
    if says == "loses":
        return LOSS
    if says == "gains":
        return STEPS[sum(gain >= edge for edge in edges)]
    return NOTHING if says == "no_material_difference" else "#ffffff"


def _tile(axes: Axes, tile: Tile, row: pd.Series | None, edges: tuple[float, float, float]) -> None:
    says = "" if row is None else str(row["says"])
    gain = math.nan if row is None else float(row["gain"])
    colour = colour_of(gain, says, edges)
    frame = {"facecolor": colour, "edgecolor": GREY if colour == "#ffffff" else "white", "linewidth": 0.8}
    axes.add_patch(Rectangle((tile.column + 0.03, tile.row + 0.03), 0.94, 0.94, **frame))
    text = {"ha": "center", "va": "center", "color": ink_on(colour)}
    axes.text(tile.column + 0.5, tile.row + 0.3, tile.label, fontsize=4.8, **text)
    axes.text(tile.column + 0.5, tile.row + 0.68, "" if math.isnan(gain) else number(gain, 0), fontsize=7, **text)


def _key(fig: Figure, edges: tuple[float, float, float]) -> None:
    axes = place(fig, 0.1, 0.08, WIDTH - 0.2, 0.28)
    axes.set(xlim=(0, WIDTH - 0.2), ylim=(0, 1))
    axes.axis("off")
    said = [("loses", LOSS), ("not decided", "#ffffff"), ("no material difference", NOTHING)]
    words = [
        f"under {edges[0]:g}",
        f"{edges[0]:g} to {edges[1]:g}",
        f"{edges[1]:g} to {edges[2]:g}",
        f"over {edges[2]:g}",
    ]
    said += [(f"gains {word}", colour) for word, colour in zip(words, STEPS, strict=True)]
    left = 0.0
    for word, colour in said:
        axes.add_patch(Rectangle((left, 0.15), 0.24, 0.7, facecolor=colour, edgecolor=INK, linewidth=0.5))
        axes.text(left + 0.3, 0.5, word, va="center", fontsize=8)
        left += 0.3 + 0.061 * len(word) + 0.1
