"""Shares that add to a whole or a total: one stacked bar a scenario, and the intervals of the total."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.drawing.rows import row_height, row_names
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
    for row, bar in enumerate(bars.to_dict("records")):
        _stack(axes, row, bar, parts, colours, right)
        _intervals(axes, row, bar)
        axes.text(right * 1.02, row - 0.02, _total(bar, len(bars)), va="center", fontsize=size)
    row_names(axes, list(bars["label"]))
    in_per_cent(axes.xaxis, right)
    axes.set_xlabel(of)
    handles = [
        axes.barh([0], [0], color=colour, label=f"{LETTERS[i]}: {part}")
        for i, (part, colour) in enumerate(zip(parts, colours, strict=False))
    ]
    key(fig, handles, 2, columnspacing=1.6)
    return fig


def _stack(axes: Axes, row: int, bar: dict[Any, Any], parts: list[str], colours: tuple[str, ...], right: float) -> None:
    start, inches = 0.0, axes.get_position().width * across()
    for letter, part, colour in zip(LETTERS, parts, colours, strict=False):
        width = bar[part]
        axes.barh(row, width, left=start, height=0.46, color=colour, edgecolor="white", linewidth=1.2)
        if width * inches > WORDS * right:
            axes.text(
                start + width / 2,
                row,
                f"{letter} {amount(width)}",
                ha="center",
                va="center",
                color=ink_on(colour),
                fontsize=9,
            )
        elif width * inches > LETTER * right:
            axes.text(start + width / 2, row, letter, ha="center", va="center", color=ink_on(colour), fontsize=9)
        start += width


def _intervals(axes: Axes, row: int, bar: dict[Any, Any]) -> None:
    """Under the end of the bar: thick the 95 % interval of the mean, thin the 90 % prediction interval."""
    below = row + 0.34
    axes.plot([bar["pi_low"], bar["pi_high"]], [below, below], color=GREY, lw=1.2, marker="|", ms=5)
    axes.plot([bar["ci_low"], bar["ci_high"]], [below, below], color=INK, lw=3.2, solid_capstyle="butt")


def _total(bar: dict[Any, Any], of: int) -> str:
    if pd.isna(bar["total"]):
        return "no figure"
    between = "\n" if of < 9 or is_narrow() else " "
    said = f"{amount(bar['total'], decimals=1)}{between}({spread(bar['ci_low'], bar['ci_high'])})"
    return said.replace(" to ", "\nto ") if is_narrow() else said
