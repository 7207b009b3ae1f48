"""What a person sees of a comparison when it ends: the declared headlines of every scenario against the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cells import each_row
from sim.measures.catalogue import BURDEN
from sim.measures.headlines import headlines
from sim.measures.verdicts import BETTER, WORSE, printed
from sim.screen import UNMET, columns

if TYPE_CHECKING:
    import pandas as pd


def against(comparison: pd.DataFrame) -> str:
    """A row for each scenario, a column for each declared headline: difference, simultaneous interval, verdict."""
    told = headlines("precision")
    england = comparison[comparison["group"] == "england"]
    cells = {(row.scenario, row.measure): _cell(row) for row in each_row(england)}
    rows = [[f"Against {comparison['baseline'].iloc[0]}", *(headline.short for headline in told)]]
    for scenario in dict.fromkeys(england["scenario"]):
        rows.append([scenario, *(cells.get((scenario, headline.measure), "-") for headline in told)])
    return "\n".join(columns(rows if len(rows) > len(told) else [list(line) for line in zip(*rows, strict=True)]))


def same_calls(table: pd.DataFrame) -> list[str]:
    """Of each scenario, what the calls that are visited in the baseline too wait longer; nothing where none is."""
    return [
        f"Minutes to the door, {row.calls_in_both:,.0f} calls visited in both {row.baseline} and {row.scenario}: "
        f"{row.difference:+.1f} ({row.alone_low:+.1f} to {row.alone_high:+.1f}); visited in one alone: "
        f"{row.calls_in_baseline_alone:,.0f} and {row.calls_in_scenario_alone:,.0f}."
        for row in each_row(table)
        if row.difference == row.difference
    ]


def care_not_given(comparison: pd.DataFrame) -> list[str]:
    """Of scenarios in which somebody's burden is better while unmet demand is worse: that it is care not given."""
    unmet = (comparison["measure"] == UNMET) & (comparison["group"] == "england")
    worse = comparison[unmet & (comparison["verdict"] == WORSE)]
    eased = set(comparison.loc[comparison["measure"].isin(BURDEN) & (comparison["verdict"] == BETTER), "scenario"])
    return [
        f"{row.scenario}: less burden here is care not given: unmet demand {100 * row.difference:+.1f} points."
        for row in each_row(worse)
        if row.scenario in eased
    ]


def _cell(row: Any) -> str:
    """Points of a share, with the simultaneous interval where there is one, and what may be said."""
    if row.difference != row.difference:
        return "-"
    ends = f" ({100 * row.ci_low:+.1f} to {100 * row.ci_high:+.1f})" if row.ci_low == row.ci_low else ""
    return f"{100 * row.difference:+.1f}{ends} {printed(row.verdict)}"
