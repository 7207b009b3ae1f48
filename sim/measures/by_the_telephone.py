"""Nights and weekends by the telephone, rostered or unpaid, those while a child is dying, and visits made alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.demand.episodes import DYING
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.intervals import Interval, minus
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.ledger import Ledger
from sim.rota.audit import SATURDAY, WEEK, WEEKEND_HOURS, nights_of
from sim.rota.rest import days_held, days_touched

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


def nights_on_call(ledger: Ledger, scenario: Scenario) -> Bools:
    """By person and night of the window: on call by the rota for any hour between 22:00 and 07:00."""
    duties = ledger.setting.duties
    held = duties.on_call & (duties.person >= 0)
    people = len(ledger.setting.staff.people)
    return nights_of(scenario, people, duties.person[held], duties.start[held], duties.end[held])


def nights_on_standby(ledger: Ledger, scenario: Scenario) -> Bools:
    """The same, on standby unpaid."""
    standby = ledger.setting.standby
    return nights_of(scenario, len(ledger.setting.staff.people), standby.person, standby.start, standby.end)


def on_call_or_standby(ledger: Ledger) -> tuple[Ints, Floats, Floats]:
    """Person, first and last hour of every duty on call that somebody holds, then of every standby unpaid."""
    duties, standby = ledger.setting.duties, ledger.setting.standby
    held = duties.on_call & (duties.person >= 0)
    columns = ((getattr(duties, one)[held], getattr(standby, one)) for one in ("person", "start", "end"))
    person, start, end = map(np.concatenate, columns)
    return person, start, end


def weekends(ledger: Ledger, scenario: Scenario) -> Floats:
    """By person, weekends (Saturday and Sunday, 0 to 24 hours) with any hour on call, or on standby unpaid."""
    first_day, size = int(scenario.run.window[0] // HOURS_PER_DAY), len(ledger.setting.staff.people)
    found = days_held(*on_call_or_standby(ledger), 0.0, WEEKEND_HOURS, first_day, scenario.run.days, size)
    counted: Floats = found[:, SATURDAY::WEEK].sum(axis=1).astype(float)
    return counted


def nights_while_dying(ledger: Ledger, scenario: Scenario) -> Bools:
    """By person and night of the window: on call or on standby for an area in which a child is dying at home.

    The child is in its phase of dying, was offered home and is not in hospital, for any hour between 22:00 and 07:00.
    """
    duties, standby, size = ledger.setting.duties, ledger.setting.standby, len(ledger.setting.staff.people)
    by_area = _dying(ledger, scenario)
    codes = {area.code: row for row, area in enumerate(scenario.areas)}
    by_team = [by_area[[codes[code] for code in team.areas]].any(axis=0) for team in scenario.teams]
    dying = np.array([*by_area, *by_team])
    held = np.flatnonzero(duties.on_call & (duties.person >= 0))
    team, answers = len(scenario.areas) + duties.team[held], duties.answers[held]
    whom = np.concatenate([np.where(answers < 0, team, answers), standby.area])
    person, start, end = on_call_or_standby(ledger)
    opens, closes = scenario.calendar.night
    first_day, length = int(scenario.run.window[0] // HOURS_PER_DAY), (closes - opens) % HOURS_PER_DAY
    which, night = days_touched(start, end, opens, length, first_day, scenario.run.days)
    found = np.zeros((size, scenario.run.days), dtype=bool)
    which, night = (column[dying[whom[which], night]] for column in (which, night))
    found[person[which], night] = True
    return found


def _dying(ledger: Ledger, scenario: Scenario) -> Bools:
    """By area and night of the window: a child is dying at home."""
    demand, away = ledger.setting.demand, dict[int, list[Interval]]()
    for stay in ledger.stays.rows:
        away.setdefault(stay.family, []).append((stay.start, stay.end))
    phases, offered = demand.phases, ledger.setting.offered
    rows = np.flatnonzero((phases.phase == DYING) & offered[phases.family])
    columns = (phases.family[rows].tolist(), phases.start[rows].tolist(), phases.end[rows].tolist())
    at_home = [
        (int(demand.families.area[family]), *hours)
        for family, start, end in zip(*columns, strict=True)
        for hours in (minus([(start, end)], sorted(away[family])) if family in away else [(start, end)])
    ]
    area, start, end = (np.array(column) for column in zip(*at_home, strict=True)) if at_home else (np.zeros(0),) * 3
    return nights_of(scenario, len(scenario.areas), area.astype(np.int64), start, end)


def lone_visits(ledger: Ledger, scenario: Scenario) -> Floats:
    """By person, visits of the window that they made alone where two were needed."""
    calls, (start, end) = ledger.calls, scenario.run.window
    time, by = calls.column("time"), calls.column("visited_by")
    alone = calls.column("alone") & (calls.column("joined") < 0) & (by >= 0) & (time >= start) & (time < end)
    return np.bincount(by[alone], minlength=len(ledger.setting.staff.people)).astype(float)
