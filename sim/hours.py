"""Hours of a kind (out of hours, night, sleep) in any stretch of time, exactly and for whole columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.domain.calendar import BUSY_ROADS, HOURS_PER_DAY, WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.intervals import Interval, merged
from sim.domain.sessions import hours_of
from sim.keyed import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """Merged intervals of one kind of hour; ``edges`` are their ends in order, ``upto`` the hours before each."""

    intervals: tuple[Interval, ...]
    edges: Floats
    upto: Floats

    def between(self, start: ArrayLike, end: ArrayLike) -> Floats:
        """Hours of the kind in [start, end), for columns of starts and ends inside the horizon."""
        begins, ends = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
        if not len(self.edges):
            return np.zeros(np.broadcast_shapes(begins.shape, ends.shape))
        return np.asarray(np.interp(ends, self.edges, self.upto) - np.interp(begins, self.edges, self.upto))

    def cut(self, start: Floats, end: Floats) -> tuple[NDArray[np.int64], Floats, Floats, NDArray[np.bool_]]:
        """Stretches cut where the kind begins and ends: the row of each piece, its start and end, whether it is of it.

        Pieces come in order of rows, then of time.
        """
        first, last = np.searchsorted(self.edges, start, side="right"), np.searchsorted(self.edges, end, side="left")
        count = np.maximum(last - first, 0) + 1
        row = np.repeat(np.arange(len(start)), count)
        number = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        edge = np.append(self.edges, np.inf)  # so that a run without any edge has one to look at
        begins = np.where(number == 0, start[row], edge[first[row] + number - 1])
        ends = np.where(number == count[row] - 1, end[row], edge[first[row] + number - (number == count[row] - 1)])
        return row, begins, ends, (first[row] + number) % 2 == 1

    def without(self, taken: Floats) -> list[Interval]:
        """What is left of them when others are taken away, given by the ends of merged intervals in order."""
        if not len(taken):
            return list(self.intervals)
        edges = np.unique(np.concatenate([self.edges, taken]))
        left = self.contain(edges) & (np.searchsorted(taken, edges, side="right") % 2 == 0)
        changes = edges[np.flatnonzero(np.diff(left, prepend=False))].tolist()
        return list(zip(changes[::2], changes[1::2], strict=True))

    def contain(self, time: ArrayLike) -> NDArray[np.bool_]:
        """Whether each hour is of the kind."""
        return np.asarray(np.searchsorted(self.edges, np.asarray(time), side="right") % 2 == 1)


def ends_of(start: Floats, end: Floats) -> Floats:
    """The ends, in order, of stretches none of which is empty, merged: as ``Hours.edges`` of the intervals."""
    order = np.argsort(start, kind="stable")
    begins, reached = start[order], np.maximum.accumulate(end[order])
    apart = np.flatnonzero(begins[1:] > reached[:-1])
    first, last = np.append(0, apart + 1)[: len(start)], np.append(apart, len(start) - 1)[: len(start)]
    return np.stack([begins[first], reached[last]], axis=1).reshape(-1)


def hours_from(intervals: list[Interval]) -> Hours:
    """Hours of the kind described by merged intervals."""
    edges = np.array(intervals, dtype=float).reshape(-1)
    length = np.where(np.arange(len(edges)) % 2 == 1, np.diff(edges, prepend=0.0), 0.0)
    return Hours(tuple(intervals), edges, np.cumsum(length))


@lru_cache(maxsize=16)
def out_of_hours(calendar: Calendar, first_day: int, last_day: int) -> Hours:
    """Everything outside the working hours of working days, from the start of one day to the end of another."""
    return on_clock(calendar, out_of_hours_spans(calendar), first_day, last_day)


@lru_cache(maxsize=16)
def on_clock(calendar: Calendar, spans: tuple[Span, ...], first_day: int, last_day: int) -> Hours:
    """The hours of the clock that spans describe, from the start of one day to the end of another."""
    return hours_from(hours_of(calendar, spans, first_day, last_day))


def busy_roads(calendar: Calendar, last_day: int) -> Hours:
    """07:00-19:00 of working days, from the start of the run to the end of a day."""
    return on_clock(calendar, (Span(WEEKDAYS, *BUSY_ROADS),), 0, last_day)


@lru_cache(maxsize=16)
def nightly(window: tuple[float, float], first_day: int, last_day: int) -> Hours:
    """A window of the clock every day, such as 22:00-07:00; a window over midnight belongs to the day it begins."""
    start, end = window
    length = (end - start) % HOURS_PER_DAY
    return hours_from(
        merged(
            [
                (day * HOURS_PER_DAY + start, day * HOURS_PER_DAY + start + length)
                for day in range(first_day - 1, last_day + 1)
            ]
        )
    )
