"""The backend by which matplotlib writes a chart as SVG: its own, with words measured once for all charts."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, TextIO, cast

from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

BACKEND = f"module://{__name__}"  # as ``savefig`` takes it


class Renderer(RendererSVG):
    """Of one chart."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | Literal["TeX"]
    ) -> tuple[float, float, float]:
        """Extent of words in points."""
        return _extent(s, prop, ismath)


@cache
def _extent(words: str, font: FontProperties, ismath: bool | Literal["TeX"]) -> tuple[float, float, float]:
    found: tuple[float, float, float] = TextToPath().get_text_width_height_descent(words, font, ismath)
    return found


class FigureCanvas(FigureCanvasSVG):
    """Of one chart."""

    def print_svg(self, filename: TextIO, *, metadata: Any = None, **_: Any) -> None:
        """Into a text in memory."""
        self.figure.dpi = 72
        wide, high = self.figure.get_size_inches() * 72
        renderer: Any = cast("Any", Renderer)(wide, high, filename, metadata=metadata)
        self.figure.draw(renderer)
        renderer.finalize()
