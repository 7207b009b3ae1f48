"""Counts: calls by the week and the hour, calls in a night on call, families in the service at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sim.demand.calls_alone import expected_calls
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK, HOURS_PER_YEAR
from sim.hours import out_of_hours
from sim.keyed import Floats
from sim.measures.queueing.seen import ALL, Ints, Levels, Seen, time_at_each_number

HOURS = int(HOURS_PER_WEEK)
SATURDAY = 5


def expected_caseload(seen: Seen) -> float:
    """Families in the service at a time, on average: referrals x mean stay."""
    return (
        sum(area.deaths_per_year for area in seen.scenario.areas) / HOURS_PER_YEAR * seen.scenario.demand.episode.mean
    )


def expected_per_hour(seen: Seen) -> float:
    """Mean calls an hour over a week: of calls alone, else of a caseload that calls at one rate."""
    demand = seen.scenario.demand
    if demand.calls_alone is not None:
        return float(expected_calls(demand.calls_alone, 0.0, HOURS_PER_WEEK).sum()) / HOURS_PER_WEEK
    return expected_caseload(seen) * demand.calls_per_day[0] / HOURS_PER_DAY


def in_stretches(seen: Seen, days: float) -> Floats:
    """Calls in each whole stretch of so many days of the window."""
    size = int(seen.hours / (days * HOURS_PER_DAY) + 1e-9)
    edges = seen.start + np.arange(size + 1) * days * HOURS_PER_DAY
    return np.histogram(seen.time, edges)[0].astype(float)


def spread_of_calls(seen: Seen, days: float) -> Levels:
    """Squared distance from the expected number of calls in so many days, of that number: 1 if Poisson."""
    counts, due = in_stretches(seen, days), expected_per_hour(seen) * days * HOURS_PER_DAY
    return [(ALL, ((counts - due) ** 2).sum(), due * len(counts))]


def by_hour_of_week(seen: Seen) -> Levels:
    """Calls in each hour of the week, a week."""
    hour = np.floor(seen.time[seen.inside] % HOURS_PER_WEEK).astype(np.int64)
    weeks = seen.hours / HOURS_PER_WEEK
    return [(f"{number}", count, weeks) for number, count in enumerate(np.bincount(hour, minlength=HOURS))]


def per_week(seen: Seen) -> Levels:
    """Calls a week: all, out of hours, at weekends."""
    time, weeks = seen.time[seen.inside], seen.hours / HOURS_PER_WEEK
    yield ALL, len(time), weeks
    last = int(seen.scenario.run.horizon // HOURS_PER_DAY)
    yield "out of hours", out_of_hours(seen.scenario.calendar, 0, last).contain(time).sum(), weeks
    yield "weekend", (np.floor(time / HOURS_PER_DAY) % 7 >= SATURDAY).sum(), weeks


def nights(seen: Seen) -> Iterator[tuple[int, Ints]]:
    """For each person the number of calls they took in each of their duties that begin and end in the window."""
    duties = seen.ledger.setting.duties
    for person in range(len(seen.ledger.setting.staff.people)):
        held = (duties.person == person) & (duties.start >= seen.start) & (duties.end <= seen.end)
        order = np.argsort(duties.start[held])
        start, end = duties.start[held][order], duties.end[held][order]
        taken = seen.taken[seen.answered_by == person]
        place = np.searchsorted(start, taken, side="right") - 1
        good = (place >= 0) & (taken < end[np.maximum(place, 0)]) if len(start) else np.zeros(len(taken), dtype=bool)
        yield person, np.bincount(place[good], minlength=len(start))


def _of_nights(seen: Seen, which: Callable[[Ints], float]) -> Levels:
    each = [counts for _, counts in nights(seen)]
    return [(ALL, sum(which(counts) for counts in each), sum(len(counts) for counts in each))]


def _of_people(seen: Seen, which: Callable[[Ints], float]) -> Levels:
    each = [which(counts) for _, counts in nights(seen)]
    return [(ALL, sum(each), len(each))]


def nights_each(seen: Seen) -> Levels:
    """Nights on call of a person: on average, of who has fewest, and of who has most."""
    each = [len(counts) for _, counts in nights(seen)]
    return [(ALL, sum(each), len(each)), ("fewest", min(each), 1.0), ("most", max(each), 1.0)]


def spread_between_people(seen: Seen) -> Levels:
    """Squared distance of each person's calls from an equal share of those expected, over people."""
    people = len(seen.ledger.setting.staff.people)
    due = expected_per_hour(seen) * seen.hours / people
    return _of_people(seen, lambda counts: (counts.sum() - due) ** 2)


def families_at_a_time(seen: Seen) -> Floats:
    """Hours of the window with 0, 1, 2 ... families in the service."""
    families = seen.ledger.setting.demand.families
    return time_at_each_number(families.start, families.death, seen.start, seen.end)


def mean_caseload(seen: Seen) -> Levels:
    """Families in the service at a time."""
    hours = families_at_a_time(seen)
    return [(ALL, float(hours @ np.arange(len(hours))), seen.hours)]


def spread_of_caseload(seen: Seen) -> Levels:
    """Squared distance of the number of families from the one expected, over time."""
    hours = families_at_a_time(seen)
    return [(ALL, float(hours @ (np.arange(len(hours)) - expected_caseload(seen)) ** 2), seen.hours)]


PLAIN: dict[str, Callable[[Seen], Levels]] = {
    "calls_per_week": per_week,
    "calls_by_hour_of_week": by_hour_of_week,
    "nights_on_call": nights_each,
    "calls_per_night": lambda seen: _of_nights(seen, lambda counts: counts.sum()),
    "p_night_undisturbed": lambda seen: _of_nights(seen, lambda counts: (counts == 0).sum()),
    "calls_per_person": lambda seen: _of_people(seen, lambda counts: counts.sum()),
    "variance_of_calls_per_person": spread_between_people,
    "disturbed_nights_per_person": lambda seen: _of_people(seen, lambda counts: (counts > 0).sum()),
    "mean_caseload": mean_caseload,
    "variance_of_caseload": spread_of_caseload,
    "calls_per_day": lambda seen: [(ALL, seen.inside.sum(), seen.hours / HOURS_PER_DAY)],
}
NUMBERED: dict[str, Callable[[Seen, float], Levels]] = {
    "index_of_dispersion_N_days": spread_of_calls,
    "p_night_with_N_calls_or_more": lambda seen, n: _of_nights(seen, lambda counts: (counts >= n).sum()),
    "p_caseload_N_or_more": lambda seen, n: [(ALL, families_at_a_time(seen)[int(n) :].sum(), seen.hours)],
}
