"""The page of pooling: its key stands inside the picture, and its figures are written as people write them."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from sim.report.charts import pool_map
from sim.report.drawing import layout
from sim.report.drawing.style import styled
from sim.report.pooling.words import EDGES, cell


def test_the_key_of_the_tile_map_stands_inside_the_picture():
    """Defect: the last class, the largest gain, was cut off at the right edge."""
    gains = pd.DataFrame([{"label": "Pairs", "code": "QHG", "gain": 50.0, "says": "gains"}])
    with styled():
        figure = pool_map.draw(gains, layout([{"code": "QHG", "region": "East of England"}]), EDGES)
        renderer = FigureCanvasAgg(figure).get_renderer()
        ends = {text.get_text(): text.get_window_extent(renderer) for axes in figure.axes for text in axes.texts}
    assert ends["gains over 40"].x1 < figure.bbox.width
    key = [ends[word] for word in ("loses", "not decided", "no material difference", "gains under 5", "gains over 40")]
    assert all(one.x1 < other.x0 for one, other in pairwise(key))


@pytest.mark.parametrize(
    ("unit", "mean", "low", "high", "said"),
    [
        ("seats", 18.0, 18.0, 18.0, "18"),
        ("people", 7.5, 7.5, 7.5, "7.50"),
        ("share", 0.0, 0.0, 0.0001, "0%"),
        ("share", 0.25, 0.24, 0.26, "25.0% (24.0 to 26.0)"),
    ],
)
def test_figures_of_the_curve_are_written_as_people_write_them(unit, mean, low, high, said):
    """Defects: 18.0 seats, and "0% (0 to 0.0)" where nothing can be met by goodwill."""
    row = pd.DataFrame([{"grouping": "none", "unit": unit, "mean": mean, "ci_low": low, "ci_high": high}])
    assert cell(row, "none") == said
