"""The exhibits read first: what became of the families, and what becomes of the same ones in another scenario."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.report.charts import causes as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.tables import ENGLAND, Tables
from sim.report.words import amount, name, number, spread, without_twins
from sim.report.words.captions import NOTHING, caption, subtitle
from sim.report.words.fates import COLOURS, WORDS
from sim.report.words.home_anyway import named, told
from sim.report.words.selection import in_panels, left_out
from sim.report.words.titles import fitting

SHARE, A_YEAR, EVER = "fate_{}_share", "fate_{}_per_year", "ever_{}_share"
NAME = "fates"
WHOLE, WORST = SHARE.format("whole"), "worst_three_fates_share"
BESIDE = {  # told in the table alone
    "of these, only because the call failed": "fate_hospital_after_failure_caused_share",
    "a night with nobody funded to come, on paper": "fate_a_night_nobody_funded_on_paper_share",
    "whole, on paper": "fate_whole_on_paper_share",
}
ORDER = "Each family counts once, for the worst that happened to it, from A to H; a repeated call cures nothing."


def fates(tables: Tables) -> Exhibit:
    """One bar a scenario, the worst fate first; counts a year and what ever happened in the table."""
    bars = pd.DataFrame([bar(tables, scenario, name(scenario)) for scenario in tables.names])
    parts = list(WORDS.values())
    return Exhibit(
        NAME,
        "What became of the families",
        _title(tables),
        subtitle(tables, "Families who want to be at home, by the worst that happened to them"),
        (lambda: chart.draw(bars, parts, tuple(COLOURS.values()), 1.0, "share of families who want home"))
        if bars["total"].notna().any()
        else None,
        "Stacked bars, one a scenario, the worst first",
        caption(
            tables,
            f"{ORDER} Printed: A to C together. Under their end: thick, 95% interval of the mean; thin, 90% prediction "
            "interval.",
        ),
        Grid(
            "What became of the families: share and families a year with 95% intervals, and that of one year",
            ("Worst that happened", *map(name, tables.names)),
            _rows(tables),
        ),
        NOTHING.replace("potential call fell", "episode ended"),
    )


def bar(tables: Tables, scenario: str, label: str, of: tuple[str, str] = ENGLAND) -> dict[str, Any]:
    """A bar of the chart: the share of each fate among the families of a group, and of the worst three together."""
    worst = tables.estimate(scenario, WORST, *of)
    row: dict[str, Any] = {"label": label, "total": worst.mean} | {
        end: getattr(worst, end) for end in ("ci_low", "ci_high", "pi_low", "pi_high")
    }
    for fate, words in WORDS.items():
        mean = tables.estimate(scenario, SHARE.format(fate), *of).mean
        row[words] = 0.0 if mean != mean else mean
    return row


def _title(tables: Tables) -> str:
    """The whole families of the baseline, beside the scenario with the most of them."""
    here = tables.estimate(tables.baseline, WHOLE)
    others = [one for one in without_twins(tables.names)[1:] if tables.estimate(one, WHOLE).known]
    if not here.known:
        return f"{name(tables.baseline)}: no figure for families, because no episode ended"
    said = f"{amount(here.mean)} of families are whole in {named(tables, tables.baseline)}"
    if not others:
        return said
    best = max(others, key=lambda one: tables.estimate(one, WHOLE).mean)
    decided = tables.difference(best, WHOLE).direction in ("lower", "higher")
    more = f"{amount(tables.estimate(best, WHOLE).mean)} in {named(tables, best)}{'' if decided else ' (not decided)'}"
    return fitting(
        f"{said}, {more}",
        f"Whole families: {amount(here.mean)} in the baseline, {more}",
        f"Whole families: {amount(here.mean)} in the baseline, {amount(tables.estimate(best, WHOLE).mean)} at most",
    )


def _rows(tables: Tables) -> list[tuple[str, ...]]:
    def line(words: str, measure: str) -> tuple[str, ...]:
        return (words[:1].upper() + words[1:], *(told(tables, s, measure) for s in tables.names))

    rows = [
        (words[:1].upper() + words[1:], *(cell(tables, s, fate) for s in tables.names)) for fate, words in WORDS.items()
    ]
    rows += [line(words, measure) for words, measure in BESIDE.items()]
    return rows + [line(f"ever: {WORDS[fate]}", EVER.format(fate)) for fate in list(WORDS)[:-1]]


def cell(tables: Tables, scenario: str, fate: str, of: tuple[str, str] = ENGLAND) -> str:
    """A fate as a share and in families a year, each with its 95 % interval, the latter with that of one year too."""
    said, many = told(tables, scenario, SHARE.format(fate), *of), tables.estimate(scenario, A_YEAR.format(fate), *of)
    if not many.known:
        return said
    said = f"{said}\n{_families(many.mean) if many.mean else '0'} a year"
    if not many.has_interval:
        return said
    both = ((many.ci_low, many.ci_high), (many.pi_low, many.pi_high))
    ends = (spread(max(low, 0.0), high, "", 0) for low, high in both)
    return f"{said} ({'; one year '.join(ends)})"


def has_flows(tables: Tables) -> bool:
    """Whether the study followed the same families through another scenario."""
    return tables.flows is not None and len(tables.flows) > 0


def flows(tables: Tables, of_best: bool = False) -> Exhibit:
    """A table: what became of families in the baseline, and in each scenario of the same ones.

    of_best: only of the scenario in which most fare better, and without intervals.
    """
    drawn = list(dict.fromkeys([tables.baseline, *in_panels(tables)]))
    words = WORDS | {"not_among_them": "not among these families"}
    moved = _moved(tables)
    best = max(drawn[1:], key=lambda scenario: _fare(moved[scenario], 1))
    told_of = _moved_mean if of_best else _moved_cell
    shown = [best] if of_best else drawn[1:]
    ends = [fate for fate in words if any(fate in pair for one in shown for pair in moved[one])]
    rows = [
        (name(scenario), words[start], *(told_of(moved[scenario].get((start, end))) for end in ends))
        for scenario in shown
        for start in ends
    ]
    return Exhibit(
        "flows",
        "The same families in another scenario",
        _flow_title(best, moved[best]),
        subtitle(tables, f"Families a year by the worst that happened in {name(tables.baseline)} and in the scenario"),
        None,
        "",
        caption(
            tables,
            f"{ORDER} A row: families of that fate in {name(tables.baseline)}; its cells: what became of the same "
            f"families in the scenario, means{'' if of_best else ' with 95% intervals'}.{left_out(tables, drawn)}",
            drawn=[tables.baseline, *shown],
        ),
        Grid(
            "From fate to fate: families a year",
            ("Scenario", f"In {name(tables.baseline)}", *(words[end] for end in ends)),
            rows,
            heads=2,
        ),
        "",
    )


def largest_moves(tables: Tables, most: int) -> list[tuple[str, str, str]]:
    """The largest changes of fate in the scenario in which most families fare better: from, to, families a year."""
    moved = _moved(tables)
    drawn = list(dict.fromkeys([tables.baseline, *in_panels(tables)]))
    best = max(drawn[1:], key=lambda scenario: _fare(moved[scenario], 1))
    changed = [
        (pair, many) for pair, (many, *_) in moved[best].items() if pair[0] != pair[1] and set(pair) <= set(WORDS)
    ]
    ranked = sorted(changed, key=lambda one: -one[1])[:most]
    return [(WORDS[start], WORDS[end], _families(many)) for (start, end), many in ranked]


Moved = dict[tuple[str, str], tuple[float, float, float]]  # families a year from fate to fate, with the interval


def _moved(tables: Tables) -> dict[str, Moved]:
    """By scenario and pair of fates, families a year and the 95 % interval."""
    assert tables.flows is not None
    moved: dict[str, Moved] = {scenario: {} for scenario in tables.names}
    ends = ("families_per_year", "ci_low", "ci_high")
    columns = (tables.flows[column].tolist() for column in ("scenario", "from", "to", *ends))
    for scenario, start, end, many, low, high in zip(*columns, strict=True):
        moved[scenario][start, end] = (float(many), float(low), float(high))
    return moved


def _moved_mean(families: tuple[float, float, float] | None) -> str:
    return _families(families[0]) if families else "–"


def _moved_cell(families: tuple[float, float, float] | None) -> str:
    if families is None or not families[0]:
        return "–"
    many, low, high = families
    ends = f" ({_families(low) if low > 0 else '0'} to {_families(high)})" if low == low else ""
    return f"{_families(many)}{ends}"


def _families(many: float) -> str:
    return number(many, 0 if many >= 9.95 else 1) if many else "–"


def _fare(moved: Moved, sign: int) -> float:
    """Families a year who fare better in a scenario (sign 1), or worse (-1)."""
    place = {fate: row for row, fate in enumerate(WORDS)}
    pairs = ((place.get(start), place.get(end), many) for (start, end), (many, *_) in moved.items())
    return sum(many for a, b, many in pairs if a is not None and b is not None and sign * (b - a) > 0)


def _flow_title(best: str, moved: Moved) -> str:
    """Of the scenario in which most families fare better: how many do, and how many worse."""
    better, worse = (_families(_fare(moved, sign)) for sign in (1, -1))
    said = f"{better} families a year fare better, {worse} worse"
    return fitting(f"{name(best)}: {said}", f"At best {said}")
