"""The workbook of a study: the same tables as the page, for those who go on in a spreadsheet."""

from __future__ import annotations

from sim.report.tables import Tables

__all__ = ["workbook"]


def workbook(tables: Tables) -> bytes:
    """The workbook of a study; the same tables always give the same bytes."""
    from sim.report.workbook.about import about
    from sim.report.workbook.book import Book
    from sim.report.workbook.charts import charts
    from sim.report.workbook.closing_and_equity import assumptions_and_chance, closing, equity, flows, home_anyway
    from sim.report.workbook.figures import areas, clinicians, comparison, costs, families, pairs, summary
    from sim.report.workbook.numbers import assumptions, dictionary
    from sim.report.workbook.one_page import one_page

    book = Book(tables.study["title"])
    figures = (
        one_page,
        summary,
        charts,
        families,
        flows,
        home_anyway,
        assumptions_and_chance,
        comparison,
        pairs,
        areas,
        equity,
        clinicians,
        costs,
        closing,
    )
    for sheet in (about, *figures, assumptions, dictionary):
        sheet(book, tables)
    return book.content()
