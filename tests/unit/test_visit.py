"""Going there: who goes, when the door opens, and the way back."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, Calendar, Span
from sim.domain.law import Law
from sim.domain.scenario import Repeat, Step
from sim.domain.travel import Spot
from sim.keyed import number_of
from sim.model.clock import Clock
from sim.model.follow import make_call
from sim.model.outcome import FUNDED
from sim.model.roads import Roads
from sim.model.world import World
from tests.story import became, column, done, play, who
from tests.tiny import (
    KEY,
    MONDAY,
    UNIVERSAL_STEP,
    absent,
    answering,
    area,
    call,
    family,
    nurses,
    pace,
    pattern,
    people,
    setting,
    team,
    tiny,
    travel,
)

BY_DAY = (Span(ALL_DAYS, 9.0, 17.0),)
A_DEGREE_OF_LATITUDE_KM = 111.32


def test_the_door_opens_after_the_talk_getting_ready_and_the_journey() -> None:
    scenario = tiny(travel=travel(mobilise_at_work=0.125))
    ledger = play(scenario, [call(10.0, visit=True, talk=0.25, visit_hours=1.0)], [family(km_east=30.0)])
    assert done(ledger) == [
        ("nurse 1", 10.0, 10.25, "phone"),
        ("nurse 1", 10.25, 10.375, "mobilise"),
        ("nurse 1", 10.375, 10.875, "journey"),
        ("nurse 1", 10.875, 11.875, "visit"),
        ("nurse 1", 11.875, 12.375, "way_back"),
    ]
    assert column(ledger, "at_door") == [10.875]
    assert column(ledger, "ended") == [11.875]
    assert became(ledger) == [("met", "")]


def test_a_journey_takes_longer_on_the_roads_of_a_working_day() -> None:
    """Ten km: a quarter of an hour and a minute a km by day, six minutes and the same at night; a rural home is as far.

    Catches speeds by settlement, and the way back at the pace of the way there.
    """
    scenario = tiny(travel=travel(busy=pace(0.25), quiet=pace(0.1)))
    families = [family(km_east=12.0), family(km_east=12.0, rural=True)]
    calls = [call(10.0, 0, visit=True), call(14.0, 1, visit=True), call(17.9, 0, visit=True), call(23.0, 0, visit=True)]
    ledger = play(scenario, calls, families)
    ways = {
        kind: [round(end - start, 6) for _, start, end, _ in done(ledger, kind)] for kind in ("journey", "way_back")
    }
    assert ways == {"journey": [0.45, 0.45, 0.45, 0.3], "way_back": [0.45, 0.45, 0.3, 0.3]}
    assert [row.km for row in ledger.tasks.rows if row.km] == pytest.approx([12.0] * 8)


def test_somebody_on_call_gets_ready_at_home_and_that_is_a_call_out() -> None:
    ready = travel(mobilise_from_home=0.25, mobilise_at_work=0.25)
    for at, from_home in (("on_call", True), ("work", False)):
        scenario = tiny(teams=(team(patterns=(pattern(at=at),)),), travel=ready)
        ledger = play(scenario, [call(10.0, visit=True)], [family(km_east=6.0)])
        assert [row[6] for row in ledger.tasks.rows if row[6]] == [True] * from_home


def test_candidates_who_know_the_family_come_before_the_area_before_the_nearest() -> None:
    south = area("BBB", latitude=-10.0 / A_DEGREE_OF_LATITUDE_KM)  # 10 km from AAA
    pool = team(people=nurses(1) + nurses(2, "BBB"), patterns=(pattern(seats=3),))
    scenario = tiny(areas=(area(), south), teams=(pool,))
    families = [
        family(known=("BBB.community_nurse.2",)),
        family(known=(), km_north=-10.0),  # of AAA, at the door of the nurses of BBB
        family(known=(), area="BBB"),
    ]
    calls = [call(10.0 + 10 * row, row, visit=True) for row in range(3)]
    ledger = play(scenario, calls, families)
    assert [who(ledger, row) for row in column(ledger, "visited_by")] == ["BBB nurse 2", "nurse 1", "BBB nurse 1"]


def test_of_two_nurses_the_nearer_goes_and_of_two_as_near_the_one_who_has_worked_less() -> None:
    two = tiny(teams=(team(people=nurses(2), patterns=(pattern(seats=2),)),))
    families = [family(km_east=60.0), family(km_east=50.0, known=()), family(known=()), family(known=())]
    calls = [
        call(10.0, 0, visit=True, talk=0.25),  # nurse 1 answers, nurse 2 goes: both know it, both are as near
        call(12.375, 1, visit=True, talk=0.125),  # nurse 2 is on her way back, nearer to the second family
        call(12.5, 2, visit=True, talk=0.125),  # nurse 2 is away
        call(20.0, 3, visit=True, talk=0.125),
    ]
    ledger = play(two, calls, families)
    assert [who(ledger, row) for row in column(ledger, "visited_by")] == ["nurse 2", "nurse 2", "nurse 1", "nurse 1"]


def test_out_of_reach_means_the_expected_journey_and_not_its_luck() -> None:
    scenario = tiny(travel=travel(reach=0.5, noise_cv=0.3))
    families = [family(km_east=30.0), family(km_east=30.1)]
    ledger = play(scenario, [call(10.0, visit=True), call(15.0, family=1, visit=True)], families)
    assert became(ledger) == [("met", ""), ("partly_met", "out_of_reach")]
    assert column(ledger, "part") == ["", "visit"]
    assert column(ledger, "ended")[1] == 17.25  # who answered talks, and the family stops waiting for a visit after 2 h


def test_whoever_is_home_again_sets_out_from_home() -> None:
    """Would catch the last door taken for where she is: from there the next home would be 160 km away."""
    answers = Step("team", "consultants", 1 / 6)
    teams, way = (team(), team("consultants", people("consultant", 1))), travel(reach=1.5)  # 90 km
    scenario = tiny(teams=teams, travel=way, ladder=(answers, UNIVERSAL_STEP))
    families = [family(km_east=-80.0), family(km_east=80.0)]
    ledger = play(scenario, [call(9.0, visit=True), call(14.0, family=1, visit=True)], families)
    assert became(ledger) == [("met", ""), ("met", "")]


def test_the_way_back_has_the_luck_of_the_way_there() -> None:
    ledger = play(tiny(travel=travel(noise_cv=0.5)), [call(10.0, visit=True)], [family(km_east=30.0)])
    there, back = (end - start for _, start, end, _ in done(ledger, "journey", "way_back"))
    assert there == pytest.approx(back)
    assert there != pytest.approx(0.5)


def test_the_luck_of_journeys_is_one_on_average() -> None:
    """Would catch journeys that are longer than the road on average because some are."""
    uniforms = iter((np.arange(4000) + 0.5) / 4000)
    roads = Roads(tiny(travel=travel(noise_cv=0.5)), Clock(), None, lambda *_: next(uniforms), ())
    nurse = SimpleNamespace(luck_with=None)
    lucks = [roads.luck(nurse, SimpleNamespace(key=number)) for number in range(4000)]
    assert np.mean(lucks) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("week", [0, 1, 60])
def test_journeys_are_by_the_roads_of_their_hour_also_after_the_last_call(week: int) -> None:
    """A bank holiday on the second Monday; week 60 lies beyond the run."""
    scenario = tiny(travel=travel(busy=pace(0.25), quiet=pace(0.1)), calendar=Calendar(MONDAY, frozenset({7})))
    roads, spot = Roads(scenario, Clock(), None, None, ()), Spot(0.0, 0.0, 0)
    nurse, one = SimpleNamespace(place=None, home=spot), SimpleNamespace(family=SimpleNamespace(home=spot))
    hours = [
        hour for day in (0, 4, 5, 6) for hour in (24 * day + 6.99, 24 * day + 7.0, 24 * day + 18.99, 24 * day + 19)
    ]
    of_day = [0.1, 0.25, 0.25, 0.1]
    monday = [0.1] * 4 if week == 1 else of_day
    found = [roads.expected_journey(nurse, one, 168 * week + hour) for hour in hours]
    assert found == monday + of_day + [0.1] * 8


def test_luck_drawn_beforehand_is_the_luck_drawn_when_somebody_sets_out() -> None:
    """Two nurses of AAA, one of BBB: for a call of each area, a call by telephone, and a second attempt."""
    staff, again = team(people=nurses(2) + nurses(1, "BBB")), Repeat(1.0, False, Law("exponential", 4.0), 2)
    areas = (area("AAA"), area("BBB"))
    scenario = tiny(areas=areas, teams=(staff,), travel=travel(noise_cv=0.5), repeat=again)
    calls = [call(1.0, visit=True), call(2.0, family=1, visit=True), call(3.0)]
    world = World(scenario, setting(scenario, [family(), family(area="BBB")], calls), KEY)
    for row, of, attempt in [(0, 0, 1), (1, 1, 1), (2, 0, 1), (0, 0, 2)]:
        one = make_call(world, row, world.families[of], 1.0, attempt=attempt)
        alone = [world.decide(number_of("journey_noise"), one, person) for person in world.people]
        assert [world.roads.chance(one, person) for person in world.people] == alone
        assert len(set(alone)) == 3


def test_a_duty_by_telephone_cannot_visit() -> None:
    by_phone = tiny(teams=(team(patterns=(pattern(visiting=False),)),))
    ledger = play(by_phone, [call(10.0, visit=True)])
    assert became(ledger) == [("partly_met", "not_commissioned")]
    assert column(ledger, "means") == [FUNDED]


@pytest.mark.parametrize(("visiting", "cause"), [(True, "rota_gap"), (False, "not_commissioned")])
def test_an_empty_visiting_seat_is_a_gap_also_when_somebody_answers(visiting: bool, cause: str) -> None:
    """And an empty seat by the telephone is none: whoever held it would not have come."""
    consultants, rota = team("consultants", people("consultant", 1)), (pattern(visiting=visiting),)
    scenario = tiny(
        teams=(team(patterns=rota), consultants), ladder=(Step("team", "consultants", 1 / 6), UNIVERSAL_STEP)
    )
    ledger = play(scenario, [call(10.0, visit=True)], staff=absent(scenario, sick={0: [0]}))
    assert became(ledger) == [("partly_met", cause)]


def test_a_family_waits_for_a_visit_until_its_patience_is_over() -> None:
    two_calls = [call(10.0, visit=True, talk=0.25, visit_hours=3.0), call(9.0, family=1, visit=True, visit_hours=1.0)]
    consultants = team("consultants", people("consultant", 1))
    scenario = tiny(teams=(team(), consultants), ladder=(Step("team", "consultants", 1.0), UNIVERSAL_STEP))
    ledger = play(scenario, two_calls)
    assert done(ledger, "visit") == [("nurse 1", 9.25, 10.25, "visit"), ("nurse 1", 10.25, 13.25, "visit")]
    ledger = play(scenario, [*two_calls, call(10.5, family=2, visit=True, visit_patience=2.0, talk=0.25)])
    assert became(ledger)[2] == ("partly_met", "all_busy")
    assert column(ledger, "ended")[2] == 12.75


def test_a_visit_waits_for_a_duty_that_starts_within_patience() -> None:
    nights = team("consultants", people("consultant", 1))
    scenario = tiny(
        teams=(team(patterns=(pattern(spans=BY_DAY),)), nights),
        ladder=(Step("team", "consultants", 1.0), UNIVERSAL_STEP),
    )
    ledger = play(scenario, [call(7.25, visit=True, talk=0.25), call(30.0, family=1, visit=True, talk=0.25)])
    assert column(ledger, "at_door")[0] == 9.0
    assert became(ledger) == [("met", ""), ("partly_met", "not_commissioned")]


def test_she_is_sent_on_from_the_last_door_on_her_way_back() -> None:
    scenario = tiny(travel=travel(mobilise_at_work=0.25))
    families = [family(km_east=60.0), family(km_east=63.0)]
    calls = [call(9.75, visit=True, talk=0.0, visit_hours=1.0), call(12.5, family=1, visit=True, talk=0.0)]
    ledger = play(scenario, calls, families)
    assert done(ledger) == [
        ("nurse 1", 9.75, 10.0, "mobilise"),
        ("nurse 1", 10.0, 11.0, "journey"),
        ("nurse 1", 11.0, 12.0, "visit"),
        ("nurse 1", 12.0, 12.5, "way_back"),
        ("nurse 1", 12.5, 12.55, "journey"),  # 3 km from the first door, already on the road
        ("nurse 1", 12.55, 13.55, "visit"),
        ("nurse 1", 13.55, 14.6, "way_back"),
    ]


def test_the_car_stands_still_while_she_talks_on_the_way_back() -> None:
    calls = [call(10.0, visit=True, talk=0.0, visit_hours=1.0), call(12.5, family=1, talk=0.25)]
    ledger = play(tiny(), calls, [family(km_east=60.0), family()])
    assert done(ledger)[2:] == [
        ("nurse 1", 12.0, 12.5, "way_back"),
        ("nurse 1", 12.5, 12.75, "phone"),
        ("nurse 1", 12.75, 13.25, "way_back"),
    ]


def test_whoever_visited_knows_the_family_from_then_on() -> None:
    two = tiny(teams=(team(people=nurses(2)),))  # nurse 1 until 17:00, nurse 2 after it
    ledger = play(two, [call(10.0, visit=True), call(12.0), call(18.0)], [family(known=())])
    assert column(ledger, "known") == [False, True, False]


def test_a_visitor_who_knows_the_family_counts_though_a_stranger_answered() -> None:
    by_phone = team(patterns=(pattern(visiting=False),))
    scenario = tiny(teams=(by_phone, team("specialists", people("specialist_nurse", 1))))
    ledger = play(scenario, [call(10.0, visit=True)], [family(known=("AAA.specialist_nurse.1",))])
    assert column(ledger, "known") == [True]


def test_work_in_hand_at_the_end_of_a_duty_is_finished() -> None:
    by_day = tiny(teams=(team(patterns=(pattern(spans=BY_DAY),)),))
    ledger = play(by_day, [call(16.5, visit=True, talk=0.25, visit_hours=1.0)], [family(km_east=30.0)])
    assert done(ledger)[1:] == [
        ("nurse 1", 16.75, 17.25, "journey"),
        ("nurse 1", 17.25, 18.25, "visit"),
        ("nurse 1", 18.25, 18.75, "way_back"),
    ]
    assert {row[5] for row in ledger.tasks.rows} == {0}  # all of it is booked to the duty that began it


def test_she_leaves_for_the_visit_she_found_necessary_unless_something_more_urgent_waits() -> None:
    waits = tiny(ladder=(Step("team", "nurses", math.inf), UNIVERSAL_STEP))
    first = call(10.0, visit=True, talk=0.25, visit_hours=1.0)
    ledger = play(waits, [first, call(10.125, family=1, answer_patience=5.0)])
    assert [line[3] for line in done(ledger)] == ["phone", "visit", "phone", "visit"]  # rung back from the home
    ledger = play(waits, [first, call(10.125, family=1, urgency="emergency", talk=0.5)])
    assert done(ledger) == [
        ("nurse 1", 10.0, 10.25, "phone"),
        ("nurse 1", 10.25, 10.75, "phone"),
        ("nurse 1", 10.75, 11.75, "visit"),
    ]


def test_late_because_the_way_is_long() -> None:
    soon = tiny(answering=answering(door_standard=(0.5, 0.5, 0.5)))
    ledger = play(soon, [call(10.0, visit=True, talk=0.25)], [family(km_east=60.0)])
    assert became(ledger) == [("late", "too_slow")]
    assert column(ledger, "part") == ["visit"]
    assert column(ledger, "in_time") == [False]


def test_late_because_the_way_is_long_though_the_ladder_never_came_to_her_team() -> None:
    """Somebody was free when the family called, and was asked: it is the road that was too slow."""
    consultants = team("consultants", people("consultant", 1))
    scenario = tiny(
        teams=(team(), consultants), ladder=(Step("team", "consultants", 1 / 6), UNIVERSAL_STEP),
        answering=answering(door_standard=(0.5, 0.5, 0.5)),
    )  # fmt: skip
    assert became(play(scenario, [call(10.0, visit=True)], [family(km_east=60.0)])) == [("late", "too_slow")]


def test_late_because_she_was_busy_when_the_family_called() -> None:
    waits = tiny(ladder=(Step("team", "nurses", math.inf), UNIVERSAL_STEP))
    ledger = play(waits, [call(10.0, talk=1.0), call(10.25, family=1, answer_patience=2.0)])
    assert became(ledger)[1] == ("late", "all_busy")
    assert column(ledger, "part")[1] == "answer"
