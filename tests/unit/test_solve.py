"""Solving for p0: on made-up lines whose answer is known, and as a command."""

from __future__ import annotations

import math
import re

import pytest

from sim import cli
from sim.errors import BadInput
from sim.experiment.solve import EVALUATIONS, Tried, search

HALF = 0.02  # half-width of the made-up intervals


def line(share, half: float = HALF):
    """A share as a function of p0 with the same interval everywhere; counts how often it is asked."""
    asked: list[float] = []

    def at(p0: float) -> Tried:
        asked.append(p0)
        value = share(p0)
        return Tried(p0, value, value - half, value + half)

    return at, asked


def test_a_straight_line_is_solved_with_the_third_try():
    """share = 0.05 + 0.25 p0: catches a search that goes on when it has the answer."""
    at, asked = line(lambda p0: 0.05 + 0.25 * p0)
    found = search(at, 0.23)
    assert found.p0 == pytest.approx(0.72)
    assert asked == pytest.approx([0.5, 0.9, 0.72])
    assert [one.p0 for one in found.tried] == asked


def test_the_interval_is_that_of_the_share_divided_by_the_slope():
    """Half-width 0.02 over a slope of 0.25: 0.08 on either side. The lower share is the higher p0."""
    at, _ = line(lambda p0: 0.05 + 0.25 * p0)
    found = search(at, 0.23)
    assert (found.low, found.high) == pytest.approx((0.64, 0.80))


def test_an_uneven_interval_is_turned_round():
    """A share that may be much higher means a p0 that may be much lower."""
    found = search(lambda p0: Tried(p0, 0.5 * p0, 0.5 * p0 - 0.01, 0.5 * p0 + 0.05), 0.3)
    assert (found.low, found.high) == pytest.approx((0.6 - 0.1, 0.6 + 0.02))


def test_the_interval_of_a_probability_stays_between_0_and_1():
    at, _ = line(lambda p0: 0.05 + 0.25 * p0, half=3.0)
    found = search(at, 0.23)
    assert (found.low, found.high) == (0.0, 1.0)


def test_a_share_that_falls_with_p0_tells_nothing_of_its_interval():
    """More goodwill cannot send children to hospital: what looks so is chance, and any p0 may be right."""
    found = search(lambda p0: Tried(p0, 0.6 - 0.4 * p0, 0.59 - 0.4 * p0, 0.61 - 0.4 * p0), 0.32)
    assert found.p0 == pytest.approx(0.7)
    assert (found.low, found.high) == (0.0, 1.0)


def test_one_replication_has_no_interval():
    found = search(lambda p0: Tried(p0, 0.3 * p0, math.nan, math.nan), 0.23)
    assert found.p0 == pytest.approx(0.23 / 0.3)
    assert (found.low, found.high) == (0.0, 1.0)


@pytest.mark.parametrize("share", [lambda p: 0.3 * p**2, lambda p: 0.3 * p**0.5, lambda p: 0.3 * (1 - (1 - p) ** 3)])
def test_a_curve_is_solved_within_few_tries(share):
    at, asked = line(share)
    found = search(at, 0.2)
    assert share(found.p0) == pytest.approx(0.2, abs=0.002)  # far inside any interval
    assert len(asked) <= EVALUATIONS


@pytest.mark.parametrize("target", [0.06, 0.1, 0.28, 0.2999])
def test_an_answer_outside_the_first_two_tries_is_found(target):
    at, _ = line(lambda p0: 0.05 + 0.25 * p0)
    assert search(at, target).p0 == pytest.approx((target - 0.05) / 0.25, abs=1e-3)


def test_few_deaths_make_steps():
    """A share in twentieths: catches a division by nothing between two tries on one step."""
    at, asked = line(lambda p0: math.floor(20 * (0.05 + 0.25 * p0)) / 20)
    found = search(at, 0.23)
    assert found.p0 == pytest.approx(0.8, abs=0.01)  # where the share steps from 0.20 to 0.25
    assert len(asked) <= EVALUATIONS


@pytest.mark.parametrize(("target", "end"), [(0.35, "p0 = 1 gives 0.3000"), (0.01, "p0 = 0 gives 0.0500")])
def test_a_share_that_no_p0_gives_is_one_line(target, end):
    """Catches a p0 above 1 or below 0 told as an answer, however wide the intervals are."""
    at, _ = line(lambda p0: 0.05 + 0.25 * p0, half=5.0)
    with pytest.raises(BadInput, match="no p0 between 0 and 1") as error:
        search(at, target)
    assert end in str(error.value)


def test_a_share_that_p0_does_not_move_is_one_line():
    """Full cover offers everybody home whatever p0 is: catches a division by a slope of nothing."""
    at, _ = line(lambda _: 0.4)
    with pytest.raises(BadInput, match=r"p0 = 0 gives 0\.4"):
        search(at, 0.23)


def test_weeks_without_a_death_are_one_line():
    with pytest.raises(BadInput, match="no child died"):
        search(lambda p0: Tried(p0, math.nan, math.nan, math.nan), 0.23)


# -- the command ------------------------------------------------------------------------------------------------------


def test_the_command_prints_a_p0_and_writes_nothing(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["solve", "p0", "areas=[QHG,QUE]", "replications=2", "workers=1"]) == 0
    *table, last = capsys.readouterr().out.splitlines()
    answer = re.match(r"p0 = (0\.\d+) \((\d\.\d+) to (\d\.\d+)\) gives 0\.23; 2 replications, seed 1, ", last)
    assert answer, last
    p0, low, high = map(float, answer.groups())
    assert 0 <= low <= p0 <= high <= 1
    tried = [row.split() for row in table[1:]]
    assert [float(row[0]) for row in tried] == sorted(float(row[0]) for row in tried)
    # the more homes goodwill makes possible, the more children die outside hospital
    assert [float(row[1]) for row in tried] == sorted(float(row[1]) for row in tried)
    assert list(tmp_path.iterdir()) == []


def test_the_command_shows_its_configuration(capsys):
    assert cli.main(["solve", "p0", "areas=[QHG]", "--cfg", "job"]) == 0
    assert "p0:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["solve"], "solve p0"),
        (["solve", "p1"], "solve p0"),
        (["solve", "p0", "target=lots"], "target = lots"),
        (["solve", "p0", "target=23"], "target = 23"),
        (["solve", "p0", "target=nan"], "target = nan"),
        (["solve", "p0", "scenario=icb_rotta"], "icb_rota"),
        # its rota on paper is whole, so that every family is offered home at any p0
        (["solve", "p0", "scenario=icb_rota", "areas=[QHG]", "weeks=4", "replications=2", "workers=1"], "no p0"),
    ],
)
def test_bad_input_is_one_line(words, said, capsys):
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    line = printed.err.splitlines()[-1]
    assert said in line
    assert line.startswith("oncall-sim: ")
