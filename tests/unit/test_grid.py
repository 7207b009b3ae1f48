"""Who is on when, letter by letter, for rotas of two weeks that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, WEEKENDS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import Run
from sim.rota.grid import grid
from sim.rota.printed import grid_text
from tests.tiny import MONDAY, absent, duties_of, nurses, pattern, team, tiny

DARK = out_of_hours_spans(Calendar(MONDAY))
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
NIGHT = pattern("night", DARK, at="on_call", rotation="weekend_split")


def shown(number: int, *patterns, weeks: int = 2, leave=None, sick=None, vacant=(), **changes) -> list[str]:
    """The lines of letters of one team: people, then gaps."""
    scenario = tiny(teams=(team(people=nurses(number), patterns=patterns),), run=Run.of_weeks(0, weeks, 0), **changes)
    staff = absent(scenario, leave or {}, sick or {}, vacant)
    made = grid(scenario, staff, duties_of(scenario, staff), 0, 0, weeks * 7)
    lines = grid_text(scenario, 0, made, 0).splitlines()[3:]
    return [line.split("  ")[-1].strip() for line in lines]


def test_a_1_in_3_with_weekends_whole():
    """The first turn is Sunday's night before the rota begins: Monday goes to the second of the list."""
    assert shown(3, NIGHT) == ["..N.... N..N...", "N..N... .N..NNN", ".N..NNN ..N....", "....... ......."]


@pytest.mark.parametrize("rotation", ["night", "weekend_split", "week"])
def test_every_night_has_one_holder(rotation):
    lines = shown(4, replace(NIGHT, rotation=rotation))
    for column in zip(*(line.replace(" ", "") for line in lines[:4]), strict=True):
        assert sorted(column) == [".", ".", ".", "N"]
    assert lines[4] == "....... ......."


def test_a_week_block_changes_hands_on_monday_evening():
    assert shown(2, replace(NIGHT, rotation="week")) == ["....... NNNNNNN", "NNNNNNN .......", "....... ......."]


def test_day_job_and_nights_are_both():
    assert shown(1, DAY, NIGHT) == ["BBBBBNN BBBBBNN", "....... .......", "....... ......."]


def test_on_a_bank_holiday_nobody_is_at_work_and_the_day_is_on_call():
    assert shown(1, DAY, NIGHT, calendar=Calendar(MONDAY, frozenset({7})))[0] == "BBBBBNN NBBBBNN"


def test_leave_without_cover_is_a_gap():
    uncovered = replace(NIGHT, rotation="week", prospective_cover=False)
    assert shown(2, DAY, uncovered, leave={1: [0]}) == [
        "WWWWW.. BBBBBNN", "LLLLLLL WWWWW..", "....... .......", "!!!!!!! .......",
    ]  # fmt: skip


def test_leave_with_cover_goes_to_the_next_of_the_list():
    by_night = replace(NIGHT, rotation="night")
    lines = shown(3, by_night, leave={1: [0]}, weeks=1)
    assert lines == ["..N..N.", "LLLLLLL", "NN.NN.N", "......."]


def test_a_vacant_post_and_sickness_nobody_covers():
    never = replace(NIGHT, rotation="week", prospective_cover=False)
    assert shown(2, never, vacant=[1], sick={0: [1]}) == ["....... SSSSSSS", "------- -------", "!!!!!!! !!!!!!!"]


def test_seats_beyond_people_are_counted():
    assert shown(1, replace(NIGHT, seats=3), weeks=1)[1] == "2222222"


def test_a_shift_of_everybody_is_a_gap_only_when_all_are_away():
    assert shown(2, DAY, leave={0: [0, 1], 1: [1]}) == ["LLLLLLL LLLLLLL", "WWWWW.. LLLLLLL", "....... !!!!!.."]


def test_a_night_at_work_belongs_to_the_day_it_begins_on():
    waking = pattern("waking", (Span(ALL_DAYS, 21.0, 31.0),), rotation="week")
    assert shown(1, waking, weeks=1)[0] == "WWWWWWW"
    weekend = pattern("weekend", (Span(WEEKENDS, 21.0, 31.0),), rotation="week")
    assert shown(1, weekend)[0].split()[1] == ".....WW"


def test_an_evening_on_call_is_one_day():
    assert shown(1, pattern("evening", (Span(WEEKDAYS, 17.0, 22.0),), at="on_call"), weeks=1)[0] == "NNNNN.."


def test_a_day_on_call_is_shown_on_its_day_and_a_morning_on_that_of_its_evening():
    """Would catch Monday's hours before the hand-over shown on Sunday, where there is no other hour.

    Saturday's early hour ends the session of Friday's evening; Sunday's and Monday's are sessions of their own.
    """
    assert shown(1, pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), at="on_call"), weeks=1)[0] == "NNNNN.."
    split = (Span(WEEKDAYS, 17.0, 22.0), Span(ALL_DAYS, 7.0, 8.0))
    assert shown(1, pattern("split", split, at="on_call"), weeks=1)[0] == "NNNNN.N"


def test_nights_at_ten_past_the_hand_over_are_one_day_each():
    nights = pattern("night", (Span(ALL_DAYS, 20.0, 34.0),), at="on_call", rotation="night")
    assert shown(2, nights, weeks=1) == [".N.N.N.", "N.N.N.N", "......."]


def test_seats_are_numbered_within_a_turn():
    scenario = tiny(teams=(team(people=nurses(3), patterns=(replace(NIGHT, seats=2),)),))
    duties = duties_of(scenario)
    assert set(zip(duties.seat.tolist(), duties.turn.tolist(), strict=True)) >= {(0, 0), (1, 0), (0, 1), (1, 1)}
    assert set(duties.seat.tolist()) == {0, 1}
