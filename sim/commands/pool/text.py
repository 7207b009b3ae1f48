"""The pooling curve as a table to be read."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.screen import columns, figure

FAMILIES = {
    "advice_missing_share_out_of_hours": "advice missing",
    "child_nights_without_consultant_achieved_share": "nights, no consultant",
    "child_nights_without_visit_achieved_share": "nights, no visit",
    "unmet_demand_share": "unmet demand",
    "minutes_to_door": "minutes to door",
}
PEOPLE = {
    "pools": "rotas",
    "pool_seats": "seats",
    "pool_people": "people",
    "pool_people_needed": "needed",
    "pool_one_in_n_on_paper": "1 in n, paper",
    "on_call_1_in_n_median": "median",
    "hours_on_call_per_week_mean": "hours a week",
    "seat_hours_gap_share": "gaps",
    "disturbed_nights_per_month_mean": "disturbed nights a month",
    "load_per_seat_share": "load per seat",
    "families_met_per_year_mean": "families a year",
    "pool_standing_cost_gbp_per_year": "GBP a year",
}
NOTE = (
    "Mean and 95 % interval, or a mean alone. Advice missing: of calls out of hours that needed it; nights:\n"
    "child-nights with an hour uncovered; needed: people for the safe frequency. Needed, seats, GBP (for being\n"
    "available) and 1 in n on paper are seat arithmetic, before any run; nights, hours and gaps rest on episodes\n"
    "and rotas, all else on simulated calls."
)


def text(curve: pd.DataFrame, gains: pd.DataFrame, roles: Sequence[str]) -> str:
    """Families with goodwill and without, then the people of each role, then how many areas gain and lose."""
    parts = []
    for goodwill in dict.fromkeys(curve["goodwill"]):
        here = curve[(curve["goodwill"] == goodwill) & (curve["group"] == "england")]
        parts.append(f"Families, goodwill {goodwill}\n" + _table(here, FAMILIES, intervals=True))
    first = curve["goodwill"].iloc[0]
    for role in roles:
        here = curve[(curve["goodwill"] == first) & (curve["level"] == role)]
        parts.append(
            f"{role.replace('_', ' ').capitalize()}s, goodwill {first}\n" + _table(here, PEOPLE, intervals=False)
        )
    parts.append(_areas(gains[gains["goodwill"] == first], first))
    return "\n\n".join([*parts, NOTE])


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
    """How many areas gain, lose, differ immaterially or are not decided, by grouping and measure."""
    words = {
        "gains": "gain",
        "loses": "lose",
        "no_material_difference": "no material difference",
        "not_decided": "not decided",
    }
    rows = [[f"Areas, goodwill {goodwill}", "", *words.values()]]
    for (grouping, measure), part in gains.groupby(["grouping", "measure"], sort=False):
        if measure in FAMILIES:
            counted = part["says"].value_counts()
            rows.append([str(grouping), FAMILIES[str(measure)], *(str(counted.get(word, 0)) for word in words)])
    return "\n".join(columns(rows))
