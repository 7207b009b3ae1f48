"""The answer at the top of the page: a few plain sentences, the baseline first."""

from __future__ import annotations

from sim.measures.unmet_demand import UNMET_PARTS
from sim.report.tables import Tables
from sim.report.words.fates import WORDS
from sim.report.words.findings import CLAIMS, ROOM, UNMET
from sim.report.words.home_anyway import over_a, over_who_goes_home_anyway
from sim.report.words.names import TWIN, VERDICT_WORDS, listed, name, without_twins
from sim.report.words.numbers import amount, figure, gap, gap_spread, number, one_period, spread
from sim.report.words.selection import MANY, in_panels, is_many

MET_BY = (
    ("met_by_goodwill_share", "goodwill, which is unrostered and unpaid"),
    ("met_by_general_services_share", "general services (GP out of hours, 111, open access to a ward)"),
)
WANTED = "the calls that families who want to be at home would make"


def answer(tables: Tables) -> list[str]:
    """The answer in a few plain sentences, the baseline first."""
    many = is_many(tables)
    others = [one for one in in_panels(tables) if one != tables.baseline] if many else _others(tables)
    sentences = [
        _families(tables),
        _whole_elsewhere(tables),
        f"{_baseline(tables)}{over_who_goes_home_anyway(tables, tables.baseline)}",
        _tally(tables) if many else "",
        *(f"{_against(tables, other)}{over_who_goes_home_anyway(tables, other)}" for other in others),
        *(_met_range(tables, *by) if many else _met(tables, *by) for by in MET_BY),
        *([] if many else [_worst(tables, role) for role in tables.having("hours_on_call_per_week_worst")]),
        *([_short_of_people(tables)] if many else _people(tables)),
        *_leave(tables),
    ]
    return [sentence for sentence in sentences if sentence]


def _families(tables: Tables) -> str:
    """What became of the baseline's families: who is whole, and who is not at home to the end."""
    told = {fate: tables.estimate(tables.baseline, f"fate_{fate}_per_year") for fate in WORDS}
    if not all(one.known for one in told.values()):
        return ""
    whole, everybody = told["whole"], sum(one.mean for one in told.values())
    refused, failed, otherwise = (number(told[fate].mean, 0) for fate in list(WORDS)[:3])
    ends = f" (95% interval {number(whole.ci_low, 0)} to {number(whole.ci_high, 0)})" if whole.has_interval else ""
    return (
        f"{name(tables.baseline)}: {number(whole.mean, 0)} of {number(everybody, 0)} families a year who want to be at "
        f"home are whole{ends}: every call met in time by funded staff, every night covered; {refused} are not offered "
        f"home, {failed} are in hospital after a call that failed, and {otherwise} die there otherwise."
    )


def _whole_elsewhere(tables: Tables) -> str:
    """How many families are whole in the other scenarios; of many, the fewest and the most."""
    whole = {one: tables.estimate(one, "fate_whole_per_year") for one in without_twins(tables.names)[1:]}
    ranked = sorted((one.mean, scenario) for scenario, one in whole.items() if one.known)
    if not ranked:
        return ""
    if is_many(tables):
        (least, low), (most, high) = ranked[0], ranked[-1]
        ends = f"from {number(least, 0)} in {name(low)} to {number(most, 0)} in {name(high)}"
        return f"Families a year who are whole elsewhere: {ends}."
    said = listed([f"{number(many.mean, 0)} in {name(scenario)}" for scenario, many in whole.items() if many.known])
    return f"Families a year who are whole elsewhere: {said}."


def _others(tables: Tables) -> list[str]:
    """The scenarios but for the baseline; of twins without goodwill the baseline's alone."""
    return [one for one in tables.names[1:] if one in {*without_twins(tables.names), f"{tables.baseline}{TWIN}"}]


def _tally(tables: Tables) -> str:
    """Of many scenarios: in how many unmet demand is surely lower, higher, or neither."""
    directions = [tables.difference(other, UNMET).direction for other in tables.names[1:]]
    counts = {words: directions.count(direction) for direction, words in CLAIMS.items()}
    said = listed([f"{words} in {count}" for words, count in counts.items() if count])
    return (
        f"Of {len(directions)} other scenarios, unmet demand is {said}. Those with the least and the most follow; all "
        "stand in the tables, ordered by it."
    )


