"""Rotas of a few days, hour by hour: who holds which seat, who covers for whom, and where the gaps are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import RotaRules, Run
from sim.rota.duties import GAP
from tests.tiny import (
    CONSULTANT,
    MONDAY,
    NURSE,
    SPECIALIST,
    absent,
    area,
    duties_of,
    held,
    nurses,
    pattern,
    people,
    team,
    tiny,
)

DARK = out_of_hours_spans(Calendar(MONDAY))
DAY = Span(WEEKDAYS, 9.0, 17.0)
SHIFT = pattern("day", (DAY,), seats=None, rotation="everyone", serves="home")
ALWAYS = RotaRules(17.0, 9.0, 1.0)  # sickness is always covered
NEVER = RotaRules(17.0, 9.0, 0.0)


def nightly(seats: int = 1, **changes):
    """One night at a time on call outside working hours: 17:00 to 09:00, and 09:00 to 09:00 at the weekend."""
    return pattern("night", DARK, at="on_call", seats=seats, **changes)


def rota(number: int, *patterns, weeks: int = 2, **changes):
    return tiny(teams=(team(people=nurses(number), patterns=patterns),), run=Run.of_weeks(0, weeks, 0), **changes)


def holders(scenario, staff=None, pattern: int = 0) -> list[int]:
    """Who holds each seat, turn by turn."""
    duties = duties_of(scenario, staff)
    rows = np.flatnonzero(duties.pattern == pattern)
    first = np.unique(duties.turn[rows], return_index=True)[1]
    assert np.all(np.diff(duties.turn[rows]) >= 0)
    return duties.person[rows][first].tolist()


# -- nobody away ------------------------------------------------------------------------------------------------------


def test_1_in_3_by_night_goes_round_the_list():
    assert held(duties_of(rota(3, nightly())))[:5] == [
        (0.0, 9.0, 0),
        (17.0, 33.0, 1),
        (41.0, 57.0, 2),
        (65.0, 81.0, 0),
        (89.0, 105.0, 1),
    ]


def test_a_strict_1_in_6_is_56_of_336_nights_each():
    """Case P11, exact: catches a rota that favours the first of the list."""
    shares = Counter(holders(rota(6, nightly(), weeks=48))[:336])
    assert shares == dict.fromkeys(range(6), 56)


def test_1_in_1_holds_every_night():
    assert set(holders(rota(1, nightly()))) == {0}


def test_two_seats_are_two_people():
    duties = duties_of(rota(3, nightly(seats=2)))
    pairs = [tuple(duties.person[duties.turn == turn].tolist()) for turn in range(3)]
    assert pairs == [(0, 1), (2, 0), (1, 2)]


def test_seats_beyond_the_people_are_gaps():
    """Catches one person in two seats at once."""
    duties = duties_of(rota(2, nightly(seats=3)))
    for turn in range(14):
        assert sorted(duties.person[duties.turn == turn].tolist()) == [GAP, 0, 1]


def test_a_team_of_nobody_has_only_gaps():
    scenario = tiny(teams=(replace(team(), people=(), patterns=(nightly(seats=2),)),))
    assert set(duties_of(scenario).person.tolist()) == {GAP}


def test_a_week_block_has_one_person_from_monday_evening_over_the_weekend():
    rows = held(duties_of(rota(3, nightly(rotation="week"), weeks=3)))
    assert {person for start, _, person in rows if 17 <= start < 168 + 9} == {1}
    assert {person for start, _, person in rows if 168 + 17 <= start < 336 + 9} == {2}


def test_a_bank_holiday_monday_goes_to_the_next_of_the_list():
    scenario = rota(4, nightly(rotation="weekend_split"), calendar=Calendar(MONDAY, frozenset({7})))
    rows = held(duties_of(scenario))
    weekend = next(row for row in rows if row[0] == 4 * 24 + 17)
    monday, tuesday = (next(row for row in rows if row[0] == 168 + hour) for hour in (9, 24 + 17))
    assert weekend == (4 * 24 + 17, 168 + 9, 5 % 4)
    assert monday == (168 + 9, 168 + 33, 6 % 4)
    assert tuesday[2] == 7 % 4


# -- leave, vacancies, sickness ---------------------------------------------------------------------------------------


def test_leave_without_prospective_cover_leaves_gaps():
    scenario = rota(3, nightly(prospective_cover=False), weeks=2)
    found = holders(scenario, absent(scenario, leave={1: [0, 1, 2, 3]}))
    assert found[:6] == [0, GAP, 2, 0, GAP, 2]


def test_leave_is_covered_down_the_list_once_a_cycle_and_nobody_else_s_turn_moves():
    """Six people round the clock, the second away: her turn goes to the first whose own turn does not touch it.

    That is the fourth (the third is on next). A cycle later likewise.
    """
    scenario = rota(6, pattern(at="on_call"), weeks=2)
    staff = absent(scenario, leave={1: [0, 1, 2, 3]})
    assert holders(scenario, staff)[:12] == [0, 3, 2, 3, 4, 5, 0, 3, 2, 3, 4, 5]


def test_one_person_covers_once_a_cycle():
    """Eight people, the second and the third away: the fourth takes the one's turn, the fifth the other's."""
    scenario = rota(8, nightly(), weeks=2)
    staff = absent(scenario, leave={1: [0, 1, 2, 3], 2: [0, 1, 2, 3]})
    assert holders(scenario, staff)[:8] == [0, 3, 4, 3, 4, 5, 6, 7]


def test_cover_never_touches_the_taker_s_own_turn():
    """Three people round the clock: either colleague is on right before or right after, so the turn stays a gap."""
    scenario = rota(3, pattern())
    staff = absent(scenario, leave={1: [0, 1, 2, 3]})
    assert holders(scenario, staff)[:6] == [0, GAP, 2, 0, GAP, 2]


def test_nights_that_do_not_touch_may_follow_each_other():
    """On call 17-09: three people have eight hours off between nights, so a colleague may take the night between."""
    scenario = rota(3, nightly())
    staff = absent(scenario, leave={1: [0, 1, 2, 3]})
    assert holders(scenario, staff)[1] == 2


def test_leave_ends_with_its_week():
    """Away in week 0 (Monday 09:00 to Monday 09:00) only: her turn of the second week is her own again."""
    scenario = rota(7, nightly(), weeks=2)
    staff = absent(scenario, leave={1: [0]})
    found = holders(scenario, staff)
    assert found[1] != 1
    assert found[8] == 1


def test_a_turn_belongs_to_the_week_in_which_it_begins():
    """A weekend that begins before the leave is kept to its end on Monday 09:00."""
    scenario = rota(6, nightly(rotation="weekend_split"), weeks=2)
    staff = absent(scenario, leave={5: [1]})
    rows = held(duties_of(scenario, staff))
    assert (4 * 24 + 17.0, 168 + 9.0, 5) in rows


def test_a_turn_that_reaches_into_leave_is_lost_only_from_nine_on_monday():
    """Hand-over at 18: the weekend's holder is away from Monday 09:00, and a colleague keeps the hour from 17 to 18.

    Catches a turn kept whole by somebody away, and one lost whole for its last hour.
    """
    scenario = rota(6, nightly(rotation="weekend_split"), weeks=3, rota=RotaRules(18.0, 9.0, 0.5))
    alone = held(duties_of(scenario))
    holder = next(who for start, _, who in alone if start == 4 * 24 + 18)
    rows = held(duties_of(scenario, absent(scenario, leave={holder: [1]})))
    assert (4 * 24 + 18.0, 168 + 9.0, holder) in rows
    (taker,) = (who for start, end, who in rows if (start, end) == (168 + 17.0, 168 + 18.0))
    assert taker not in (holder, GAP)


def test_a_turn_whose_holder_comes_back_on_monday_is_hers_from_nine():
    scenario = rota(6, nightly(rotation="weekend_split"), weeks=3, rota=RotaRules(18.0, 9.0, 0.5))
    holder = next(who for start, _, who in held(duties_of(scenario)) if start == 4 * 24 + 18)
    rows = held(duties_of(scenario, absent(scenario, leave={holder: [0]})))
    assert (168 + 17.0, 168 + 18.0, holder) in rows
    (taker,) = (who for start, end, who in rows if (start, end) == (4 * 24 + 18.0, 168 + 9.0))
    assert taker not in (holder, GAP)


def test_days_of_sickness_in_a_turn_of_a_week_are_covered_and_the_rest_is_hers():
    """A week of evenings; sick on Wednesday only: a colleague keeps one evening of seven."""
    evening = pattern("evening", (Span(ALL_DAYS, 18.0, 22.0),), at="on_call", rotation="week")
    scenario = rota(4, evening, weeks=2, rota=ALWAYS)
    staff = absent(scenario)
    holder = next(who for start, _, who in held(duties_of(scenario)) if start == 18)
    staff.sick[holder, 2] = True
    week = [who for start, _, who in held(duties_of(scenario, staff)) if start < 168]
    assert week.count(holder) == 6
    assert week[2] not in (holder, GAP)


def test_nobody_takes_over_a_night_in_which_they_fall_sick():
    """The next on the list is sick from Saturday 09:00: she cannot take the weekend, though she is there on Friday."""
    scenario = rota(6, nightly(rotation="weekend_split"), weeks=2)
    holder = next(who for start, _, who in held(duties_of(scenario)) if start == 4 * 24 + 17)
    staff = absent(scenario, leave={holder: [0]})
    staff.sick[(holder + 1) % 6, 5] = True
    rows = held(duties_of(scenario, staff))
    assert (4 * 24 + 17.0, 168 + 9.0, (holder + 2) % 6) in rows


def test_an_hour_s_difference_of_the_hand_over_changes_hardly_a_night():
    """A 1-in-3 with leave planned, over ten years: nights without anybody, handed over at 17 and at 18.

    Catches cover refused because the last hour of every turn touches the next: 1.0 against 1.5 % then.
    """
    away = replace(CONSULTANT, leave_weeks=10.0, sick_share=0.02)
    empty = {}
    for hour in (17.0, 18.0):
        rules = RotaRules(hour, 9.0, 0.5, leave_together_max=1 / 3)
        three = team("consultants", people("consultant", 3), patterns=(nightly(rotation="weekend_split"),))
        scenario = tiny(teams=(three,), roles=(NURSE, away), run=Run.of_weeks(0, 520, 0), rota=rules)
        gaps = [(start, end) for start, end, who in held(duties_of(scenario)) if who == GAP]
        nights = {n for start, end in gaps for n in range(int(start // 24) - 1, int(end // 24) + 1) if
                  start < 24 * n + 31 and end > 24 * n + 22}  # fmt: skip
        empty[hour] = len(nights) / (520 * 7)
    assert 0.003 < empty[17.0] < 0.02
    assert empty[18.0] == pytest.approx(empty[17.0], abs=0.002)


def test_when_everybody_is_away_all_are_gaps():
    scenario = rota(3, nightly())
    staff = absent(scenario, leave={person: [0, 1, 2, 3] for person in range(3)})
    assert set(holders(scenario, staff)) == {GAP}


def test_1_in_1_on_leave_is_a_gap():
    scenario = rota(1, nightly())
    assert set(holders(scenario, absent(scenario, leave={0: [0, 1, 2, 3]}))) == {GAP}


def test_a_vacant_post_is_covered_like_leave():
    scenario = rota(6, nightly())
    vacant = absent(scenario, vacant=[1])
    away = absent(scenario, leave={1: [0, 1, 2, 3]})
    assert holders(scenario, vacant) == holders(scenario, away)
    assert 1 not in holders(scenario, vacant)


@pytest.mark.parametrize(("rules", "second"), [(ALWAYS, 2), (NEVER, GAP)])
def test_sickness_is_covered_only_at_short_notice(rules, second):
    scenario = rota(6, nightly(), rota=rules)
    assert holders(scenario, absent(scenario, sick={1: [0, 1, 2, 3]}))[:3] == [0, second, 2]


def test_sickness_is_covered_with_the_short_notice_probability():
    """Some 400 turns of a 1-in-6 with one always sick: half are covered, within five standard errors."""
    scenario = rota(6, nightly(), weeks=350)
    found = holders(scenario, absent(scenario, sick={1: range(352)}))
    hers = np.array(found[1::6])
    assert 1 not in hers
    assert abs((hers == GAP).mean() - 0.5) < 5 * 0.5 / np.sqrt(len(hers))


def test_the_short_notice_draw_of_one_person_does_not_depend_on_another_s_leave():
    """Catches common random numbers lost: the gaps of the sick second are the same with the fifth on leave."""
    scenario = rota(8, nightly(), weeks=40)
    alone = holders(scenario, absent(scenario, sick={1: range(42)}))
    beside = holders(scenario, absent(scenario, sick={1: range(42)}, leave={5: range(42)}))
    gaps = [[person == GAP for person in found[1::8]] for found in (alone, beside)]
    assert gaps[0] == gaps[1]
    assert 0 < sum(gaps[0]) < len(gaps[0])


def test_leave_is_covered_before_sickness():
    """Rotas are published with leave known: the fifth covers the fourth's leave, so the sixth the third's sickness.

    Catches cover in order of time, in which the fifth would take the earlier night.
    """
    scenario = rota(8, nightly(), rota=ALWAYS)
    staff = absent(scenario, leave={3: [0, 1, 2, 3]}, sick={2: [0, 1, 2, 3]})
    assert holders(scenario, staff)[:8] == [0, 1, 5, 4, 4, 5, 6, 7]


def test_a_turn_covered_is_covered_whole():
    """Evenings of a weekend in three pieces go to one taker."""
    spans = (Span(ALL_DAYS, 18.0, 22.0),)
    scenario = rota(6, pattern("evening", spans, at="on_call", rotation="weekend_split"))
    rows = held(duties_of(scenario, absent(scenario, leave={4: [0, 1, 2, 3]})))
    weekend = {person for start, _, person in rows if 4 * 24 <= start < 7 * 24}
    assert len(weekend) == 1
    assert weekend.isdisjoint({4, GAP})


# -- everybody at work ------------------------------------------------------------------------------------------------


def days_worked(number: int, wte: float, spans=(DAY,)) -> list[list[int]]:
    """Days of the first week on which each of so many people works."""
    part_time = replace(NURSE, wte=wte)
    shift = replace(SHIFT, spans=spans)
    scenario = rota(number, shift, weeks=1, roles=(part_time, SPECIALIST, CONSULTANT))
    duties = duties_of(scenario)
    first = duties.start < 168
    return [sorted((duties.start[first & (duties.person == p)] // 24).astype(int).tolist()) for p in range(number)]


def test_full_time_people_work_every_weekday():
    assert days_worked(2, 1.0) == [[0, 1, 2, 3, 4]] * 2


def test_part_time_people_work_their_first_days_from_a_start_day_of_their_own():
    """WTE 0.8 is four days, person k from weekday k mod 5: catches everybody off on Friday."""
    assert days_worked(5, 0.8) == [[1, 2, 3, 4], [0, 2, 3, 4], [0, 1, 3, 4], [0, 1, 2, 4], [0, 1, 2, 3]]


@pytest.mark.parametrize(("wte", "days"), [(0.2, 1), (0.21, 2), (0.1 * 6, 3), (0.889, 5), (1.0, 5)])
def test_part_time_days_are_rounded_up(wte, days):
    """Catches 5 x (6 x 0.1) = 3.0000000000000004 read as four days."""
    assert [len(d) for d in days_worked(3, wte)] == [days] * 3


def test_everybody_works_at_the_weekend_if_the_shift_does():
    assert days_worked(1, 0.2, (Span(ALL_DAYS, 9.0, 17.0),)) == [[1, 5, 6]]


def test_nobody_works_on_leave_and_a_shift_has_no_gaps():
    scenario = rota(2, SHIFT, weeks=2)
    duties = duties_of(scenario, absent(scenario, leave={1: [0]}))
    assert GAP not in duties.person
    assert duties.start[duties.person == 1].min() == 168 + 9
    assert (duties.person[duties.start < 168] == 0).all()


def test_of_a_shift_only_the_hours_of_absence_are_lost():
    """Leave of the first week lasts until Monday 09:00: she comes at nine, and her week is as long as her leave."""
    scenario = rota(1, replace(SHIFT, spans=(Span(WEEKDAYS, 7.0, 15.0),)), weeks=3)
    duties = duties_of(scenario, absent(scenario, leave={0: [0]}))
    assert held(duties)[:2] == [(168 + 9.0, 168 + 15.0, 0), (168 + 24 + 7.0, 168 + 24 + 15.0, 0)]
    later = duties_of(scenario, absent(scenario, leave={0: [1]}))
    assert [row[:2] for row in held(later)[5:7]] == [(168 + 7.0, 168 + 9.0), (336 + 9.0, 336 + 15.0)]


def test_a_shift_that_began_on_the_evening_before_the_run_is_worked_to_its_end():
    """Everybody at night from eight to eight: would catch nobody there in the first hours of the run."""
    night = replace(SHIFT, spans=(Span(ALL_DAYS, 20.0, 32.0),))
    assert held(duties_of(rota(1, night, weeks=1)))[:3] == [(0, 8, 0), (20, 32, 0), (44, 56, 0)]


def test_a_bank_holiday_is_a_day_off():
    duties = duties_of(rota(1, SHIFT, weeks=1, calendar=Calendar(MONDAY, frozenset({2}))))
    assert duties.start[duties.start < 168].tolist() == [9, 33, 81, 105]


def test_a_bank_holiday_is_worked_by_a_shift_that_names_its_weekday():
    """Wednesday by name, a bank holiday or not."""
    wednesdays = replace(SHIFT, spans=(Span(frozenset({2, 10}), 9.0, 17.0),))
    duties = duties_of(rota(1, wednesdays, weeks=1, calendar=Calendar(MONDAY, frozenset({2, 3}))))
    assert duties.start[duties.start < 168].tolist() == [57]


def test_day_shifts_serve_the_own_area_and_nights_the_whole_pool():
    areas = (area("AAA"), area("BBB"))
    pool = team(people=(*nurses(1), *nurses(1, "BBB")), patterns=(SHIFT, nightly()))
    duties = duties_of(tiny(areas=areas, teams=(pool,)))
    day, night = duties.pattern == 0, duties.pattern == 1
    np.testing.assert_array_equal(duties.serves[day], duties.person[day])
    assert (duties.serves[night] == -1).all()
    assert not duties.on_call[day].any()
    assert duties.on_call[night].all()


# -- one duty at a time -----------------------------------------------------------------------------------------------


def overlaps(duties) -> list[tuple[float, float, int]]:
    """Stretches in which somebody holds two duties."""
    rows = np.flatnonzero(duties.person >= 0)
    order = rows[np.lexsort((duties.start[rows], duties.person[rows]))]
    same = duties.person[order][1:] == duties.person[order][:-1]
    clash = same & (duties.start[order][1:] < duties.end[order][:-1])
    return [(float(duties.start[row]), float(duties.end[row]), int(duties.person[row])) for row in order[1:][clash]]


def test_at_work_beats_on_call():
    """On call round the clock with a day shift: by day she is at work and only that; at 17:00 the seat is hers."""
    scenario = rota(1, SHIFT, pattern("always", at="on_call"), weeks=1)
    duties = duties_of(scenario)
    assert overlaps(duties) == []
    on_call = [row for row in held(duties, pattern=1) if row[0] < 3 * 24]
    assert on_call == [(0.0, 9.0, 0), (17.0, 33.0, 0), (41.0, 57.0, 0), (65.0, 81.0, 0)]


def test_a_night_at_work_beats_being_on_call_for_another_rota_of_the_team():
    late = pattern("late", (Span(ALL_DAYS, 17.0, 22.0),), seats=1)
    scenario = rota(2, nightly(), late, weeks=1)
    duties = duties_of(scenario)
    assert overlaps(duties) == []
    hours = (duties.end - duties.start)[(duties.pattern == 1) & (duties.start < 168)]
    assert hours.sum() == 7 * 5


def test_one_on_call_seat_at_a_time():
    """Two rotas of one team at the same hours: whoever holds the first cannot hold the second as well."""
    scenario = rota(3, nightly(), replace(nightly(), name="second", visiting=False), weeks=2)
    duties = duties_of(scenario)
    assert overlaps(duties) == []
    alone = rota(1, nightly(), replace(nightly(), name="second"), weeks=1)
    assert set(duties_of(alone).person[duties_of(alone).pattern == 1].tolist()) == {GAP}


# -- the table --------------------------------------------------------------------------------------------------------


def test_a_pattern_of_other_kinds_of_area_is_left_out():
    kinds = nightly(area_types=frozenset({"seven_day"}))
    assert len(duties_of(rota(2, kinds))) == 0
    assert len(duties_of(rota(2, replace(kinds, area_types=frozenset({"full"}))))) > 0


def test_rows_carry_what_their_pattern_says():
    phone = nightly(visiting=False, funded=False)
    duties = duties_of(rota(2, phone))
    assert not duties.visiting.any()
    assert not duties.funded.any()
    assert duties.on_call.all()


def test_another_team_changes_no_duty():
    one = tiny(teams=(team(people=nurses(3), patterns=(nightly(),)),))
    two = replace(one, areas=(area("AAA"), area("BBB")), teams=(*one.teams, team(people=nurses(2, "BBB"))))
    assert held(duties_of(two)) == held(duties_of(one))


def test_no_teams_no_duties():
    assert len(duties_of(tiny(teams=()))) == 0
