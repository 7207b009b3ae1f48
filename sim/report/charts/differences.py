"""Paired differences against the baseline: a dot and its interval, the verdict in words beside it."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.cells import records
from sim.measures.verdicts import BETTER, NO_MATERIAL_DIFFERENCE, NOT_DECIDED, WORSE
from sim.report.drawing.many import spans
from sim.report.drawing.panels import Layout, Title, panels
from sim.report.drawing.rows import CROWD, row_height
from sim.report.drawing.ruler import ruler
from sim.report.drawing.style import GREY, INK, NAVY, PLUM
from sim.report.words import PLAIN, SCALES, VERDICT_WORDS, gap

ROW, HEADS = 0.44, 0.6  # inches of a row, and above narrow panels
MOST = 5  # panels side by side where there are many rows
ABOVE, BELOW, BETWEEN = 0.42, 0.38, 0.3
MARKS = {  # verdict: shape, colour of the edge, colour of the face
    BETTER: ("o", NAVY, NAVY),
    WORSE: ("D", PLUM, PLUM),
    NO_MATERIAL_DIFFERENCE: ("s", GREY, GREY),
    NOT_DECIDED: ("o", INK, "white"),
}


def draw(dots: pd.DataFrame) -> Figure:
    """dots: rows (``panel``, ``unit``, ``label`` of the scenario, ``difference``, ``ci_low``, ``ci_high``,
    ``verdict``)."""
    labels = list(dots["label"].unique())
    columns = min(2 if len(labels) <= CROWD else MOST, dots["panel"].nunique())
    tall = row_height(ROW, len(labels)) * len(labels)
    return panels(
        dots,
        "panel",
        Layout(columns, tall, ABOVE if columns < 3 else HEADS, BELOW, BETWEEN),
        lambda axes, here: _panel(axes, here.set_index("label"), labels),
        Title(9, 2) if columns < 3 else Title(8, 3),
        labels,
    )


def _panel(axes: Axes, dots: pd.DataFrame, labels: list[str]) -> None:
    scale = SCALES.get(dots["unit"].iloc[0], PLAIN)
    scaled = dots[["difference", "ci_low", "ci_high"]].astype(float) * scale.factor
    told, figures = (dict(zip(dots.index, records(table), strict=True)) for table in (dots, scaled))
    axes.axvline(0, color=INK, lw=1.2)
    crowded = len(labels) > CROWD
    low, high = _reach(scaled, 0.62 if crowded else 0.12)
    marks = defaultdict[str, list[tuple[float, ...]]](list)  # by verdict: row, difference and both ends
    decimals = 1 if float(scaled["difference"].abs().max()) >= 1 else 2
    for row, label in enumerate(labels):
        if label not in figures or pd.isna(figures[label]["difference"]):
            axes.text(0.02, row, "no figure", va="center", transform=axes.get_yaxis_transform(), fontsize=8.5)
            continue
        at, *ends = figures[label].values()
        marks[told[label]["verdict"]].append((row if crowded else row + 0.12, at, *ends))
        said = gap(told[label]["difference"], dots["unit"].iloc[0], decimals)
        if crowded:  # the shape says the verdict, a column on the right the number
            short = said.removesuffix(scale.after_difference)
            axes.text(1, row, short, ha="right", va="center", transform=axes.get_yaxis_transform(), fontsize=8)
            continue
        words = ": ".join(filter(None, (said, _verdict(told[label]["verdict"]))))
        _beside(axes, (at - low) / (high - low), row - 0.24, words)
    for verdict, rows in marks.items():
        shape, edge, face = MARKS.get(verdict, ("o", GREY, GREY))
        y, means, *ends = zip(*rows, strict=True)
        spans(axes, y, *ends, color=edge, lw=2)
        axes.plot(means, y, shape, mec=edge, mfc=face, mew=1.8, ms=5.5 if crowded else 7)
    axes.set_xlim(low, high)
    axes.set_ylim(len(labels) - 0.5, -0.55)
    axes.locator_params(axis="x", nbins=4 if crowded else 5)
    axes.xaxis.set_major_formatter(
        lambda value, _: gap(value, "", 0 if high - low > 5 else 1 if high - low > 0.6 else 2)
    )
    ruler(axes)


def _verdict(verdict: str) -> str:
    return VERDICT_WORDS.get(verdict, "")


def _reach(scaled: pd.DataFrame, room: float) -> tuple[float, float]:
    """Axis limits that hold zero and all intervals, with room on the right."""
    low, high = min(0.0, float(scaled.min().min())), max(0.0, float(scaled.max().max()))
    if pd.isna(low) or pd.isna(high) or high - low < 1e-9:
        return -1.0, 1.0
    return low - 0.12 * (high - low), high + room * (high - low)


def _beside(axes: Axes, place_in: float, y: float, words: str) -> None:
    """Above the dot (at a share of the panel's width), kept inside the panel."""
    side = "left" if place_in < 0.3 else "right" if place_in > 0.7 else "center"
    plate = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    at_in = min(max(place_in, 0.01), 0.99)
    axes.text(at_in, y, words, ha=side, va="center", transform=axes.get_yaxis_transform(), fontsize=8.5, bbox=plate)
