"""The sheets of figures worked out from others: flows of families, goodwill withdrawn over what nobody knows, what
closing a child-night costs, and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.tables import Tables
from sim.report.words import name
from sim.report.words.home_anyway import explained
from sim.report.workbook.book import Book, Column
from sim.report.workbook.figures import title

if TYPE_CHECKING:
    import pandas as pd

MONEY, PRICE, NIGHTS = "GBP a year", "GBP a night", "nights a year"
OF_CLOSING = {  # column of costs.csv -> heading and unit; without a unit it holds words
    "scenario": ("Scenario", ""), "group": ("Of", ""), "level": ("Level", ""), "cost": ("Cost", ""),
    "closes": ("Closes", ""),
    **{c: (head, MONEY) for c, head in (
        ("cost_difference", "GBP a year more"), ("cost_low", "95 % low"), ("cost_high", "95 % high"))},
    **{c: (head, NIGHTS) for c, head in (
        ("closed", "Child-nights a year closed"), ("closed_low", "95 % low"), ("closed_high", "95 % high"))},
    **{c: (head, PRICE) for c, head in (
        ("gbp_per_night", "GBP a night closed"), ("gbp_low", "95 % low"), ("gbp_high", "95 % high"))},
    "says": ("Says", ""),
}  # fmt: skip
OF_EQUITY = {  # column of equity.csv -> heading
    "scenario": "Scenario", "measure": "Measure", "unit": "Unit", "group": "Between", "high": "High end",
    "low": "Low end", "gap": "Gap beyond chance", "ci_low": "95 % low", "ci_high": "95 % high",
    "difference": "Change of the gap", "difference_low": "95 % low", "difference_high": "95 % high",
    "verdict": "Verdict", "worst": "Worst off by the change", "worst_difference": "Their change",
    "worst_low": "95 % low", "worst_high": "95 % high", "levelling_down": "Levelling down",
}  # fmt: skip
A_YEAR = "families a year"
OF_FLOWS = {  # column of flows.csv -> heading and unit; without a unit it holds words
    "scenario": ("Scenario", ""), "from": ("In the baseline", ""), "to": ("In the scenario", ""),
    "families_per_year": ("Families a year", A_YEAR), "ci_low": ("95 % low", A_YEAR), "ci_high": ("95 % high", A_YEAR),
    "share": ("Share of families", "share"),
}  # fmt: skip
OF_HOME_ANYWAY = {  # column of goodwill_range.csv -> heading and unit; without a unit that of the row, or words
    "scenario": ("Scenario", ""), "measure": ("Measure", ""), "home_anyway": ("Go home anyway (a)", "plain"),
    "goodwill_makes_home": ("g of the baseline", "plain"), "replications": ("Replications", "count"),
    "baseline_mean": ("Baseline", ""), "scenario_mean": ("Scenario's figure", ""),
    "difference": ("Difference", ""), "alone_low": ("95 % low", ""), "alone_high": ("95 % high", ""),
}  # fmt: skip
OF_UNCERTAINTY = {  # column of uncertainty.csv -> heading and unit; without a unit that of the row, or words
    "of": ("Of", ""), "scenario": ("Scenario", ""), "measure": ("Measure", ""), "mean": ("Figure", ""),
    "chance_low": ("Chance, low", ""), "chance_high": ("Chance, high", ""),
    "assumptions_low": ("Assumptions, low", ""), "assumptions_high": ("Assumptions, high", ""),
    "chance_share": ("Chance, of all variance", "share"), "verdict": ("Verdict", ""),
    "same_sign": ("Draws of the same sign", "share"), "if_key": ("Hangs on", ""), "if_side": ("Side", ""),
    "if_value": ("Border", "plain"),
}  # fmt: skip
OF_DECIDES = {  # column of decides.csv -> heading and unit; without a unit that of the row, or words
    "of": ("Of", ""), "scenario": ("Scenario", ""), "measure": ("Measure", ""), "key": ("Number", ""),
    "default": ("As shipped", "plain"), "low": ("Low", "plain"), "high": ("High", "plain"),
    "at_low": ("Figure at low", ""), "at_high": ("Figure at high", ""), "shape": ("It", ""),
    "share": ("Of the variance", "share"), "grade": ("Grade", ""), "text": ("What stands behind it", ""),
    "who_could_find_out": ("Who could find out", ""),
}  # fmt: skip
OF_STRUCTURE = {  # column of structure.csv -> heading and unit; without a unit that of the row, or words
    "alternative": ("Rule", ""), "question": ("Of what", ""), "of": ("Of", ""), "baseline": ("Against", ""),
    "scenario": ("Scenario", ""), "measure": ("Measure", ""), "mean": ("Figure", ""), "chance_low": ("95 % low", ""),
    "chance_high": ("95 % high", ""), "goodwill_makes_home": ("g", "plain"), "sign": ("Sign", ""),
    "means": ("What the rule says", ""),
}  # fmt: skip
PARTIAL = "Total cost: the whole cost; standing cost: availability and sessions alone, which is only a part of it."
WORDS = ("scenario", "cost", "closes", "group", "says", "verdict", "from", "to", "alternative", "baseline")


def closing(book: Book, tables: Tables) -> None:
    """Pounds more than the baseline over child-nights closed; no sheet in a study made without them."""
    if tables.costs is not None:
        columns = [Column(head, unit) for head, unit in OF_CLOSING.values()]
        note = f"Against {name(tables.baseline)}, on the same children; empty where nothing is decided. {PARTIAL}"
        _sheet(book, "Closing nights", "What an uncovered child-night closed costs", note, tables.costs, columns,
               list(OF_CLOSING))  # fmt: skip


def equity(book: Book, tables: Tables) -> None:
    """Gaps corrected for chance, what a scenario does to them, and who is worse off; no sheet where there are none."""
    if tables.equity is not None:
        columns = [Column(head) for head in OF_EQUITY.values()]
        note = "A gap is what is left of the distance between both ends after what identical levels would show."
        _sheet(book, "Equity", "Gaps between areas and groups", note, tables.equity, columns, list(OF_EQUITY))


def flows(book: Book, tables: Tables) -> None:
    """What becomes of the same families elsewhere, from fate to fate; no sheet in a study without it."""
    if tables.flows is not None and len(tables.flows):
        columns = [Column(head, unit) for head, unit in OF_FLOWS.values()]
        note = f"By the worst that happened to each family, in {name(tables.baseline)} and in the scenario."
        _sheet(book, "Flows of families", "The same families in another scenario", note, tables.flows, columns,
               list(OF_FLOWS))  # fmt: skip


def home_anyway(book: Book, tables: Tables) -> None:
    """A scenario without goodwill at each a that was simulated; no sheet in a study without such a scenario."""
    if tables.goodwill_range is not None:
        columns = [Column(head, unit) for head, unit in OF_HOME_ANYWAY.values()]
        _sheet(book, "Over who goes home", "Goodwill withdrawn, over who goes home anyway", explained(tables),
               tables.goodwill_range, columns, list(OF_HOME_ANYWAY))  # fmt: skip


def assumptions_and_chance(book: Book, tables: Tables) -> None:
    """Both intervals of every headline, the numbers that decide it, and what it is under other structures.

    No sheets in a study that looked at neither.
    """
    drawn = "Over joint draws of every number that nobody knows, chance taken out; a difference is paired."
    ruled = "One other rule at a time, on the same families and chance. Sign: of a difference decided as shipped."
    for sheet, heading, note, table, wanted in (
        ("What nobody knows", "Chance and assumptions", drawn, tables.uncertainty, OF_UNCERTAINTY),
        ("What decides", "At most three numbers that decide each figure", drawn, tables.decides, OF_DECIDES),
        ("Structure", "Headlines under other rules", ruled, tables.structure, OF_STRUCTURE),
    ):
        if table is not None and len(table):
            columns = [Column(head, unit) for head, unit in wanted.values()]
            _sheet(book, sheet, heading, note, table, columns, list(wanted))


def _sheet(
    book: Book, sheet: str, heading: str, note: str, table: pd.DataFrame, columns: list[Column], wanted: list[str]
) -> None:  # fmt: skip
    """Some columns of a table, with names in place of codes."""
    units = table["unit"].astype(str).tolist() if "unit" in table else []
    rows = [
        tuple(
            title(cell) if column == "measure" else name(cell) if column in WORDS else cell
            for column, cell in zip(wanted, row, strict=True)
        )
        for row in table[wanted].itertuples(index=False)
    ]
    book.table(sheet, heading, note, columns, rows, units, frozen=2)
