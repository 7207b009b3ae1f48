"""Sentences written from the numbers. They never claim a difference that the comparison has not decided."""

from __future__ import annotations

from sim.measures.catalogue import BURDEN, why_not_comparable
from sim.measures.headlines import OVER_HOME_ANYWAY
from sim.measures.verdicts import BETTER, WORSE
from sim.report.tables import ENGLAND, Estimate, Tables
from sim.report.words.home_anyway import named, without_goodwill
from sim.report.words.names import listed, name, without_twins
from sim.report.words.numbers import amount, gap, number
from sim.report.words.titles import fitting

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


def title(
    tables: Tables, subject: str, measure: str, group: str = ENGLAND[0], level: str = ENGLAND[1], unit: str = "share"
) -> str:
    """A title: the figure of the baseline, beside that of the scenario that is surely furthest from it.

    Twins without goodwill are left out where there are others: what goodwill hides has a chart of its own. A figure
    that hangs on who goes home anyway is named with that number or not at all. subject: as a title begins.
    """
    others = _others(tables)
    here = tables.estimate(tables.baseline, measure, group, level)
    called = named(tables, tables.baseline) if measure in OVER_HOME_ANYWAY else name(tables.baseline)
    first = amount(here.mean, unit)
    if others and why_not_comparable(measure):
        return _beside(tables, subject, [tables.baseline, *others], measure, (group, level), unit)
    if not others:
        if not here.known:
            return f"{subject}: no figure, because nothing was counted"
        return fitting(f"{subject}: {first} in {called}", f"{subject}: {first}")
    found = {other: tables.difference(other, measure, group, level) for other in others}
    if not any(paired.known for paired in found.values()):
        return f"{subject}: no figure, because nothing was counted"
    decided = {other: paired for other, paired in found.items() if paired.direction in ("lower", "higher")}
    if not decided:
        same = all(paired.direction == "no_material_difference" for paired in found.values())
        rest = "no material difference" if same else "no scenario surely differs"
        return fitting(f"{subject}: {first} in {called}, {rest}", f"{subject}: {first}, {rest}")
    hangs = {other for other in decided if measure in OVER_HOME_ANYWAY and without_goodwill(tables, other) is not None}
    far = max(decided, key=lambda other: (other not in hangs, abs(decided[other].difference)))
    where = named(tables, far) if far in hangs else name(far)
    figure = amount(tables.estimate(far, measure, group, level).mean, unit)
    second = f"{figure} in {where}"
    direction = decided[far].direction
    alike = sum(paired.direction == direction for paired in decided.values())
    return fitting(
        f"{subject}: {first} in {called}, {second}",
        f"{subject}: {first} in the baseline, {second}",
        *([] if far in hangs else [f"{subject}: {first}, in {name(far)} {figure}"]),
        f"{subject}: {first} in the baseline, {direction} in {name(far)}",
        f"{subject}: {first}, {direction} in {alike} of {len(others)} others",
        f"{subject}: {first}, {direction} in some",
    )


def verdicts(tables: Tables, subject: str, measure: str, group: str = ENGLAND[0], level: str = ENGLAND[1]) -> str:
    """For a subtitle: in which scenarios a figure is lower, higher or undecided; empty of one scenario alone."""
    others = _others(tables)
    if not others or not any(tables.estimate(one, measure, group, level).known for one in tables.names):
        return ""
    if why := why_not_comparable(measure):
        return f"{subject}: not compared ({why})."
    kept: dict[str, list[str]] = {direction: [] for direction in CLAIMS}
    for other in others:
        kept[tables.difference(other, measure, group, level).direction].append(name(other))
    said = [f"{CLAIMS[direction]} in {_where(of, len(others))}" for direction, of in kept.items() if of]
    return f"{subject} against {name(tables.baseline)}: {'; '.join(said)}."


def _others(tables: Tables) -> list[str]:
    """The scenarios that stand beside the baseline, twins without goodwill last of all."""
    return without_twins(tables.names)[1:] or tables.names[1:]


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
    """A title of what cannot be compared: figures beside each other, of many the least and the most."""
    seen = {one: tables.estimate(one, measure, *level).mean for one in scenarios}
    known = {one: mean for one, mean in seen.items() if mean == mean}
    if not known:
        return f"{subject}: no figure, because nothing was counted"
    said = listed([f"{amount(mean, unit)} in {name(one)}" for one, mean in known.items()])
    least, most = amount(min(known.values()), unit), amount(max(known.values()), unit)
    return fitting(f"{subject}: {said}", f"{subject}: {least} to {most} in {len(known)} scenarios")


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
    """How many areas lie away from the whole in the baseline."""
    whole, known = tables.estimate(tables.baseline, UNMET), _by_area(tables)
    if not known or not whole.known:
        return "Unmet demand by area: no figure, because nothing was counted"
    if len(known) == 1:
        where = place_words(tables).removeprefix("NHS ")
        return fitting(f"Unmet demand: {amount(known[0].mean)} in {where}", f"Unmet demand: {amount(known[0].mean)}")
    if not all(estimate.has_interval for estimate in known):
        return "Unmet demand by area, with too few replications for intervals"
    away = sum(not estimate.ci_low <= whole.mean <= estimate.ci_high for estimate in known)
    return f"In {away} of {len(known)} areas unmet demand is off the overall {amount(whole.mean)}"


def by_chance(tables: Tables) -> str:
    """In how many areas chance alone would say so; empty where there are no intervals to be off by."""
    known = _by_area(tables)
    if len(known) < 2 or not all(estimate.has_interval for estimate in known):
        return ""
    chance = number(0.05 * len(known), 0 if len(known) >= 20 else 1)
    called = named(tables, tables.baseline)
    return f"Off by more than the 95% interval of the area in {called}: by chance alone, about {chance} would be."


def _by_area(tables: Tables) -> list[Estimate]:
    seen = (tables.estimate(tables.baseline, UNMET, "area", code) for code in tables.areas["code"])
    return [estimate for estimate in seen if estimate.known]


def _or_zero(value: float) -> float:
    return 0.0 if value != value else value
