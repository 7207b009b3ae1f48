"""Who is away on which day, and the same people with nobody away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.rota.staff import Staff, week_of

NOON = 12.0  # a day is away if its noon is


def on_leave(staff: Staff, first_day: int, days: int) -> NDArray[np.bool_]:
    """By person and day, from a first day on: annual leave."""
    return _by_day(staff.leave, first_day, days)


def off_sick(staff: Staff, first_day: int, days: int) -> NDArray[np.bool_]:
    """By person and day, from a first day on: sickness."""
    return _by_day(staff.sick, first_day, days)


def _by_day(weekly: NDArray[np.bool_], first_day: int, days: int) -> NDArray[np.bool_]:
    week = [max(week_of(day * HOURS_PER_DAY + NOON), 0) for day in range(first_day, first_day + days)]
    return weekly[:, week]


def nobody_away(staff: Staff) -> Staff:
    """The same people as the rota is written for: every post filled, nobody on leave or sick."""
    return replace(
        staff, **{kind: np.zeros_like(getattr(staff, kind)) for kind in ("leave", "sick", "vacant")}
    )  # fmt: skip
