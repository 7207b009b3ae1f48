"""The page ``docs/validation.md``: every figure of today's patchwork with what it is held against, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.config.ridge import OnRidge
from sim.experiment.baseline import Behind, Unpublished
from sim.experiment.checked import Finding, figure

TITLE = "# Validation: today's patchwork against what is known of today"
MADE = "Made by `{command}`, which writes this page; nothing here is typed by hand. {run}"
HOW = (
    "A figure *agrees* when its whole 95 % interval lies within the bounds, *differs* when the whole interval lies "
    "beyond one of them, and is *not decided* otherwise; *told as* says how many times the published figure it is, and "
    "high or low also where it agrees. Bounds were declared before anything was simulated. How children, episodes and "
    "calls compare with what is published is checked by `oncall-sim check demand`; the engine is held against known "
    "answers in [verification.md](verification.md)."
)
WORTH = (
    "Not every row is evidence for the model. *Put in*: areas with a funded nurse at every hour (that share is "
    "dealt) and areas with no consultant (posts are a table). *Fitted*: deaths outside hospital "
    "(`place.goodwill_makes_home` was solved for them). *Not fitted*: deaths at home with and without care round "
    "the clock; the same on the whole ridge below, they check the target, not who goes home anyway. *The model's "
    "own sums*: calls a week and the index of dispersion are held against its description, which checks the "
    "programme. *From outside*: the EACH patch (rates of calls are calibrated to other teams, in Brisbane and Lyon; "
    "how many children are known for each death was chosen with it in view), unpaid hours and emergency visits. "
    "Where the evidence is of a team on call round the clock, a rota funded in every area is held against it, not "
    "the patchwork; the EACH patch has about one and a half times the calls that the team counted in its first "
    "half-year."
)
FIGURES = (
    "figure",
    "evidence",
    "agrees within",
    "model (95 % interval)",
    "verdict",
    "told as",
    "source",
    "why these bounds",
)
UNKNOWN = (
    "What goodwill masks has never been measured; that it does is known from interviews (53 professionals in 11 focus "
    "groups). The figures below are results of the model and rest on its assumptions about who says yes, the number of "
    "people asked first of all. Without goodwill the same children are at home."
)
EMERGENCIES = "## Emergency visits under a funded rota"
TOO_MANY = (
    "A nurse at every hour does not end emergency visits: this row is a floor, and the model is far above it. A "
    "German team on call round the clock had 20 of 172 families with 27 calls to the ambulance service, 0.157 a "
    "family. Most of the distance is what is counted: a visit here is the ambulance service or the emergency "
    "department, and every admission is one, also of a child whose nurse arranged it; there only calls to the "
    "ambulance service are. Visits without an admission, in the table below, are the low reading, as a call to the "
    "ambulance service may also end in one. That they are still about one and a half times as many fits the calls, "
    "of which the EACH patch has about as many too many. Nothing here is fitted to it. Read emergency visits and "
    "admissions as differences between scenarios rather than as numbers to expect."
)
BEHIND = ("under a rota funded in every area, for each family at home", "model (95 % interval)")
RIDGE = "## What nobody knows: who goes home anyway"
NOBODY = (
    "A family that wants home is offered it with probability a + (1 - a)(g + (1 - g) c). c is read from the rota on "
    "paper; a (`place.home_anyway`), who goes home with nobody on call, is identified by nothing; g "
    "(`place.goodwill_makes_home`), what goodwill adds where it is given, is solved for a and for how many children "
    "die outside hospital. Every row with the same share agrees equally well with what is known of today. "
    "`oncall-sim solve` finds g for one a and target; `oncall-sim solve ridge out=DIR` made this table, shipped as "
    "`configs/place/ridge.csv`; each figure is read between the two g tried around it."
)
CORNERS = "No g gives these shares. {told}."
ON_RIDGE = ("a", "die outside hospital", "g (95 % interval)")
OF_RIDGE = {
    "unmet_demand_share": "unmet demand",
    "home_offered_share": "home offered",
    "died_at_home_share": "died at home of those who want to",
    "met_by_goodwill_share": "met by goodwill",
    "minutes_to_door": "minutes to the door",
    "admissions_per_family": "admissions per family",
}
MASKED = ("share of potential calls of families who want to be at home", "today's patchwork", "without goodwill")


def page(
    findings: Sequence[Finding], unpublished: Sequence[Unpublished], behind: Sequence[Behind], command: str, run: str,
    ridge: Sequence[OnRidge],
) -> str:  # fmt: skip
    """The whole page. command: makes it again; run: areas, weeks, replications and seed."""
    masked = [(one.name, found(one.with_goodwill), found(one.without)) for one in unpublished]
    parts = [TITLE, MADE.format(command=command, run=run), HOW, _table(FIGURES, [_row(one) for one in findings])]
    parts += [WORTH, UNKNOWN, _table(MASKED, masked), EMERGENCIES, TOO_MANY]
    parts.append(_table(BEHIND, [(one.name, found(one.finding)) for one in behind]))
    return "\n\n".join([*parts, ridge_section(ridge)]) + "\n"


def ridge_section(ridge: Sequence[OnRidge]) -> str:
    """The ridge of a and g, what each headline is on it, and which pairs have no solution."""
    solved = [one for one in ridge if not np.isnan(one.goodwill)]
    table = _table((*ON_RIDGE, *OF_RIDGE.values()), [_on_ridge(one) for one in solved])
    without: dict[str, list[str]] = {}
    for one in ridge:
        if np.isnan(one.goodwill):
            reach = f"g from 0 to 1 gives {_percent(one.lowest)} to {_percent(one.highest)}"
            without.setdefault(f"a = {one.anyway:g} ({reach})", []).append(_percent(one.target, 0))
    said = [f"{a}: {', '.join(targets)}" for a, targets in without.items()]
    told = CORNERS.format(told="; ".join(said) or "none")
    return "\n\n".join([RIDGE, NOBODY, table, told])


def _on_ridge(one: OnRidge) -> tuple[str, ...]:
    g = f"{one.goodwill:.2f} ({one.low:.2f} to {one.high:.2f})"
    shown = [
        _percent(one.figures[name]) if name.endswith("_share") else f"{one.figures[name]:.2f}" for name in OF_RIDGE
    ]
    return f"{one.anyway:g}", _percent(one.target, 0), g, *shown


def _percent(share: float, decimals: int = 1) -> str:
    return f"{100 * share:.{decimals}f} %"


def found(finding: Finding) -> str:
    """The estimate with its interval, as a person reads it."""
    unit, estimate = finding.check.unit, figure(finding.estimate, finding.check.unit)
    if np.isnan(finding.ci_low):
        return estimate
    return f"{estimate} ({figure(finding.ci_low, unit)} to {figure(finding.ci_high, unit)})"


def _row(finding: Finding) -> tuple[str, ...]:
    check = finding.check
    bounds = f"{figure(check.low, check.unit)} to {figure(check.high, check.unit)}"
    behind = (finding.verdict, finding.told, check.source, check.why)
    return check.name, figure(check.expected, check.unit), bounds, found(finding), *behind


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
