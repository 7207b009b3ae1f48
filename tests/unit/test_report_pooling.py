"""The page of pooling: its key stands inside the picture, and its figures are written as people write them."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from sim.report.charts import pool_map, pooling
from sim.report.drawing import layout
from sim.report.drawing.style import styled
from sim.report.pooling.curve import sentences
from sim.report.pooling.titles import first_and_last
from sim.report.pooling.words import ADVICE, EDGES, PEOPLE, UNMET, cell, of_families
from tests.unit.boxes import boxes, collisions, over_the_edge


def test_the_key_of_the_tile_map_stands_inside_the_picture():
    """Defect: the last class, the largest gain, was cut off at the right edge."""
    gains = pd.DataFrame([{"label": "Pairs", "code": "QHG", "gain": 50.0, "says": "gains"}])
    with styled():
        figure = pool_map.draw(gains, layout([{"code": "QHG", "region": "East of England"}]), EDGES)
        ends = {words: (left, right) for words, left, _, right, _ in boxes(figure)}
    assert ends["gains over 40"][1] < 72 * figure.get_figwidth()
    key = [ends[word] for word in ("loses", "not decided", "no material difference", "gains under 5", "gains over 40")]
    assert all(one[1] < other[0] for one, other in pairwise(key))


@pytest.mark.parametrize("titles", [PEOPLE, of_families()], ids=["people", "families"])
def test_no_title_of_a_panel_runs_into_the_next(titles):
    """Defect: "On call 1 night in n of all (median person)" ran into "Hours on call a week"."""
    groupings = ("none", "pairs", "threes", "regions", "super_regions", "national")
    rows = [(words, "goodwill on", grouping, 1.0, 0.9, 1.1) for words in titles.values() for grouping in groupings]
    points = pd.DataFrame(rows, columns=["panel", "line", "grouping", "mean", "ci_low", "ci_high"])
    with styled():
        figure = pooling.draw(points)
        titled = [words for words in boxes(figure) if words[0].replace("\n", " ") in titles.values()]
        assert len(titled) == len(titles)
        named = {words for words, *_ in titled}
        assert [pair for pair in collisions(figure) if named & {*pair}] == []
        assert over_the_edge(figure) == []


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


def curve_of(measure: str, unit: str, **means: float) -> pd.DataFrame:
    """A made-up curve of one measure with goodwill on, each figure within a tenth of itself."""
    rows = [
        {
            "grouping": grouping, "goodwill": "on", "measure": measure, "unit": unit, "group": "england",
            "level": "England", "mean": mean, "ci_low": 0.9 * mean, "ci_high": 1.1 * mean, "difference": mean - 0.4,
            "difference_low": mean - 0.45, "difference_high": mean - 0.35, "verdict": "better",
        }
        for grouping, mean in means.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_the_answer_tells_both_ends_with_their_intervals_and_where_the_whole_cost_is():
    """Catches a path of six bare figures, and availability told as if it were the price."""
    gains = pd.DataFrame(columns=["goodwill", "grouping", "measure", "says"])
    first, *_, last = sentences(curve_of(UNMET, "share", none=0.4, pairs=0.3, regions=0.2), gains, ())
    assert first == (
        "Unmet demand, goodwill on: 40.0% (36.0% to 44.0%) alone, 20.0% (18.0% to 22.0%) regions; "
        "−20.0 points (−25.0 to −15.0 points) on the same families: better. Between them: 30.0% (Pairs)."
    )
    assert "The whole cost is not in a study of sharing" in last


def test_what_cannot_be_compared_has_no_difference_in_the_answer():
    gains = pd.DataFrame(columns=["goodwill", "grouping", "measure", "says"])
    first = sentences(curve_of(ADVICE, "share", none=0.4, regions=0.2), gains, ())[0]
    assert first.endswith("20.0% (18.0% to 22.0%) regions; on the same families: not comparable.")


def test_a_title_of_pooling_has_its_number():
    assert first_and_last(curve_of(UNMET, "share", none=0.4, regions=0.2), "Unmet demand") == (
        "Unmet demand: 40.0% alone, 20.0% regions"
    )
    often = curve_of("on_call_1_in_n_median", "n", none=1.3, regions=2.1)
    assert first_and_last(often, "Median consultant, on call 1 night in") == (
        "Median consultant, on call 1 night in 1.30 alone, 2.10 regions"
    )
