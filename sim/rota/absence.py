"""Leave and sickness: on which days somebody is away, drawn by the person's own key.

Leave is whole weeks, spread over the year. Sickness is whole weeks, or spells of some days. A day of absence runs from
09:00 to 09:00, so that a night on call ends before it and begins after it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim import keyed
from sim.domain.calendar import HOURS_PER_DAY
from sim.keyed import Floats

Bools = NDArray[np.bool_]
WEEKS_PER_YEAR = 365.25 / 7
DAYS = 7
LONGEST_SPELL = 20  # mean spells before the first day in which a spell that reaches into it may have begun
FROM_HOUR = 9.0  # o'clock


def day_of(time: float) -> int:
    """The day of absence an hour belongs to; hours before the first 09:00 belong to the first day."""
    return max(int((time - FROM_HOUR) // HOURS_PER_DAY), 0)


def by_day(start: float, end: float) -> list[tuple[float, float]]:
    """Hours cut where one day of absence ends and the next begins."""
    last = math.ceil((end - FROM_HOUR) / HOURS_PER_DAY)
    edges = [FROM_HOUR + day * HOURS_PER_DAY for day in range(day_of(start) + 1, last)]
    return list(zip([start, *edges], [*edges, end], strict=True))


def draw_leave(key: tuple[int, int], people: NDArray[np.int64], weeks_per_year: Floats, weeks: int) -> Bools:
    """By person and day: the run cut into one stretch for each week of leave, and one week of each stretch taken off.

    So nobody takes all their leave at once, and everybody takes what they are owed. weeks_per_year: by person.
    """
    away = np.zeros((len(people), weeks), dtype=bool)
    stretch = np.divide(WEEKS_PER_YEAR, weeks_per_year, out=np.full(len(people), np.inf), where=weeks_per_year > 0)
    number = np.arange(math.ceil(weeks / max(stretch.min(initial=np.inf), 1.0)) + 1)
    u = keyed.uniform(key, "leave", people[:, None], number[None, :])
    with np.errstate(invalid="ignore"):
        week = np.floor((number[None, :] + u) * stretch[:, None])
    person, place = np.nonzero(week < weeks)
    away[person, week[person, place].astype(np.int64)] = True
    return np.repeat(away, DAYS, axis=1)


def draw_sickness(
    key: tuple[int, int], people: NDArray[np.int64], share: Floats, weeks: int, spell_days: float
) -> Bools:  # fmt: skip
    """By person and day. share: of time off sick, by person. spell_days: mean length of a spell; 0: whole weeks.

    Spells begin at random and may overlap, so that the share of days off is the share asked for.
    """
    if spell_days <= 0:
        u = keyed.uniform(key, "sick_week", people[:, None], np.arange(weeks)[None, :])
        return np.repeat(u < share[:, None], DAYS, axis=1)
    days, before = weeks * DAYS, math.ceil(LONGEST_SPELL * spell_days)
    began, long = keyed.two_uniforms(key, "sick_day", people[:, None], np.arange(before + days)[None, :])
    mean = 1 / -math.expm1(-1 / spell_days)  # of an exponential length rounded up to whole days
    per_day = -np.expm1(np.log1p(-share) / mean)
    person, day = np.nonzero(began < per_day[:, None])
    length = np.ceil(-spell_days * np.log1p(-long[person, day])).astype(np.int64)
    change = np.zeros((len(people), before + days + 1))
    np.add.at(change, (person, day), 1.0)
    np.add.at(change, (person, np.minimum(day + length, before + days)), -1.0)
    return np.cumsum(change, axis=1)[:, before:-1] > 0
