"""Absence as it is drawn, by the person's own key: the weeks of leave somebody would like, and days off sick.

A day of absence runs from 09:00 to 09:00, so that a night on call ends before it and begins after it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim import keyed
from sim.domain.calendar import HOURS_PER_DAY
from sim.keyed import Floats

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
DAYS_PER_YEAR = 365.25
WEEKS_PER_YEAR = DAYS_PER_YEAR / 7
DAYS = 7
THURSDAY = 3  # the middle of a week
LONGEST_SPELL = 20  # mean spells before the first day in which a spell that reaches into it may have begun
FROM_HOUR = 9.0  # o'clock


def day_of(time: float) -> int:
    """The day of absence an hour belongs to; hours before the first 09:00 belong to the first day."""
    return max(int((time - FROM_HOUR) // HOURS_PER_DAY), 0)


def days_of(time: Floats) -> Ints:
    """``day_of`` a whole column."""
    return np.maximum((time - FROM_HOUR) // HOURS_PER_DAY, 0.0).astype(np.int64)


def by_day(start: float, end: float) -> list[tuple[float, float]]:
    """Hours cut where one day of absence ends and the next begins."""
    last = math.ceil((end - FROM_HOUR) / HOURS_PER_DAY)
    edges = [FROM_HOUR + day * HOURS_PER_DAY for day in range(day_of(start) + 1, last)]
    return list(zip([start, *edges], [*edges, end], strict=True))


def stretches_of_days(away: Bools, horizon: float) -> list[tuple[float, float]]:
    """The hours of days of absence, those that follow each other in one stretch; the first day begins with the run."""
    edges = np.flatnonzero(np.diff(away.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    hours = np.where(edges > 0, edges * HOURS_PER_DAY + FROM_HOUR, 0.0)
    return [(start, min(end, horizon)) for start, end in hours.tolist() if start < horizon]


def wish_leave(key: tuple[int, int], people: Ints, weeks_per_year: Floats, weeks: int) -> Ints:
    """By person, the weeks they would like to be on leave, in order of time; whatever lies beyond the last is never.

    The run is cut into one stretch for each week of leave, and one week of each is wished for: so nobody wishes for all
    at once, and everybody for what they are owed. weeks_per_year: by person.
    """
    stretch = np.divide(WEEKS_PER_YEAR, weeks_per_year, out=np.full(len(people), np.inf), where=weeks_per_year > 0)
    number = np.arange(math.ceil(weeks / max(stretch.min(initial=np.inf), 1.0)) + 1)
    u = keyed.uniform(key, "leave", people[:, None], number[None, :])
    with np.errstate(invalid="ignore"):
        week = np.floor((number[None, :] + u) * stretch[:, None])
    return np.where(week < weeks, week, weeks).astype(np.int64)


def winter(day_of_year: NDArray[np.int64], amplitude: float) -> Floats:
    """How many times as many people are sick as on average, by days since a first of January: most then (cosine)."""
    return np.asarray(1 + amplitude * np.cos(2 * np.pi * day_of_year / DAYS_PER_YEAR))


def draw_sickness(
    key: tuple[int, int], people: Ints, share: Floats, season: Floats, spell_days: float
) -> Bools:  # fmt: skip
    """By person and day. share: of time off sick, by person. season: a multiple of it by day, of whole weeks.

    spell_days: mean length of a spell; 0: whole weeks. Spells begin at random and may overlap, so that the share of
    days off is the share asked for.
    """
    if spell_days <= 0:
        weekly = season[THURSDAY::DAYS]
        u = keyed.uniform(key, "sick_week", people[:, None], np.arange(len(weekly))[None, :])
        return np.repeat(u < share[:, None] * weekly[None, :], DAYS, axis=1)
    days, before = len(season), math.ceil(LONGEST_SPELL * spell_days)
    began, long = keyed.two_uniforms(key, "sick_day", people[:, None], np.arange(before + days)[None, :])
    mean = 1 / -math.expm1(-1 / spell_days)  # of an exponential length rounded up to whole days
    around = np.concatenate([np.full(before, season[0]), season])
    per_day = -np.expm1(np.log1p(-share[:, None] * around[None, :]) / mean)
    person, day = np.nonzero(began < per_day)
    length = np.ceil(-spell_days * np.log1p(-long[person, day])).astype(np.int64)
    change = np.zeros((len(people), before + days + 1))
    np.add.at(change, (person, day), 1.0)
    np.add.at(change, (person, np.minimum(day + length, before + days)), -1.0)
    return np.cumsum(change, axis=1)[:, before:-1] > 0
