"""Sentences written from the numbers. They never claim a difference that the comparison has not decided."""

from __future__ import annotations

from sim.measures.catalogue import BURDEN, why_not_comparable
from sim.measures.headlines import OVER_HOME_ANYWAY
from sim.measures.verdicts import BETTER, WORSE
from sim.report.tables import ENGLAND, Tables
from sim.report.words.home_anyway import named
from sim.report.words.names import listed, name, without_twins
from sim.report.words.numbers import amount, gap, number

UNMET = "unmet_demand_share"
BESIDE_UNMET = {  # what stands beside it: neither met nor unmet; a share of those; and another denominator
    "in hospital after help that was met": "not_made_in_hospital_share",
    "in hospital because help failed, of those after a failure": "not_made_in_hospital_caused_share",
    "unmet, of calls made by families at home": "unmet_demand_share_of_calls_made",
}
CLAIMS = {
    "lower": "lower",
    "higher": "higher",
    "no_material_difference": "not materially different",
    "better_if": "better in some cases",
    "worse_if": "worse in some cases",
    "not_decided": "not decided",
    "no_figure": "without a figure",
}
ROOM = 3  # scenarios named in one part of a title; more are counted


def place_words(tables: Tables) -> str:
    """Where the figures hold: all of England, a number of areas, or one by name."""
    from sim.report.drawing import TILES

    codes = set(tables.areas["code"])
    if codes == set(TILES):
        return "England, 42 ICBs"
    if len(codes) == 1:
        return str(tables.areas["name"].iloc[0])
    return f"{len(codes)} areas"


def verdict_finding(
    tables: Tables, subject: str, measure: str, group: str = ENGLAND[0], level: str = ENGLAND[1], unit: str = "share"
) -> str:
    """A title: the figure of the only scenario, or which scenarios are lower, higher or undecided.

    Twins without goodwill are left out where there are others: what goodwill hides has a chart of its own. Figures that
    are not comparable are told beside each other, and none is called lower or higher.
    """
    others = without_twins(tables.names)[1:] or tables.names[1:]
    if others and why_not_comparable(measure):
        return _beside(tables, subject, [tables.baseline, *others], measure, (group, level), unit)
    if not others:
        estimate = tables.estimate(tables.baseline, measure, group, level)
        if not estimate.known:
            return f"{name(tables.baseline)}: no figure for {subject}, because nothing was counted"
        called = named(tables, tables.baseline) if measure in OVER_HOME_ANYWAY else name(tables.baseline)
        return f"{called}: {subject} is {amount(estimate.mean, unit)}"
    kept: dict[str, list[str]] = {direction: [] for direction in CLAIMS}
    for other in others:
        kept[tables.difference(other, measure, group, level).direction].append(name(other))
    if len(kept["no_figure"]) == len(others):
        return f"No figure for {subject}, because nothing was counted"
    if len(kept["not_decided"]) == len(others):
        return f"Whether {subject} differs from {name(tables.baseline)} is not decided in any scenario"
    said = []
    for direction, scenarios in kept.items():
        if scenarios:
            said.append(f"{CLAIMS[direction]} in {_where(scenarios, len(others))}")
    return f"Against {name(tables.baseline)}, {subject} is {'; '.join(said)}"


def care_not_given(tables: Tables) -> str:
    """Of scenarios in which somebody's burden is better while unmet demand is worse: that it is care not given."""
    better = tables.comparison["verdict"].eq(BETTER) & tables.comparison["measure"].isin(BURDEN)
    eased = set(tables.comparison.loc[better, "scenario"])
    paired = {one: tables.difference(one, UNMET) for one in tables.names[1:] if one in eased}
    said = [f"{name(one)}, {gap(of.difference)}" for one, of in paired.items() if of.verdict == WORSE]
    return f" Less burden where unmet demand is worse ({'; '.join(said)}) is care not given." if said else ""


def _beside(
    tables: Tables, subject: str, scenarios: list[str], measure: str, level: tuple[str, str], unit: str
) -> str:  # fmt: skip
    """A title: the figures of a few scenarios, of many the least and the most; never which is lower."""
    seen = {one: tables.estimate(one, measure, *level).mean for one in scenarios}
    known = {one: mean for one, mean in seen.items() if mean == mean}
    if not known:
        return f"No figure for {subject}, because nothing was counted"
    if len(known) > ROOM:
        least, most = amount(min(known.values()), unit), amount(max(known.values()), unit)
        return f"{subject[:1].upper()}{subject[1:]}: {least} to {most} in {len(known)} scenarios, not comparable"
    said = listed([f"{amount(mean, unit)} in {name(one)}" for one, mean in known.items()])
    return f"{subject[:1].upper()}{subject[1:]}, not comparable: {said}"


def _where(scenarios: list[str], of: int) -> str:
    """Scenarios by name while they are few, else their number."""
    if len(scenarios) <= ROOM:
        return listed(scenarios)
    return f"all {of} others" if len(scenarios) == of else f"{len(scenarios)} of {of} others"


def largest_cause(tables: Tables, causes: dict[str, str]) -> str:
    """Which part of unmet demand is surely the largest; causes: measure -> words. Empty if none is sure."""
    found: dict[str, list[str]] = {}
    for scenario in tables.names:
        ranked = sorted(
            ((tables.estimate(scenario, measure), words) for measure, words in causes.items()),
            key=lambda pair: -_or_zero(pair[0].mean),
        )
        first, second = ranked[0], ranked[1] if len(ranked) > 1 else None
        if first[0].known and first[0].mean > 0 and (second is None or first[0].ci_low > _or_zero(second[0].ci_high)):
            found.setdefault(first[1], []).append(name(scenario))
    if not found:
        return ""
    if len(found) == 1 and len(next(iter(found.values()))) == len(tables.names) > 1:
        return f"Largest part in every scenario: {next(iter(found))}."
    if len(tables.names) == 1:
        return f"Largest part: {next(iter(found))}."
    said = "; ".join(f"{words} (in {listed(scenarios)})" for words, scenarios in found.items())
    left = len(tables.names) - sum(map(len, found.values()))
    return f"Largest part: {said}{'; not decided elsewhere' if left else ''}."


def area_finding(tables: Tables) -> str:
    """How many areas lie away from the whole in the baseline, beside the number that chance alone would give."""
    whole = tables.estimate(tables.baseline, UNMET)
    called = named(tables, tables.baseline)
    seen = [tables.estimate(tables.baseline, UNMET, "area", code) for code in tables.areas["code"]]
    known = [estimate for estimate in seen if estimate.known]
    if not known or not whole.known:
        return f"{called}: no figure for unmet demand by area, because nothing was counted"
    if len(known) == 1:
        return f"{called}: unmet demand is {amount(known[0].mean)} in {place_words(tables)}"
    if not all(estimate.has_interval for estimate in known):
        return f"{called}: unmet demand by area, with too few replications for intervals"
    away = sum(not estimate.ci_low <= whole.mean <= estimate.ci_high for estimate in known)
    chance = number(0.05 * len(known), 0 if len(known) >= 20 else 1)
    return (
        f"{called}: unmet demand in {away} of {len(known)} areas lies off the overall {amount(whole.mean)} "
        f"by more than its 95% interval; chance alone gives about {chance}"
    )


def _or_zero(value: float) -> float:
    return 0.0 if value != value else value
