"""What nobody knows, on the page: how far assumptions and structure move a figure, which numbers decide it, and what
holds anyway."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from sim.cells import each_row
from sim.measures.catalogue import EVERYTHING
from sim.measures.headlines import headlines
from sim.report.drawing import Grid
from sim.report.tables import ENGLAND, Tables
from sim.report.tables.remembered import remembered
from sim.report.words.names import name
from sim.report.words.numbers import amount
from sim.uncertainty import DIFFERENCE, FIGURE, HIDDEN, both, graded, hidden, holds, keeps, ranged, shipped, structural

HEADING = "What nobody knows"
PLACES = ("cards", "page")  # the headlines whose deciding numbers are told
TITLES = {one.measure: one.title for place in PLACES for one in headlines(place)}


def over_assumptions(tables: Tables, scenario: str, measure: str, group: str, level: str) -> str:
    """``assumptions 21% to 61%; structure 35% to 43%``, or the one that was looked at; empty in a study that did
    neither."""
    if (group, level) != ENGLAND:
        return ""
    said = [f"assumptions {_over(measure, one)}" for one in _figures(tables).get((scenario, measure), ())]
    if under := structural(tables.structure, FIGURE, "", scenario, measure):
        said.append(f"structure {_ends(measure, under.low, under.high)}")
    return "; ".join(said)


@remembered
def _figures(tables: Tables) -> dict[tuple[str, str], list[Any]]:
    """The rows of figures over draws by scenario and measure; none in a study without draws."""
    found = defaultdict[tuple[str, str], list[Any]](list)
    for row in each_row(_of(tables.uncertainty, FIGURE)) if tables.uncertainty is not None else ():
        found[row.scenario, row.measure].append(row)
    return found


def _over(measure: str, row: Any) -> str:
    return HIDDEN if hidden(row) else _ends(measure, row.assumptions_low, row.assumptions_high)


def _ends(measure: str, low: float, high: float) -> str:
    unit = EVERYTHING[measure].unit
    kind = "share" if unit.startswith("share") else "pounds" if unit.startswith("GBP") else ""
    return f"{amount(float(low), kind)} to {amount(float(high), kind)}"


def unknown(tables: Tables) -> list[Grid]:
    """The differences with both intervals and the share of draws in which they hold; what decides each headline; and
    the headlines under other structures."""
    return [*_drawn(tables), *_structural(tables)]


def _structural(tables: Tables) -> list[Grid]:
    """Every headline and difference as shipped, its range over structures, and whether a difference keeps its sign."""
    if tables.structure is None:
        return []
    rows = []
    for one in each_row(shipped(tables.structure)):
        under = structural(tables.structure, one.of, one.baseline, one.scenario, one.measure)
        if one.measure in TITLES and under is not None:
            against = f" against {name(one.baseline)}" if one.of == DIFFERENCE else ""
            signed = keeps(under) or "not decided as shipped" if one.of == DIFFERENCE else ""
            span = (ranged(under.low, under.high, one.unit, one.of), name(under.lowest), name(under.highest))
            rows.append((TITLES[one.measure], name(one.scenario) + against, both(one), *span, signed))
    many = tables.structure["alternative"].nunique() - 1
    head = ("Figure", "Of", "As shipped", "Structural range", "Lowest", "Highest", "Does it keep its sign")
    rules = tables.structure[["alternative", "question", "means"]].drop_duplicates()
    said = [(name(one.alternative), one.question, one.means) for one in each_row(rules) if one.means]
    return [
        Grid(f"Structure: the headlines under {many} other rules, one at a time", head, rows),
        Grid("The other rules", ("Rule", "Of", "What it says"), said),
    ]


def _drawn(tables: Tables) -> list[Grid]:
    if tables.uncertainty is None or tables.decides is None:
        return []
    differences, deciding = (
        _of(tables.uncertainty, DIFFERENCE),
        tables.decides[tables.decides["measure"].isin(list(TITLES))],
    )
    held = [
        (TITLES[row.measure], name(row.scenario), both(row), holds(row))
        for row in each_row(differences[differences["measure"].isin(list(TITLES))])
    ]
    decided = [_decided(row) for row in each_row(deciding)]
    draws = f"{int(tables.uncertainty['draws'].max())} draws of all that nobody knows"
    head = (
        "Figure",
        "Of",
        "Number",
        "Its range",
        "The figure at both ends",
        "What stands behind it",
        "Who could find out",
    )
    return [
        Grid(f"Differences from {name(tables.baseline)} over {draws}",
             ("Figure", "Scenario", "Difference", "Does it hold"), held),
        Grid("What decides this: at most three numbers of each figure, beyond chance", head, decided),
    ]  # fmt: skip


def _of(table: pd.DataFrame, what: str) -> pd.DataFrame:
    return table[table["of"] == what]


def _decided(row: Any) -> tuple[str, ...]:
    """A number that decides a figure: what it is, its range, the figure at both ends, and what is known of it."""
    against = " against the baseline" if row.of == DIFFERENCE else ""
    tied = f" (+{row.tied - 1:.0f} tied)" if row.tied > 1 else ""
    ends = f"{ranged(row.at_low, row.at_high, row.unit, row.of)} ({row.shape})"
    known = (f"{row.low:.3g} to {row.high:.3g}", ends, f"{graded(row.grade)}: {row.text}", row.who_could_find_out)
    return (TITLES[row.measure], name(row.scenario) + against, f"{row.key}{tied}", *known)
