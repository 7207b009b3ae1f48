"""Turns of a rotation by hand: what one person takes at a time, with weekends, bank holidays and hand-overs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, WEEKENDS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import RotaRules
from sim.domain.sessions import hours_of, names
from sim.rota.turns import turns_of
from tests.tiny import MONDAY, ROUND_THE_CLOCK

PLAIN = Calendar(MONDAY)
NIGHTS = out_of_hours_spans(PLAIN)
EVENINGS = (Span(WEEKDAYS, 17.0, 22.0), Span(WEEKENDS, 8.0, 22.0))
RULES = RotaRules(17.0, 9.0, 0.5)
MON, TUE, WED, THU, FRI, SAT, SUN = (24.0 * day for day in range(7))
WEEK = 168.0


def turns(rotation, spans=NIGHTS, calendar=PLAIN, weeks=2):
    return [turn.intervals for turn in turns_of(calendar, spans, rotation, RULES, weeks * WEEK)]


def test_weekday_nights_singly_and_the_weekend_to_one():
    """Friday 17:00 to Monday 09:00 is one turn; the first morning belongs to the weekend before."""
    assert turns("weekend_split")[:7] == [
        ((MON, MON + 9),),
        ((MON + 17, TUE + 9),),
        ((TUE + 17, WED + 9),),
        ((WED + 17, THU + 9),),
        ((THU + 17, FRI + 9),),
        ((FRI + 17, WEEK + 9),),
        ((WEEK + 17, WEEK + TUE + 9),),
    ]


def test_a_bank_holiday_monday_is_a_turn_of_its_own_from_nine_in_the_morning():
    """Catches a hand-over at 17:00 on a day nobody works: the weekend's person hands over on Monday at 09:00."""
    monday_off = Calendar(MONDAY, frozenset({7}))
    assert turns("weekend_split", calendar=monday_off)[5:8] == [
        ((FRI + 17, WEEK + 9),),
        ((WEEK + 9, WEEK + TUE + 9),),
        ((WEEK + TUE + 17, WEEK + WED + 9),),
    ]


def test_good_friday_begins_the_weekend_in_the_morning():
    easter = Calendar(MONDAY, frozenset({4, 7}))
    assert turns("weekend_split", calendar=easter)[4:7] == [
        ((THU + 17, FRI + 9),),
        ((FRI + 9, WEEK + 9),),
        ((WEEK + 9, WEEK + TUE + 9),),
    ]


def test_every_night_to_another():
    assert turns("night")[5:8] == [
        ((FRI + 17, SAT + 9),),
        ((SAT + 9, SUN + 9),),
        ((SUN + 9, WEEK + 9),),
    ]


def test_a_week_to_one_from_monday_evening_to_monday_morning():
    """A week block over a weekend: five nights and two days, handed over on Monday at 17:00."""
    first, second = turns("week")[:2]
    assert first == ((MON, MON + 9),)
    assert second == (
        (MON + 17, TUE + 9),
        (TUE + 17, WED + 9),
        (WED + 17, THU + 9),
        (THU + 17, FRI + 9),
        (FRI + 17, WEEK + 9),
    )


def test_a_week_round_the_clock_is_seven_days():
    assert turns("week", ROUND_THE_CLOCK)[1] == ((MON + 17, WEEK + 17),)


def test_seven_day_evenings_and_weekends():
    """Weekdays 17-22, weekends 08-22; Saturday's first hour comes before the hand-over, so it is Friday's."""
    found = turns("weekend_split", EVENINGS)
    assert found[:4] == [((day + 17, day + 22),) for day in (MON, TUE, WED, THU)]
    assert found[4] == ((FRI + 17, FRI + 22), (SAT + 8, SAT + 22), (SUN + 8, SUN + 22))
    nightly = turns("night", EVENINGS)
    assert nightly[4:7] == [
        ((FRI + 17, FRI + 22), (SAT + 8, SAT + 9)),
        ((SAT + 9, SAT + 22), (SUN + 8, SUN + 9)),
        ((SUN + 9, SUN + 22),),
    ]


def test_a_bank_holiday_has_the_hours_of_a_weekend():
    wednesday_off = Calendar(MONDAY, frozenset({2}))
    assert turns("night", EVENINGS, wednesday_off)[1:4] == [
        ((TUE + 17, TUE + 22), (WED + 8, WED + 9)),
        ((WED + 9, WED + 22),),
        ((THU + 17, THU + 22),),
    ]


@pytest.mark.parametrize("rotation", ["night", "weekend_split", "week"])
@pytest.mark.parametrize("spans", [NIGHTS, EVENINGS, ROUND_THE_CLOCK], ids=["nights", "evenings", "always"])
def test_turns_hold_every_hour_of_the_pattern_once(rotation, spans):
    """Catches hours lost or doubled at a hand-over or over a bank holiday."""
    easter = Calendar(MONDAY, frozenset({4, 7}))
    pieces = sorted(piece for turn in turns(rotation, spans, easter) for piece in turn)
    assert all(first[1] <= second[0] for first, second in pairwise(pieces))
    asked = {h for h in range(336) for s, e in hours_of(easter, spans, 0, 13) if s <= h < e}
    assert {h for h in range(336) for start, end in pieces if start <= h < end} == asked


