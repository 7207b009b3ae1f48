"""Standby: who keeps the telephone beside a dying child, when, and for how many nights."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf, nextafter

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, WEEKENDS, Calendar, Span, out_of_hours_spans
from sim.domain.goodwill import Dynamics
from sim.domain.scenario import Run
from sim.keyed import number_of, one
from sim.place.standby import Visited, lay_standby
from sim.place.stock import standing_stock
from tests.tiny import (
    GOODWILL_STEP,
    KEY,
    MONDAY,
    NURSES_STEP,
    UNIVERSAL_STEP,
    absent,
    area,
    duties_of,
    family,
    goodwill,
    nurses,
    pattern,
    people,
    setting,
    team,
    tiny,
)

DARK = out_of_hours_spans(Calendar(MONDAY))
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
SEVEN_DAY = pattern("evenings", (Span(WEEKDAYS, 17.0, 22.0), Span(WEEKENDS, 8.0, 22.0)), at="on_call")
LADDER = (NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP)


def willing(number: int = 3, patterns=(DAY,), weeks: int = 8, **changes):
    """An area with so many nurses by day, all of whom say yes to standby, and no funded night unless asked."""
    usual = {
        "teams": (team(people=nurses(number), patterns=patterns),), "run": Run.of_weeks(0, weeks, 0), "ladder": LADDER,
        "goodwill": goodwill(standby=True),
    }  # fmt: skip
    return tiny(**{**usual, **changes})


def kept(scenario, *families, **changes) -> list[tuple[float, float, int]]:
    """Start, end and person of each stretch of standby."""
    standby = setting(scenario, families, **changes).standby
    return list(zip(standby.start.tolist(), standby.end.tolist(), standby.person.tolist(), strict=True))


def nights(rows, person: int) -> list[int]:
    """Days on whose following morning at three this person keeps the telephone."""
    last = int(max(end for _, end, _ in rows) // 24)
    return [n for n in range(last) if any(w == person and s <= 24 * n + 27 < e for s, e, w in rows)]


def test_from_deterioration_to_death_every_dark_hour_in_turns_of_three_nights():
    """Deteriorates Tuesday 12:00, dies Saturday 20:00: the first takes the nights of Tuesday to Thursday."""
    rows = kept(willing(), family(start=0, deteriorates=36, death=5 * 24 + 20))
    assert rows == [
        (41.0, 57.0, 0),
        (65.0, 81.0, 0),
        (89.0, 105.0, 0),
        (113.0, nextafter(5 * 24 + 20.0, inf), 1),  # still there at the very hour of the death
    ]


def test_standby_goes_on_for_some_hours_after_the_death():
    """Dies Saturday 20:00; the turn of the second nurse ends at midnight, four hours later."""
    rows = kept(willing(goodwill=goodwill(standby=True, standby_after_death=4.0)), family(deteriorates=36, death=140.0))
    assert rows[-1] == (113.0, nextafter(144.0, inf), 1)


def test_turns_are_taken_in_the_order_of_the_list_and_round_it():
    rows = kept(willing(), family(deteriorates=12, death=12 + 12 * 24))
    order = list(dict.fromkeys((start // 72, who) for start, _, who in ((s - 9, e, w) for s, e, w in rows)))
    assert [who for _, who in order][:4] == [0, 1, 2, 0]


def test_one_person_keeps_at_most_14_nights_in_28():
    """One willing nurse and ten weeks: four turns of three nights, then none until the first is 28 nights ago.

    Her turns are asked every three nights: the next that she may take begins on night 30.
    """
    rows = kept(willing(1, weeks=10), family(deteriorates=12, death=10 * 168))
    found = nights(rows, 0)
    assert found == [*range(12), *range(30, 42), *range(60, 69)]
    assert max(sum(first <= night < first + 28 for night in found) for first in range(70)) <= 14


def test_two_willing_nurses_keep_every_night_they_may():
    rows = kept(willing(2, weeks=10), family(deteriorates=12, death=4 * 168))
    assert nights(rows, 0) == [*range(3), *range(6, 9), *range(12, 15), *range(18, 21)]
    assert nights(rows, 1) == [night + 3 for night in nights(rows, 0)]


def test_only_hours_that_no_funded_visiting_duty_covers():
    """Evenings are funded from 17 to 22: standby begins at 22:00 and ends at 09:00."""
    rows = kept(willing(patterns=(DAY, SEVEN_DAY)), family(deteriorates=12, death=60))
    assert rows == [(22.0, 33.0, 0), (46.0, 57.0, 0)]


def test_a_gap_in_the_funded_rota_is_kept_by_goodwill():
    """Catches paper hours taken for filled ones: with nobody on the evening seat, standby begins at 17:00."""
    rota = willing(2, patterns=(DAY, replace(SEVEN_DAY, prospective_cover=False)))
    away = absent(rota, leave={0: range(10)})  # Monday evening is the first nurse's
    rows = kept(rota, family(deteriorates=12, death=60), staff=away)
    assert rows == [(17.0, 33.0, 1), (46.0, 57.0, 1)]


def test_a_fully_funded_night_needs_no_standby():
    night = pattern("night", DARK, at="on_call")
    assert kept(willing(patterns=(DAY, night)), family(deteriorates=12, death=100)) == []


def test_a_telephone_only_or_unfunded_rota_does_not_cover_a_visit():
    for changes in ({"visiting": False}, {"funded": False}):
        night = pattern("night", DARK, at="on_call", **changes)
        assert kept(willing(patterns=(DAY, night)), family(deteriorates=12, death=40)) == [
            (17.0, 33.0, 0),
        ]


def test_another_area_s_nurse_on_duty_for_the_pool_covers_and_on_her_own_shift_does_not():
    areas = (area("AAA"), area("BBB"))
    pool = (*nurses(2), *nurses(2, "BBB"))
    late = pattern("late", (Span(ALL_DAYS, 17.0, 24.0),), seats=None, rotation="everyone", serves="home")
    night = pattern("night", DARK, at="on_call")
    by_pool = willing(areas=areas, teams=(team(people=pool, patterns=(DAY, night)),))
    assert kept(by_pool, family(deteriorates=12, death=40)) == []
    only_b = replace(by_pool, teams=(team(people=nurses(2, "BBB"), patterns=(late,)), team("a", nurses(2))))
    only_b = replace(only_b, teams=(only_b.teams[0], replace(only_b.teams[1], patterns=(DAY,))))
    assert [row[:2] for row in kept(only_b, family(deteriorates=12, death=40))] == [(17.0, 33.0)]


def test_a_shift_of_one_area_in_a_pool_covers_no_other():
    """The nurse of AAA is ill; the one of BBB is at work late, for BBB."""
    late = pattern("late", (Span(ALL_DAYS, 17.0, 22.0),), seats=None, rotation="everyone", serves="home")
    shared = team(people=nurses(1) + nurses(1, "BBB"), patterns=(late,))
    pool = willing(areas=(area("AAA"), area("BBB")), teams=(shared,))
    duties = duties_of(pool, absent(pool, sick={0: range(10)}))
    covered = Visited(pool, duties, np.ones(len(duties), dtype=bool))
    assert covered.in_area(0).tolist() == []
    assert covered.in_area(1).tolist()[:2] == [17.0, 22.0]


def test_the_refusing_and_the_absent_are_passed_over():
    scenario = willing(3)
    rows = kept(scenario, family(deteriorates=12, death=60), staff=absent(scenario, leave={0: range(10)}, vacant=[1]))
    assert {who for _, _, who in rows} == {2}
    unwilling = replace(scenario, goodwill=replace(scenario.goodwill, weight_night=0.0))
    assert kept(unwilling, family(deteriorates=12, death=60)) == []
    assert kept(scenario, family(deteriorates=12, death=60), g=0.0) == []


def sick_on(scenario, person: int, *days: int):
    """The people of a scenario, one of them sick on some days of absence (09:00 to 09:00)."""
    staff = absent(scenario)
    staff.sick[person, list(days)] = True
    return staff


def test_nights_on_which_the_keeper_is_on_leave_are_kept_by_the_next():
    """The first's leave begins on Monday: of a turn from Saturday 09:00 she keeps two nights, the second one.

    Catches absence looked at for the first of three nights only.
    """
    scenario = willing(2)
    rows = kept(scenario, family(deteriorates=5 * 24 + 9, death=8 * 24 + 9), staff=absent(scenario, leave={0: [1]}))
    assert rows == [(5 * 24 + 9.0, 7 * 24 + 9.0, 0), (7 * 24 + 17.0, 8 * 24 + 9.0, 1)]


def test_whoever_takes_over_some_nights_keeps_her_place_in_the_list():
    """The second took the first's last night; the next turn is the second's own."""
    scenario = willing(3)
    rows = kept(scenario, family(deteriorates=5 * 24 + 9, death=10 * 24), staff=absent(scenario, leave={0: [1]}))
    assert next(who for start, _, who in rows if start >= 8 * 24 + 9) == 1


@pytest.mark.parametrize(("found", "second"), [(1.0, 1), (0.0, None)])
def test_a_night_lost_to_sickness_is_kept_by_the_next_only_if_she_is_found_at_short_notice(found, second):
    """Sick on the second of three nights: the first and the third are hers, as of a turn of duty."""
    scenario = willing(2)
    scenario = replace(scenario, rota=replace(scenario.rota, p_short_notice_cover=found))
    rows = kept(scenario, family(deteriorates=9, death=3 * 24 + 9), staff=sick_on(scenario, 0, 1))
    nights_of = {int((start - 9) // 24): who for start, _, who in rows}
    assert (nights_of[0], nights_of.get(1), nights_of[2]) == (0, second, 0)


def test_whoever_is_sick_when_the_turn_begins_is_passed_over_for_those_nights():
    scenario = willing(2)
    scenario = replace(scenario, rota=replace(scenario.rota, p_short_notice_cover=0.0))
    rows = kept(scenario, family(deteriorates=9, death=3 * 24 + 9), staff=sick_on(scenario, 0, 0))
    assert [who for _, _, who in rows] == [1, 0, 0]


def test_after_one_who_was_passed_over_the_list_goes_on_from_the_one_who_took_her_turn():
    """The first is ill: the second keeps Monday to Wednesday, and Thursday to Saturday is the third's."""
    scenario = willing()
    rows = kept(scenario, family(deteriorates=12, death=12 + 6 * 24), staff=absent(scenario, sick={0: [0]}))
    assert [who for _, _, who in rows][:5] == [1, 1, 1, 2, 2]


