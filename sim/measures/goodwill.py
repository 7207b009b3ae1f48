"""Goodwill over time: how much is left, and who is burnt out. Only where goodwill is a stock."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.ledger import Ledger
from sim.measures.rows import Row
from sim.place.stock import burnt_out

DAYS_PER_WEEK = 7


def goodwill(ledger: Ledger, scenario: Scenario) -> list[Row]:
    """By role, and by role and week: mean G, and the share of person-days burnt out. Vacant posts are left out."""
    stock = ledger.setting.stock
    if stock is None:
        return []
    path = stock.path()
    burnt = burnt_out(scenario.dynamics, path)
    first, last = (int(hour // HOURS_PER_DAY) for hour in scenario.run.window)
    rows: list[Row] = []
    for number, role in enumerate(scenario.roles):
        people = np.flatnonzero((ledger.setting.staff.role == number) & ~ledger.setting.staff.vacant)
        if len(people):
            rows += _of(role.name, "role", path[people, first:last], burnt[people, first:last])
            for week in range(last // DAYS_PER_WEEK):
                days = slice(week * DAYS_PER_WEEK, (week + 1) * DAYS_PER_WEEK)
                rows += _of(f"{role.name} week {week + 1:03d}", "role_week", path[people, days], burnt[people, days])
            rows += _gaps_by_week(scenario, ledger, role.name, last // DAYS_PER_WEEK)
    return rows


def _gaps_by_week(scenario: Scenario, ledger: Ledger, role: str, weeks: int) -> list[Row]:
    """The share of funded on-call hours that nobody holds, by the week in which the duty starts."""
    duties = ledger.setting.duties
    teams = np.array([team.role == role for team in scenario.teams])
    chosen = teams[duties.team] & duties.funded & duties.on_call
    week = (duties.start[chosen] // HOURS_PER_WEEK).astype(np.int64)
    hours, empty = duties.end[chosen] - duties.start[chosen], duties.person[chosen] < 0
    whole = np.bincount(week, hours, minlength=weeks)
    gone = np.bincount(week[empty], hours[empty], minlength=weeks)
    return [
        Row(
            "seat_hours_gap_share",
            "role_week",
            f"{role} week {n + 1:03d}",
            float(gone[n]),
            float(whole[n]),
            float(gone[n]),
        )
        for n in range(weeks)
        if whole[n] > 0
    ]


def _of(level: str, group: str, path: Floats, burnt: NDArray[np.bool_]) -> list[Row]:
    days = float(burnt.size)
    return [
        Row("goodwill_index", group, level, float(path.sum()), days, days),
        Row("burnt_out_share", group, level, float(burnt.sum()), days, float(burnt.any(axis=1).sum())),
    ]
