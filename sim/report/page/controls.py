"""What the controls of the page show: figures and paired differences of every place in every scenario, as JSON."""

from __future__ import annotations

import json
import math
from typing import Any

from sim.cells import each_row
from sim.measures.catalogue import why_not_comparable
from sim.measures.headlines import headlines
from sim.measures.verdicts import NOT_COMPARABLE
from sim.measures.verdicts import VERDICTS as BETTER_OR_NOT
from sim.report.drawing import layout
from sim.report.tables import ENGLAND, Tables
from sim.report.words import VERDICT_WORDS, name
from sim.report.words.home_anyway import named
from sim.report.words.selection import is_many
from sim.report.words.supply import like

IF_MANY = 4  # measures kept where there are many scenarios, so that the page stays small
GROUPS = {"region": "NHS regions", "cluster": "Clusters of 2026", "area": "Areas"}
VERDICTS = (*BETTER_OR_NOT, "lower", "higher")  # in the order in which the page counts them


def controls(tables: Tables) -> dict[str, Any]:
    """Scenarios, measures, places, tiles, figures[measure][place][scenario] and differences in the same order.

    ``called`` is a scenario with its a, where its figures hang on who goes home anyway.

    A figure is mean, both ends of its 95 % interval and both ends of its 90 % prediction interval; a difference is
    scenario minus baseline, both ends, and the place of its verdict in ``verdicts``. Where a scenario decides what a
    measure is over, ``counts`` says how many; ``why`` says that a measure is not comparable: it has no differences.
    """
    told = [headline for headline in headlines("chooser") if headline.measure in tables.measures]
    told = told[:IF_MANY] if is_many(tables) else told
    measures = [headline.measure for headline in told]
    places = _places(tables)
    return {
        "scenarios": [name(scenario) for scenario in tables.names],
        "called": [named(tables, scenario) for scenario in tables.names],
        "verdicts": [VERDICT_WORDS[verdict] for verdict in VERDICTS],
        "measures": [{"name": one.title, "unit": one.unit, "why": why(one.measure)} for one in told],
        "places": [
            {"group": words, "name": called, "like": like(tables, level) if group == "area" else ""}
            for group, level, words, called in places
        ],
        "tiles": _tiles(tables, places),
        "figures": [[figures(tables, m, group, level) for group, level, _, _ in places] for m in measures],
        "pairs": pairs(tables),
        "counts": [[counts(tables, m, group, level) for group, level, _, _ in places] for m in measures],
        "differences": [[differences(tables, m, group, level) for group, level, _, _ in places] for m in measures],
    }


def why(measure: str) -> str:
    """Why a measure compares nothing, as the page says it; empty of one that does."""
    return f"not comparable ({reason})" if (reason := why_not_comparable(measure)) else ""


def as_json(found: dict[str, Any]) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or begins another."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _places(tables: Tables) -> list[tuple[str, str, str, str]]:
    """Group, level, words of the group and name: all areas together first."""
    called = dict(zip(tables.areas["code"], tables.areas["name"], strict=True))
    together = "England" if len(called) == 42 else "All areas of the study"
    found = [(*ENGLAND, "All areas together", together)]
    for group, words in GROUPS.items():
        levels = tables.levels(group)
        found += sorted(
            ((group, level, words, str(called.get(level, level)).removeprefix("NHS ")) for level in levels),
            key=lambda place: place[3],
        )
    return found


def _tiles(tables: Tables, places: list[tuple[str, str, str, str]]) -> list[dict[str, Any]]:
    """Each area's tile, and the places it belongs to by group."""
    at = {(group, level): index for index, (group, level, _, _) in enumerate(places)}
    rows = tables.areas.to_dict("records")
    laid = layout(rows)
    return [
        {
            "label": laid[row["code"]].label,
            "column": laid[row["code"]].column,
            "row": laid[row["code"]].row,
            "places": {
                GROUPS[group]: at.get((group, row[column]))
                for group, column in (("region", "region"), ("cluster", "cluster"), ("area", "code"))
                if (group, row[column]) in at
            },
        }
        for row in rows
    ]


def figures(tables: Tables, measure: str, group: str, level: str) -> list[list[float | None] | None]:
    """Each scenario's mean, both ends of its interval and of its prediction interval; None without a figure."""
    seen = [tables.estimate(scenario, measure, group, level) for scenario in tables.names]
    return [[_short(value) for value in one[:5]] if one.known else None for one in seen]


def pairs(tables: Tables) -> dict[str, Any] | None:
    """The declared headlines of every two scenarios: ``found[earlier-later][headline]`` is the later minus the earlier,
    both ends and the place of its verdict. None where there are no two besides the baseline."""
    if tables.pairs is None:
        return None
    told = [one for one in headlines("precision") if one.measure in set(tables.pairs["measure"])]
    told = told[:IF_MANY] if is_many(tables) else told
    place, column = {s: i for i, s in enumerate(tables.names)}, {one.measure: i for i, one in enumerate(told)}
    found: dict[str, list[list[float | None] | None]] = {}
    for row in each_row(tables.pairs[tables.pairs["measure"].isin(column)]):
        cells = found.setdefault(f"{place[row.baseline]}-{place[row.scenario]}", [None] * len(told))
        if row.difference == row.difference and row.verdict in VERDICTS:
            ends = [_short(value) for value in (row.difference, row.ci_low, row.ci_high)]
            cells[column[row.measure]] = [*ends, VERDICTS.index(row.verdict)]
    return {"measures": [{"name": one.title, "unit": one.unit} for one in told], "found": found}


def counts(tables: Tables, measure: str, group: str, level: str) -> list[float | None]:
    """How many each scenario's figure is over, where a scenario decides that; else None."""
    return [_short(tables.estimate(scenario, measure, group, level).n) for scenario in tables.names]


def differences(tables: Tables, measure: str, group: str, level: str) -> list[list[float | None] | None]:
    """Each scenario's difference from the baseline, both ends of its interval and the place of its verdict."""
    rows: list[list[float | None] | None] = []
    for scenario in tables.names:
        found = tables.difference(scenario, measure, group, level)
        verdict = found.verdict if found.verdict in VERDICTS else found.direction
        ends = [_short(value) for value in found[:3]]
        told = found.known and verdict in VERDICTS and verdict != NOT_COMPARABLE
        rows.append([*ends, VERDICTS.index(verdict)] if told else None)
    return rows


def _short(value: float) -> float | None:
    """Five digits, which is more than any interval allows."""
    return None if math.isnan(value) else float(f"{value:.5g}")