def _met_range(tables: Tables, measure: str, who: str) -> str:
    seen = {scenario: tables.estimate(scenario, measure).mean for scenario in tables.names}
    known = sorted((share, scenario) for scenario, share in seen.items() if share == share)
    if not known:
        return ""
    (least, low), (most, high) = known[0], known[-1]
    return f"Share of these calls met by {who}: from {amount(least)} in {name(low)} to {amount(most)} in {name(high)}."


def _baseline(tables: Tables) -> str:
    estimate = tables.estimate(tables.baseline, UNMET)
    called = name(tables.baseline)
    if not estimate.known:
        return f"{called}: no family called in the measured weeks, so there is no figure for unmet demand."
    if not estimate.has_interval:
        return (
            f"{called}: {amount(estimate.mean, decimals=1)} of {WANTED} get no suitable help "
            f"(no interval: that takes two replications){_parts(tables)}."
        )
    if estimate.mean == 0 and estimate.events == 0:
        return (
            f"{called}: no unmet demand was seen; it is at most {amount(estimate.ci_high, decimals=2)} "
            "of potential calls (95% bound)."
        )
    return (
        f"{called}: {amount(estimate.mean, decimals=1)} of {WANTED} get no suitable help "
        f"(95% interval {spread(estimate.ci_low, estimate.ci_high)}; {one_period(tables.study['weeks'])}: "
        f"{spread(estimate.pi_low, estimate.pi_high)} in 9 of 10 cases){_parts(tables)}."
    )


def _parts(tables: Tables) -> str:
    """The four parts of the baseline's unmet demand, never left out where the study has them."""
    seen = {words: tables.estimate(tables.baseline, measure) for words, measure in UNMET_PARTS.items()}
    said = [f"{words} {amount(part.mean, decimals=1)}" for words, part in seen.items() if part.known]
    return f": {listed(said)}" if said else ""


def _against(tables: Tables, other: str) -> str:
    estimate, paired = tables.estimate(other, UNMET), tables.difference(other, UNMET)
    if not estimate.known or not paired.known:
        return f"{name(other)}: no figure for unmet demand, so no comparison with {name(tables.baseline)}."
    verdict = VERDICT_WORDS.get(paired.verdict, VERDICT_WORDS[paired.direction])
    return (
        f"{name(other)}: {figure(estimate)}. Against {name(tables.baseline)}, on the same families: "
        f"{gap(paired.difference)} (95% interval {gap_spread(paired.ci_low, paired.ci_high)}): {verdict}."
    )


def _met(tables: Tables, measure: str, who: str) -> str:
    shares = {scenario: tables.estimate(scenario, measure) for scenario in without_twins(tables.names)}
    said = [
        f"{amount(estimate.mean)} in {name(scenario)}"
        + (f" ({over})" if (over := over_a(tables, scenario, measure)) else "")
        for scenario, estimate in shares.items()
        if estimate.known
    ]
    return f"Share of these calls met by {who}: {listed(said)}." if said else ""


def _worst(tables: Tables, role: str) -> str:
    said = []
    for scenario in without_twins(tables.names):
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
    for scenario in without_twins(tables.names):
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
        f"Written for people who are not there today ({_where(scenarios, len(tables.names))}): {said}."
        for said, scenarios in written.items()
    ]


def _leave(tables: Tables) -> list[str]:
    """Where more leave is owed than fits beside each other."""
    found = [
        (scenario, role, tables.estimate(scenario, "leave_beyond_limit_share", "role", role))
        for scenario in without_twins(tables.names)
        for role in tables.levels("role")
    ]
    return [
        f"{name(scenario)}: in {amount(share.mean, decimals=1)} of weeks more of a team of {name(role).lower()}s are "
        "on leave than may be together: no other week had room."
        for scenario, role, share in found
        if share.known and share.mean > 0
    ]


def _short_of_people(tables: Tables) -> str:
    """In how many of many scenarios posts are written for people who do not exist."""
    short = [
        scenario
        for scenario in tables.names
        if any(needed > existing for _, existing, needed in tables.study["people"].get(scenario, []))
    ]
    if not short:
        return ""
    of = f"{len(short)} of the {len(tables.names)} scenarios"
    return f"Written for more people than there are today: {of}; a table says which posts."


def _where(scenarios: list[str], of: int) -> str:
    """Scenarios by name while they are few, or all that there are; else their number."""
    return listed(scenarios) if len(scenarios) <= ROOM or of <= MANY else f"{len(scenarios)} of {of} scenarios"
