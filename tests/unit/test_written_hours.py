"""Hours, days and bank holidays of a pattern as planners write them, and what is refused in one line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sim import config
from sim.config.clock import spans, window
from sim.config.ladder import ladder
from sim.config.teams import build_teams
from sim.config.words import BadKey
from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import Run
from sim.domain.sessions import hours_of
from tests.tiny import MONDAY, tiny

PLAIN = Calendar(MONDAY)
CHRISTMAS = dt.date(
    2027, 12, 25
)  # a Saturday; Monday and Tuesday after it are bank holidays in its and Boxing Day's place
HOLIDAYS = Calendar(dt.date(2027, 12, 20), frozenset({5, 7, 8}))
WEEKEND, WORKDAYS = ["sat", "sun"], ["mon", "tue", "wed", "thu", "fri"]


def of(hours: Any, **more: Any) -> tuple[Span, ...]:
    return spans("p", {"hours": hours, **more}, PLAIN)


def days_worked(hours: Any, **more: Any) -> list[int]:
    """Days of the week of Christmas 2027 and the one after it on which the pattern is worked."""
    found = spans("p", {"hours": hours, **more}, HOLIDAYS)
    return [day for day in range(14) if hours_of(HOLIDAYS, found, day, day)]


def total(hours: Any, **more: Any) -> float:
    """Hours of an ordinary week."""
    return sum(end - start for start, end in hours_of(PLAIN, of(hours, **more), 0, 6))


def complaint(hours: Any, **more: Any) -> str:
    with pytest.raises(BadKey) as bad:
        of(hours, **more)
    return bad.value.line("mine.yaml")


# -- what is written ---------------------------------------------------------------------------------------------------


def test_hours_and_days_become_spans():
    assert of("09-17", days="weekdays") == (Span(WEEKDAYS, 9, 17),)
    assert of("22-07") == (Span(ALL_DAYS, 22, 31),)
    assert of(["weekdays 17-22", "weekends 08-22"])[0] == Span(WEEKDAYS, 17, 22)
    assert of("21:30-07:15", days=WORKDAYS + WEEKEND) == (Span(ALL_DAYS, 21.5, 31.25),)
    assert of("out_of_hours") == out_of_hours_spans(PLAIN)


def test_out_of_hours_is_kept_to_the_days_that_are_written():
    """Would catch ``days: weekends`` dropped without a word: 128 hours a week in place of 48."""
    assert total("out_of_hours") == 128
    assert total("out_of_hours", days="weekends") == total("weekends out_of_hours") == 48
    assert total("out_of_hours", days="weekdays") == 80
    assert total("out_of_hours", days=["mon"]) == 16


@pytest.mark.parametrize(
    ("days", "worked"),
    [
        ("all", list(range(14))),
        (WORKDAYS + WEEKEND, list(range(14))),
        ("weekends", [5, 6, 7, 8, 12, 13]),
        (WEEKEND, [5, 6, 12, 13]),
        ("sat", [5, 12]),
        ("weekdays", [0, 1, 2, 3, 4, 9, 10, 11]),
        (WORKDAYS, [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]),
        (["weekdays", "bank_holidays"], [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]),
        ("bank_holidays", [5, 7, 8]),
    ],
    ids=str,
)
@pytest.mark.parametrize("hours", ["09-17", "out_of_hours"])
def test_a_bank_holiday_is_worked_where_its_weekday_is_named(days, worked, hours):
    """Christmas Day 2027 is a Saturday. Would catch nobody there on it though all seven days are written out."""
    assert days_worked(hours, days=days) == worked


@pytest.mark.parametrize("off", [False, "off"])
def test_bank_holidays_off_is_off_on_every_one_of_them(off):
    assert days_worked("09-17", bank_holidays=off) == [0, 1, 2, 3, 4, 6, 9, 10, 11, 12, 13]
    assert days_worked("out_of_hours", days="weekends", bank_holidays=off) == [6, 12, 13]
    assert days_worked(["sat 09-12", "weekdays 17-22"], bank_holidays=off) == [0, 1, 2, 3, 4, 9, 10, 11, 12]


def test_bank_holidays_on_is_what_the_days_name():
    assert days_worked("09-17", days=WORKDAYS, bank_holidays="on") == days_worked("09-17", days=WORKDAYS)


@pytest.mark.parametrize("night", ["21-09", "20-10", "17-16", "21-09:30", "13-12", "22-07", "12:30-08"])
def test_a_night_begins_after_noon_and_is_never_asked_about(night):
    assert window("p.hours", night)[0] > 12


@pytest.mark.parametrize("hours", ["17-09", "09-17", "00-24", "01-09", "10-00"])
def test_hours_that_are_what_they_say(hours):
    assert total(hours) > 0


# -- what is refused ---------------------------------------------------------------------------------------------------

ASKED = (
    "begins by noon and ends on the next day, after {hours} hours; nights begin later; write {instead} if you mean it"
)
REFUSED = [
    ({"hours": "9-5"}, "p.hours = 9-5: " + ASKED.format(hours=20, instead="09-17, or 09-24 and 00-05")),
    ({"hours": "12-8"}, "p.hours = 12-8: " + ASKED.format(hours=20, instead="12-20, or 12-24 and 00-08")),
    ({"hours": "sat 8:30-6"}, "8:30-6: " + ASKED.format(hours=21.5, instead="08:30-18, or 08:30-24 and 00-06")),
    ({"hours": "out_of_hours", "days": "someday"}, "p.days = someday: someday is no kind of day; known: all, weekday"),
    ({"hours": "weekdays 17-22", "days": "someday"}, "p.days = someday: someday is no kind of day; "),
    ({"hours": "09-17", "days": []}, "p.days = []: names no day; known: all, weekdays, weekends, mon, tue, "),
    ({"hours": "out_of_hours", "days": None}, "p.days = null: names no day; known: all, weekdays, "),
    (
        {"hours": "mon-fri 09-17"},
        "p.hours = mon-fri: mon-fri is no kind of day; write weekdays, weekends, or each day as [mon, tue]",
    ),
    (
        {"hours": ["weekdays 17-22", "08-22"], "days": "weekends"},
        "p.days = weekends: the hours weekdays 17-22 say their own days; "
        "take days out, or write the days in front of all hours",
    ),
    (
        {"hours": ["20-10", "weekends 09-20"]},
        "p.hours = [20-10, weekends 09-20]: 20-10 and weekends 09-20 name the same hours; "
        "name every hour once: shorten one of them, or take it out",
    ),
    ({"hours": ["weekdays 17-09", "weekends 00-24"]}, "weekdays 17-09 and weekends 00-24 name the same hours"),
    ({"hours": ["out_of_hours", "20-23"]}, "out_of_hours and 20-23 name the same hours"),
    ({"hours": ["09-17", "09-17"]}, "09-17 and 09-17 name the same hours"),
    ({"hours": ["sat 09-17", "bank_holidays 10-12"]}, "sat 09-17 and bank_holidays 10-12 name the same hours"),
    ({"hours": "09-17", "bank_holidays": "maybe"}, "p.bank_holidays = maybe: must be off, for no bank holiday, or on"),
    (
        {"hours": "09-17", "days": "weekdays", "bank_holidays": "on"},
        "p.bank_holidays = on: its days name no bank holiday; "
        "write days: [mon, tue, wed, thu, fri] to work them, or add bank_holidays to the days",
    ),
    ({"hours": "09-17", "days": "bank_holidays", "bank_holidays": False}, "p.bank_holidays = off: no day is left; "),
    ({"hours": []}, "p.hours = []: no hours; write out_of_hours, 09-17, or a list of these"),
    ({"hours": "09-09"}, "p.hours = 09-09: begins and ends at the same hour; write 00-24 for the whole day"),
]


@pytest.mark.parametrize(("written", "said"), REFUSED, ids=[str(written) for written, _ in REFUSED])
def test_hours_that_cannot_be_meant_are_one_line(written, said):
    assert said in complaint(**written)


@pytest.mark.parametrize(
    "hours",
    [
        ["weekdays 17-23", "23-09", "weekends 09-23"],
        ["20-08", "weekends 08-20"],
        ["weekdays 17-09", "sat 09-24", "sun 00-24", "mon 00-09"],
        ["08-20", "20-08"],
    ],
    ids=str,
)
def test_hours_that_touch_are_not_the_same(hours):
    assert total(hours) > 0


def test_nights_before_a_bank_holiday_meet_its_hours():
    """Bank holidays come on any day: Thursday's night runs into the hours of Good Friday."""
    assert "name the same hours" in complaint(["thu 20-10", "bank_holidays 09-17"])
    assert of(["thu 20-09", "bank_holidays 09-17"])


