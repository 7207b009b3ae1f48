"""Who gains and who loses in one pool, partner by partner: alone, together, and without each of them in turn."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sim.measures.verdicts import NO_MATERIAL_DIFFERENCE, NOT_COMPARABLE, NOT_DECIDED, printed
from sim.report.drawing import Exhibit, Grid
from sim.report.pooling.words import COSTS, GAINED, area_name
from sim.report.tables import Tables
from sim.report.words import NO_BREAK, grouping_name, listed, number
from sim.report.words.captions import caption, subtitle

TOGETHER, WITHOUT = "together", "without_"
SIGNS = {
    "gains": "gains",
    "loses": "loses",
    **{verdict: printed(verdict) for verdict in (NO_MATERIAL_DIFFERENCE, NOT_DECIDED, NOT_COMPARABLE)},
}


def partners(tables: Tables, gains: pd.DataFrame) -> list[Exhibit]:
    """A table for goodwill on and one for off; none for a study that is not of one pool."""
    if TOGETHER not in set(gains["grouping"]):
        return []
    return [_exhibit(tables, gains[gains["goodwill"] == side], side) for side in dict.fromkeys(gains["goodwill"])]


def _exhibit(tables: Tables, gains: pd.DataFrame, goodwill: str) -> Exhibit:
    groupings = list(dict.fromkeys(gains["grouping"]))
    rows = []
    for area in dict.fromkeys(gains["area"]):
        for measure, words in GAINED.items():
            here = gains[(gains["area"] == area) & (gains["measure"] == measure)].set_index("grouping")
            if len(here):
                cells = [_difference(here.loc[grouping]) if grouping in here.index else "–" for grouping in groupings]
                rows.append((area_name(tables, str(area)), words, _alone(here.iloc[0]), *cells))
    return Exhibit(
        f"pooling_partners_{goodwill}",
        f"Partners, goodwill {goodwill}",
        _title(tables, gains, goodwill),
        subtitle(
            tables,
            "Each partner alone, and what changes together and without each of the others",
            f"{_capital(who_pays_more(tables, gains))}.",
        ),
        None,
        "",
        caption(tables, "Intervals are simultaneous over all partners and pools; both are in gains.csv.", "", ()),
        Grid(
            "Alone, and difference from that (simultaneous 95% interval)",
            ("Partner", "What", "Alone", *map(grouping_name, groupings)),
            rows,
            heads=2,
        ),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _title(tables: Tables, gains: pd.DataFrame, goodwill: str) -> str:
    """How many partners surely pay more than alone, when what is available is paid by children."""
    together = gains[(gains["grouping"] == TOGETHER) & (gains["measure"] == next(iter(COSTS)))]
    more = int((together["ci_low"] > 0).sum())
    return f"Goodwill {goodwill}: {more} of {len(together)} partners surely pay more than alone"


def who_pays_more(tables: Tables, gains: pd.DataFrame) -> str:
    """Who pays more together than alone under each split of the cost."""
    together = gains[gains["grouping"] == TOGETHER]
    said = []
    for measure, words in COSTS.items():
        here = together[together["measure"] == measure]
        more = [area_name(tables, str(area)) for area in here.loc[here["ci_low"] > 0, "area"]]
        said.append(f"shared {words}, {_who(more)} more than alone")
    return "; ".join(said)


def _who(areas: Iterable[str]) -> str:
    names = [str(area) for area in areas]
    return f"{listed(names)} {'pays' if len(names) == 1 else 'pay'}" if names else "nobody surely pays"


def _factor(row: pd.Series) -> tuple[float, int, str]:
    """From the table's value to what is printed: factor, decimals and what stands behind."""
    unit = str(row["unit"])
    if unit.startswith("share"):
        return 100.0, 1, "%"
    return (1.0, 0, "") if unit.startswith("GBP") else (1.0, 1, "")


def _alone(row: pd.Series) -> str:
    factor, places, after = _factor(row)
    return f"{number(float(row['alone']) * factor, places)}{after}" if pd.notna(row["alone"]) else "–"


def _difference(row: pd.Series) -> str:
    """A difference with its sign, its interval and what it says."""
    if pd.isna(row["difference"]):
        return "–"
    factor, places, _ = _factor(row)
    middle, low, high = (number(float(row[name]) * factor, places) for name in ("difference", "ci_low", "ci_high"))
    if row["difference"] == 0 and row["ci_low"] == row["ci_high"]:
        return "the same"
    sign = "+" if float(row["difference"]) * factor >= 0.5 * 10**-places else ""
    spread = (
        ""
        if pd.isna(row["ci_low"]) or row["ci_low"] == row["ci_high"]
        else f" ({low} to {high})".replace(" to ", f"{NO_BREAK}to{NO_BREAK}")
    )
    return f"{sign}{middle}{spread}, {SIGNS.get(str(row['says']), str(row['says']))}"
