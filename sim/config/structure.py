"""The register of structures: which rules of the model could be others, each an alternative with a name.

``configs/register/structure.csv`` has a row for every alternative. It changes one word of the configuration, or what
is counted, and nothing else but g: g is solved anew, so that as many children die outside hospital as today.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sim.config.register import ANYWAY, GOODWILL, register
from sim.config.shelf import configs_dir
from sim.config.values import value_at
from sim.config.words import did_you_mean
from sim.errors import BadInput

STRUCTURE = "structure"  # of what only a command knows of a study
EVERY = "all"
SHARE = "_share"


class Alternative(NamedTuple):
    """Another rule in place of the shipped one. key, shipped, value: the word of the configuration and what it becomes;
    empty where no run changes. figures: a word of FIGURES. goodwill: g as solved for it, with the 95 % interval that
    chance leaves; None where no run changes. question: what the rule is of. means: what it says."""

    name: str
    key: str
    shipped: str
    value: str
    figures: str
    goodwill: tuple[float, float, float] | None
    question: str
    means: str


def as_they_are(measure: str) -> str:
    """The measure itself."""
    return measure


def of_calls_made(measure: str) -> str:
    """The same over the calls that families at home made; a name that no measure has where there is none."""
    return measure.replace(SHARE, f"{SHARE}_of_calls_made", 1)


FIGURES: dict[str, Callable[[str], str]] = {"": as_they_are, "of_calls_made": of_calls_made}


@cache
def alternatives() -> Mapping[str, Alternative]:
    """Every alternative of the register by its name."""
    with (configs_dir() / "register" / "structure.csv").open(encoding="utf-8", newline="") as file:
        return {row["alternative"]: _alternative(row) for row in csv.DictReader(file)}


def under_structures(names: Sequence[str]) -> dict[str, str]:
    """What a study knows of the alternatives that it is repeated under; nothing where none are. names: theirs, or
    ``all``. Raises BadInput for one that the register does not have."""
    known = alternatives()
    for name in names:
        if name not in (*known, EVERY):
            raise BadInput(f"{STRUCTURE} = {name}: no such alternative; {did_you_mean(name, [EVERY, *known])}")
    found = [name for name in known if EVERY in names or name in names]
    return {STRUCTURE: " ".join(found)} if found else {}


def at_alternative(one: Alternative, config: dict[str, Any], numbers: Mapping[str, float]) -> dict[str, Any]:
    """What changes in a plan: the word, and g where it follows; nothing in a scenario that has the word already.

    g follows where a scenario has the shipped a, g and rules; without g, or with its own, it keeps what it says.
    config: the composed configuration. numbers: that the run reads.
    """
    if not one.key or value_at(config, one.key) == one.value:
        return {}
    shipped = all(numbers.get(key) == register()[key].default for key in (ANYWAY, GOODWILL))
    if one.goodwill and shipped and is_shipped(config):
        return {one.key: one.value, GOODWILL: one.goodwill[0]}
    return {one.key: one.value}


def is_shipped(config: dict[str, Any]) -> bool:
    """Whether all rules that could be others are the shipped ones: those that g, and its ridge, are solved for."""
    return all(value_at(config, one.key) == one.shipped for one in alternatives().values() if one.key)


def not_solved(config: dict[str, Any], numbers: Mapping[str, float]) -> str:
    """That the shipped g stands beside a rule that it is not solved for, and what to do; empty where it does not."""
    others = [one for one in alternatives().values() if one.key and value_at(config, one.key) == one.value]
    if not others or any(numbers.get(key) != register()[key].default for key in (ANYWAY, GOODWILL)):
        return ""
    rules = ", ".join(f"{one.key} = {one.value}" for one in others)
    known = others[0].goodwill if len(others) == 1 else None
    remedy = f"write {GOODWILL}={known[0]:g}" if known else "`oncall-sim solve` with these keys gives another"
    return f"{rules}: {GOODWILL} = {numbers[GOODWILL]:g} is solved for the shipped rules; {remedy}"


def _alternative(row: Mapping[str, str]) -> Alternative:
    solved = row["goodwill_makes_home"], row["g_low"], row["g_high"]
    goodwill = (float(solved[0]), float(solved[1]), float(solved[2])) if all(solved) else None
    return Alternative(
        row["alternative"], row["key"], row["shipped"], row["value"], row["figures"], goodwill, row["question"],
        row["means"],
    )  # fmt: skip
