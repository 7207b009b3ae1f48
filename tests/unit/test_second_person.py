"""Visits that take two: who goes, together or alone, how long they wait for each other, and what is booked."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from sim import config
from sim.domain.calendar import ALL_DAYS, Span
from sim.domain.scenario import Scenario, Step
from sim.domain.staff import Team
from sim.ledger import Ledger
from sim.model import simulate
from tests.story import became, column, done, play, who
from tests.tiny import (
    CONSULTANT,
    GOODWILL_STEP,
    NURSE,
    NURSES_STEP,
    UNIVERSAL_STEP,
    answering,
    area,
    call,
    family,
    goodwill,
    nurses,
    pattern,
    people,
    role,
    team,
    tiny,
    travel,
)

ASSISTANT = role("care_assistant", "second_person", 1)
ASSISTANTS = team("assistants", people("care_assistant", 1), patterns=(pattern(visiting=False),))
FROM_NOON = team("assistants", people("care_assistant", 1), patterns=(pattern(spans=(Span(ALL_DAYS, 12.0, 17.0),)),))
TWO = team(people=nurses(2), patterns=(pattern(seats=2),))
NO_OVERFLOW = (Step("team", "nurses", math.inf), UNIVERSAL_STEP)
AWAY = [family(km_east=30.0)]  # half an hour
POLICIES = ("one_goes", "wait", "phone_only")


def world(second_person: str, *teams: Team, **more: object) -> Scenario:
    """Teams of nurses and care assistants under a policy; nobody rings from a family's home."""
    waits = answering(second_person=second_person, while_visiting="unreachable")
    usual: dict[str, object] = {"roles": (NURSE, CONSULTANT, ASSISTANT), "answering": waits, "ladder": NO_OVERFLOW}
    return tiny(teams=teams, **(usual | more))


def lines(ledger: Ledger, name: str) -> list[tuple[float, float, str]]:
    return [line[1:] for line in done(ledger) if line[0] == name]


def test_a_nurse_who_is_busy_is_busy_and_not_in_want_of_a_second() -> None:
    """Would catch the furthest of two reasons told for a visit that the nearer one prevented."""
    consultants = team("consultants", people("consultant", 1))
    scenario = world("wait", team(), consultants, professional_entry=(Step("team", "consultants", 1 / 6),))
    calls = [call(9.0, talk=5.0), call(10.0, family=1, two=True, professional=True, visit_patience=0.5)]
    assert became(play(scenario, calls))[1] == ("partly_met", "all_busy")


# -- who goes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", POLICIES)
def test_two_who_are_free_go_together(policy: str) -> None:
    ledger = play(world(policy, TWO), [call(10.0, two=True, talk=0.25, visit_hours=1.0)], AWAY)
    on_the_road = [(10.25, 10.75, "journey"), (10.75, 11.75, "visit"), (11.75, 12.25, "way_back")]
    assert lines(ledger, "nurse 1") == [(10.0, 10.25, "phone"), *on_the_road]
    assert lines(ledger, "nurse 2") == on_the_road
    assert column(ledger, "alone") == [False]
    assert became(ledger) == [("met", "")]
    held = ledger.setting.duties.person.tolist()
    assert all(held[duty] == person for person, _, _, _, _, duty, *_ in ledger.tasks.rows)


@pytest.mark.parametrize(
    ("policy", "alone", "became_of_it", "ended"),
    [
        ("one_goes", True, ("met", ""), 11.25),
        ("wait", False, ("partly_met", "second_person"), 12.25),  # after two hours of patience
        ("phone_only", False, ("partly_met", "second_person"), 10.25),
    ],
)
def test_one_nurse_for_a_visit_that_takes_two(
    policy: str, alone: bool, became_of_it: tuple[str, str], ended: float
) -> None:
    ledger = play(world(policy, team()), [call(10.0, two=True, talk=0.25, visit_hours=1.0)])
    assert became(ledger) == [became_of_it]
    assert column(ledger, "alone") == [alone]
    assert column(ledger, "ended") == [ended]
    assert column(ledger, "part") == ["" if alone else "visit"]
    assert bool(done(ledger, "visit")) is alone


def test_a_visit_for_one_is_nobodys_second() -> None:
    ledger = play(world("wait", TWO), [call(10.0, visit=True)])
    assert len(done(ledger, "visit")) == 1
    assert column(ledger, "alone") == [False]


