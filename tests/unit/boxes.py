"""Boxes of the words on a chart, as they are drawn: which of them lie on each other, and which reach over the edge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.axis import Tick
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.report.drawing.many import Words

SLACK = 1.5  # points by which two boxes may touch: letters are smaller than their box


def boxes(fig: Figure) -> list[tuple[str, float, float, float, float]]:
    """Words and their box from left, below, right and above, in points."""
    renderer = FigureCanvasAgg(fig).get_renderer()
    fig.draw(renderer)
    scale = 72 / fig.dpi
    found = []
    hidden = {id(text) for axes in fig.axes for text in _unseen(axes)}
    for text in [*fig.findobj(Text), *(text for words in fig.findobj(Words) for text in texts(words))]:
        if text.get_visible() and text.get_text().strip() and id(text) not in hidden:
            box = text.get_window_extent(renderer)
            found.append((text.get_text(), *(scale * edge for edge in (box.x0, box.y0, box.x1, box.y1))))
    return found


def texts(words: Words) -> Iterator[Text]:
    """Each of many words as matplotlib's own text, in pixels."""
    assert words.figure is not None
    places = words.get_transform().transform(words.places)
    for (x, y), said, raised in zip(places, words.said, words.raised, strict=True):
        look = {"fontproperties": words.like.get_fontproperties(), "ha": words.like.get_horizontalalignment()}
        text = Text(x, y + raised * words.figure.dpi / 72, said, va="center", **look)
        text.set_figure(words.figure)
        yield text


def said(axes: Axes) -> list[str]:
    """All words on a panel."""
    own = [text.get_text() for text in axes.texts]
    return own + [word for words in axes.findobj(Words) for word in words.said if word]


def _unseen(axes: Axes) -> Iterator[Text]:
    """Words that matplotlib keeps and does not draw: of a hidden axis, beyond the ends of one, or left over from
    another scale."""
    for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        if not axis.get_visible():
            yield from axis.findobj(Text)
        low, high = sorted(limits)
        seen = dict(zip(map(id, axis.get_majorticklabels()), axis.get_majorticklocs(), strict=False))
        for tick in axis.findobj(Tick):
            for text in (tick.label1, tick.label2):
                if not low - 1e-9 <= seen.get(id(text), float("inf")) <= high + 1e-9 or not axes.axison:
                    yield text


def collisions(fig: Figure) -> list[tuple[str, str]]:
    """Pairs of words that lie on each other."""
    return [
        (one[0], other[0])
        for one, other in combinations(boxes(fig), 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > SLACK
        and min(one[4], other[4]) - max(one[2], other[2]) > SLACK
    ]


def over_the_edge(fig: Figure) -> list[str]:
    """Words that a reader does not see whole."""
    wide, tall = (72 * inches for inches in fig.get_size_inches())
    return [
        words
        for words, left, below, right, above in boxes(fig)
        if left < -SLACK or below < -SLACK or right > wide + SLACK or above > tall + SLACK
    ]
