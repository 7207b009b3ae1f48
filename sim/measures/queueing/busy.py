"""Busy people: inside their duties, beyond them, and how many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.intervals import Interval, merged, total, within
from sim.hours import hours_from
from sim.measures.queueing.seen import ALL, Ints, Levels, Seen, clipped, time_at_each_number


def teams(seen: Seen) -> Iterator[tuple[str, Ints]]:
    """People: everybody, and those of each plan's teams."""
    members = seen.ledger.setting.staff.members
    yield ALL, np.arange(len(seen.ledger.setting.staff.people))
    for plan in dict.fromkeys(team.plan for team in seen.scenario.teams):
        rows = [here for team, here in zip(seen.scenario.teams, members, strict=True) if team.plan == plan]
        yield plan, np.unique(np.concatenate(rows))


def on_duty(seen: Seen, person: int) -> list[Interval]:
    """Somebody's hours on any duty, duties that touch made one."""
    duties = seen.ledger.setting.duties
    mine = duties.person == person
    return merged(list(zip(duties.start[mine].tolist(), duties.end[mine].tolist(), strict=True)))


def inside_duty(seen: Seen, person: int) -> tuple[float, float]:
    """Busy hours of somebody inside their duties, and hours of these duties, in the window."""
    held, mine = within(on_duty(seen, person), seen.start, seen.end), seen.person == person
    return float(hours_from(held).between(seen.begins[mine], seen.ends[mine]).sum()), total(held)


def utilisation(seen: Seen) -> Levels:
    """Busy hours inside duties / hours on duty, of everybody and by team; work beyond the end of a duty is apart."""
    each = [inside_duty(seen, person) for person in range(len(seen.ledger.setting.staff.people))]
    for level, people in teams(seen):
        yield level, sum(each[person][0] for person in people), sum(each[person][1] for person in people)


def busy_hours(seen: Seen) -> float:
    """Busy hours of everybody in the window, inside duties and beyond."""
    return float(clipped(seen.begins, seen.ends, seen.start, seen.end).sum())


def overrun_hours_per_day(seen: Seen) -> Levels:
    """Busy hours beyond the end of a duty, a day."""
    people = range(len(seen.ledger.setting.staff.people))
    beyond = busy_hours(seen) - sum(inside_duty(seen, person)[0] for person in people)
    return [(ALL, beyond, seen.hours / HOURS_PER_DAY)]


def overruns_per_day(seen: Seen) -> Levels:
    """Tasks in hand at the very end of a duty, a day."""
    found = 0
    for person in range(len(seen.ledger.setting.staff.people)):
        mine = seen.person == person
        order = np.argsort(seen.begins[mine])
        begins, ends = seen.begins[mine][order], seen.ends[mine][order]
        over = np.array([end for _, end in on_duty(seen, person) if seen.start <= end < seen.end])
        last = np.searchsorted(begins, over) - 1  # nobody does two things at once: the last begun is the one in hand
        found += int(((last >= 0) & (ends[last] > over)).sum()) if len(begins) else 0
    return [(ALL, found, seen.hours / HOURS_PER_DAY)]


def _numbers_busy(seen: Seen) -> np.ndarray:
    return time_at_each_number(seen.begins, seen.ends, seen.start, seen.end)


def delay_with(seen: Seen, beds: float) -> Levels:
    """Time with so many people busy of the time with at most so many: who is delayed if there are no more.

    Source: Monks et al. 2016, BMC Health Services Research 16:530.
    """
    numbers = _numbers_busy(seen)
    places = int(beds)
    exactly = numbers[places] if places < len(numbers) else 0.0
    return [(ALL, exactly, numbers[: places + 1].sum())]


PLAIN: dict[str, Callable[[Seen], Levels]] = {
    "utilisation": utilisation,
    "mean_busy": lambda seen: [(ALL, busy_hours(seen), seen.hours)],
    "busy_hours_per_run": lambda seen: [(ALL, busy_hours(seen), 1.0)],
    "busy_hours_per_day": lambda seen: [(ALL, busy_hours(seen), seen.hours / HOURS_PER_DAY)],
    "p_all_idle": lambda seen: [(ALL, _numbers_busy(seen)[0], seen.hours)],
    "overrun_hours_per_day": overrun_hours_per_day,
    "overruns_per_day": overruns_per_day,
}
NUMBERED: dict[str, Callable[[Seen, float], Levels]] = {"delay_with_N_beds": delay_with}
