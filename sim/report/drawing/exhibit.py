"""One exhibit of the report: a chart, the words around it and the table behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Grid:
    """A table as it is printed: the first ``heads`` cells of each row are headings of the row."""

    caption: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    heads: int = 1


@dataclass(frozen=True)
class Exhibit:
    """short: its name in the contents. title: the finding. subtitle: measure, place and period. draw: its chart.
    kind: of chart, in a few words. note: said in place of a chart when there is none. part: of the page, as its
    contents have it."""

    name: str
    short: str
    title: str
    subtitle: str
    draw: Callable[[], Figure] | None
    kind: str
    caption: str
    grid: Grid
    note: str = ""
    part: str = ""

    @cached_property
    def figure(self) -> Figure | None:
        """Its chart as wide as a page."""
        if self.draw is None:
            return None
        from sim.report.drawing.style import styled

        with styled():
            return self.draw()

    def on_a_phone(self) -> Figure | None:
        """Its chart laid out anew, as wide as a phone."""
        if self.draw is None:
            return None
        from sim.report.drawing.style import narrow, styled

        with styled(), narrow():
            return self.draw()

    @property
    def alt(self) -> str:
        """What stands for the chart where it is not seen: one sentence; the table has the rest."""
        return f"{self.kind}: {self.title}." if self.kind else ""
