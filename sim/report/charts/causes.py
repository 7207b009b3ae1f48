"""Shares that add to a whole or a total: one stacked bar a scenario, and the intervals of the total."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.cells import records
from sim.report.drawing.many import blocks, spans, write
from sim.report.drawing.rows import row_height, row_names
from sim.report.drawing.ruler import ruler
from sim.report.drawing.style import (
    GREY,
    INK,
    KEY_LINE,
    NAVY,
    ORANGE,
    PLUM,
    TEAL,
    across,
    canvas,
    in_per_cent,
    ink_on,
    is_narrow,
    key,
    key_lines,
    labels,
    place,
)
from sim.report.words import amount, spread

COLOURS = (NAVY, ORANGE, TEAL, PLUM)
LETTERS = "ABCDEFGH"
ROW = 0.78  # inches
WORDS, LETTER = 0.45, 0.16  # inches of a part with its letter and share, and with its letter alone


def draw(
    bars: pd.DataFrame, parts: list[str], colours: tuple[str, ...] = COLOURS, right: float | None = None,
    of: str = "share of potential calls of families who want to be at home",
) -> Figure:  # fmt: skip
    """bars: one row a scenario with ``label``, a share for each part (at most one a letter), ``total``, ``ci_low``,
    ``ci_high``, ``pi_low``, ``pi_high``. right: where the axis ends, by default where the totals do. of: under it."""
    tall = (0.55 if is_narrow() else row_height(ROW, len(bars))) * len(bars)
    above = 0.22 + KEY_LINE * key_lines([f"A: {part}" for part in parts], 2)
    beside = 0.95 if is_narrow() else 1.75
    fig = canvas(tall + above + 0.58)
    axes = place(fig, labels(), above, across() - labels() - beside, tall)
    right = right or max(float(bars[["total", "ci_high", "pi_high"]].max().max()) * 1.04, 0.01)
    axes.set_xlim(0, right)
    axes.set_ylim(len(bars) - 0.42, -0.5)
    size = 7.5 if is_narrow() else 9.5 if len(bars) < 9 else 8
    rows = records(bars)
    _stack(axes, rows, parts, colours, right)
    _intervals(axes, rows)
    for row, bar in enumerate(rows):
        axes.text(right * 1.02, row - 0.02, _total(bar, len(bars)), va="center", fontsize=size)
    row_names(axes, list(bars["label"]))
    in_per_cent(axes.xaxis, right)
    axes.set_xlabel(of)
    ruler(axes)
    handles = [
        Patch(facecolor=colour, lw=0, label=f"{letter}: {part}")
        for letter, part, colour in zip(LETTERS, parts, colours, strict=False)
    ]
    key(fig, handles, 2, columnspacing=1.6)
    return fig


def _stack(
    axes: Axes, bars: list[dict[str, Any]], parts: list[str], colours: tuple[str, ...], right: float
) -> None:  # fmt: skip
    """The bars, a colour after the other, and in each part that has the room its letter and share."""
    starts, inches = [0.0] * len(bars), axes.get_position().width * across()
    sides = [row - 0.23 for row in range(len(bars))], [row + 0.23 for row in range(len(bars))]
    for letter, part, colour in zip(LETTERS, parts, colours, strict=False):
        widths = [bar[part] for bar in bars]
        ends = [start + width for start, width in zip(starts, widths, strict=True)]
        blocks(axes, starts, ends, *sides, facecolors=colour, edgecolors="white", linewidths=1.2)
        middles = [start + width / 2 for start, width in zip(starts, widths, strict=True)]
        said = [_in_part(letter, width, width * inches / right) for width in widths]
        write(axes, middles, range(len(bars)), said, ha="center", colours=ink_on(colour), fontsize=9)
        starts = ends


def _in_part(letter: str, share: float, inches: float) -> str:
    """What stands in a part of a bar. inches: its width."""
    return f"{letter} {amount(share)}" if inches > WORDS else letter if inches > LETTER else ""


def _intervals(axes: Axes, bars: list[dict[str, Any]]) -> None:
    """Under the end of each bar: thick the 95 % interval of the mean, thin the 90 % prediction interval."""
    below = [row + 0.34 for row in range(len(bars))]
    of = {end: [bar[end] for bar in bars] for end in ("pi_low", "pi_high", "ci_low", "ci_high")}
    spans(axes, below, of["pi_low"], of["pi_high"], color=GREY, lw=1.2, marker="|", ms=5)
    spans(axes, below, of["ci_low"], of["ci_high"], color=INK, lw=3.2, solid_capstyle="butt")


def _total(bar: dict[Any, Any], of: int) -> str:
    if pd.isna(bar["total"]):
        return "no figure"
    between = "\n" if of < 9 or is_narrow() else " "
    said = f"{amount(bar['total'], decimals=1)}{between}({spread(bar['ci_low'], bar['ci_high'])})"
    return said.replace(" to ", "\nto ") if is_narrow() else said
