"""The exhibit on unmet demand: its parts and causes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.measures.unmet_demand import UNMET_PARTS
from sim.report.charts import causes as cause_chart
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import Tables
from sim.report.words import CAUSE_WORDS, findings, name, one_period
from sim.report.words.captions import NOTHING, caption, prediction, subtitle
from sim.report.words.findings import BESIDE_UNMET, UNMET
from sim.report.words.home_anyway import told

NOT_MADE = {  # parts of unmet demand without a cause of their own, beside those of calls made
    UNMET_PARTS[CAUSE_WORDS[reason]]: CAUSE_WORDS[reason]
    for reason in ("choice_not_offered", "in_hospital_after_failure")
}


def unmet_by_cause(tables: Tables) -> Exhibit:
    """Unmet demand as the four parts that add to it; in the table also by cause, and what stands beside it."""
    causes = _causes(tables)
    bars = pd.DataFrame([_stack(tables, scenario) for scenario in tables.names])
    drawn = bars["total"].notna().any()
    of_calls = {measure: words for measure, words in causes.items() if measure not in NOT_MADE}
    rows = [
        ("Unmet demand, total", UNMET),
        *((f"{words[:1].upper()}{words[1:]}", measure) for words, measure in UNMET_PARTS.items()),
        *((f"Calls made, {words}", measure) for measure, words in of_calls.items()),
        *((f"Beside it: {words}", measure) for words, measure in BESIDE_UNMET.items()),
    ]
    period = one_period(tables.study["weeks"])
    grid = Grid(
        "Unmet demand by part and cause: share of potential calls, with 95% interval",
        ("Part or cause", *map(name, tables.names)),
        [(words, *(told(tables, s, measure) for s in tables.names)) for words, measure in rows]
        + [(f"90% prediction interval, {period}", *(prediction(tables, s, UNMET) for s in tables.names))],
    )
    said = findings.verdicts(tables, "Unmet demand", UNMET)
    what = "Unmet demand by part, share of potential calls"
    lines = "Under each bar's end: thick, 95% interval of the mean; thin, 90% prediction interval"
    hidden = (
        "In hospital after a failure: the child was admitted after a call that was unmet or partly met. Not in the "
        "bars: in hospital after help that was met; it stands in the table"
    )
    return Exhibit(
        "unmet_by_cause",
        "Unmet demand in its four parts",
        findings.title(tables, "Unmet demand", UNMET),
        subtitle(tables, " ".join(filter(None, (said, findings.largest_cause(tables, causes), what)))),
        (lambda: cause_chart.draw(bars, list(UNMET_PARTS))) if drawn else None,
        "Stacked bars, one a scenario",
        caption(tables, f"{lines} ({period}). {hidden}."),
        grid,
        NOTHING,
    )


def _causes(tables: Tables) -> dict[str, str]:
    """Measures that add to unmet demand, with words, the largest in the baseline first."""
    found = [m for m in tables.measures if m.startswith("unmet_because_") and m.endswith("_share")]
    words = {m: CAUSE_WORDS.get(_cause(m), _cause(m).replace("_", " ")) for m in found} | NOT_MADE
    size = {m: tables.estimate(tables.baseline, m).mean for m in words}
    return {m: words[m] for m in sorted(words, key=lambda m: (-size[m] if size[m] == size[m] else 0.0, m))}


def _cause(measure: str) -> str:
    return measure.removeprefix("unmet_because_").removesuffix("_share")


def _stack(tables: Tables, scenario: str) -> dict[str, Any]:
    total = tables.estimate(scenario, UNMET)
    row: dict[str, Any] = {"label": name(scenario), "total": total.mean} | {
        k: getattr(total, k) for k in ("ci_low", "ci_high", "pi_low", "pi_high")
    }
    for words, measure in UNMET_PARTS.items():
        mean = tables.estimate(scenario, measure).mean
        row[words] = 0.0 if mean != mean else mean
    return row
