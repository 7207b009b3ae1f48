"""The page of a study of pooling: the finding in sentences, the exhibits, and the tables behind."""

from __future__ import annotations

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from sim.report.charts.pooling import called
from sim.report.findings import place_words
from sim.report.frame import driven_by, period
from sim.report.pooling_exhibits import families, load, people, tile_map, winners
from sim.report.pooling_words import ADVICE, SAID, UNMET, VERDICTS, headline, rows_of
from sim.report.style import render, styled
from sim.report.tables import Tables
from sim.report.words import capitals, name, number, small


def build(
    tables: Tables, curve: pd.DataFrame, gains: pd.DataFrame, roles: tuple[str, ...], seats: str
) -> dict[str, bytes]:
    """``pooling.html`` and its charts: relative path -> content. The same tables always give the same bytes."""
    with styled():
        shown = [families(tables, curve, seats), people(tables, curve, roles), load(tables, curve, roles)]
        shown += [tile_map(tables, gains, headline(curve)), winners(tables, gains)]
    files: dict[str, bytes] = {}
    inline: dict[str, str] = {}
    for exhibit in shown:
        if exhibit.figure is not None:
            inline[exhibit.name], vector, pixels = render(exhibit)
            files |= {f"charts/{exhibit.name}.svg": vector, f"charts/{exhibit.name}.png": pixels}
    templates = Environment(
        loader=PackageLoader("sim.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = templates.get_template("page.css").render()
    words = templates.get_template("pooling.html.j2").render(
        css=css,
        study={**tables.study, "title": capitals(tables.study["title"])},
        exhibits=shown,
        inline=inline,
        sentences=sentences(curve, gains, roles),
        place=place_words(tables),
        period=period(tables),
        driven_by=driven_by(tables),
    )
    return {**files, "pooling.html": words.encode()}


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
            path = ", ".join(f"1 in {small(row.mean)} ({called(str(row.grouping))})" for row in often.itertuples())
            said.append(f"The median {name(role).lower()} is on call {path}.")
    last = gains[(gains["goodwill"] == goodwill) & (gains["grouping"] == groupings[-1]) & (gains["measure"] == UNMET)]
    if len(last):
        counted = last["says"].value_counts()
        said.append(
            f"Unmet demand in {called(groupings[-1])}: {counted.get('gains', 0)} areas gain, "
            f"{counted.get('loses', 0)} lose, {counted.get('no_material_difference', 0)} differ immaterially and "
            f"{counted.get('not_decided', 0)} are not decided."
        )
    return said


def _path(rows: pd.DataFrame, words: str, goodwill: str, simulated: bool) -> list[str]:
    """One sentence on a share over the groupings, and what the last differs from the first by."""
    if rows.empty or rows["mean"].isna().any():
        return []
    path = ", ".join(f"{number(row.mean * 100)}% ({called(str(row.grouping))})" for row in rows.itertuples())
    verdict = VERDICTS.get(str(rows.iloc[-1]["verdict"]), "not decided")
    start = f"{words}, goodwill {goodwill}" if simulated else f"{words}, whatever the goodwill"
    return [f"{start}: {path}. Last against first, on the same families: {verdict}."]
