"""The backend by which matplotlib writes a chart as SVG: its own, but for the measuring of words, of which there are
thousands."""

from __future__ import annotations

from typing import Any, Literal, TextIO, cast

from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.font_manager import FontProperties

from sim.report.drawing.fonts import POINTS, width

ABOVE, BELOW = 0.76, 0.24  # of the size of letters: how far a line of words reaches from where they stand
OWN: Any = RendererSVG  # of no type that the library says
BACKEND = f"module://{__name__}"  # as ``savefig`` takes it


class Renderer(RendererSVG):
    """Of one chart."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | Literal["TeX"]
    ) -> tuple[float, float, float]:
        """Extent of a line of words in points, as the font that a chart brings along sets them, letter by letter."""
        if ismath:
            return cast("tuple[float, float, float]", OWN.get_text_width_height_descent(self, s, prop, ismath))
        size = prop.get_size_in_points()
        wide = width(s, size, bold=prop.get_weight() in ("bold", 700)) * POINTS
        return wide, (ABOVE + BELOW) * size, BELOW * size


class FigureCanvas(FigureCanvasSVG):
    """Of one chart."""

    def print_svg(self, filename: TextIO, *, metadata: Any = None, **_: Any) -> None:
        """Into a text in memory."""
        self.figure.dpi = 72
        wide, high = self.figure.get_size_inches() * 72
        renderer: Any = cast("Any", Renderer)(wide, high, filename, metadata=metadata)
        self.figure.draw(renderer)
        renderer.finalize()
