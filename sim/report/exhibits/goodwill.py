"""The exhibit on goodwill over time, where it is a stock: what is left, and who is burnt out."""

from __future__ import annotations

import pandas as pd

from sim.report.charts import weeks as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.burden import roles
from sim.report.tables import Tables
from sim.report.words import figure, name
from sim.report.words.captions import caption, subtitle
from sim.report.words.findings import title, verdicts
from sim.report.words.selection import drawn_of, in_rows, left_out

PANELS = {  # measure: words, how its values are written
    "goodwill_index": ("goodwill left (0 to 1)", "index"),
    "burnt_out_share": ("burnt out, share of people", "share"),
    "seat_hours_gap_share": ("gaps, share of rota hours", "share"),
}
BY_WEEK, AFTER = "role_week", " week "
STEP = 4  # weeks between the rows of the table
COLUMNS = ["panel", "unit", "label", "role", "week", "mean", "ci_low", "ci_high"]


def is_a_stock(tables: Tables) -> bool:
    """Whether the study follows goodwill from week to week."""
    return "goodwill_index" in tables.measures and bool(tables.levels(BY_WEEK))


def goodwill_over_time(tables: Tables) -> Exhibit:
    """Goodwill, burnt-out share and, where it is measured by week, gaps, week by week."""
    lines = _lines(tables)
    who = [role for role in roles(tables) if name(role) in set(lines["role"])] or roles(tables)
    warmup = int(tables.study["warmup_weeks"])
    role = tables.bearing_most("burnt_out_share", who)
    subject = f"Burnt-out {name(role).lower()}s"
    chosen = in_rows(tables)
    drawn = bool(lines["mean"].notna().any())
    return Exhibit(
        "goodwill_over_time",
        "Goodwill over time",
        title(tables, subject, "burnt_out_share", "role", role),
        subtitle(
            tables,
            "Goodwill left and people burnt out, mean of the people of a role, week by week",
            verdicts(tables, subject, "burnt_out_share", "role", role),
        ),
        (lambda: chart.draw(drawn_of(lines, chosen), warmup)) if drawn else None,
        "Lines over weeks, one for each role",
        caption(
            tables,
            "Bands: 95% intervals. Grey: weeks of warm-up, in no other figure. Burnt out: the mean of a person's "
            "goodwill over the last 28 days is below the threshold. The rates of drain and recovery were chosen to "
            "agree with published shares of burnout: this is no independent evidence."
            f"{left_out(tables, chosen)}",
        ),
        Grid(
            f"Goodwill and burnout every {STEP} weeks, and over all measured weeks: with 95% interval",
            ("Scenario", "Week", *(f"{_heading(m)}, {name(of).lower()}" for m in _measured(tables) for of in who)),
            _table(tables, who, lines["week"].max() if len(lines) else 0, warmup),
            heads=2,
        ),
        "Nobody has any goodwill to follow in this study.",
    )


def _measured(tables: Tables) -> list[str]:
    return [measure for measure in PANELS if measure in tables.measures]


def _heading(measure: str) -> str:
    words = PANELS[measure][0]
    return words[:1].upper() + words[1:]


def _lines(tables: Tables) -> pd.DataFrame:
    rows = []
    found = [level.split(AFTER) for level in tables.levels(BY_WEEK)]
    order = {role: place for place, role in enumerate(roles(tables))}
    found.sort(key=lambda pair: (order.get(pair[0], len(order)), int(pair[1])))
    for measure, (words, unit) in PANELS.items():
        for scenario in tables.names:
            for role, week in found:
                seen = tables.estimate(scenario, measure, BY_WEEK, f"{role}{AFTER}{week}")
                if seen.known:
                    ends = (seen.mean, seen.ci_low, seen.ci_high)
                    rows.append((words, unit, name(scenario), name(role), int(week), *ends))
    return pd.DataFrame(rows, columns=COLUMNS)


def _table(tables: Tables, who: list[str], last: int, warmup: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for scenario in tables.names:
        for week in range(STEP, int(last) + 1, STEP):
            seen = [
                tables.estimate(scenario, measure, BY_WEEK, f"{role}{AFTER}{week:03d}")
                for measure in _measured(tables)
                for role in who
            ]
            named = f"{week} (warm-up)" if week <= warmup else str(week)
            rows.append((name(scenario), named, *(figure(one) if one.known else "–" for one in seen)))
        whole = [tables.estimate(scenario, m, "role", role) for m in _measured(tables) for role in who]
        rows.append((name(scenario), "All measured", *(figure(one) for one in whole)))
    return rows
