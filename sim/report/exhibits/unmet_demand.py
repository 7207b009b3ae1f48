"""The exhibits on families: unmet demand by cause, and what became of every potential call."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.report.charts import causes as cause_chart
from sim.report.charts import outcomes as outcome_chart
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import Tables
from sim.report.words import CAUSE_WORDS, amount, figure, findings, name, one_period
from sim.report.words.captions import NOTHING, caption, prediction, subtitle
from sim.report.words.findings import UNMET

NOT_OFFERED = "not_made_choice_not_offered_share"
PARTS = {  # the four parts in colour; every cause that is not named here belongs to the third
    "nobody commissioned": ("not_commissioned",),
    "gap in the rota": ("rota_gap",),
    "somebody on duty, but busy, resting, too far, too slow or not able": (),
    "home not offered": (),
}
OUTCOMES = {
    "met by funded staff, in time": "met_share",
    "met by goodwill": "met_by_goodwill_share",
    "met, but late": "late_share",
    "met by general services": "met_by_general_services_share",
    "unmet demand": UNMET,
    "not made: help already there": "not_made_help_present_share",
    "not made: child in hospital": "not_made_in_hospital_share",
}


def unmet_by_cause(tables: Tables) -> Exhibit:
    """Unmet demand as stacked parts that add to it; four in the chart, all of them in the table."""
    causes = _causes(tables)
    bars = pd.DataFrame([_stack(tables, scenario, causes) for scenario in tables.names])
    drawn = bars["total"].notna().any()
    grid = Grid(
        "Unmet demand by cause: share of potential calls, with 95% interval",
        ("Cause", *map(name, tables.names)),
        [
            (words[:1].upper() + words[1:], *(figure(tables.estimate(s, measure)) for s in tables.names))
            for measure, words in causes.items()
        ]
        + [("Unmet demand, total", *(figure(tables.estimate(s, UNMET)) for s in tables.names))]
        + [
            (
                f"90% prediction interval, {one_period(tables.study['weeks'])}",
                *(prediction(tables, s, UNMET) for s in tables.names),
            )
        ],
    )
    parts = list(PARTS)
    said = "; ".join(
        f"{row['label']} {amount(row['total'])}: " + ", ".join(f"{part} {amount(row[part])}" for part in parts)
        for row in bars.to_dict("records")
    )
    what = "Unmet demand by cause, share of potential calls"
    lines = "Under each bar's end: thick, 95% interval of the mean; thin, 90% prediction interval"
    return Exhibit(
        "unmet_by_cause",
        "Unmet demand by cause",
        findings.verdict_finding(tables, "unmet demand", UNMET),
        f"{findings.largest_cause(tables, causes)} {subtitle(tables, what)}".strip(),
        cause_chart.draw(bars, parts) if drawn else None,
        f"Stacked horizontal bars. {said}.",
        caption(tables, f"{lines} ({one_period(tables.study['weeks'])})."),
        grid,
        NOTHING,
    )


def _causes(tables: Tables) -> dict[str, str]:
    """Measures that add to unmet demand, with words, the largest in the baseline first."""
    found = [m for m in tables.measures if m.startswith("unmet_because_") and m.endswith("_share")]
    words = {m: CAUSE_WORDS.get(_cause(m), _cause(m).replace("_", " ")) for m in found}
    words[NOT_OFFERED] = CAUSE_WORDS["choice_not_offered"]
    size = {m: tables.estimate(tables.baseline, m).mean for m in words}
    return {m: words[m] for m in sorted(words, key=lambda m: (-size[m] if size[m] == size[m] else 0.0, m))}


def _cause(measure: str) -> str:
    return measure.removeprefix("unmet_because_").removesuffix("_share")


def _part(measure: str) -> str:
    """The part in colour that a measure belongs to."""
    nobody, rota_gap, on_duty, not_offered = PARTS
    if measure == NOT_OFFERED:
        return not_offered
    return next((part for part in (nobody, rota_gap) if _cause(measure) in PARTS[part]), on_duty)


def _stack(tables: Tables, scenario: str, causes: dict[str, str]) -> dict[str, Any]:
    total = tables.estimate(scenario, UNMET)
    row: dict[str, Any] = {"label": name(scenario), "total": total.mean} | {
        k: getattr(total, k) for k in ("ci_low", "ci_high", "pi_low", "pi_high")
    }
    row |= dict.fromkeys(PARTS, 0.0)
    for measure in causes:
        mean = tables.estimate(scenario, measure).mean
        row[_part(measure)] += 0.0 if mean != mean else mean
    return row


def outcomes(tables: Tables) -> Exhibit:
    """What became of the calls: met by funded staff, by goodwill, by general services, late, unmet, side by side."""
    rows = [
        {"label": name(scenario), "outcome": words, **tables.estimate(scenario, measure)._asdict()}
        for words, measure in OUTCOMES.items()
        for scenario in tables.names
    ]
    bars = pd.DataFrame(rows)
    extra = {
        "of unmet demand: unmet": "unmet_share",
        "of unmet demand: partly met": "partly_met_share",
        "of unmet demand: overtaken by death": "overtaken_by_death_share",
        "of unmet demand: home not offered": NOT_OFFERED,
    }
    table = [
        (words[:1].upper() + words[1:], *(figure(tables.estimate(s, m)) for s in tables.names))
        for words, m in (OUTCOMES | extra).items()
    ]
    said = "; ".join(f"{row['label']}, {row['outcome']}: {amount(row['mean'])}" for row in rows)
    return Exhibit(
        "outcomes",
        "Outcomes",
        findings.verdict_finding(tables, "the share met in time by funded staff", "met_share"),
        subtitle(tables, "Outcomes of potential calls of families who want to be at home"),
        outcome_chart.draw(bars, list(OUTCOMES)) if bars["mean"].notna().any() else None,
        f"Horizontal bars in a panel for each outcome. {said}.",
        caption(
            tables,
            "Lines: 95% intervals. The seven panels add to 100%. In grey: calls met by GP out of hours, 111 or open "
            "access to a ward; and calls not made because help was there or the child was in hospital, neither met "
            "nor unmet.",
        ),
        Grid("Outcomes: share of potential calls, with 95% interval", ("Outcome", *map(name, tables.names)), table),
        NOTHING,
    )
