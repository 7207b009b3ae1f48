"""Travel is told once: the same road for one car, for whole columns, and backwards."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.domain.pace import DriveTimes
from sim.domain.travel import BUSY, QUIET, Spot, Ways
from sim.errors import BadInput
from tests.tiny import area, england, pace, tiny
from tests.tiny import travel as roads

ROADS = roads(busy=pace(0.25, 60.0), quiet=pace(0.1, 75.0), london_busy=pace(0.2, 40.0), london_quiet=pace(0.1, 60.0))
TWO = tiny(areas=(area("AAA", region="London"), area("BBB")), travel=ROADS)
IN_LONDON, BEYOND = 0, 1


def at(km: float, locality: int = BEYOND) -> Spot:
    return Spot(km, 0.0, locality)


def test_hours_by_distance_by_the_roads_and_by_the_region_of_the_family():
    """Thirty km. Catches the region of whoever drives in place of the family's."""
    ways = Ways(TWO)
    assert ways.hours(at(0), at(30), BUSY) == 0.25 + 0.5
    assert ways.hours(at(0), at(30), QUIET) == pytest.approx(0.1 + 0.4)
    assert ways.hours(at(0), at(30, IN_LONDON), BUSY) == pytest.approx(0.2 + 0.75)
    assert ways.hours(at(0, IN_LONDON), at(30), BUSY) == 0.25 + 0.5


def test_a_planners_own_minutes_hold_for_families_of_their_area_alone():
    """Busy and quiet roads to BBB as said; London's stay. Catches the area of whoever drives, and roads mixed up."""
    own = (("BBB", pace(0.5, 30.0), pace(0.05, 100.0)),)
    ways = Ways(replace(TWO, travel=replace(ROADS, own=own)))
    assert ways.hours(at(0, IN_LONDON), at(30), BUSY) == 0.5 + 1.0
    assert ways.hours(at(0), at(30), QUIET) == pytest.approx(0.05 + 0.3)
    assert ways.hours(at(0), at(30, IN_LONDON), BUSY) == pytest.approx(0.2 + 0.75)


def test_own_minutes_are_written_by_area_and_what_is_left_out_is_as_elsewhere():
    own = england(
        "icb_rota", "travel.by_area={nhs devon: {quiet: {fixed_minutes: 9}}, QMF: {busy: {per_km_minutes: 2}}}"
    )
    travel = own.travel
    (devon, devon_busy, devon_quiet), (london, london_busy, london_quiet) = travel.own
    assert (devon, london) == ("QJK", "QMF")
    assert (devon_busy, devon_quiet) == (travel.busy, replace(travel.quiet, fixed=pytest.approx(0.15)))
    assert (london_busy, london_quiet) == (
        replace(travel.london_busy, per_km=pytest.approx(1 / 30)),
        travel.london_quiet,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "{QJX: {busy: {fixed_minutes: 9}}}",
            "travel.by_area.QJX: no area of that code or name; did you mean QXU or QOX?",
        ),
        ("{QJK: {bussy: {fixed_minutes: 9}}}", "travel.by_area.QJK.bussy: no such key; did you mean"),
        ("{QJK: {busy: {fixed_minutes: -9}}}", "fixed_minutes = -9: must be a number from 0 to 1,440"),
    ],
)
def test_own_minutes_that_cannot_be_are_one_line(change, said):
    with pytest.raises(BadInput) as bad:
        england("icb_rota", f"travel.by_area={change}")
    assert said in str(bad.value)


def test_the_line_between_two_points_is_straight():
    assert Ways(TWO).hours(Spot(-9.0, 12.0, BEYOND), Spot(9.0, -12.0, BEYOND), BUSY) == 0.25 + 0.5


@pytest.mark.parametrize("busy", [BUSY, QUIET])
def test_a_column_says_to_the_last_bit_what_one_car_says(busy):
    ways, km = Ways(TWO), np.array([0.0, 0.1, 7.3, 20.0, 311.7])
    locality = np.array([0, 1, 1, 0, 0])
    one = [ways.hours(Spot(1.1, 3.3, 0), at(x, y), busy) for x, y in zip(km.tolist(), locality.tolist(), strict=True)]
    assert ways.hours(Spot(1.1, 3.3, 0), Spot(km, 0.0, locality), busy).tolist() == one


def test_backwards():
    """Also where hours are too few for any journey, and where distance costs nothing."""
    assert Ways(TWO).km_within(0.75, BEYOND, BUSY) == pytest.approx(30.0)
    assert Ways(TWO).km_within(0.2, BEYOND, BUSY) < 0
    flat = Ways(tiny(travel=roads(busy=replace(pace(0.25), per_km=0.0))))
    assert (flat.km_within(0.3, 0, BUSY), flat.km_within(0.2, 0, BUSY)) == (np.inf, -np.inf)


def test_both_numbers_may_be_nothing():
    free = replace(pace(), per_km=0.0)
    assert Ways(tiny(travel=roads(busy=free))).hours(at(0, 0), at(500, 0), BUSY) == 0.0


def test_to_a_place_without_geography_there_is_no_journey():
    nowhere = tiny(areas=(area(on_a_map=False), area("BBB", on_a_map=False)), travel=ROADS)
    assert Ways(nowhere).hours(at(0, 0), at(0, 1), BUSY) == 0.0


def test_a_planners_drive_times_stand_in_place_of_the_rule():
    """By the localities of the two ends, whatever the distance: catches from and to the wrong way round."""
    times = DriveTimes(busy=((0.1, 0.2), (0.3, 0.4)), quiet=((0.5, 0.6), (0.7, 0.8)))
    ways = Ways(replace(TWO, travel=replace(ROADS, drive_times=times)))
    assert ways.hours(at(0, 0), at(300, 1), BUSY) == 0.2
    assert ways.hours(at(0, 1), at(300, 0), QUIET) == 0.7
    column = ways.hours(Spot(0.0, 0.0, np.array([0, 1])), Spot(0.0, 0.0, np.array([1, 1])), QUIET)
    assert column.tolist() == [0.6, 0.8]


def test_the_roads_of_a_working_day_are_busy_from_seven_to_seven():
    calendar = replace(TWO.calendar, bank_holidays=frozenset({1}))
    hours = [6.9, 7.0, 18.9, 19.0, 24 + 12.0, 48 + 12.0, 5 * 24 + 12.0]  # Tuesday is a bank holiday
    assert [calendar.roads_are_busy(hour) for hour in hours] == [False, True, True, False, False, True, False]


def test_nobody_else_knows_how_fast_a_car_is():
    """Catches the formula written out once more: only the configuration names these numbers besides ``travel``."""
    numbers = re.compile(r"\.(per_km|london_busy|london_quiet|drive_times)\b")
    root = Path(sim.__file__).parent
    found = [path.relative_to(root).as_posix() for path in root.rglob("*.py") if numbers.search(path.read_text())]
    assert found == ["domain/travel.py"]
