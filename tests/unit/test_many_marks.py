"""Lines, blocks and words that are drawn many at once lie where matplotlib would draw each by itself."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.report.drawing.many import blocks, spans, write
from sim.report.drawing.saving import as_svg
from sim.report.drawing.style import INK, canvas, place, styled

PLACES = [(1.0, 1.0, "ICB rota"), (2.5, 3.0, "12 % (9 to 15)"), (4.0, 5.0, "gypsy")]


def panel() -> tuple[Figure, Axes]:
    fig = canvas(3)
    axes = place(fig, 1, 0.5, 6, 2)
    axes.set(xlim=(0, 6), ylim=(6, 0))
    axes.axis("off")
    return fig, axes


def both(side: str) -> tuple[Figure, Figure]:
    """The same words, each as a text of its own, and as many at once."""
    (one, alone), (other, together) = panel(), panel()
    for x, y, said in PLACES:
        alone.text(x, y, said, ha=side, va="center", color=INK, fontsize=9)
    write(together, *zip(*PLACES, strict=True), ha=side, fontsize=9)
    return one, other


def words_of(fig: Figure) -> list[tuple[str, ...]]:
    """Anchor, place and colour of the words in an SVG, and what they say."""
    found = re.findall(r'<text style="([^"]*)" x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>', as_svg(fig))
    return [(look.split("text-anchor: ")[1], *rest) for look, *rest in found]


@pytest.mark.parametrize("side", ["left", "center", "right"])
def test_an_svg_has_each_of_many_words_where_one_text_would_have_it(side):
    """Catches words that hang above or below their rows, and an anchor that shifts them in another font."""
    with styled():
        expected, found = map(words_of, both(side))
    assert len(found) == len(PLACES)
    for (anchor, x, y, said), (wanted, at, down, words) in zip(found, expected, strict=True):
        assert (anchor, said) == (wanted, words)
        assert float(x) == pytest.approx(float(at), abs=0.01)
        assert float(y) == pytest.approx(float(down), abs=0.25)  # points


@pytest.mark.parametrize("side", ["left", "center", "right"])
def test_pixels_have_them_there_too(side):
    with styled():
        inked = [np.asarray(drawn(fig))[..., 0] < 128 for fig in both(side)]
    rows, columns = ([np.flatnonzero(picture.any(axis=axis))[[0, -1]] for picture in inked] for axis in (1, 0))
    assert abs(rows[0] - rows[1]).max() <= 1
    assert abs(columns[0] - columns[1]).max() <= 1


def drawn(fig: Figure) -> memoryview:
    pixels = FigureCanvasAgg(fig)
    pixels.draw()
    return pixels.buffer_rgba()


def test_words_are_raised_by_points_and_have_their_own_colours_and_none_says_nothing():
    with styled():
        fig, axes = panel()
        write(axes, [1, 1, 1], [2, 2, 2], ["a", "b", ""], colours=["#112233", "#445566", "#778899"], raised=[0, 10, 0])
        (_, _, low, a), (_, _, high, b) = [(*of[:2], float(of[2]), of[3]) for of in words_of(fig)]
        colours = re.findall(r"<text [^>]*fill: (#\w+)", as_svg(fig))
    assert (a, b) == ("a", "b")
    assert low - high == pytest.approx(10)
    assert colours == ["#112233", "#445566"]


def test_a_line_for_each_row_that_is_known_is_one_path():
    with styled():
        fig, axes = panel()
        spans(axes, [1, 2, 3], [0.0, math.nan, 2.0], [3.0, math.nan, 6.0], color="#112233")
        (path,) = re.findall(r'<path d="([^"]*)"[^>]*stroke: #112233', as_svg(fig))
    x = [float(at) for at in re.findall(r"[ML] (\S+) ", path)]
    assert path.count("M") == 2
    assert x == [pytest.approx(at) for at in (72, 72 * 4, 72 * 3, 72 * 7)]  # an inch at the left, an inch a unit


def test_blocks_leave_out_what_is_not_known_and_move_no_axis():
    with styled():
        fig, axes = panel()
        blocks(axes, [0, 0], [9, math.nan], [1, 2], [1.5, 2.5], facecolors="#112233")
        assert axes.get_xlim() == (0, 6)
        filled = re.findall(r'<path d="([^"]*)"[^>]*fill: #112233', as_svg(fig))
    assert [path.count("L") for path in filled if path] == [3]
