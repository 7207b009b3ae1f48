"""Who is away on which day, and the same people with nobody away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.rota.staff import Staff


def on_leave(staff: Staff, first_day: int, days: int) -> NDArray[np.bool_]:
    """By person and day, from a first day on: annual leave."""
    return staff.leave[:, first_day : first_day + days]


def off_sick(staff: Staff, first_day: int, days: int) -> NDArray[np.bool_]:
    """By person and day, from a first day on: sickness."""
    return staff.sick[:, first_day : first_day + days]


def nobody_away(staff: Staff) -> Staff:
    """The same people as the rota is written for: every post filled, nobody on leave or sick."""
    never = {kind: np.zeros_like(getattr(staff, kind)) for kind in ("leave", "sick", "vacant")}
    return replace(staff, **never)
