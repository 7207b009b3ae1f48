"""Children by the worst that happened to them, in six groups that add up to all who want to be at home."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from sim.measures.verdicts import BETTER_IF, CLAIMS, NO_MATERIAL_DIFFERENCE, WORSE_IF
from sim.report.tables import ENGLAND, Tables
from sim.report.words import listed, name, number
from sim.report.words.fates import COLOURS, WORDS
from sim.report.words.home_anyway import named

Place = tuple[str, str]  # group and level
A_YEAR, WORST, WHOLE = "fate_{}_per_year", "worst_three_fates_share", "fate_whole_per_year"
WORST_THREE = tuple(WORDS)[:3]  # the fates that WORST counts
WORST_WORDS = "not offered home, or in hospital"
OPEN = (BETTER_IF, WORSE_IF)  # what is found as shipped, and hangs on an assumption
WHOLE_NUMBERS_FROM = 30.0  # children a year of a place; below, one decimal


class Group(NamedTuple):
    """Fates told as one, under a letter that stays where colours do not."""

    letter: str
    words: str
    fates: tuple[str, ...]
    colour: str


FAILED = ("hospital_after_failure", "nobody_answered", "incomplete_or_late")
GROUPS = (
    Group("A", "not offered home", ("not_offered_home",), COLOURS["not_offered_home"]),
    Group("B", "left without help, or helped late or in part, at least once", FAILED, COLOURS["nobody_answered"]),
    Group(
        "C", "in hospital to the end after a call that was met", ("hospital_otherwise",), COLOURS["hospital_otherwise"]
    ),
    Group("D", "lean on goodwill or general services", ("leaned_on_others",), COLOURS["leaned_on_others"]),
    Group(
        "E",
        "every call met, but a night with nobody funded to come",
        ("a_night_nobody_funded",),
        COLOURS["a_night_nobody_funded"],
    ),
    Group("F", "met throughout: in time, by funded staff, every night covered", ("whole",), COLOURS["whole"]),
)


class Count(NamedTuple):
    """Children a year with the 95 % interval, or a change of them.

    The interval of several fates together is as wide as if their errors went together: no wider is possible.
    """

    mean: float
    low: float
    high: float

    @property
    def decided(self) -> bool:
        """Whether a change leaves out nought."""
        return self.low > 0 or self.high < 0


def count(tables: Tables, scenario: str, fates: Sequence[str], place: Place = ENGLAND) -> Count:
    """Children a year of these fates together; all nan where the study has no such figure."""
    seen = [tables.estimate(scenario, A_YEAR.format(fate), *place) for fate in fates]
    mean = sum(one.mean for one in seen)
    known = [one for one in seen if one.has_interval]
    if not known and mean:  # one replication; nought without an interval is nought in each
        return Count(mean, math.nan, math.nan)
    below, above = (sum(abs(getattr(one, end) - one.mean) for one in known) for end in ("ci_low", "ci_high"))
    return Count(mean, max(mean - below, 0.0), mean + above)


def change(tables: Tables, scenario: str, fates: Sequence[str], place: Place = ENGLAND) -> Count:
    """Children a year of these fates more than in the baseline, on the same families; simultaneous interval."""
    seen = [tables.difference(scenario, A_YEAR.format(fate), *place) for fate in fates]
    mean = sum(one.difference for one in seen)
    known = [one for one in seen if one.ci_low == one.ci_low]
    if not known:
        return Count(mean, math.nan, math.nan)
    low, high = (sum(getattr(one, end) - one.difference for one in known) for end in ("ci_low", "ci_high"))
    return Count(mean, mean + low, mean + high)


def counts(tables: Tables, scenario: str, place: Place = ENGLAND) -> list[Count]:
    """One count for each of GROUPS; empty where the study does not tell what became of families."""
    found = [count(tables, scenario, group.fates, place) for group in GROUPS]
    return found if all(one.mean == one.mean for one in found) and sum(one.mean for one in found) > 0 else []


def adding(values: Sequence[float], decimals: int = 0) -> list[float]:
    """Values rounded so that they add up to their rounded sum.

    The first and the last, which stand by themselves elsewhere, as ever; of those between, what is cut off most is
    rounded up.
    """
    scale = 10**decimals
    scaled = [value * scale for value in values]
    first, *cut, last = [_rounded(scaled[0]), *map(math.floor, scaled[1:-1]), _rounded(scaled[-1])]
    left = _rounded(sum(scaled)) - first - last
    most = sorted(range(len(cut)), key=lambda at: cut[at] - scaled[1 + at])
    for step in range(abs(left - sum(cut))):
        cut[most[step % len(most)]] += 1 if left > sum(cut) else -1
    return [value / scale for value in (first, *cut, last)]


def _rounded(value: float) -> int:
    """The nearest whole number; the same for all sums of the same numbers, in whatever order they were added."""
    return round(round(value, 6))


def decimals(found: Sequence[Count]) -> int:
    """Of children a year of a place."""
    return 0 if sum(one.mean for one in found) >= WHOLE_NUMBERS_FROM else 1


def printed(found: Sequence[Count]) -> list[str]:
    """The counts as they are printed everywhere on the sheet: they add up to ``everybody``."""
    places = decimals(found)
    return [number(value, places) for value in adding([one.mean for one in found], places)]


def everybody(found: Sequence[Count]) -> str:
    """All children of a place, a year, as printed."""
    places = decimals(found)
    return number(sum(adding([one.mean for one in found], places)), places)


def sentences(tables: Tables, shown: Sequence[str], place: Place = ENGLAND) -> list[str]:
    """The answer: what becomes of children in the baseline, then a sentence for each other scenario."""
    found = counts(tables, tables.baseline, place)
    if not found:
        return ["This study has no count of children: in its measured weeks no episode ended, or it was made before "
                "what became of each child was told."]  # fmt: skip
    a, b, c, d, e, f = printed(found)
    first = (
        f"{named(tables, tables.baseline)}: of about {everybody(found)} families a year who want to be at home, {a} "
        f"are not offered it, {b} are left without help, or helped late or in part, at least once, {d} lean on "
        f"goodwill or general services, and {f} are met throughout; {c} are in hospital to the end after a call that "
        f"was met, and {e} have a night with nobody funded to come though every call is met."
    )
    return [first, *(_against(tables, scenario, place) for scenario in shown if scenario != tables.baseline)]


def _against(tables: Tables, scenario: str, place: Place) -> str:
    worst = change(tables, scenario, WORST_THREE, place)
    whole = change(tables, scenario, ("whole",), place)
    said = [
        _moved(worst, tables.difference(scenario, WORST, *place).verdict, WORST_WORDS),
        _moved(whole, tables.difference(scenario, WHOLE, *place).verdict, "met throughout"),
        _followed(tables, scenario) if place == ENGLAND else "",
    ]
    return f"{named(tables, scenario)}, for the same children: {'; '.join(filter(None, said))}."


def _moved(moved: Count, verdict: str, words: str) -> str:
    """``153 fewer not offered home, or in hospital (138 to 169)``; never a side that is not decided."""
    if moved.mean != moved.mean:
        return f"no figure for those {words}"
    if verdict == NO_MATERIAL_DIFFERENCE:
        return f"no material difference in those {words}"
    if verdict not in (*CLAIMS, *OPEN):
        return f"whether more or fewer are {words} is not decided"
    size = number(abs(moved.mean), 0 if abs(moved.mean) >= 9.95 else 1)
    side = "more" if moved.mean > 0 else "fewer"
    hangs = ", unless an assumption is otherwise" if verdict in OPEN else ""
    return f"{size} {side} {words}{_ends(moved, 1 if moved.mean > 0 else -1)}{hangs}"


def _ends(moved: Count, sign: int) -> str:
    if moved.low != moved.low:
        return ""
    low, high = sorted((sign * moved.low, sign * moved.high))
    places = 0 if abs(moved.mean) >= 9.95 else 1
    return f" ({number(low, places)} to {number(high, places)})"


def _followed(tables: Tables, scenario: str) -> str:
    """How many of the same children fare better and worse, followed one by one."""
    if tables.flows is None or tables.flows.empty:
        return ""
    of = tables.flows[tables.flows["scenario"] == scenario]
    rank = {fate: at for at, fate in enumerate(WORDS)}
    moved = [
        (rank[end] - rank[start], float(many))
        for start, end, many in zip(of["from"], of["to"], of["families_per_year"], strict=True)
        if start in rank and end in rank
    ]
    if not moved:
        return ""
    better, worse = (sum(many for by, many in moved if sign * by > 0) for sign in (1, -1))
    return f"followed child by child, {number(better, 0)} fare better and {number(worse, 0)} worse"


def heading(tables: Tables, place: Place = ENGLAND) -> str:
    """The finding in at most twelve words."""
    found = counts(tables, tables.baseline, place)
    if not found:
        return "What became of the children: no figure"
    return f"{printed(found)[-1]} of {everybody(found)} children a year are met throughout in {name(tables.baseline)}"


def alternative(tables: Tables, shown: Sequence[str], place: Place = ENGLAND) -> str:
    """One sentence for those who do not see the bars; the table has the rest."""
    said = [f"{printed(found)[-1]} in {name(s)}" for s in shown if (found := counts(tables, s, place))]
    return f"One bar a scenario, split by the worst that happened; met throughout: {listed(said)}." if said else ""
