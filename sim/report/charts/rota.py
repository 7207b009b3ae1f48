"""Who is on when: a strip for each person, a cell for each day, and the seats nobody holds."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from sim.cells import records
from sim.report.drawing.fonts import wrapped
from sim.report.drawing.rows import RowName, under_headings, write_names
from sim.report.drawing.style import GREY, INK, NAVY, ORANGE, PALE, RULE, TEAL, WIDTH, canvas, key, place

ROW, HEAD = 0.21, 0.34  # inches of one person, and of a team's name
ABOVE, BELOW, NAMES = 0.62, 0.1, 2.35
COLOURS = {"W": PALE, "N": NAVY, "B": NAVY, "L": "#ffffff", "S": "#ffffff", "-": "#ffffff", "gap": ORANGE}
HATCHES = {"L": "///", "S": "xxx", "-": "..."}
A4, MARGINS = (11.69, 8.27), (2.5, 0.45, 1.25, 1.1)  # inches of the page; left, right, above, below the strips
LARGEST = 1.5  # times the height that strips have on a screen
WORK_ABOVE = 0.45  # of a cell both at work and on call, the part that is being at work


def draw(cells: pd.DataFrame, dates: pd.DataFrame) -> Figure:
    """cells: rows (``team``, ``name``, ``is_gap``, ``letters``), a letter for each day: W at work, N on call, B both,
    L leave, S sick, - vacant or away, . off; for a gap the number of seats nobody holds. dates: a row for each day
    (``label``, empty but on Mondays; ``is_free`` weekend or bank holiday)."""
    tall = _tall(cells)
    fig = canvas(ABOVE + tall + BELOW)
    _strips(place(fig, NAMES, ABOVE, WIDTH - NAMES - 0.12, tall), cells, dates)
    key(fig, _handles(), 7, columnspacing=1.2, handlelength=1.4)
    return fig


def on_a4(cells: pd.DataFrame, dates: pd.DataFrame, title: str, subtitle: str, caption: str) -> Figure:
    """The same on one page of A4, with title, letters in the cells and what they mean, to be pinned to a wall."""
    (wide, high), (left, right, above, below) = A4, MARGINS
    fig = Figure(figsize=A4, facecolor="white")
    room = high - above - below
    tall = min(room, LARGEST * _tall(cells))
    axes = fig.add_axes((left / wide, (high - above - tall) / high, (wide - left - right) / wide, tall / high))
    _strips(axes, cells, dates, letters=True)
    at = 0.45 / wide
    fig.text(at, 1 - 0.4 / high, subtitle, fontsize=14, fontweight="bold", va="top")
    fig.text(at, 1 - 0.7 / high, title, fontsize=10, color=GREY, va="top")
    fig.text(at, 0.3 / high, wrapped(caption, wide - 0.9, 8, 9), fontsize=8, color=GREY, va="bottom")
    fig.legend(handles=_handles(), loc="lower left", bbox_to_anchor=(at, 0.62 / high), ncols=7, columnspacing=1.2)
    return fig


def _tall(cells: pd.DataFrame) -> float:
    return sum(HEAD if name is None else ROW for _, name in under_headings(cells, "team", "name"))


def _strips(axes: Axes, cells: pd.DataFrame, dates: pd.DataFrame, letters: bool = False) -> None:
    """A strip for each person and each kind of gap. letters: in the cells too."""
    lines, tall = under_headings(cells, "team", "name"), _tall(cells)
    axes.set_xlim(0, len(dates))
    axes.set_ylim(tall, 0)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_yticks([])
    _weeks(axes, dates, tall)
    by_name = {(row["team"], row["name"]): row for row in records(cells)}
    top, names = 0.0, list[RowName]()
    for team, name in lines:
        if name is None:
            names.append(RowName(top + HEAD / 2, team, bold=True))
            top += HEAD
            continue
        row = by_name[team, name]
        names.append(RowName(top + ROW / 2, name))
        for day, letter in enumerate(row["letters"]):
            _cell(axes, day, top, letter, bool(row["is_gap"]))
            if letters and not row["is_gap"] and letter.upper() in "WNB":
                ink = "white" if letter in "NnBb" else INK
                axes.text(day + 0.5, top + ROW / 2, letter, ha="center", va="center", fontsize=6, color=ink)
        top += ROW
    write_names(axes, names)


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
    words = {"W": "at work", "N": "on call", "L": "leave", "S": "sick", "-": "vacant or away", "gap": "nobody: a gap"}
    return [
        Patch(facecolor=COLOURS[kind], edgecolor=GREY, hatch=HATCHES.get(kind), lw=0.5, label=label)
        for kind, label in words.items()
    ]
