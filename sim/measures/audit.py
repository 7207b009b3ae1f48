"""The audit of what was achieved: rest really kept, weeks really worked, nights in a row, people beyond limits.

The rota as it was held, and every task worked beyond being at work: being on call is rest, answering is not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.ledger import QUIET, TASKS, Ledger
from sim.measures.burden import DAYS_PER_MONTH, one_in_n, statistics
from sim.measures.by_the_telephone import (
    lone_visits,
    nights_on_call,
    nights_on_standby,
    nights_while_dying,
    weekends,
)
from sim.measures.rows import Row
from sim.rota.audit import DailyRest, OnCall, Weeks, at_work, being_on_call, beyond, daily_rest, weeks
from sim.rota.rest import A_MOMENT, Stretches, longest_run, most_in, stretches

RING = TASKS.index("ring")
Bools = NDArray[np.bool_]
MONTH = 30  # days
MIDDLE = ("median",)


class Tasks(NamedTuple):
    """The columns of the ledger's tasks that an audit reads, read once."""

    person: NDArray[np.int64]
    kind: NDArray[np.int64]
    start: Floats
    end: Floats


def audit_measures(ledger: Ledger, scenario: Scenario) -> list[Row]:
    """Rest, average weeks and nights in a row over the people of each role, and the share beyond the safe limits."""
    staff, size = ledger.setting.staff, len(ledger.setting.staff.people)
    tasks = Tasks(*(ledger.tasks.column(name) for name in Tasks._fields))
    shifts = at_work(scenario, ledger.setting.duties)
    work = worked(shifts, tasks)
    planned = daily_rest(scenario, size, shifts, shifts)
    achieved, by_week = daily_rest(scenario, size, shifts, work), weeks(scenario, staff, work)
    beside = nights_on_call(ledger, scenario) | nights_on_standby(ledger, scenario)
    on_call = being_on_call(scenario, staff, ledger.setting.duties, beside)
    start, end = scenario.run.window
    months = (end - start) / HOURS_PER_DAY / DAYS_PER_MONTH
    disturbed = disturbed_nights(scenario, size, tasks)
    over = beyond(scenario.limits, on_call, achieved, by_week, months, most_in(disturbed, MONTH))
    law = _working_time(scenario, by_week, weeks(scenario, staff, shifts))
    values = _values(achieved, by_week, on_call, months)
    bursts = {
        "nights_on_call_worst_28_days": on_call.in_28_days,
        "nights_in_a_row_on_call": on_call.in_a_row,
        "disturbed_nights_worst_month": most_in(disturbed, MONTH),
        "disturbed_nights_in_a_row": longest_run(disturbed),
        "nights_in_a_row_while_dying": longest_run(nights_while_dying(ledger, scenario)),
        "weekends_on_call_per_month": weekends(ledger, scenario) / months,
        "lone_visits_made_per_year": lone_visits(ledger, scenario) * 52 / scenario.weeks_of_demand,
        "next_days_lost_per_year": (achieved.breaches - planned.breaches) * 52 / scenario.weeks_of_demand,
    }
    counted = counted_people(ledger, scenario, tasks) & ~staff.vacant
    rows = _beyond("england", "England", over, counted)
    everybody = [("england", "England", counted)]
    for group, level, here in everybody + _by_area_type(ledger, counted):
        rows += _shares(group, level, law, here) + _broken(group, level, planned, achieved, here)
    for number, role in enumerate(scenario.roles):
        here = counted & (staff.role == number)
        if here.any():
            rows += _distributions(role.name, values, here) + _distributions(role.name, bursts, here, *MIDDLE)
            rows += _frequency(role.name, on_call, here)
            rows += _beyond("role", role.name, over, here)
            rows += _broken("role", role.name, planned, achieved, here)
    return rows


def worked(shifts: Stretches, tasks: Tasks) -> Stretches:
    """All work of everybody: being at work by the rota, and tasks at any other hour; being rung is none."""
    works = tasks.kind != RING
    return stretches(
        np.concatenate([shifts.person, tasks.person[works]]),
        np.concatenate([shifts.start, tasks.start[works]]),
        np.concatenate([shifts.end, tasks.end[works]]),
    )


