"""Tables as CSV files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.cells import as_words, spelt

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = "biuf"  # kinds of columns that hold no words
FLOATS = "%.9g"  # nine digits: far below any interval, and no digit that depends on the order of a sum


def csv(table: pd.DataFrame) -> bytes:
    """A table as CSV: UTF-8, LF, nine digits, an empty cell for what is not known; words that stay words.

    Lines end with CR LF where a word holds a CR: without it nothing would be put in quotes.
    """
    words = {name: spelt(column, as_words) for name, column in table.items() if column.dtype.kind not in NUMBERS}
    spelt_out = table.assign(**words)
    text: str = spelt_out.to_csv(index=False, float_format=FLOATS, lineterminator="\n")
    if "\r" in text:
        text = spelt_out.to_csv(index=False, float_format=FLOATS, lineterminator="\r\n")
    return text.encode()
