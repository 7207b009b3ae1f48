"""Who is on when: a strip for each person, a cell for each day, and the seats nobody holds."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from sim.cells import records
from sim.report.drawing.rows import row_name, under_headings
from sim.report.drawing.style import GREY, INK, NAVY, ORANGE, PALE, RULE, TEAL, WIDTH, canvas, key, place

ROW, HEAD = 0.21, 0.34  # inches of one person, and of a team's name
ABOVE, BELOW, NAMES = 0.62, 0.1, 2.35
COLOURS = {"W": PALE, "N": NAVY, "B": NAVY, "L": "#ffffff", "S": "#ffffff", "-": "#ffffff", "gap": ORANGE}
HATCHES = {"L": "///", "S": "xxx", "-": "..."}
WORK_ABOVE = 0.45  # of a cell both at work and on call, the part that is being at work


def draw(cells: pd.DataFrame, dates: pd.DataFrame) -> Figure:
    """cells: rows (``team``, ``name``, ``is_gap``, ``letters``), a letter for each day: W at work, N on call, B both,
    L leave, S sick, - vacant, . off; for a gap the number of seats nobody holds. dates: a row for each day
    (``label``, empty but on Mondays; ``is_free`` weekend or bank holiday)."""
    lines = under_headings(cells, "team", "name")
    tall = sum(HEAD if name is None else ROW for _, name in lines)
    fig = canvas(ABOVE + tall + BELOW)
    axes = place(fig, NAMES, ABOVE, WIDTH - NAMES - 0.12, tall)
    days = len(dates)
    axes.set_xlim(0, days)
    axes.set_ylim(tall, 0)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_yticks([])
    _weeks(axes, dates, tall)
    by_name = {(row["team"], row["name"]): row for row in records(cells)}
    top = 0.0
    for team, name in lines:
        if name is None:
            row_name(axes, top + HEAD / 2, team, "bold")
            top += HEAD
            continue
        row = by_name[team, name]
        row_name(axes, top + ROW / 2, name)
        for day, letter in enumerate(row["letters"]):
            _cell(axes, day, top, letter, bool(row["is_gap"]))
        top += ROW
    key(fig, _handles(), 7, columnspacing=1.2, handlelength=1.4)
    return fig


def _weeks(axes: Axes, dates: pd.DataFrame, tall: float) -> None:
    for day, date in enumerate(dates.itertuples(index=False)):
        if date.is_free:
            axes.add_patch(Rectangle((day, 0), 1, tall, color="#f3f2f1", lw=0, zorder=0))
        if date.label:
            axes.axvline(day, color=RULE, lw=0.8, zorder=0.5)
    mondays = [day for day, label in enumerate(dates["label"]) if label]
    axes.xaxis.tick_top()
    axes.set_xticks(mondays, [dates["label"].iloc[day] for day in mondays], ha="left")
    axes.tick_params(axis="x", length=0, pad=2)


def _cell(axes: Axes, day: int, top: float, letter: str, is_gap: bool) -> None:
    inset = 0.03
    if is_gap:
        if letter != "0":
            axes.add_patch(Rectangle((day, top + inset), 1, ROW - 2 * inset, color=ORANGE, lw=0))
            if letter != "1":
                axes.text(day + 0.5, top + ROW / 2, letter, ha="center", va="center", fontsize=7, color=INK)
        return
    kind = letter.upper()
    if kind not in COLOURS:
        return
    low, height = top + inset, ROW - 2 * inset
    if kind == "B":
        axes.add_patch(Rectangle((day, low), 1, height * WORK_ABOVE, color=PALE, lw=0))
        low, height = low + height * WORK_ABOVE, height * (1 - WORK_ABOVE)
    face = TEAL if letter in "nb" else COLOURS[kind]
    edge = {"edgecolor": GREY, "hatch": HATCHES[kind], "lw": 0} if kind in HATCHES else {"lw": 0}
    axes.add_patch(Rectangle((day, low), 1, height, facecolor=face, **edge))


def _handles() -> list[Patch]:
    words = {"W": "at work", "N": "on call", "L": "leave", "S": "sick", "-": "vacant", "gap": "nobody: a gap"}
    return [
        Patch(facecolor=COLOURS[kind], edgecolor=GREY, hatch=HATCHES.get(kind), lw=0.5, label=label)
        for kind, label in words.items()
    ]
