"""The page ``docs/validation.md``: every figure of today's patchwork with what it is held against, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.experiment.baseline import Unpublished
from sim.experiment.checked import Finding, figure

TITLE = "# Validation: today's patchwork against what is known of today"
MADE = "Made by `{command}`, which writes this page; nothing here is typed by hand. {run}"
HOW = (
    "A figure *agrees* when its whole 95 % interval lies within the bounds, *differs* when the whole interval lies "
    "beyond one of them, and is *not decided* otherwise. Bounds were declared before anything was simulated. How "
    "children, episodes and calls compare with what is published is checked by `oncall-sim check demand`; the engine "
    "is held against known answers in [verification.md](verification.md)."
)
WORTH = (
    "Not every row is evidence for the model. *Put in*: areas with a funded nurse at every hour (that share is dealt) "
    "and areas with no consultant (posts are a table). *Fitted*: deaths outside hospital (`place.p0` was chosen for "
    "them). *The model's own sums*: calls a week and the index of dispersion are held against its description, which "
    "checks the programme. *From outside*: the EACH patch (rates of calls are calibrated to other teams, in Brisbane "
    "and Lyon; how many children are known for each death was chosen with it in view) and unpaid hours."
)
FIGURES = ("figure", "evidence", "agrees within", "model (95 % interval)", "verdict", "source", "why these bounds")
UNKNOWN = (
    "What goodwill masks has never been measured; that it does is known from interviews (53 professionals in 11 focus "
    "groups). The figures below are results of the model and rest on its assumptions about who says yes, the number of "
    "people asked first of all. Without goodwill the same children are at home."
)
MASKED = ("share of potential calls of families who want to be at home", "today's patchwork", "without goodwill")


def page(findings: Sequence[Finding], unpublished: Sequence[Unpublished], command: str, run: str) -> str:
    """The whole page. command: makes it again; run: areas, weeks, replications and seed."""
    masked = [(one.name, found(one.with_goodwill), found(one.without)) for one in unpublished]
    parts = [TITLE, MADE.format(command=command, run=run), HOW, _table(FIGURES, [_row(one) for one in findings])]
    return "\n\n".join([*parts, WORTH, UNKNOWN, _table(MASKED, masked)]) + "\n"


def found(finding: Finding) -> str:
    """The estimate with its interval, as a person reads it."""
    unit, estimate = finding.check.unit, figure(finding.estimate, finding.check.unit)
    if np.isnan(finding.ci_low):
        return estimate
    return f"{estimate} ({figure(finding.ci_low, unit)} to {figure(finding.ci_high, unit)})"


def _row(finding: Finding) -> tuple[str, ...]:
    check = finding.check
    bounds = f"{figure(check.low, check.unit)} to {figure(check.high, check.unit)}"
    behind = (finding.verdict, check.source, check.why)
    return check.name, figure(check.expected, check.unit), bounds, found(finding), *behind


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
