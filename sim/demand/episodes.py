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


def lay_phases(scenario: Scenario, key: tuple[int, int], families: Families) -> Phases:
    """The phases of each family's episode, cut at its start."""
    rows = families.area_number[:, None], families.number[:, None]
    u = keyed.uniform(key, "phase", *rows, np.arange(len(_ORDER))[None, :])
    laws = scenario.demand.phase_hours
    length = np.stack([quantile(laws[phase], u[:, turn]) for turn, phase in enumerate(_ORDER)], axis=1)
    length[:, -1] = np.inf
    end = families.death[:, None] - np.concatenate([np.zeros((len(families), 1)), np.cumsum(length[:, :-1], axis=1)], 1)
    start = np.maximum(end - length, families.start[:, None])
    family, turn = np.nonzero(end[:, ::-1] > families.start[:, None])  # reversed, so that time runs forwards
    turn = len(_ORDER) - 1 - turn
    return Phases(family, _ORDER[turn], start[family, turn], end[family, turn], start[:, 1])
