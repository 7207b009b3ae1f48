"""Every unknown moved one step at many places among the others: which matter, also only together (Morris).

A trajectory begins anywhere and moves every unknown once; what a step changes is an elementary effect. Its mean size
over trajectories says how much an unknown matters, its spread whether that hangs on the others, or bends. Each
trajectory has families and chance of its own, all its points and both scenarios the same.

Source: Morris 1991, Technometrics 33:161; Campolongo, Cariboni and Saltelli 2007, Environ Model Softw 22:1509 (mean of
sizes); Garcia Sanchez and others 2014, Energy Build 68:741 (what the ratio of spread and size says).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.config import Plan
from sim.config.register import unknowns
from sim.errors import BadInput
from sim.experiment.beside import Beside, figure_of, run_beside
from sim.experiment.conduct import conduct_units
from sim.experiment.decisive import ENDS
from sim.experiment.draws import Draws, at_draw, draw, moved_by
from sim.experiment.execute import Progress
from sim.experiment.study import Study
from sim.experiment.units import Shelf, Unit

Numbers = NDArray[np.float64]

LEVELS = 4
CONFIDENCE = 0.95
STRAIGHT, MONOTONE, ALMOST = 0.1, 0.5, 1.0  # spread over size, up to which an effect is ...
SHAPES = ("straight", "monotone", "almost_monotone", "bends_or_interacts")
MISSING = "morris: it needs an extra; pip install 'oncall-sim[sensitivity]'"


class Effect(NamedTuple):
    """Of one unknown over all of its law, in the unit of the measure. mean: with its sign. size: mean of sizes, with
    its 95 % interval. spread: standard deviation between trajectories."""

    key: str
    mean: float
    size: float
    low: float
    high: float
    spread: float

    @property
    def shape(self) -> str:
        """``straight``, ``monotone``, ``almost_monotone`` or ``bends_or_interacts``."""
        ratio = self.spread / self.size if self.size > 0 else 0.0
        return SHAPES[sum(ratio > border for border in (STRAIGHT, MONOTONE, ALMOST))]


@dataclass(frozen=True)
class Morris:
    """A study of one or two plans and the measure that is looked at."""

    study: Study
    measure: str
    trajectories: int

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The unknowns that can move it, each by the first of those tied to it."""
        moved = frozenset[str]().union(*(moved_by(plan) for plan in self.study.plans))
        return tuple(one.key for one in unknowns() if one.key in moved)

    @cached_property
    def points(self) -> Numbers:
        """Where the trajectories go, 0 to 1 between the ends of every law, unknowns in columns."""
        return points(len(self.keys), self.trajectories, self.study.seed)

    @cached_property
    def of(self) -> Study:
        """The study of all scenarios at all points."""
        draws = self._draws()
        plans = [_at(plan, draws, number) for number in range(len(self.points)) for plan in self.study.plans]
        return Beside(self.study.verb, tuple(plans))

    def effects(self, shelf: Shelf, progress: Progress | None = None) -> list[Effect]:
        """The largest first. Raises BadInput when a point has no figure."""
        many, steps = len(self.study.plans), len(self.keys) + 1
        wanted = [Unit(point // steps, point * many + one) for point in range(len(self.points)) for one in range(many)]
        seen = np.full((len(self.points), many), np.nan)
        for unit, rows in conduct_units(self.of, shelf, wanted, progress):
            seen[divmod(unit.scenario, many)] = figure_of(rows, self.measure)
        values = seen[:, -1] - seen[:, 0] if many > 1 else seen[:, 0]
        if np.isnan(values).any():
            raise BadInput(f"measure = {self.measure}: some points have no figure; take more weeks, or another measure")
        return effects(self.keys, self.points, values, self.study.seed)

    def _draws(self) -> Draws:
        """The points as draws: of every other unknown the middle of its law."""
        places = ENDS[0] + (ENDS[1] - ENDS[0]) * self.points
        middle = {one.key: np.full(len(places), 0.5) for one in unknowns() if one.leads == one.key}
        return draw(len(places), self.study.seed, middle | dict(zip(self.keys, places.T, strict=True)))


def points(numbers: int, trajectories: int, seed: int) -> Numbers:
    """Trajectories of so many numbers, (trajectories x (numbers + 1), numbers)."""
    from SALib.sample import morris

    return np.asarray(morris.sample(_problem([*map(str, range(numbers))]), trajectories, LEVELS, seed=seed))


def effects(keys: tuple[str, ...], at: Numbers, values: Numbers, seed: int) -> list[Effect]:
    """The elementary effects of values at points of trajectories, the largest first."""
    from SALib.analyze import morris

    found = morris.analyze(_problem([*keys]), at, values, conf_level=CONFIDENCE, num_levels=LEVELS, seed=seed)
    rows = zip(keys, *(found[name] for name in ("mu", "mu_star", "mu_star_conf", "sigma")), strict=True)
    made = [
        Effect(key, float(mean), float(size), max(float(size - half), 0.0), float(size + half), float(spread))
        for key, mean, size, half, spread in rows
    ]
    return sorted(made, key=lambda one: -one.size)


def missing() -> str:
    """What is missing, in words; empty: nothing."""
    try:
        import SALib  # noqa: F401
    except ImportError:
        return MISSING
    return ""


def _problem(names: list[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def _at(plan: Plan, draws: Draws, number: int) -> Plan:
    return run_beside(plan.changed(at_draw(plan, draws, number)), f"{plan.scenario.name}_point_{number + 1:05d}")
