"""What a calibration leaves of the unknowns, as draws of its own: a table that other studies draw from.

Of every unknown that the calibration kept, where in its law of the register each draw lies; draws of one row go
together. Unknowns that are not in the table are drawn by their laws as ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.config.register import DIRICHLET, GOODWILL, LAWS_READ, UNKNOWN, register, sum_of_laws
from sim.config.rows import Row, read_rows
from sim.errors import BadInput
from sim.experiment.draws import Draws, draw, quantile

Numbers = NDArray[np.float64]

COLUMNS = ("draw", "key", "value", "part")
CLOSE = 1e-6  # a value as it follows from the register's law, relative


class Posterior(NamedTuple):
    """parts: by unknown, where in its law each of many draws lies. sum: SHA-256 of the table; empty: of none."""

    parts: Mapping[str, Numbers]
    sum: str = ""

    @property
    def many(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.parts.values()), ()))

    def identity(self) -> dict[str, str]:
        """What a study knows of the laws that it draws by."""
        laws = sum_of_laws()
        return {LAWS_READ: hashlib.sha256(f"{laws} {self.sum}".encode()).hexdigest() if self.sum else laws}

    def drawn(self, many: int, seed: int) -> Draws:
        """Joint draws of everything that nobody knows, the first of the table and laws for all others."""
        return draw(many, seed, {key: parts[:many] for key, parts in self.parts.items()})


PRIOR = Posterior({})


def rows_of(keys: Sequence[str], draws: Draws) -> list[tuple[int, str, float, float]]:
    """The table of some unknowns, by draw and key."""
    return [
        (number + 1, key, float(draws.values[key][number]), float(draws.parts[key][number]))
        for number in range(draws.many)
        for key in keys
    ]


def read_posterior(path: Path, many: int) -> Posterior:
    """The draws of a table that a calibration wrote. many: draws that are wanted. Raises BadInput."""
    found: dict[str, dict[int, float]] = {}
    for row in read_rows(path, COLUMNS, ()):
        key = row.needed("key")
        if key != GOODWILL and (key not in register() or register()[key].kind != UNKNOWN):
            raise row.bad("key", "no unknown of the register", "calibrate again")
        if key != GOODWILL and register()[key].leads != key:
            raise row.bad("key", f"it is one unknown with {register()[key].leads}", "give that one, and it moves along")
        number, part = row.needed_number("draw", 1, 1e6, whole=True), row.needed_number("part", 0, 1)
        if key != GOODWILL and not 0 < part < 1:
            raise row.bad("part", "lies between 0 and 1, at neither end", "calibrate again")
        _as_the_register_has_it(row, key, part)
        if found.setdefault(key, {}).setdefault(int(number), part) != part:
            raise row.bad("draw", f"{key} has another value in this draw already", "take one of the rows out")
    there = {key: sorted(draws) for key, draws in found.items()}
    first = next(iter(there.values()))
    if wrong := next((key for key, draws in there.items() if draws != first), None):
        raise BadInput(f"{path.name}: {wrong} has other draws than {next(iter(there))}; every draw needs every number")
    if len(first) < many:
        said = f"has {len(first)} draws, {many} are asked for"
        raise BadInput(f"laws = {path}: {said}; take at most {len(first)}, or calibrate with more draws")
    parts = {key: np.array([found[key][number] for number in numbers]) for key, numbers in there.items()}
    return Posterior(parts, hashlib.sha256(path.read_bytes()).hexdigest())


def _as_the_register_has_it(row: Row, key: str, part: float) -> None:
    """Raises BadInput where the law of the register gives another value: it has changed since."""
    if key == GOODWILL:
        by_law = part
    elif register()[key].law == DIRICHLET:
        return
    else:
        by_law = float(quantile(register()[key], np.array([part]))[0])
    value = row.needed_number("value", -1e12, 1e12)
    if abs(value - by_law) > CLOSE * max(abs(by_law), 1.0):
        raise row.bad("value", f"the register's law gives {by_law:.6g} there: it has changed since", "calibrate again")
