"""Travel: from a straight line on the map to hours on the road, and back. The one place that knows how fast a car is.

Straight-line kilometres times a circuity, at a speed of the town or the country, which differs at night. Numbers and
numpy arrays alike; an array may stand for any of ``km``, ``rural`` and ``hour``, as long as ``rural`` is one too.
Luck, getting ready and what a pool adds are not here but with whoever drives (``sim.model.roads``).
Source: ``docs/model.md``, Travel; all numbers are in ``configs/travel``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.domain.scenario import Scenario

BY_DAY = None  # the hour of whoever asks about no hour in particular: reach on paper, a grouping, a hospice


def hours(scenario: Scenario, km: Any, rural: Any, hour: Any = BY_DAY) -> Any:
    """Expected one-way hours on the road for a straight-line distance in km.

    rural: whether the family lives in the country. hour: of the run, at which somebody sets out.
    """
    return scenario.travel.circuity * km / speed(scenario, rural, hour)


def straight_km(scenario: Scenario, hours_on_road: Any, rural: Any, hour: Any = BY_DAY) -> Any:
    """The straight-line distance in km that takes so many hours: ``hours`` read backwards."""
    return hours_on_road * speed(scenario, rural, hour) / scenario.travel.circuity


def road_km(scenario: Scenario, hours_on_road: Any, rural: Any, hour: Any = BY_DAY) -> Any:
    """Kilometres on the clock of a car after so many hours on the road."""
    return hours_on_road * speed(scenario, rural, hour)


def speed(scenario: Scenario, rural: Any, hour: Any = BY_DAY) -> Any:
    """Kilometres of road an hour."""
    travel = scenario.travel
    if type(rural) is bool:  # one car, many times a call
        kmh = travel.speed_rural if rural else travel.speed_urban
        return kmh if hour is BY_DAY or not scenario.calendar.is_night(hour) else kmh * travel.night_speed_factor
    by_day = np.where(rural, travel.speed_rural, travel.speed_urban)
    return by_day if hour is BY_DAY else by_day * np.where(_dark(scenario, hour), travel.night_speed_factor, 1.0)


def _dark(scenario: Scenario, hour: Any) -> Any:
    """As ``Calendar.is_night``, for an array of hours."""
    start, end = scenario.calendar.night
    clock = np.asarray(hour) % 24.0
    return (clock >= start) & (clock < end) if start <= end else (clock >= start) | (clock < end)
