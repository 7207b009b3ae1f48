"""Who is on when, day by day: one letter a person and day, and the seats nobody holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.sessions import sessions_of
from sim.domain.staff import Pattern
from sim.rota.duties import Duties
from sim.rota.rest import Ints, expand
from sim.rota.sessions import days_of_duties
from sim.rota.staff import Staff, off_sick, on_leave
from sim.rota.turns import cut_to

WORK, CALL, BOTH, LEAVE, SICK, VACANT, OFF = "W", "N", "B", "L", "S", "-", "."
LEGEND = (
    "W at work, N on call, B both, L leave, S sick, - vacant or away, . off; small letters: for another team\n"
    "! or a number: seats nobody holds; H: bank holiday; a night is the day's it begins on"
)
NOON = 12.0  # work that goes on to noon is work of that day too

Letters = NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Days of one team. letters: by member of the team and day. gaps: by pattern, seats nobody holds on each day.

    A night is the day's it begins on. Small letters are duties with another team.
    """

    people: tuple[str, ...]
    letters: Letters
    gaps: dict[str, Ints]


def grid(scenario: Scenario, staff: Staff, duties: Duties, team: int, first_day: int, days: int) -> Grid:
    """The days of one team (its row in the scenario) from a first day on."""
    rows = {person: row for row, person in enumerate(staff.people)}
    members = np.array([rows[person] for person in scenario.teams[team].people], dtype=np.int64)
    shape = (len(staff.people), days)
    letters = np.full(shape, OFF)
    mine = duties.team == team
    for elsewhere in (True, False):
        held = (duties.person >= 0) & (mine != elsewhere) & np.isin(duties.person, members)
        work, call = (
            _days_held(scenario, duties, held & (duties.on_call == on_call), first_day, shape)
            for on_call in (False, True)
        )
        for place, letter in ((call, CALL), (work, WORK), (call & work, BOTH)):
            letters[place] = letter.lower() if elsewhere else letter
    free = letters == OFF
    letters[free & off_sick(staff, first_day, days)] = SICK
    letters[free & on_leave(staff, first_day, days)] = LEAVE
    letters[free & staff.off_list[:, first_day : first_day + days]] = VACANT
    letters[staff.vacant] = VACANT
    return Grid(
        people=tuple(person.called for person in scenario.teams[team].people),
        letters=letters[members],
        gaps=_gaps(scenario, duties, team, first_day, days),
    )


def _days_held(
    scenario: Scenario, duties: Duties, rows: NDArray[np.bool_], first_day: int, shape: tuple[int, int]
) -> NDArray[np.bool_]:
    held = np.zeros(shape, dtype=bool)
    row, day = days_of(scenario, duties, np.flatnonzero(rows))
    inside = (day >= first_day) & (day < first_day + shape[1])
    held[duties.person[row[inside]], day[inside] - first_day] = True
    return held


def days_of(scenario: Scenario, duties: Duties, rows: Ints) -> tuple[Ints, Ints]:
    """Rows as often as they have days, and those days: at work by the day a duty begins, on call from hand-over."""
    at_work, on_call = rows[~duties.on_call[rows]], rows[duties.on_call[rows]]
    first = (duties.start[at_work] // HOURS_PER_DAY).astype(np.int64)
    last = np.maximum(first, ((duties.end[at_work] - NOON) // HOURS_PER_DAY).astype(np.int64))
    which, day = expand(first, last - first + 1)
    called, called_day = days_of_duties(scenario, duties, on_call)
    return np.concatenate([at_work[which], called]), np.concatenate([day, called_day])


def _gaps(scenario: Scenario, duties: Duties, team: int, first_day: int, days: int) -> dict[str, Ints]:
    gaps = {}
    for number, pattern in enumerate(scenario.teams[team].patterns):
        rows = np.flatnonzero((duties.team == team) & (duties.pattern == number))
        if len(rows):
            missing = np.zeros(days, dtype=np.int64)
            if pattern.seats is None:
                _, held = days_of(scenario, duties, rows)
                missing[np.setdiff1d(_days(scenario, pattern, first_day, days), held) - first_day] = 1
            else:
                row, day = days_of(scenario, duties, rows[duties.person[rows] < 0])
                seat = np.unique(np.stack([day, duties.seat[row]], axis=1), axis=0)[:, 0] - first_day
                np.add.at(missing, seat[(seat >= 0) & (seat < days)], 1)
            gaps[pattern.name] = missing
    return gaps


def _days(scenario: Scenario, pattern: Pattern, first_day: int, days: int) -> list[int]:
    """The days shown on which a shift of everybody is to be worked."""
    last = first_day + days - 1
    every = sessions_of(scenario.calendar, pattern.spans, pattern.rotation, scenario.rota, first_day, last)
    return [session.day for session in cut_to(every, pattern.opens, pattern.closes) if session.day >= first_day]
