"""The exhibit on who meets the calls: commissioned capacity, goodwill or nobody, beside the same without goodwill."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.measures.unmet_demand import UNMET_PARTS
from sim.report.charts import causes as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.drawing.style import GREY, NAVY, ORANGE, PLUM, TEAL
from sim.report.exhibits.gaps import Gap
from sim.report.tables import Tables
from sim.report.words import gap, gap_spread, listed, name
from sim.report.words.captions import NOTHING, caption, subtitle
from sim.report.words.findings import BESIDE_UNMET, ROOM, UNMET, verdicts
from sim.report.words.findings import title as finding
from sim.report.words.home_anyway import told
from sim.report.words.selection import twins
from sim.report.words.titles import fitting

PARTS = {  # words: measure and colour, from the left
    "unmet demand": (UNMET, PLUM),
    "met by general services (GP, 111, open access)": ("met_by_general_services_share", GREY),
    "met by goodwill, unrostered and unpaid": ("met_by_goodwill_share", ORANGE),
    "met, but late": ("late_share", TEAL),
    "met in time by commissioned capacity": ("met_share", NAVY),
}
HELP_PRESENT = "not_made_help_present_share"


def coverage(tables: Tables) -> Exhibit:
    """Met by commissioned capacity, goodwill and general services, and unmet; where there are pairs, masked demand."""
    bars = pd.DataFrame([_bar(tables, scenario) for scenario in tables.names])
    masked = {one: masked_demand(tables, one, twin) for one, twin in twins(tables)}
    pairs = (
        " Rows named without goodwill are the same families without unpaid help, the same children at home: the two "
        "ways to count masked demand (met by goodwill, and unmet more without it) need not agree, because people "
        "who help also meet calls that others would have met."
        if masked
        else ""
    )
    return Exhibit(
        "coverage",
        "Who meets the calls",
        _title(tables, masked),
        subtitle(tables, "Potential calls by who met them, share of potential calls", _subtitle(tables, masked)),
        (lambda: chart.draw(bars, list(PARTS), tuple(colour for _, colour in PARTS.values()), 1.0))
        if bars["total"].notna().any()
        else None,
        "Stacked bars, one a scenario",
        caption(
            tables,
            "Printed: unmet demand. Under its end: thick, 95% interval of its mean; thin, 90% prediction interval. "
            "What is missing to 100%: help was there already, or the child was in hospital after help that was met."
            f"{pairs}",
        ),
        Grid(
            "Who meets the calls: share of potential calls with 95% interval",
            ("Part", *map(name, tables.names)),
            _rows(tables, masked),
        ),
        NOTHING,
    )


def masked_demand(tables: Tables, scenario: str, twin: str) -> Gap:
    """Unmet demand without goodwill minus with it: the paired interval against the baseline, else the half widths of
    both added, which is too wide rather than too narrow."""
    paired = tables.difference(twin, UNMET)
    if scenario == tables.baseline and paired.known:
        return Gap(twin, scenario, paired.difference, paired.ci_low, paired.ci_high)
    off, on = tables.estimate(twin, UNMET), tables.estimate(scenario, UNMET)
    difference = off.mean - on.mean
    low = difference - (off.mean - off.ci_low) - (on.ci_high - on.mean)
    high = difference + (off.ci_high - off.mean) + (on.mean - on.ci_low)
    return Gap(twin, scenario, difference, low, high)


def _bar(tables: Tables, scenario: str) -> dict[str, Any]:
    total = tables.estimate(scenario, UNMET)
    row: dict[str, Any] = {"label": name(scenario), "total": total.mean} | {
        end: getattr(total, end) for end in ("ci_low", "ci_high", "pi_low", "pi_high")
    }
    for words, (measure, _) in PARTS.items():
        mean = tables.estimate(scenario, measure).mean
        row[words] = 0.0 if mean != mean else mean
    return row


def _title(tables: Tables, masked: dict[str, Gap]) -> str:
    """What goodwill hides where the study can tell; else what it meets."""
    if not masked:
        return finding(tables, "Calls met by goodwill", "met_by_goodwill_share")
    decided = {scenario: one for scenario, one in masked.items() if one.decided}
    if not decided:
        return "Whether more is unmet without goodwill is decided in no scenario"
    most = max(decided, key=lambda scenario: abs(decided[scenario].difference))
    said = f"Without goodwill, unmet demand changes by {gap(decided[most].difference)}"
    return fitting(f"{said} in {name(most)}", f"{said} at most")


def _subtitle(tables: Tables, masked: dict[str, Gap]) -> str:
    """The same of every pair, or in which scenarios goodwill meets more or less."""
    if not masked:
        return verdicts(tables, "Calls met by goodwill", "met_by_goodwill_share")
    told = [f"{gap(one.difference)} in {name(scenario)}" for scenario, one in masked.items() if one.decided]
    more = f"; in {len(told) - ROOM} more in the table" if len(told) > ROOM else ""
    left = [name(scenario) for scenario, one in masked.items() if not one.decided]
    undecided = listed(left) if 0 < len(left) <= ROOM else f"{len(left)} more"
    said = filter(None, (f"{listed(told[:ROOM])}{more}" if told else "", f"not decided in {undecided}" if left else ""))
    return f"Unmet demand without goodwill: {'; '.join(said)}."


def _rows(tables: Tables, masked: dict[str, Gap]) -> list[tuple[str, ...]]:
    measures = {words: measure for words, (measure, _) in reversed(PARTS.items())}
    measures |= {f"of unmet demand: {words}": measure for words, measure in UNMET_PARTS.items()}
    measures |= {"not made: help already there": HELP_PRESENT} | BESIDE_UNMET
    rows: list[tuple[str, ...]] = [
        (words[:1].upper() + words[1:], *(told(tables, s, measure) for s in tables.names))
        for words, measure in measures.items()
    ]
    if masked:
        rows.append(
            (
                "Masked demand: unmet more without goodwill",
                *(_masked_cell(masked[s]) if s in masked else "–" for s in tables.names),
            )
        )
    return rows


def _masked_cell(one: Gap) -> str:
    if one.difference != one.difference:
        return "no figure"
    words = f"{gap(one.difference)} ({gap_spread(one.low, one.high)})"
    return words if one.decided else f"{words}: not decided"
