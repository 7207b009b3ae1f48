"""Policies as tables of exact cases: what each word of the scenario does with the values it sees."""

from __future__ import annotations

import math

import pytest

from sim.domain.policies import (
    DEAL,
    DEPEND_ON,
    END_OF_DUTY,
    NURSE_WHILE_WAITING,
    OFFER_SHAPE,
    REST,
    ROTATIONS,
    SECOND_PERSON,
    WHILE_VISITING,
    calls_again,
    longest_rest,
)


@pytest.mark.parametrize(
    ("word", "counts"), [("linear", [0, 0.5, 1]), ("threshold", [0, 0, 1]), ("concave", [0, 0.5**0.5, 1])]
)
def test_what_no_half_and_full_cover_count_for_where_home_is_offered(word: str, counts: list[float]) -> None:
    assert [OFFER_SHAPE[word](cover) for cover in (0.0, 0.5, 1.0)] == counts


@pytest.mark.parametrize(("word", "stands"), [("by_chance", [0.4, 0.4]), ("rural_last", [0.2, 0.7])])
def test_where_an_urban_and_a_rural_area_of_the_same_chance_stand_in_the_deal(word: str, stands: list[float]) -> None:
    assert [DEAL[word](0.4, rural) for rural in (0.0, 1.0)] == stands


@pytest.mark.parametrize(("word", "follow"), [("helper", "abcd"), ("help_given", "aacd"), ("help_in_full", "abdd")])
def test_what_follows_help_by_somebody_known_by_others_in_part_and_none(word: str, follow: str) -> None:
    chances = {name: (place / 10, place / 20) for place, name in enumerate("abcd", start=1)}
    assert DEPEND_ON[word](*chances.values()) == tuple(chances[name] for name in follow)


@pytest.mark.parametrize(
    ("worked", "rest"),
    [
        ([], 24.0),
        ([(9.0, 17.0)], 16.0),
        ([(9.0, 17.0), (27.0, 29.0)], 10.0),  # 17:00 to 03:00 beats 05:00 to 09:00
        ([(27.0, 29.0), (9.0, 17.0)], 10.0),  # in any order
        ([(9.0, 17.0), (20.0, 21.0), (23.0, 24.0)], 9.0),  # the last stretch
        ([(14.0, 20.0), (15.0, 16.0), (30.0, 33.0)], 10.0),  # hours inside a longer stretch do not end it
        ([(14.0, 18.0), (18.0, 31.0)], 5.0),  # touching; rest before them, from 09:00
        ([(0.0, 9.0), (33.0, 40.0)], 24.0),  # outside the 24 hours
        ([(5.0, 12.0), (31.0, 36.0)], 19.0),  # only what lies inside
        ([(0.0, 40.0)], 0.0),
    ],
)
def test_the_longest_rest_in_the_24_hours_before_9_on_tuesday(worked: list[tuple[float, float]], rest: float) -> None:
    assert longest_rest(worked, 9.0, 33.0) == rest


@pytest.mark.parametrize(
    ("word", "missed", "late"),
    [
        ("ignored", 0.0, 0.0), ("ignored", 3.0, 0.0), ("bank", 0.0, 0.0), ("bank", 3.0, 0.0),
        ("delay", 0.0, 0.0), ("delay", 3.0, 3.0), ("delay", 11.0, 11.0),
    ],
)  # fmt: skip
def test_hours_by_which_work_starts_late(word: str, missed: float, late: float) -> None:
    assert REST[word](missed) == late


@pytest.mark.parametrize(
    ("word", "goes_alone", "waits"), [("one_goes", True, False), ("wait", False, True), ("phone_only", False, False)]
)
def test_whether_the_first_of_two_sets_out(word: str, goes_alone: bool, waits: bool) -> None:
    assert SECOND_PERSON[word] == (goes_alone, waits)


@pytest.mark.parametrize(
    ("word", "after", "hours"),
    [
        ("ring_back", 1 / 3, 1 / 3), ("ring_back", 0.0, 0.0), ("answer", 1 / 3, 0.0), ("unreachable", 1 / 3, math.inf),
    ],
)  # fmt: skip
def test_hours_until_somebody_in_a_home_takes_a_call(word: str, after: float, hours: float) -> None:
    assert WHILE_VISITING[word](after) == hours


def test_whether_a_conversation_is_handed_over() -> None:
    assert END_OF_DUTY == {"finish": False, "hand_over": True}


def test_whether_a_nurse_stays_with_the_call_until_its_advice() -> None:
    assert NURSE_WHILE_WAITING == {"released": False, "held": True}


@pytest.mark.parametrize(
    ("unmet", "after_any", "attempt", "u", "again"),
    [
        (True, False, 1, 0.39, True),
        (True, False, 1, 0.4, False),  # u < p
        (False, False, 1, 0.0, False),
        (False, True, 1, 0.0, True),
        (True, True, 1, 0.0, True),
        (True, False, 2, 0.0, True),
        (True, False, 3, 0.0, False),  # the third of three attempts
        (False, True, 3, 0.0, False),
    ],
)
def test_whether_a_family_calls_again(unmet: bool, after_any: bool, attempt: int, u: float, again: bool) -> None:
    assert calls_again(unmet, after_any, attempt, attempts_max=3, u=u, p=0.4) is again


@pytest.mark.parametrize(
    ("word", "turns"),
    [
        ("night", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("weekend_split", [0, 1, 2, 3, 4, 4, 4, 5]),
        ("week", [0, 0, 0, 0, 0, 0, 0, 1]),
    ],
)
def test_which_days_from_a_monday_fall_into_one_turn(word: str, turns: list[int]) -> None:
    names = [ROTATIONS[word].turn(*divmod(day, 7)) for day in range(8)]
    assert [sorted(set(names), key=names.index).index(name) for name in names] == turns
