"""A planner's own log as columns: the same families and calls in every replication, what it leaves out drawn by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from sim import keyed
from sim.demand.calls import DEATH_CALL, PotentialCalls, as_logged, in_order, mark_calls
from sim.demand.families import PREFERENCES, Families, draw_attributes
from sim.domain.log import Log, LoggedCall, LoggedFamily
from sim.domain.scenario import URGENCIES, Scenario
from sim.homes import nearest
from sim.keyed import Floats, number_of

TURN = 2 * np.pi
AS_WRITTEN = (
    *("need_level", "needs_visit", "needs_two", "needs_prescription", "professional"),
    *("talk", "after_call", "visit"),
)


def log_families(scenario: Scenario, key: tuple[int, int], log: Log) -> Families:
    """The families of the log who live in the run's areas and are in their episode during the run.

    Their attributes are drawn as for any family wherever the log leaves them out.
    """
    families = _present(scenario, log)
    row = {area.code: number for number, area in enumerate(scenario.areas)}
    area = np.array([row[family.area] for family in families], dtype=np.int64)
    numbers = _numbers(log)
    number = np.array([numbers[family.name] for family in families], dtype=np.int64)
    drawn = draw_attributes(scenario, key, area, number, np.array([family.death for family in families], dtype=float))

    def logged(name: str) -> Floats:
        return _column(getattr(family, name) for family in families)

    east, north = _homes(scenario, key, drawn, logged("east_km"), logged("north_km"), logged("distance_km"))
    drawn_there = (east == drawn.east) & (north == drawn.north)
    return replace(
        drawn,
        start=logged("start"),
        prefers=np.array([PREFERENCES.index(family.prefers) for family in families], dtype=np.int64),
        locality=np.where(drawn_there, drawn.locality, nearest(scenario, area, east, north)),
        east=east,
        north=north,
        **{
            name: as_logged(logged(name), getattr(drawn, name))
            for name in ("quintile", "rural", "prepared", "advance_care_plan", "safe_for_one")
        },
    )


def logged_phases(scenario: Scenario, log: Log) -> tuple[Floats, Floats]:
    """Hours at which the families who want to be at home deteriorate and are dying, nan where the log is silent."""
    at_home = _at_home(scenario, log)
    return _column(family.deteriorates for family in at_home), _column(family.dying for family in at_home)


def log_calls(scenario: Scenario, key: tuple[int, int], families: Families, log: Log) -> PotentialCalls:
    """The calls of the log between time 0 and the end of demand. families: of the log, those who want to be at home."""
    calls = log.calls or ()
    row = {family.name: number for number, family in enumerate(_at_home(scenario, log))}
    numbers = _call_numbers(calls)
    here = [(call, number) for call, number in zip(calls, numbers, strict=True) if call.family in row]
    family = np.array([row[call.family] for call, _ in here], dtype=np.int64)
    number = np.array([number for _, number in here], dtype=np.int64)
    time = _column(call.time for call, _ in here)
    order = in_order(scenario, families, family, number, time)
    logged = _as_columns([here[place][0] for place in order], [reason.name for reason in scenario.demand.reasons])
    return mark_calls(scenario, key, families, family[order], number[order], time[order], logged)


def _as_columns(calls: list[LoggedCall], reasons: list[str]) -> dict[str, Floats]:
    """Columns of marks, nan where the log is silent; the reason of a call at the death is the one after the others."""
    columns = {name: _column(getattr(call, name) for call in calls) for name in AS_WRITTEN}
    places = {name: place for place, name in enumerate(reasons)}
    columns["reason"] = _column(None if call.is_death else places.get(call.reason or "") for call in calls)
    columns["urgency"] = _column(None if call.urgency is None else URGENCIES.index(call.urgency) for call in calls)
    return columns


def _present(scenario: Scenario, log: Log) -> list[LoggedFamily]:
    """Families in the order of a demand table: by area, then death."""
    row = {area.code: number for number, area in enumerate(scenario.areas)}
    here = [f for f in log.families if f.area in row and f.death >= 0 and f.start < scenario.run.horizon]
    return sorted(here, key=lambda family: (row[family.area], family.death, family.name))


def _at_home(scenario: Scenario, log: Log) -> list[LoggedFamily]:
    return [family for family in _present(scenario, log) if family.prefers == "home"]


def _numbers(log: Log) -> dict[str, int]:
    """A family's own number from its name, so that a family more or another order of rows changes nobody's draws."""
    taken: set[tuple[str, int]] = set()
    numbers = {}
    for family in log.families:
        number = number_of(family.name)
        while (family.area, number) in taken:  # two names in four thousand million
            number = (number + 1) % 2**32
        taken.add((family.area, number))
        numbers[family.name] = number
    return numbers


def _call_numbers(calls: tuple[LoggedCall, ...]) -> list[int]:
    """A call's place among the calls of its family, in order of time; the call at the death has its own number."""
    made: Counter[str] = Counter()
    numbers = []
    for call in calls:
        numbers.append(DEATH_CALL if call.is_death else made[call.family])
        made[call.family] += 1
    return numbers


def _homes(
    scenario: Scenario, key: tuple[int, int], drawn: Families, east: Floats, north: Floats, distance: Floats
) -> tuple[Floats, Floats]:  # fmt: skip
    """Homes on the map: where the log puts them, at the distance it gives in a drawn direction, or drawn."""
    centre = np.array([area.centre_km for area in scenario.areas]).reshape(-1, 2)[drawn.area]
    direction = TURN * keyed.uniform(key, "direction", drawn.area_number, drawn.number)
    known = np.isnan(east) & ~np.isnan(distance)
    east = np.where(known, distance * np.cos(direction), east)
    north = np.where(known, distance * np.sin(direction), north)
    return as_logged(centre[:, 0] + east, drawn.east), as_logged(centre[:, 1] + north, drawn.north)


def _column(values: Iterable[float | None]) -> Floats:
    """Numbers, nan for None."""
    return np.array([np.nan if value is None else value for value in values], dtype=float)
