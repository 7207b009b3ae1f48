"""Interval arithmetic, by hand and against sets of whole hours."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.intervals import clip, merged, minus, total, within

STEADY = settings(deadline=None, derandomize=True)
PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: (min(p), max(p))), max_size=8)


def hours(intervals) -> set[int]:
    """Whole hours that intervals cover."""
    return {hour for start, end in intervals for hour in range(start, end)}


def test_overlapping_and_touching_intervals_become_one():
    assert merged([(5, 8), (0, 2), (2, 4), (7, 9)]) == [(0, 4), (5, 9)]
    assert merged([]) == []
    assert merged([(3, 3)]) == []
    assert merged([(0, 9), (2, 3)]) == [(0, 9)]


def test_what_is_left():
    assert minus([(0, 10)], [(2, 3), (5, 7)]) == [(0, 2), (3, 5), (7, 10)]
    assert minus([(0, 10)], []) == [(0, 10)]
    assert minus([(0, 10)], [(0, 10)]) == []
    assert minus([(0, 4), (6, 8)], [(3, 7)]) == [(0, 3), (7, 8)]


def test_the_part_inside():
    assert within([(0, 4), (6, 8), (9, 12)], 3, 10) == [(3, 4), (6, 8), (9, 10)]
    assert within([(0, 4)], 4, 6) == []
    assert within([(0, 40)], 4, 6) == [(4, 6)]
    assert within([], 4, 6) == []
    assert clip((0, 9), 3, 5) == (3, 5)
    assert total([(0, 4), (6, 8)]) == 6


@STEADY
@given(PAIRS)
def test_merged_covers_the_same_hours_without_touching(pairs):
    result = merged(pairs)
    assert hours(result) == hours(pairs)
    assert all(first[1] < second[0] for first, second in pairwise(result))
    assert total(result) == len(hours(pairs))


@STEADY
@given(PAIRS, PAIRS)
def test_minus_takes_exactly_the_hours_away(kept, taken):
    result = minus(merged(kept), merged(taken))
    assert hours(result) == hours(kept) - hours(taken)
    assert all(end > start for start, end in result)


@STEADY
@given(PAIRS, st.integers(0, 30), st.integers(0, 30))
def test_within_keeps_exactly_the_hours_inside(pairs, start, end):
    assert hours(within(merged(pairs), start, end)) == hours(pairs) & set(range(start, end))
