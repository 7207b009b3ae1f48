"""The local clock: days, working days, out of hours and the three nights.

Time is hours since Monday 00:00 of the week that contains the start date, without daylight-saving jumps.
Source: NICE QS160 leaves "out of hours" to the service; Mon-Fri 09:00-17:00 except bank holidays is the default here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DAYS_PER_WEEK = 7
HOURS_PER_DAY = 24.0
HOURS_PER_WEEK = 168.0
HOURS_PER_YEAR = 8766.0  # 365.25 days

SUNDAY = 6
BANK_HOLIDAY = 7  # the eighth kind of day in a span: any bank holiday
BUSY_ROADS = (7.0, 19.0)  # clock hours of a working day in which journeys take longer
HOLIDAY_ON = 8  # and from here on, a bank holiday that falls on Monday, on Tuesday ... on Sunday


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which hours are in hours, and which are night.

    start_date: a Monday. bank_holidays: day numbers since the start date.
    in_hours, night, sleep: clock hours (start, end); night and sleep run over midnight.
    always_out_of_hours: there are no working hours.
    """

    start_date: dt.date
    bank_holidays: frozenset[int] = frozenset()
    in_hours: tuple[float, float] = (9.0, 17.0)
    night: tuple[float, float] = (22.0, 7.0)
    sleep: tuple[float, float] = (23.0, 7.0)
    always_out_of_hours: bool = False

    def day_kind(self, day: int) -> int:
        """0-6 for Monday-Sunday, 7 for a bank holiday."""
        return BANK_HOLIDAY if day in self.bank_holidays else day % 7

    def falls_on(self, day: int, kinds: frozenset[int]) -> bool:
        """Whether a day is of one of the kinds of a span; a bank holiday is one, and one on its weekday."""
        if day in self.bank_holidays:
            return BANK_HOLIDAY in kinds or HOLIDAY_ON + day % 7 in kinds
        return day % 7 in kinds

    def is_working_day(self, day: int) -> bool:
        """Monday to Friday and no bank holiday."""
        return self.day_kind(day) < 5

    def is_out_of_hours(self, time: float) -> bool:
        """Outside the working hours of a working day."""
        day, hour = divmod(time, HOURS_PER_DAY)
        start, end = self.in_hours
        return self.always_out_of_hours or not (start <= hour < end and self.is_working_day(int(day)))

    def is_night(self, time: float) -> bool:
        """In the night of demand and exposure (22:00-07:00)."""
        return in_clock(time % HOURS_PER_DAY, self.night)

    def is_sleep(self, time: float) -> bool:
        """In the hours in which a call makes a disturbed night (23:00-07:00)."""
        return in_clock(time % HOURS_PER_DAY, self.sleep)

    def roads_are_busy(self, time: float) -> bool:
        """07:00-19:00 of a working day; nights, weekends and bank holidays are quiet."""
        day, hour = divmod(time, HOURS_PER_DAY)
        return BUSY_ROADS[0] <= hour < BUSY_ROADS[1] and self.is_working_day(int(day))

    def hour_of_week(self, hour: int) -> int:
        """Row of an hour-of-week profile; a bank holiday is read as a Sunday."""
        day = hour // 24
        weekday = SUNDAY if day in self.bank_holidays else day % 7
        return weekday * 24 + hour % 24

    def date(self, time: float) -> dt.date:
        """The date on which an hour falls."""
        return self.start_date + dt.timedelta(days=int(time // HOURS_PER_DAY))


def in_clock(hour: float, window: tuple[float, float]) -> bool:
    """Whether a clock hour lies in a window [start, end) that may run over midnight."""
    start, end = window
    return start <= hour < end if start <= end else hour >= start or hour < end


@dataclass(frozen=True, slots=True)
class Span:
    """Clock hours [start, end) on certain kinds of day; over midnight the end lies beyond hour 24.

    days: 0-6 Monday-Sunday that are no bank holiday, 7 any bank holiday, 8-14 one that falls on Monday-Sunday.
    """

    days: frozenset[int]
    start: float
    end: float

    @property
    def is_night(self) -> bool:
        """Whether it runs over midnight."""
        return self.end > HOURS_PER_DAY


WEEKDAYS = frozenset(range(5))
WEEKENDS = frozenset((5, 6, BANK_HOLIDAY))
ALL_DAYS = frozenset(range(8))
A_WEEK = Calendar(dt.date(2024, 1, 1))  # ordinary days, Monday first


def out_of_hours_spans(calendar: Calendar) -> tuple[Span, ...]:
    """Every hour outside the working hours, as spans."""
    if calendar.always_out_of_hours:
        return (Span(ALL_DAYS, 0.0, 24.0),)
    start, end = calendar.in_hours
    return (Span(WEEKDAYS, 0.0, start), Span(WEEKDAYS, end, 24.0), Span(WEEKENDS, 0.0, 24.0))
