"""Half-open intervals of hours [start, end): merged, cut and taken away, exactly."""

from __future__ import annotations

from bisect import bisect_right

Interval = tuple[float, float]


def merged(intervals: list[Interval]) -> list[Interval]:
    """Sorted intervals with overlapping and touching ones made one."""
    out: list[Interval] = []
    for start, end in sorted(intervals):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return out


def clip(interval: Interval, start: float, end: float) -> Interval:
    """The part of an interval inside [start, end); empty when its end does not exceed its start."""
    return max(interval[0], start), min(interval[1], end)


def within(intervals: list[Interval], start: float, end: float) -> list[Interval]:
    """The parts of merged intervals inside [start, end)."""
    first = max(bisect_right(intervals, (start, start)) - 1, 0)
    out = []
    for place in range(first, len(intervals)):
        begins, ends = intervals[place]
        if begins >= end:
            break
        if begins < start:
            begins = start
        if ends > end:
            ends = end
        if ends > begins:
            out.append((begins, ends))
    return out


def minus(intervals: list[Interval], taken: list[Interval]) -> list[Interval]:
    """What is left of intervals when merged intervals are taken away."""
    if not taken:
        return [(start, end) for start, end in intervals if end > start]
    out = []
    for start, end in intervals:
        for taken_start, taken_end in within(taken, start, end):
            if taken_start > start:
                out.append((start, taken_start))
            start = taken_end
        if end > start:
            out.append((start, end))
    return out


def total(intervals: list[Interval]) -> float:
    """Hours in intervals that do not overlap."""
    return sum([end - start for start, end in intervals])
