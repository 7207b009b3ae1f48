"""A shift that everybody works: all of a list who are not absent, part-time people on some weekdays."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY, Calendar
from sim.domain.intervals import Interval
from sim.domain.scenario import RotaRules, Scenario
from sim.domain.sessions import sessions_of
from sim.domain.staff import Pattern
from sim.keyed import Floats
from sim.rota.as_written import apart_from
from sim.rota.staff import Staff
from sim.rota.turns import Timetable, Turn, cut_to, timetable


class Days(NamedTuple):
    """By row of the staff: on how many weekdays somebody works a shift of everybody, and from which weekday on."""

    worked: Floats
    first: NDArray[np.int64]

    def works(self, members: NDArray[np.int64], weekday: NDArray[np.int64]) -> NDArray[np.bool_]:
        """By part of a shift and member: whether somebody works it. At weekends everybody does."""
        days = (weekday[:, None] - self.first[members]) % 5 < self.worked[members]
        return days | (weekday >= 5)[:, None]


def days_of_work(scenario: Scenario, staff: Staff) -> Days:
    """Part-time people work ceil(5 x WTE) weekdays from a start day of their own."""
    usual = {role.name: role.wte for role in scenario.roles}
    wte = [usual[person.role] if person.wte is None else person.wte for person in staff.people]
    first = np.array([person.number for person in staff.people], dtype=np.int64) % 5
    return Days(np.ceil(5 * np.array(wte, dtype=float) - 1e-9), first)


@lru_cache(maxsize=64)
def shifts(
    calendar: Calendar, pattern: Pattern, rules: RotaRules, horizon: float, apart: Interval | None
) -> tuple[Timetable, NDArray[np.int64]]:  # fmt: skip
    """The shifts of a pattern, each a turn of its own, and the weekday of each part of them.

    apart: hours for which a rota is written down instead.
    """
    last = int(horizon // HOURS_PER_DAY)
    every = sessions_of(calendar, pattern.spans, pattern.rotation, rules, 0, last)
    whole = tuple(Turn((session,)) for session in cut_to(every, pattern.opens, pattern.closes))
    table = timetable(apart_from(whole, apart))
    day = np.array([turn.sessions[0].day for turn in table.turns], dtype=np.int64)
    return table, day[table.turn] % 7
