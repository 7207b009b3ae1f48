"""Laws of one's own in the place of those of the register, for some of the unknowns: a table in one of three forms.

- ``key``, ``law``, ``low``, ``high``, ``mode`` (or ``mean``, ``default``), ``read_as``: rows as in the register;
- a column for each number, a row for each joint draw: what another program's calibration left;
- ``draw``, ``key``, ``value``, ``part``: as ``oncall-sim calibrate`` writes it.

Whatever the form, what comes of it is where in its law of the register each draw lies: numbers that are tied to one
that is in the table move along with it, and nothing leaves the range of the register.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from sim.config.register import DIRICHLET, GOODWILL, LAWS, READ_AS, UNKNOWN, Number, register
from sim.config.rows import Row, read_rows
from sim.config.words import did_you_mean
from sim.errors import BadInput
from sim.experiment.draws import places, quantile
from sim.experiment.posterior import COLUMNS, Posterior, read_posterior

Numbers = NDArray[np.float64]

GRID = expit(np.linspace(-18, 18, 6001))  # of a law, fine at its ends, to find where in it a value lies
MIDDLES = ("mode", "mean", "default")
SLACK = 1e-6  # of the width of a range: a value that is as far outside is its end
OUT_OF = "a draw of one's own"  # names the order in which rows of a table are taken


def read_laws(said: str, many: int, seed: int) -> Posterior:
    """The draws that a table gives. many: that are wanted. Raises BadInput."""
    path = Path(said).expanduser()
    if not path.is_file():
        raise BadInput(f"laws = {path}: no such table; `oncall-sim calibrate` writes posterior.csv")
    columns = _columns(path)
    if set(COLUMNS) <= columns:
        return read_posterior(path, many)
    parts = _of_laws(path, columns, many, seed) if "key" in columns else _of_draws(path, columns, many, seed)
    return Posterior(parts, hashlib.sha256(path.read_bytes()).hexdigest())


def part_of(number: Number, values: Numbers) -> Numbers:
    """Where in its law values of an unknown lie; an end beyond it."""
    return np.interp(values, quantile(number, GRID), GRID)


def _columns(path: Path) -> set[str]:
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as text:
        return {name.strip() for name in next(csv.reader(text), [])}


def _of_laws(path: Path, columns: set[str], many: int, seed: int) -> dict[str, Numbers]:
    """A table in the form of the register."""
    middle = next((name for name in MIDDLES if name in columns), MIDDLES[0])
    found: dict[str, Numbers] = {}
    for row in read_rows(path, ("key", "law", "low", "high", middle, "read_as")):
        prior = _unknown(row, row.needed("key"))
        if prior.key in found:
            raise row.bad("key", "stands there twice", "take one of the rows out")
        own = _law(row, prior, middle)
        values = quantile(own, places(prior.key, many, seed))
        found[prior.key] = _inside(row.file, prior, values)
    return found


def _law(row: Row, prior: Number, middle: str) -> Number:
    law = row.word("law", [one for one in LAWS if one != DIRICHLET]) or prior.law
    read_as = row.word("read_as", READ_AS) or READ_AS[0]
    low, high = (row.needed_number(name, -1e12, 1e12) for name in ("low", "high"))
    if not low < high:
        raise row.bad("high", "must be above low", "correct the range")
    default = row.number(middle, low, high)
    if default is None and law != "uniform":
        raise row.bad(middle, "missing", "only a uniform law has none")
    return prior._replace(
        law=law, low=low, high=high, read_as=read_as, default=(low + high) / 2 if default is None else default
    )


def _of_draws(path: Path, columns: set[str], many: int, seed: int) -> dict[str, Numbers]:
    """A table of joint draws. As many rows as are wanted are taken, each about as often as any other."""
    keys = sorted(columns - {"draw"})
    rows = read_rows(path, tuple(keys), ("draw",))
    taken = np.minimum((places(OUT_OF, many, seed) * len(rows)).astype(np.int64), len(rows) - 1)
    found: dict[str, Numbers] = {}
    for key in keys:
        values = np.array([row.needed_number(key, -1e12, 1e12) for row in rows])[taken]
        if key == GOODWILL:
            found[key] = np.clip(values, 0.0, 1.0)
        else:
            found[key] = _inside(path.name, _known(f"{path.name} line 1: {key}", key), values)
    return found


def _unknown(row: Row, key: str) -> Number:
    return _known(f"{row.file} line {row.line}: key = {key}", key)


def _known(where: str, key: str) -> Number:
    """An unknown of the register with a law of its own. Raises BadInput."""
    known: Mapping[str, Number] = {name: one for name, one in register().items() if one.kind == UNKNOWN}
    if key not in known:
        raise BadInput(f"{where}: no unknown of the register; {did_you_mean(key, [*known])}")
    one = known[key]
    if one.law == DIRICHLET:
        raise BadInput(f"{where}: a part of a whole, which has no law of its own; take it out")
    if one.leads != key:
        raise BadInput(f"{where}: it is one unknown with {one.leads}; give that one, and it moves along")
    return one


def _inside(file: str, number: Number, values: Numbers) -> Numbers:
    """Where in its law of the register values lie. Raises BadInput for one outside that law."""
    room = SLACK * (number.high - number.low)
    bounded = number.read_as == READ_AS[0]
    if bounded and (values.min() < number.low - room or values.max() > number.high + room):
        said = f"{values.min():.6g} to {values.max():.6g}"
        rule = f"beyond what the register says it could be ({number.low:g} to {number.high:g})"
        raise BadInput(f"{file}: {number.key}: {said} is {rule}; change configs/register/laws.csv first")
    return part_of(number, values)
