"""The picture of a warm-up check, with its finding as a title."""

from __future__ import annotations

import pandas as pd

from sim.report.charts import welch
from sim.report.drawing import Exhibit, Grid
from sim.report.drawing.saving import render
from sim.report.drawing.style import styled

CAPTION = (
    "Grey: mean of the replications; dark: moving average over 11 weeks (Welch). Shaded: the configured warm-up. "
    "Dashed: what MSER-5 would cut off; none where the series does not settle."
)


def picture(scenario: str, title: str, series: pd.DataFrame, warmup_weeks: float) -> dict[str, bytes]:
    """welch.svg and welch.png. series: as ``sim.report.charts.welch.draw`` takes it."""
    with styled():
        exhibit = Exhibit(
            name="welch", short="Warm-up", title=title,
            subtitle=f"Weekly series from the first hour: {scenario.replace('_', ' ')}",
            draw=lambda: welch.draw(series, warmup_weeks), kind="Weekly series", caption=CAPTION, grid=Grid("", (), ()),
        )  # fmt: skip
    _, vector, pixels = render(exhibit)
    return {"welch.svg": vector, "welch.png": pixels}
