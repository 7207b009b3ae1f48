"""How a table that is not there is spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from sim.config.words import did_you_mean


def no_table(where: object, name: object, known: Sequence[str]) -> str:
    """One line: where, the name asked for, and the names there are."""
    return f"{where}: no table {name!r}; {did_you_mean(str(name), known)}"
