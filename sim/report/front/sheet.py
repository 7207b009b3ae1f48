"""A sheet of A4: the answer, the price, how sure, who is harmed, and two scenarios; of all areas, or of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sim.report.drawing import Grid
from sim.report.drawing.style import ink_on
from sim.report.front import fairness, money, pair, partition, sure
from sim.report.front.partition import GROUPS, Place
from sim.report.tables import ENGLAND, Tables
from sim.report.words import name, number, without_twins
from sim.report.words.captions import driven_by, period, study_title
from sim.report.words.findings import place_words
from sim.report.words.home_anyway import at_each, named, over_a, without_goodwill
from sim.report.words.selection import in_panels
from sim.report.words.supply import like, of_named_areas

MOST = 4  # scenarios of a sheet
MOST_BOARDS = 60  # areas that have one of their own, so that the page can be mailed
LETTER_FROM, NUMBER_FROM = 0.022, 0.055  # share of a bar that has room for them


class Segment(NamedTuple):
    """A part of a bar: its share in per cent, its colour and that of its words, and what is written in it."""

    per_cent: str
    colour: str
    ink: str
    said: str


class Part(NamedTuple):
    """One of the five things: a finding, sentences and a table. hidden: shown when it is chosen."""

    name: str
    heading: str
    grid: Grid
    lines: Sequence[str] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """What the template fills. code: of the area, empty of all together; called: its name. bars: by
    scenario. harm: who is worse off, below the small tables."""

    code: str
    called: str
    title: str
    place: str
    caveats: list[str]
    scenarios: list[str]
    heading: str
    answer: list[str]
    bars: list[tuple[str, list[Segment]]]
    alternative: str
    key: Grid
    parts: list[Part]
    harm: list[str]


def told(tables: Tables) -> list[str]:
    """The scenarios of a sheet: of many the baseline and the ends; twins without goodwill where there are no others."""
    return in_panels(tables, MOST) if len(without_twins(tables.names)) > 1 else tables.names[:MOST]


def sheet(tables: Tables, code: str = "") -> Sheet:
    """The first page. code: of an area, whose own it is."""
    shown, place = told(tables), ("area", code) if code else ENGLAND
    called = _called(tables, code) if code else place_words(tables)
    return Sheet(
        code,
        called,
        f"{called}{like(tables, code)}" if code else study_title(tables),
        f"{study_title(tables) if code else _where(tables)}; {period(tables)}",
        _caveats(tables, shown),
        [named(tables, scenario) for scenario in shown],
        partition.heading(tables, place),
        partition.sentences(tables, shown, place),
        [(named(tables, s), _segments(tables, s, place)) for s in shown if partition.counts(tables, s, place)],
        partition.alternative(tables, shown, place),
        _key(tables, shown, place),
        [*_parts(tables, shown, place), *_pairs(tables, shown, place)],
        [] if code else [*filter(None, (fairness.harmed(tables, shown), fairness.levelling_down(tables)))],
    )


def boards(tables: Tables) -> list[Sheet]:
    """A sheet for every area of a study that knows what became of its children, by name; of one, or too many, none."""
    codes = [str(code) for code in tables.areas["code"]]
    if not 1 < len(codes) <= MOST_BOARDS:
        return []
    known = [code for code in codes if partition.counts(tables, tables.baseline, ("area", code))]
    return sorted((sheet(tables, code) for code in known), key=lambda one: one.called)


def no_boards(tables: Tables) -> str:
    """Why no area has a sheet of its own, where they are too many; else empty."""
    if len(tables.areas) <= MOST_BOARDS:
        return ""
    return f"A sheet of its own has each area where there are at most {MOST_BOARDS}."


def _where(tables: Tables) -> str:
    """The place; of a single area, whether it is yours."""
    codes = list(tables.areas["code"])
    return f"{place_words(tables)}{like(tables, str(codes[0]))}" if len(codes) == 1 else place_words(tables)


def _called(tables: Tables, code: str) -> str:
    return str(dict(zip(tables.areas["code"], tables.areas["name"], strict=True))[code])


def _caveats(tables: Tables, shown: Sequence[str]) -> list[str]:
    """Two or three, before any figure."""
    said = [
        f"A model, not counts of what happened. {driven_by(tables)} Ranges: 95% intervals of chance, of families and "
        "calls.",
        of_named_areas(tables),
    ]
    return said + [_anyway(tables, s) for s in shown if without_goodwill(tables, s) is not None]


def _anyway(tables: Tables, scenario: str) -> str:
    """What a scenario without goodwill hangs on."""
    over = over_a(tables, scenario, partition.WORST) if at_each(tables, scenario, partition.WORST) else ""
    reach = f": {partition.WORST_WORDS} {over}" if over else ", and this study has one a alone"
    return (
        f"{name(scenario)} hangs on a, the share who would go home with nobody on call and no goodwill. Nobody knows "
        f"it{reach}."
    )


def _segments(tables: Tables, scenario: str, place: Place) -> list[Segment]:
    found = partition.counts(tables, scenario, place)
    whole = sum(one.mean for one in found)
    return [
        Segment(
            f"{100 * one.mean / whole:.2f}",
            group.colour,
            ink_on(group.colour),
            _said(group.letter, many, one.mean / whole),
        )
        for group, one, many in zip(GROUPS, found, partition.printed(found), strict=True)
        if one.mean > 0
    ]


def _said(letter: str, many: str, share: float) -> str:
    return "" if share < LETTER_FROM else letter if share < NUMBER_FROM else f"{letter} {many}"


def _key(tables: Tables, shown: Sequence[str], place: Place) -> Grid:
    """The bars in numbers: a row a group with its letter, a column a scenario, and their sum."""
    found = {s: counts for s in shown if (counts := partition.counts(tables, s, place))}
    cells = {s: [_cell(many, one, places) for many, one in zip(partition.printed(of), of, strict=True)]
             for s, of in found.items() for places in [partition.decimals(of)]}  # fmt: skip
    rows = [(f"{group.letter}", group.words, *(of[row] for of in cells.values())) for row, group in enumerate(GROUPS)]
    total = ("", "all who want to be at home", *map(partition.everybody, found.values()))
    return Grid(
        "Children a year, each counted once for the worst that happened, with 95% chance intervals",
        ("", "Children", *(named(tables, s) for s in found)),
        [*rows, total] if found else [],
        heads=2,
    )


def _cell(many: str, one: partition.Count, places: int) -> str:
    if one.low != one.low or number(one.low, places) == number(one.high, places):
        return many
    return f"{many} ({number(one.low, places)} to {number(one.high, places)})"


def _parts(tables: Tables, shown: Sequence[str], place: Place) -> list[Part]:
    code = place[1] if place != ENGLAND else ""
    asked = pair.most_asked(tables, shown)
    first = list(dict.fromkeys([tables.baseline, *(asked or ())]))
    price, who = money.money(tables, shown, place), _who(tables, shown, code)
    doubt = [ONE_BOARD] if code else sure.lines(tables, shown, asked or first)
    return [
        Part("money", money.heading(tables, first, place), price, [money.NOTE] if price.rows else []),
        Part("sure", sure.heading(tables, shown, place), sure.sure(tables, shown, place), doubt),
        who,
    ]


def _who(tables: Tables, shown: Sequence[str], code: str) -> Part:
    if code:
        lines = [fairness.rank(tables, code)]
        return Part("who", "Who gains, who is harmed here", fairness.of_board(tables, shown, code), lines)
    found = fairness.fairness(tables, shown)
    return Part("who", fairness.heading(tables, shown), found, [FAIR if found.rows and len(shown) > 1 else ""])


FAIR = "In brackets: chance may explain it; ≈ 0: too small to matter; worse: surely more children."
ONE_BOARD = (
    "One board has few children a year, so one year alone may lie far from the mean. What assumptions do, and which of "
    "them decide, is told for all areas together."
)


def _pairs(tables: Tables, shown: Sequence[str], place: Place) -> list[Part]:
    """Every pair, of which one is shown; of an area the most asked alone."""
    asked = pair.most_asked(tables, shown)
    every = pair.every_pair(shown) if place == ENGLAND else [asked] if asked else []
    at = {scenario: row for row, scenario in enumerate(shown)}
    return [
        Part(f"pair-{at[one[0]]}-{at[one[1]]}", pair.heading(one), pair.pair(tables, one, place), hidden=one != asked)
        for one in every
    ]