def test_waiting_for_two_takes_both_at_once_and_nobody_before() -> None:
    calls = [
        call(9.0, visit=True, talk=0.25, visit_hours=2.0),  # nurse 2 until 11:15
        call(10.0, family=1, two=True, talk=0.25, visit_hours=1.0),
        call(10.5, family=2, talk=0.25),  # nurse 1 is not kept from it
    ]
    ledger = play(world("wait", TWO), calls)
    assert lines(ledger, "nurse 1")[1:] == [(10.0, 10.25, "phone"), (10.5, 10.75, "phone"), (11.25, 12.25, "visit")]
    assert lines(ledger, "nurse 2") == [(9.25, 11.25, "visit"), (11.25, 12.25, "visit")]
    assert became(ledger)[1] == ("met", "")


def test_when_all_are_busy_that_is_the_nearer_miss() -> None:
    calls = [call(9.0, visit=True, talk=0.25, visit_hours=6.0), call(10.0, family=1, two=True, talk=0.25)]
    assert became(play(world("wait", TWO), calls))[1] == ("partly_met", "all_busy")


def test_a_team_out_of_reach_is_no_second_person() -> None:
    south = area("BBB", latitude=-10.0 / 111.32)
    pool = team(people=nurses(1) + nurses(1, "BBB"), patterns=(pattern(seats=2),))
    scenario = world("wait", pool, areas=(area(), south), travel=travel(reach=0.1))
    assert became(play(scenario, [call(10.0, two=True)])) == [("partly_met", "second_person")]


# -- care assistants --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", POLICIES)
def test_a_care_assistant_goes_along(policy: str) -> None:
    ledger = play(world(policy, team(), ASSISTANTS), [call(10.0, two=True, talk=0.25, visit_hours=1.0)], AWAY)
    assert lines(ledger, "assistant 1") == [
        (10.25, 10.75, "journey"),
        (10.75, 11.75, "visit"),
        (11.75, 12.25, "way_back"),
    ]
    assert who(ledger, column(ledger, "visited_by")[0]) == "nurse 1"
    assert became(ledger) == [("met", "")]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_care_assistant_goes_nowhere_alone_and_answers_nobody(policy: str) -> None:
    by_phone = team(patterns=(pattern(visiting=False),))
    ledger = play(world(policy, by_phone, ASSISTANTS), [call(10.0, two=True), call(13.0, visit=True)])
    assert {line[0] for line in done(ledger)} == {"nurse 1"}
    assert became(ledger) == [("partly_met", "not_commissioned")] * 2


def test_waiting_ends_when_a_care_assistant_comes_on_duty() -> None:
    ledger = play(world("wait", team(), FROM_NOON), [call(10.25, two=True, talk=0.25)])
    assert column(ledger, "at_door") == [12.0]
    assert {line[0] for line in done(ledger, "visit")} == {"nurse 1", "assistant 1"}


def test_late_because_the_second_person_was_missing_when_the_family_called() -> None:
    waits = answering(second_person="wait", door_standard=(1.0, 1.0, 1.0))
    ledger = play(world("wait", team(), FROM_NOON, answering=waits), [call(10.25, two=True, talk=0.25)])
    assert became(ledger) == [("late", "second_person")]
    far = play(world("wait", TWO, answering=waits), [call(10.0, two=True)], [family(km_east=70.0)])
    assert became(far) == [("late", "too_slow")]


def test_a_planners_own_care_assistants_go_along(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "question: Do care assistants go along?\n"
        "areas: [QHG, QUE]\n"
        "teams:\n"
        "  community_nurses:\n"
        "    patterns: {night: {hours: out_of_hours, at: on_call, seats: 1}}\n"
        "  care_assistants:\n"
        "    role: care_assistant\n"
        "    people: {per_area: 3}\n"
        "    patterns: {always: {hours: 00-24, at: on_call, seats: 1}}\n"
        "ladder: [community_nurses, goodwill, universal]\n"
        "answering: {second_person: wait}\n",
        encoding="utf-8",
    )
    ledger = simulate(config.plan(str(mine), [], None).scenario, 1, 0)
    roles = [person.role for person in ledger.setting.staff.people]
    visits = [row for row in ledger.tasks.rows if roles[row[0]] == "care_assistant"]
    assert len(visits) > 20
    lead = {row[column_] for row in ledger.calls.rows for column_ in (7, 9)}
    assert not any(roles[row] == "care_assistant" for row in lead if row >= 0)
    needs_two = ledger.setting.demand.calls.needs_two
    assert all(needs_two[row[1]] for row in visits)


# -- the companion ----------------------------------------------------------------------------------------------------


def two_areas() -> Scenario:
    """A nurse at the centre of AAA and one of BBB, 30 km (half an hour) north of it; both on duty for both."""
    north = area("BBB", latitude=30.0 / 111.32)
    pool = team(people=nurses(1) + nurses(1, "BBB"), patterns=(pattern(seats=2),))
    return world("one_goes", pool, areas=(area(), north))


