"""Seat arithmetic by hand, and against published sums."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.limits import people_needed
from sim.domain.scenario import RotaRules, Run
from sim.rota.expect import binomial, expected_gap, known_away
from sim.rota.seats import added, hours_of_teams, mean_hours, seats
from sim.rota.staff import draw_staff, nobody_away
from tests.tiny import CONSULTANT, KEY, MONDAY, NURSE, area, duties_of, nurses, pattern, people, posts, team, tiny

YEAR = Run.of_weeks(0, 52, 0)
DARK = out_of_hours_spans(Calendar(MONDAY))
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
NIGHT = pattern("night", DARK, at="on_call")
LATER = replace(NIGHT, name="later")
TEN_WEEKS = replace(CONSULTANT, leave_weeks=10.0)


def consultants(number: int, *patterns, **changes):
    one = team("consultants", people("consultant", number), patterns=patterns or (NIGHT,))
    return tiny(teams=(one,), roles=(NURSE, TEN_WEEKS), run=YEAR, **changes)


def paper(scenario):
    """The duties with nobody away."""
    return duties_of(scenario, nobody_away(draw_staff(scenario, KEY)))


def lines(scenario):
    return seats(scenario, paper(scenario))


def test_a_consultant_rota_of_1_in_6_in_category_b_costs_14_300_pounds_a_year():
    """2 % of 119,490 for each of six."""
    (line,) = lines(consultants(6))
    assert line.cost == pytest.approx(14_338.8)
    assert line.one_in == 6
    assert line.one_in_at_work == pytest.approx(4.85, abs=0.005)


def test_1_in_3_is_1_in_2_4_at_work_and_the_higher_supplement():
    (line,) = lines(consultants(3))
    assert line.one_in_at_work == pytest.approx(2.42, abs=0.005)
    assert line.cost == pytest.approx(3 * 0.03 * 119_490)


def test_a_seat_round_the_clock_takes_5_8_people():
    assert tiny().availability.wte(168) == pytest.approx(5.78, abs=0.005)
    (line,) = lines(tiny(run=YEAR))
    assert (line.hours, line.needed) == (8736, 6)


def test_a_nurse_is_paid_by_the_session_and_twice_on_weekends_and_bank_holidays():
    """52 weeks of five weekday nights and two weekend days; one of the Mondays is a bank holiday."""
    scenario = tiny(
        teams=(team(people=nurses(6), patterns=(NIGHT,)),), run=YEAR, calendar=Calendar(MONDAY, frozenset({7}))
    )
    (line,) = lines(scenario)
    assert line.cost == 30 * (259 + 2 * 105)
    assert line.hours == 52 * 128 + 8


@pytest.mark.parametrize("rotation", ["night", "weekend_split", "shift"])
@pytest.mark.parametrize("end", [9.0, 9.5, 10.0])
def test_a_night_is_counted_and_paid_once_whenever_it_ends_and_however_turns_are_cut(rotation, end):
    """364 nights among six, 104 at the weekend and 8 bank holidays at twice the price.

    Would catch a night that ends after the hand-over of the next morning taken for two: 1 in 4.6, and GBP 21,000.
    """
    nights = pattern("night", (Span(ALL_DAYS, 20.0, 24.0 + end),), at="on_call", rotation=rotation)
    holidays = Calendar(MONDAY, frozenset(range(7, 57, 7)))
    (line,) = lines(tiny(teams=(team(people=nurses(6), patterns=(nights,)),), run=YEAR, calendar=holidays))
    assert (line.one_in, line.cost, line.hours) == (6, 14_280, 364 * (4 + end))


def test_a_day_on_call_is_paid_as_the_day_it_is():
    """On call from nine to five, Monday to Friday, before that day's hand-over: would catch Monday paid as Sunday."""
    days = pattern("days", (Span(WEEKDAYS, 9.0, 17.0),), at="on_call")
    (line,) = lines(tiny(teams=(team(people=nurses(5), patterns=(days,)),), run=YEAR))
    assert (line.cost, line.one_in_of_its_days) == (30 * 260, 5)


def test_unfunded_and_unfilled_sessions_cost_nothing():
    (line,) = lines(tiny(teams=(team(people=nurses(6), patterns=(replace(NIGHT, funded=False),)),), run=YEAR))
    assert line.cost == 0
    (line,) = lines(tiny(teams=(replace(team(), people=(), patterns=(NIGHT,)),), run=YEAR))
    assert (line.cost, line.gap_on_paper, line.people, line.one_in) == (0, 52 * 128, 0, np.inf)


def test_a_stepped_up_rota_costs_nothing_while_nobody_is_dying():
    assert [line.cost for line in lines(consultants(6, replace(NIGHT, stepped_up="dying")))] == [0]


