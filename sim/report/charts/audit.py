"""The audit of a rota over the people of a role: a middle, a 90th percentile and the worst person, against a limit."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.cells import records
from sim.report.drawing.many import spans
from sim.report.drawing.panels import Layout, panels
from sim.report.drawing.rows import line_names, under_headings
from sim.report.drawing.ruler import ruler
from sim.report.drawing.style import INK, NAVY, PLUM, RULE, TEAL, key, key_room
from sim.report.words import small

ROW = 0.4  # inches of one scenario
ABOVE, BELOW, BETWEEN, KEY = 0.5, 0.35, 0.25, 0.36
PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
MARKS = {"middle": ("o", "white", NAVY), "p90": ("s", TEAL, TEAL), "worst": ("D", PLUM, PLUM)}


def draw(marks: pd.DataFrame) -> Figure:
    """marks: rows (``panel``, ``limit`` or nan, ``role``, ``label`` of the scenario, ``middle``, ``p90``, ``worst``,
    each also with ``_low`` and ``_high``). The panel's words say what its middle is."""
    lines = under_headings(marks, "role", "label")
    handles = _handles(has_limit=bool(marks["limit"].notna().any()))
    above = KEY + key_room([str(one.get_label()) for one in handles], 5)
    layout = Layout(marks["panel"].nunique(), ROW * len(lines), ABOVE, BELOW, BETWEEN, key=above)
    fig = panels(marks, "panel", layout, lambda axes, here: _panel(axes, here, lines))
    for axes in fig.axes[:: layout.side_by_side]:
        line_names(axes, lines)
    key(fig, handles, 5, columnspacing=1.3)
    return fig


def _panel(axes: Axes, marks: pd.DataFrame, lines: list[tuple[str, str | None]]) -> None:
    limit = float(marks["limit"].iloc[0])
    top = float(marks[["middle_high", "middle", "p90_high", "p90", "worst_high", "worst"]].max().max())
    right = max(top, 0.0 if pd.isna(limit) else limit) * 1.42 or 1.0
    by_line = {(mark["role"], mark["label"]): mark for mark in records(marks)}
    for y, line in enumerate(lines):
        if line[1] is None:
            axes.axhline(y - 0.45, color=RULE, lw=1, clip_on=False)
    rows = {y: by_line[line] for y, line in enumerate(lines) if line in by_line}
    _marks(axes, {y: row for y, row in rows.items() if any(row[which] > 0 for which in MARKS)})
    for y, row in rows.items():
        _figures(axes, y, row)
    if not pd.isna(limit):
        axes.axvline(limit, color=INK, lw=1.1, ls=(0, (4, 3)))
    axes.set_xlim(-0.025 * right, right)
    axes.set_ylim(len(lines) - 0.4, -0.5)
    axes.yaxis.set_visible(False)
    axes.locator_params(axis="x", nbins=5)
    ruler(axes)


def _marks(axes: Axes, rows: dict[int, dict[Any, Any]]) -> None:
    """The marks of all rows, a line that joins those of each, and the intervals below them."""
    known = [[row[which] for which in MARKS if not pd.isna(row[which])] for row in rows.values()]
    spans(axes, rows, map(min, known), map(max, known), color=NAVY, lw=1.2, zorder=1.2)
    for which, (shape, face, edge) in MARKS.items():
        marks = [row[which] for row in rows.values()]
        axes.plot(marks, [*rows], shape, mfc=face, mec=edge, mew=1.6, ms=6, clip_on=False)
        if which != "p90":
            low, high = ([row[f"{which}_{end}"] for row in rows.values()] for end in ("low", "high"))
            spans(axes, [y + 0.3 for y in rows], low, high, color=INK, lw=1, marker="|", ms=4, clip_on=False)


def _figures(axes: Axes, y: int, row: dict[Any, Any]) -> None:
    """What is said beside the marks of a row."""
    known = [which for which in MARKS if not pd.isna(row[which])]
    if not any(row[which] > 0 for which in known):
        axes.text(0, y, "none" if known else "not on call", va="center", fontsize=8.5, bbox=PLATE)
        return
    reach = max(value for key, value in row.items() if key.startswith(tuple(MARKS)) and not pd.isna(value))
    said = " / ".join(small(row[which]) for which in ("middle", "worst") if which in known)
    axes.annotate(
        said, (reach, y), (8, 0), textcoords="offset points", va="center", fontsize=8.2, bbox=PLATE,
        annotation_clip=False,
    )  # fmt: skip


def _handles(has_limit: bool) -> list[Line2D]:
    words = {"middle": "middle (median or mean)", "p90": "90th percentile", "worst": "worst person"}
    handles = [
        Line2D([], [], marker=shape, mfc=face, mec=edge, mew=1.6, ms=6, lw=0, label=words[which])
        for which, (shape, face, edge) in MARKS.items()
    ]
    handles.append(Line2D([], [], color=INK, lw=1, marker="|", ms=4, label="95% interval"))
    if has_limit:
        handles.append(Line2D([], [], color=INK, lw=1.1, ls=(0, (4, 3)), label="safe limit"))
    return handles
