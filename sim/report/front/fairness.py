"""Who gains and who is harmed, in children a year: by settlement, deprivation, kind of service and board."""

from __future__ import annotations

from collections.abc import Sequence

from sim.cells import records
from sim.measures.headlines import shorts
from sim.measures.verdicts import BETTER, CLAIMS, NO_MATERIAL_DIFFERENCE, WORSE
from sim.report.drawing import Grid
from sim.report.exhibits.gaps import level_words, levels
from sim.report.front.partition import WORST, WORST_THREE, Place, change, count
from sim.report.tables import ENGLAND, Tables
from sim.report.words import gap, listed, name, number
from sim.report.words.home_anyway import named
from sim.report.words.supply import like

GROUPS = {"rural": "{}", "deprivation": "{}", "area_type": "today: {}"}
CHILDREN = "Children a year not offered home, or in hospital, and the change"
NAMED = 3  # boards
BETWEEN = {
    "area": "boards",
    "area_type": "kinds of service",
    "rural": "rural and urban areas",
    "deprivation": "deprived and other homes",
    "distance": "far and near areas",
}


def fairness(tables: Tables, shown: Sequence[str]) -> Grid:
    """A row a level: children a year not offered home or in hospital in the baseline, and how many more elsewhere."""
    others = [scenario for scenario in shown if scenario != tables.baseline]
    places = [(words, group, level) for group, words in GROUPS.items() for level in levels(tables, group, WORST)]
    rows = [
        (words.format(_level(group, level)), *_cells(tables, others, (group, level))) for words, group, level in places
    ]
    return Grid(
        CHILDREN,
        ("By", name(tables.baseline), *map(name, others)),
        [*rows, *_boards(tables, others)],
    )


FIFTHS = {"1": "most deprived fifth", "5": "least deprived fifth"}


def _level(group: str, level: str) -> str:
    """A level in few words."""
    if level.startswith("quintile "):
        return FIFTHS.get(level[9], f"fifth {level[9]} of deprivation")
    return level_words(group, level).replace("weekdays goodwill", "weekdays, goodwill")


def _cells(tables: Tables, others: Sequence[str], place: Place) -> list[str]:
    here = count(tables, tables.baseline, WORST_THREE, place)
    return [_many(here.mean), *(_change(tables, one, place) for one in others)]


def _many(value: float) -> str:
    return number(value, 0 if value >= 9.95 else 1)


def _change(tables: Tables, scenario: str, place: Place) -> str:
    """``−81``; in brackets where chance may explain it; ``≈ 0`` where it does not matter."""
    moved, verdict = change(tables, scenario, WORST_THREE, place), tables.difference(scenario, WORST, *place).verdict
    if moved.mean != moved.mean:
        return "–"
    said = gap(moved.mean, "", 0 if abs(moved.mean) >= 9.95 else 1)
    if verdict == NO_MATERIAL_DIFFERENCE:
        return f"≈ 0 ({said})"
    return f"{said}{' worse' if verdict == WORSE else ''}" if verdict in CLAIMS else f"({said})"


def boards(tables: Tables, scenario: str) -> tuple[int, int, int]:
    """Areas in which a scenario is surely better, surely worse, and all that are compared."""
    said = [tables.difference(scenario, WORST, "area", code) for code in tables.areas["code"]]
    known = [one.verdict for one in said if one.known]
    return known.count(BETTER), known.count(WORSE), len(known)


def _boards(tables: Tables, others: Sequence[str]) -> list[tuple[str, ...]]:
    found = {scenario: boards(tables, scenario) for scenario in others}
    if not any(of for _, _, of in found.values()):
        return []
    of = max(of for _, _, of in found.values())
    better, worse, _ = zip(*found.values(), strict=True)
    return [(f"of {of} boards, surely better", "", *map(str, better)), ("surely worse", "", *map(str, worse))]


