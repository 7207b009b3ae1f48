"""The sheets of figures: England, differences, areas, clinicians and costs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.cells import each_row
from sim.measures.catalogue import CATALOGUE, why_not_comparable
from sim.measures.headlines import names
from sim.measures.verdicts import NOT_COMPARABLE
from sim.report.tables import ENGLAND, Estimate, Tables
from sim.report.words import VERDICT_WORDS, name
from sim.report.words.findings import place_words
from sim.report.words.supply import of_named_areas
from sim.report.workbook.book import Book, Cell, Column

if TYPE_CHECKING:
    import pandas as pd

MEAN = "mean over replications"
INTERVAL = (Column("95 % low"), Column("95 % high"))
YEAR = (Column("90 % one year low"), Column("90 % one year high"))
COUNT = (Column("n", "count"),)
WHICH = (
    "95 %: interval of the mean; 90 %: prediction interval of one period like the measured one; n: how many a figure "
    "is over, where a scenario decides that: such figures are not comparable."
)


def title(measure: str) -> str:
    """A measure as people read it."""
    return CATALOGUE[measure].title if measure in CATALOGUE else name(measure)


def numbers(estimate: Estimate) -> tuple[Cell, ...]:
    """Mean, both intervals, and how many it is over where a scenario decides that."""
    return estimate.mean, estimate.ci_low, estimate.ci_high, estimate.pi_low, estimate.pi_high, estimate.n


def summary(book: Book, tables: Tables) -> None:
    """A row for each measure of all areas together, the scenarios beside each other."""
    units = _units(tables, ENGLAND[0])
    columns = [Column("Measure"), Column("Unit")]
    for scenario in tables.names:
        columns.append(Column(f"{name(scenario)}: mean"))
        columns += [Column(f"{name(scenario)}: {c.head}", c.unit) for c in (*INTERVAL, *YEAR, *COUNT)]
    rows = [
        (title(m), unit, *(n for s in tables.names for n in numbers(tables.estimate(s, m))))
        for m, unit in units.items()
    ]
    book.table("Summary", f"{place_words(tables)}: every measure", WHICH, columns, rows, list(units.values()))


def comparison(book: Book, tables: Tables) -> None:
    """Every paired difference of England and of the roles, with its verdict."""
    found = tables.comparison[tables.comparison["group"].isin((ENGLAND[0], "role"))]
    note = f"Scenario minus {name(tables.baseline)}, on the same families; differences of shares in percentage points."
    if found.empty:
        note = "There is one scenario, so nothing is compared."
    _differences(book, "Comparison", "Paired differences", note, found)


def pairs(book: Book, tables: Tables) -> None:
    """The declared headlines of every two scenarios, where there are more than two."""
    if tables.pairs is not None:
        note = "Scenario minus the one before it; one family of verdicts with the headlines of the sheet Comparison."
        _differences(book, "Pairs", "Every two scenarios", note, tables.pairs)


def _differences(book: Book, sheet: str, heading: str, note: str, found: pd.DataFrame) -> None:
    columns = [
        *(Column(head) for head in ("Against", "Scenario", "Measure", "Level", "Unit", "Difference")),
        *INTERVAL, Column("Verdict"), Column("Why not comparable"), Column("p (Holm)", "p"),
        Column("Comparisons in the family", "count"), Column("95 % low, alone"), Column("95 % high, alone"),
    ]  # fmt: skip
    rows, units = [], []
    for row in each_row(found):
        measure = str(row.measure)
        verdict = NOT_COMPARABLE if why_not_comparable(measure) else str(row.verdict)
        rows.append(
            (
                name(str(row.baseline)), name(str(row.scenario)), title(measure), _level(row), str(row.unit),
                row.difference, row.ci_low, row.ci_high, VERDICT_WORDS.get(verdict, ""), why_not_comparable(measure),
                row.p_holm, row.family, row.alone_low, row.alone_high,
            )
        )  # fmt: skip
        units.append(str(row.unit))
    book.table(sheet, heading, note, columns, rows, units, frozen=3)


def areas(book: Book, tables: Tables) -> None:
    """A row for each area and scenario: headline measures with intervals, and what changes against the baseline."""
    headed, priced = names("areas"), _costs(tables, "area")
    units = {m: unit for m, unit in _units(tables, "area").items() if m in headed or m in priced}
    columns = [
        *(Column(head) for head in ("Area", "Name", "Region")), Column("Children", "children"),
        Column("Deaths a year", "deaths"), Column("Scenario"),
    ]  # fmt: skip
    for measure, unit in units.items():
        columns += [
            Column(f"{title(measure)} ({unit})", unit), Column("95 % low", unit), Column("95 % high", unit),
            Column("Difference", unit), Column("Verdict"),
        ]  # fmt: skip
    rows = [
        (*about, name(scenario), *(n for m in units for n in _of_area(tables, scenario, m, str(about[0]))))
        for about in tables.areas[["code", "name", "region", "children", "deaths_per_year"]].itertuples(index=False)
        for scenario in tables.names
    ]
    note = of_named_areas(tables)
    book.table("Areas", f"Areas: {MEAN}", note, columns, rows, frozen=2)


def families(book: Book, tables: Tables) -> None:
    """A row for each fate of the families of England, kinds of area, homes and areas; no sheet where none is known."""
    groups = (ENGLAND[0], "area_type", "rural", "deprivation", "region", "area")
    wanted = [m for m in _units(tables, ENGLAND[0]) if m.startswith(("fate_", "worst_three_fates"))]
    if wanted:
        note = f"Each family counts once, for the worst that happened to it. {WHICH}"
        _long(book, tables, "Families", "What became of the families", note, wanted, groups)


def clinicians(book: Book, tables: Tables) -> None:
    """A row for each role, scenario and measure of what people carry."""
    _long(
        book, tables, "Clinicians", "What clinicians carry, by role",
        f"Over the people of a role in each replication. {WHICH}", [*_units(tables, "role")], ("role",),
    )  # fmt: skip


def costs(book: Book, tables: Tables) -> None:
    """A row for each figure in pounds, of England, kinds of area, areas and roles."""
    groups = (ENGLAND[0], "region", "area_type", "area", "role")
    wanted = list(dict.fromkeys(m for group in groups for m in _costs(tables, group)))
    note = (
        "The whole cost is availability and sessions, posts to create, activity, and general and hospital services; a "
        f"part alone falls where another grows. Hours of goodwill have a shadow price and are in no sum. {WHICH}"
    )
    _long(book, tables, "Costs", "Costs", note if wanted else "This study holds no costs.", wanted, groups)


def _long(
    book: Book, tables: Tables, sheet: str, heading: str, note: str, wanted: list[str], groups: tuple[str, ...]
) -> None:  # fmt: skip
    """A sheet with a row for each scenario, level and measure."""
    heads = ("Scenario", "Of", "Level", "Measure", "Unit", "Mean")
    columns = [*(Column(head) for head in heads), *INTERVAL, *YEAR, *COUNT]
    chosen = tables.summary["measure"].isin(wanted) & tables.summary["group"].isin(groups)
    rows, units = [], []
    for row in tables.summary[chosen].itertuples(index=False):
        estimate = tables.estimate(str(row.scenario), str(row.measure), str(row.group), str(row.level))
        words = name(str(row.scenario)), name(str(row.group)), _level(row), title(str(row.measure))
        rows.append((*words, str(row.unit), *numbers(estimate)))
        units.append(str(row.unit))
    book.table(sheet, heading, note, columns, rows, units, frozen=4)


def _of_area(tables: Tables, scenario: str, measure: str, code: str) -> Iterator[Cell]:
    found = tables.estimate(scenario, measure, "area", code)
    yield from (found.mean, found.ci_low, found.ci_high)
    change = tables.difference(scenario, measure, "area", code)
    yield change.difference if scenario != tables.baseline else math.nan
    yield VERDICT_WORDS.get(change.verdict, "") if scenario != tables.baseline and change.known else ""


def _units(tables: Tables, group: str) -> dict[str, str]:
    """Unit of every measure of a group, in the order of the summary."""
    found = tables.summary.loc[tables.summary["group"] == group, ["measure", "unit"]].drop_duplicates()
    return dict(found.itertuples(index=False, name=None))


def _costs(tables: Tables, group: str) -> list[str]:
    return [measure for measure, unit in _units(tables, group).items() if unit.startswith("GBP")]


def _level(row: Any) -> str:
    """The level of a row as people read it; codes and names of areas stay as they are."""
    return name(str(row.level)) if row.group in ("role", "area_type") else str(row.level)
