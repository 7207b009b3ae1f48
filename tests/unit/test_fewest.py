"""The fewest seats that hold a target, and the fewest people who hold a frequency."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import BadInput
from sim.experiment.fewest import HOLDS, MISSES, NOT_DECIDED, Held, fewest, judged
from sim.measures.catalogue import Measure
from tests.tiny import england


def held(seats: int, enough: int) -> Held:
    return Held(seats, 0.0, 0.0, 0.0, HOLDS if seats >= enough else MISSES)


@pytest.mark.parametrize("enough", range(1, 10))
def test_the_fewest_are_found_without_looking_at_every_number(enough):
    tried = fewest(lambda seats: held(seats, enough), 20)
    assert next(one.seats for one in tried if one.verdict == HOLDS) == enough
    assert len(tried) <= 8


def test_a_target_that_no_number_holds_is_looked_for_up_to_the_most_and_not_beyond():
    assert [one.seats for one in fewest(lambda seats: held(seats, 99), 6)] == [1, 2, 4, 6]
    assert [one.seats for one in fewest(lambda seats: held(seats, 99), 1)] == [1]


@pytest.mark.parametrize(
    ("better", "values", "verdict"),
    [
        ("lower", (0.02, 0.021, 0.022), HOLDS),
        ("lower", (0.01, 0.05, 0.09), NOT_DECIDED),
        ("lower", (0.11, 0.12, 0.13), MISSES),
        ("higher", (0.11, 0.12, 0.13), HOLDS),
        ("higher", (0.02, 0.021, 0.022), MISSES),
    ],
)
def test_the_whole_interval_holds_the_target_or_nothing_is_claimed(better, values, verdict):
    """Catches a mean below the target told as held."""
    figures = np.array([values]), np.ones((1, 3))
    measure = Measure("x", "X", "hours", better, "mean", "")
    assert judged(2, measure, 0.06, figures).verdict == verdict


def nurses_of(*words: str) -> list[int]:
    """People of each nurses' team of three areas."""
    changes = ["areas=[QF7,QHM,QOQ]", *(f"teams.community_nurses.{word}" for word in words)]
    teams = england("icb_rota", *changes).teams
    return [len(team.people) for team in teams if team.plan == "community_nurses"]


def test_people_to_hold_a_frequency_follow_the_seats_of_the_pool():
    """1 in 6 while at work, with leave, takes more than six: catches leave left out, or seats not counted."""
    (one,) = {*nurses_of("people={to_hold_1_in: 6}")}
    assert one == 7  # 6 x 52 / (52 less 7.4 weeks of leave) is 6.995
    pool = ["grouping=national", "people={to_hold_1_in: 6}"]
    assert nurses_of(*pool, "pool.seats=1") == [one]
    assert nurses_of(*pool, "pool.seats=largest") == [one]
    assert nurses_of(*pool, "pool.seats=kept")[0] == 3 * one


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("{to_hold_1_in: 0}", "people.to_hold_1_in = 0: must be from 1 to 365"),
        ("{to_hold_1_in: six}", "must be {to_hold_1_in: n} and nothing else"),
        ("{to_hold_1_in: 6, per_area: 2}", "must be {to_hold_1_in: n} and nothing else"),
    ],
)
def test_a_frequency_that_cannot_be_is_one_line(asked, said):
    with pytest.raises(BadInput) as bad:
        nurses_of(f"people={asked}")
    assert said in str(bad.value)