def test_a_supplement_is_paid_once_for_two_patterns():
    evening = pattern("evening", (Span(WEEKDAYS, 17.0, 22.0),), at="on_call")
    night = pattern("late", (Span(WEEKDAYS, 22.0, 33.0),), at="on_call")
    first, second = lines(consultants(9, evening, night))
    assert second.cost == 0
    assert first.one_in == pytest.approx(12.6)  # both patterns of a day fall to the same of nine people
    assert first.cost == pytest.approx(9 * 119_490 * 0.01)


@pytest.mark.parametrize(
    ("limit", "number", "free", "needed"),
    [(4, 1, 42, 5), (4, 1, 52, 4), (4, 2, 42, 10), (6, 1, 42, 8), (4, 5 / 7, 52, 3), (1, 1, 52, 1)],
)
def test_people_needed_for_a_frequency(limit, number, free, needed):
    assert people_needed(limit, number, free, 52) == needed


def test_people_beside_people_in_post():
    (line,) = lines(replace(consultants(3), areas=(area(posts=(("consultant", 1),)),)))
    assert (line.seats, line.people, line.exist, line.needed) == (1, 3, 1, 5)


def test_weekday_nights_alone_are_less_often_than_the_number_of_people():
    evenings = pattern("evenings", (Span(WEEKDAYS, 17.0, 22.0),), at="on_call")
    (line,) = lines(tiny(teams=(team(people=nurses(5), patterns=(evenings,)),), run=YEAR))
    assert line.one_in == 7  # five nights a week among five people
    assert line.one_in_of_its_days == 5


def test_two_shifts_a_day_are_two_people_a_day():
    """On call by day and by night: would catch a need for the people of one seat."""
    shifts = pattern("shifts", (Span(ALL_DAYS, 8.0, 20.0), Span(ALL_DAYS, 20.0, 32.0)), at="on_call", rotation="shift")
    (line,) = lines(tiny(teams=(team(people=nurses(7), patterns=(shifts,)),), run=YEAR))
    assert (line.needed, line.one_in, line.one_in_of_its_days) == (8, 3.5, 3.5)


# -- patterns that open and close --------------------------------------------------------------------------------------


def test_a_rota_of_eight_weeks_is_what_it_is_while_it_stands():
    """Three consultants, 1 in 3 for eight weeks. Would catch the mean of a year: one needed, and 1 in 19.5."""
    (always,), (dated,) = lines(consultants(3)), lines(consultants(3, replace(NIGHT, opens=10 * 168, closes=18 * 168)))
    assert (dated.one_in, dated.one_in_of_its_days, dated.needed) == (3, 3, always.needed) == (3, 3, 5)
    assert dated.one_in_at_work == always.one_in_at_work
    assert dated.cost == pytest.approx(always.cost * 8 / 52)
    assert dated.hours == 8 * 128


def test_a_year_of_two_rotas_is_paid_by_the_share_of_each():
    """1 in 3 until the middle of the year, then 1 in 6 with three more: 3 % of three salaries, and 2 % of six."""
    half = 26 * 168.0
    first, second = lines(consultants(6, replace(NIGHT, closes=half, only=(1, 2, 3)), replace(LATER, opens=half)))
    assert (first.one_in, second.one_in) == (3, 6)
    assert (first.needed, second.needed) == (5, 5)
    assert first.cost + second.cost == pytest.approx(119_490 * (3 * 0.03 + 6 * 0.02) / 2)


def test_only_those_who_work_a_rota_are_paid_for_its_frequency():
    """Three of nine at 1 in 3. Would catch nine paid as at 1 in 9."""
    (line,) = lines(consultants(9, replace(NIGHT, only=(1, 2, 3))))
    assert line.cost == pytest.approx(3 * 119_490 * 0.03)
    (line,) = lines(consultants(8, replace(NIGHT, only=(1, 2, 3, 4))))
    assert line.cost == pytest.approx(4 * 119_490 * 0.03)


def test_sessions_of_a_rota_that_opens_are_those_of_its_days():
    """Four weeks of a nurse's nights: would catch the end of the night before, paid as another."""
    (line,) = lines(tiny(teams=(team(people=nurses(4), patterns=(replace(NIGHT, opens=48 * 168.0),)),), run=YEAR))
    assert line.cost == 30 * 4 * (5 + 2 * 2)
    assert line.one_in == 4


def test_a_shift_at_work_takes_its_people_while_it_stands():
    (always,) = lines(tiny(run=YEAR))
    (line,) = lines(tiny(teams=(team(patterns=(pattern(closes=13 * 168.0),)),), run=YEAR))
    assert (line.needed, always.needed) == (6, 6)
    assert line.hours == always.hours / 4


def test_a_pattern_outside_the_window_has_no_line():
    assert lines(consultants(3, replace(NIGHT, opens=60 * 168.0))) == []


# -- absence, on average ----------------------------------------------------------------------------------------------


