"""Rest and work by the clock: unbroken rest before being at work, weekly rest, average weeks, nights in a row.

Everybody's hours are laid end to end on one axis and worked out as columns; nothing here knows a scenario.
Source: Working Time Regulations, as ``docs/model.md`` reads them: being on call is rest, answering is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.keyed import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STRIDE = float(2**18)  # hours between people on the one axis: longer than any run
A_MOMENT = 1e-6  # hours; rounding on that axis is a hundredth of it
FORTNIGHT = 14 * HOURS_PER_DAY
RESTS_PER_FORTNIGHT = 2


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Hours of people without overlap, sorted by person and time; touching hours are one stretch."""

    person: Ints
    start: Floats
    end: Floats

    @property
    def from_hour(self) -> Floats:
        """Starts on the common axis."""
        return self.start + self.person * STRIDE

    @property
    def to_hour(self) -> Floats:
        """Ends on the common axis."""
        return self.end + self.person * STRIDE


def stretches(person: Ints, start: Floats, end: Floats) -> Stretches:
    """Hours of people, in any order and overlapping, made one where they overlap or touch."""
    # STRIDE 100, nurse 0 works 9-17 and 12-20, nurse 1 1-2: starts 9, 12, 101; the latest end so far 17, 20, 102
    # a stretch begins where a start lies beyond the latest end before it, at 9 and 101: 9-20 of nurse 0, 1-2 of nurse 1
    shift = person * STRIDE
    begins, ends = start + shift, end + shift
    order = np.argsort(begins, kind="stable")  # mostly in order already
    begins, reached = begins[order], np.maximum.accumulate(ends[order])
    new = np.ones(len(order), dtype=bool)
    new[1:] = begins[1:] > reached[:-1] + A_MOMENT
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(order))[: len(first)] - 1
    opening = order[first]
    who = person[opening]
    return Stretches(who, start[opening], reached[last] - who * STRIDE)


def longest_rest_before(work: Stretches, person: Ints, hour: Floats, enough: float) -> Floats:
    """Hours of the longest unbroken rest in the 24 hours before each hour; told exactly only where under ``enough``."""
    # worked 9-17 and 20-22, asked at 33: the last stretch before it leaves 33-22 = 11 hours, and only where that is too
    # short the gaps inside 9-33 are looked at: none before 9, 3 between 17 and 20, and the 11
    at, begins, ends = hour + person * STRIDE, work.from_hour, work.to_hour
    last = np.searchsorted(begins, at - A_MOMENT) - 1  # the last stretch that began before
    rest = np.full(len(at), HOURS_PER_DAY)
    seen = last >= 0
    rest[seen] = np.clip(at[seen] - ends[last[seen]], 0.0, HOURS_PER_DAY)
    short = np.flatnonzero(rest < enough)
    if len(short):
        since = at[short] - HOURS_PER_DAY
        first = np.searchsorted(ends, since + A_MOMENT)
        which, place = expand(first, last[short] - first + 1)
        before = np.where(place > first[which], ends[place - 1], since[which])
        gap = np.maximum(begins[place] - np.maximum(before, since[which]), 0.0)
        longest = rest[short]
        np.maximum.at(longest, which, gap)
        rest[short] = longest
    return rest


def soon_after(work: Stretches, hours: float) -> Bools:
    """Whether each stretch begins less than so many hours after the one before it of the same person."""
    soon = np.zeros(len(work.person), dtype=bool)
    soon[1:] = (work.person[1:] == work.person[:-1]) & (work.start[1:] - work.end[:-1] < hours)
    return soon


def rests_missed(work: Stretches, size: int, window: tuple[float, float], length: float) -> Floats:
    """By person, weekly rests that are missing: each fortnight holds two unbroken rests of so many hours.

    One rest twice as long counts as two. A last single week needs one.
    """
    start, end = window
    who, begins, ends = _rests(work, size, window)
    long = ends - begins >= length
    who, begins, ends = who[long], begins[long], ends[long]
    count = int(np.ceil((end - start) / FORTNIGHT))
    first = ((begins - start) / FORTNIGHT).astype(np.int64)
    last = np.minimum(((ends - start - A_MOMENT) / FORTNIGHT).astype(np.int64), count - 1)
    which, fortnight = expand(first, last - first + 1)
    low = start + fortnight * FORTNIGHT
    inside = np.minimum(ends[which], low + FORTNIGHT) - np.maximum(begins[which], low)
    held = np.floor((inside + A_MOMENT) / length)
    rests = np.bincount(who[which] * count + fortnight, held, minlength=size * count)
    needed = np.full(count, float(RESTS_PER_FORTNIGHT))
    if (end - start) % FORTNIGHT:
        needed[-1] = 1.0
    return np.asarray(np.maximum(needed - rests.reshape(size, count), 0.0).sum(axis=1), dtype=float)


