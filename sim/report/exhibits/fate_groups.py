"""The exhibit on what became of which families: by kind of service, rural share and deprivation."""

from __future__ import annotations

import pandas as pd

from sim.report.charts import causes as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.fates import ORDER, SHARE, WORST, bar, cell
from sim.report.exhibits.gaps import GROUPS, level_words, levels
from sim.report.tables import Tables
from sim.report.words import amount, name
from sim.report.words.captions import NOTHING, caption, subtitle
from sim.report.words.fates import COLOURS, WORDS
from sim.report.words.home_anyway import named
from sim.report.words.selection import in_panels, left_out
from sim.report.words.titles import fitting


def has_groups(tables: Tables) -> bool:
    """Whether the study knows what became of the families of more than one group."""
    return bool(_groups(tables))


def fates_by_group(tables: Tables) -> Exhibit:
    """A table: each fate of the families of each group, as a share and in families a year."""
    shown = list(dict.fromkeys([tables.baseline, *in_panels(tables)]))
    rows = [
        (GROUPS[group], level_words(group, level), words, *(cell(tables, s, fate, (group, level)) for s in shown))
        for group, found in _groups(tables).items()
        for level in found
        for fate, words in WORDS.items()
    ]
    bars = pd.DataFrame(
        [
            bar(tables, tables.baseline, level_words(group, level), (group, level))
            for group, found in _groups(tables).items()
            for level in found
        ]
    )
    return Exhibit(
        "fates_by_group",
        "Which families",
        _title(tables),
        subtitle(tables, "Families who want to be at home, by the worst that happened to them and by group"),
        (
            lambda: chart.draw(
                bars, list(WORDS.values()), tuple(COLOURS.values()), 1.0, "share of families who want home"
            )
        )
        if len(bars) and bars["total"].notna().any()
        else None,
        "Stacked bars, one for each group of families, the worst first",
        caption(
            tables,
            f"{ORDER} Drawn: {name(tables.baseline)}, A to C printed with their 95% interval. In brackets in the "
            "table: 95% intervals, then what one year like the measured one may bring in 9 of 10 cases. Every area is "
            f"in the workbook and in summary.csv.{left_out(tables, shown)}",
            drawn=shown,
        ),
        Grid(
            "What became of the families of each group: share and families a year",
            ("Group", "Level", "Worst that happened", *map(name, shown)),
            rows,
            heads=3,
        ),
        NOTHING.replace("potential call fell", "episode ended"),
    )


def _groups(tables: Tables) -> dict[str, list[str]]:
    return {group: found for group in GROUPS if len(found := levels(tables, group, SHARE.format("whole"))) > 1}


def _title(tables: Tables) -> str:
    """How the worst three fates lie between the groups of the baseline, and where most families have one."""
    seen = {
        level_words(group, level): tables.estimate(tables.baseline, WORST, group, level).mean
        for group, found in _groups(tables).items()
        for level in found
    }
    known = {level: mean for level, mean in seen.items() if mean == mean}
    if not known:
        return f"{name(tables.baseline)}: no figure for families, because no episode ended"
    most = max(known, key=lambda level: known[level])
    ends = f"{amount(min(known.values()))} to {amount(known[most])}"
    here = named(tables, tables.baseline)
    return fitting(
        f"{here}, not home or in hospital: {ends}, most in {most}",
        f"Not home or in hospital: {ends}, most in {most}",
        f"Not home or in hospital: {ends} by group",
    )
