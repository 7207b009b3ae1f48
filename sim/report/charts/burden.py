"""Burden per clinician as a distribution over people: a strip for each role and scenario."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.cells import records
from sim.report.drawing.many import spans, write
from sim.report.drawing.panels import Layout, Title, panels
from sim.report.drawing.rows import line_names, under_headings
from sim.report.drawing.ruler import ruler
from sim.report.drawing.style import INK, NAVY, PLUM, RULE, key, key_room
from sim.report.words import small

ROW = 0.42  # inches of one scenario
ABOVE, BELOW, BETWEEN, KEY = 0.34, 0.5, 0.25, 0.36
FIGURES = ("p10", "p25", "median", "p75", "p90", "worst", "median_low", "median_high", "worst_low", "worst_high")


def draw(strips: pd.DataFrame) -> Figure:
    """strips: rows (``panel``, ``axis`` label, ``role``, ``label`` of the scenario, ``p10``, ``p25``, ``median``,
    ``p75``, ``p90``, ``worst``, ``worst_low``, ``worst_high``, ``median_low``, ``median_high``)."""
    lines = under_headings(strips, "role", "label")
    above = KEY + key_room([str(one.get_label()) for one in _handles()], 5)
    layout = Layout(
        strips["panel"].nunique(),
        ROW * len(lines),
        ABOVE,
        BELOW,
        BETWEEN,
        key=above,
    )
    fig = panels(strips, "panel", layout, lambda axes, here: _panel(axes, here, lines), Title(size=10))
    for axes in fig.axes[:: layout.side_by_side]:
        line_names(axes, lines)
    key(fig, _handles(), 5, columnspacing=1.3, handlelength=2.2)
    return fig


def _panel(axes: Axes, strips: pd.DataFrame, lines: list[tuple[str, str | None]]) -> None:
    top = float(strips[["worst", "worst_high", "p90"]].max().max())
    right = top * 1.17 if top > 0 else 1.0
    by_line = {(strip["role"], strip["label"]): strip for strip in records(strips)}
    for y, line in enumerate(lines):
        if line[1] is None:
            axes.axhline(y - 0.45, color=RULE, lw=1, clip_on=False)
    rows = {y: by_line[line] for y, line in enumerate(lines) if line in by_line}
    _strips(axes, rows)
    write(axes, [_beside(strip, right) for strip in rows.values()], rows, map(_figure, rows.values()), fontsize=8.5)
    axes.set_xlim(-0.025 * right, right)
    axes.set_ylim(len(lines) - 0.4, -0.5)
    axes.yaxis.set_visible(False)
    axes.locator_params(axis="x", nbins=5)
    axes.set_xlabel(str(strips["axis"].iloc[0]))
    ruler(axes)


def _strips(axes: Axes, rows: dict[int, dict[str, Any]]) -> None:
    """The strips of all rows, with their marks and the intervals below these."""
    of = {what: [strip[what] for strip in rows.values()] for what in FIGURES}
    spans(axes, rows, of["p10"], of["p90"], color=NAVY, lw=1.4)
    spans(axes, rows, of["p25"], of["p75"], color=NAVY, lw=7, solid_capstyle="butt", alpha=0.55)
    axes.plot(of["median"], [*rows], "o", mfc="white", mec=NAVY, mew=1.8, ms=6.5, clip_on=False)
    for in_front, layer in ((True, 2.0), (False, 1.5)):
        here = [y for y, strip in rows.items() if (strip["worst"] > strip["median"]) is in_front]
        axes.plot([rows[y]["worst"] for y in here], here, "D", color=PLUM, ms=6, clip_on=False, zorder=layer)
    for which in ("median", "worst"):
        below, low, high = [y + 0.3 for y in rows], of[f"{which}_low"], of[f"{which}_high"]
        spans(axes, below, low, high, color=INK, lw=1, marker="|", ms=4, clip_on=False)


def _figure(strip: dict[str, Any]) -> str:
    """Of the worst person."""
    if pd.isna(strip["worst"]):
        return "nobody" if pd.isna(strip["median"]) else ""
    return small(strip["worst"])


def _beside(strip: dict[str, Any], right: float) -> float:
    """Where that stands: behind the worst person's mark and interval."""
    return 0.0 if pd.isna(strip["worst"]) else max(strip["worst"], strip["worst_high"]) + 0.03 * right


def _handles() -> list[Line2D]:
    return [
        Line2D([], [], color=NAVY, lw=1.4, label="10th to 90th percentile"),
        Line2D([], [], color=NAVY, lw=7, alpha=0.55, label="25th to 75th"),
        Line2D([], [], color=NAVY, marker="o", mfc="white", mew=1.8, ms=6.5, lw=0, label="median"),
        Line2D([], [], color=PLUM, marker="D", ms=6, lw=0, label="worst person"),
        Line2D([], [], color=INK, lw=1, marker="|", ms=4, label="95% interval"),
    ]
