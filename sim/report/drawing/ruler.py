"""The ruler under a panel: its lines, ticks and numbers, where matplotlib's axis has them, drawn at once.

An axis makes five marks for every tick, and measures them again and again.
"""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.markers import TICKDOWN
from matplotlib.transforms import ScaledTranslation

from sim.report.drawing.fonts import POINTS
from sim.report.drawing.many import write
from sim.report.drawing.style import INK, RULE

TICK, PAD, NUMBER = 3.5, 3.5, 9.0  # points: length of a tick, its room towards the number, size of the number
GAP, UNIT = 4.0, 9.5  # the same of what stands under the numbers
BEHIND = 0.5  # all that is drawn from the table


def ruler(axes: Axes) -> None:
    """The ruler of a panel whose ends are set. One that needs a power of ten beside it is left as it is."""
    axis, (low, high) = axes.xaxis, sorted(axes.get_xlim())
    edge = 1e-9 * (high - low)
    ticks = [float(tick) for tick in axis.get_majorticklocs() if low - edge <= tick <= high + edge]
    numbers = axis.get_major_formatter().format_ticks(ticks)
    if axis.get_major_formatter().get_offset():
        return
    axis.set_visible(False)
    below = axes.get_xaxis_transform()
    ends = [0.0, 1.0, math.nan] * len(ticks)
    axes.plot([tick for tick in ticks for _ in range(3)], ends, color=RULE, lw=0.8, transform=below, zorder=BEHIND)
    look: dict[str, Any] = {"marker": TICKDOWN, "ms": TICK, "mew": 0.8, "color": INK, "ls": "", "clip_on": False}
    axes.plot(ticks, [0.0] * len(ticks), transform=below, zorder=BEHIND, **look)
    _words(axes, ticks, numbers, TICK + PAD, NUMBER)
    if unit := axis.get_label_text():
        _words(axes, [(low + high) / 2], [unit], TICK + PAD + NUMBER + GAP, UNIT)


def _words(axes: Axes, at: list[float], said: list[str], below: float, size: float) -> None:
    """Words whose upper edge lies some points below the panel."""
    down = ScaledTranslation(0, -(below + size / 2) / POINTS, axes.figure.dpi_scale_trans)
    write(axes, at, [0.0] * len(at), said, axes.get_xaxis_transform() + down, ha="center", fontsize=size)
