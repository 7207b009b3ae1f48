"""The pooling curve as a table to be read."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.measures.catalogue import why_not_comparable
from sim.measures.headlines import shorts
from sim.measures.unmet_demand import UNMET_PARTS
from sim.measures.verdicts import NO_MATERIAL_DIFFERENCE, NOT_COMPARABLE, NOT_DECIDED, printed
from sim.screen import columns, figure

PEOPLE = {
    "pools": "rotas",
    "pool_seats": "seats",
    "pool_people": "people",
    "pool_people_needed": "needed",
    "pool_one_in_n_on_paper": "1 day in n, paper",
    "on_call_1_in_n_median": "1 night in n",
    "hours_on_call_per_week_mean": "hours a week",
    "seat_hours_gap_share": "gaps",
    "disturbed_nights_per_month_mean": "disturbed nights a month",
    "load_per_seat_share": "load per seat",
    "families_met_per_year_mean": "families a year",
    "pool_standing_cost_gbp_per_year": "GBP a year",
}
PARTS = {measure: words for words, measure in UNMET_PARTS.items()} | {
    "not_made_in_hospital_share": "beside it: in hospital after help that was met"
}
TOGETHER, WITHOUT = "together", "without_"
COSTS = {"cost_by_children_gbp_per_year": "GBP by children", "cost_by_use_gbp_per_year": "GBP by use"}
SIGNS = {"gains": "+", "loses": "-", NO_MATERIAL_DIFFERENCE: "=", NOT_DECIDED: "?", NOT_COMPARABLE: "(not comparable)"}
NOTE = (
    "Mean and 95 % interval, or a mean alone. Advice missing: of calls out of hours that needed it; nights:\n"
    "child-nights with an hour uncovered; needed: people for the safe frequency. Needed, seats, GBP (for being\n"
    "available) and 1 day in n of all, on paper, are seat arithmetic, before any run; 1 night in n of all (median\n"
    "person), nights, hours and gaps rest on episodes and rotas, all else on simulated calls."
)


def text(curve: pd.DataFrame, gains: pd.DataFrame, roles: Sequence[str]) -> str:
    """Families, then the people of each role, then the areas or the partners: each with goodwill and without."""
    sides = list(dict.fromkeys(curve["goodwill"]))
    parts = []
    for side in sides:
        here = curve[(curve["goodwill"] == side) & (curve["group"] == "england")]
        parts.append(f"Families, goodwill {side}\n" + _table(here, of_families(), intervals=True))
        parts.append(f"Unmet demand in its parts, goodwill {side}\n" + _table(here, PARTS, intervals=False))
    for role in roles:
        for side in sides:
            here = curve[(curve["goodwill"] == side) & (curve["level"] == role)]
            title = f"{role.replace('_', ' ').capitalize()}s, goodwill {side}"
            parts.append(f"{title}\n" + _table(here, PEOPLE, intervals=False))
    told = _partners if TOGETHER in set(gains["grouping"]) else _areas
    parts += [told(gains[gains["goodwill"] == side], side) for side in sides]
    return "\n\n".join([*parts, NOTE])


def of_families() -> dict[str, str]:
    """The headlines of pooling for families, by measure, in the words of a narrow column."""
    return shorts("pool_screen")


def _table(here: pd.DataFrame, words: dict[str, str], *, intervals: bool) -> str:
    rows = [["", *words.values()]]
    for grouping in dict.fromkeys(here["grouping"]):
        of = {row.measure: row for row in here[here["grouping"] == grouping].itertuples(index=False)}
        rows.append([grouping, *(_cell(of.get(measure), intervals) for measure in words)])
    return "\n".join(columns(rows))


def _cell(row: object, intervals: bool) -> str:
    if row is None or row.mean != row.mean:  # type: ignore[attr-defined]
        return "-"
    if intervals:
        return figure(row.mean, row.ci_low, row.ci_high, row.unit)  # type: ignore[attr-defined]
    mean, unit = row.mean, row.unit  # type: ignore[attr-defined]
    if unit.startswith("share"):
        return f"{mean * 100:.1f} %"
    return f"{mean:,.0f}" if unit in ("teams", "people", "seats", "GBP/year") else f"{mean:.2f}"


def _areas(gains: pd.DataFrame, goodwill: str) -> str:
    """How many areas gain, lose, differ immaterially or are not decided, by grouping and comparable measure."""
    words = {
        "gains": "gain",
        "loses": "lose",
        NO_MATERIAL_DIFFERENCE: printed(NO_MATERIAL_DIFFERENCE),
        NOT_DECIDED: printed(NOT_DECIDED),
    }
    rows = [[f"Areas, goodwill {goodwill}", "", *words.values()]]
    told = of_families()
    for (grouping, measure), part in gains.groupby(["grouping", "measure"], sort=False):
        if measure in told and not why_not_comparable(str(measure)):
            counted = part["says"].value_counts()
            rows.append([str(grouping), told[str(measure)], *(str(counted.get(word, 0)) for word in words)])
    return "\n".join(columns(rows))


def _partners(gains: pd.DataFrame, goodwill: str) -> str:
    """Each partner alone, and what changes for it together and without each of the others; then who pays more."""
    words = {measure: word for measure, word in of_families().items() if measure in set(gains["measure"])} | COSTS
    variants = list(dict.fromkeys(gains["grouping"]))
    rows = [[f"Partners, goodwill {goodwill}", "", "alone", *variants]]
    for area in dict.fromkeys(gains["area"]):
        for measure, word in words.items():
            here = gains[(gains["area"] == area) & (gains["measure"] == measure)].set_index("grouping")
            cells = [_change(here.loc[variant]) for variant in variants]
            rows.append([str(area), word, _in_unit(here["alone"].iloc[0], str(here["unit"].iloc[0])), *cells])
    together = gains[gains["grouping"] == TOGETHER]
    paying = []
    for measure, word in COSTS.items():
        losing = together.loc[(together["measure"] == measure) & (together["ci_low"] > 0), "area"]
        who = ", ".join(losing) or "nobody surely"
        paying.append(f"Pays more together than alone for being available, {word}: {who}.")
    signs = "+ gains, - loses, = no material difference, ? not decided; intervals are simultaneous over all partners."
    return "\n".join([*columns(rows), *paying, signs])


def _change(row: pd.Series) -> str:
    unit = str(row["unit"])
    if row["difference"] == 0 and row["ci_low"] == row["ci_high"]:
        return "= same"
    ends = (
        ""
        if pd.isna(row["ci_low"]) or row["ci_low"] == row["ci_high"]
        else f" ({_in_unit(row['ci_low'], unit)} to {_in_unit(row['ci_high'], unit)})"
    )
    return f"{SIGNS.get(str(row['says']), '')} {_in_unit(row['difference'], unit)}{ends}"


def _in_unit(value: float, unit: str) -> str:
    if pd.isna(value):
        return "-"
    if unit.startswith("share"):
        return f"{value * 100:.1f}"
    return f"{value:,.0f}" if unit.startswith("GBP") else f"{value:.1f}"
