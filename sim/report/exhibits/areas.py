"""The exhibit on areas: unmet demand on a grid of tiles, with intervals in the table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.cells import records
from sim.report.charts import areas as area_chart
from sim.report.drawing import Exhibit, Grid, Tile, layout
from sim.report.tables import Tables
from sim.report.words import NO_BREAK, figure, findings, name, one_period
from sim.report.words.captions import NOTHING, caption, prediction, subtitle
from sim.report.words.findings import UNMET
from sim.report.words.selection import drawn_of, in_panels, left_out
from sim.report.words.supply import of_named_areas, on_map, services


def by_area(tables: Tables) -> Exhibit:
    """Unmet demand by area: a tile grid a scenario, and intervals in the table."""
    pairs = list(tables.areas[["code", "region"]].itertuples(index=False, name=None))
    tiles = layout(records(tables.areas))
    drawn = in_panels(tables)
    rows = [
        {"label": name(scenario), "code": code, "mean": tables.estimate(scenario, UNMET, "area", code).mean}
        for scenario in tables.names
        for code, _ in pairs
    ]
    shares = pd.DataFrame(rows, columns=["label", "code", "mean"])
    known = shares.dropna()
    head = ("Code", "Tile", "Area", "Region", "Children 0-17", "Deaths a year", *map(name, tables.names))
    return Exhibit(
        "areas",
        "Areas",
        findings.area_finding(tables),
        subtitle(
            tables,
            f"Unmet demand, share of potential calls of families who want to be at home, by area, {services(tables)}",
            findings.by_chance(tables),
        ),
        (lambda: area_chart.draw(drawn_of(shares, drawn), tiles)) if len(known) else None,
        "Maps of tiles, one a scenario",
        caption(
            tables,
            f"{on_map(tables)} {of_named_areas(tables)} Differences between tiles include chance: intervals are in the "
            "table."
            f"{left_out(tables, drawn)}",
            drawn=drawn,
        ),
        Grid(
            "Unmet demand by area: mean (95% interval of the mean) "
            f"[90% prediction interval, {one_period(tables.study['weeks'])}]",
            head,
            [_area_row(tables, area, tiles) for area in records(tables.areas)],
            heads=3,
        ),
        NOTHING,
    )


def _area_row(tables: Tables, area: dict[str, Any], tiles: dict[str, Tile]) -> tuple[str, ...]:
    cells = []
    for scenario in tables.names:
        estimate = tables.estimate(scenario, UNMET, "area", area["code"])
        one_year = prediction(tables, scenario, UNMET, "area", area["code"]).replace(" ", NO_BREAK)
        cells.append(f"{figure(estimate)} [{one_year}]" if estimate.known else figure(estimate))
    return (
        area["code"],
        tiles[area["code"]].label,
        area["name"],
        area["region"],
        f"{area['children']:,.0f}",
        f"{area['deaths_per_year']:.1f}",
        *cells,
    )
