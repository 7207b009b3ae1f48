"""The exhibits on clinicians: how hours on call, disturbed nights and goodwill fall on the people of each role."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.cells import records
from sim.report.charts import burden as burden_chart
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import Tables
from sim.report.words import listed, name, small, spread
from sim.report.words.captions import caption, subtitle
from sim.report.words.findings import care_not_given, verdicts
from sim.report.words.findings import title as finding
from sim.report.words.selection import drawn_of, in_rows
from sim.report.words.selection import left_out as not_drawn

QUANTILES = ("p10", "p25", "median", "p75", "p90", "worst")
ROSTERED = {
    "hours_on_call_per_week": ("Funded hours on call", "hours per person and week"),
    "disturbed_nights_per_month": ("Disturbed nights", "nights per person and month"),
}
UNPAID = {
    "standby_hours_per_week": ("Unpaid standby", "hours per person and week"),
    "goodwill_hours_per_week": ("Unpaid hours worked", "hours per person and week"),
}
MARKS = (
    "Distribution over the people of a role: thin line 10th to 90th percentile, thick 25th to 75th, circle median, "
    "diamond worst person."
)


def burden(tables: Tables) -> Exhibit:
    """Rostered burden: hours on call and disturbed nights."""
    return _exhibit(
        tables,
        "burden",
        "Burden on call",
        "Weekly hours on call, worst-off",
        "hours_on_call_per_week_worst",
        ROSTERED,
        "Hours on call rest on rotas and absences alone, disturbed nights on simulated calls.",
    )


def unpaid(tables: Tables) -> Exhibit:
    """Unpaid burden: standby and hours worked from goodwill."""
    return _exhibit(
        tables,
        "goodwill_burden",
        "Goodwill",
        "Weekly unpaid standby hours, worst-off",
        "standby_hours_per_week_worst",
        UNPAID,
        "Standby rests on episodes and rotas, goodwill hours on simulated calls.",
    )


def _worst_finding(tables: Tables, borne: str, measure: str) -> tuple[str, str]:
    """What the worst-off person bears of the role that bears most: a title, and for the subtitle where it is less."""
    found = roles(tables)
    if not found:
        return "No figures per clinician", ""
    role = tables.bearing_most(measure, found)
    subject = f"{borne} {name(role).lower()}"
    return (
        finding(tables, subject, measure, "role", role, "h"),
        verdicts(tables, subject, measure, "role", role),
    )


def _exhibit(
    tables: Tables, code: str, short: str, borne: str, worst: str, measures: dict[str, tuple[str, str]], rests: str
) -> Exhibit:
    title, where = _worst_finding(tables, borne, worst)
    strips = _strips(tables, measures)
    busy = set(strips.loc[strips["worst"] > 0, "role"]) if len(strips) else set()
    idle = [role for role in dict.fromkeys(strips["role"]) if role not in busy] if busy else []
    chosen = in_rows(tables)
    drawn = drawn_of(strips[~strips["role"].isin(idle)], chosen) if len(strips) else strips
    left_out = f" Not drawn, because nobody has any: {listed([role.lower() for role in idle])}." if idle else ""
    left_out += not_drawn(tables, chosen)
    what = listed([words.lower() for words, _ in measures.values()])
    return Exhibit(
        code,
        short,
        title,
        subtitle(tables, f"{where} {what[:1].upper()}{what[1:]}, per clinician and role"),
        (lambda: burden_chart.draw(drawn)) if len(strips) else None,
        "Strips, one for each role and scenario",
        caption(
            tables,
            f"{MARKS} Lines beneath: 95% intervals of median and worst.{left_out}{care_not_given(tables)}",
            rests,
        ),
        Grid(
            f"{what[:1].upper()}{what[1:]}: percentiles over people; the worst person with 95% interval",
            ("Role", "Scenario", "Burden", "10th", "25th", "Median", "75th", "90th", "Worst (95% interval)"),
            [_row(strip) for strip in records(strips)],
            heads=3,
        ),
        "Nobody held a duty or gave goodwill in the measured weeks, so there is nothing to draw.",
    )


def roles(tables: Tables) -> list[str]:
    """Roles with figures per person, in the order of the configuration."""
    return tables.roles


def _strips(tables: Tables, measures: dict[str, tuple[str, str]]) -> pd.DataFrame:
    rows = []
    for measure, (words, unit) in measures.items():
        for role in roles(tables):
            for scenario in tables.names:
                seen = {q: tables.estimate(scenario, f"{measure}_{q}", "role", role) for q in QUANTILES}
                if any(estimate.known for estimate in seen.values()):
                    row: dict[str, Any] = {"panel": words, "axis": unit, "role": name(role), "label": name(scenario)}
                    row |= {q: estimate.mean for q, estimate in seen.items()}
                    row |= {
                        f"{q}_{end}": getattr(seen[q], f"ci_{end}")
                        for q in ("median", "worst")
                        for end in ("low", "high")
                    }
                    rows.append(row)
    return pd.DataFrame(rows)


def _row(strip: dict[str, Any]) -> tuple[str, ...]:
    cells = [small(strip[q]) for q in QUANTILES]
    interval = (
        f" ({spread(strip['worst_low'], strip['worst_high'], 'hours', 1 if strip['worst'] >= 0.95 else 2)})"
        if strip["worst"] == strip["worst"]
        else ""
    )
    return (strip["role"], strip["label"], f"{strip['panel']}, {strip['axis']}", *cells[:-1], cells[-1] + interval)
