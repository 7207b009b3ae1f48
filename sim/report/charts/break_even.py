"""The gain of a pool as it is made worse: a line with a band, and where the gain is gone."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.cells import each_row
from sim.report.drawing.panels import Layout, Title, panels
from sim.report.drawing.style import GREY, INK, NAVY, ORANGE, PALE

HIGH, ABOVE, BELOW, LEFT, GAP = 2.6, 0.4, 0.55, 0.75, 0.55
MARKS = ((NAVY, "o"), (ORANGE, "s"))


def draw(tried: pd.DataFrame, answers: pd.DataFrame, across: str, up: str) -> Figure:
    """A panel for goodwill on and one for off, on one scale.

    tried: ``goodwill``, ``at``, ``gain``, ``ci_low``, ``ci_high``. answers: ``goodwill``, ``at``, ``ci_low``,
    ``ci_high``, ``range_to``, NaN where nothing was found. across, up: words of the axes.
    """
    marks = dict(zip(tried["goodwill"].unique(), MARKS, strict=False))
    bounds = [float(tried[["gain", "ci_low"]].min().min()), float(tried[["gain", "ci_high"]].max().max()), 0.0]
    room = 0.06 * (max(bounds) - min(bounds) or 1.0)

    def draw_one(axes: Axes, here: pd.DataFrame) -> None:
        goodwill = here["goodwill"].iloc[0]
        _panel(axes, here, answers[answers["goodwill"] == goodwill], marks[goodwill])
        axes.set_ylim(min(bounds) - room, max(bounds) + room)
        axes.set_xlabel(across, fontsize=9)

    layout = Layout(len(marks), HIGH, ABOVE, BELOW, GAP if len(marks) > 1 else 0, left=LEFT, right=0.2)
    titled = tried.assign(title="Goodwill " + tried["goodwill"])
    fig = panels(titled, "title", layout, draw_one, Title(size=10))
    fig.axes[0].set_ylabel(up, fontsize=9)
    return fig


def _panel(axes: Axes, tried: pd.DataFrame, answers: pd.DataFrame, mark: tuple[str, str]) -> None:
    colour, shape = mark
    axes.axhline(0, color=INK, linewidth=1.0)
    axes.fill_between(tried["at"], tried["ci_low"], tried["ci_high"], color=PALE, linewidth=0)
    axes.plot(tried["at"], tried["gain"], color=colour, marker=shape, markersize=5, linewidth=1.4)
    axes.grid(axis="y", visible=True)
    for answer in each_row(answers):
        low, high = float(answer.ci_low), float(answer.ci_high)
        if not math.isnan(low):
            axes.plot([low, min(high, float(answer.range_to))], [0, 0], color=GREY, linewidth=5, alpha=0.6)
        if not math.isnan(float(answer.at)):
            axes.plot([answer.at], [0], marker="v", color=INK, markersize=9)
            axes.annotate(
                f"{answer.at:.3g}", (answer.at, 0), (0, 10), textcoords="offset points", ha="center", fontweight="bold"
            )
