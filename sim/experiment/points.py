"""The figures of targets at draws of what nobody knows: every run twice, filed as the units of any study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.config import Plan
from sim.config.targets import Target, runs
from sim.errors import BadInput
from sim.experiment.aimed import AimedStudy
from sim.experiment.beside import TWICE, run_beside
from sim.experiment.conduct import conduct_units
from sim.experiment.draws import Draws, at_draw
from sim.experiment.execute import Progress
from sim.experiment.units import Shelf, Unit
from sim.measures.rows import Row

Numbers = NDArray[np.float64]


def at_points(
    study: AimedStudy, targets: Sequence[Target], draws: Draws, first: int, shelf: Shelf,
    progress: Progress | None = None,
) -> tuple[Numbers, Numbers]:  # fmt: skip
    """Numerators and denominators of every target at every draw, twice, shape (T, N, 2); 0 where a run has none.

    first: number of the first draw, from 0; no other draw meets its families. Raises BadInput where the very first has
    none, before all others are run for nothing.
    """
    plans = [_at(plan, draws, one, first) for one in range(draws.many) for plan in study.plans]
    many = len(study.plans)
    wanted = [
        Unit((first + one) * TWICE + again, one * many + run)
        for one in range(draws.many)
        for again in range(TWICE)
        for run in range(many)
    ]
    of_run = {run: [] for run in range(many)}  # type: dict[int, list[int]]
    for place, target in enumerate(targets):
        of_run[[*runs(targets)].index(target.run)].append(place)
    found = np.zeros((2, len(targets), draws.many, TWICE))
    for unit, rows in conduct_units(replace(study, plans=tuple(plans)), shelf, wanted, progress):
        one, run = divmod(unit.scenario, many)
        for place in of_run[run]:
            top, bottom = _sums(rows, targets[place])
            if first + one == 0 and not bottom:
                raise BadInput(targets[place].not_there)
            found[:, place, one, unit.replication % TWICE] = top, bottom
    return found[0], found[1]


def _at(plan: Plan, draws: Draws, number: int, first: int) -> Plan:
    return run_beside(plan.changed(at_draw(plan, draws, number)), f"{plan.scenario.name}_draw_{first + number + 1:05d}")


def _sums(rows: Sequence[Row], target: Target) -> tuple[float, float]:
    here = [row for row in rows if row.measure == target.measure and row.group == target.group]
    of = [row for row in here if row.level in target.levels]
    return sum(row.numerator for row in of), sum(row.denominator for row in of)
