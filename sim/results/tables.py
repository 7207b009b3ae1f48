"""Tables as CSV files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from sim.cells import as_said, as_words, spelt

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = "biuf"  # kinds of columns that hold no words
WORDS = (  # columns of words, also where every one of them looks like a number: a code, a level, an hour of the day
    *("scenario", "baseline", "measure", "unit", "group", "level", "verdict", "precision"),
    *("code", "name", "label", "region", "cluster", "area", "team", "role", "person", "key", "kind", "text"),
    *("high", "low", "worst"),  # of equity: levels
)
WHOLE = ("replication", "replications")  # columns of whole numbers; all other numbers are floats, whatever they are
FLOATS = "%.9g"  # nine digits: far below any interval, and no digit that depends on the order of a sum


def csv(table: pd.DataFrame) -> bytes:
    """A table as CSV: UTF-8, LF, nine digits, an empty cell for what is not known; words that stay words.

    Lines end with CR LF where a word holds a CR: without it nothing would be put in quotes.
    """
    words = {str(name): spelt(column, as_words) for name, column in table.items() if column.dtype.kind not in NUMBERS}
    numbers = {str(name): digits(column) for name, column in table.items() if column.dtype.kind == "f"}
    spelt_out = table.assign(**words, **numbers)
    text: str = spelt_out.to_csv(index=False, lineterminator="\n")
    if "\r" in text:
        text = spelt_out.to_csv(index=False, lineterminator="\r\n")
    return text.encode()


def digits(column: pd.Series) -> list[str]:
    """A column of floats as cells hold them: what pandas writes with ``float_format``, in a sixth of the time."""
    return ["" if number != number else FLOATS % number for number in column.tolist()]


def table(content: bytes) -> pd.DataFrame:
    """A CSV file of a study as a table: numbers as numbers, words as they were said; an empty cell is NaN among numbers
    and an empty word among words."""
    import pandas as pd

    head = content.partition(b"\n")[0].decode().rstrip("\r").split(",")
    words = [name for name in head if name in WORDS]
    empty = {name: [""] for name in head if name not in words}
    found = pd.read_csv(
        io.BytesIO(content), keep_default_na=False, na_values=empty, dtype=dict.fromkeys(words, str), low_memory=False
    )
    said = [name for name in head if found[name].dtype.kind not in NUMBERS]
    numbers = [name for name in head if found[name].dtype.kind in "iu" and name not in WHOLE]
    found = found.astype(dict.fromkeys(numbers, float))
    return found.assign(**{name: spelt(found[name].fillna(""), as_said) for name in said})