def heading(tables: Tables, shown: Sequence[str]) -> str:
    """The finding in at most twelve words: how many boards are harmed, in the scenario that harms most."""
    found = {scenario: boards(tables, scenario) for scenario in shown if scenario != tables.baseline}
    harmed = {scenario: worse for scenario, (_, worse, _) in found.items() if worse}
    if not any(of for _, _, of in found.values()):
        return "Who has it worst: children a year"
    if not harmed:
        return "Who gains, who is harmed: no board is surely worse off"
    most = max(harmed, key=lambda scenario: harmed[scenario])
    return f"Who is harmed: {harmed[most]} of {found[most][2]} boards, in {name(most)}"


def harmed(tables: Tables, shown: Sequence[str]) -> str:
    """The boards that are surely worse off, those with most more children first; empty where none is."""
    said = [_harmed(tables, scenario) for scenario in shown if scenario != tables.baseline]
    return "; ".join(filter(None, said))


def _harmed(tables: Tables, scenario: str) -> str:
    called = dict(zip(tables.areas["code"], tables.areas["name"], strict=True))
    worse = [code for code in called if tables.difference(scenario, WORST, "area", code).verdict == WORSE]
    if not worse:
        return ""
    moved = {code: change(tables, scenario, WORST_THREE, ("area", code)).mean for code in worse}
    most = sorted(worse, key=lambda code: -moved[code])[:NAMED]
    names = [f"{called[code]} (+{_many(moved[code])})" for code in most]
    more = f" and {len(worse) - NAMED} more" if len(worse) > NAMED else ""
    which = "boards like" if any(like(tables, code) for code in most) else "boards:"
    listed_so = ", ".join(names) if more else listed(names)
    return f"Surely worse in {name(scenario)}, in children a year, {which} {listed_so}{more}."


def levelling_down(tables: Tables) -> str:
    """Whether a gap is narrowed by making somebody worse off; empty where nothing is compared."""
    if tables.equity is None or len(tables.names) < 2:
        return ""
    rows = tables.equity[tables.equity["measure"].isin([WORST]) & tables.equity["group"].isin([*BETWEEN])]
    alarms = records(rows[rows["levelling_down"] == "yes"])
    if rows.empty:
        return ""
    if not alarms:
        return f"Levelling down: none; no scenario surely narrows a gap ({shorts('equity')[WORST]}) by harming anybody."
    said = listed([_alarm(tables, row) for row in alarms])
    return f"Levelling down: {said}."


def _alarm(tables: Tables, row: dict[str, object]) -> str:
    scenario, group, level = (str(row[column]) for column in ("scenario", "group", "worst"))
    moved = change(tables, scenario, WORST_THREE, (group, level))
    worse = f"{level_words(group, level)} is worse off"
    more = f" ({_many(abs(moved.mean))} children a year more)" if moved.mean == moved.mean else ""
    return f"{name(scenario)} narrows the gap between {BETWEEN[group]} while {worse}{more}"


def of_board(tables: Tables, shown: Sequence[str], code: str) -> Grid:
    """Of one area: its children not offered home or in hospital, and the change in each other scenario."""
    others = [scenario for scenario in shown if scenario != tables.baseline]
    return Grid(
        CHILDREN,
        ("Where", name(tables.baseline), *(named(tables, one) for one in others)),
        [("Here", *_cells(tables, others, ("area", code))), ("All areas", *_cells(tables, others, ENGLAND))],
    )


def rank(tables: Tables, code: str) -> str:
    """Where an area lies among all in the baseline; means alone, so that is what is said."""
    shares = {one: tables.estimate(tables.baseline, WORST, "area", one).mean for one in tables.areas["code"]}
    known = {one: share for one, share in shares.items() if share == share}
    if code not in known or len(known) < 2:
        return ""
    more = sum(share > known[code] for share in known.values())
    return (
        f"Of {len(known)} boards {more} have a larger share of such children in {name(tables.baseline)}, by means "
        "alone; settlement and deprivation are not told inside one board."
    )
