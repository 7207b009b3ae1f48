"""The sheets of what stands behind the figures: every number that was read, and the dictionary."""

from __future__ import annotations

import re

from sim.measures.dictionary import dictionary as entries
from sim.report.tables import Tables
from sim.report.words import name
from sim.report.workbook.book import Book, Column

RANGE = re.compile(r"\s*\[([^\[\],]+), ([^\[\],]+)\]\s*$")
GRADE = re.compile(r"\bgrade ([A-DR])\b")
GRADES = (
    "Grade: A measured in UK children or a rule in force, B in a similar population, C expert assumption, R told from "
    "memory and to be verified. Empty: an assumption, or worked out from other numbers."
)
KINDS = {"source": "source", "assumed": "assumption", "planner": "the planner's own"}


def assumptions(book: Book, tables: Tables) -> None:
    """A row for each number that the scenarios read; one row for all scenarios that share it."""
    heads = ("Key", "Value", "Unit", "Low", "High", "Kind", "Grade", "Source or reason", "Scenarios")
    of = tables.assumptions.fillna("").astype(str)
    rows = []
    for stated, users in of.groupby(["key", "value", "unit", "kind", "text"], sort=False)["scenario"]:
        key, value, unit, kind, text = map(str, stated)
        who = "all" if set(users) == set(tables.names) else ", ".join(map(name, dict.fromkeys(users)))
        said, low, high, grade = reading(text)
        rows.append(
            (key, number(value), unit, number(low), number(high), KINDS.get(kind, kind), grade, said, who)
        )  # fmt: skip
    book.table(
        "Assumptions", "Every number behind the figures", GRADES, [Column(head, "plain") for head in heads], rows
    )


def reading(text: str) -> tuple[str, str, str, str]:
    """A source or reason taken apart: its words, both ends of its range, and its grade, each empty if not said."""
    found, grade = RANGE.search(text), GRADE.search(text)
    low, high = (found[1], found[2]) if found else ("", "")
    return RANGE.sub("", text), low, high, grade[1] if grade else ""


def number(text: str) -> str | float:
    """A number where the text is one, the text where it is not (such as ``off``)."""
    try:
        return float(text)
    except ValueError:
        return text


def dictionary(book: Book, tables: Tables) -> None:
    """What each column of the CSV files, and each measure of this study, means."""
    heads = ("Table", "Name", "Unit", "Meaning", "Better", "Denominator", "Fixed or selected", "Part of")
    columns = [Column(head) for head in heads]
    note = "The same as dictionary.csv. Measures are values of the column measure in the other files."
    book.table("Dictionary", "What the words mean", note, columns, entries(tables.measures), frozen=2)
