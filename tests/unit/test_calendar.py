"""The local clock, hour by hour at its edges."""

from __future__ import annotations

import datetime as dt

import pytest

from sim.domain.calendar import (
    ALL_DAYS,
    BANK_HOLIDAY,
    SUNDAY,
    WEEKDAYS,
    WEEKENDS,
    Calendar,
    in_clock,
    out_of_hours_spans,
)
from sim.domain.scenario import Run
from tests.tiny import MONDAY, tiny

PLAIN = Calendar(MONDAY)
EASTER = Calendar(MONDAY, frozenset({4, 7}))  # a Good Friday and the Monday after it


@pytest.mark.parametrize(
    ("time", "out"),
    [
        (0.0, True), (8.999, True), (9.0, False), (16.999, False), (17.0, True), (4 * 24 + 12.0, False),
        (5 * 24 + 12.0, True), (6 * 24 + 12.0, True), (7 * 24 + 12.0, False), (-3.0, True), (-60.0, False),
    ],
)  # fmt: skip
def test_in_hours_are_nine_to_five_on_weekdays(time, out):
    """Catches a closed end, a weekend in hours, and hours before time 0 (a Friday noon is hour -60)."""
    assert PLAIN.is_out_of_hours(time) is out


@pytest.mark.parametrize("day", [4, 7])
def test_a_bank_holiday_is_out_of_hours_all_day(day):
    assert PLAIN.is_working_day(day)
    assert not EASTER.is_working_day(day)
    assert all(EASTER.is_out_of_hours(24 * day + hour) for hour in range(24))
    assert EASTER.day_kind(day) == BANK_HOLIDAY


def test_a_bank_holiday_is_read_as_a_sunday_in_a_profile():
    assert EASTER.hour_of_week(4 * 24 + 9) == SUNDAY * 24 + 9
    assert PLAIN.hour_of_week(4 * 24 + 9) == 4 * 24 + 9
    assert PLAIN.hour_of_week(168 + 5) == 5
    assert PLAIN.hour_of_week(-1) == 167


@pytest.mark.parametrize(
    ("hour", "night", "sleep"),
    [(21.999, False, False), (22.0, True, False), (22.999, True, False), (23.0, True, True), (0.0, True, True),
     (6.999, True, True), (7.0, False, False), (12.0, False, False)],
)  # fmt: skip
def test_night_and_sleep_run_over_midnight(hour, night, sleep):
    """Catches the two nights mixed: 22-07 for demand and exposure, 23-07 for disturbed nights."""
    assert PLAIN.is_night(48 + hour) is night
    assert PLAIN.is_sleep(48 + hour) is sleep


def test_a_window_of_the_clock_holds_its_start_and_not_its_end():
    assert [in_clock(h, (9.0, 17.0)) for h in (9.0, 17.0)] == [True, False]
    assert [in_clock(h, (22.0, 7.0)) for h in (22.0, 7.0)] == [True, False]


@pytest.mark.parametrize(("calendar", "hours"), [(PLAIN, 128), (EASTER, 136)])
def test_out_of_hours_spans_are_the_hours_that_are_out_of_hours(calendar, hours):
    """128 of the 168 hours of an ordinary week; with a Good Friday 136."""
    spans = out_of_hours_spans(calendar)
    covered = [
        h for h in range(168) if any(calendar.day_kind(h // 24) in s.days and s.start <= h % 24 < s.end for s in spans)
    ]
    assert covered == [h for h in range(168) if calendar.is_out_of_hours(h)]
    assert len(covered) == hours


def test_when_there_are_no_working_hours_every_hour_is_out_of_hours():
    always = Calendar(MONDAY, always_out_of_hours=True)
    assert all(always.is_out_of_hours(hour) for hour in range(168))
    assert sum((s.end - s.start) * len(s.days - {BANK_HOLIDAY}) for s in out_of_hours_spans(always)) == 168


def test_dates_count_from_the_monday_of_the_start():
    assert PLAIN.date(0.0) == dt.date(2027, 1, 4)
    assert PLAIN.date(23.99) == dt.date(2027, 1, 4)
    assert PLAIN.date(168.0) == dt.date(2027, 1, 11)
    assert PLAIN.date(-0.5) == dt.date(2027, 1, 3)


def test_every_kind_of_day_is_a_weekday_or_at_a_weekend():
    assert WEEKDAYS | WEEKENDS == ALL_DAYS
    assert not WEEKDAYS & WEEKENDS


def test_a_run_says_when_it_begins_and_what_is_measured():
    """Catches the day after the last one, and the warm-up left out."""
    scenario = tiny(run=Run.of_weeks(2, 1, 1))
    assert scenario.days == {"start_date": "2027-01-04", "measured_from": "2027-01-18", "measured_to": "2027-01-24"}
