"""The exhibit on choosing: every two scenarios, not each against the baseline alone."""

from __future__ import annotations

from sim.cells import each_row
from sim.measures.headlines import headlines
from sim.measures.verdicts import CLAIMS, printed
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import Tables
from sim.report.words import gap, gap_spread, name
from sim.report.words.captions import caption, subtitle
from sim.report.words.selection import is_many


def has_pairs(tables: Tables) -> bool:
    """Whether there are two scenarios to choose between besides the baseline, and few enough for a table."""
    return tables.pairs is not None and not is_many(tables)


def pairs(tables: Tables) -> Exhibit:
    """A table: the declared headlines of every two scenarios on the same families."""
    assert tables.pairs is not None
    told = [one for one in headlines("precision") if one.measure in set(tables.pairs["measure"])]
    cells = {
        (str(row.baseline), str(row.scenario), str(row.measure)): (
            f"{gap(row.difference, one.unit)} ({gap_spread(row.ci_low, row.ci_high, one.unit)}): {printed(row.verdict)}"
        )
        for one in told
        for row in each_row(tables.pairs[tables.pairs["measure"] == one.measure])
    }
    both = list(dict.fromkeys((base, other) for base, other, _ in cells))
    claimed = int(tables.pairs["verdict"].isin(CLAIMS).sum())
    return Exhibit(
        "pairs",
        "Every two scenarios",
        f"Every two scenarios: {claimed} of {len(tables.pairs)} headline differences better or worse",
        subtitle(tables, "The second minus the first, paired on the same families and absences"),
        None,
        "",
        caption(tables, "In brackets: simultaneous 95% intervals. Verdicts hold together over the whole table."),
        Grid(
            "Declared headlines of every two scenarios: difference, simultaneous 95% interval, verdict",
            ("Against", "Scenario", *(one.title for one in told)),
            [(name(a), name(b), *(cells.get((a, b, one.measure), "–") for one in told)) for a, b in both],
            heads=2,
        ),
        "",
    )
