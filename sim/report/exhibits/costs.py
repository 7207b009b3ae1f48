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
from sim.report.words.findings import title, verdicts
from sim.report.words.titles import fitting

TOTAL, STANDING = "total_cost", "standing_cost"
PANELS = {
    "Whole cost, £ per family": f"{TOTAL}_per_family",
    "Availability and sessions, £ per family": f"{STANDING}_per_family",
    "Posts to create, £ per family": "extra_posts_cost_per_family",
    "Activity, £ per family": "activity_cost_per_family",
    "General and hospital services, £ per family": "universal_cost_per_family",
}
BESIDE = {"Beside it: unpaid hours at a shadow price, £ per family": "goodwill_shadow_cost_per_family"}
PARTS = {
    TOTAL: "Whole cost a year",
    STANDING: "Availability and sessions a year",
    "standing_cost_supplements": "of it: consultants' availability",
    "standing_cost_sessions": "of it: availability by the session",
    "standing_cost_seats_at_work": "of it: seats at work",
    "standing_cost_unsocial_hours": "of it: unsocial hours",
    "standing_cost_stepped_up_nights": "of it: stepped-up nights",
    "standing_cost_coordinator": "of it: network coordinators",
    "standing_cost_training": "of it: training",
    "standing_cost_embedded_team": "of it: embedded team",
    "standing_cost_on_costs": "of it: employers' on-costs",
    "extra_posts_cost": "Posts to create a year",
    "activity_cost": "Activity a year",
    "activity_cost_work_on_call": "of it: work done on call",
    "activity_cost_mileage": "of it: mileage",
    "universal_cost": "General and hospital services a year",
    "universal_cost_contacts": "of it: calls to 111 and 999",
    "universal_cost_general_services": "of it: consultations by general services",
    "universal_cost_emergency_visits": "of it: emergency visits",
    "universal_cost_days_admitted": "of it: days in hospital after a call",
    "universal_cost_days_not_offered_home": "of it: days in hospital, home not offered",
    "universal_cost_days_not_offered_hospice": "of it: days in hospital, hospice not offered",
    "universal_cost_days_hospice": "of it: days in hospices",
    "goodwill_shadow_cost": "Beside it: unpaid hours at a shadow price a year",
}
COUNTED = {"extra_posts": ("Posts to create", "posts"), "extra_posts_wte": ("Posts to create, whole-time", "WTE")}
PRICES = (
    "Prices as published, not inflated: hours of work of 2024/25, pay 2025/26, mileage 2026, hospital days between "
    "2018 and 2025. Availability and sessions, and posts to create at a year's pay with on-costs, by the rotas with "
    "nobody absent. The parts fall and rise against each other: only the whole is compared. Unpaid hours are in no sum."
)
SAYS = {
    "bought": "bought",
    "won": "won: more nights covered, and cheaper",
    "given_up": "given up: fewer nights covered, and cheaper",
    "lost": "lost: fewer nights covered, and dearer",
    "not_decided": "not decided",
}
COSTS = {TOTAL: "whole cost", STANDING: "availability alone"}
NIGHTS = {
    "nights_without_visit": "with nobody funded to come",
    "nights_without_consultant": "without a consultant on duty",
}
RESTS = "Availability, sessions and posts rest on rotas and prices alone, everything else on simulated calls."
NOTHING = "No family wants to be at home in the measured weeks, so there is no cost of one."


def costs(tables: Tables) -> Exhibit:
    """The whole cost and its four parts, side by side; unpaid hours stand beside it, in the table alone."""
    rows = [
        (words, *cells(tables, measure, "GBP/year")) for measure, words in PARTS.items() if _is_spent(tables, measure)
    ]
    rows += [(words, *cells(tables, measure, unit)) for measure, (words, unit) in COUNTED.items()]
    rows += [(words, *cells(tables, measure, "GBP per family")) for words, measure in (PANELS | BESIDE).items()]
    return exhibit_of(
        tables,
        Bars(
            "costs",
            "Costs",
            title(tables, "Whole cost a year", TOTAL, unit="GBP/year"),
            "The whole cost and its parts, pounds per family who wants to be at home",
            rows_of(tables, [Panel(words, {"": measure}, "GBP per family") for words, measure in PANELS.items()]),
            f"Lines: 95% intervals. Each panel has an axis of its own. {PRICES}",
            Grid("Costs: pounds with 95% interval", ("Cost", *map(name, tables.names)), rows),
            NOTHING,
            RESTS,
            without=(),
            said=verdicts(tables, "Whole cost", TOTAL),
        ),
    )


def _is_spent(tables: Tables, measure: str) -> bool:
    """Whether a sum or a part is more than nought anywhere."""
    return not measure.startswith(("standing_cost_", "universal_cost_")) or any(
        tables.estimate(scenario, measure).mean > 0 for scenario in tables.names
    )


def has_nights_closed(tables: Tables) -> bool:
    """Whether the study compares the whole cost."""
    return tables.costs is not None and bool((tables.costs["cost"] == TOTAL).any())


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
            "Whole cost of a child-night covered that was not: pounds more a year over nights closed a year",
            _bars(tables, england),
            "Lines: 95% intervals of the ratio of two paired differences (Fieller). No bar: it is not decided whether "
            "any night is closed, or the scenario is cheaper. Rotas as held. The whole cost: availability, sessions, "
            "posts to create, activity, general and hospital services; the table has availability alone beside it.",
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
            "Nights rest on episodes and rotas alone, as availability does; the whole cost also holds simulated calls.",
            without=(),
        ),
    )


def _bars(tables: Tables, england: pd.DataFrame) -> pd.DataFrame:
    """A panel for each kind of night, of the whole cost, for the scenarios other than the baseline."""
    rows: list[tuple[Any, ...]] = []
    for closes, words in NIGHTS.items():
        part = england[(england["closes"] == closes) & (england["cost"] == TOTAL)]
        by_scenario = {row["scenario"]: row for row in records(part)}
        for scenario in tables.names[1:]:
            found: Mapping[str, Any] = by_scenario.get(scenario, {})
            bought = found.get("says") == "bought"
            figures = [found[column] if bought else math.nan for column in ("gbp_per_night", "gbp_low", "gbp_high")]
            title = f"Whole cost, £ a night closed, {words}"
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
    """The price of a night where it is decided, of the whole cost and nights with nobody to come."""
    part = england[(england["closes"] == next(iter(NIGHTS))) & (england["cost"] == TOTAL)]
    bought = [row for row in part.to_dict("records") if row["says"] == "bought"]
    if not bought:
        return "No scenario surely buys child-nights at a higher whole cost"
    ranked = sorted(bought, key=lambda row: float(row["gbp_per_night"]))
    told = [f"{pounds(row['gbp_per_night'])} in {name(row['scenario'])}" for row in ranked]
    prices = [pounds(row["gbp_per_night"]) for row in ranked]
    ends = f"{prices[0]} to {prices[-1]} in {len(ranked)} scenarios" if len(ranked) > 1 else prices[0]
    return fitting(f"A child-night covered costs {listed(told)}", f"A child-night covered costs {ends}")
