"""The exhibits on pounds: what a service costs by kind of cost, and what a closed child-night costs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.cells import records
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.bars import COLUMNS, Bars, Panel, cells, exhibit_of, rows_of
from sim.report.tables import Tables
from sim.report.words import capitals, listed, name, number, pounds
from sim.report.words.findings import verdict_finding

STANDING = "standing_cost"
PANELS = {
    "Standing cost, £ per family": f"{STANDING}_per_family",
    "Activity cost, £ per family": "activity_cost_per_family",
    "Universal services, £ per family": "universal_cost_per_family",
    "Unpaid hours at a shadow price, £ per family": "goodwill_shadow_cost_per_family",
}
PARTS = {
    STANDING: "Standing cost a year",
    "standing_cost_supplements": "of it: consultants' availability",
    "standing_cost_sessions": "of it: availability by the session",
    "standing_cost_seats_at_work": "of it: seats at work",
    "standing_cost_unsocial_hours": "of it: unsocial hours",
    "standing_cost_stepped_up_nights": "of it: stepped-up nights",
    "standing_cost_coordinator": "of it: network coordinators",
    "standing_cost_training": "of it: training",
    "standing_cost_embedded_team": "of it: embedded team",
    "standing_cost_on_costs": "of it: employers' on-costs",
    "activity_cost": "Activity cost a year",
    "activity_cost_work_on_call": "of it: work done on call",
    "activity_cost_mileage": "of it: mileage",
    "universal_cost": "Universal services a year",
    "universal_cost_contacts": "of it: calls to 111 and 999",
    "universal_cost_emergency_visits": "of it: emergency visits",
    "universal_cost_admissions": "of it: admissions",
    "cash_cost": "Standing, activity and universal services a year",
    "goodwill_shadow_cost": "Beside it: unpaid hours at a shadow price a year",
    "extra_posts_cost": "Beside it: pay of posts beyond those who exist a year",
}
PRICES = (
    "Prices as published, not inflated: hours of work and hospitals of 2024/25, pay 2025/26, mileage 2026. Standing: "
    "paid before anybody calls, by the rotas with nobody absent. Activity: work done on call and mileage. Unpaid hours "
    "are in no sum of cash, and neither are posts that would have to be filled. Per family who wants to be at home, "
    "for scenarios that keep different numbers of children at home are not alike otherwise."
)
SAYS = {
    "bought": "bought",
    "won": "won: more nights covered, and cheaper",
    "given_up": "given up: fewer nights covered, and cheaper",
    "lost": "lost: fewer nights covered, and dearer",
    "not_decided": "not decided",
}
COSTS = {"standing_cost": "standing cost", "cash_cost": "all cash"}
NIGHTS = {
    "nights_without_visit": "with nobody funded to come",
    "nights_without_consultant": "without a consultant on duty",
}
RESTS = "Standing cost rests on rotas and prices alone, everything else on simulated calls."
NOTHING = "No family wants to be at home in the measured weeks, so there is no cost of one."


def costs(tables: Tables) -> Exhibit:
    """Standing, activity, universal services and unpaid hours, side by side and never added over the border of cash."""
    rows = [
        (words, *cells(tables, measure, "GBP/year")) for measure, words in PARTS.items() if _is_spent(tables, measure)
    ]
    rows += [(words, *cells(tables, measure, "GBP per family")) for words, measure in PANELS.items()]
    return exhibit_of(
        tables,
        Bars(
            "costs",
            "Costs",
            verdict_finding(tables, "standing cost", STANDING, unit="GBP/year"),
            "Cost by kind, pounds per family who wants to be at home",
            rows_of(tables, [Panel(words, {"": measure}, "GBP per family") for words, measure in PANELS.items()]),
            f"Lines: 95% intervals. Each panel has an axis of its own. {PRICES}",
            Grid("Costs: pounds with 95% interval", ("Cost", *map(name, tables.names)), rows),
            NOTHING,
            RESTS,
            without=(),
        ),
    )


def _is_spent(tables: Tables, measure: str) -> bool:
    """Whether a sum or a part is more than nought anywhere."""
    return not measure.startswith("standing_cost_") or any(
        tables.estimate(scenario, measure).mean > 0 for scenario in tables.names
    )


def has_nights_closed(tables: Tables) -> bool:
    """Whether the study compares costs."""
    return tables.costs is not None and len(tables.costs) > 0


def nights_closed(tables: Tables) -> Exhibit:
    """What a child-night costs that is covered now and was not in the baseline; dots where it is decided."""
    assert tables.costs is not None
    england = tables.costs[tables.costs["group"] == "england"]
    return exhibit_of(
        tables,
        Bars(
            "nights_closed",
            "Pounds a night closed",
            _title(tables, england),
            f"Pounds more than {name(tables.baseline)} a year over uncovered child-nights closed a year",
            _bars(tables, england),
            "Lines: 95% intervals of the ratio of two paired differences (Fieller). No bar: it is not decided whether "
            "any night is closed, or the scenario is cheaper. Rotas as held. Posts that would have to be filled are "
            "not in it. The table holds both differences.",
            Grid(
                "Pounds more, nights closed and pounds a night, with 95% intervals",
                (
                    "Nights",
                    "Cost",
                    "Scenario",
                    "Pounds more a year",
                    "Nights closed a year",
                    "Pounds a night",
                    "Verdict",
                ),
                [_row(row) for row in records(england)],
                heads=3,
            ),
            "In no scenario is it decided what a closed night costs: the table says why.",
            "Nights rest on episodes and rotas alone; all cash also holds simulated calls.",
            without=(),
        ),
    )


def _bars(tables: Tables, england: pd.DataFrame) -> pd.DataFrame:
    """A panel for each kind of night, standing cost alone, for the scenarios other than the baseline."""
    rows: list[tuple[Any, ...]] = []
    for closes, words in NIGHTS.items():
        part = england[(england["closes"] == closes) & (england["cost"] == STANDING)]
        by_scenario = {row["scenario"]: row for row in records(part)}
        for scenario in tables.names[1:]:
            found: Mapping[str, Any] = by_scenario.get(scenario, {})
            bought = found.get("says") == "bought"
            figures = [found[column] if bought else math.nan for column in ("gbp_per_night", "gbp_low", "gbp_high")]
            title = f"£ of standing cost a night closed, {words}"
            rows.append((title, "GBP/night", "", name(scenario), *figures))
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(row: Mapping[str, Any]) -> tuple[str, ...]:
    price = (
        "–" if math.isnan(row["gbp_per_night"]) else f"{pounds(row['gbp_per_night'])} ({_from_to(row, 'gbp', pounds)})"
    )
    return (
        capitals(NIGHTS[row["closes"]]),
        COSTS[row["cost"]],
        name(row["scenario"]),
        f"{pounds(row['cost_difference'])} ({_from_to(row, 'cost', pounds)})",
        f"{number(row['closed'], 0)} ({_from_to(row, 'closed', lambda value: number(value, 0))})",
        price,
        SAYS[row["says"]],
    )


def _from_to(row: Mapping[str, Any], what: str, told: Any) -> str:
    low, high = row[f"{what}_low"], row[f"{what}_high"]
    return "no interval" if math.isnan(low) else f"{told(low)} to {told(high)}"


def _title(tables: Tables, england: pd.DataFrame) -> str:
    """The price of a night where it is decided, of standing cost and nights with nobody to come."""
    part = england[(england["closes"] == next(iter(NIGHTS))) & (england["cost"] == STANDING)]
    bought = [row for row in part.to_dict("records") if row["says"] == "bought"]
    if not bought:
        return f"No scenario surely buys child-nights against {name(tables.baseline)} for more standing cost"
    ranked = sorted(bought, key=lambda row: float(row["gbp_per_night"]))
    shown = [f"{pounds(row['gbp_per_night'])} in {name(row['scenario'])}" for row in ranked[:3]]
    more = f" and {len(ranked) - 3} more in the table" if len(ranked) > 3 else ""
    return f"A child-night covered that was not costs {listed(shown)}{more} in standing cost"
