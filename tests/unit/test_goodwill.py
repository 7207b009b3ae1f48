"""Goodwill: who is rung, in what order, how often, and when nobody may be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from sim.domain.calendar import ALL_DAYS, Calendar, Span
from sim.domain.goodwill import Dynamics
from sim.model.goodwill import weight, willingness
from sim.model.simulate import run
from sim.place.stock import standing_stock
from tests.story import answered, became, column, done, play, who
from tests.tiny import (
    GOODWILL_STEP,
    KEY,
    NURSES_STEP,
    UNIVERSAL_STEP,
    absent,
    area,
    call,
    family,
    goodwill,
    nurses,
    pattern,
    setting,
    team,
    tiny,
    travel,
)

BY_DAY = pattern(spans=(Span(ALL_DAYS, 9.0, 17.0),), at="work")
KM_PER_DEGREE = 111.32  # of latitude
BY_HEART = (NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP)
RING = goodwill(ring=0.125)


def by_heart(people: int = 3, **changes: object):  # type: ignore[no-untyped-def]
    """Nurses who work by day, one a day, and give goodwill at night."""
    usual = {"teams": (team(people=nurses(people), patterns=(BY_DAY,)),), "ladder": BY_HEART, "goodwill": RING}
    return tiny(**{**usual, **changes})


def test_without_goodwill_there_is_no_goodwill() -> None:
    for scenario in (by_heart(goodwill=goodwill(on=False)), by_heart(ladder=(NURSES_STEP, UNIVERSAL_STEP))):
        ledger = play(scenario, [call(20.0, visit=True), call(44.0)])
        assert done(ledger) == []
        assert column(ledger, "asked") == [0, 0]
        assert len(ledger.setting.standby) == 0
        assert became(ledger) == [("unmet", "not_commissioned")] * 2


def test_where_goodwill_stands_on_no_ladder_none_is_asked_for_a_visit_either() -> None:
    by_phone = team(people=nurses(2), patterns=(pattern(visiting=False),))
    ledger = play(by_heart(teams=(by_phone,), ladder=(NURSES_STEP, UNIVERSAL_STEP)), [call(20.0, visit=True)])
    assert column(ledger, "asked") == [0]


def test_somebody_at_home_is_rung_and_says_yes() -> None:
    ledger = play(by_heart(), [call(20.0, talk=0.25)])
    assert done(ledger) == [("nurse 1", 20.0, 20.125, "ring"), ("nurse 1", 20.125, 20.375, "phone")]
    assert became(ledger) == [("met_by_goodwill", "not_commissioned")]
    assert {row[5] for row in ledger.tasks.rows} == {-1}  # unpaid
    assert (column(ledger, "means"), column(ledger, "asked"), column(ledger, "refused")) == ([2], [1], [0])


def test_no_more_than_so_many_are_asked_and_refusals_are_counted() -> None:
    ledger = play(by_heart(people=5), [call(20.0)], g=0.0)
    assert done(ledger) == [("nurse 1", 20.0, 20.125, "ring"), ("nurse 2", 20.125, 20.25, "ring")]
    assert became(ledger) == [("unmet", "not_commissioned")]
    assert (column(ledger, "asked"), column(ledger, "refused"), column(ledger, "ended")) == ([2], [2], [20.25])


def test_refused_goodwill_is_never_a_cause() -> None:
    scenario = by_heart(people=1)
    ledger = play(scenario, [call(20.0), call(12.0, family=1)], g=0.0, staff=absent(scenario, sick={0: [0]}))
    assert became(ledger) == [("unmet", "rota_gap"), ("unmet", "not_commissioned")]


def test_who_knows_the_family_is_rung_first() -> None:
    known = family(known=("AAA.community_nurse.3",))
    assert answered(play(by_heart(), [call(20.0)], [known])) == [("nurse 3", 20.125)]


def test_the_family_stops_waiting_while_the_telephone_rings() -> None:
    ledger = play(by_heart(goodwill=goodwill(ring=0.5)), [call(20.0, answer_patience=0.375)])
    assert done(ledger) == [("nurse 1", 20.0, 20.375, "ring")]  # disturbed all the same
    assert became(ledger) == [("unmet", "not_commissioned")]
    assert (column(ledger, "asked"), column(ledger, "refused")) == ([1], [0])


def test_whoever_is_rung_at_home_speaks_at_once_and_calls_nobody_back() -> None:
    """Would catch minutes of waiting for a call back from the person who has just picked up the telephone."""
    assert answered(play(by_heart(), [call(20.0, call_back=0.25)])) == [("nurse 1", 20.125)]


def test_who_lives_nearer_is_rung_first_where_nobody_knows_the_family() -> None:
    """Would catch the order of the list taken for the order of the road: BBB lies 40 km south of AAA."""
    places = (area(), area("BBB", latitude=-40.0 / KM_PER_DEGREE))
    scenario = by_heart(areas=places, teams=(team(people=nurses(1) + nurses(1, "BBB"), patterns=(BY_DAY,)),))
    ledger = play(scenario, [call(20.0)], [family(known=(), km_north=-40.0)])
    assert answered(ledger) == [("BBB nurse 1", 20.125)]


def test_a_telephone_that_rang_as_long_as_the_family_waits_is_the_last_that_rings() -> None:
    ledger = play(by_heart(), [call(20.0, answer_patience=0.125)], g=0.0)
    assert column(ledger, "asked") == [1]


def test_nobody_is_rung_who_helps_another_family_at_that_hour() -> None:
    ledger = play(by_heart(people=1), [call(20.0, talk=1.0), call(20.5, family=1)])
    assert column(ledger, "asked") == [1, 0]


def test_what_people_give_depends_on_the_hour_at_which_their_own_telephone_rings() -> None:
    """In the evening nobody says yes and at night everybody: the first is rung at 21:55, the second at 22:02."""
    scenario = by_heart(goodwill=goodwill(ring=0.125, weight_evening=0.0))
    assert answered(play(scenario, [call(21.9375)])) == [("nurse 2", 22.1875)]


def test_standby_is_kept_for_an_area_and_answers_no_other() -> None:
    """The nurse of BBB keeps the telephone beside a dying child there; a family of AAA rings its own at home."""
    people = nurses(1) + nurses(1, "BBB")
    places, sharing = (area(), area("BBB")), team(people=people, patterns=(BY_DAY,))
    scenario = by_heart(areas=places, teams=(sharing,), goodwill=goodwill(ring=0.125, standby=True))
    families = [family(deteriorates=167.0), family(area="BBB")]
    ledger = play(scenario, [call(20.0), call(22.0, family=1)], families)
    assert answered(ledger) == [("nurse 1", 20.125), ("BBB nurse 1", 22.0)]


def test_whoever_gave_all_they_had_says_no_the_next_night() -> None:
    """Would catch the goodwill that people began with in place of what their stock has left."""
    spent = Dynamics(on=True, drain_per_24_hours=0.0, drain_per_call=1.0, recovery_per_day=0.0, susceptibility_sd=0.0)
    scenario = by_heart(people=1, dynamics=spent)
    laid = setting(scenario, [family()], [call(20.0), call(44.0)])
    laid = replace(laid, stock=standing_stock(scenario, laid.staff, laid.duties, KEY))
    ledger = run(scenario, laid, KEY)
    assert (column(ledger, "asked"), column(ledger, "refused")) == ([1, 1], [0, 1])


def test_never_in_working_hours() -> None:
    scenario = by_heart(people=2)
    everyone_off_duty = absent(scenario, sick={0: [0]})
    ledger = play(scenario, [call(12.0), call(8.0, family=1)], staff=everyone_off_duty)
    assert became(ledger) == [("met_by_goodwill", "not_commissioned"), ("unmet", "rota_gap")]
    assert column(ledger, "asked") == [1, 0]


@pytest.mark.parametrize("away", [{"sick": {0: [0]}}, {"leave": {0: [0]}}])
def test_never_on_duty_and_never_absent(away: dict[str, dict[int, list[int]]]) -> None:
    scenario = by_heart(people=3)
    ledger = play(scenario, [call(20.0)], staff=absent(scenario, vacant=[1], **away))
    assert answered(ledger) == [("nurse 3", 20.125)]
    by_phone = pattern(visiting=False)  # nurse 1 is on duty until 17:00, and may not leave
    scenario = by_heart(people=2, teams=(team(people=nurses(2), patterns=(by_phone,)),))
    ledger = play(scenario, [call(7.0, visit=True, talk=0.25)])
    assert done(ledger, "phone", "ring") == [("nurse 1", 7.0, 7.25, "phone"), ("nurse 2", 7.25, 7.375, "ring")]
    assert [who(ledger, row) for row in column(ledger, "visited_by")] == ["nurse 2"]


def test_nobody_beyond_the_weekly_cap() -> None:
    scenario = by_heart(people=1, goodwill=goodwill(ring=0.125, weekly_cap=2.0))
    calls = [call(20.0, talk=1.5), call(44.0, talk=0.75), call(68.0), call(188.0), call(191.0)]
    ledger = play(scenario, calls, [family(death=200.0)])
    # 2 h 15 of telephone by Tuesday night; by the next Monday at 23:00 those of Monday are more than seven days ago
    assert column(ledger, "asked") == [1, 1, 0, 0, 1]


def test_the_weekly_cap_is_reached_by_its_last_minute() -> None:
    scenario = by_heart(people=1, goodwill=goodwill(ring=0.125, weekly_cap=1.5))
    assert column(play(scenario, [call(20.0, talk=1.5), call(44.0)]), "asked") == [1, 0]


def test_refusals_do_not_count_to_the_cap() -> None:
    scenario = by_heart(people=1, goodwill=goodwill(ring=3.0, weekly_cap=2.0))
    ledger = play(scenario, [call(20.0, answer_patience=1.0), call(44.0, answer_patience=1.0)])
    assert column(ledger, "asked") == [1, 1]


def test_whoever_answered_unpaid_goes_if_within_reach() -> None:
    ledger = play(by_heart(), [call(20.0, visit=True, talk=0.25, visit_hours=1.0)], [family(km_east=30.0)])
    assert done(ledger) == [
        ("nurse 1", 20.0, 20.125, "ring"),
        ("nurse 1", 20.125, 20.375, "phone"),
        ("nurse 1", 20.375, 20.875, "journey"),
        ("nurse 1", 20.875, 21.875, "visit"),
        ("nurse 1", 21.875, 22.375, "way_back"),
    ]
    assert column(ledger, "asked") == [1]
    far = by_heart(travel=travel(reach=0.25))
    ledger = play(far, [call(20.0, visit=True)], [family(km_east=30.0)])
    assert became(ledger) == [("partly_met", "not_commissioned")]


def test_goodwill_goes_where_the_nurse_on_duty_is_busy_too_long() -> None:
    nights = pattern(rotation="night")
    scenario = by_heart(people=2, teams=(team(people=nurses(2), patterns=(nights,)),))
    calls = [call(9.5, visit=True, talk=0.25, visit_hours=20.0), call(18.0, family=1, visit=True, talk=0.25)]
    ledger = play(scenario, calls)
    # nurse 1 is with the first family until Tuesday; nurse 2, on duty from 17:00, goes to the second
    assert [who(ledger, row) for row in column(ledger, "visited_by")] == ["nurse 1", "nurse 2"]
    ledger = play(scenario, [call(18.0, visit=True, talk=0.25, visit_hours=20.0), call(18.5, family=1)])
    assert done(ledger)[2:] == [
        ("nurse 1", 18.666667, 18.791667, "ring"),  # ten minutes for the nurse on duty, then goodwill
        ("nurse 1", 18.791667, 19.041667, "phone"),
    ]
    assert became(ledger)[1] == ("met_by_goodwill", "all_busy")


def test_a_routine_visit_that_a_duty_can_make_in_time_asks_for_no_goodwill() -> None:
    scenario = by_heart(people=2)
    ledger = play(scenario, [call(20.0, urgency="routine", visit=True, talk=0.25, visit_hours=0.5)])
    assert done(ledger, "ring", "visit") == [("nurse 1", 20.0, 20.125, "ring"), ("nurse 2", 33.0, 33.5, "visit")]


def test_a_routine_visit_does_not_wait_for_a_duty_that_will_not_come_to_the_home() -> None:
    by_phone = replace(BY_DAY, visiting=False)
    scenario = by_heart(people=2, teams=(team(people=nurses(2), patterns=(by_phone,)),))
    ledger = play(scenario, [call(20.0, urgency="routine", visit=True, talk=0.25, visit_hours=0.5)])
    assert done(ledger, "visit") == [("nurse 1", 20.375, 20.875, "visit")]


def test_an_urgent_visit_asks_for_goodwill_though_a_duty_that_starts_later_could_make_it_in_time() -> None:
    """Would catch a family in distress that is told to wait for the morning as a routine one is."""
    ledger = play(by_heart(people=2), [call(20.0, visit=True, talk=0.25, visit_hours=0.5, visit_patience=24.0)])
    assert done(ledger, "ring", "visit") == [("nurse 1", 20.0, 20.125, "ring"), ("nurse 1", 20.375, 20.875, "visit")]


@pytest.mark.parametrize(("background", "asked"), [(False, 1), (True, 0)])
def test_nobody_is_rung_for_a_child_who_is_not_at_the_end_of_life(background: bool, asked: int) -> None:
    ledger = play(by_heart(), [call(20.0)], [family(background=background)])
    assert column(ledger, "asked") == [asked]


def test_goodwill_may_stand_first() -> None:
    ring_first = (GOODWILL_STEP, NURSES_STEP, UNIVERSAL_STEP)
    two = team(people=nurses(2), patterns=(pattern(),))
    ledger = play(tiny(teams=(two,), ladder=ring_first, goodwill=RING), [call(20.0)])
    assert answered(ledger) == [("nurse 1", 20.125)]  # nurse 2 is on duty from 17:00
    assert became(ledger) == [("met_by_goodwill", "not_asked")]


def test_where_nobody_gives_goodwill() -> None:
    ledger = play(by_heart(goodwill=goodwill(not_in=frozenset({"full"}))), [call(20.0)])
    assert column(ledger, "asked") == [0]


class TestStandby:
    KEEPS = goodwill(ring=0.125, standby=True)

    def test_whoever_keeps_the_telephone_answers_before_anybody_is_rung(self) -> None:
        scenario = by_heart(people=2, goodwill=self.KEEPS)
        ledger = play(scenario, [call(20.0, talk=0.25, call_back=0.125)], [family(death=60.0)])
        assert done(ledger) == [("nurse 1", 20.0, 20.375, "phone")]
        assert became(ledger) == [("met_by_goodwill", "not_commissioned")]

    def test_who_does_not_hear_it_is_counted_and_others_are_rung(self) -> None:
        deaf = goodwill(ring=0.125, standby=True, standby_p_answers=0.0)
        ledger = play(by_heart(people=2, goodwill=deaf), [call(20.0)], [family(death=60.0)])
        assert answered(ledger) == [("nurse 2", 20.125)]
        assert (column(ledger, "asked"), column(ledger, "refused")) == ([2], [1])

    def test_nobody_keeps_it_before_the_child_deteriorates(self) -> None:
        scenario = by_heart(people=2, goodwill=self.KEEPS)
        ledger = play(scenario, [call(20.0)], [family(death=160.0, deteriorates=100.0)])
        assert done(ledger, "ring") == [("nurse 1", 20.0, 20.125, "ring")]

    def test_somebody_on_standby_goes_only_within_reach(self) -> None:
        scenario = by_heart(people=1, goodwill=self.KEEPS, travel=travel(reach=0.25))
        ledger = play(scenario, [call(20.0, visit=True)], [family(death=60.0, km_east=30.0)])
        assert became(ledger) == [("partly_met", "not_commissioned")]
        assert done(ledger, "journey") == []


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (0, 18.0, 1.0),  # Monday evening
        (0, 22.0, 0.6),  # night
        (1, 3.0, 0.6),
        (1, 7.5, 0.7),  # early on a working day
        (5, 7.5, 0.8),  # Saturday by day
        (5, 12.0, 0.8),
        (4, 12.0, 0.8),  # a bank holiday
    ],
)
def test_how_much_of_their_goodwill_people_give_at_an_hour(day: int, hour: float, expected: float) -> None:
    calendar = Calendar(dt.date(2027, 1, 4), bank_holidays=frozenset({4}))
    weights = goodwill(p_max=0.5, weight_evening=1.0, weight_early=0.7, weight_weekend_day=0.8, weight_night=0.6)
    assert weight(weights, calendar, day * 24.0 + hour) == expected
    assert willingness(weights, calendar, 0.5, day * 24.0 + hour) == pytest.approx(0.25 * expected)