def test_the_second_comes_from_home_stays_until_the_first_leaves_and_goes_home() -> None:
    ledger = play(two_areas(), [call(10.0, two=True, talk=0.25, visit_hours=1.0)])
    theirs = [(10.25, 10.75, "journey"), (10.75, 11.25, "visit"), (11.25, 11.75, "way_back")]
    assert lines(ledger, "BBB nurse 1") == theirs
    assert lines(ledger, "nurse 1")[1] == (10.25, 11.25, "visit")


def test_the_second_person_is_known_to_the_family_afterwards() -> None:
    day = team(people=nurses(1), patterns=(pattern(spans=(Span(ALL_DAYS, 9.0, 12.0),)),))
    all_day = team("others", people("specialist_nurse", 1))
    scenario = tiny(
        teams=(day, all_day), ladder=(Step("team", "nurses", 1 / 6), Step("team", "others", 1 / 6), UNIVERSAL_STEP)
    )
    calls = [call(10.0, two=True), call(14.0)]
    assert column(play(scenario, calls, [family(known=())]), "known") == [False, True]


def test_a_second_who_is_on_the_road_when_the_first_leaves_turns_back() -> None:
    ledger = play(two_areas(), [call(10.0, two=True, talk=0.25, visit_hours=0.25)])
    assert lines(ledger, "BBB nurse 1") == [(10.25, 10.75, "journey"), (10.75, 11.25, "way_back")]
    assert column(ledger, "ended") == [10.5]


def test_the_second_is_free_again_afterwards() -> None:
    calls = [call(10.0, two=True, talk=0.25, visit_hours=1.0), call(13.0, family=1, two=True, talk=0.25)]
    ledger = play(world("wait", TWO), calls)
    assert column(ledger, "at_door") == [10.25, 13.25]
    assert len(done(ledger, "visit")) == 4


def test_two_who_leave_together_are_both_free_before_the_next_is_served() -> None:
    by_phone = team("consultants", people("consultant", 3), patterns=(pattern(visiting=False, seats=3),))
    calls = [
        call(9.0, two=True, talk=0.25, visit_hours=2.0),  # both until 11:15
        call(10.0, family=1, two=True, talk=0.25, visit_hours=1.0),
        call(10.5, family=2, visit=True, talk=0.25, visit_hours=1.0),  # would take the first who leaves
    ]
    ladder = (Step("team", "consultants", math.inf), UNIVERSAL_STEP)
    ledger = play(world("wait", TWO, by_phone, ladder=ladder), calls)
    assert column(ledger, "at_door") == [9.25, 11.25, 12.25]
    assert done(ledger, "visit")[2:4] == [("nurse 1", 11.25, 12.25, "visit"), ("nurse 2", 11.25, 12.25, "visit")]


def test_of_those_who_wait_for_two_the_first_in_order_is_first() -> None:
    calls = [
        call(9.0, visit=True, talk=0.0, visit_hours=2.0),
        call(9.5, family=1, two=True, talk=0.0, visit_hours=1.0, visit_patience=9.0),
        call(10.0, family=2, two=True, urgency="emergency", talk=0.0, visit_hours=1.0),
        call(10.5, family=3, two=True, urgency="routine", talk=0.0, visit_hours=1.0),
    ]
    assert column(play(world("wait", TWO), calls), "at_door") == [9.0, 12.0, 11.0, 13.0]


# -- goodwill ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("policy", "asked"), [("one_goes", 1), ("wait", 0), ("phone_only", 0)])
def test_goodwill_never_goes_in_pairs(policy: str, asked: int) -> None:
    by_phone = team("consultants", people("consultant", 1), patterns=(pattern(visiting=False),))
    at_home = team(people=nurses(3), patterns=(pattern(spans=()),))
    ladder = (Step("team", "consultants", 1 / 6), GOODWILL_STEP, UNIVERSAL_STEP)
    scenario = world(policy, at_home, by_phone, ladder=ladder, goodwill=goodwill())
    ledger = play(scenario, [call(20.0, two=True)])
    assert column(ledger, "asked") == [asked]
    assert column(ledger, "alone") == [policy == "one_goes"]
    assert len(done(ledger, "visit")) == asked


def test_goodwill_by_one_person_where_the_funded_second_was_free() -> None:
    at_home = team(people=nurses(3), patterns=(pattern(spans=()),))
    scenario = world(
        "one_goes", at_home, ASSISTANTS, ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP), goodwill=goodwill()
    )
    ledger = play(scenario, [call(20.0, two=True)])
    assert column(ledger, "alone") == [True]
    assert {line[0] for line in done(ledger, "visit")} == {"nurse 1"}
