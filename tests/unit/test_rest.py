"""Rest and work by the clock, by hand: unbroken rest, weekly rest, average weeks, runs of nights."""

from __future__ import annotations

import numpy as np
import pytest

from sim.rota.rest import (
    busiest_average,
    days_held,
    hours_by_day,
    longest_rest_before,
    longest_run,
    most_in,
    rests_missed,
    soon_after,
    stretches,
)

FORTNIGHT = (0.0, 336.0)


def work(*rows: tuple[int, float, float]):
    """Stretches of (person, from, to)."""
    person, start, end = (np.array(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    return stretches(np.asarray(person, dtype=np.int64), np.asarray(start, float), np.asarray(end, float))


def rest_before(found, hour: float, person: int = 0, enough: float = 25.0) -> float:
    return float(longest_rest_before(found, np.array([person]), np.array([hour]), enough)[0])


def test_overlapping_and_touching_hours_are_one_stretch_of_one_person():
    found = work((1, 5, 6), (0, 9, 17), (0, 17, 20), (0, 19, 22), (1, 6.5, 7), (0, 30, 31))
    rows = list(zip(found.person.tolist(), found.start.tolist(), found.end.tolist(), strict=True))
    assert rows == [(0, 9, 22), (0, 30, 31), (1, 5, 6), (1, 6.5, 7)]


def test_hours_inside_a_longer_stretch_do_not_end_it():
    assert work((0, 0, 20), (0, 2, 3), (0, 21, 22)).end.tolist() == [20, 22]


@pytest.mark.parametrize(
    ("worked", "rest"),
    [
        ([], 24.0),
        ([(9, 17)], 16.0),  # 17:00 to 09:00
        ([(9, 17), (23, 24)], 9.0),  # 00:00 to 09:00 beats 17:00 to 23:00
        ([(9, 17), (27, 29)], 10.0),  # a visit from 03:00 to 05:00: 17:00 to 03:00 beats 05:00 to 09:00
        ([(9, 17), (22, 23), (29, 30)], 6.0),
        ([(9, 17), (32, 34)], 15.0),  # still out at 09:00 since 08:00
        ([(0, 4)], 24.0),  # over 24 h ago
        ([(8, 10)], 23.0),  # only what lies in the 24 h counts
    ],
)
def test_the_longest_unbroken_rest_in_the_24_h_before_9_on_tuesday(worked, rest):
    assert rest_before(work(*((0, *one) for one in worked)), 33.0) == rest


def test_other_peoples_work_is_no_ones_business():
    """Catches people laid end to end who run into each other."""
    found = work((0, 9, 17), (1, 20, 33), (2, 30, 40))
    assert [rest_before(found, 33.0, person) for person in (0, 1, 2, 3)] == [16.0, 11.0, 21.0, 24.0]


def test_a_stretch_soon_after_another():
    found = work((0, 9, 17), (0, 27.9, 30), (1, 31, 32), (0, 41, 42))
    assert soon_after(found, 11.0).tolist() == [False, True, False, False]


def days(*numbers: int) -> list[tuple[int, float, float]]:
    """Work from 08:00 to 20:00 on these days."""
    return [(0, day * 24 + 8.0, day * 24 + 20.0) for day in numbers]


@pytest.mark.parametrize(
    ("worked", "missed"),
    [
        ([], 0),
        (days(0, 1, 2, 3, 4, 7, 8, 9, 10, 11), 0),  # two weekends
        (days(*range(12)), 0),  # 52 h at the end: two rests of 24 h
        (days(*range(13)), 1),  # 28 h at the end: one rest
        (days(*range(14)), 2),
        (days(0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12), 0),  # one Sunday off in each week: 36 h twice
    ],
)
def test_two_rests_of_24_h_a_fortnight(worked, missed):
    assert rests_missed(work(*worked), 2, FORTNIGHT, 24.0).tolist() == [missed, 0]


def test_a_single_last_week_needs_one_rest():
    whole = [(0, 0.0, 504.0)]
    assert rests_missed(work(*whole), 1, (0.0, 504.0), 24.0).tolist() == [3]


def test_hours_by_day_are_cut_at_midnight_and_at_the_window():
    found = hours_by_day(np.array([0, 0, 1]), np.array([20.0, 0, 30]), np.array([50.0, 2, 40]), 2, 1, 2)
    assert found.tolist() == [[24, 2], [10, 0]]


def test_days_away_do_not_lower_the_average():
    """Two weeks of 40 h, two away, two of 60 h: over two weeks at work 60, over four 50."""
    by_day = np.repeat([[40.0, 40.0, 0.0, 0.0, 60.0, 60.0]], 7, axis=1).reshape(1, -1) / 7
    away = np.repeat([[False, False, True, True, False, False]], 7, axis=1)
    assert busiest_average(by_day, away, 2) == pytest.approx([60])
    assert busiest_average(by_day, away, 4) == pytest.approx([50])
    assert busiest_average(by_day, np.zeros_like(away), 4) == pytest.approx([30])  # 0, 0, 60, 60


def test_a_period_longer_than_the_run_is_the_run():
    assert busiest_average(np.full((1, 14), 8.0), np.zeros((1, 14), dtype=bool), 17) == pytest.approx([56])


def test_a_night_is_held_by_any_hour_of_it():
    held = days_held(
        np.array([0, 0, 1, 1]),
        np.array([17.0, 50.0, 22.0, 7.0]),
        np.array([22.5, 55.0, 22.0, 22.0]),
        22.0,
        9.0,
        0,
        3,
        2,
    )
    assert held.tolist() == [[True, True, False], [False, False, False]]


def test_the_longest_run_of_days():
    marked = np.array([[1, 1, 0, 1, 1, 1], [0, 0, 0, 0, 0, 0], [1, 0, 1, 0, 1, 0]], dtype=bool)
    assert longest_run(marked).tolist() == [3, 0, 1]


def test_the_most_days_of_any_window_of_days():
    """Catches calendar blocks in place of any days in a row: the three lie across days 2 to 4."""
    marked = np.array([[0, 0, 1, 1, 1, 0], [1, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]], dtype=bool)
    assert most_in(marked, 3).tolist() == [3, 1, 0]
    assert most_in(marked, 2).tolist() == [2, 1, 0]
    assert most_in(marked, 28).tolist() == [3, 2, 0]
    assert most_in(np.zeros((2, 0), dtype=bool), 28).tolist() == [0, 0]
