"""The first sheet: what was asked, how it was run, and which interval is what."""

from __future__ import annotations

from sim.report.tables import Tables
from sim.report.words import name, one_period, without_twins
from sim.report.words.answer import answer
from sim.report.words.captions import driven_by, period, study_title
from sim.report.workbook.book import Book, give_room, on_paper

WIDTHS = (30, 100)  # characters of both columns
INTERVALS = "95 % interval: how well a mean is known. More replications make it narrower."
SIMULTANEOUS = (
    "95 % interval of a difference: simultaneous; in 95 % of studies all intervals of one family of comparisons hold."
)
VERDICT = (
    "Verdict: better, worse or no material difference only where it is so at 5 % over the whole family (Holm); "
    "else not decided."
)
SHARES = (
    "Shares of calls are of the potential calls of families who want to be at home, which no scenario can change; "
    "they are between 0 and 1 in the cells and shown as per cent."
)
SHEETS = {
    "One page": "the headlines of every scenario, to be printed and taken along",
    "Summary": "every measure for all areas together, scenario beside scenario, with both intervals",
    "Charts": "the figures to look at first",
    "Families": "what became of the families, as shares and a year, of England, kinds of area, homes and areas",
    "Flows of families": "what became of the same families in each scenario, from fate to fate",
    "Over who goes home": "goodwill withdrawn over how many families go home with nobody on call, which nobody knows",
    "Comparison": "paired differences from the baseline, with verdicts",
    "Pairs": "the declared headlines of every two scenarios, where there are more than two",
    "Areas": "headline measures of each area",
    "Equity": "gaps between areas and groups beyond chance, and who is worse off",
    "Clinicians": "what each role carries: mean, percentiles and the worst-off person",
    "Costs": "every figure in pounds",
    "Closing nights": "what an uncovered child-night closed costs",
    "Assumptions": "every number behind the figures, with range, grade, and source or reason",
    "Dictionary": "what each column and each measure means",
}
LIMITS = (
    "A model for planning services: it says nothing about any one family. Which areas commission what is not public; "
    "without your own table a figure for a named area describes an area like it."
)


def about(book: Book, tables: Tables) -> None:
    """Questions and answer, how the study was run, how to read it, what the sheets hold, and its limits."""
    study, asked = tables.study, without_twins(tables.names)
    sheet = book.book.add_worksheet("Read me")
    sheet.write_string(0, 0, study_title(tables), book.title)
    rows: list[tuple[str, str]] = [
        *((name(one["name"]), one["question"]) for one in tables.scenarios if one["name"] in asked),
        *((("" if number else "Answer"), sentence) for number, sentence in enumerate(answer(tables))),
        ("Baseline", name(tables.baseline)),
        ("How it was run", f"{period(tables)}, seed {study['seed']}"),
        ("Version", f"oncall-sim {study['version']}"),
        *_fingerprints(study["fingerprint"]),
        ("Numbers behind it", driven_by(tables)),
        *(("Rows of tables", one["line"]) for one in study.get("tables", [])),
        ("Intervals", INTERVALS),
        ("", f"90 % prediction interval: what {one_period(study['weeks'])} may bring; more do not narrow it."),
        ("", SIMULTANEOUS),
        ("", VERDICT),
        ("Shares", SHARES),
        *((f"Sheet {sheet_name}", holds) for sheet_name, holds in SHEETS.items() if _there(sheet_name, tables)),
        ("Limits", LIMITS),
    ]
    for row, (what, said) in enumerate(rows, start=2):
        give_room(sheet, row, (what, said), WIDTHS)
        sheet.write_string(row, 0, what, book.head if what else book.text)
        sheet.write_string(row, 1, said, book.text)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(2, 0)
    on_paper(sheet, across=False)


def _fingerprints(of: str | dict[str, str]) -> list[tuple[str, str]]:
    """Of the study, or of each scenario."""
    if isinstance(of, str):
        return [("Fingerprint", of)]
    return [(f"Fingerprint, {name(scenario)}", value) for scenario, value in of.items()]


def _there(sheet: str, tables: Tables) -> bool:
    """Whether the study has what a sheet shows."""
    families = tables.summary if "fate_whole_share" in tables.measures else None
    of = {
        "Equity": tables.equity, "Closing nights": tables.costs, "Pairs": tables.pairs, "Families": families,
        "Flows of families": tables.flows, "Over who goes home": tables.goodwill_range,
    }  # fmt: skip
    return of.get(sheet, tables.summary) is not None
