"""The three tables of ``oncall-sim rota out=DIR``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.commands.rota.breaches import Found, breach_table, found_in
from sim.commands.rota.lay import Laid, seats_of, shares_of
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.rota.audit import Audit, audit, beyond
from sim.rota.compared import Share
from sim.rota.duties import Duties
from sim.rota.seats import Seats

DAYS_PER_MONTH = 365.25 / 12
DUTY_COLUMNS = ["person", "role", "team", "start", "end", "at", "seat", "funded", "gap"]


def tables(rota: Laid, broken: Found | None = None) -> dict[str, pd.DataFrame]:
    """rota.csv, audit.csv, breaches.csv and seats.csv of the chosen teams, and compared.csv where a rota is written by
    hand; the days of rota.csv are those shown. broken: the rules; None: on paper."""
    by_hand = shares_of(rota)
    return {
        "rota.csv": duty_table(rota, rota.duties),
        "audit.csv": pd.DataFrame(_audit_rows(rota, audit(rota.scenario, rota.staff, rota.duties))),
        "breaches.csv": breach_table(rota, found_in(rota, {}) if broken is None else broken),
        "seats.csv": pd.DataFrame(_seat_rows(seats_of(rota))),
        **({"compared.csv": pd.DataFrame(_share_rows(by_hand))} if by_hand else {}),
    }


def duty_table(rota: Laid, duties: Duties) -> pd.DataFrame:
    """A row for each duty of the chosen teams that touches the days shown."""
    return pd.DataFrame(_duty_rows(rota, duties), columns=DUTY_COLUMNS)


def _duty_rows(rota: Laid, duties: Duties) -> list[tuple[str, str, str, str, str, str, str, bool, bool]]:
    """The duties that touch the days shown, in order of team, pattern and time."""
    scenario = rota.scenario
    start = rota.first_day * HOURS_PER_DAY
    end = start + rota.weeks * 7 * HOURS_PER_DAY
    rows = np.flatnonzero(np.isin(duties.team, rota.teams) & (duties.start < end) & (duties.end > start))
    out = []
    for row in rows.tolist():
        team = scenario.teams[int(duties.team[row])]
        pattern, person = team.patterns[int(duties.pattern[row])], int(duties.person[row])
        out.append(
            (
                rota.staff.people[person].called if person >= 0 else "", team.role, team.name,
                _when(scenario, duties.start[row]), _when(scenario, duties.end[row]),
                "on_call" if duties.on_call[row] else "work",
                pattern.name if pattern.seats is None else f"{pattern.name} {duties.seat[row] + 1}",
                bool(duties.funded[row]), person < 0,
            )
        )  # fmt: skip
    return out


def _when(scenario: Scenario, hour: float) -> str:
    midnight = dt.datetime.combine(scenario.calendar.start_date, dt.time())
    return (midnight + dt.timedelta(minutes=round(float(hour) * 60))).strftime("%Y-%m-%d %H:%M")


def _audit_rows(rota: Laid, found: Audit) -> list[dict[str, object]]:
    scenario, staff, on_call = rota.scenario, rota.staff, found.on_call
    start, end = scenario.run.window
    over = beyond(scenario.limits, on_call, found.rest, found.weeks, (end - start) / HOURS_PER_DAY / DAYS_PER_MONTH)
    return [
        {
            "person": staff.people[row].called,
            "role": staff.people[row].role,
            "vacant": bool(staff.vacant[row]),
            "hours_at_work_per_week": found.at_work[row],
            "hours_on_call_per_week": on_call.hours[row],
            "nights_on_call": int(on_call.nights[row]),
            "one_in_n": _finite(on_call.one_in_n[row]),
            "one_in_n_at_work": _finite(on_call.one_in_n_at_work[row]),
            "nights_in_a_row": int(on_call.in_a_row[row]),
            "weekends_on_call": int(on_call.weekends[row]),
            "worked_hours_per_week_busiest": found.weeks.worked[row],
            "daily_rests_missed": int(found.rest.breaches[row]),
            "hours_of_rest_missed": found.rest.hours_missed[row],
            "weekly_rests_missed": int(found.weeks.rests_missed[row]),
            "beyond": " ".join(limit for limit, who in over.items() if who[row]),
        }
        for row in rota.people.tolist()
    ]


def _seat_rows(lines: Sequence[Seats]) -> list[dict[str, object]]:
    return [
        {
            "plan": line.plan,
            "team": line.team,
            "role": line.role,
            "pattern": line.pattern,
            "at": "on_call" if line.on_call else "work",
            "seats": "all" if line.seats is None else line.seats,
            "people": int(line.people) if line.people == int(line.people) else line.people,
            "people_in_post": line.exist,
            "people_needed": line.needed,
            "one_in_n": _finite(line.one_in),
            "one_in_n_of_its_days": _finite(line.one_in_of_its_days),
            "one_in_n_at_work": _finite(line.one_in_at_work),
            "seat_hours_per_year": line.hours,
            "gap_hours_on_paper": line.gap_on_paper,
            "gap_hours_expected": line.gap_expected,
            "availability_gbp_per_year": line.cost,
        }
        for line in lines
    ]


def _share_rows(lines: Sequence[Share]) -> list[dict[str, object]]:
    return [
        {
            "team": line.team,
            "person": line.person,
            "hours_at_work_planned": line.work[0],
            "hours_at_work_written": line.work[1],
            "hours_on_call_planned": line.on_call[0],
            "hours_on_call_written": line.on_call[1],
            "nights_on_call_planned": line.nights[0],
            "nights_on_call_written": line.nights[1],
        }
        for line in lines
    ]


def _finite(value: float) -> float | None:
    return None if np.isinf(value) else float(value)
