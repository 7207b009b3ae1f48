"""What a scenario says of journeys: how long the road takes, by what numbers or by whose table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a journey takes: hours however far, and more for each km of the straight line."""

    fixed: float
    per_km: float


@dataclass(frozen=True, slots=True)
class DriveTimes:
    """A planner's own times between localities: hours on busy and on quiet roads, from each (row) to each (column).

    Rows and columns are the localities of all areas, in the order of the areas.
    """

    busy: tuple[tuple[float, ...], ...]
    quiet: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Travel:
    """From a start point to a family's door: hours for every journey, and more for each km of the straight line.

    Busy roads are those of working days 07:00-19:00, quiet those of all other hours. fixed, reach and mobilisation in
    hours. mileage: km on the clock of a car for one of the straight line. rural_distance: how many times as far from
    the centre of their locality rural homes lie as urban ones. own: of a planner's own, code of the family's area with
    its pace on busy and on quiet roads. drive_times: a planner's table, in place of the rule.
    """

    busy: Pace
    quiet: Pace
    london_busy: Pace
    london_quiet: Pace
    mileage: float
    noise_cv: float
    mobilise_from_home: float
    mobilise_at_work: float
    reach: float
    rural_distance: float = 1.0
    own: tuple[tuple[str, Pace, Pace], ...] = ()
    drive_times: DriveTimes | None = None
