"""What a run of cases came to, as a table: a line for each comparison, and how weak the run is."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim.experiment.verify import AGREES, DIFFERS, NOT_LISTED, TOO_WEAK, UNDERPOWERED, Compared

COARSE = 0.25  # of the value: comparisons that see only larger errors are counted below the table


def text(compared: Sequence[Compared]) -> str:
    """The table: a line for each comparison."""
    head = ("case", "measure", "expected", "estimate", "standard error", "t", "critical t", "sees from", "verdict")
    rows = [head, *(_cells_of(one) for one in compared)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    counts = [
        f"{sum(one.verdict == word for one in compared)} {word}"
        for word in (AGREES, DIFFERS, TOO_WEAK, UNDERPOWERED, NOT_LISTED)
        if word == AGREES or any(one.verdict == word for one in compared)
    ]
    return "\n".join([*lines, f"{len(compared)} comparisons: {', '.join(counts)}", power(compared)])


def power(compared: Sequence[Compared]) -> str:
    """How weak a run of cases is, in one line."""
    sees = [one.sees for one in compared]
    coarse = sum(not one <= COARSE for one in sees)
    middle = f"{float(np.median(sees)):.1%}" if sees else "-"
    return f"Smallest error that would have been seen: median {middle} of the value; above {COARSE:.0%} in {coarse}"


def _cells_of(one: Compared) -> tuple[str, ...]:
    figures = [f"{value:.6g}" for value in (one.expected, one.estimate)]
    t, critical = ("" if math.isnan(value) else f"{value:.2f}" for value in (one.t, one.critical))
    if one.known.method == "within":
        critical = f"within {one.known.within:g}"
    return one.case, one.known.name, *figures, f"{one.error:.3g}", t, critical, f"{one.sees:.1%}", one.verdict
