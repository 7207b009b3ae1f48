"""Planned leave by hand: which week each wish becomes, in teams of two or three."""

from __future__ import annotations

import numpy as np
import pytest

from sim.rota.absence import stretches_of_days
from sim.rota.leave import YEAR, crowded, grant, may_be_away


def granted(*wishes: list[int], most: int = 1, teams: tuple[list[int], ...] | None = None, weeks: int = YEAR):
    """The weeks of each person, who stand in the list in the order of their wishes."""
    size = max(map(len, wishes))
    table = np.array([[*one, *[weeks] * (size - len(one))] for one in wishes])
    rows = [np.array(team) for team in teams or (list(range(len(wishes))),)]
    away = grant(table, rows, [most] * len(rows), weeks)
    return [np.flatnonzero(person).tolist() for person in away]


@pytest.mark.parametrize(
    ("people", "away"), [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 2), (8, 2), (9, 3), (315, 105), (0, 1)]
)
def test_a_third_of_a_team_and_at_least_one_may_be_away(people, away):
    assert may_be_away(0.3334, people) == away


def test_wishes_that_do_not_clash_are_granted_as_they_are():
    assert granted([3, 20], [4, 21]) == [[3, 20], [4, 21]]


def test_a_clash_moves_whoever_stands_later_in_the_list_to_the_week_after():
    """Weeks 9 and 11 are as near: the later."""
    assert granted([10], [10]) == [[10], [11]]


def test_a_clash_moves_to_the_week_before_where_the_one_after_is_full():
    assert granted([10, 11], [10]) == [[10, 11], [9]]


def test_the_nearest_week_with_room_may_be_far():
    assert granted([8, 9, 10, 11, 12, 13], [10]) == [[8, 9, 10, 11, 12, 13], [7]]


def test_two_may_be_away_where_two_may():
    assert granted([10], [10], [10], most=2) == [[10], [10], [11]]


def test_leave_stays_in_its_year():
    """Week 51 is the last of the first year of the run: nobody carries leave over, though week 52 is nearer than 50."""
    assert granted([51], [51], [52], weeks=2 * YEAR) == [[51], [50], [52]]


def test_two_wishes_of_one_person_for_one_week_are_two_weeks():
    assert granted([7, 7]) == [[7, 8]]


def test_where_no_week_has_room_the_wish_stands():
    """One is away all year: the second is away at the same time, in the week she wished for."""
    assert granted(list(range(YEAR)), [30]) == [list(range(YEAR)), [30]]


def test_somebody_of_two_teams_is_planned_in_the_first():
    """Person 1 is moved in the first team; in the second she comes before person 2, who moves although listed first."""
    assert granted([10], [10], [11], teams=([0, 1], [2, 1])) == [[10], [11], [12]]


def test_weeks_with_more_away_than_may_be():
    away = grant(np.array([[3], [3]]), [np.array([0]), np.array([1])], [1, 1], YEAR)
    assert np.flatnonzero(crowded(away, np.array([0, 1]), 1)).tolist() == [3]
    assert not crowded(away, np.array([0]), 1).any()


@pytest.mark.parametrize(
    ("away", "hours"),
    [
        ([0, 0, 0, 0], []),
        ([1, 1, 0, 1], [(0.0, 57.0), (81.0, 90.0)]),  # the first day begins with the run, the last ends with it
        ([0, 1, 1, 0], [(33.0, 81.0)]),
    ],
)
def test_days_of_absence_in_a_row_are_one_stretch(away, hours):
    assert stretches_of_days(np.array(away, dtype=bool), 90.0) == hours
