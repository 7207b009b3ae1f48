"""The sheet to print and take along: the headlines of every scenario on one page."""

from __future__ import annotations

from sim.measures.headlines import headlines
from sim.report.tables import ENGLAND, Tables
from sim.report.words import name
from sim.report.words.selection import in_panels
from sim.report.workbook.book import Book, Cell, Column, on_paper

NAME = "One page"
COST = "total_cost"
MOST = 5  # scenarios that a page holds


def one_page(book: Book, tables: Tables) -> None:
    """Families, calls, burden and whole cost: mean and 95 % interval of each scenario, of many the baseline and those
    with the least and the most unmet demand."""
    shown = list(dict.fromkeys([tables.baseline, *in_panels(tables, MOST)]))
    wanted = [one for place in ("page", "cards") for one in headlines(place)]
    told = {
        (one.measure, group, level): (words, one.described.unit)
        for one in wanted
        for group, level, words in tables.told_of(one)
    }
    if COST in tables.measures:
        told.setdefault((COST, *ENGLAND), ("Whole cost, pounds a year", "GBP/year"))
    columns = [Column("Headline"), *(c for scenario in shown for c in _columns(scenario))]
    rows: list[tuple[Cell, ...]] = [
        (words, *(n for scenario in shown for n in tables.estimate(scenario, *of)[:3]))
        for of, (words, _) in told.items()
    ]
    note = (
        "Mean over replications, with both ends of its 95 % interval. Results of a model, not counts of what happened. "
        f"Baseline: {name(tables.baseline)}."
    )
    sheet = book.table(NAME, "The headlines", note, columns, rows, [unit for _, unit in told.values()])
    on_paper(sheet, pages_down=1)


def _columns(scenario: str) -> tuple[Column, ...]:
    return Column(name(scenario)), Column("95 % low"), Column("95 % high")
