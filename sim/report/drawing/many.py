"""Marks of one kind, all of a panel at once: lines, blocks and words, of which a report has thousands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import PolyCollection
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform, Transform

from sim.report.drawing.style import INK
from sim.report.drawing.vector import ABOVE, BELOW, Renderer

MIDDLE = (ABOVE - BELOW) / 2  # of the size of letters: from the middle of a line down to where they stand
NOWHERE = [(math.nan, math.nan)] * 4
SIDES = {"left": 0.0, "center": 0.5, "right": 1.0}

Numbers = Iterable[float]


def spans(axes: Axes, at: Numbers, low: Numbers, high: Numbers, **look: Any) -> None:
    """A line at each row from one end to the other. look: as matplotlib's ``plot`` takes it."""
    ends = [x for row in zip(low, high, strict=True) for x in (*row, math.nan)]
    axes.plot(ends, [y for y in at for _ in range(3)], **look)


def blocks(axes: Axes, left: Numbers, right: Numbers, low: Numbers, high: Numbers, **look: Any) -> None:
    """Rectangles, which do not move the ends of an axis. look: of all, or of each, as matplotlib's ``PolyCollection``
    takes it. One that ends nobody knows where is not drawn."""
    sides = zip(left, right, low, high, strict=True)
    corners = [
        [(x0, y0), (x1, y0), (x1, y1), (x0, y1)] if x0 == x0 and x1 == x1 else NOWHERE for x0, x1, y0, y1 in sides
    ]
    axes.add_collection(PolyCollection(corners, joinstyle="miter", **look), autolim=False)


class Words(Artist):
    """Words of one size, each on one line whose middle is at a place."""

    def __init__(
        self, places: Sequence[tuple[float, float]], said: Sequence[str], colours: Sequence[str],
        raised: Sequence[float], **look: Any,
    ) -> None:  # fmt: skip
        """raised: points above their place. look: as matplotlib's ``Text`` takes it."""
        super().__init__()
        self.set_zorder(Text.zorder)
        self.places, self.said, self.colours, self.raised = places, said, colours, raised
        self.like = Text(transform=IdentityTransform(), va="baseline", **look)

    def draw(self, renderer: RendererBase) -> None:
        """Onto the chart."""
        font, context = self.like.get_fontproperties(), renderer.new_gc()
        down = MIDDLE * font.get_size_in_points()
        tall = renderer.get_canvas_width_height()[1] if renderer.flipy() else 0.0
        at = self.get_transform().transform(self.places).tolist() if self.said else []
        for (x, y), said, colour, raised in zip(at, self.said, self.colours, self.raised, strict=True):
            if said and x == x:
                y += renderer.points_to_pixels(raised - down)
                self.like.set_position((x, y))
                context.set_foreground(colour)
                left = x - self._before(said, renderer)
                renderer.draw_text(context, left, tall - y if tall else y, said, font, 0, mtext=self.like)
        context.restore()

    def _before(self, said: str, renderer: RendererBase) -> float:
        """How far words reach to the left of their place. An SVG needs no such number: it says that they end there, or
        have their middle there."""
        share = SIDES[str(self.like.get_horizontalalignment())]
        if not share or isinstance(renderer, Renderer):
            return 0.0
        return share * renderer.get_text_width_height_descent(said, self.like.get_fontproperties(), ismath=False)[0]


def write(
    axes: Axes, x: Numbers, y: Numbers, said: Iterable[str], transform: Transform | None = None,
    colours: Sequence[str] | str = INK, raised: Sequence[float] = (), **look: Any,
) -> None:  # fmt: skip
    """Words at places of the axes, or of another transform. The rest is as ``Words`` takes it."""
    said = list(said)
    each = [colours] * len(said) if isinstance(colours, str) else colours
    words = Words(list(zip(x, y, strict=True)), said, each, raised or [0.0] * len(said), **look)
    words.set_transform(transform or axes.transData)
    axes.add_artist(words)
