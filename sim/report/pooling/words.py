"""What the page of pooling shows of the curve, in words, and how it is read from the table."""

from __future__ import annotations

import pandas as pd

from sim.measures.headlines import headlines
from sim.report.tables import Tables
from sim.report.words import number

NIGHTS = {
    "visit": "child_nights_without_visit_achieved_share",
    "advise": "child_nights_without_consultant_achieved_share",
}
ADVICE, UNMET, LOAD = "advice_missing_share_out_of_hours", "unmet_demand_share", "load_per_seat_share"
PEOPLE = {
    "on_call_1_in_n_median": "On call 1 night in n of all (median person)",
    "hours_on_call_per_week_mean": "Hours on call a week",
    "seat_hours_gap_share": "Hours of seats nobody holds, %",
    "disturbed_nights_per_month_mean": "Disturbed nights a month",
    "families_met_per_year_mean": "Families met a year, each person",
    "pool_standing_cost_gbp_per_year": "Availability alone, £ thousand a year",
}
ARITHMETIC = {
    "pools": "Rotas, number",
    "pool_seats": "Seats, number",
    "pool_people": "People, number",
    "pool_people_needed": "People for a safe frequency",
    "pool_one_in_n_on_paper": "On call 1 day in n of all, on paper",
    "pool_gap_expected_share": "Hours expected empty, %",
    "pool_standing_cost_gbp_per_year": "Availability alone, £ a year",
    LOAD: "Load per seat, % (simulated)",
    "seat_hours_gap_share": "Hours empty, % (as held)",
}
SEATS = {
    "largest": "seats of the best-covered area",
    "kept": "seats of all areas kept",
    "1": "one seat a pool",
}
GAINED = {
    ADVICE: "advice missing",
    NIGHTS["advise"]: "nights without a consultant",
    NIGHTS["visit"]: "nights without a visit",
    UNMET: "unmet demand",
    "minutes_to_door": "minutes to the door",
    "cost_by_children_gbp_per_year": "£ a year, by children",
    "cost_by_use_gbp_per_year": "£ a year, by use",
}
COSTS = {"cost_by_children_gbp_per_year": "by children", "cost_by_use_gbp_per_year": "by use"}
SAID = {
    ADVICE: "Calls out of hours that needed advice and had none",
    UNMET: "Unmet demand",
    NIGHTS["advise"]: "Child-nights without a consultant",
    NIGHTS["visit"]: "Child-nights without anybody to visit",
}
COUNTED = ("teams", "people", "seats")
EDGES = (5.0, 15.0, 40.0)  # percentage points; classes of the tile map


def area_name(tables: Tables, code: str) -> str:
    """An area by its name, also where a study knows it by its code alone."""
    named = dict(zip(tables.areas["code"], tables.areas["name"], strict=True))
    return str(named.get(code, code)).removeprefix("NHS ")


def of_families() -> dict[str, str]:
    """What families see, by measure: the headlines of pooling, shares as per cent."""
    return {
        headline.measure: f"{headline.title}, %" if headline.unit == "share" else headline.title
        for headline in headlines("pool_page")
    }


def rows_of(curve: pd.DataFrame, measure: str, group: str, level: str, goodwill: str) -> pd.DataFrame:
    """One measure over the groupings, in their order."""
    here = curve[(curve["measure"] == measure) & (curve["group"] == group) & (curve["level"] == level)]
    return here[here["goodwill"] == goodwill]


def points(rows: pd.DataFrame, panel: str, line: str) -> pd.DataFrame:
    """Rows of the curve as points of a chart, shares as per cent and money in thousands."""
    factor = 1.0
    if len(rows):
        unit = str(rows["unit"].iloc[0])
        factor = 100.0 if unit.startswith("share") else 0.001 if unit.startswith("GBP") else 1.0
    numbers = rows[["mean", "ci_low", "ci_high"]] * factor
    return numbers.assign(panel=panel, line=line, grouping=rows["grouping"])


def cell(rows: pd.DataFrame, grouping: str) -> str:
    """A figure of one grouping with its interval, a dash where there is none."""
    here = rows[rows["grouping"] == grouping]
    if here.empty or here["mean"].isna().all():
        return "–"
    row = here.iloc[0]
    factor, after = (100.0, "%") if str(row["unit"]).startswith("share") else (1.0, "")
    counted = str(row["unit"]) in COUNTED and float(row["mean"]).is_integer()
    places = 0 if counted or row["mean"] * factor >= 1000 else 1 if after or row["mean"] >= 10 else 2
    middle = f"{number(row['mean'] * factor, places)}{after}"
    if pd.isna(row["ci_low"]) or row["ci_low"] == row["ci_high"]:
        return middle
    if row["mean"] == 0 and row["ci_high"] * factor < 0.5 * 10**-places:
        return middle  # a bound too small to print is left out
    return f"{middle} ({number(row['ci_low'] * factor, places)} to {number(row['ci_high'] * factor, places)})"


def headline(curve: pd.DataFrame) -> str:
    """What changes most over the curve, of what families see: advice for those who advise, else visits."""
    first = curve[(curve["group"] == "england") & (curve["goodwill"] == curve["goodwill"].iloc[0])]
    spread = {
        m: first.loc[first["measure"] == m, "mean"].agg(lambda x: x.max() - x.min())
        for m in (NIGHTS["advise"], NIGHTS["visit"])
    }
    return max(spread, key=lambda measure: spread[measure])
