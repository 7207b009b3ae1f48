"""Laws of one's own in the place of those of the register, for some of the unknowns: a table in one of three forms.

- ``key``, ``law``, ``low``, ``high``, ``read_as``, and what the law is told by: ``mode`` (PERT, triangular, whole),
  ``mean`` (beta, gamma), ``median`` (lognormal), or ``default`` of any: rows as in the register;
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
ENDS = np.array([0, -1])  # of that grid: a law without ends is not looked at beyond
MIDDLES = {
    **{"triangular": "mode", "pert": "mode", "whole": "mode"},
    **{"beta": "mean", "gamma": "mean", "lognormal": "median"},
}  # what is said of a law beside its range; ``default``, as in the register, is that of any
SLACK = 1e-6  # of the width of a range: a value that is as far outside is its end
BY_SPREAD = ("beta", "lognormal", "gamma")  # laws without ends: their range is the middle of them
OUT_OF = "a draw of one's own"  # names the order in which rows of a table are taken


def read_laws(said: str, many: int, seed: int) -> Posterior:
    """The draws that a table gives. many: that are wanted. Raises BadInput."""
    path = Path(said).expanduser()
    if not path.is_file():
        raise BadInput(f"laws = {path}: no such table; `oncall-sim calibrate` writes posterior.csv")
    columns = _columns(path)
    if set(COLUMNS) <= columns:
        return read_posterior(path, many)
    parts = _of_laws(path, many, seed) if "key" in columns else _of_draws(path, columns, many, seed)
    return Posterior(parts, hashlib.sha256(path.read_bytes()).hexdigest())


def part_of(number: Number, values: Numbers) -> Numbers:
    """Where in its law values of an unknown lie; an end beyond it."""
    return np.interp(values, quantile(number, GRID), GRID)


def _columns(path: Path) -> set[str]:
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as text:
        return {name.strip() for name in next(csv.reader(text), [])}


def _of_laws(path: Path, many: int, seed: int) -> dict[str, Numbers]:
    """A table in the form of the register."""
    found: dict[str, Numbers] = {}
    for row in read_rows(path, ("key", "law", "low", "high", "read_as"), (*dict.fromkeys(MIDDLES.values()), "default")):
        prior = _unknown(row, row.needed("key"))
        if prior.key in found:
            raise row.bad("key", "stands there twice", "take one of the rows out")
        own = _law(row, prior)
        values = quantile(own, places(prior.key, many, seed))
        found[prior.key] = _inside(row.file, prior, values)
    return found


def _law(row: Row, prior: Number) -> Number:
    law = row.word("law", [one for one in LAWS if one != DIRICHLET]) or prior.law
    readings = READ_AS[1:] if law in BY_SPREAD else READ_AS[:1]
    read_as = row.word("read_as", READ_AS) or readings[0]
    if read_as not in readings:
        raise row.bad("read_as", f"the range of a {law} law is read as {' or '.join(readings)}", "correct the row")
    low, high = (row.needed_number(name, -1e12, 1e12) for name in ("low", "high"))
    if not low < high:
        raise row.bad("high", "must be above low", "correct the range")
    default = (low + high) / 2 if law == "uniform" else _middle(row, law, low, high)
    own = prior._replace(law=law, low=low, high=high, read_as=read_as, default=default)
    _refuse_no_law(row, own)
    return own


def _middle(row: Row, law: str, low: float, high: float) -> float:
    """The mode, mean or median of a law, whichever it is told by. Raises BadInput."""
    wanted = MIDDLES[law]
    for other in dict.fromkeys(MIDDLES.values()):
        if other != wanted and row.cells.get(other):
            raise row.bad(other, f"a {law} law is told by its {wanted}", f"write that, in a column {wanted}")
    found = [value for name in (wanted, "default") if (value := row.number(name, low, high)) is not None]
    if not found:
        raise row.bad(wanted, "missing", "only a uniform law has none")
    return found[0]


def _refuse_no_law(row: Row, own: Number) -> None:
    """Raises BadInput for a range that no law of its kind has."""
    if own.law in BY_SPREAD and own.low <= 0 and (own.low < 0 or own.law != "beta" or own.default == 0):
        raise row.bad("low", f"a {own.law} law lies above 0", "raise it, or write pert and limits")
    if own.law == "beta" and (own.high > 1 or own.default == 1):
        raise row.bad("high", "a beta law is of a share: below 1", "write a share, not per cent, or pert and limits")
    if not np.isfinite(quantile(own, GRID)).all():
        raise row.bad("high", f"a {own.law} law is never so wide", "narrow the range, or write pert and limits")


def _of_draws(path: Path, columns: set[str], many: int, seed: int) -> dict[str, Numbers]:
    """A table of joint draws. As many rows as are wanted are taken, each about as often as any other."""
    keys = sorted(columns - {"draw"})
    if not keys:
        raise BadInput(f"{path.name} line 1: no number of the register; write a column for each, or key and law")
    rows = read_rows(path, tuple(keys), ("draw",))
    taken = np.minimum((places(OUT_OF, many, seed) * len(rows)).astype(np.int64), len(rows) - 1)
    found: dict[str, Numbers] = {}
    for key in keys:
        if key == GOODWILL:
            found[key] = np.array([row.needed_number(key, 0.0, 1.0) for row in rows])[taken]
            continue
        known = _known(f"{path.name} line 1: {key}", key)
        whole = known.law == "whole"
        most = (known.low, known.high) if whole else (-1e12, 1e12)
        values = np.array([row.needed_number(key, *most, whole) for row in rows])
        found[key] = _inside(path.name, known, values[taken])
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
    low, high = (number.low, number.high) if number.read_as == READ_AS[0] else map(float, quantile(number, GRID[ENDS]))
    room = SLACK * (high - low)
    if values.min() < low - room or values.max() > high + room:
        said = f"{values.min():.6g} to {values.max():.6g}"
        rule = f"beyond what the register says it could be ({low:.4g} to {high:.4g})"
        raise BadInput(f"{file}: {number.key}: {said} is {rule}; change configs/register/laws.csv first")
    return part_of(number, values)
