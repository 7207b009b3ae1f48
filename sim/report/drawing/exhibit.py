"""One exhibit of the report: a chart, the words around it and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    """short: its name in the contents. title: the finding. subtitle: measure, place and period.
    note: said in place of a chart when figure is None. part: of the page, as its contents have it."""

    name: str
    short: str
    title: str
    subtitle: str
    figure: Figure | None
    alt: str
    caption: str
    grid: Grid
    note: str = ""
    part: str = ""