def test_spans_are_merged_over_midnight():
    assert hours_of(PLAIN, NIGHTS, 0, 1) == [(0, 9), (17, 33), (41, 48)]
    assert hours_of(PLAIN, ROUND_THE_CLOCK, 0, 6) == [(0, 168)]


def test_a_day_shift_is_cut_where_the_rules_hand_over():
    """A round-the-clock duty changes hands at 17:00 on weekdays and 09:00 at weekends."""
    assert turns("night", ROUND_THE_CLOCK)[:3] == [((0, 17),), ((17, 41),), ((41, 65),)]
    assert turns("night", ROUND_THE_CLOCK)[5:7] == [((FRI + 17, SAT + 9),), ((SAT + 9, SUN + 9),)]


# -- nights that pass the hand-over of the next morning ---------------------------------------------------------------


def nights(start: float, end: float, days=ALL_DAYS) -> tuple[Span, ...]:
    """Every night from one hour of the clock to another, over midnight."""
    return (Span(days, start, 24.0 + end),)


def year(rotation: str, spans) -> float:
    """Hours of the turns inside 52 weeks."""
    pieces = (piece for turn in turns(rotation, spans, weeks=52) for piece in turn)
    return sum(max(min(end, 52 * WEEK) - start, 0.0) for start, end in pieces)


def test_fridays_night_to_ten_ends_at_ten():
    """Would catch a night cut at nine, when Saturday's turn begins, and its last hour lost."""
    assert turns("night", nights(20, 10))[4:8] == [
        ((THU + 20, FRI + 10),),
        ((FRI + 20, SAT + 10),),
        ((SAT + 20, SUN + 10),),
        ((SUN + 20, WEEK + 10),),
    ]


def test_a_night_before_a_bank_holiday_keeps_its_last_hour_too():
    easter = Calendar(MONDAY, frozenset({4, 7}))
    found = turns("night", nights(21, 9.5), easter)
    assert [turn[-1][1] for turn in found[:9]] == [24.0 * day + 9.5 for day in range(9)]
    weekend = turns("weekend_split", nights(21, 9.5), easter)
    assert weekend[5] == ((FRI + 21, SAT + 9.5), (SAT + 21, SUN + 9.5), (SUN + 21, WEEK + 9.5))


@pytest.mark.parametrize(
    ("start", "end", "hours"), [(17, 16, 8_372), (21, 9.5, 4_550), (20, 10, 5_096)], ids=["17-16", "21-09:30", "20-10"]
)
@pytest.mark.parametrize("rotation", ["night", "weekend_split", "week", "shift"])
def test_every_rotation_lays_the_hours_that_the_nights_name(rotation, start, end, hours):
    """364 nights a year, whoever takes them: what is left of the last is what the one before the year brings."""
    assert year(rotation, nights(start, end)) == hours


def test_a_night_that_begins_before_hand_over_is_whole_too():
    """On call from four in the afternoon: Monday's hour before the hand-over at five is not the weekend's."""
    assert turns("weekend_split", nights(16, 10))[:3] == [
        ((0, MON + 10),),
        ((MON + 16, TUE + 10),),
        ((TUE + 16, WED + 10),),
    ]


def test_a_night_of_more_than_a_day_reaches_into_the_run_from_two_days_before():
    """Thirty hours from 20:00: Saturday's night before the run ends on Monday at two."""
    assert turns("shift", (Span(ALL_DAYS, 20.0, 50.0),))[:3] == [((0, 2),), ((2, 26),), ((26, 50),)]


@pytest.mark.parametrize("rotation", ["night", "shift"])
def test_hours_that_two_nights_name_belong_to_the_one_that_began_first(rotation):
    """Twenty-five hours from nine: would catch an hour a day that two people hold and are paid for."""
    found = turns(rotation, (Span(ALL_DAYS, 9.0, 34.0),))
    assert found[1:4] == [((10, 34),), ((34, 58),), ((58, 82),)]


def test_hours_of_the_days_asked_for_hold_the_night_before():
    """Would catch Monday morning missing from the week that a rota is read in."""
    assert hours_of(PLAIN, nights(20, 8), 0, 1) == [(0, 8), (20, 32), (44, 48)]
    assert sum(end - start for start, end in hours_of(PLAIN, nights(20, 8), 0, 6)) == 7 * 12
    assert all(names(PLAIN, nights(20, 8), hour) for hour in (0.0, 7.9, 20.0))
    assert not any(names(PLAIN, nights(20, 8), hour) for hour in (8.0, 19.9))


def test_no_hours_no_turns():
    assert turns("night", (Span(frozenset(), 0.0, 24.0),)) == []
    assert turns("night", (Span(ALL_DAYS, 9.0, 9.0),)) == []