def _rests(work: Stretches, size: int, window: tuple[float, float]) -> tuple[Ints, Floats, Floats]:
    """Everybody's hours without work inside the window: before each stretch of work, and after the last."""
    start, end = window
    inside = (work.end > start) & (work.start < end)
    person, begins, ends = work.person[inside], work.start[inside], np.minimum(work.end[inside], end)
    before = np.full(len(person), start)
    same = person[1:] == person[:-1]
    before[1:][same] = ends[:-1][same]
    after = np.full(size, start)
    after[person] = ends  # of a person's stretches the last is written last
    everyone = np.arange(size)
    return np.concatenate([person, everyone]), np.concatenate([before, after]), np.append(begins, np.full(size, end))


def hours_by_day(person: Ints, start: Floats, end: Floats, size: int, first_day: int, days: int) -> Floats:
    """Hours by person and day (calendar days from a first), of hours that do not overlap."""
    low, high = first_day * HOURS_PER_DAY, (first_day + days) * HOURS_PER_DAY
    inside = (end > low) & (start < high)
    person, start, end = person[inside], np.maximum(start[inside], low) - low, np.minimum(end[inside], high) - low
    first = (start / HOURS_PER_DAY).astype(np.int64)
    which, day = expand(first, np.ceil(end / HOURS_PER_DAY).astype(np.int64) - first)
    hours = np.minimum(end[which], (day + 1) * HOURS_PER_DAY) - np.maximum(start[which], day * HOURS_PER_DAY)
    summed = np.bincount(person[which] * days + day, hours, minlength=size * days)
    return np.asarray(summed, dtype=float).reshape(size, days)


def busiest_average(by_day: Floats, away: Bools, weeks: int) -> Floats:
    """By person, hours a week over the busiest so many weeks, days away left out (by person and day, both).

    Over the whole period if that is shorter: a person there for a few days has no average above those days' hours.
    """
    days = min(weeks * 7, by_day.shape[1])
    if not days:
        return np.zeros(len(by_day))
    # there on days 0, 2, 3: the first, second and third days there; the days away are nought after them
    kept, there = np.zeros(by_day.shape), ~away
    kept[np.arange(by_day.shape[1]) < there.sum(axis=1)[:, None]] = by_day[there]
    upto = np.zeros((len(by_day), by_day.shape[1] + 1))
    np.cumsum(kept, axis=1, out=upto[:, 1:])
    return np.asarray((upto[:, days:] - upto[:, :-days]).max(axis=1) / (days / 7), dtype=float)


def days_held(
    person: Ints, start: Floats, end: Floats, opens: float, length: float, first_day: int, days: int, size: int
) -> Bools:
    """By person and day: any hour of the clock window that opens on that day at ``opens`` and lasts so many hours."""
    which, day = days_touched(start, end, opens, length, first_day, days)
    held = np.zeros((size, days), dtype=bool)
    held[person[which], day] = True
    return held


def days_touched(
    start: Floats, end: Floats, opens: float, length: float, first_day: int, days: int
) -> tuple[Ints, Ints]:  # fmt: skip
    """The row of each stretch of hours, and a day (from the first) whose clock window it touches; once for each day."""
    first = np.floor((start - opens - length) / HOURS_PER_DAY + 1e-12).astype(np.int64) + 1
    last = np.ceil((end - opens) / HOURS_PER_DAY - 1e-12).astype(np.int64) - 1
    first, last = np.maximum(first, first_day), np.minimum(last, first_day + days - 1)
    which, day = expand(first, np.maximum(last - first + 1, 0))
    return which, day - first_day


def longest_run(days: Bools) -> Floats:
    """By person, the most days in a row that are marked (by person and day)."""
    size, width = days.shape
    flat = np.zeros((size, width + 2), dtype=np.int8)
    flat[:, 1:-1] = days
    change = np.diff(flat.reshape(-1))
    begins, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    longest = np.zeros(size)
    np.maximum.at(longest, begins // (width + 2), (ends - begins).astype(float))
    return longest


def most_in(days: Bools, width: int) -> Floats:
    """By person, the most days that are marked (by person and day) in any so many days in a row."""
    upto = np.zeros((len(days), days.shape[1] + 1), dtype=np.int32)
    np.cumsum(days, axis=1, out=upto[:, 1:])
    width = min(width, days.shape[1])
    return np.asarray((upto[:, width:] - upto[:, : upto.shape[1] - width]).max(axis=1, initial=0), dtype=float)


def expand(first: ArrayLike, count: ArrayLike) -> tuple[Ints, Ints]:
    """For each row its number as often as its count, and first, first + 1, ... beside it."""
    first, count = np.asarray(first, dtype=np.int64), np.maximum(np.asarray(count, dtype=np.int64), 0)
    which = np.repeat(np.arange(len(count)), count)
    step = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    return which, first[which] + step
