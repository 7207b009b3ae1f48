"""Sentences written from the numbers. They never claim a difference that the comparison has not decided."""

from __future__ import annotations

from sim.report.tables import ENGLAND, Tables
from sim.report.words import VERDICT_WORDS, amount, figure, gap, gap_spread, listed, name, number, one_period, spread

UNMET = "unmet_demand_share"
CLAIMS = {
    "lower": "lower",
    "higher": "higher",
    "no_material_difference": "not materially different",
    "not_decided": "not decided",
    "no_figure": "without a figure",
}
WANTED = "the calls that families who want to be at home would make"
ROOM = 3  # scenarios named in one part of a title; more are counted


def place_words(tables: Tables) -> str:
    """Where the figures hold: all of England, a number of areas, or one by name."""
    from sim.report.tiles import TILES

    codes = set(tables.areas["code"])
    if codes == set(TILES):
        return "England, 42 ICBs"
    if len(codes) == 1:
        return str(tables.areas["name"].iloc[0])
    return f"{len(codes)} areas"


def verdict_finding(
    tables: Tables, subject: str, measure: str, group: str = ENGLAND[0], level: str = ENGLAND[1], unit: str = "share"
) -> str:
    """A title: the figure of the only scenario, or which scenarios are lower, higher or undecided."""
    others = tables.names[1:]
    if not others:
        estimate = tables.estimate(tables.baseline, measure, group, level)
        if not estimate.known:
            return f"{name(tables.baseline)}: no figure for {subject}, because nothing was counted"
        return f"{name(tables.baseline)}: {subject} is {amount(estimate.mean, unit)}"
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
    called = name(tables.baseline)
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


def answer(tables: Tables) -> list[str]:
    """The answer in a few plain sentences, the baseline first."""
    sentences = [_baseline(tables), *(_against(tables, other) for other in tables.names[1:])]
    for sentence in (
        _goodwill(tables),
        _worst(tables, "consultant"),
        _worst(tables, "community_nurse"),
        *_people(tables),
    ):
        if sentence:
            sentences.append(sentence)
    return sentences


def _baseline(tables: Tables) -> str:
    estimate = tables.estimate(tables.baseline, UNMET)
    called = name(tables.baseline)
    if not estimate.known:
        return f"{called}: no family called in the measured weeks, so there is no figure for unmet demand."
    if not estimate.has_interval:
        return (
            f"{called}: {amount(estimate.mean, decimals=1)} of {WANTED} get no suitable help "
            "(no interval: that takes two replications)."
        )
    if estimate.mean == 0 and estimate.events == 0:
        return (
            f"{called}: no unmet demand was seen; it is at most {amount(estimate.ci_high, decimals=2)} "
            "of potential calls (95% bound)."
        )
    return (
        f"{called}: {amount(estimate.mean, decimals=1)} of {WANTED} get no suitable help "
        f"(95% interval {spread(estimate.ci_low, estimate.ci_high)}; {one_period(tables.study['weeks'])}: "
        f"{spread(estimate.pi_low, estimate.pi_high)} in 9 of 10 cases)."
    )


def _against(tables: Tables, other: str) -> str:
    estimate, paired = tables.estimate(other, UNMET), tables.difference(other, UNMET)
    if not estimate.known or not paired.known:
        return f"{name(other)}: no figure for unmet demand, so no comparison with {name(tables.baseline)}."
    verdict = VERDICT_WORDS.get(paired.verdict, VERDICT_WORDS[paired.direction])
    return (
        f"{name(other)}: {figure(estimate)}. Against {name(tables.baseline)}, on the same families: "
        f"{gap(paired.difference)} (95% interval {gap_spread(paired.ci_low, paired.ci_high)}): {verdict}."
    )


def _goodwill(tables: Tables) -> str:
    shares = [(name(scenario), tables.estimate(scenario, "met_by_goodwill_share")) for scenario in tables.names]
    said = [f"{amount(estimate.mean)} in {called}" for called, estimate in shares if estimate.known]
    return f"Share of these calls met by goodwill, which is unrostered and unpaid: {listed(said)}." if said else ""


def _worst(tables: Tables, role: str) -> str:
    said = []
    for scenario in tables.names:
        worst = tables.estimate(scenario, "hours_on_call_per_week_worst", "role", role)
        median = tables.estimate(scenario, "hours_on_call_per_week_median", "role", role)
        if worst.known and median.known:
            said.append(f"{number(median.mean)} and {number(worst.mean)} in {name(scenario)}")
    return (
        f"Funded hours on call a week of the median and of the worst-off {name(role).lower()}: {listed(said)}."
        if said
        else ""
    )


def _people(tables: Tables) -> list[str]:
    """Scenarios that need more people than there are; one sentence for all that need the same."""
    written: dict[str, list[str]] = {}
    for scenario in tables.names:
        short = [
            (role, existing, needed)
            for role, existing, needed in tables.study["people"].get(scenario, [])
            if needed > existing
        ]
        if short:
            said = listed(
                [f"{needed:,} {name(role).lower()} posts where {existing:,} exist" for role, existing, needed in short]
            )
            written.setdefault(said, []).append(name(scenario))
    return [
        f"Written for people who are not there today ({listed(scenarios)}): {said}."
        for said, scenarios in written.items()
    ]
