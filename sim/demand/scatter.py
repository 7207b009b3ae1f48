"""Events scattered over episodes: at a rate by phase, along the hours of the week, each with its own key."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim import keyed
from sim.demand.episodes import Phases
from sim.demand.families import Families, Ints
from sim.demand.laws import poisson
from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import PHASES, Scenario
from sim.keyed import Floats


@dataclass(frozen=True, slots=True, eq=False)
class WeekSums:
    """Hour-of-week weights of mean 1 summed up to each hour of the run, bank holidays read as Sundays.

    hours: the hours, from before the first episode can begin. upto: one column of sums for each phase.
    """

    hours: Floats
    upto: tuple[Floats, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scattered:
    """One row an event: the family, its number in the family, the hour, the phase, and a uniform to thin by."""

    family: Ints
    number: Ints
    time: Floats
    phase: Ints
    thin: Floats

    def take(self, rows: Ints) -> Scattered:
        """The same table with only some rows."""
        return Scattered(*(getattr(self, name)[rows] for name in self.__slots__))


def sum_weeks(scenario: Scenario, weights: tuple[Floats, ...]) -> WeekSums:
    """Sums of 168 weights a phase over the whole run and the episodes that reach into it or beyond it."""
    calendar, cap = scenario.calendar, scenario.demand.episode_cap_hours
    first = -int(np.ceil(cap / HOURS_PER_WEEK) * HOURS_PER_WEEK)
    last = int(np.ceil(scenario.run.horizon + cap)) + 1
    of_week = np.arange(first, last) % int(HOURS_PER_WEEK)
    for day in calendar.bank_holidays:
        for hour in range(day * 24, min(day * 24 + 24, last)):
            of_week[hour - first] = calendar.hour_of_week(hour)
    sums: dict[int, Floats] = {}
    for column in weights:  # most phases share one column
        if id(column) not in sums:
            sums[id(column)] = np.concatenate([[0.0], np.cumsum(column[of_week])])
    hours = np.arange(first, last + 1, dtype=float)
    return WeekSums(hours, tuple(sums[id(column)] for column in weights))


def scatter(
    key: tuple[int, int], name: str, families: Families, phases: Phases, per_hour: Floats, weeks: WeekSums,
    frailty: Floats,
) -> Scattered:  # fmt: skip
    """A Poisson number of events in each family, at per_hour[phase] x frailty x the weights of the week.

    A rate below a ceiling is the caller's to make, by the column ``thin``. Each family's draws and sums are its own: no
    other family can change a time, not even by a rounding.
    """
    begun, ended = _sums_at(phases, phases.start, weeks), _sums_at(phases, phases.end, weeks)
    rate = per_hour[phases.phase] * frailty[phases.family]
    table, first = _by_family(len(families), phases.family, (ended - begun) * rate)
    upto = np.cumsum(table, axis=1)
    total = upto[:, -1]
    count = poisson(keyed.uniform(key, f"{name}_count", families.area_number, families.number), total).astype(np.int64)
    family = np.repeat(np.arange(len(families)), count)
    number = np.arange(len(family)) - np.repeat(np.cumsum(count) - count, count)
    position, thin = keyed.two_uniforms(key, name, families.area_number[family], families.number[family], number)
    target = position * total[family]
    index = np.minimum((target[:, None] >= upto[family]).sum(axis=1), np.diff(first)[family] - 1)
    stretch = first[family] + index
    within = np.clip(target - upto[family, index] + table[family, index], 0.0, table[family, index])
    time = _hour_of(begun[stretch] + within / rate[stretch], phases.phase[stretch], weeks)
    before_death = np.minimum(time, np.nextafter(families.death[family], -np.inf))
    return Scattered(family, number, before_death, phases.phase[stretch], thin)


def _by_family(size: int, owner: Ints, weight: Floats) -> tuple[Floats, Ints]:
    """Weights of each family's stretches as a row of a table, and where its stretches begin."""
    first = np.searchsorted(owner, np.arange(size + 1))
    table = np.zeros((size, max(int(np.diff(first).max(initial=1)), 1)))
    table[owner, np.arange(len(owner)) - first[owner]] = weight
    return table, first


def _sums_at(phases: Phases, time: Floats, weeks: WeekSums) -> Floats:
    out = np.empty(len(time))
    for phase in range(len(PHASES)):
        here = phases.phase == phase
        out[here] = np.interp(time[here], weeks.hours, weeks.upto[phase])
    return out


def _hour_of(through: Floats, phase_of: Ints, weeks: WeekSums) -> Floats:
    out = np.empty(len(through))
    for phase in range(len(PHASES)):
        here = phase_of == phase
        out[here] = np.interp(through[here], weeks.upto[phase], weeks.hours)
    return out
