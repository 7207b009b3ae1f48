"""What families see, on ledgers written by hand: every number worked out in the test."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest

from sim.domain.calendar import Calendar
from sim.domain.scenario import Run
from sim.measures import measure
from tests.story import Fact, values, written
from tests.tiny import call, death_call, demand, family, nurses, team, tiny

# standards of tiny(): urgent 30 minutes to an answer and 4 hours to the door; emergency 15 minutes and 2 hours
UNANSWERED: Fact = {
    "answered": math.nan, "answered_by": -1, "resolution": 0, "means": 0, "outcome": "unmet", "cause": "all_busy",
}  # fmt: skip
CALLS = [
    call(10.0),
    call(20.0, visit=True),
    call(30.0, urgency="emergency", visit=True),
    call(40.0),
    call(50.0, visit=True),
    call(60.0),
]
FACTS: list[Fact] = [
    {"answered": 10.5, "known": True},
    {"answered": 20.0, "at_door": 24.0, "known": True},
    {"answered": 30.5, "at_door": 32.5, "urgency": 0, "means": 2, "outcome": "met_by_goodwill", "cause": "rota_gap"},
    UNANSWERED,
    {"answered": 51.0, "outcome": "partly_met", "cause": "out_of_reach", "emergency_visit": True, "admitted": True},
    {"answered": 51.0, "joined": 4, "outcome": "partly_met", "cause": "out_of_reach"},
]


@pytest.fixture(scope="module")
def england() -> dict[str, float]:
    return values(measure(written(tiny(), CALLS, FACTS), tiny()))


def test_minutes_from_the_call_to_an_answer_and_to_the_door(england: dict[str, float]) -> None:
    assert england["minutes_to_answer"] == pytest.approx(60 * (0.5 + 0.0 + 0.5 + 1.0) / 4)
    assert england["minutes_to_door"] == pytest.approx(60 * (4.0 + 2.5) / 2)


def test_shares_within_the_standard_are_of_all_potential_calls(england: dict[str, float]) -> None:
    assert england["answered_in_standard_share"] == pytest.approx(3 / 6)  # the joined call has the answer of the other
    assert england["door_in_standard_share"] == pytest.approx(1 / 3)
    assert england["answered_in_standard_share_of_calls_made"] == pytest.approx(2 / 5)  # and no wait of its own
    assert england["door_in_standard_share_of_calls_made"] == pytest.approx(1 / 3)


def test_families_who_are_not_offered_home_have_help_in_time_for_none_of_their_calls() -> None:
    """Catches a scenario that sends half of the families to hospital and then answers the other half twice as well."""
    calls = [call(10.0, visit=True), call(20.0, visit=True), call(30.0, visit=True)]
    refused: Fact = {"made": False, "answered": math.nan, "outcome": "choice_not_offered"}
    there: Fact = {"made": False, "answered": math.nan, "outcome": "help_present"}
    served: Fact = {"answered": 10.0, "at_door": 11.0}
    england = values(measure(written(tiny(), calls, [served, refused, there]), tiny()))
    assert england["answered_in_standard_share"] == england["door_in_standard_share"] == pytest.approx(2 / 3)
    assert england["answered_in_standard_share_of_calls_made"] == england["door_in_standard_share_of_calls_made"] == 1.0


def test_someone_known_emergencies_and_goodwill(england: dict[str, float]) -> None:
    assert england["seen_by_someone_known_share"] == pytest.approx(2 / 4)
    assert england["emergency_visits_per_family"] == 1.0
    assert england["admissions_per_family"] == 1.0
    assert england["goodwill_used_share"] == pytest.approx(1 / 6)


def test_rural_and_urban_homes_are_told_apart_by_the_familys_own_home_whatever_its_area_is() -> None:
    """Two homes in town are reached in 1 and 2 hours, one 200 km out in 3, where a call more is not met, and nobody
    could come on any night. Would catch an area's rural share read in place of the family's home, and sides swapped."""
    homes = [family(), family(), family(rural=True, km_east=200.0)]
    calls = [call(20.0, visit=True), call(30.0, 1, visit=True), call(40.0, 2, visit=True), call(50.0, 2)]
    facts: list[Fact] = [{"at_door": 21.0}, {"at_door": 32.0}, {"at_door": 43.0}, UNANSWERED]
    england = values(measure(written(tiny(), calls, facts, families=homes), tiny()))
    nights = "child_nights_without_visit_achieved_share"
    expected = {"minutes_to_door": (90.0, 180.0), "unmet_demand_share": (0.0, 1 / 2), nights: (0.0, 1.0)}
    for name, (urban, rural) in expected.items():
        assert england[f"{name}_of_urban_homes"] == pytest.approx(urban)
        assert england[f"{name}_of_rural_homes"] == pytest.approx(rural)


def test_lone_visits_are_those_that_took_two_and_had_one_whatever_joined_them() -> None:
    facts: list[Fact] = [{"alone": True}, {"alone": True, "joined": 0}, {}]
    england = values(
        measure(written(tiny(), [call(20.0, two=True), call(20.5), call(30.0, 1, two=True)], facts), tiny())
    )
    assert england["lone_visits_per_year"] == 52.0
    assert england["lone_visits_per_100_families"] == 100 * 1 / 2  # families


def test_the_standard_at_the_door_after_a_death_is_that_of_a_verification() -> None:
    scenario = replace(tiny(), answering=replace(tiny().answering, verification_standard=1.0))
    ledger = written(scenario, [death_call()], [{"at_door": 51.5}], families=[family(death=50.0)])
    assert values(measure(ledger, scenario))["door_in_standard_share"] == 0.0
    assert values(measure(ledger, tiny()))["door_in_standard_share"] == 1.0


def test_journeys_to_families() -> None:
    tasks = [
        (0, 1, "journey", 20.0, 20.5, 0),
        (0, 1, "journey", 30.0, 30.25, 0),
        (0, 1, "way_back", 31.0, 33.0, 0),
        (0, 1, "journey", 170.0, 171.0, 0),  # after the window
    ]
    england = values(measure(written(tiny(), CALLS, FACTS, tasks=tasks), tiny()))
    assert england["travel_minutes_one_way"] == pytest.approx((30 + 15) / 2)


def test_home_offered_counts_families_whose_episode_begins_in_the_window() -> None:
    scenario = tiny(run=Run.of_weeks(1, 1, 1))
    families = [family(start=167.0), family(start=168.0), family(start=335.0), family(start=336.0)]
    ledger = written(scenario, families=[replace(one, death=400.0) for one in families])
    ledger = replace(ledger, setting=replace(ledger.setting, offered=np.array([True, True, False, True])))
    england = values(measure(ledger, scenario))
    assert england["home_offered_share"] == 0.5
    assert england["families_wanting_home_per_year"] == 2 * 52


def test_died_outside_hospital() -> None:
    families = [family(death=hour) for hour in (50.0, 60.0, 70.0, 80.0, 90.0)]
    # the second died in hospital, the third came home in time, the fourth was never offered home
    stays = [(1, 40.0, 60.0), (2, 40.0, 60.0)]
    ledger = written(tiny(), families=families, stays=stays)
    offered = np.array([True, True, True, False, True])
    ledger = replace(ledger, setting=replace(ledger.setting, offered=offered))
    assert values(measure(ledger, tiny()))["died_outside_hospital_share"] == pytest.approx(3 / 5)


def test_where_a_child_died_counts_if_the_death_is_in_the_window() -> None:
    """Home is offered to the first and the last inside the window, and to nobody who died outside it."""
    scenario = tiny(run=Run.of_weeks(1, 1, 1))
    families = [family(death=hour) for hour in (167.0, 168.0, 335.0, 335.5, 336.0)]
    ledger = written(scenario, families=families)
    offered = np.array([False, True, False, True, False])
    ledger = replace(ledger, setting=replace(ledger.setting, offered=offered))
    assert values(measure(ledger, scenario))["died_outside_hospital_share"] == pytest.approx(2 / 3)


def test_nobody_answered_no_minutes() -> None:
    england = values(measure(written(tiny(), [call(10.0)], [UNANSWERED]), tiny()))
    assert "minutes_to_answer" not in england
    assert england["answered_in_standard_share"] == 0.0


# -- whom a family meets ----------------------------------------------------------------------------------------------


def test_people_a_family_meets_are_counted_once_each_and_rung_or_driving_does_not_count() -> None:
    """Family 0 meets two people, family 1 one of them; family 2 nobody."""
    scenario = tiny(teams=(team(people=nurses(3)),))
    tasks = [
        (0, 0, "phone", 1.0, 1.5, 0), (0, 0, "visit", 2.0, 3.0, 0), (1, 0, "visit", 2.0, 3.0, 0),
        (2, 0, "ring", 1.0, 1.1, -1), (2, 0, "journey", 1.0, 2.0, 0), (1, 1, "phone", 10.0, 11.0, 0),
    ]  # fmt: skip
    calls = [call(1.0), call(10.0, family=1)]
    found = values(measure(written(scenario, calls, tasks=tasks, families=[family()] * 3), scenario))
    assert found["people_met_per_family"] == pytest.approx(3 / 2)


def test_a_professional_is_there_at_a_death_within_two_hours_or_in_the_home_already() -> None:
    """Five deaths: at the door after 1 h, after 3 h, nobody, somebody there already, and one in hospital."""
    facts: list[Fact] = [
        {"at_door": 21.0}, {"at_door": 43.0}, UNANSWERED, {"made": False, "outcome": "help_present"},
        {"made": False, "outcome": "in_hospital"},
    ]  # fmt: skip
    families = [family(death=20.0 * (number + 1)) for number in range(5)]
    ledger = written(tiny(), [death_call(number) for number in range(5)], facts, families=families)
    assert values(measure(ledger, tiny()))["deaths_with_professional_share"] == pytest.approx(2 / 4)


def test_figures_a_year_of_one_week_of_winter_are_fewer_than_those_of_a_week_of_summer() -> None:
    """One family and one call that came again in the week; hours on call are divided by no season."""
    again: list[Fact] = [{}, {"attempt": 2}]
    found = {}
    for season, monday in (("winter", dt.date(2029, 1, 1)), ("summer", dt.date(2029, 7, 2)), ("flat", None)):
        scenario = replace(tiny(), demand=demand(winter_multiple=1.1), calendar=Calendar(monday or dt.date(2029, 1, 1)))
        scenario = scenario if monday else replace(scenario, demand=demand())
        found[season] = values(measure(written(scenario, [call(10.0), call(20.0)], again), scenario))
    for name in ("families_wanting_home_per_year", "repeat_calls_per_year", "calls_per_year", "child_nights_per_year"):
        assert found["flat"][name] > 0
        assert found["winter"][name] == pytest.approx(found["flat"][name] * (1 + 0.1 * 121.25 / 365.25) / 1.1)
        assert found["summer"][name] == pytest.approx(found["flat"][name] * (1 + 0.1 * 121.25 / 365.25))
