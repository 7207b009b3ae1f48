"""Where panels of a chart stand, what is written beside them, and exhibits of bars."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.report.drawing.panels import Layout, Title, panels
from sim.report.drawing.rows import under_headings
from sim.report.drawing.style import WIDTH, styled
from tests.unit.boxes import said

TABLE = pd.DataFrame({"panel": list("abcabc"), "value": [1, 2, 3, 4, 5, 6]})
TWO_ABREAST = Layout(2, tall=1.0, above=0.5, below=0.25, between=0.5, left=2.0, right=1.0, key=0.25, foot=0.5)


@pytest.fixture(scope="module")
def drawn():
    seen = []
    with styled():
        fig = panels(TABLE, "panel", TWO_ABREAST, lambda axes, here: seen.append(list(here["value"])), rows=["x", "y"])
    return fig, seen


def test_each_panel_is_drawn_from_its_own_rows_in_the_order_of_the_table(drawn):
    fig, seen = drawn
    assert seen == [[1, 4], [2, 5], [3, 6]]
    assert [axes.get_title(loc="left") for axes in fig.axes] == ["a", "b", "c"]


def test_panels_stand_side_by_side_and_then_below_in_inches(drawn):
    fig, _ = drawn
    tall = fig.get_figheight()
    assert tall == pytest.approx(0.25 + 2 * (0.5 + 1.0 + 0.25) + 0.5)
    boxes = [axes.get_position() for axes in fig.axes]
    # Two panels share what is left of 9 inches after both edges, each with half an inch towards its neighbour.
    assert [(box.x0 * WIDTH, (1 - box.y1) * tall) for box in boxes] == [
        pytest.approx((2.0, 0.75)),
        pytest.approx((5.0, 0.75)),
        pytest.approx((2.0, 2.5)),
    ]
    assert [box.width * WIDTH for box in boxes] == [pytest.approx(2.5)] * 3


def test_names_of_rows_stand_at_the_left_of_the_first_column_alone(drawn):
    fig, _ = drawn
    assert [said(axes) for axes in fig.axes] == [["x", "y"], [], ["x", "y"]]


def test_a_title_is_broken_unless_any_number_of_lines_is_one():
    long = pd.DataFrame({"panel": ["a title that is far wider than the panel beneath it could ever be"]})
    with styled():
        broken, whole = (
            panels(long, "panel", TWO_ABREAST, lambda axes, here: None, Title(lines=lines))
            .axes[0]
            .get_title(loc="left")
            for lines in (2, None)
        )
    assert broken.count("\n") == 1
    assert whole == long["panel"][0]


def test_rows_stand_under_their_heading_once_each():
    table = pd.DataFrame({"role": ["nurse", "doctor", "nurse", "nurse"], "label": ["a", "a", "b", "a"]})
    assert under_headings(table, "role", "label") == [
        ("nurse", None), ("nurse", "a"), ("nurse", "b"), ("doctor", None), ("doctor", "a"),
    ]  # fmt: skip
