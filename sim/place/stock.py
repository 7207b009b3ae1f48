"""Goodwill as a stock: drained by being on call and by unpaid work, restored in proportion to what is missing.

Being on call or on standby drains it whether the telephone rings or not; calls and visits drain a little more, less if
they are rostered and paid; each person by their own susceptibility. Only the ratio of drain to recovery and the spread
of susceptibility can be told from the published prevalences of burnout: the rates are chosen so that, not calibrated.
Source: ``docs/model.md``, Goodwill; all rates are assumptions (``configs/goodwill``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim import keyed
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.goodwill import Dynamics
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.rota.duties import Duties
from sim.rota.staff import Staff

Ints = NDArray[np.int64]


@dataclass(slots=True)
class Level:
    """Where one person's goodwill stands: the day up to which it is reckoned (-1: before the first), and G on it."""

    day: int
    g: float


class Stock:
    """The goodwill of everybody, day by day.

    drained: by person and day, from standing duties. G moves from day to day; work drains it at once.
    """

    def __init__(self, dynamics: Dynamics, start: Floats, susceptibility: Floats, drained: Floats, anew: Ints) -> None:
        self.dynamics, self.start, self.susceptibility, self.anew = dynamics, start, susceptibility, anew
        self.drained = drained
        self._levels = [Level(-1, float(g)) for g in start]

    def at(self, person: int, time: float) -> float:
        """G of one person at an hour; hours must be asked for in order."""
        return self._reckon(person, self._day(time)).g

    def drain(self, person: int, time: float, amount: float) -> None:
        """Work done now: it counts at once. amount: before susceptibility."""
        day = self._day(time)
        level, lost = self._reckon(person, day), amount * float(self.susceptibility[person])
        level.g = max(level.g - lost, 0.0)
        self.drained[person, day] += lost

    def path(self) -> Floats:
        """G by person and day, at the end of each day, with everything drained so far."""
        g = self.start.copy()
        out = np.empty_like(self.drained)
        for day in range(self.drained.shape[1]):
            g = np.where(self.anew == day, self.start, g)
            g = np.clip(g - self.drained[:, day], 0.0, 1.0)
            g = g + self.dynamics.recovery_per_day * (self.start - g)
            out[:, day] = g
        return out

    def _day(self, time: float) -> int:
        last: int = self.drained.shape[1] - 1
        return min(max(int(time // HOURS_PER_DAY), 0), last)

    def _reckon(self, person: int, day: int) -> Level:
        level, start = self._levels[person], float(self.start[person])
        while level.day < day:
            level.day += 1
            if self.anew[person] == level.day:
                level.g = start
            level.g += self.dynamics.recovery_per_day * (start - level.g)
            level.g = max(level.g - float(self.drained[person, level.day]), 0.0)
        return level


def burnt_out(dynamics: Dynamics, path: Floats) -> NDArray[np.bool_]:
    """By person and day: whether the mean of G over the last 28 days (or all so far) lies below the threshold."""
    sums = np.cumsum(path, axis=1)
    window = min(dynamics.burnout_days, path.shape[1])
    sums[:, window:] -= sums[:, :-window].copy()
    days = np.minimum(np.arange(1, path.shape[1] + 1), window)
    return np.asarray(sums / days < dynamics.burnt_out_below, dtype=bool)


def susceptibilities(scenario: Scenario, staff: Staff, key: tuple[int, int]) -> Floats:
    """By person, lognormal with median 1, less what support among colleagues takes off."""
    u = keyed.uniform(key, "susceptibility", staff.key)
    return np.exp(scenario.dynamics.susceptibility_sd * special.ndtri(u)) * scenario.overlays.peer_support.drain


def standing_stock(
    scenario: Scenario, staff: Staff, duties: Duties, key: tuple[int, int],
    also: tuple[Floats, Floats, Ints] | None = None,
) -> Stock:  # fmt: skip
    """The stock as on-call duties (and, in ``also``, standby as starts, ends and people) drain it, before any call."""
    dynamics, size = scenario.dynamics, len(staff.people)
    days = math.ceil(scenario.run.horizon / HOURS_PER_DAY) + 1
    held = duties.on_call & duties.funded & (duties.person >= 0)
    hours = hours_by_day(duties.start[held], duties.end[held], duties.person[held], size, days)
    if also is not None:
        hours += hours_by_day(*also, size, days)
    susceptibility = susceptibilities(scenario, staff, key)
    drained = hours * (dynamics.drain_per_24_hours / HOURS_PER_DAY) * susceptibility[:, None]
    return Stock(dynamics, staff.willingness, susceptibility, drained, staff.anew)


def hours_by_day(start: Floats, end: Floats, person: Ints, size: int, days: int) -> Floats:
    """Hours of each person's stretches by day."""
    edges = np.arange(days + 1) * HOURS_PER_DAY
    first = np.clip((start // HOURS_PER_DAY).astype(np.int64), 0, days - 1)
    last = np.clip(np.ceil(end / HOURS_PER_DAY).astype(np.int64) - 1, 0, days - 1)
    count = np.maximum(last - first + 1, 0)
    row = np.repeat(np.arange(len(start)), count)
    day = np.repeat(first, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    part = np.minimum(end[row], edges[day + 1]) - np.maximum(start[row], edges[day])
    out = np.bincount(person[row] * days + day, np.maximum(part, 0.0), minlength=size * days)
    return np.asarray(out, dtype=float).reshape(size, days)
