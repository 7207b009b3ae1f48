"""The picture of what a planner's own log adds to the national numbers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from sim.report.charts import own_log
from sim.report.drawing import Exhibit, Grid
from sim.report.drawing.saving import render
from sim.report.drawing.style import styled

WHO = ("national", "yours", "combined")
AXIS = "times the national figure"
CAPTION = (
    "Dot: mean; line: middle 95 %. National: as wide as the register of laws says. Yours: the log alone. Combined: "
    "both, each by what it weighs. Calls that come in bursts from few families count as fewer."
)


def picture(rows: pd.DataFrame) -> dict[str, bytes]:
    """own_log.svg and own_log.png. rows: own_log.csv, and ``name`` of each figure in words."""
    said = {f"{who}_said": [_said(row, who) for row in rows.to_dict("records")] for who in WHO}
    drawn = rows.assign(**said)
    most = rows.sort_values("weight").iloc[-1]
    title = f"Your log weighs most in {most['name']}: {100 * most['weight']:.0f} %"
    with styled():
        exhibit = Exhibit(
            name="own_log", short="Own log", title=title, subtitle=f"{int(rows['rows'].max())} calls beside the "
            "national numbers", draw=lambda: own_log.draw(drawn, AXIS), kind="Dots with intervals", caption=CAPTION,
            grid=Grid("", (), ()),
        )  # fmt: skip
        _, vector, pixels = render(exhibit)
    return {"own_log.svg": vector, "own_log.png": pixels}


def _said(row: Mapping[Hashable, object], who: str) -> str:
    value = float(str(row[who]))
    return f"{100 * value:.0f} %" if row["unit"] == "share" else f"{value:.2g} {row['unit']}"
