"""The exhibits of a study of pooling: families, people, load per seat, tile map, and who gains and who loses."""

from __future__ import annotations

import pandas as pd

from sim.measures.catalogue import why_not_comparable
from sim.report.charts import pool_map
from sim.report.charts import pooling as charts
from sim.report.drawing import Exhibit, Grid, layout
from sim.report.pooling.titles import first_and_last, where_title, who_title
from sim.report.pooling.words import (
    ARITHMETIC,
    EDGES,
    GAINED,
    LOAD,
    PEOPLE,
    SEATS,
    UNMET,
    area_name,
    cell,
    of_families,
    points,
    rows_of,
)
from sim.report.tables import Tables
from sim.report.words import grouping_name, name, number
from sim.report.words.captions import NO_CALLS, caption, subtitle


def families(tables: Tables, curve: pd.DataFrame, seats: str) -> Exhibit:
    """What families see along the curve, with goodwill and without."""
    parts = [
        points(rows_of(curve, measure, "england", "England", goodwill), words, f"goodwill {goodwill}")
        for measure, words in of_families().items()
        for goodwill in dict.fromkeys(curve["goodwill"])
    ]
    worst = curve[(curve["group"] == "worst_area")]
    return Exhibit(
        "pooling_families",
        "Families",
        first_and_last(rows_of(curve, UNMET, "england", "England", str(curve["goodwill"].iloc[0])), "Unmet demand"),
        subtitle(tables, "Help that families get, by size of the pool", f"{_seats(seats)}."),
        lambda: charts.draw(pd.concat(parts)),
        "Lines over groupings, one for goodwill on and one for off",
        caption(
            tables,
            "Vertical lines: 95% intervals.",
            "Child-nights rest on episodes and rotas alone, all else on simulated calls.",
        ),
        Grid(
            "By grouping and goodwill: mean (95% interval)",
            ("Grouping", "Goodwill", *of_families().values(), "Worst-served area, unmet demand, %"),
            [
                (
                    grouping_name(grouping),
                    goodwill,
                    *(cell(rows_of(curve, m, "england", "England", goodwill), grouping) for m in of_families()),
                    _worst(tables, worst, grouping, goodwill),
                )
                for goodwill in dict.fromkeys(curve["goodwill"])
                for grouping in dict.fromkeys(curve["grouping"])
            ],
            heads=2,
        ),
    )


def _worst(tables: Tables, worst: pd.DataFrame, grouping: str, goodwill: str) -> str:
    here = worst[(worst["grouping"] == grouping) & (worst["goodwill"] == goodwill) & (worst["measure"] == UNMET)]
    return f"{area_name(tables, here['level'].iloc[0])}: {cell(here, grouping)}" if len(here) else "–"


def _seats(seats: str) -> str:
    said = SEATS.get(seats, f"{seats} seats a pool")
    return said[:1].upper() + said[1:]


def people(tables: Tables, curve: pd.DataFrame, roles: tuple[str, ...]) -> Exhibit:
    """What it asks of the people on call, with goodwill and without."""
    sides = list(dict.fromkeys(curve["goodwill"]))
    parts = [
        points(rows_of(curve, measure, "role", role, goodwill), words, f"{name(role)}, goodwill {goodwill}")
        for measure, words in PEOPLE.items()
        for role in roles
        for goodwill in sides
    ]
    return Exhibit(
        "pooling_people",
        "People on call",
        first_and_last(
            rows_of(curve, "on_call_1_in_n_median", "role", roles[0], sides[0]),
            f"Median {name(roles[0]).lower()}, on call 1 night in",
        ),
        subtitle(tables, "Burden and the cost of being available, by size of the pool"),
        lambda: charts.draw(pd.concat(parts)),
        "Lines over groupings, one for each role with goodwill on and one with goodwill off",
        caption(
            tables,
            "Vertical lines: 95% intervals.",
            "Frequency, hours, gaps and cost rest on rotas alone, disturbed nights and families on simulated calls.",
            without=(),
        ),
        _by_role("By role, goodwill and grouping: mean (95% interval)", curve, roles, PEOPLE),
    )


def load(tables: Tables, curve: pd.DataFrame, roles: tuple[str, ...]) -> Exhibit:
    """Load per seat by role, and the seat arithmetic beside it."""
    parts = [
        points(rows_of(curve, LOAD, "role", role, goodwill), f"{name(role)}: load, %", f"goodwill {goodwill}")
        for role in roles
        for goodwill in dict.fromkeys(curve["goodwill"])
    ]
    return Exhibit(
        "pooling_load",
        "Load per seat",
        first_and_last(
            rows_of(curve, LOAD, "role", roles[0], str(curve["goodwill"].iloc[0])),
            f"Work in a {name(roles[0]).lower()}'s seat",
        ),
        subtitle(tables, "Load per seat: hours worked on call per hour of seats held"),
        lambda: charts.draw(pd.concat(parts)),
        "Load per seat over groupings, one line for goodwill on and one for off",
        caption(
            tables, "Vertical lines: 95% intervals.", "Rests on simulated calls; the table's arithmetic on rotas alone."
        ),
        _by_role("Seat arithmetic, before any run, beside what was simulated", curve, roles, ARITHMETIC),
    )


