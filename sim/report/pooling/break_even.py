"""The page of a break-even: how much worse sharing may become before its gain is gone."""

from __future__ import annotations

import pandas as pd

from sim.measures.catalogue import Measure
from sim.report.charts.break_even import draw
from sim.report.drawing import Exhibit, Grid
from sim.report.drawing.style import styled
from sim.report.pooling.page import Story, page
from sim.report.tables import Tables
from sim.report.words import grouping_name, number
from sim.report.words.captions import caption, subtitle

NOTES = (
    "The gain is the paired difference from the areas alone on the same families, positive when the pool is better. "
    "The interval of the break-even holds every size at which the 95% interval of the gain contains nothing; between "
    "the sizes that were simulated it is read off straight lines. Goodwill on and off are two questions, each with an "
    "interval of its own."
)
LIMITS = (
    "Intervals hold chance alone, not the doubt about assumptions. Only the pool is made worse: its reach, its people "
    "and its seats stay as they are, and so does everything in the areas alone."
)
FILES = ("break_even.csv", "tried.csv")


def build(
    tables: Tables, answers: pd.DataFrame, tried: pd.DataFrame, measure: Measure, grouping: str, lever: str
) -> dict[str, bytes]:
    """``break_even.html`` and its chart. lever: what is made worse, in words."""
    factor = 100.0 if measure.unit.startswith("share") else 1.0
    unit = "points" if factor > 1 else measure.unit
    numbers = ["gain", "ci_low", "ci_high"]
    tried = tried.assign(**{name: tried[name] * factor for name in numbers})
    against = f"{grouping_name(grouping)} against areas alone"
    lead = f"{against}. {lever}: at how much is the gain in {measure.title.lower()} gone?"
    sentences = [f"Goodwill {row.goodwill}: {row.said}." for row in answers.itertuples(index=False)]
    with styled():
        exhibit = Exhibit(
            "break_even",
            "Break-even",
            f"Gain of sharing in {measure.title.lower()}, as sharing is made worse",
            subtitle(tables, f"{against}, {unit}; {lever[:1].lower()}{lever[1:]}"),
            lambda: draw(tried, answers, lever, f"Gain, {unit}"),
            "Gain over the size of the change, with its interval",
            caption(tables, "Band: 95% interval of the gain. Triangle and bar: break-even and its 95% interval."),
            Grid(
                f"What was simulated: gain in {unit} (95% interval)",
                ("Goodwill", str(answers["unit"].iloc[0]).capitalize(), "Gain", "From", "To"),
                [
                    (str(row.goodwill), f"{row.at:.3g}", *(number(float(getattr(row, name)), 2) for name in numbers))
                    for row in tried.itertuples(index=False)
                ],
                heads=2,
            ),
        )  # fmt: skip
    story = Story("Where the gain of sharing ends", lead, sentences, NOTES, LIMITS, FILES)
    return page("break_even.html", tables, story, [exhibit])
