"""The page of a study of pooling: the finding in sentences, the exhibits, and the tables behind."""

from __future__ import annotations

import pandas as pd

from sim.cells import each_row
from sim.measures.catalogue import why_not_comparable
from sim.measures.verdicts import NOT_COMPARABLE, printed
from sim.report.drawing.style import styled
from sim.report.pooling.exhibits import families, load, people, tile_map, winners
from sim.report.pooling.page import Story, page
from sim.report.pooling.partners import TOGETHER, partners
from sim.report.pooling.words import ADVICE, SAID, UNMET, headline, rows_of
from sim.report.tables import Tables
from sim.report.words import VERDICT_WORDS, grouping_name, name, number, small

HEADING = "What sharing a rota does"
LEAD = (
    "The same people, on the same families: rotas of their own, then shared by more and more areas. On call is shared; "
    "day shifts stay with the area unless that was asked for. Areas with nobody of the role bring no rota."
)
NOTES = (
    "Unmet demand: calls unmet, overtaken by death, partly met, or not made because home was not offered, over the "
    "potential calls of families who want to be at home. Child-nights: nights (22:00-07:00) of children who want to be "
    "at home with any hour uncovered by funded staff, after absence and cover. Availability alone: what the "
    "people pooled are paid for being on call, before employers' on-costs; seats at work, posts to create and every "
    "place of care are not in it, so it is a small part of the whole cost of a comparison of scenarios."
)
LIMITS = (
    "A figure for a named area says what its children, distances and posts do; which areas commission what is not "
    "public. Intervals hold chance alone, not the doubt about assumptions. Intervals of differences are simultaneous "
    "over all differences of one group (Bonferroni), and their verdicts hold together (Holm); intervals of figures "
    "hold each by itself. Refusals across boundaries and missing records are in these figures only with boundary=on."
)
FILES = ("pooling.csv", "gains.csv", "summary.csv", "comparison.csv", "replications.csv", "assumptions.csv")


def build(
    tables: Tables, curve: pd.DataFrame, gains: pd.DataFrame, roles: tuple[str, ...], seats: str, png: bool = False
) -> dict[str, bytes]:
    """``pooling.html`` and its charts: relative path -> content. The same tables always give the same bytes.

    png: each chart as PNG too.
    """
    with styled():
        shown = [families(tables, curve, seats), people(tables, curve, roles), load(tables, curve, roles)]
        shown += [tile_map(tables, gains, headline(curve)), *partners(tables, gains), winners(tables, gains)]
    story = Story(HEADING, LEAD, sentences(curve, gains, roles), NOTES, LIMITS, FILES)
    return page("pooling.html", tables, story, shown, png)


def sentences(curve: pd.DataFrame, gains: pd.DataFrame, roles: tuple[str, ...]) -> list[str]:
    """The finding in plain words, from the first grouping to the last; only what the intervals decide is claimed."""
    goodwill, groupings = curve["goodwill"].iloc[0], list(dict.fromkeys(curve["grouping"]))
    said = []
    for measure, words in SAID.items():
        for side in dict.fromkeys(curve["goodwill"]) if measure in (ADVICE, UNMET) else (goodwill,):
            said += _path(rows_of(curve, measure, "england", "England", side), words, side, measure in (ADVICE, UNMET))
    for role in roles:
        often = rows_of(curve, "on_call_1_in_n_median", "role", role, goodwill)
        if len(often):
            path = ", ".join(f"{small(row.mean)} ({grouping_name(str(row.grouping))})" for row in each_row(often))
            said.append(f"The median {name(role).lower()} is on call 1 night in n of all, n being {path}.")
    end = TOGETHER if TOGETHER in groupings else groupings[-1]
    last = gains[(gains["goodwill"] == goodwill) & (gains["grouping"] == end) & (gains["measure"] == UNMET)]
    if len(last):
        counted = last["says"].value_counts()
        said.append(
            f"Unmet demand, {grouping_name(end).lower()} against alone, goodwill {goodwill}: "
            f"{counted.get('gains', 0)} areas gain, {counted.get('loses', 0)} lose, "
            f"{counted.get('no_material_difference', 0)} differ immaterially and "
            f"{counted.get('not_decided', 0)} are not decided."
        )
    return said


def _path(rows: pd.DataFrame, words: str, goodwill: str, simulated: bool) -> list[str]:
    """One sentence on a share over the groupings, and what the last differs from the first by."""
    if rows.empty or rows["mean"].isna().any():
        return []
    path = ", ".join(f"{number(row.mean * 100)}% ({grouping_name(str(row.grouping))})" for row in each_row(rows))
    ends = rows[rows["grouping"] == TOGETHER]
    compared = (ends if len(ends) else rows).iloc[-1]
    measure, verdict = str(rows["measure"].iloc[0]), VERDICT_WORDS.get(str(compared["verdict"]), "not decided")
    verdict = printed(NOT_COMPARABLE) if why_not_comparable(measure) else verdict
    start = f"{words}, goodwill {goodwill}" if simulated else f"{words}, whatever the goodwill"
    last, first = (grouping_name(str(row["grouping"])) for row in (compared, rows.iloc[0]))
    return [f"{start}: {path}. {last} against {first.lower()}, on the same families: {verdict}."]
