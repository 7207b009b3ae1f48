"""The year of everybody on a rota, night by night, counted exactly in one replication; no name is in it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.ledger import Ledger
from sim.measures.audit import Tasks, counted_people, disturbed_nights, worked
from sim.measures.by_the_telephone import (
    lone_visits,
    nights_on_call,
    nights_on_standby,
    nights_while_dying,
    on_call_or_standby,
    weekends,
)
from sim.rota.absence import FROM_HOUR
from sim.rota.audit import FOUR_WEEKS, at_work, daily_rest, nights_of
from sim.rota.rest import days_held, longest_run, most_in
from sim.rota.staff import off_sick, on_leave

Bools = NDArray[np.bool_]
MONTH = 30  # days
MEDIAN, WORST = "median", "worst"
FREE, AWAY, AT_WORK, ON_CALL, STANDBY, ASKED, BY_DAY = ".awcsge"  # in capitals: called in the hours of sleep


class Year(NamedTuple):
    """One person's measured weeks. Nights are told by the day on which they begin.

    whose: ``median`` or ``worst`` of their role by nights on call or on standby, and by those disturbed where these are
    equal; else empty, and so are the next two. year: a letter a night. dying: ``d`` where a child is dying at home
    while they are on call or on standby, else a full stop.
    """

    role: str
    team: str
    nights_on_call: int
    nights_on_standby: int
    weekends: int
    disturbed_nights: int
    nights_worst_28_days: int
    disturbed_nights_worst_30_days: int
    nights_in_a_row: int
    nights_in_a_row_while_dying: int
    next_days_lost: int
    standby_hours: float
    lone_visits: int
    whose: str
    year: str
    dying: str


def years(ledger: Ledger, scenario: Scenario) -> list[Year]:
    """Everybody who held a duty or standby or was asked, in the order of the staff; vacant posts are nobody."""
    staff, size = ledger.setting.staff, len(ledger.setting.staff.people)
    tasks = Tasks(*(ledger.tasks.column(name) for name in Tasks._fields))
    on_call, standby = nights_on_call(ledger, scenario), nights_on_standby(ledger, scenario)
    dying, disturbed = nights_while_dying(ledger, scenario), disturbed_nights(scenario, size, tasks)
    beside = on_call | standby
    shifts = at_work(scenario, ledger.setting.duties)
    lost = daily_rest(scenario, size, shifts, worked(shifts, tasks)).breaches
    lost = lost - daily_rest(scenario, size, shifts, shifts).breaches
    columns = [
        on_call.sum(axis=1), standby.sum(axis=1), weekends(ledger, scenario), disturbed.sum(axis=1),
        most_in(beside, FOUR_WEEKS), most_in(disturbed, MONTH), longest_run(beside), longest_run(dying), lost,
    ]  # fmt: skip
    whole = np.array(columns).round().astype(int).T.tolist()
    alone, hours = lone_visits(ledger, scenario).astype(int).tolist(), _standby_hours(ledger, scenario).tolist()
    whose = _chosen(ledger, scenario, tasks, beside.sum(axis=1), disturbed.sum(axis=1))
    letters, teams = _letters(ledger, scenario, on_call, standby, disturbed), _teams(ledger, scenario)
    return [
        Year._make((
            staff.people[row].role, teams[row], *whole[row], round(hours[row], 4), alone[row], word,
            "".join(letters[row]) if word else "", "".join(np.where(dying[row], "d", FREE)) if word else "",
        ))
        for row, word in whose.items()
    ]  # fmt: skip


def _chosen(
    ledger: Ledger, scenario: Scenario, tasks: Tasks, nights: NDArray[np.int64], disturbed: NDArray[np.int64]
) -> dict[int, str]:  # fmt: skip
    """Everybody counted, by row of the staff, and of each role who is in the middle and who is worst off."""
    staff = ledger.setting.staff
    counted = counted_people(ledger, scenario, tasks) & ~staff.vacant
    found = dict.fromkeys(np.flatnonzero(counted).tolist(), "")
    for role in range(len(scenario.roles)):
        rows = np.flatnonzero(counted & (staff.role == role)).tolist()
        order = sorted(rows, key=lambda row: (nights[row], disturbed[row], row))
        if order:
            found[order[(len(order) - 1) // 2]] = MEDIAN
            found[order[-1]] = WORST  # of one person alone, too
    return found


def _letters(ledger: Ledger, scenario: Scenario, on_call: Bools, standby: Bools, disturbed: Bools) -> NDArray[np.str_]:
    """By person and night, the one letter for what the night was; a capital where they were called in it."""
    staff, duties = ledger.setting.staff, ledger.setting.duties
    first, days = int(scenario.run.window[0] // HOURS_PER_DAY), scenario.run.days
    shifts = ~duties.on_call & (duties.person >= 0)
    works = nights_of(
        scenario, len(staff.people), duties.person[shifts], duties.start[shifts], duties.end[shifts]
    )  # fmt: skip
    found = np.full(on_call.shape, FREE)
    found[on_leave(staff, first, days) | off_sick(staff, first, days)] = AWAY
    found[disturbed] = ASKED
    by_day = _by_day(ledger, scenario)
    for nights, letter in ((by_day, BY_DAY), (works, AT_WORK), (standby, STANDBY), (on_call, ON_CALL)):
        found[nights] = letter
        found[nights & disturbed] = letter.upper()
    return found


def _by_day(ledger: Ledger, scenario: Scenario) -> Bools:
    """By person and day: on call, or on standby unpaid, for any hour between 09:00, when a rota's day begins, and
    22:00."""
    first, size = int(scenario.run.window[0] // HOURS_PER_DAY), len(ledger.setting.staff.people)
    length = scenario.calendar.night[0] - FROM_HOUR
    return days_held(*on_call_or_standby(ledger), FROM_HOUR, length, first, scenario.run.days, size)


def _standby_hours(ledger: Ledger, scenario: Scenario) -> NDArray[np.float64]:
    """By person, hours on standby in the window."""
    standby, (start, end) = ledger.setting.standby, scenario.run.window
    hours = np.maximum(np.minimum(standby.end, end) - np.maximum(standby.start, start), 0.0)
    return np.bincount(standby.person, hours, minlength=len(ledger.setting.staff.people)).astype(float)


def _teams(ledger: Ledger, scenario: Scenario) -> dict[int, str]:
    """The first team that each person is in."""
    found: dict[int, str] = {}
    for team, members in zip(scenario.teams, ledger.setting.staff.members, strict=True):
        for row in members.tolist():
            found.setdefault(row, team.name)
    return found
