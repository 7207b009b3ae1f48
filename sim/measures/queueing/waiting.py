"""Waits: how often, how long, for how many in vain; and how many wait at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sim.demand.calls_alone import expected_calls
from sim.domain.scenario import URGENCIES
from sim.keyed import Floats
from sim.ledger import TASKS
from sim.measures.queueing.seen import ALL, CLOCK_HOURS, Bools, Levels, Seen, by_clock_hour, clipped

ADVICE = TASKS.index("advice")


def levels(seen: Seen) -> Iterator[tuple[str, Bools]]:
    """Calls of the window: all of them, by urgency, by area, and by the hour of the clock at which they came."""
    yield ALL, seen.inside
    for number, urgency in enumerate(URGENCIES):
        yield urgency, seen.inside & (seen.urgency == number)
    for number, area in enumerate(seen.scenario.areas):
        yield area.code, seen.inside & (seen.area == number)
    hour = np.floor(seen.time % CLOCK_HOURS)
    for number in range(CLOCK_HOURS):
        yield f"hour {number}", seen.inside & (hour == number)


def share(seen: Seen, which: Bools) -> Levels:
    """Share of calls that are of a kind."""
    return [(level, (which & mask).sum(), mask.sum()) for level, mask in levels(seen)]


def mean(seen: Seen, values: Floats, of: Bools) -> Levels:
    """Mean over calls of a kind."""
    return [(level, values[mask & of].sum(), (mask & of).sum()) for level, mask in levels(seen)]


def answered(seen: Seen) -> Bools:
    """Calls that somebody took."""
    return seen.answered_by >= 0


def everybody(seen: Seen) -> Bools:
    """Every call."""
    return np.ones(len(seen.row), dtype=bool)


def mean_queue(seen: Seen) -> Levels:
    """Calls waiting at a time, exactly over the window, and in each hour of the clock."""
    yield ALL, clipped(seen.time, seen.taken, seen.start, seen.end).sum(), seen.hours
    waiting = by_clock_hour(seen.time, seen.taken, seen.start, seen.end)
    there = by_clock_hour(np.array([seen.start]), np.array([seen.end]), seen.start, seen.end)
    for hour in range(CLOCK_HOURS):
        yield f"hour {hour}", waiting[hour], there[hour]


def mean_in_system(seen: Seen) -> Levels:
    """Calls open at a time, waiting or in somebody's hands, exactly over the window."""
    return [(ALL, clipped(seen.time, seen.left, seen.start, seen.end).sum(), seen.hours)]


def beyond_first_step(seen: Seen) -> Levels:
    """Share of calls that nobody of the ladder's first step took."""
    plan = seen.scenario.ladder[0].plan
    members = seen.ledger.setting.staff.members
    first = [rows for team, rows in zip(seen.scenario.teams, members, strict=True) if team.plan == plan]
    return share(seen, ~np.isin(seen.answered_by, np.concatenate([np.zeros(0, dtype=np.int64), *first])))


def mean_wait_for_advice(seen: Seen) -> Levels:
    """From the end of the nurse's own part to an adviser on the line, over calls that had an adviser."""
    marks = seen.ledger.setting.demand.calls
    advised = seen.kind == ADVICE
    start = dict(zip(seen.ledger.tasks.column("call")[seen.ledger.tasks.column("kind") == ADVICE].tolist(),
                     seen.begins[advised].tolist(), strict=True))  # fmt: skip
    rows = [place for place in np.flatnonzero(seen.inside).tolist() if int(seen.row[place]) in start]
    asked = seen.taken[rows] + (marks.talk + marks.after_call)[seen.row[rows]]
    waits = np.array([start[int(row)] for row in seen.row[rows]]) - asked
    return [(ALL, waits.sum(), len(rows))]


def first_calls(seen: Seen) -> Levels:
    """Calls that are no repeat, of how many are expected: 1 on average, whatever the service."""
    alone = seen.scenario.demand.calls_alone
    due = expected_calls(alone, seen.start, seen.end) if alone is not None else np.zeros(len(seen.scenario.areas))
    first = seen.inside & (seen.attempt == 1)
    yield ALL, first.sum(), due.sum()
    for number, area in enumerate(seen.scenario.areas):
        yield area.code, (first & (seen.area == number)).sum(), due[number]


def unmet_a_run(seen: Seen) -> Levels:
    """Calls in vain in the measured hours."""
    return [(level, (mask & ~answered(seen)).sum(), 1.0) for level, mask in levels(seen)]


PLAIN: dict[str, Callable[[Seen], Levels]] = {
    "first_calls_of_expected": first_calls,
    "calls_per_hour": lambda seen: [(level, mask.sum(), seen.hours) for level, mask in levels(seen)],
    "calls_per_run": lambda seen: [(level, mask.sum(), 1.0) for level, mask in levels(seen)],
    "p_wait": lambda seen: share(seen, seen.wait > 0),
    "mean_wait_hours": lambda seen: mean(seen, seen.wait, everybody(seen)),
    "mean_wait_of_served_hours": lambda seen: mean(seen, seen.wait, answered(seen)),
    "mean_wait_of_waiting_hours": lambda seen: mean(seen, seen.wait, seen.wait > 0),
    "mean_square_wait_hours": lambda seen: mean(seen, seen.wait**2, everybody(seen)),
    "p_unmet": lambda seen: share(seen, ~answered(seen)),
    "p_beyond_first_step": beyond_first_step,
    "p_repeat": lambda seen: share(seen, seen.attempt > 1),
    "unmet_per_run": unmet_a_run,
    "unmet_per_1000_hours": lambda seen: [(level, top, seen.hours / 1000) for level, top, _ in unmet_a_run(seen)],
    "served_per_hour": lambda seen: [(lv, (mask & answered(seen)).sum(), seen.hours) for lv, mask in levels(seen)],
    "p_run_without_unmet": lambda seen: [(level, top == 0, 1.0) for level, top, _ in unmet_a_run(seen)],
    "mean_queue": mean_queue,
    "mean_in_system": mean_in_system,
    "mean_wait_for_advice_hours": mean_wait_for_advice,
}
NUMBERED: dict[str, Callable[[Seen, float], Levels]] = {
    "p_wait_over_N_hours": lambda seen, hours: share(seen, seen.wait > hours),
}
