"""Burden per clinician: hours on call, call-outs and hours worked are three things, and each has a worst person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.hours import nightly, out_of_hours
from sim.keyed import Floats
from sim.ledger import QUIET, TASKS, Ledger
from sim.measures.catalogue import STATISTICS
from sim.measures.rows import Row
from sim.measures.work import work_per_person
from sim.rota.absence import DAYS
from sim.rota.duties import Duties
from sim.rota.staff import Staff

DAYS_PER_MONTH = 365.25 / 12
PERCENTILES = {"p10": 10, "p25": 25, "median": 50, "p75": 75, "p90": 90, "worst": 100}
BY_AREA = ("hours_on_call_per_week", "disturbed_nights_per_month", "goodwill_hours_per_week", "standby_hours_per_week")
RING = TASKS.index("ring")


def burden(ledger: Ledger, scenario: Scenario) -> list[Row]:
    """Distributions over the people of each role, the frequency of nights on call, gaps, and people by role."""
    staff, duties = ledger.setting.staff, ledger.setting.duties
    values = per_person(ledger, scenario) | work_per_person(ledger, scenario)
    counted = _on_a_rota_or_asked(ledger, scenario) & ~staff.vacant
    rows: list[Row] = []
    for number, role in enumerate(scenario.roles):
        here = staff.role == number
        if here.any():
            rows += _distribution(role.name, {name: column[here & counted] for name, column in values.items()})
            rows.append(
                Row(
                    "people_on_rota",
                    "role",
                    role.name,
                    float((here & counted).sum()),
                    1.0,
                    float((here & counted).sum()),
                )
            )
            rows.append(Row("people_needed", "role", role.name, float(here.sum()), 1.0, float(here.sum())))
            rows += _gaps(scenario, duties, role.name) + _stepped_up(scenario, duties, role.name)
            rows += _leave_beyond_limit(scenario, staff, role.name)
            rows += _by_area(scenario, staff.area, here & counted, role.name, values)
    return rows


def per_person(ledger: Ledger, scenario: Scenario) -> dict[str, Floats]:
    """Each burden by row of the staff, per week, month or night of the window."""
    start, end = scenario.run.window
    weeks, months = scenario.run.weeks, (end - start) / HOURS_PER_DAY / DAYS_PER_MONTH
    size = len(ledger.setting.staff.people)
    duties, standby, tasks = ledger.setting.duties, ledger.setting.standby, ledger.tasks
    held = (duties.person >= 0) & duties.on_call & duties.funded

    def summed(person: NDArray[np.int64], hours: Floats) -> Floats:
        return np.asarray(np.bincount(person, hours, minlength=size), dtype=float)

    person, kind, duty = tasks.column("person"), tasks.column("kind"), tasks.column("duty")
    begins, ends = tasks.column("start"), tasks.column("end")
    inside_start, inside_end = np.clip(begins, start, end), np.clip(ends, start, end)
    works = kind != RING
    last = int(scenario.run.horizon // HOURS_PER_DAY)
    dark = out_of_hours(scenario.calendar, 0, last).between(inside_start, inside_end)
    called_out = (kind == TASKS.index("journey")) & tasks.column("from_home") & (begins >= start) & (begins < end)
    duty_end = np.where(duty >= 0, duties.end[duty] if len(duties) else 0.0, np.inf)
    beyond = np.maximum(inside_end - np.maximum(inside_start, duty_end), 0.0)
    return {
        "hours_on_call_per_week": summed(
            duties.person[held], _clipped(duties.start[held], duties.end[held], start, end)
        )
        / weeks,
        "nights_on_call_share": _nights(duties.person[held], duties.start[held], duties.end[held], scenario, size)
        / ((end - start) / HOURS_PER_DAY),
        "call_outs_per_month": summed(person[called_out], np.ones(called_out.sum())) / months,
        "disturbed_nights_per_month": _disturbed(person, kind, begins, scenario, size) / months,
        "hours_worked_out_of_hours_per_week": summed(person[works], dark[works]) / weeks,
        "goodwill_hours_per_week": summed(person[works & (duty < 0)], (inside_end - inside_start)[works & (duty < 0)])
        / weeks,
        "standby_hours_per_week": summed(standby.person, _clipped(standby.start, standby.end, start, end)) / weeks,
        "overrun_hours_per_week": summed(person, beyond) / weeks,
    }


def _clipped(begins: Floats, ends: Floats, start: float, end: float) -> Floats:
    return np.asarray(np.maximum(np.minimum(ends, end) - np.maximum(begins, start), 0.0), dtype=float)


def _nights(person: NDArray[np.int64], begins: Floats, ends: Floats, scenario: Scenario, size: int) -> Floats:
    """Nights (22:00-07:00, beginning in the window) that each person holds any hour of."""
    window, night = scenario.run.window, scenario.calendar.night
    length = (night[1] - night[0]) % HOURS_PER_DAY
    first = np.floor((begins - night[0] - length) / HOURS_PER_DAY).astype(np.int64) + 1
    last = np.ceil((ends - night[0]) / HOURS_PER_DAY).astype(np.int64) - 1
    count = np.maximum(last - first + 1, 0)
    who = np.repeat(person, count)
    which = np.repeat(first, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    inside = (which * HOURS_PER_DAY >= window[0]) & (which * HOURS_PER_DAY < window[1])
    return _different(who[inside], which[inside], size)


def _disturbed(
    person: NDArray[np.int64], kind: NDArray[np.int64], begins: Floats, scenario: Scenario, size: int
) -> Floats:
    """Nights, by the day they begin, in which somebody was rung, answered, advised or went out from 23:00 to 07:00."""
    window, sleep = scenario.run.window, scenario.calendar.sleep
    asleep = nightly(sleep, 0, int(scenario.run.horizon // HOURS_PER_DAY)).contain(begins)
    night = np.floor((begins - sleep[0]) / HOURS_PER_DAY).astype(np.int64)
    inside = (night * HOURS_PER_DAY >= window[0]) & (night * HOURS_PER_DAY < window[1])
    rung = asleep & ~np.isin(kind, QUIET) & inside
    return _different(person[rung], night[rung], size)


def _different(person: NDArray[np.int64], night: NDArray[np.int64], size: int) -> Floats:
    """By person, how many different nights there are."""
    nights = int(night.max(initial=0)) + 1
    found = np.bincount(person * nights + night, minlength=size * nights).reshape(size, nights) > 0
    return np.asarray(found.sum(axis=1), dtype=float)


def _on_a_rota_or_asked(ledger: Ledger, scenario: Scenario) -> NDArray[np.bool_]:
    start, end = scenario.run.window
    found = np.zeros(len(ledger.setting.staff.people), dtype=bool)
    duties, standby, tasks = ledger.setting.duties, ledger.setting.standby, ledger.tasks
    found[duties.person[(duties.person >= 0) & (duties.end > start) & (duties.start < end)]] = True
    found[standby.person[(standby.end > start) & (standby.start < end)]] = True
    begins = tasks.column("start")
    found[tasks.column("person")[(begins >= start) & (begins < end)]] = True
    return found


def _distribution(role: str, values: dict[str, Floats]) -> list[Row]:
    share = values["nights_on_call_share"]
    people = float(len(share))
    rows = [
        Row(f"{name}_{statistic}", "role", role, of[statistic], 1.0, people)
        for name, of in statistics(values).items()
        for statistic in STATISTICS
    ]
    return rows + one_in_n("on_call_1_in_n", role, share[share > 0])


def statistics(values: dict[str, Floats]) -> dict[str, dict[str, float]]:
    """Each of STATISTICS of every column, by its name; the columns are of the same people. Nothing of nobody."""
    table = np.array(list(values.values()))
    if not table.size:
        return {}
    cuts = np.percentile(table, list(PERCENTILES.values()), axis=1)
    of = np.array([table.mean(axis=1), *cuts]).T.tolist()
    return {name: dict(zip(("mean", *PERCENTILES), each, strict=True)) for name, each in zip(values, of, strict=True)}


def one_in_n(measure: str, role: str, share: Floats) -> list[Row]:
    """1 night in n of people who are on call for a share of the nights: the median, 90th percentile and worst."""
    if not len(share):
        return []
    told = ("median", "p90", "worst")
    cuts = np.percentile(share, [PERCENTILES[which] for which in told]).tolist()
    return [
        Row(f"{measure}_{which}", "role", role, 1 / cut, 1.0, float(len(share)))
        for which, cut in zip(told, cuts, strict=True)
    ]


def _stepped_up(scenario: Scenario, duties: Duties, role: str) -> list[Row]:
    """Nights that somebody of a role stood up for a dying child, a year."""
    up = [[bool(p.stepped_up) and team.role == role for p in team.patterns] for team in scenario.teams]
    if not any(flag for flags in up for flag in flags):
        return []
    stood = np.array([up[t][p] for t, p in zip(duties.team, duties.pattern, strict=True)], dtype=bool)
    held = stood & (duties.person >= 0)
    nights = _nights(duties.person[held], duties.start[held], duties.end[held], scenario, int(duties.person.max()) + 1)
    a_year = float(nights.sum()) * 52 / scenario.weeks_of_demand
    return [Row("stepped_up_nights_per_year", "role", role, a_year, 1.0, a_year)]


def _gaps(scenario: Scenario, duties: Duties, role: str) -> list[Row]:
    start, end = scenario.run.window
    teams = np.array([team.role == role for team in scenario.teams])
    rows = teams[duties.team] & duties.funded & duties.on_call
    hours = _clipped(duties.start[rows], duties.end[rows], start, end)
    empty = duties.person[rows] < 0
    if not len(hours):
        return []
    return [
        Row("seat_hours_gap_share", "role", role, float(hours[empty].sum()), float(hours.sum()), float(empty.sum()))
    ]


def _leave_beyond_limit(scenario: Scenario, staff: Staff, role: str) -> list[Row]:
    """Weeks of the run in which more of a team are on leave than may be together, over the teams of a role."""
    if not scenario.role(role).leave_weeks:
        return []
    beyond = [weeks for weeks, team in zip(staff.crowded, scenario.teams, strict=True) if team.role == role]
    whole = len(beyond) * (staff.leave.shape[1] // DAYS)
    return [Row("leave_beyond_limit_share", "role", role, float(sum(beyond)), float(whole), float(sum(beyond)))]


def _by_area(
    scenario: Scenario, area: NDArray[np.int64], people: NDArray[np.bool_], role: str, values: dict[str, Floats]
) -> list[Row]:
    size = len(scenario.areas)
    count = np.bincount(area[people], minlength=size)
    rows = []
    for name in BY_AREA:
        sums = np.bincount(area[people], values[name][people], minlength=size)
        for number in np.flatnonzero(count):
            level = f"{scenario.areas[number].code} {role}"
            rows.append(
                Row(f"{name}_mean", "area_role", level, float(sums[number] / count[number]), 1.0, float(count[number]))
            )
    return rows
