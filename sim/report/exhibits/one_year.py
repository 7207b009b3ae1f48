"""The exhibit on a single year in a single area: how far it may lie from the mean of many."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.report.charts import years as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import Estimate, Tables
from sim.report.words import amount, name, number, one_period, spread
from sim.report.words.captions import NOTHING, caption, subtitle
from sim.report.words.findings import UNMET
from sim.report.words.home_anyway import named
from sim.report.words.selection import in_panels, left_out
from sim.report.words.supply import of_named_areas
from sim.report.words.titles import fitting

SHOWN = 3  # scenarios in the chart
NIGHTS = "child_nights_without_visit_achieved_share"
COLUMNS = ["label", "code", "area", "mean", "ci_low", "ci_high", "pi_low", "pi_high"]


def one_year(tables: Tables) -> Exhibit:
    """Unmet demand of each area: mean, interval and prediction interval, the area with the fewest children last."""
    drawn = in_panels(tables, SHOWN)
    areas = sorted(tables.areas.to_dict("records"), key=lambda area: (-area["children"], area["code"]))
    rows = [_dot(tables, scenario, area) for scenario in drawn for area in areas]
    dots = pd.DataFrame(rows, columns=COLUMNS)
    measures = {UNMET: "Unmet demand"} | (
        {NIGHTS: "Child-nights with nobody funded to come"} if NIGHTS in tables.measures else {}
    )
    year = one_period(tables.study["weeks"])
    return Exhibit(
        "one_year",
        "One year in one area",
        _title(tables, areas),
        subtitle(
            tables,
            f"Unmet demand by area in {year}, share of potential calls; areas by number of children",
            _mean_of_many(tables, areas),
        ),
        (lambda: chart.draw(dots)) if dots["mean"].notna().any() else None,
        "Dots with two intervals, one for each area",
        caption(
            tables,
            "A single year in a single area has few calls: judge one by the thin line, not by the thick one. Both "
            f"hold chance alone. {of_named_areas(tables)}{left_out(tables, drawn)}",
            drawn=drawn,
        ),
        Grid(
            f"Between which shares {year} lies in 9 of 10 cases",
            ("Area", "Deaths a year", "Measure", *map(name, tables.names)),
            [_row(tables, area, measure, words) for area in areas for measure, words in measures.items()],
            heads=3,
        ),
        NOTHING,
    )


def short_name(area: dict[Any, Any]) -> str:
    """An area as it is printed beside a row."""
    return str(area["name"]).removeprefix("NHS ")


def _dot(tables: Tables, scenario: str, area: dict[Any, Any]) -> tuple[Any, ...]:
    seen = tables.estimate(scenario, UNMET, "area", area["code"])
    return (name(scenario), area["code"], short_name(area), *seen[:5])


def _row(tables: Tables, area: dict[Any, Any], measure: str, words: str) -> tuple[str, ...]:
    cells = []
    for scenario in tables.names:
        seen = tables.estimate(scenario, measure, "area", area["code"])
        cells.append(spread(seen.pi_low, seen.pi_high, decimals=0) if seen.known else "no figure")
    return (short_name(area), number(area["deaths_per_year"]), words, *cells)


def _title(tables: Tables, areas: list[dict[Any, Any]]) -> str:
    """The area in which one year may lie furthest from another, in the baseline."""
    widest = _widest(tables, areas)
    if widest is None:
        return "Too little was counted to say what one year may bring"
    where, seen = widest
    ends = spread(seen.pi_low, seen.pi_high, decimals=0)
    period = "one year" if tables.study["weeks"] == 52 else "one period"
    return fitting(f"{where}: unmet demand {ends} in {period}", f"Unmet demand of one area: {ends} in {period}")


def _mean_of_many(tables: Tables, areas: list[dict[Any, Any]]) -> str:
    """For the subtitle: in which scenario, and the mean beside which that stands."""
    widest = _widest(tables, areas)
    if widest is None:
        return ""
    return f"{named(tables, tables.baseline)}: the mean of many in {widest[0]} is {amount(widest[1].mean)}."


def _widest(tables: Tables, areas: list[dict[Any, Any]]) -> tuple[str, Estimate] | None:
    seen = {short_name(area): tables.estimate(tables.baseline, UNMET, "area", area["code"]) for area in areas}
    known = {of: one for of, one in seen.items() if one.known and one.pi_low == one.pi_low}
    return max(known.items(), key=lambda pair: pair[1].pi_high - pair[1].pi_low) if known else None