def by_hand(people: int, known: float, sick: float, short: float) -> float:
    """Every combination of people known to be away, sick and offered, sick and not, or there; one cycle each."""
    states = {"known": known, "offered": (1 - known) * sick * short, "not": (1 - known) * sick * (1 - short)}
    states["there"] = 1 - sum(states.values())
    total = 0.0
    for combination in product(states, repeat=people):
        chance = np.prod([states[state] for state in combination])
        there = combination.count("there")
        offered = combination.count("known") + combination.count("offered")
        total += chance * (people - there - min(offered, there)) / people
    return float(total)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(
    ("known", "sick", "short"), [(0.2, 0.05, 0.5), (0.5, 0.3, 0.9), (0.1, 0.0, 0.5), (0.0, 0.1, 0.0)]
)
def test_the_expected_gap_is_the_mean_over_all_combinations(number, known, sick, short):
    away = binomial(number, known, np.arange(number + 1))
    assert expected_gap(away, sick, short) == pytest.approx(by_hand(number, known, sick, short), abs=1e-12)


def test_without_cover_every_absence_is_a_gap_and_without_absence_there_is_none():
    assert expected_gap(binomial(4, 0.2, np.arange(5)), 0.1, None) == pytest.approx(0.28)
    assert expected_gap(np.array([1.0, 0, 0, 0, 0]), 0.0, 0.5) == 0


def test_of_three_only_one_is_on_leave_at_a_time_so_that_the_rota_holds():
    """10 weeks each of 52 are 30 weeks with one away and 22 with nobody: a colleague takes each turn over.

    Catches leave taken as independent, which leaves 3.7 % of turns to nobody.
    """
    away = known_away(3, 0, 0.0, 10 / 52, 1)
    np.testing.assert_allclose(away, [22 / 52, 30 / 52, 0, 0])
    assert expected_gap(away, 0.0, 0.5) == 0
    assert expected_gap(binomial(3, 10 / 52, np.arange(4)), 0.0, 0.5) == pytest.approx((10 / 52) ** 2)


def test_posts_may_be_vacant_and_people_may_not():
    np.testing.assert_allclose(known_away(2, 2, 0.1, 0.0, 1), [0.81, 0.18, 0.01])
    np.testing.assert_allclose(known_away(2, 0, 0.1, 0.0, 1), [1, 0, 0])


def test_leave_that_does_not_fit_is_taken_as_it_falls():
    np.testing.assert_allclose(known_away(2, 0, 0.0, 0.75, 1), binomial(2, 0.75, np.arange(3)))


def test_the_mean_over_years_is_what_is_expected():
    """Three with one on leave at most and a tenth sick, over 40 years: within 15 %, for a cycle is not a week."""
    away = replace(CONSULTANT, leave_weeks=10.0, sick_share=0.1)
    rules = RotaRules(17.0, 9.0, 0.5, leave_together_max=1 / 3)
    nights = replace(NIGHT, rotation="weekend_split")
    scenario = replace(consultants(3, nights), roles=(NURSE, away), run=Run.of_weeks(0, 2080, 0), rota=rules)
    (line,) = lines(scenario)
    duties = duties_of(scenario)
    gaps = (duties.end - duties.start)[duties.person < 0].sum() / (duties.end - duties.start).sum()
    assert line.gap_expected / line.hours == pytest.approx(gaps, rel=0.15)


def test_a_day_shift_is_empty_when_both_are_away():
    away = replace(NURSE, leave_weeks=5.2)
    scenario = tiny(teams=(team(people=nurses(2), patterns=(DAY,)),), roles=(away,), run=YEAR)
    (line,) = lines(scenario)
    assert (line.hours, line.gap_on_paper) == (2080, 0)
    assert line.gap_expected == pytest.approx(20.8)
    (hours,) = hours_of_teams(scenario, paper(scenario))
    assert (hours.all, hours.on_paper) == (8736, 2080)
    assert hours.expected == pytest.approx(2080 - 20.8)


def test_a_vacant_or_absent_1_in_1_is_a_gap_for_as_long():
    alone = replace(NURSE, leave_weeks=5.2, p_vacant=0.1)
    (line,) = lines(tiny(teams=(team(people=posts(nurses(1)), patterns=(NIGHT,)),), roles=(alone,), run=YEAR))
    assert line.gap_on_paper == 0
    assert line.gap_expected == pytest.approx(0.19 * line.hours)


def test_lines_of_a_plan_add_up():
    two = tuple(team(people=nurses(number, code), patterns=(NIGHT,)) for code, number in (("AAA", 6), ("BBB", 3)))
    scenario = tiny(areas=(area("AAA"), area("BBB")), teams=two, run=YEAR)
    (line,) = added(lines(scenario))
    assert (line.team, line.teams, line.seats, line.people, line.needed) == ("nurses, 2 teams", 2, 2, 9, 8)
    assert (line.one_in, line.hours) == (3, 2 * 52 * 128)
    (hours,) = mean_hours(hours_of_teams(scenario, paper(scenario)))
    assert (hours.team, hours.on_paper) == ("nurses, 2 teams", 52 * 128)