def disturbed_nights(scenario: Scenario, size: int, tasks: Tasks) -> Bools:
    """By person and night of the window: rung, answering, advising or going out between 23:00 and 07:00."""
    opens, closes = scenario.calendar.sleep
    night, since = np.divmod(tasks.start - opens, HOURS_PER_DAY)
    night = night.astype(np.int64) - int(scenario.run.window[0] // HOURS_PER_DAY)
    found = np.zeros((size, scenario.run.days), dtype=bool)
    rung = (
        ~np.isin(tasks.kind, QUIET)
        & (since < (closes - opens) % HOURS_PER_DAY)
        & (night >= 0)
        & (night < found.shape[1])
    )
    found[tasks.person[rung], night[rung]] = True
    return found


def counted_people(ledger: Ledger, scenario: Scenario, tasks: Tasks) -> Bools:
    """Who held a duty or standby, or had any task, in the window."""
    start, end = scenario.run.window
    found = np.zeros(len(ledger.setting.staff.people), dtype=bool)
    for rows in (ledger.setting.duties, ledger.setting.standby):
        found[rows.person[(rows.person >= 0) & (rows.end > start) & (rows.start < end)]] = True
    found[tasks.person[(tasks.start >= start) & (tasks.start < end)]] = True
    return found


def _values(rest: DailyRest, by_week: Weeks, on_call: OnCall, months: float) -> dict[str, Floats]:
    return {
        "rest_breaches_per_month": rest.breaches / months,
        "rest_hours_missed_per_month": rest.hours_missed / months,
        "weekly_rests_missed_per_month": by_week.rests_missed / months,
        "worked_hours_per_week_busiest": by_week.worked,
    }


def _distributions(role: str, values: dict[str, Floats], here: Bools, *more: str) -> list[Row]:
    """Mean, 90th percentile and worst person. more: further percentiles."""
    people = float(here.sum())
    return [
        Row(f"{name}_{which}", "role", role, of[which], 1.0, people)
        for name, of in statistics({name: column[here] for name, column in values.items()}).items()
        for which in ("mean", *more, "p90", "worst")
    ]


def _frequency(role: str, on_call: OnCall, here: Bools) -> list[Row]:
    """On call at work 1 night in n: of those on call at all, the median, the 90th percentile and the worst."""
    held = here & (on_call.nights > 0)
    return one_in_n("on_call_1_in_n_at_work", role, on_call.nights[held] / on_call.nights_there[held])


def _beyond(group: str, level: str, over: dict[str, Bools], here: Bools) -> list[Row]:
    named = {"people_beyond_safe_limits_share": np.logical_or.reduce(list(over.values()))}
    return _shares(
        group, level, named | {f"people_beyond_{limit}_limit_share": found for limit, found in over.items()}, here
    )


def _working_time(scenario: Scenario, achieved: Weeks, planned: Weeks) -> dict[str, Bools]:
    """Who works longer than the law's average, and who misses any weekly rest: by the rota as held, and as achieved."""
    most = scenario.limits.worked_hours_per_week + A_MOMENT
    found = {}
    for word, week in (("planned", planned), ("achieved", achieved)):
        found[f"people_over_weekly_hours_{word}_share"] = week.worked > most
        found[f"people_short_of_weekly_rest_{word}_share"] = week.rests_missed > 0
    return found


def _by_area_type(ledger: Ledger, counted: Bools) -> list[tuple[str, str, Bools]]:
    """The people counted, by the kind of service that their own area was dealt."""
    types = np.array(ledger.setting.area_types)[ledger.setting.staff.area]
    return [("area_type", str(word), counted & (types == word)) for word in dict.fromkeys(ledger.setting.area_types)]


def _shares(group: str, level: str, named: dict[str, Bools], here: Bools) -> list[Row]:
    people = float(here.sum())
    return [
        Row(name, group, level, float((found & here).sum()), people, float((found & here).sum()))
        for name, found in named.items()
    ]


def _broken(group: str, level: str, planned: DailyRest, achieved: DailyRest, here: Bools) -> list[Row]:
    """Shifts without the daily rest before them: as planned, as achieved, and broken by what was worked between."""
    shifts, before, after = (
        float(column[here].sum()) for column in (planned.shifts, planned.breaches, achieved.breaches)
    )
    parts = {"planned": before, "achieved": after, "broken_by_call_outs": after - before}
    return [Row(f"rest_missed_{word}_share", group, level, count, shifts, count) for word, count in parts.items()]
