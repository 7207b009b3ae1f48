"""Break-even: on gains whose end is known in closed form, and what each lever changes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.domain.staff import Pool
from sim.experiment.break_even import (
    EVALUATIONS,
    FOUND,
    NO_GAIN,
    NOT_DECIDED,
    OUTSIDE,
    Tried,
    further,
    refusing,
    said,
    search,
    without_record,
)
from sim.experiment.search import crossings, median_crossing
from tests.story import done, play
from tests.tiny import area, call, family, nurses, pattern, team, tiny


def waiting(per_hour: float, mean_service: float, people: int) -> float:
    """Mean wait in an M/M/c queue, hours. Source: Erlang C."""
    load = per_hour * mean_service
    terms = [load**k / math.factorial(k) for k in range(people)]
    last = load**people / math.factorial(people) / (1 - load / people)
    return last / (sum(terms) + last) * mean_service / (people - load)


def known(gain, half: float = 0.001):
    """A gain as a function of the lever's size with the same interval everywhere; counts how often it is asked."""
    asked: list[float] = []

    def at(size: float) -> Tried:
        asked.append(size)
        return Tried(size, gain(size), gain(size) - half, gain(size) + half)

    return at, asked


def test_two_areas_wait_alike_again_when_sharing_adds_ten_minutes_to_every_service():
    """Two nurses each, 1.2 calls an hour each, 1.25 h of exponential service: catches a search that stops too soon."""
    alone = waiting(1.2, 1.25, 2)
    assert (alone, waiting(2.4, 1.25, 4)) == pytest.approx((1.60714, 0.636792), rel=1e-5)
    at, asked = known(lambda added: alone - waiting(2.4, 1.25 + added, 4))
    found = search(at, 0.3)
    assert found.verdict == FOUND
    assert found.at == pytest.approx(0.164682, abs=0.002)
    assert found.low < found.at < found.high
    assert len(asked) <= EVALUATIONS


def test_the_interval_is_where_the_ends_of_the_gains_interval_reach_nothing():
    """A gain of 3 - x, give or take 0.5: nothing lies in its interval from 2.5 to 3.5."""
    at, _ = known(lambda x: 3.0 - x, half=0.5)
    found = search(at, 10.0)
    assert (found.at, found.low, found.high) == pytest.approx((3.0, 2.5, 3.5), abs=0.01)


@pytest.mark.parametrize(
    ("gain", "half", "verdict", "words"),
    [
        (lambda x: -1.0 - x, 0.5, NO_GAIN, "there is no gain to lose"),
        (lambda x: 0.2 - x, 0.5, NOT_DECIDED, "whether the pool is better at all needs more replications"),
        (lambda x: 20.0 - x, 0.5, OUTSIDE, "no break-even inside the range: at 10 minutes the pool is still better"),
        (lambda x: 10.2 - x, 0.5, NOT_DECIDED, "from 9.7 minutes on the gain is not certain, up to 10 it is not"),
        (lambda x: 9.8 - x, 0.5, FOUND, "the gain is gone at 9.8 minutes (95 % interval 9.3 to beyond 10)"),
    ],
)
def test_what_the_runs_do_not_show_is_not_claimed(gain, half, verdict, words):
    """Catches a break-even told where there is no gain, no certainty, or no end inside the range."""
    at, _ = known(gain, half)
    found = search(at, 10.0)
    assert found.verdict == verdict
    assert words in said(found, "minutes")
    assert math.isnan(found.at) == (verdict != FOUND)


def test_without_an_interval_nothing_is_decided():
    found = search(lambda x: Tried(x, 1.0 - x, math.nan, math.nan), 10.0)
    assert found.verdict == NOT_DECIDED


def test_crossings_are_read_off_straight_lines_each_once():
    assert crossings([(2.0, -1.0), (0.0, 1.0), (4.0, 1.0)]) == [1.0, 3.0]
    assert crossings([(0.0, 0.0), (1.0, 0.0), (2.0, 5.0)]) == [0.0]
    assert crossings([(0.0, 1.0), (1.0, 0.0), (2.0, -1.0)]) == [1.0]
    assert crossings([(0.0, 1.0), (1.0, 0.5)]) == []


def test_the_median_of_where_a_curve_ends_is_not_further_than_it_is():
    """A gain that runs out flat, known at eight sizes with errors: catches the last of several crossings, 4.4."""
    sizes, draws = [0.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 10.0], np.random.default_rng(2)
    studies = [[(size, math.exp(-size) - 0.02 + draws.normal(0.0, 0.008)) for size in sizes] for _ in range(400)]
    found = [at for points in studies if (at := median_crossing(points)) is not None]
    assert float(np.median(found)) == pytest.approx(-math.log(0.02), abs=0.15)


def test_a_figure_that_falls_is_crossed_where_the_line_is_and_one_that_never_does_is_not():
    assert median_crossing([(2.0, -1.0), (0.0, 1.0)]) == 1.0
    assert median_crossing([(0.0, 1.0), (2.0, 0.5)]) is None


ON_CALL = pattern(at="on_call")
SHARED = team(people=nurses(1) + nurses(1, "BBB"), patterns=(ON_CALL,), pool=Pool("largest"))
PAIR = tiny(areas=(area(), area("BBB")), teams=(SHARED,))


def test_a_longer_way_is_as_much_longer_there_and_back_and_only_for_a_pool():
    """Catches minutes added to areas alone, to one way only, or to the hours a family is visited."""
    calls, families = [call(10.0, visit=True, talk=0.0, visit_hours=1.0)], [family(km_east=30.0)]
    before = {kind: end - start for _, start, end, kind in done(play(PAIR, calls, families))}
    after = {kind: end - start for _, start, end, kind in done(play(further(PAIR, 15.0), calls, families))}
    assert after["journey"] - before["journey"] == pytest.approx(0.25)
    assert after["way_back"] - before["way_back"] == pytest.approx(0.25)
    assert after["visit"] == before["visit"]
    alone = replace(PAIR, teams=(replace(SHARED, people=nurses(1), areas=("AAA",)),))
    assert further(alone, 15.0) == alone


def test_somebody_unpaid_or_at_work_goes_no_further():
    at_work = replace(PAIR, teams=(replace(SHARED, patterns=(pattern(),)),))
    calls, families = [call(10.0, visit=True)], [family(km_east=30.0)]
    assert done(play(further(at_work, 15.0), calls, families)) == done(play(at_work, calls, families))


def test_boundary_levers_change_the_boundary_alone():
    minutes, refused = without_record(PAIR, 30.0), refusing(PAIR, 0.4)
    boundary = minutes.overlays.boundary
    assert (boundary.on, boundary.p_record_missing, boundary.without_record, boundary.p_refuse_visit) == (
        True, 1.0, 0.5, 0.0,
    )  # fmt: skip
    assert (refused.overlays.boundary.p_refuse_visit, refused.overlays.boundary.p_refuse_phone) == (0.4, 0.4)
    assert replace(minutes, overlays=PAIR.overlays) == PAIR
    planned = replace(PAIR, overlays=replace(PAIR.overlays, boundary=replace(boundary, p_record_missing=0.67)))
    assert without_record(planned, 5.0).overlays.boundary.p_record_missing == 0.67
