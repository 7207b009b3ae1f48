"""Keys of patches and words, in as many lines as the chart has room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.report.drawing.fonts import width
from sim.report.drawing.style import across

GAP = 0.12  # inches between two entries


class Placed(NamedTuple):
    """An entry of a key: its line, where it begins on it in inches, and its words."""

    line: int
    left: float
    words: str


def laid(entries: Sequence[str], mark: float, size: float, edge: float) -> list[Placed]:
    """Entries one behind the other, in a new line where the chart ends.

    mark, edge: inches before the words of each, and kept at both sides. size: of the letters, in points.
    """
    placed, line, left = list[Placed](), 0, 0.0
    for words in entries:
        wide = mark + width(words, size)
        if left and left + wide > across() - 2 * edge:
            line, left = line + 1, 0.0
        placed.append(Placed(line, left, words))
        left += wide + GAP
    return placed


def lines(placed: Sequence[Placed]) -> int:
    """How many lines they take."""
    return placed[-1].line + 1 if placed else 0
