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
from sim.report.words import VERDICT_WORDS, gap, gap_spread, grouping_name, name, number, small, spread

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
COST = (
    "Money here is being available alone. The whole cost is not in a study of sharing: compare two groupings as "
    "scenarios to see it (oncall-sim compare)."
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
    """The finding in plain words, unmet demand first: the first and the last grouping with their intervals, what they
    differ by, and what lies between; only what the intervals decide is claimed."""
    goodwill, groupings = curve["goodwill"].iloc[0], list(dict.fromkeys(curve["grouping"]))
    said = []
    for measure in (UNMET, *(one for one in SAID if one != UNMET)):
        simulated = measure in (ADVICE, UNMET)
        for side in dict.fromkeys(curve["goodwill"]) if simulated else (goodwill,):
            said += _path(rows_of(curve, measure, "england", "England", side), SAID[measure], side, simulated)
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
    return [*said, COST]


def _path(rows: pd.DataFrame, words: str, goodwill: str, simulated: bool) -> list[str]:
    """One sentence on a share: the first grouping, the last and their difference with intervals, then those between."""
    if rows.empty or rows["mean"].isna().any():
        return []
    together = rows[rows["grouping"] == TOGETHER]
    first, compared = rows.iloc[0], (together if len(together) else rows).iloc[-1]
    measure, verdict = str(rows["measure"].iloc[0]), VERDICT_WORDS.get(str(compared["verdict"]), "not decided")
    verdict = printed(NOT_COMPARABLE) if why_not_comparable(measure) else verdict
    start = f"{words}, {f'goodwill {goodwill}' if simulated else 'whatever the goodwill'}"
    ends = f"{_share(first)} {grouping_name(str(first['grouping'])).lower()}, {_share(compared)} "
    ends += grouping_name(str(compared["grouping"])).lower()
    apart = "" if why_not_comparable(measure) else _change(compared)
    change = f"; {apart}on the same families: {verdict}"
    path = ", ".join(
        f"{number(row.mean * 100)}% ({grouping_name(str(row.grouping))})"
        for row in each_row(rows)
        if row.grouping not in (first["grouping"], compared["grouping"])
    )
    return [f"{start}: {ends}{change}.{f' Between them: {path}.' if path else ''}"]


def _share(row: pd.Series) -> str:
    low, high = float(row["ci_low"]), float(row["ci_high"])
    return f"{number(float(row['mean']) * 100)}% ({spread(low, high)})"


def _change(row: pd.Series) -> str:
    """The paired difference with its interval; empty where there is none."""
    low, middle, high = (float(row[f"difference{end}"]) for end in ("_low", "", "_high"))
    return "" if middle != middle else f"{gap(middle)} ({gap_spread(low, high)}) "
