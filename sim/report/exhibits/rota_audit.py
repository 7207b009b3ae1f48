"""The exhibit on the rota audit: how often people are on call, the rest they miss and the hours they work."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sim.report.charts import audit as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.burden import roles
from sim.report.exhibits.safe_work import NOBODY, RESTS
from sim.report.tables import Estimate, Tables
from sim.report.words import listed, name, number, small, spread
from sim.report.words.captions import caption, subtitle
from sim.report.words.findings import ROOM
from sim.report.words.selection import drawn_of, in_rows, left_out
from sim.report.words.titles import fitting

FREQUENCY, OFTEN = "on_call_1_in_n_at_work", "safe_limit.on_call_frequency_at_work_1_in_n"
AUDITED = {  # measure: words of its panel, statistic in the middle, number of the configuration that limits it
    FREQUENCY: ("On call 1 night in n at work, n (median, worst)", "median", OFTEN),
    "rest_breaches_per_month": (
        "Rest breaches a month (mean, worst)",
        "mean",
        "safe_limit.rest_breaches_per_person_month",
    ),
    "worked_hours_per_week_busiest": (
        "Hours worked a week at the busiest (mean, worst)",
        "mean",
        "safe_limit.worked_hours_per_week",
    ),
}
ALSO = {  # in the table only
    "rest_hours_missed_per_month": ("Hours of rest missed a month", "mean", ""),
    "weekly_rests_missed_per_month": ("Weekly rests missed a month", "mean", ""),
    "nights_on_call_worst_28_days": ("Nights on call in the worst 28 days", "median", ""),
    "nights_in_a_row_on_call": ("Nights in a row on call", "median", ""),
    "disturbed_nights_worst_month": ("Disturbed nights in the worst month", "median", ""),
    "disturbed_nights_in_a_row": ("Disturbed nights in a row", "mean", ""),
    "next_days_lost_per_year": ("Next days lost a year", "median", ""),
}


def has_audit(tables: Tables) -> bool:
    """Whether the study measured any of what safe limits speak of."""
    return any(f"{measure}_worst" in tables.measures for measure in AUDITED)


def audit(tables: Tables) -> Exhibit:
    """What was achieved of each safe limit, over the people of a role; nights in a row stand in the table."""
    here = {measure: of for measure, of in AUDITED.items() if f"{measure}_worst" in tables.measures}
    marks = pd.DataFrame([row for measure in here for row in _marks(tables, measure)])
    more = {measure: of for measure, of in ALSO.items() if f"{measure}_worst" in tables.measures}
    table = [
        row for measure, (words, middle, _) in (here | more).items() for row in _rows(tables, measure, words, middle)
    ]
    chosen = in_rows(tables)
    drawn = len(marks) > 0 and bool((marks["worst"] > 0).any())
    return Exhibit(
        "audit",
        "Rota audit",
        _often(tables),
        subtitle(
            tables,
            "What was achieved against the safe limits: frequency, rest missed and hours worked, by role",
            _whose(tables),
        ),
        (lambda: chart.draw(_of_somebody(drawn_of(marks, chosen)))) if drawn else None,
        "Marks, one row for each role and scenario",
        caption(
            tables,
            "Printed beside the marks: middle / worst. The smaller n, the more often on call. Lines beneath: 95% "
            "intervals of middle and worst. Standby unpaid counts as a night on call; leave does not count as a night."
            f"{left_out(tables, chosen)}",
            RESTS,
        ),
        Grid(
            "Audit of what was achieved, over the people of a role: with 95% interval",
            ("Role", "Scenario", "Measure", "Median or mean", "90th percentile", "Worst person"),
            table,
            heads=3,
        ),
        NOBODY,
    )


def _of_somebody(marks: pd.DataFrame) -> pd.DataFrame:
    """Without roles that nobody has in the scenarios drawn."""
    known = marks.groupby("role")["worst"].transform(lambda worst: worst.notna().any())
    return marks[known] if known.any() else marks


def _marks(tables: Tables, measure: str) -> list[dict[str, Any]]:
    words, middle, key = AUDITED[measure]
    limit = tables.number(key) if key else None
    rows = []
    for role in roles(tables):
        for scenario in tables.names:
            row: dict[str, Any] = {"panel": words, "limit": math.nan if limit is None else limit}
            row |= {"role": name(role), "label": name(scenario)}
            for which, statistic in (("middle", middle), ("p90", "p90"), ("worst", "worst")):
                seen = tables.estimate(scenario, f"{measure}_{statistic}", "role", role)
                row |= {which: seen.mean, f"{which}_low": seen.ci_low, f"{which}_high": seen.ci_high}
            rows.append(row)
    return rows


def _rows(tables: Tables, measure: str, words: str, middle: str) -> list[tuple[str, ...]]:
    called = words.split(" (")[0]
    rows = []
    for role in roles(tables):
        for scenario in tables.names:
            seen = [tables.estimate(scenario, f"{measure}_{which}", "role", role) for which in (middle, "p90", "worst")]
            if any(estimate.known for estimate in seen):
                rows.append((name(role), name(scenario), called, *(_cell(estimate) for estimate in seen)))
    return rows


def _cell(estimate: Estimate) -> str:
    if not estimate.known or estimate.mean == 0 or not estimate.has_interval:
        return small(estimate.mean)
    return (
        f"{small(estimate.mean)} ({spread(estimate.ci_low, estimate.ci_high, 'n', 1 if estimate.mean >= 0.95 else 2)})"
    )


def _beyond(tables: Tables) -> dict[str, list[str]]:
    """Roles whose median person is surely on call more often than the limit allows, and in which scenarios."""
    limit = tables.number(OFTEN)
    found: dict[str, list[str]] = {}
    if limit is None:
        return found
    for scenario in tables.names:
        for role in roles(tables):
            seen = tables.estimate(scenario, f"{FREQUENCY}_median", "role", role)
            if seen.known and seen.has_interval and seen.ci_high < limit:
                found.setdefault(name(role).lower(), []).append(name(scenario))
    return found


def _often(tables: Tables) -> str:
    """In how many roles the median person is; no scenario is compared."""
    limit = tables.number(OFTEN)
    if limit is None or not roles(tables):
        return "How often people are on call, and the rest they miss"
    found, often = _beyond(tables), f"on call beyond 1 night in {number(limit, 0)}"
    if not found:
        return f"No median person is surely {often}"
    (first, where), *others = found.items()
    several = f"In {len(found)} roles the median person is {often}"
    one = fitting(f"Median {first} {often} ({where[0]})", f"Median {first} {often}")
    return several if others else one if len(where) == 1 else f"Median {first} {often} in {len(where)} scenarios"


def _whose(tables: Tables) -> str:
    """For the subtitle: of which roles and in which scenarios."""
    said = [f"{role} in {_where(of, len(tables.names))}" for role, of in _beyond(tables).items()]
    return f"Median person on call more often than the limit: {'; '.join(said)}." if said else ""


def _where(scenarios: list[str], of: int) -> str:
    return listed(scenarios) if len(scenarios) <= ROOM else f"{len(scenarios)} of {of} scenarios"
