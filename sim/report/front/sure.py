"""How sure: what chance leaves open beside what assumptions do, which of them decide, and what turns the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sim.cells import each_row
from sim.measures.verdicts import BETTER, WORSE
from sim.report.drawing import Grid
from sim.report.front.brief import ends
from sim.report.front.money import TOTAL
from sim.report.front.partition import OPEN, WORST, Place
from sim.report.tables import ENGLAND, Tables
from sim.report.words import amount, gap_spread, name, number, spread
from sim.report.words.home_anyway import over_a
from sim.uncertainty import DIFFERENCE, FIGURE, HIDDEN, graded, hidden, holds, structural

if TYPE_CHECKING:
    import pandas as pd

WHOLE_SHARE, UNMET = "fate_whole_share", "unmet_demand_share"
DECIDED = (WORST, WHOLE_SHARE, TOTAL, UNMET)  # whose deciding numbers are told, in this order
MOST = 3  # assumptions that decide
NOT_RUN, DRAWS = "not run", 64
ASK = f"Run the command of this study again with uncertainty={DRAWS}"
ASK_BESIDE = "It is asked of a comparison"
BESIDE = "icb_rota"  # a scenario for a study of one


def heading(tables: Tables, shown: Sequence[str], place: Place = ENGLAND) -> str:
    """The finding in at most twelve words."""
    if place != ENGLAND:
        seen = tables.estimate(tables.baseline, WORST, *place)
        return f"How sure: {amount(seen.mean)} on average, {ends(seen.pi_low, seen.pi_high)} in one year"
    if tables.uncertainty is None:
        return "How sure: chance is told, what assumptions do is not"
    rows = _differences(tables, shown)
    turned = rows[rows["verdict"].isin(OPEN)]
    of = int(tables.uncertainty["draws"].max())
    if turned.empty:
        return f"How sure: no verdict turns over {of} draws of the assumptions"
    turn = "1 verdict turns" if len(turned) == 1 else f"{len(turned)} verdicts turn"
    return f"How sure: {turn} over {of} draws of the assumptions"


def sure(tables: Tables, shown: Sequence[str], place: Place = ENGLAND) -> Grid:
    """A row a scenario: two figures, each with the interval of chance and the range over assumptions."""
    chance, over = "{}, by chance", "over assumptions" if place == ENGLAND else "one year, 9 in 10"
    head = ("Scenario", chance.format("Not home, or in hospital"), over, chance.format("Whole cost"), over)
    known = [s for s in shown if any(tables.estimate(s, measure, *place).known for measure in (WORST, TOTAL))]
    rows = [(name(s), *_both(tables, s, WORST, place), *_both(tables, s, TOTAL, place)) for s in known]
    return Grid(f"Two figures with 95% intervals: by chance, and {over}", head, rows)


def _both(tables: Tables, scenario: str, measure: str, place: Place) -> Iterator[str]:
    unit = "GBP" if measure == TOTAL else "share"
    seen = tables.estimate(scenario, measure, *place)
    yield f"{amount(seen.mean, unit)} ({ends(seen.ci_low, seen.ci_high, unit)})" if seen.known else "–"
    yield assumed(tables, scenario, measure, unit) if place == ENGLAND else ends(seen.pi_low, seen.pi_high, unit)


def assumed(tables: Tables, scenario: str, measure: str, unit: str) -> str:
    """The range of a figure over what nobody knows, and over other rules, as far as a study looked at them.

    Over who goes home anyway alone, where that is all that was run.
    """
    said = [_drawn(tables, scenario, measure, unit)]
    if under := structural(tables.structure, FIGURE, "", scenario, measure):
        said.append(f"other rules {ends(under.low, under.high, unit)}")
    return "; ".join(filter(None, said)) or NOT_RUN


def _drawn(tables: Tables, scenario: str, measure: str, unit: str) -> str:
    if tables.uncertainty is None:
        return over_a(tables, scenario, measure)
    rows = tables.uncertainty
    rows = rows[(rows["of"] == FIGURE) & (rows["scenario"] == scenario) & (rows["measure"] == measure)]
    return "".join(
        HIDDEN if hidden(row) else ends(float(row.assumptions_low), float(row.assumptions_high), unit)
        for row in each_row(rows)
    )


def lines(tables: Tables, shown: Sequence[str], weighed: Sequence[str]) -> list[str]:
    """What decides and what would change the answer; or that nobody has asked yet, and the command that does.

    weighed: the scenarios of which the deciding numbers are told; of the baseline, what decides its own figure.
    """
    if tables.uncertainty is None or tables.decides is None:
        return [
            "Which assumptions decide has not been run, so this page cannot say what would change the answer. "
            f"{ASK if len(tables.names) > 1 else ASK_BESIDE}, such as: {command(tables)}"
        ]
    said = _deciding(tables, weighed)
    return [f"What decides most: {'; '.join(said)}." if said else "No single number decides a headline beyond chance.",
            _turns(tables, shown)]  # fmt: skip


def command(tables: Tables) -> str:
    """Of a study that asks which assumptions decide."""
    names = tables.names if len(tables.names) > 1 else [*tables.names, BESIDE]
    return f"oncall-sim compare 'scenarios=[{','.join(names)}]' uncertainty={DRAWS}"


def _deciding(tables: Tables, weighed: Sequence[str]) -> list[str]:
    """At most three numbers, the first of each headline before the second of any."""
    assert tables.decides is not None
    others = [scenario for scenario in weighed if scenario != tables.baseline]
    of, told = (DIFFERENCE, others) if others else (FIGURE, [tables.baseline])
    rows = tables.decides[(tables.decides["of"] == of) & tables.decides["scenario"].isin(told)]
    rows = rows[rows["measure"].isin(DECIDED)]
    order = rows.assign(headline=[DECIDED.index(one) for one in rows["measure"]])
    first = order.sort_values(["place", "headline"], kind="stable").drop_duplicates("key").head(MOST)
    return [_number(row) for row in each_row(first)]


def _number(row: Any) -> str:
    """A number with its range, and what the figure is at both ends."""
    unit = "GBP" if str(row.unit).startswith("GBP") else "share"
    write = gap_spread if row.of == DIFFERENCE else spread
    ends = write(float(row.at_low), float(row.at_high), unit, 0)
    kind = graded(row.grade).replace("grade ", "evidence grade ")
    tied = f" and {row.tied - 1:.0f} tied to it" if row.tied > 1 else ""
    of = f"{WORDS[str(row.measure)]} {ends} in {name(row.scenario)}"
    return f"{key_words(str(row.key))}{tied}, {row.low:.3g} to {row.high:.3g} ({kind}): {of}"


WORDS = {
    WORST: "not offered home, or in hospital",
    WHOLE_SHARE: "met throughout",
    TOTAL: "whole cost",
    UNMET: "unmet demand",
}


def key_words(key: str) -> str:
    """A key in words: ``rota.p_short_notice_cover`` is "rota: chance of short notice cover"."""
    return ": ".join(f"chance of {one[2:]}" if one.startswith("p_") else one for one in key.split(".")).replace(
        "_", " "
    )


def _differences(tables: Tables, shown: Sequence[str]) -> pd.DataFrame:
    """The headline differences of the scenarios of the sheet over the draws."""
    assert tables.uncertainty is not None
    rows = tables.uncertainty
    return rows[(rows["of"] == DIFFERENCE) & rows["measure"].isin(DECIDED) & rows["scenario"].isin(list(shown))]


def _side(row: Any) -> str:
    """On which side of a number, told in words, a verdict holds; shares as the page writes them."""
    called = {"if_key": f'"{key_words(str(row.if_key))}"'} if row.if_key else {}
    return holds(row._replace(**called)).replace(" %", "%")


def _turns(tables: Tables, shown: Sequence[str]) -> str:
    """Which verdicts hang on a number, and in how many draws all others hold."""
    assert tables.uncertainty is not None
    rows = _differences(tables, shown)
    turned = [
        f"{name(row.scenario)}, {WORDS[row.measure]}: {_side(row)}" for row in each_row(rows) if row.verdict in OPEN
    ]
    if turned:
        return f"What would change the answer: {'; '.join(turned)}."
    kept = rows[rows["verdict"].isin((BETTER, WORSE)) & rows["same_sign"].notna()]
    if kept.empty:
        return f"No difference from {name(tables.baseline)} is decided yet: chance alone may explain each."
    least = kept.sort_values("same_sign", kind="stable").iloc[0]
    ends_of = ("same_sign", "same_sign_low", "same_sign_high")
    share, low, high = (number(100 * float(least[one]), 0) for one in ends_of)
    at_least = "" if share == "100" else "at least "
    return (
        f"What would change the answer: no number drawn; each difference from {name(tables.baseline)} that is decided "
        f"points the same way in {at_least}{share}% (95% interval {low}% to {high}%) of {least['draws']:.0f} draws of "
        "all that nobody knows."
    )
