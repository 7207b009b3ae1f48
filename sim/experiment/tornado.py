"""Every number that nobody knows at both its ends, one at a time: what that does to a decision between two scenarios.

Each end is simulated on the families and chance of the shipped numbers, so what differs is the number alone; the
largest again on more replications. A difference between two scenarios is taken before anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.config import Plan
from sim.config.register import ANYWAY, DIRICHLET, GOODWILL, TARGET, Number, open_in, register, repaired, unknowns
from sim.config.ridge import shipped_ridge, solved
from sim.experiment import estimate
from sim.experiment.beside import Beside, figure_of, run_beside
from sim.experiment.conduct import conduct_units
from sim.experiment.draws import follows, moved_by, refuse_not_solved
from sim.experiment.execute import Progress
from sim.experiment.study import Study
from sim.experiment.units import Shelf, Unit

Numbers = NDArray[np.float64]

FIRST = 2  # replications of every end
AGAIN = 12  # numbers that are simulated on all replications
LOW, HIGH = ENDS = ("low", "high")


class End(NamedTuple):
    """What changes when a number goes to one end, with its 95 % interval: replications are paired with those of the
    shipped numbers, so that the interval is of the number's own effect."""

    change: float
    low: float
    high: float


class Bar(NamedTuple):
    """A number at both ends. key: the first of those that are one unknown with it."""

    key: str
    low: End
    high: End
    replications: int

    @property
    def swing(self) -> float:
        """The larger of the two changes; 0 where neither is known."""
        return float(np.nanmax([abs(self.low.change), abs(self.high.change), 0.0]))


@dataclass
class Tornado:
    """A study of one or two plans and the measure that is looked at. keys: unknowns that can move it."""

    study: Study
    measure: str

    def __post_init__(self) -> None:
        for plan in self.study.plans:
            refuse_not_solved(plan)
        moved = frozenset[str]().union(*(moved_by(plan) for plan in self.study.plans))
        self.keys = tuple(one.key for one in unknowns() if one.key in moved)
        self._many = len(self.study.plans)
        self._plans = list(self.study.plans)
        self._at = {(key, end): self._places(key, end) for key in self.keys for end in ENDS}
        self._seen: dict[Unit, float] = {}

    @property
    def of(self) -> Study:
        """The study of all scenarios at all ends."""
        return Beside(self.study.verb, tuple(map(run_beside, self._plans)))

    def base(self, shelf: Shelf, progress: Progress | None = None) -> float:
        """What is looked at with all numbers as shipped, the mean of all replications."""
        self._make([Unit(r, s) for r in range(self.study.replications) for s in range(self._many)], shelf, progress)
        found = self._looked_at([*range(self._many)], self.study.replications)
        return float(estimate.mean(found[None, :]).mean[0])

    def bars(self, shelf: Shelf, progress: Progress | None = None) -> list[Bar]:
        """Every number at both ends, the largest swing first; those of the largest on all replications."""
        first = self._bars(self.keys, min(FIRST, self.study.replications), shelf, progress)
        largest = [bar.key for bar in first[:AGAIN]]
        return [*self._bars(largest, self.study.replications, shelf, progress), *first[AGAIN:]]

    def _bars(self, keys: Sequence[str], replications: int, shelf: Shelf, progress: Progress | None) -> list[Bar]:
        places = dict.fromkeys(place for key in keys for end in ENDS for place in self._at[key, end])
        wanted = [Unit(r, place) for r in range(replications) for place in (*range(self._many), *places)]
        self._make(list(dict.fromkeys(wanted)), shelf, progress)
        base = self._looked_at([*range(self._many)], replications)
        ends = {
            (key, end): _end(self._looked_at(self._at[key, end], replications), base) for key in keys for end in ENDS
        }
        made = [Bar(key, ends[key, LOW], ends[key, HIGH], replications) for key in keys]
        return sorted(made, key=lambda bar: -bar.swing)

    def _places(self, key: str, end: str) -> list[int]:
        """Where the plans with a number at one end stand; the plan itself where it does not read the number."""
        places = []
        for number, plan in enumerate(self.study.plans):
            changes = at_end(plan, key, end)
            places.append(len(self._plans) if changes else number)
            if changes:
                self._plans.append(_changed(plan, changes, f"{list(register()).index(key):04d}_{end}"))
        return places

    def _make(self, wanted: Sequence[Unit], shelf: Shelf, progress: Progress | None) -> None:
        missing = [unit for unit in wanted if unit not in self._seen]
        for unit, rows in conduct_units(self.of, shelf, missing, progress):
            self._seen[unit] = figure_of(rows, self.measure)

    def _looked_at(self, places: Sequence[int], replications: int) -> Numbers:
        """The figure of the one plan, or the second's minus the first's, of each replication."""
        each = np.array([[self._seen[Unit(r, place)] for r in range(replications)] for place in places])
        return np.asarray(each[-1] - each[0] if len(places) > 1 else each[0])


def at_end(plan: Plan, key: str, end: str) -> dict[str, float]:
    """What changes in a plan when an unknown is at one end: with it those tied to it, and what follows; nothing if the
    plan does not read it or sets it itself."""
    numbers = {name: value for name, value, *_ in plan.assumptions}
    found = {one.key: _value(one, end) for one in open_in(numbers) if one.leads == key}
    if key in (ANYWAY, TARGET) and follows(numbers):
        a, target = (
            _value(register()[one], end) if one == key else register()[one].default for one in (ANYWAY, TARGET)
        )
        found[GOODWILL] = solved(shipped_ridge(), a, target)[0]
    assert plan.origin is not None
    return repaired(found, plan.origin.composed.config) if found else {}


def _value(number: Number, end: str) -> float:
    up = (end == HIGH) == (number.correlation >= 0 or number.law == DIRICHLET)
    value = number.high if up else number.low
    return int(value) if number.law == "whole" else value


def _changed(plan: Plan, changes: dict[str, float], name: str) -> Plan:
    return run_beside(plan.changed(changes), f"{plan.scenario.name}_{name}")


def _end(values: Numbers, base: Numbers) -> End:
    change = estimate.mean((values - base)[None, :])
    return End(float(change.mean[0]), float(change.low[0]), float(change.high[0]))
