"""Hours of a kind in a stretch of time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.domain.calendar import Calendar
from sim.hours import ends_of, hours_from, nightly, out_of_hours
from tests.tiny import MONDAY

CALENDAR = Calendar(MONDAY)


def test_an_ordinary_week_has_128_hours_out_of_hours():
    dark = out_of_hours(CALENDAR, 0, 13)
    assert float(dark.between(0.0, 168.0)) == 128
    assert float(dark.between(168.0, 336.0)) == 128
    assert dark.intervals[:2] == ((0.0, 9.0), (17.0, 33.0))


def test_a_bank_holiday_adds_its_working_hours():
    with_monday = replace(CALENDAR, bank_holidays=frozenset({7}))
    assert float(out_of_hours(with_monday, 0, 13).between(168.0, 336.0)) == 136


def test_part_of_a_stretch_counts_for_its_part():
    """Catches counting by the hour of the start: 16:30 on Monday to 09:15 on Tuesday is 16 hours of the dark kind."""
    dark = out_of_hours(CALENDAR, 0, 6)
    found = dark.between(np.array([16.5, 10.0, 18.0, 8.0]), np.array([33.25, 11.0, 18.0, 10.0]))
    assert found.tolist() == [16.0, 0.0, 0.0, 1.0]


def test_stretches_that_overlap_or_touch_have_their_ends_once():
    """Out of order, one inside another, two that touch: 1-4 and 5-6."""
    start, end = np.array([3.0, 1.0, 5.0, 1.5]), np.array([4.0, 3.0, 6.0, 2.0])
    assert ends_of(start, end).tolist() == [1.0, 4.0, 5.0, 6.0]
    assert ends_of(start[:0], end[:0]).tolist() == []


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(1.0, 4.0), (6.0, 8.0)]),
        ([2.0, 3.0], [(1.0, 2.0), (3.0, 4.0), (6.0, 8.0)]),
        ([0.0, 2.0, 4.0, 5.0], [(2.0, 4.0), (6.0, 8.0)]),  # before, and between the two
        ([3.0, 7.0], [(1.0, 3.0), (7.0, 8.0)]),
        ([1.0, 4.0, 5.0, 9.0], []),
    ],
)
def test_what_others_leave_of_hours(taken, left):
    assert hours_from([(1.0, 4.0), (6.0, 8.0)]).without(np.array(taken)) == left


@pytest.mark.parametrize(("time", "inside"), [(8.999, True), (9.0, False), (16.999, False), (17.0, True)])
def test_edges_are_half_open(time, inside):
    assert bool(out_of_hours(CALENDAR, 0, 6).contain(time)) is inside


def test_the_look_up_agrees_with_the_calendar_at_every_quarter_of_an_hour():
    easter = replace(CALENDAR, bank_holidays=frozenset({4, 7}))
    quarters = np.arange(0, 14 * 24, 0.25)
    for hours, is_kind in (
        (out_of_hours(easter, 0, 13), easter.is_out_of_hours),
        (nightly(easter.night, 0, 13), easter.is_night),
        (nightly(easter.sleep, 0, 13), easter.is_sleep),
    ):
        assert hours.contain(quarters).tolist() == [is_kind(time) for time in quarters]


def test_a_night_that_began_before_the_first_day_is_there():
    """Catches the first morning left out: 22:00-07:00 holds hours 0 to 7 and 22 to 31."""
    night = nightly((22.0, 7.0), 0, 6)
    assert float(night.between(0.0, 24.0)) == 9
    assert float(night.between(0.0, 168.0)) == 63


def test_a_kind_without_hours():
    nothing = hours_from([])
    assert float(nothing.between(0.0, 5.0)) == 0
    assert nothing.between(np.zeros(3), np.ones(3)).tolist() == [0, 0, 0]
    assert not nothing.contain(3.0)


def test_stretches_add_up():
    dark = out_of_hours(CALENDAR, 0, 20)
    cuts = np.sort(np.random.default_rng(1).uniform(0, 500, 50))
    assert dark.between(cuts[:-1], cuts[1:]).sum() == pytest.approx(float(dark.between(cuts[0], cuts[-1])))
