"""A scenario in which goodwill makes no place at home is told over how many families go home anyway (a), which nobody
knows; where a study did not simulate other a, its figures say of which a they are."""

from __future__ import annotations

from sim.cells import each_row
from sim.measures.headlines import OVER_HOME_ANYWAY
from sim.report.tables import ENGLAND, Tables
from sim.report.tables.remembered import remembered
from sim.report.words.names import listed, name
from sim.report.words.numbers import NO_BREAK, amount, figure, gap

GOODWILL, ANYWAY = "place.goodwill_makes_home", "place.home_anyway"
UNMET = "unmet_demand_share"


def without_goodwill(tables: Tables, scenario: str) -> float | None:
    """a of a scenario in which goodwill makes no place at home; None of any other, and where all go home anyway."""
    said = (tables.value(scenario, key) for key in (GOODWILL, ANYWAY))
    goodwill, anyway = (None if value is None else float(value) for value in said)
    if goodwill is None or anyway is None:
        return None
    return anyway if goodwill == 0 and anyway < 1 else None


@remembered
def at_each(tables: Tables, scenario: str, measure: str) -> list[tuple[float, float]]:
    """a and the figure of such a scenario there, from the least a; empty where the study did not simulate other a."""
    if tables.goodwill_range is None or without_goodwill(tables, scenario) is None:
        return []
    of = tables.goodwill_range[tables.goodwill_range["measure"] == measure].sort_values("home_anyway")
    side = "baseline" if scenario == tables.baseline else "scenario"
    if side == "baseline":  # each other scenario stands beside the same figures of it
        of = of[of["scenario"] == of["scenario"].min()]
    rows = of[of[side] == scenario]
    return list(zip(rows["home_anyway"].astype(float), rows[f"{side}_mean"].astype(float), strict=True))


def over_a(tables: Tables, scenario: str, measure: str) -> str:
    """How far a figure reaches over a, or of which a alone it is; empty where it does not hang on a.

    ``64% to 88% over a of 0 to 0.6`` · ``at a = 0.35 alone``
    """
    anyway = without_goodwill(tables, scenario)
    if anyway is None or measure not in OVER_HOME_ANYWAY or not tables.estimate(scenario, measure).known:
        return ""
    seen = at_each(tables, scenario, measure)
    if not seen:
        return f"at a = {anyway:g} alone"
    figures = [mean for _, mean in seen]
    low, high = amount(min(figures)), amount(max(figures))
    if not max(figures):
        return ""
    return f"{'the same' if low == high else f'{low} to {high}'} over a of {seen[0][0]:g} to {seen[-1][0]:g}"


def told(tables: Tables, scenario: str, measure: str, group: str = ENGLAND[0], level: str = ENGLAND[1]) -> str:
    """A share with its 95 % interval and, where it hangs on a, how far it reaches over a on a line of its own."""
    over = over_a(tables, scenario, measure) if (group, level) == ENGLAND else ""
    said = figure(tables.estimate(scenario, measure, group, level))
    return f"{said}\n{over.replace(' ', NO_BREAK)}" if over else said


def named(tables: Tables, scenario: str) -> str:
    """A scenario's name for a title that prints one number of it: with its a, where the number hangs on a."""
    anyway = without_goodwill(tables, scenario)
    return name(scenario) if anyway is None else f"{name(scenario)} (a{NO_BREAK}={NO_BREAK}{anyway:g})"


def drawn_at(tables: Tables, drawn: list[str]) -> str:
    """For a caption: of which a the marks of such scenarios are; empty where none of those drawn is one."""
    at = {name(one): without_goodwill(tables, one) for one in drawn}
    said = [f"{called} at a = {anyway:g}" for called, anyway in at.items() if anyway is not None]
    return f" Drawn: {listed(said)} alone." if said else ""


def explained(tables: Tables) -> str:
    """What a is, for a reader of figures over it; empty where no scenario's figures hang on it."""
    having = [one for one in tables.names if without_goodwill(tables, one) is not None]
    if not having:
        return ""
    where = listed([name(one) for one in having])
    said = (
        f"{where}: a is the share of families who go home with nobody on call and no goodwill ({ANYWAY}). Nobody knows "
        "it, and what is left without goodwill hangs on it"
    )
    if all(at_each(tables, one, UNMET) for one in having):
        return f"{said}, so its figures are told over every a that agrees with today; one number alone is of one a."
    return (
        f"{said}; this study has one a alone, so read no figure of it as certain. A comparison with a scenario of the "
        "shipped a and g tells the range."
    )


def over_who_goes_home_anyway(tables: Tables, scenario: str) -> str:
    """For the answer: unmet demand at each a and its difference from the baseline; empty of any other scenario."""
    anyway = without_goodwill(tables, scenario)
    if anyway is None or not tables.estimate(scenario, UNMET).known:
        return ""
    unknown = "How many families go home with nobody on call and no goodwill is not known:"
    if not at_each(tables, scenario, UNMET):
        return f" {unknown} this is one number, for {amount(anyway)} of them, and no range was computed."
    return f" {unknown} unmet demand is {listed(_each(tables, scenario))}."


def _each(tables: Tables, scenario: str) -> list[str]:
    """``77% if 35% do (+21.8 points; 20 replications)``; of the baseline without differences."""
    if scenario == tables.baseline:
        return [f"{amount(mean)} if {amount(a)} do" for a, mean in at_each(tables, scenario, UNMET)]
    assert tables.goodwill_range is not None
    of = tables.goodwill_range
    rows = of[(of["scenario"] == scenario) & (of["measure"] == UNMET)].sort_values("home_anyway")
    return [
        f"{amount(row.scenario_mean)} if {amount(row.home_anyway)} do ({gap(row.difference)}; {row.replications:g} "
        "replications)"
        for row in each_row(rows)
    ]
