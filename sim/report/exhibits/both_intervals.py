"""The exhibit on how sure the headlines are: what chance leaves open inside what the assumptions do."""

from __future__ import annotations

from functools import partial

import pandas as pd

from sim.cells import each_row
from sim.report.charts import both_intervals as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import Tables
from sim.report.words import name, spread
from sim.report.words.findings import UNMET
from sim.report.words.titles import fitting
from sim.uncertainty import FIGURE

SHOWN = {  # headlines that are shares, in words
    "worst_three_fates_share": "Not home, or in hospital",
    UNMET: "Unmet demand",
    "child_nights_without_visit_achieved_share": "Nights with nobody",
}
CAPTION = (
    "Dot: all unknown numbers as shipped. Dark bar: 95% interval of chance. Pale bar: middle 95% of joint draws of all "
    "that nobody knows, chance taken out; where it is the narrower one, most of what is seen is chance."
)


def has_draws(tables: Tables) -> bool:
    """A study that was repeated at draws, with one of these headlines."""
    return tables.uncertainty is not None and not _rows(tables).empty


def both_intervals(tables: Tables) -> Exhibit:
    """A row for every headline of every scenario."""
    rows = _rows(tables)
    first = next(each_row(rows[rows["scenario"] == tables.baseline]), None) or next(each_row(rows))
    over = f"{spread(first.assumptions_low, first.assumptions_high, 'share', 0)} over assumptions"
    title = fitting(f"{first.figure}, {first.label}: {over}", f"{first.figure}, the baseline: {over}")
    head = ("Figure", "Scenario", "As shipped", "Chance, 95% interval", "Assumptions, 95% of draws")
    lines = [
        (
            row.figure,
            row.label,
            f"{100 * row.mean:.1f}%",
            spread(row.chance_low, row.chance_high, "share", 1),
            spread(row.assumptions_low, row.assumptions_high, "share", 1),
        )
        for row in each_row(rows)
    ]
    subtitle = f"All areas together; {int(rows['draws'].max())} draws, each simulated twice"
    return Exhibit(
        name="both_intervals", short="How sure", title=title, subtitle=subtitle, draw=partial(chart.draw, rows),
        kind="Dots with two bars", caption=CAPTION, grid=Grid("How sure the headlines are", head, lines),
    )  # fmt: skip


def _rows(tables: Tables) -> pd.DataFrame:
    assert tables.uncertainty is not None
    found = tables.uncertainty[(tables.uncertainty["of"] == FIGURE) & tables.uncertainty["measure"].isin(list(SHOWN))]
    order = {measure: place for place, measure in enumerate(SHOWN)}
    found = found.assign(place=found["measure"].map(order)).sort_values("place", kind="stable")
    return found.assign(figure=found["measure"].map(SHOWN), label=found["scenario"].map(name))
