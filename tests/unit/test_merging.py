"""Greedy merging: neighbours on a hand-made map, each merge with its margin, and where it stops."""

from __future__ import annotations

from itertools import combinations

import pytest

from sim.domain.area import Area
from sim.domain.merging import merged, neighbouring, widest_km
from tests.tiny import area

DEGREE = 111.32  # km


def at(code: str, north: float) -> Area:
    """An area so many degrees north of the others, on one meridian."""
    return area(code, latitude=north)


LINE = [at("A", 0.0), at("B", 1.0), at("C", 3.0), at("D", 6.0)]
NIGHTS = {"A": 10.0, "B": 40.0, "C": 20.0, "D": 30.0}
STAFFED = {"A", "D"}  # people live there; a group with any of them leaves a tenth uncovered, one without them all


def uncovered(group: tuple[str, ...]) -> float:
    nights = sum(NIGHTS[code] for code in group)
    return 0.1 * nights if STAFFED & set(group) else nights


def test_on_a_line_the_next_ones_are_neighbours_and_nobody_else():
    assert neighbouring(LINE) == {("A", "B"), ("B", "C"), ("C", "D")}


def test_a_square_has_sides_and_a_centre_takes_its_diagonals_away():
    square = [area(code, latitude=lat, longitude=-1.5 + lon) for code, lat, lon in
              (("NE", 0.5, 0.5), ("NW", 0.5, -0.5), ("SE", -0.5, 0.5), ("SW", -0.5, -0.5))]  # fmt: skip
    diagonals = {("NE", "SW"), ("NW", "SE")}
    assert not neighbouring([*square, area("mid")]) & diagonals


def test_four_areas_are_merged_by_what_is_gained_most_each_with_its_margin():
    """A+B covers 36 nights more, C+D 18, B+C none: catches gains of the wrong pair, and margins over themselves."""
    _, made = merged(LINE, uncovered, 3)
    (first,) = made
    assert (first.one, first.other, first.next_best) == (("A",), ("B",), (("C",), ("D",)))
    assert (first.gain, first.next_gain, first.margin, first.km) == pytest.approx((36.0, 18.0, 18.0, DEGREE))


def test_among_equal_gains_the_nearest_are_joined():
    """C gains as much with A+B, 2 degrees away, as with D, 3 degrees away."""
    groups, made = merged(LINE, uncovered, 2)
    assert groups == [("A", "B", "C"), ("D",)]
    assert made[1].margin == 0.0


def test_a_limit_of_distance_leaves_only_what_is_near():
    groups, _ = merged(LINE, uncovered, 1, max_km=3.1 * DEGREE)
    assert groups == [("A", "B", "C"), ("D",)]
    groups, _ = merged(LINE, uncovered, 1, max_km=2.5 * DEGREE)
    assert groups == [("A", "B"), ("C",), ("D",)]


def test_it_stops_where_no_joining_gains_anything():
    """A+B+C and D both have people: joining them covers nothing more, however few groups are asked for."""
    groups, made = merged(LINE, uncovered, 1)
    assert len(groups) == 2
    assert all(merge.gain > 0 for merge in made)


def test_one_step_is_the_best_of_all_pairs_of_neighbours():
    """The first merge of every map is found by looking at all pairs: catches a pair that was never looked at."""
    areas = [at("A", 0.0), at("B", 1.0), at("C", 2.5), at("D", 2.9), at("E", 4.4)]
    counted = {("A",): 3.0, ("B",): 5.0, ("C",): 1.0, ("D",): 8.0, ("E",): 2.0}

    def cost(group: tuple[str, ...]) -> float:
        return counted[group] if len(group) == 1 else 0.5 * max(counted[code,] for code in group)

    links = neighbouring(areas)
    best = max(
        ((one, other) for one, other in combinations("ABCDE", 2) if (one, other) in links),
        key=lambda pair: counted[pair[0],] + counted[pair[1],] - cost(pair),
    )
    _, made = merged(areas, cost, 4)
    assert (made[0].one, made[0].other) == ((best[0],), (best[1],))


def test_the_order_of_the_areas_changes_nothing():
    assert merged(LINE, uncovered, 2) == merged(LINE[::-1], uncovered, 2)


def test_the_widest_distance_of_a_group():
    assert widest_km(LINE, ("A", "B", "C")) == pytest.approx(3 * DEGREE)
    assert widest_km(LINE, ("D",)) == 0.0
