"""The exhibit on who gains and who loses: paired differences of unmet demand by area, cluster and region."""

from __future__ import annotations

import pandas as pd

from sim.measures.verdicts import BETTER, WORSE
from sim.report.charts import gains as chart
from sim.report.drawing import Exhibit, Grid, layout
from sim.report.tables import Difference, Tables
from sim.report.words import VERDICT_WORDS, gap, gap_spread, listed, name
from sim.report.words.captions import NOTHING, caption, subtitle
from sim.report.words.findings import UNMET
from sim.report.words.selection import in_panels, left_out
from sim.report.words.supply import of_named_areas
from sim.report.words.titles import fitting

FOOTPRINTS = {"region": "Region", "cluster": "Cluster of 2026", "area": "Area"}
COLUMNS = ["label", "code", "difference", "verdict"]


def gains(tables: Tables) -> Exhibit:
    """Each area's unmet demand in each scenario minus the baseline, with what may be said about it."""
    pairs = list(tables.areas[["code", "region"]].itertuples(index=False, name=None))
    drawn = in_panels(tables)
    others = [scenario for scenario in drawn if scenario != tables.baseline]
    rows = [
        (name(scenario), code, found.difference, found.verdict)
        for scenario in others
        for code, _ in pairs
        for found in [tables.difference(scenario, UNMET, "area", code)]
    ]
    gains = pd.DataFrame(rows, columns=COLUMNS)
    return Exhibit(
        "gains",
        "Who gains and who loses",
        _title(tables, others),
        subtitle(
            tables,
            f"Unmet demand, scenario minus {name(tables.baseline)} in points, on the same families, by area",
            _counts(tables, others),
        ),
        (lambda: chart.draw(gains, layout(tables.areas.to_dict("records"))))
        if gains["difference"].notna().any()
        else None,
        "Maps of tiles, one a scenario",
        caption(
            tables,
            "Less unmet demand is a gain. A colour stands only where the difference is decided at 95% among all "
            "areas together; few calls of one area leave much undecided. "
            f"{of_named_areas(tables)}{left_out(tables, drawn)} Intervals, regions and clusters are in the table.",
            drawn=drawn,
        ),
        Grid(
            "Unmet demand minus the baseline by region, cluster and area: points, simultaneous 95% interval, verdict",
            ("Footprint", "Which", *map(name, tables.names[1:])),
            _rows(tables),
            heads=2,
        ),
        NOTHING,
    )


def _rows(tables: Tables) -> list[tuple[str, ...]]:
    called = dict(zip(tables.areas["code"], tables.areas["name"], strict=True))
    rows = []
    for group, words in FOOTPRINTS.items():
        for level in tables.levels(group):
            found = (tables.difference(scenario, UNMET, group, level) for scenario in tables.names[1:])
            rows.append((words, str(called.get(level, level)), *map(cell, found)))
    return rows


def cell(found: Difference) -> str:
    """A difference with its interval and verdict."""
    if not found.known:
        return "no figure"
    words = VERDICT_WORDS.get(found.verdict, VERDICT_WORDS[found.direction])
    return f"{gap(found.difference)} ({gap_spread(found.ci_low, found.ci_high)}): {words}"


def counted(tables: Tables, scenario: str) -> dict[str, int]:
    """How many areas gain, lose, see no material difference or are not decided in a scenario."""
    found = [tables.difference(scenario, UNMET, "area", code) for code in tables.areas["code"]]
    return {verdict: sum(one.known and one.verdict == verdict for one in found) for verdict in chart.WORDS}


def _title(tables: Tables, others: list[str]) -> str:
    """Of the scenario that surely changes most areas: how many gain and how many lose."""
    counts = {scenario: counted(tables, scenario) for scenario in others}
    changed = {one: count[BETTER] + count[WORSE] for one, count in counts.items()}
    of = len(tables.areas)
    if not any(changed.values()):
        return f"Of {of} area{'s' if of != 1 else ''} none surely gains or loses"
    most = max(changed, key=lambda one: changed[one])
    said = f"of {of} area{'s' if of != 1 else ''}, {counts[most][BETTER]} surely gain and {counts[most][WORSE]} lose"
    return fitting(f"{name(most)}: {said}", f"{said[:1].upper()}{said[1:]} at most")


def _counts(tables: Tables, others: list[str]) -> str:
    """For the subtitle: gains and losses of every scenario drawn."""
    counts = {scenario: counted(tables, scenario) for scenario in others}
    said = listed([f"{name(one)} {count[BETTER]} and {count[WORSE]}" for one, count in counts.items()])
    return f"Areas that surely gain and lose: {said}."
