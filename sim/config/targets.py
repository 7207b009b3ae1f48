"""Targets of a calibration: published figures that the model should give, each with how sure it is and how far off the
model may still be.

A table has a row for each. The shipped one is ``configs/register/targets.csv``.
"""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sim.config.register import READ_AS
from sim.config.rows import Row, once, read_rows
from sim.config.shelf import configs_dir
from sim.config.words import did_you_mean
from sim.errors import BadInput

NEEDED = ("target", "scenario", "measure", "value", "low", "high", "read_as", "discrepancy", "source")
OPTIONAL = ("changes", "group", "level", "chance", "discrepancy_assumed", "grade")
BESIDE, WITHIN = CHANCE = ("beside", "within")
TOGETHER = "+"  # between levels that are taken together
LIMITS, QUARTILES = READ_AS[0], READ_AS[2]
SDS = {"95 %": 3.919928, "quartiles": 1.348980}  # between the two ends, of a normal law
FIXED = ("replications=", "precision=", "seed=", "name=")  # what a calibration says itself
FURTHEST = 1e9


class Target(NamedTuple):
    """A published figure. scenario, changes: of the run that should give it. group, levels: of the measure; several
    levels are taken together. value, low, high, read_as: what was published, and its range read as limits, 95 % or
    quartiles. chance: ``within`` that range is the chance of what was counted; ``beside`` it, and that of one
    replication is added. discrepancy: standard deviation of what a true model may still miss it by, in the unit of the
    measure."""

    name: str
    scenario: str
    changes: tuple[str, ...]
    measure: str
    group: str
    levels: tuple[str, ...]
    value: float
    low: float
    high: float
    read_as: str
    chance: str
    discrepancy: float
    grade: str
    source: str

    @property
    def error(self) -> float:
        """Standard deviation of the published figure; of limits, that of a PERT law with the value as mode."""
        if self.low == self.high:
            return 0.0
        if self.read_as != LIMITS:
            return (self.high - self.low) / SDS[self.read_as]
        mean = (self.low + 4 * self.value + self.high) / 6
        return math.sqrt((mean - self.low) * (self.high - mean) / 7)

    @property
    def run(self) -> tuple[str, ...]:
        """What is simulated for it: the scenario and what is changed."""
        return (self.scenario, *self.changes)

    @property
    def not_there(self) -> str:
        """What is said where a run has no such figure."""
        said = f"{self.measure} of {self.group} {' + '.join(self.levels)}"
        return f"target {self.name}: a run of {' '.join(self.run)} has no {said}; correct its row, or take more weeks"


def shipped_targets() -> Path:
    """The table that ships."""
    return configs_dir() / "register" / "targets.csv"


def read_targets(path: Path, measures: Iterable[str]) -> tuple[Target, ...]:
    """The targets of a table, in its order. measures: that the model has. Raises BadInput."""
    if not path.is_file():
        raise BadInput(f"calibrate {path}: no such table of targets; its columns are {', '.join(NEEDED)}")
    rows = read_rows(path, NEEDED, OPTIONAL)
    once(rows, "target", "give each a name of its own")
    known = tuple(measures)
    return tuple(_target(row, known) for row in rows)


def runs(targets: Iterable[Target]) -> Mapping[tuple[str, ...], str]:
    """What is simulated, once where targets share it, and how it is called: after the scenario, where that is changed
    with the first target it is for."""
    found: dict[tuple[str, ...], str] = {}
    for target in targets:
        base = Path(target.scenario).name.removesuffix(".yaml")
        found.setdefault(target.run, f"{base}_for_{target.name}" if target.changes else base)
    return found


def _target(row: Row, measures: tuple[str, ...]) -> Target:
    measure = row.needed("measure")
    if measure not in measures:
        raise row.bad("measure", "the model has no such measure", did_you_mean(measure, measures, "leave the row out"))
    value, low, high = (row.needed_number(column, -FURTHEST, FURTHEST) for column in ("value", "low", "high"))
    if not low <= value <= high:
        raise row.bad("value", f"outside its own range, {low:g} to {high:g}", "correct one of the three")
    group, level = row.cells.get("group") or "england", row.cells.get("level") or "England"
    found = Target(
        row.needed("target"), row.needed("scenario"), _changes(row), measure, group,
        tuple(one.strip() for one in level.split(TOGETHER)), value, low, high, row.word("read_as", READ_AS) or LIMITS,
        row.word("chance", CHANCE) or WITHIN, row.needed_number("discrepancy", 0, FURTHEST),
        row.cells.get("grade", ""), row.needed("source"),
    )  # fmt: skip
    if found.error**2 + found.discrepancy**2 == 0:
        raise row.bad("discrepancy", "no error and no discrepancy: no model gives a figure exactly", "give it a range")
    return found


def _changes(row: Row) -> tuple[str, ...]:
    words = tuple(shlex.split(row.cells.get("changes", "")))
    if wrong := next((word for word in words if "=" not in word), None):
        raise row.bad("changes", f"{wrong} is no change", "write key=value, several with a space between")
    if wrong := next((word for word in words if word.lstrip("+").startswith(FIXED)), None):
        raise row.bad("changes", f"{wrong}: every draw is run twice, on families of its own", "take it out")
    return words