def _by_role(said: str, curve: pd.DataFrame, roles: tuple[str, ...], measures: dict[str, str]) -> Grid:
    """A table of figures of the people on call."""
    rows = [
        (
            name(role),
            goodwill,
            grouping_name(g),
            *(cell(rows_of(curve, m, "role", role, goodwill), g) for m in measures),
        )
        for role in roles
        for goodwill in dict.fromkeys(curve["goodwill"])
        for g in dict.fromkeys(curve["grouping"])
    ]
    return Grid(said, ("Role", "Goodwill", "Grouping", *measures.values()), rows, heads=3)


def tile_map(tables: Tables, gains: pd.DataFrame, measure: str) -> Exhibit:
    """Tiles coloured by what each area gains: of a measure that rests on rotas, the same with goodwill and without."""
    here = gains[(gains["measure"] == measure) & (gains["goodwill"] == gains["goodwill"].iloc[0])].dropna(
        subset=["difference"]
    )
    rows = pd.DataFrame(
        {
            "label": [grouping_name(g) for g in here["grouping"]],
            "code": here["area"],
            "gain": -100 * here["difference"],
            "says": here["says"],
        }
    )
    tiles = layout(tables.areas.to_dict("records"))
    return Exhibit(
        "pooling_gains",
        "Where",
        where_title(here, measure),
        subtitle(tables, f"Percentage points fewer {GAINED[measure]} than alone, by area, whatever the goodwill"),
        (lambda: pool_map.draw(rows, tiles, EDGES)) if len(rows) else None,
        "Maps of tiles, one for each grouping",
        caption(
            tables,
            "Colour only where the paired difference is decided: verdicts hold together over all areas (Holm).",
            "Rests on episodes and rotas alone.",
            NO_CALLS,
        ),
        Grid(
            f"{GAINED[measure].capitalize()}: difference to alone, points (simultaneous 95% interval)",
            ("Area", "Grouping", "Pool", "Alone, share", "Difference, points", "Verdict"),
            [
                (
                    area_name(tables, str(r.area)),
                    grouping_name(str(r.grouping)),
                    str(r.pool),
                    f"{number(r.alone * 100)}%",
                    _difference(r),
                    str(r.says).replace("_", " "),
                )
                for r in here.itertuples()
            ],
            heads=2,
        ),
        "Nothing to draw: no area has a figure.",
    )


def _difference(row: object) -> str:
    factor = 100.0 if str(row.unit).startswith("share") else 1.0  # type: ignore[attr-defined]
    low, middle, high = (number(getattr(row, key) * factor) for key in ("ci_low", "difference", "ci_high"))
    return f"{middle} ({low} to {high})"


def winners(tables: Tables, gains: pd.DataFrame) -> Exhibit:
    """How many areas gain and lose on every measure, cost by children and by use among them."""
    rows = []
    for (goodwill, grouping, measure), part in gains.groupby(["goodwill", "grouping", "measure"], sort=False):
        if measure in GAINED and not why_not_comparable(str(measure)):
            counted = part["says"].value_counts()
            low, high = part["difference"].min(), part["difference"].max()
            unit = str(part["unit"].iloc[0])
            factor, places = (100, 1) if unit.startswith("share") else (1, 0 if unit.startswith("GBP") else 1)
            rows.append(
                (
                    str(goodwill),
                    grouping_name(str(grouping)),
                    GAINED[str(measure)],
                    *(
                        str(counted.get(word, 0))
                        for word in ("gains", "loses", "no_material_difference", "not_decided")
                    ),
                    f"{number(low * factor, places)} to {number(high * factor, places)}",
                )
            )
    return Exhibit(
        "pooling_who",
        "Who gains",
        who_title(gains),
        subtitle(tables, "Areas by the sign of their paired difference to being alone"),
        None,
        "",
        caption(tables, "Verdicts hold together over all areas (Holm). Every area's figures are in gains.csv.", "", ()),
        Grid(
            "Number of areas",
            (
                "Goodwill",
                "Grouping",
                "What",
                "Areas that gain",
                "Areas that lose",
                "No material difference",
                "Not decided",
                "Differences (points, minutes or £)",
            ),
            rows,
            heads=3,
        ),
    )
