"""What unplanned work does to each person: planned hours it takes, families it makes them meet, help left undone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.domain.policies import REST, starts_late
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.ledger import TASKS, Ledger
from sim.rota.duties import Duties
from sim.rota.rest import STRIDE, longest_rest_before, stretches

Ints = NDArray[np.int64]
RING = TASKS.index("ring")


def work_per_person(ledger: Ledger, scenario: Scenario) -> dict[str, Floats]:
    """By row of the staff: planned hours displaced a week, families met a year, calls left partly met a year."""
    start, end = scenario.run.window
    weeks = (end - start) / 168.0
    years = scenario.weeks_of_demand / 52
    size = len(ledger.setting.staff.people)
    tasks = ledger.tasks
    kind, person = tasks.column("kind"), tasks.column("person")
    begins, ends = np.clip(tasks.column("start"), start, end), np.clip(tasks.column("end"), start, end)
    work = (kind != RING) & (ends > begins)
    displaced = _inside_shifts(ledger.setting.duties, person[work], begins[work], ends[work], size)
    displaced += _lost_to_rest(ledger, scenario, size)
    return {
        "planned_hours_displaced_per_week": displaced / weeks,
        "families_met_per_year": _families_met(ledger, person[work], tasks.column("call")[work], size) / years,
        "calls_left_partly_met_per_year": _left_partly_met(ledger, scenario, size) / years,
    }


def _shifts(duties: Duties) -> tuple[Floats, Floats]:
    """At-work duties in order of person and start, on one axis."""
    rows = np.flatnonzero((duties.person >= 0) & ~duties.on_call)
    shift = duties.person[rows] * STRIDE
    start, end = duties.start[rows] + shift, duties.end[rows] + shift
    order = np.argsort(start, kind="stable")  # mostly in order already
    return start[order], end[order]


def _inside_shifts(duties: Duties, person: Ints, begins: Floats, ends: Floats, size: int) -> Floats:
    """By person, hours of stretches of work that fall into their own duties at work."""
    start, end = _shifts(duties)
    if not len(start):
        return np.zeros(size)
    upto = np.concatenate([[0.0], np.cumsum(end - start)])

    def before(at: Floats) -> Floats:
        place = np.searchsorted(start, at, side="right")
        last = np.maximum(place - 1, 0)
        return upto[place] - np.where(place > 0, np.maximum(end[last] - at, 0.0), 0.0)

    hours = before(ends + person * STRIDE) - before(begins + person * STRIDE)
    return np.asarray(np.bincount(person, hours, minlength=size), dtype=float)


def _lost_to_rest(ledger: Ledger, scenario: Scenario, size: int) -> Floats:
    """By person, hours of duties at work that started late because the rest before them was too short."""
    if not starts_late(scenario.rota.rest, scenario.limits.daily_rest):
        return np.zeros(size)
    tasks, duties, enough = ledger.tasks, ledger.setting.duties, scenario.limits.daily_rest
    worked = tasks.column("kind") != RING
    shifts = (duties.person >= 0) & ~duties.on_call
    columns = ((getattr(duties, name)[shifts], tasks.column(name)[worked]) for name in ("person", "start", "end"))
    begun = stretches(*(np.concatenate(pair) for pair in columns))
    window_start, window_end = scenario.run.window
    rows = np.flatnonzero(
        (duties.person >= 0) & ~duties.on_call & (duties.start >= window_start) & (duties.start < window_end)
    )
    rest = longest_rest_before(begun, duties.person[rows], duties.start[rows], enough)
    missed = np.maximum(enough - rest, 0.0)
    late = np.minimum(REST[scenario.rota.rest](missed), duties.end[rows] - duties.start[rows])
    return np.asarray(np.bincount(duties.person[rows], late, minlength=size), dtype=float)


def _families_met(ledger: Ledger, person: Ints, call: Ints, size: int) -> Floats:
    """By person, different families they worked for: how much experience the rota gives them."""
    demand = ledger.setting.demand
    family = demand.calls.family[call]
    dying = ~demand.families.background[family]
    pairs = np.unique(person[dying] * len(demand.families) + family[dying])
    return np.asarray(np.bincount(pairs // max(len(demand.families), 1), minlength=size), dtype=float)


def _left_partly_met(ledger: Ledger, scenario: Scenario, size: int) -> Floats:
    """By person, calls they answered that were only partly met."""
    start, end = scenario.run.window
    calls = ledger.calls
    time, by = calls.column("time"), calls.column("answered_by")
    rows = (calls.column("outcome") == "partly_met") & (by >= 0) & (calls.column("joined") < 0)
    rows &= (time >= start) & (time < end)
    return np.asarray(np.bincount(by[rows], minlength=size), dtype=float)
