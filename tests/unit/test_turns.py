"""Turns of a rotation by hand: what one person takes at a time, with weekends, bank holidays and hand-overs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, WEEKENDS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import RotaRules
from sim.rota.turns import hours_of, turns_of
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


def test_no_hours_no_turns():
    assert turns("night", (Span(frozenset(), 0.0, 24.0),)) == []
    assert turns("night", (Span(ALL_DAYS, 9.0, 9.0),)) == []
