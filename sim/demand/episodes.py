"""Phases of an episode, laid backwards from the death: dying, deteriorating, then stable and unstable in turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim import keyed
from sim.demand.families import Families, Ints
from sim.demand.laws import quantile
from sim.domain.scenario import PHASES, Scenario
from sim.keyed import Floats

TURNS = 32  # stable and unstable spells drawn back; the last one drawn reaches to the start of the episode
STABLE, UNSTABLE, DETERIORATING, DYING = range(len(PHASES))
_ORDER = np.array([DYING, DETERIORATING] + [STABLE, UNSTABLE] * (TURNS // 2))


@dataclass(frozen=True, slots=True, eq=False)
class Phases:
    """One row a stretch of one family in one phase, in order of family and time.

    family: row of the families given. deteriorates: for each family the hour from which the child deteriorates or dies.
    """

    family: Ints
    phase: Ints
    start: Floats
    end: Floats
    deteriorates: Floats


def lay_phases(
    scenario: Scenario, key: tuple[int, int], families: Families, logged: tuple[Floats, Floats] | None = None
) -> Phases:
    """The phases of each family's episode, cut at its start.

    told: for each family the hours at which it begins to deteriorate and to die, nan where these are drawn.
    """
    rows = families.area_number[:, None], families.number[:, None]
    u = keyed.uniform(key, "phase", *rows, np.arange(len(_ORDER))[None, :])
    laws = scenario.demand.phase_hours
    length = np.stack([quantile(laws[phase], u[:, turn]) for turn, phase in enumerate(_ORDER)], axis=1)
    begun = families.death[:, None] - np.cumsum(length, axis=1)
    if logged is not None:
        _move(begun, *logged)
    begun[:, -1] = -np.inf
    end = np.concatenate([families.death[:, None], begun[:, :-1]], axis=1)  # each phase ends where the next begins
    start = np.maximum(begun, families.start[:, None])
    family, turn = np.nonzero((end > start)[:, ::-1])  # reversed, so that time runs forwards
    turn = len(_ORDER) - 1 - turn
    return Phases(family, _ORDER[turn], start[family, turn], end[family, turn], start[:, 1])


def reached(phases: Phases, phase: str, death: Floats) -> Floats:
    """By family, the hour at which the child first is in a phase, or beyond it; the death, if it never was."""
    # families [0, 1] die at [50, 60]; rows of the phase or beyond it: family 0 from 20 and from 40, family 1 none
    # the least start by family, and the death where there is none: [20, 60]
    first = death.copy()
    here = phases.phase >= PHASES.index(phase)
    np.minimum.at(first, phases.family[here], phases.start[here])
    return first


def _move(begun: Floats, deteriorates: Floats, dying: Floats) -> None:
    """Moves beginnings of phases (columns as in _ORDER) to the hours told; earlier phases keep their lengths."""
    for turn, hour in ((0, dying), (1, deteriorates)):
        logged = ~np.isnan(hour)
        moved = logged & np.isfinite(begun[:, turn])
        begun[moved, turn:] += (hour[moved] - begun[moved, turn])[:, None]
        begun[logged, turn] = hour[logged]  # exactly, not but for a rounding
    begun[:, 0] = np.fmax(begun[:, 0], deteriorates)  # a drawn last phase begins no earlier than the one before
