"""The exhibit on differences: each scenario against the baseline, on the same families."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.measures.headlines import Headline, headlines
from sim.measures.verdicts import BETTER, VERDICTS, WORSE, printed
from sim.report.charts import differences as difference_chart
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import Difference, Tables
from sim.report.words import VERDICT_WORDS, gap, gap_spread, listed, name, without_twins
from sim.report.words.captions import caption, subtitle
from sim.report.words.findings import care_not_given
from sim.report.words.home_anyway import over_who_goes_home_anyway
from sim.report.words.selection import is_many


def differences(tables: Tables) -> Exhibit:
    """Scenario minus baseline on the same families, with what may be said about it."""
    rows = []
    for headline, group, level, panel in _panels(tables, "differences"):
        found = {s: tables.difference(s, headline.measure, group, level) for s in tables.names[1:]}
        if any(paired.known for paired in found.values()):
            rows += [
                {"panel": panel, "unit": headline.unit, "label": name(s), **_claimed(paired)}
                for s, paired in found.items()
            ]
    shown = [name(one) for one in without_twins(tables.names)[1:] or tables.names[1:]]
    dots = pd.DataFrame([row for row in rows if row["label"] in shown])
    counted = {
        words: int((dots["verdict"] == verdict).sum()) if len(dots) else 0 for verdict, words in VERDICT_WORDS.items()
    }
    table = [
        (
            row["panel"],
            row["label"],
            gap(row["difference"], row["unit"], 2),
            _interval(row),
            printed(row["verdict"]) if row["difference"] == row["difference"] else "–",
        )
        for row in rows
    ]
    return Exhibit(
        "differences",
        "Differences",
        _tally(counted),
        subtitle(
            tables, f"Scenario minus {name(tables.baseline)}, paired on the same families and absences", _rest(counted)
        ),
        (lambda: difference_chart.draw(_drawn(tables, dots))) if rows else None,
        "Dots with intervals, one for each scenario",
        caption(
            tables,
            "Lines: 95% intervals of the paired difference. Round and filled: better. Diamond: worse. "
            "Square: no material difference. Hollow: not decided. "
            "Grey and round: decided, but neither side is better in itself, as with emergency visits and admissions. "
            f"Verdicts look at one measure at a time.{care_not_given(tables)}"
            + (" Scenarios without goodwill are in the table." if len(shown) < len(tables.names) - 1 else "")
            + "".join(f" {name(s)}:{said}" for s in tables.names[1:] if (said := over_who_goes_home_anyway(tables, s))),
        ),
        Grid(
            "Paired differences against the baseline",
            ("Measure", "Scenario", "Difference", "95% interval", "Verdict"),
            table,
            heads=2,
        ),
        "The comparison holds none of the headline measures.",
    )


def _drawn(tables: Tables, dots: pd.DataFrame) -> pd.DataFrame:
    """All panels, or with many scenarios those of the headline figures alone."""
    if not is_many(tables):
        return dots
    return dots[dots["panel"].isin([panel for *_, panel in _panels(tables, "many")])]


def _panels(tables: Tables, place: str) -> list[tuple[Headline, str, str, str]]:
    """Headline, group, level and words of every panel."""
    return [
        (headline, group, level, f"{words} (points)" if headline.unit == "share" else words)
        for headline in headlines(place)
        for group, level, words in tables.told_of(headline)
    ]


def _tally(counted: dict[str, int]) -> str:
    """How many of the differences are better and worse."""
    better, worse = (counted[VERDICT_WORDS[verdict]] for verdict in (BETTER, WORSE))
    return f"Of {sum(counted.values())} headline differences, {better} are better and {worse} worse"


def _rest(counted: dict[str, int]) -> str:
    """For the subtitle: what the other differences are."""
    claimed = [VERDICT_WORDS[verdict] for verdict in (BETTER, WORSE)]
    said = [f"{count} {words}" for words, count in counted.items() if count and words not in claimed]
    return f"The others: {listed(said)}." if said else ""


def _claimed(paired: Difference) -> dict[str, Any]:
    """The difference with a word even where the measure has no better side."""
    row = paired._asdict()
    if row["verdict"] not in VERDICTS:
        row["verdict"] = paired.direction
    return row


def _interval(row: dict[str, Any]) -> str:
    return gap_spread(row["ci_low"], row["ci_high"], row["unit"], 2) if row["difference"] == row["difference"] else "–"
