"""Two scenarios in a small table with verdicts: families, unmet demand, pounds, posts, nights on call, known face."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from sim.report.drawing import Grid
from sim.report.front.money import POSTS, TOTAL
from sim.report.front.partition import WHOLE, WORST, Place
from sim.report.front.verdict import verdict
from sim.report.tables import ENGLAND, Estimate, Tables
from sim.report.words import amount, name, number, pounds
from sim.report.words.home_anyway import named

UNMET, KNOWN = "unmet_demand_share", "seen_by_someone_known_share"
NIGHTS = "nights_on_call_share_worst"
NIGHTS_A_MONTH = 365.25 / 12
Asked = tuple[str, str]


def most_asked(tables: Tables, shown: Sequence[str]) -> Asked | None:
    """The two that the decision is between: of those beside the baseline the two with most children met throughout, in
    a study that does not tell them with the least unmet demand.

    With one beside it, the baseline and that one; None with a single scenario.
    """
    others = [scenario for scenario in shown if scenario != tables.baseline]
    if not others:
        return None
    if len(others) == 1:
        return tables.baseline, others[0]
    best = sorted(others, key=lambda one: (-_or_none(_mean(tables, one, WHOLE)), _mean(tables, one, UNMET)))[:2]
    first, second = (scenario for scenario in shown if scenario in best)
    return first, second


def _mean(tables: Tables, scenario: str, measure: str) -> float:
    return tables.estimate(scenario, measure).mean


def _or_none(value: float) -> float:
    return value if value == value else -1.0


def every_pair(shown: Sequence[str]) -> list[Asked]:
    """All pairs in the order of the study, the earlier first."""
    return list(combinations(shown, 2))


def heading(asked: Asked) -> str:
    """What is compared."""
    return f"{name(asked[1])} against {name(asked[0])}"


def pair(tables: Tables, asked: Asked, place: Place = ENGLAND) -> Grid:
    """A row a figure: both scenarios, and what may be said of the second."""
    rows = [_row(tables, asked, words, measure, write, place) for words, measure, write in FIGURES]
    rows += [_nights(tables, asked, role) for role in tables.having(NIGHTS)] if place == ENGLAND else []
    rows.append(_row(tables, asked, "Known face", KNOWN, amount, place))
    first, second = (named(tables, one) for one in asked)
    return Grid(
        "A year, with 95% chance intervals; nights on call: a month, of the worst-off person",
        ("Figure", first, second, "Verdict"),
        [row for row in rows if not (row[1] == "–" == row[2])],
    )


def _children(value: float) -> str:
    return number(value, 0 if value >= 9.95 else 1)


FIGURES: list[tuple[str, str, Callable[[float], str]]] = [
    ("Not home, or in hospital", WORST, amount),
    ("Met throughout, children", WHOLE, _children),
    ("Unmet, of calls wanted", UNMET, amount),
    ("Whole cost a year", TOTAL, pounds),
    ("Posts to create", POSTS, lambda value: number(value, 0)),
]


def _row(
    tables: Tables, asked: Asked, words: str, measure: str, write: Callable[[float], str], place: Place
) -> tuple[str, ...]:
    cells = (_cell(tables.estimate(one, measure, *place), write) for one in asked)
    return (words, *cells, verdict(tables, *asked, measure, place))


def _cell(seen: Estimate, write: Callable[[float], str]) -> str:
    if not seen.known:
        return "–"
    if seen.mean == 0 or not seen.has_interval or write(seen.ci_low) == write(seen.ci_high):
        return write(seen.mean)
    low, high = write(seen.ci_low), write(seen.ci_high)
    return f"{write(seen.mean)} ({low[:-1] if low[-1] == high[-1] in '%mk' else low} to {high})"


def _nights(tables: Tables, asked: Asked, role: str) -> tuple[str, ...]:
    place = ("role", role)
    cells = (_cell(tables.estimate(one, NIGHTS, *place), lambda value: number(value * NIGHTS_A_MONTH)) for one in asked)
    return (
        f"Nights on call, {name(role).lower()}",
        *cells,
        verdict(tables, *asked, NIGHTS, place),
    )
