"""The exhibits on equity: unmet demand and uncovered nights by deprivation, rural share and kind of service."""

from __future__ import annotations

import pandas as pd

from sim.report.charts import levels as chart
from sim.report.drawing import Exhibit, Grid
from sim.report.exhibits.exposure import NIGHTS, NO_CHILD, RESTS
from sim.report.exhibits.gaps import GROUPS, ORDERED, Gap, gap_of, level_words, levels
from sim.report.tables import Tables
from sim.report.words import figure, gap, listed, name
from sim.report.words.captions import NO_CALLS, NOTHING, caption, subtitle
from sim.report.words.findings import ROOM, UNMET
from sim.report.words.home_anyway import named
from sim.report.words.selection import drawn_of, in_rows, left_out
from sim.report.words.supply import of_named_areas
from sim.report.words.titles import fitting

COLUMNS = ["label", "group", "level", "mean", "ci_low", "ci_high", "overall"]
BY = {"deprivation": "deprivation", "rural": "rural share", "distance": "distance", "area_type": "kind of service"}


def equity_of_unmet(tables: Tables) -> Exhibit:
    """Unmet demand by group."""
    what = "Unmet demand, share of potential calls, by deprivation of the home, rural share, distance and service"
    return _exhibit(tables, "equity_unmet", "Equity: unmet demand", UNMET, "Unmet demand", what, "", NOTHING)


def equity_of_nights(tables: Tables) -> Exhibit:
    """Nights with nobody funded to come, by group."""
    what = (
        "Nights with nobody funded to come, share of child-nights, rotas as held, by deprivation of the home, "
        "rural share, distance and service of the area"
    )
    subject = "Nights with nobody to come"
    return _exhibit(tables, "equity_nights", "Equity: uncovered nights", NIGHTS, subject, what, RESTS, NO_CHILD)


def _exhibit(
    tables: Tables, code: str, short: str, measure: str, subject: str, what: str, rests: str, note: str
) -> Exhibit:
    here = {group: found for group in GROUPS if len(found := levels(tables, group, measure)) > 1}
    dots = _dots(tables, measure, here)
    drawn = in_rows(tables)
    gaps = {group: {s: gap_of(tables, s, measure, group) for s in tables.names} for group in here}
    lines = (
        f"Lines: 95% intervals. Each panel has its own axis. Dashed: all areas together. {of_named_areas(tables)} "
        f"Intervals hold the luck of what is dealt.{left_out(tables, drawn)}"
    )
    return Exhibit(
        code,
        short,
        _title(tables, subject, gaps),
        subtitle(tables, f"{_counted(subject, gaps)} {_named(tables, gaps)}".strip() + f" {what}"),
        (lambda: chart.draw(drawn_of(dots, drawn))) if len(dots) else None,
        "Dots with intervals in a panel for each scenario",
        caption(tables, lines, rests, NO_CALLS) if rests else caption(tables, lines),
        Grid(
            f"{short}: share with 95% interval, and gaps in percentage points",
            ("Group", "Level", *map(name, tables.names)),
            _table(tables, measure, here, gaps),
            heads=2,
        ),
        note,
    )


def _dots(tables: Tables, measure: str, here: dict[str, list[str]]) -> pd.DataFrame:
    rows = []
    for scenario in tables.names:
        whole = tables.estimate(scenario, measure).mean
        for group, found in here.items():
            for level in found:
                seen = tables.estimate(scenario, measure, group, level)
                words = level_words(group, level)
                rows.append((name(scenario), GROUPS[group], words, seen.mean, seen.ci_low, seen.ci_high, whole))
    return pd.DataFrame(rows, columns=COLUMNS)


def _title(tables: Tables, subject: str, gaps: dict[str, dict[str, Gap | None]]) -> str:
    """The widest decided gap between ordered levels, of the baseline if it has one; else how many are decided."""
    if not gaps:
        return f"{subject}: no figures by group"
    found = [(of[scenario], group, scenario) for scenario in tables.names for group, of in gaps.items()]
    decided = [(one, group, scenario) for one, group, scenario in found if one is not None and one.decided]
    if not decided:
        return f"{subject}: no decided gap in {_scenarios(len(tables.names))}"
    ordered = [(one, group, scenario) for one, group, scenario in decided if group in ORDERED]
    many = len({scenario for *_, scenario in decided})
    counted = f"{subject}: gaps in {many} of {_scenarios(len(tables.names))}"
    if not ordered:
        return counted
    of_baseline = [pair for pair in ordered if pair[2] == tables.baseline]
    one, group, scenario = max(of_baseline or ordered, key=lambda pair: abs(pair[0].difference))
    said = f"{subject}, most against least {ORDERED[group]}: {gap(one.difference)}"
    return fitting(f"{said} in {named(tables, scenario)}", said if of_baseline else counted, counted)


def _scenarios(many: int) -> str:
    return f"{many} scenario{'s' if many != 1 else ''}"


def _counted(subject: str, gaps: dict[str, dict[str, Gap | None]]) -> str:
    """For the subtitle: in how many scenarios each group has a gap that chance does not explain."""
    parts = []
    for group, of in gaps.items():
        decided = sum(found is not None and found.decided for found in of.values())
        where = "" if len(of) == 1 else f" in {decided} of {len(of)} scenarios"
        parts.append(f"{'a gap' if decided else 'no decided gap'} by {BY[group]}{where if decided else ''}")
    return f"{subject}, beyond chance: {listed(parts)}." if parts else ""


def _named(tables: Tables, gaps: dict[str, dict[str, Gap | None]]) -> str:
    """The decided gaps by deprivation and rural share in points; the kinds of service stand in the table."""
    said = []
    for scenario in tables.names:
        found = [(group, of[scenario]) for group, of in gaps.items() if group in ORDERED]
        decided = [
            f"{gap(one.difference)} in the most against the least {ORDERED[group]}"
            for group, one in found
            if one is not None and one.decided
        ]
        if decided:
            said.append(f"{name(scenario)}: {', '.join(decided)}")
    more = f"; {len(said) - ROOM} more in the table" if len(said) > ROOM else ""
    return f"{'; '.join(said[:ROOM])}{more}." if said else ""


def _table(
    tables: Tables, measure: str, here: dict[str, list[str]], gaps: dict[str, dict[str, Gap | None]]
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("All", "All areas", *(figure(tables.estimate(s, measure)) for s in tables.names))]
    for group, found in here.items():
        for level in found:
            seen = (figure(tables.estimate(s, measure, group, level)) for s in tables.names)
            rows.append((GROUPS[group], level_words(group, level), *seen))
        rows.append((GROUPS[group], "Gap", *(_gap_cell(group, one) for one in gaps[group].values())))
    return rows


def _gap_cell(group: str, one: Gap | None) -> str:
    if one is None:
        return "no gap to tell"
    return f"{one.said()}\n{level_words(group, one.level)} minus {level_words(group, one.other)}"
