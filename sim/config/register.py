"""The register of numbers: what kind each is, and by which law one that nobody knows may be another.

``configs/register/laws.csv`` has a row for every number of the shelf that a source or an assumption stands behind; a
test holds it to the parts. What stands behind a number is told beside the number itself.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from sim.config.shelf import configs_dir
from sim.config.values import value_at

UNKNOWN = "unknown"
KINDS = (
    UNKNOWN,  # of the world: it may be another, and somebody could find out
    "choice",  # of a service
    "numerics",  # of the simulation
    "verdict",  # of what counts as enough, or as a difference
    "definition",  # what a word means here, or a price or rule as published
    "follows",  # from others: solved, never drawn
)
LAWS = ("uniform", "triangular", "pert", "beta", "lognormal", "gamma", "whole", "dirichlet")
READ_AS = ("limits", "95 %", "quartiles")
DIRICHLET = "dirichlet"
UNCERTAINTY, LAWS_READ = "uncertainty", "laws"  # of what only a command knows of a study
TARGET = "calibration.died_outside_hospital_share"  # what g is solved for: an unknown that is no key of a scenario
ANYWAY, GOODWILL = "place.home_anyway", "place.goodwill_makes_home"


class Number(NamedTuple):
    """A number of the register. default: as shipped; of PERT and triangular laws the mode, of a lognormal the median,
    of beta, gamma and Dirichlet the mean. low, high: read as limits, the middle 95 % or the quartiles. group: numbers
    that are one unknown, by its first key, or the parts of a whole. correlation: of ranks with that first one, 0 for
    the parts of a whole. grade: of the evidence, A to C, R recalled, or assumed. range_assumed: why the range is not
    the one beside the number. who: could find out."""

    key: str
    kind: str
    law: str
    low: float
    high: float
    read_as: str
    default: float
    group: str
    correlation: float
    grade: str
    range_assumed: str
    who: str

    @property
    def leads(self) -> str:
        """The key of the unknown that this number is: its own, or that of the first of those tied to it."""
        return self.group if self.correlation else self.key


@cache
def register() -> Mapping[str, Number]:
    """Every number of the register by its key."""
    with (configs_dir() / "register" / "laws.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: _number(row) for row in csv.DictReader(file)}


def nature(key: str) -> str:
    """What kind of number a key is, a word of KINDS; empty for one that no part of the shelf states."""
    return register()[key].kind if key in register() else ""


def sum_of_laws() -> str:
    """SHA-256 (hex) of what draws follow from, beside the scenario: the laws, and the pairs of a and g."""
    files = (configs_dir() / "register" / "laws.csv", configs_dir() / "place" / "ridge.csv")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def at_draws(many: int) -> dict[str, str]:
    """What a study knows of the draws of what nobody knows: how many, and by which laws; nothing where none are."""
    return {UNCERTAINTY: str(many), LAWS_READ: sum_of_laws()} if many else {}


def unknowns() -> tuple[Number, ...]:
    """The numbers that nobody knows, in the order of the register."""
    return tuple(number for number in register().values() if number.kind == UNKNOWN)


def tied(key: str) -> int:
    """How many numbers are one unknown with one of them, with it. key: of the first of them."""
    return sum(one.leads == key for one in register().values())


def open_in(numbers: Mapping[str, Any]) -> tuple[Number, ...]:
    """The unknowns among the numbers that a run reads. numbers: by key, with their values.

    A number that the scenario sets to another value than the shipped one is not among them: it is the question asked.
    """
    return tuple(one for one in unknowns() if numbers.get(one.key) == one.default)


def repaired(changes: Mapping[str, float], config: dict[str, Any]) -> dict[str, float]:
    """Changes with what must go with them: parts of a whole add up as before, and no chance is above the one that it
    is a part of. config: the composed configuration that they change."""
    found = dict(changes)

    def at(key: str) -> float:
        return found[key] if key in found else _at(config, key)

    for group in dict.fromkeys(register()[key].group for key in changes if _of_a_whole(key)):
        found |= _added_up(group, found, config)
    for key in list(found):
        for lesser, most in _above(key):
            limit = most(at)
            if limit < at(lesser):
                found[lesser] = limit
    return found


def _number(row: dict[str, str]) -> Number:
    low, high, default, correlation = (float(row[name] or "nan") for name in ("low", "high", "default", "correlation"))
    return Number(
        row["key"], row["kind"], row["law"], low, high, row["read_as"], default, row["group"],
        correlation if row["correlation"] else 0.0, row["grade"], row["range_assumed"], row["who_could_find_out"],
    )  # fmt: skip


def _of_a_whole(key: str) -> bool:
    return key in register() and register()[key].law == DIRICHLET


def parts_of(group: str) -> tuple[str, ...]:
    """The keys of the parts of a whole."""
    return tuple(key for key, number in register().items() if number.group == group and number.law == DIRICHLET)


def _added_up(group: str, changes: Mapping[str, float], config: dict[str, Any]) -> dict[str, float]:
    """All parts of a whole: those that are not changed share what is left as they shared it before."""
    before = {key: _at(config, key) for key in parts_of(group)}
    changed = {key: changes[key] for key in before if key in changes}
    total, said = sum(before.values()), sum(changed.values())
    others = {key: value for key, value in before.items() if key not in changed}
    left = sum(others.values())
    if others and said < total and left > 0:
        return {key: value * (total - said) / left for key, value in others.items()}
    return {key: value * total / said for key, value in changed.items()} | dict.fromkeys(others, 0.0)


def _above(key: str) -> list[tuple[str, Any]]:
    """Of a chance that is a part of another: its key, and the most it may be when it or the other is changed."""
    part, _, name = key.rpartition(".")
    if name in ("p_emergency", "p_urgent"):
        return [(f"{part}.p_urgent", lambda at: 1 - at(f"{part}.p_emergency"))]
    if part.startswith("consequences.") and name in ("p_emergency_visit", "p_admission"):
        return [(f"{part}.p_admission", lambda at: at(f"{part}.p_emergency_visit"))]
    return []


def _at(config: dict[str, Any], key: str) -> float:
    return float(value_at(config, key))
