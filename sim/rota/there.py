"""Who is in post, and who is known to be away: the days that a table of people says, before anything is drawn.

Source: ``docs/own_people.md``; how long somebody must be away for the rota to be written without them is assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from sim.domain.staff import Clinician
from sim.keyed import Floats

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
WRITTEN_ANEW = 28  # assumed: days away from which on the rota goes round without somebody, as if they had left
WEEK = 7


def off_the_list(people: Sequence[Clinician], days: int) -> Bools:
    """By person and day of absence: not in post, or away for ``WRITTEN_ANEW`` days or more."""
    off = np.zeros((len(people), days), dtype=bool)
    for row, person in enumerate(people):
        if person.first_day > 0:
            off[row, : _day(person.first_day, days)] = True
        if person.last_day < inf:
            off[row, _day(person.last_day + 1, days) :] = True
        for first, last in person.away:
            if last - first + 1 >= WRITTEN_ANEW:
                off[row, _day(first, days) : _day(last + 1, days)] = True
    return off


def away(people: Sequence[Clinician], days: int) -> Bools:
    """By person and day of absence: away, for however long."""
    found = np.zeros((len(people), days), dtype=bool)
    for row, person in enumerate(people):
        for first, last in person.away:
            found[row, _day(first, days) : _day(last + 1, days)] = True
    return found


def _day(day: float, days: int) -> int:
    return int(min(max(day, 0), days))


def without_weeks(wishes: Ints, off: Bools, never: int) -> Ints:
    """Wishes for leave without those for weeks in which somebody is off the list all along: these need no leave.

    never: the week that stands for none. off: by person and day.
    """
    if not off.any():
        return wishes
    weeks = off.shape[1] // WEEK
    whole: Bools = np.asarray(off[:, : weeks * WEEK].reshape(len(off), weeks, WEEK).all(axis=2), dtype=bool)
    inside: Ints = np.minimum(wishes, weeks - 1)
    who: Ints = np.arange(len(wishes), dtype=np.int64)[:, None]
    gone = (wishes < weeks) & whole[who, inside]
    return np.where(gone, never, wishes)


def round_the_list(people: Sequence[int], turns: Ints, seats: int, off: Bools, nobody: int) -> Ints:
    """By turn and seat, who holds it when turns go round those who are on the list that day; ``nobody`` if none is.

    people: rows, in the order of the list. turns: the day of absence on which each begins. off: by row and day.
    """
    held = np.full((len(turns), seats), nobody, dtype=np.int64)
    following = 0
    for turn, day in enumerate(turns.tolist()):
        order = [people[(following + step) % len(people)] for step in range(len(people))]
        there = [person for person in order if not off[person, day]][:seats]
        held[turn, : len(there)] = there
        last = people.index(there[-1]) + 1 if there else following
        following = (following + seats) % len(people) if len(there) == len(people) else last
    return held


def on_the_list(people: Sequence[Clinician], first_day: int, last_day: int) -> Floats:
    """How many of some people are on the list, by day from a first to before a last."""
    return np.asarray((~off_the_list(people, last_day)[:, first_day:]).sum(axis=0), dtype=float)


def share_on_the_list(people: Sequence[Clinician], first_day: int, last_day: int) -> list[float]:
    """The share of the days from a first to before a last for which each of some people is on the list.

    All of them where there is no day.
    """
    there = ~off_the_list(people, last_day)[:, first_day:]
    return there.mean(axis=1).tolist() if there.shape[1] else [1.0] * len(people)


def mean_on_the_list(people: Sequence[Clinician], first_day: int, last_day: int) -> float:
    """The same on average: a leaver and a successor make less than two. All of them where there is no day."""
    whole = on_the_list(people, first_day, last_day)
    return float(whole.mean()) if len(whole) else float(len(people))
