"""Travel is told once: the same road for one car, for whole columns, and backwards."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.domain import travel
from tests.tiny import tiny
from tests.tiny import travel as roads

SCENARIO = tiny(travel=roads(circuity=1.5, speed_urban=30.0, speed_rural=60.0, night_speed_factor=1.25))
NOON, MIDNIGHT = 12.0, 24.0


def test_hours_by_town_and_country_day_and_night():
    assert travel.hours(SCENARIO, 20.0, False, NOON) == 1.0  # 30 km of road at 30 km/h
    assert travel.hours(SCENARIO, 20.0, True, NOON) == 0.5
    assert travel.hours(SCENARIO, 20.0, False, MIDNIGHT) == 0.8
    assert travel.hours(SCENARIO, 20.0, True) == 0.5  # no hour in particular: by day


@pytest.mark.parametrize("hour", [travel.BY_DAY, NOON, MIDNIGHT, 7.0, 22.0, 6.999])
def test_a_column_says_to_the_last_bit_what_one_car_says(hour):
    km = np.array([0.0, 0.1, 7.3, 20.0, 311.7])
    rural = np.array([True, False, True, False, False])
    one = [travel.hours(SCENARIO, float(away), bool(country), hour) for away, country in zip(km, rural, strict=True)]
    many = None if hour is travel.BY_DAY else np.full(len(km), hour)
    assert travel.hours(SCENARIO, km, rural, many).tolist() == one


@pytest.mark.parametrize("hour", [NOON, MIDNIGHT])
def test_backwards(hour):
    assert travel.straight_km(SCENARIO, travel.hours(SCENARIO, 20.0, True, hour), True, hour) == pytest.approx(20.0)
    assert travel.road_km(SCENARIO, 0.8, False, MIDNIGHT) == 30.0


def test_nobody_else_knows_the_speed_of_a_car():
    """Catches the formula written out once more: only the configuration names these numbers besides ``travel``."""
    numbers = re.compile(r"\.(circuity|speed_urban|speed_rural|night_speed_factor)\b")
    root = Path(sim.__file__).parent
    found = [path.relative_to(root).as_posix() for path in root.rglob("*.py") if numbers.search(path.read_text())]
    assert found == ["domain/travel.py"]