# -- in a scenario file --------------------------------------------------------------------------------------------

MINE = """\
based_on: icb_rota
question: Who is there at Christmas?
areas: [QHG]
calendar: {start_date: 2027-01-04}
teams:
  community_nurses:
    people: 6
    patterns:
      night: {hours: "20-08", at: on_call, seats: 1}
      late: {hours: "08-20", days: [sat, sun], seats: 1}
      early: {hours: "07-09", days: [mon, tue, wed, thu, fri], seats: 1, rotation: night, bank_holidays: off}
"""


def test_a_scenario_file_says_hours_days_and_holidays(tmp_path):
    """A seat at work from eight to eight is one person's unless the file says otherwise: catches it cut at 17:00."""
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    scenario = config.plan(str(tmp_path / "mine.yaml")).scenario
    patterns = {pattern.name: pattern for pattern in scenario.teams[0].patterns}
    assert {name: pattern.rotation for name, pattern in patterns.items()} == {
        "day": "everyone", "night": "weekend_split", "late": "shift", "early": "night",
    }  # fmt: skip
    calendar = scenario.calendar
    christmas, boxing = ((date - calendar.start_date).days for date in (CHRISTMAS, dt.date(2027, 12, 27)))
    assert {christmas, boxing} < calendar.bank_holidays
    assert hours_of(calendar, patterns["late"].spans, christmas, christmas) == [
        (24.0 * christmas + 8, 24.0 * christmas + 20)
    ]
    assert [bool(hours_of(calendar, patterns[name].spans, boxing, boxing)) for name in ("early", "night", "day")] == [
        False, True, False,
    ]  # fmt: skip


# -- names of teams, and ladders ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["goodwill", "universal", "never", "team", "overflow_minutes"])
def test_a_team_is_not_called_by_a_word_of_the_ladder(name):
    """Would catch a team that no call ever reaches: the ladder's ``goodwill`` is the colleagues at home."""
    with pytest.raises(BadKey) as bad:
        build_teams({"teams": {name: {}}}, [], {}, PLAIN, Run.of_weeks(0, 1, 0), tiny().rota)
    assert bad.value.line("f") == f"f: teams.{name}: {name} is a word of the ladder; give the team another name"


def test_a_team_stands_once_on_a_ladder():
    written = {
        "ladder": ["nurses", {"team": "nurses", "overflow_minutes": 5}, "universal"], "teams": {"nurses": {}},
        "answering": {"overflow_minutes": 10}, "goodwill": {"on": False},
    }  # fmt: skip
    with pytest.raises(BadKey) as bad:
        ladder(written)
    said = "a team stands once: a call that has left it does not come back; take one out"
    assert bad.value.line("f") == f"f: ladder = nurses: {said}"