def test_whoever_is_on_call_by_telephone_that_night_keeps_no_standby_beside_it():
    night = pattern("night", DARK, at="on_call", visiting=False)
    assert kept(willing(1, patterns=(DAY, night)), family(deteriorates=12, death=40)) == []


def test_standby_takes_of_the_goodwill_that_the_next_turn_asks_for():
    """Two nights of it take all that she has: nobody keeps the next turn. Catches G as it was in place of the stock."""
    spent = Dynamics(on=True, drain_per_24_hours=1.0, recovery_per_day=0.0, susceptibility_sd=0.0)
    scenario = willing(1, dynamics=spent)
    laid = setting(scenario, [family(deteriorates=12, death=12 + 6 * 24)])
    stock = standing_stock(scenario, laid.staff, laid.duties, KEY)
    asked = (laid.demand, laid.offered, laid.staff, laid.area_types, laid.duties, KEY)
    assert lay_standby(scenario, *asked, stock).start.tolist() == [17.0, 41.0, 65.0]


def test_each_turn_is_accepted_with_p_max_times_g_times_the_weight_of_the_night():
    """One nurse asked for some 400 turns, at 0.5 x 0.8 x 0.75 = 0.3: within five standard errors."""
    half = goodwill(standby=True, p_max=0.5, weight_night=0.75, standby_max_nights_per_28=28)
    scenario = willing(1, weeks=170, goodwill=half)
    rows = kept(scenario, family(deteriorates=9, death=170 * 168), g=0.8)
    asked = 170 * 7 // 3
    accepted = len({int((start - 9) // 72) for start, _, _ in rows})
    assert abs(accepted / asked - 0.3) < 5 * np.sqrt(0.3 * 0.7 / asked)


def test_two_children_at_once_share_one_telephone():
    rows = kept(willing(), family(deteriorates=12, death=60), family(deteriorates=36, death=84))
    assert rows == [(17.0, 33.0, 0), (41.0, 57.0, 0), (65.0, 81.0, 0)]


def test_a_second_child_later_is_the_next_one_s_turn():
    rows = kept(willing(), family(deteriorates=12, death=40), family(deteriorates=12 + 240, death=300))
    assert {who for start, _, who in rows if start < 100} == {0}
    assert {who for start, _, who in rows if start > 200} == {1}


def test_a_child_who_began_to_deteriorate_before_time_0_is_kept_from_time_0():
    rows = kept(willing(), family(start=-500, deteriorates=-100, death=24))
    assert rows == [(0.0, 9.0, 0), (17.0, nextafter(24.0, inf), 0)]


def test_nobody_where_goodwill_is_not_given():
    """Off, without standby, not on the ladder, or not in this type of area: catches goodwill that is always there."""
    child = family(deteriorates=12, death=60)
    given = willing()
    assert kept(given, child)
    assert not kept(replace(given, goodwill=replace(given.goodwill, on=False)), child)
    assert not kept(replace(given, goodwill=replace(given.goodwill, standby=False)), child)
    assert not kept(replace(given, ladder=(NURSES_STEP, UNIVERSAL_STEP)), child)
    assert not kept(replace(given, goodwill=replace(given.goodwill, not_in=frozenset({"full"}))), child)


def test_only_the_area_s_own_community_nurses_are_asked():
    areas = (area("AAA"), area("BBB"))
    scenario = willing(
        areas=areas,
        teams=(
            team("consultants", people("consultant", 2), patterns=(DAY,)),
            team(people=(*nurses(1, "BBB"), *nurses(1)), areas=("AAA", "BBB"), patterns=(DAY,)),
        ),
    )
    laid = setting(scenario, [family(deteriorates=12, death=60)])
    assert {laid.staff.people[who].code for who in laid.standby.person} == {"AAA.community_nurse.1"}
    assert set(laid.standby.area.tolist()) == {0}


def test_bank_holidays_are_kept_by_day_too():
    holiday = willing(calendar=Calendar(MONDAY, frozenset({1})))
    assert kept(holiday, family(deteriorates=12, death=60)) == [(17.0, 57.0, 0)]


def test_nobody_keeps_two_telephones_at_once():
    rows = kept(willing(2), family(deteriorates=12, death=100), family(deteriorates=50, death=300))
    assert all(end <= start for (_, end, _), (start, _, _) in pairwise(rows))


def test_a_turn_is_accepted_by_the_keepers_own_number_for_the_hour_at_which_it_begins():
    """Two nurses of AAA, three of BBB, who say yes to half of what is asked. Turns begin at 09:00, three days apart."""
    of_areas = tuple(
        team(people=nurses(n, code), areas=(code,), patterns=(DAY,)) for n, code in ((2, "AAA"), (3, "BBB"))
    )
    half = goodwill(standby=True, p_max=0.5)
    scenario = willing(teams=of_areas, areas=(area("AAA"), area("BBB")), goodwill=half)
    children = [family(deteriorates=12, death=1300), family(deteriorates=12, death=1300, area="BBB")]
    laid = setting(scenario, children)
    staff, standby = laid.staff, laid.standby
    turns = {
        (person, 9 + int(start - 9) // 72 * 72) for start, person in zip(standby.start, standby.person, strict=True)
    }
    assert {person for person, _ in turns} == set(range(5))
    for person, begins in turns:
        says = one(KEY, number_of("standby"), int(staff.key[person]), begins)
        assert says < half.p_max * staff.willingness[person] * half.weight_night
