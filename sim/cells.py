"""Words in the cells of CSV files, such that a spreadsheet keeps them as words and nothing is computed from them.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return for a formula. Such
words, which only a planner can have written, get an apostrophe in front; whoever reads them back takes it off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd

BEGINS_A_FORMULA = re.compile(r"'*[=+\-@\t\r].", re.DOTALL)
NEGATIVE = re.compile(r"-(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def as_words(said: str) -> str:
    """Words as a cell holds them. A negative number in words stays a number."""
    return f"'{said}" if BEGINS_A_FORMULA.match(said) and not NEGATIVE.fullmatch(said) else said


def as_said(cell: str) -> str:
    """The words that a cell holds."""
    return cell[1:] if cell.startswith("'") and BEGINS_A_FORMULA.match(cell) else cell


def spelt(column: pd.Series, how: Callable[[str], str]) -> pd.Series:
    """A column with the words in it spelt one way or the other; the column itself where that changes none."""
    changed = {said: cell for said in column.unique() if isinstance(said, str) and (cell := how(said)) != said}
    return column.map(lambda said: changed.get(said, said)) if changed else column


def each_row(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table one by one, with its columns as attributes of whatever kind each holds."""
    return iter(table.itertuples(index=False))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, each by the names of its columns."""
    return cast("list[dict[str, Any]]", table.to_dict("records"))
