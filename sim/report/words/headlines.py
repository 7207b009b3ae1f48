"""The headline figures of each scenario: whole families, nobody to come, calls unmet, goodwill, safe limits, pounds."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from sim.measures.headlines import Headline, headlines
from sim.report.tables import ENGLAND, Estimate, Tables
from sim.report.words.assumed import over_assumptions
from sim.report.words.findings import UNMET
from sim.report.words.home_anyway import over_a
from sim.report.words.names import name
from sim.report.words.numbers import NO_FIGURE, NO_INTERVAL, amount, none_seen, number, pounds, spread

NIGHTS = "child_nights_without_visit_{}_share"
BEYOND = "people_beyond_safe_limits_share"
WHOLE, WORST = "fate_whole_share", "worst_three_fates_share"
POUNDS = {"whole": "total_cost", "availability": "standing_cost"}
UNPAID = {"standby": "standby_hours_per_week_mean", "worked": "goodwill_hours_per_week_mean"}


class Card(NamedTuple):
    """One figure: the number as it is printed, its 95 % range, and what stands beside it."""

    value: str
    range: str
    beside: str


class Hours(NamedTuple):
    """Hours a week of all people together, with a range that holds whatever the parts have to do with each other."""

    mean: float
    low: float
    high: float


def cards(tables: Tables) -> tuple[list[str], list[tuple[str, list[Card]]]]:
    """What the figures are called, and for each scenario its figures. Only those that the study measured."""
    makers: dict[str, Callable[[Tables, str], Card]] = {}
    for headline in headlines("cards"):
        if headline.measure in OWN:
            card = OWN[headline.measure]
            if card.rests_on & tables.measures:
                makers[card.words or headline.title] = partial(_over, headline.measure, card.made)
            continue
        for group, level, words in tables.told_of(headline):
            makers[words] = partial(_over, headline.measure, partial(_plain, headline, group, level))
    return list(makers), [(name(s), [make(tables, s) for make in makers.values()]) for s in tables.names]


def _over(measure: str, made: Callable[[Tables, str], Card], tables: Tables, scenario: str) -> Card:
    """The card; of a figure that hangs on who goes home anyway its range says how far it reaches over that too."""
    card, over = made(tables, scenario), over_a(tables, scenario, measure)
    assumed = over_assumptions(tables, scenario, measure, *ENGLAND) if card.range else ""
    return card._replace(range="; ".join(filter(None, (card.range, assumed, over))))


def _whole(tables: Tables, scenario: str) -> Card:
    worst = tables.estimate(scenario, WORST)
    beside = f"not offered home, or in hospital {amount(worst.mean)}" if worst.known else ""
    return _share(tables.estimate(scenario, WHOLE), beside)


def _nights(tables: Tables, scenario: str) -> Card:
    paper = tables.estimate(scenario, NIGHTS.format("on_paper"))
    beside = f"on paper {amount(paper.mean)}" if paper.known else ""
    return _share(tables.estimate(scenario, NIGHTS.format("achieved")), beside)


def _unmet(tables: Tables, scenario: str) -> Card:
    whole = tables.estimate(scenario, UNMET)
    return _share(
        tables.estimate(scenario, f"{UNMET}_night"), f"in all hours {amount(whole.mean)}" if whole.known else ""
    )


def _pounds(tables: Tables, scenario: str) -> Card:
    """The whole cost with its range; availability alone beside it, as a part of it."""
    whole, part = (tables.estimate(scenario, measure) for measure in POUNDS.values())
    beside = f"availability and sessions alone {_money(part)}" if part.known else ""
    if not whole.known:
        return Card(NO_FIGURE, "", beside)
    return Card(pounds(whole.mean), _range(whole), beside)


def _money(seen: Estimate) -> str:
    low_high = _range(seen)
    return pounds(seen.mean) + (f" ({low_high})" if low_high else "")


def _range(seen: Estimate) -> str:
    """The interval in pounds, and nothing where both ends read alike."""
    low, high = pounds(seen.ci_low), pounds(seen.ci_high)
    return f"{low} to {high}" if seen.has_interval and low != high else ""


def _beyond(tables: Tables, scenario: str) -> Card:
    seen = tables.estimate(scenario, BEYOND)
    of_roles = (tables.estimate(scenario, "people_on_rota", "role", role) for role in tables.levels("role"))
    people = sum(one.mean for one in of_roles if one.known)  # a role may be in one scenario and not in another
    of = f"{number(seen.mean * people, 0)} of {number(people, 0)} on a rota or asked" if seen.known and people else ""
    return _share(seen, of)


def _borrowed(tables: Tables, scenario: str) -> Card:
    parts = {part: hours_a_week(tables, scenario, measure) for part, measure in UNPAID.items()}
    known = {part: hours for part, hours in parts.items() if not math.isnan(hours.mean)}
    if not known:
        return Card(NO_FIGURE, "", "")
    total = Hours(*map(sum, zip(*known.values(), strict=True)))
    if total.mean == 0:
        return Card("none", "", "")
    decimals = 0 if total.mean >= 9.95 else 1
    beside = ", ".join(f"{number(hours.mean, 0 if hours.mean >= 9.95 else 1)} {part}" for part, hours in known.items())
    return Card(f"{number(total.mean, decimals)} h", spread(total.low, total.high, "hours", decimals), beside)


def hours_a_week(tables: Tables, scenario: str, measure: str) -> Hours:
    """Hours of all people of all roles: mean of one person times the people there are, summed.

    The half widths are added as they stand: whatever people, hours and roles have to do with each other in a
    replication, the interval of the sum is no wider than this.
    """
    mean = half = 0.0
    seen = False
    for role in tables.levels("role"):
        each = tables.estimate(scenario, measure, "role", role)
        people = tables.estimate(scenario, "people_on_rota", "role", role)
        if each.known and people.known:
            seen = True
            mean += each.mean * people.mean
            half += each.mean * _half(people) + people.mean * _half(each)
    return Hours(mean, max(mean - half, 0.0), mean + half) if seen else Hours(math.nan, math.nan, math.nan)


def _half(estimate: Estimate) -> float:
    """Half the interval; nothing for a figure that was nought in every replication."""
    return 0.0 if estimate.mean == 0 and not estimate.has_interval else estimate.ci_high - estimate.mean


def _plain(headline: Headline, group: str, level: str, tables: Tables, scenario: str) -> Card:
    """A headline without a card of its own kind: its figure and its range."""
    seen = tables.estimate(scenario, headline.measure, group, level)
    if headline.unit == "share" or not seen.known:
        return _share(seen, "")
    low_high = spread(seen.ci_low, seen.ci_high, headline.unit) if seen.has_interval else NO_INTERVAL
    return Card(amount(seen.mean, headline.unit), low_high, "")


def _share(seen: Estimate, beside: str) -> Card:
    if not seen.known:
        return Card(NO_FIGURE, "", "")
    if seen.mean == 0 and seen.events == 0:
        value, _, bound = none_seen(seen.ci_high, decimals=1).partition(" (")
        return Card(value, bound.removesuffix(")"), beside)
    decimals = 1 if seen.mean < 0.0995 else 0
    low_high = spread(seen.ci_low, seen.ci_high, decimals=decimals) if seen.has_interval else NO_INTERVAL
    return Card(amount(seen.mean), low_high, beside)


class Own(NamedTuple):
    """A card that says more than one figure: how it is made, what it rests on, and its words if not the headline's."""

    made: Callable[[Tables, str], Card]
    rests_on: frozenset[str]
    words: str = ""


OWN = {
    WHOLE: Own(_whole, frozenset({WHOLE}), "Families whole"),
    NIGHTS.format("achieved"): Own(_nights, frozenset({NIGHTS.format("achieved")})),
    f"{UNMET}_night": Own(
        _unmet, frozenset({UNMET, f"{UNMET}_night"}), "Calls of families at night without suitable help"
    ),
    UNPAID["standby"]: Own(_borrowed, frozenset(UNPAID.values())),
    BEYOND: Own(_beyond, frozenset({BEYOND})),
    POUNDS["whole"]: Own(_pounds, frozenset(POUNDS.values()), "Whole cost, pounds a year"),
}
