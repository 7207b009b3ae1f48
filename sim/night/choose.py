"""Which night to tell: the one asked for, else the worst, an ordinary or a quiet one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.words import UNMET_OUTCOMES
from sim.ledger import Ledger

Place = tuple[int, int]  # row of the area, and the day on which a night begins
QUIET, ORDINARY, WORST = KINDS = ("quiet", "ordinary", "worst")
HOW_BAD = ("unmet", "not_offered", "made")


@dataclass(frozen=True, slots=True)
class Night:
    """From the end of one day's working hours to the beginning of the next, for one area (its row). Hours."""

    area: int
    start: float
    end: float


def night_of(scenario: Scenario, area: int, day: int) -> Night:
    """The night that begins on a day: with the usual calendar from 17:00 to 09:00, whatever the day of the week."""
    begins, ends = scenario.calendar.in_hours[1], scenario.calendar.in_hours[0]
    return Night(area, day * HOURS_PER_DAY + begins, (day + 1) * HOURS_PER_DAY + ends)


def choose(
    ledger: Ledger, scenario: Scenario, area: int | None = None, day: int | None = None,
    among: Collection[Place] | None = None,
) -> Night:  # fmt: skip
    """The worst night, with the most calls left without suitable help; area, day: if given, only there or then.

    Of equal ones that with the most calls not made because home was not offered, then with the most calls made, then
    the earliest, then the first area. Only measured nights count, and no calls of children who are not at the end of
    life. among: if given, one of these.
    """
    found = _from_bad_to_good(_counted(ledger, scenario, area, day, among))
    quiet = min(among, key=_earliest) if among else (area or 0, first_day(scenario) if day is None else day)
    return night_of(scenario, *(found[0] if found else quiet))


def choose_ordinary(
    ledger: Ledger, scenario: Scenario, area: int | None = None, day: int | None = None,
    among: Collection[Place] | None = None,
) -> tuple[Night, int] | None:  # fmt: skip
    """The middle one of the nights with a call, from the best to the worst, and of how many; None: there is none."""
    counted = _counted(ledger, scenario, area, day, among)
    found = _from_bad_to_good({at: of for at, of in counted.items() if of["made"]})
    return (night_of(scenario, *found[len(found) // 2]), len(found)) if found else None


def choose_quiet(
    ledger: Ledger, scenario: Scenario, area: int | None = None, day: int | None = None,
    among: Collection[Place] | None = None,
) -> tuple[Night, int, int] | None:  # fmt: skip
    """The first night with a child at home at the end of life in which nobody calls, how many such, of how many."""
    at_home = {
        at
        for row in range(len(ledger.setting.offered))
        for at in nights_at_home(ledger, scenario, row)
        if area in (None, at[0]) and day in (None, at[1]) and (among is None or at in among)
    }
    quiet = at_home - nights_with_a_call(ledger, scenario)
    return (night_of(scenario, *min(quiet, key=_earliest)), len(quiet), len(at_home)) if quiet else None


def nights_of_family(ledger: Ledger, scenario: Scenario, row: int) -> set[Place]:
    """The nights in which a family calls, or would have if it were at home."""
    demand = ledger.setting.demand
    times, area = demand.calls.time[demand.calls.family == row].tolist(), int(demand.families.area[row])
    return {at for time in times if (at := _place(scenario, area, time)) is not None}


def nights_of_person(ledger: Ledger, scenario: Scenario, row: int) -> set[Place]:
    """The nights of an area in which somebody is rung or does anything for the calls that its families make then."""
    demand = ledger.setting.demand
    calls = {task.call for task in ledger.tasks.rows if task.person == row}
    places = (
        _place(scenario, int(demand.families.area[demand.calls.family[call]]), float(demand.calls.time[call]))
        for call in calls
    )
    return {at for at in places if at is not None}


def nights_with_a_call(ledger: Ledger, scenario: Scenario) -> set[Place]:
    """The nights of an area in which anybody calls, whoever's child it is."""
    demand = ledger.setting.demand
    area_of, family_of = demand.families.area, demand.calls.family
    made = (line for line in ledger.calls.rows if line.made)
    places = (_place(scenario, int(area_of[family_of[line.call]]), line.time) for line in made)
    return {at for at in places if at is not None}


def nights_at_home(ledger: Ledger, scenario: Scenario, row: int) -> set[Place]:
    """The nights all of which a child at the end of life, whose family was offered home, spends there."""
    families = ledger.setting.demand.families
    if families.background[row] or not ledger.setting.offered[row]:
        return set()
    away = [(stay.start, stay.end) for stay in ledger.stays.rows if stay.family == row]
    start, death, area = float(families.start[row]), float(families.death[row]), int(families.area[row])
    days = range(
        max(int(start // HOURS_PER_DAY), first_day(scenario)),
        min(int(death // HOURS_PER_DAY), last_day(scenario)) + 1,
    )
    nights = (night_of(scenario, area, day) for day in days)
    return {
        (area, int(night.start // HOURS_PER_DAY))
        for night in nights
        if start <= night.start and night.end <= death
        if not any(gone < night.end and back > night.start for gone, back in away)
    }


def first_day(scenario: Scenario) -> int:
    """The first day on which a measured night begins."""
    return math.ceil((scenario.run.window[0] - scenario.calendar.in_hours[1]) / HOURS_PER_DAY)


def last_day(scenario: Scenario) -> int:
    """The last day on which a measured night begins."""
    return math.ceil((scenario.run.window[1] - scenario.calendar.in_hours[1]) / HOURS_PER_DAY) - 1


def _counted(
    ledger: Ledger, scenario: Scenario, area: int | None, day: int | None, among: Collection[Place] | None
) -> dict[Place, Counter[str]]:
    """How bad each night is, of those asked for in which anybody would call."""
    counts: dict[Place, Counter[str]] = {}
    demand = ledger.setting.demand
    family_of, area_of, other = demand.calls.family, demand.families.area, demand.families.background
    for line in ledger.calls.rows:
        family = family_of[line.call]
        found = None if other[family] else _place(scenario, int(area_of[family]), line.time)
        if found is None or area not in (None, found[0]) or day not in (None, found[1]):
            continue
        if among is None or found in among:
            unmet, not_offered = line.outcome in UNMET_OUTCOMES, line.outcome == "choice_not_offered"
            counts.setdefault(found, Counter()).update(unmet=unmet, not_offered=not_offered, made=line.made)
    return counts


def _from_bad_to_good(counts: dict[Place, Counter[str]]) -> list[Place]:
    return sorted(counts, key=lambda at: (*(-counts[at][what] for what in HOW_BAD), *_earliest(at)))


def _earliest(at: Place) -> tuple[int, int]:
    return at[1], at[0]


def _place(scenario: Scenario, area: int, time: float) -> Place | None:
    """Area and day of the night that an hour falls in; None by day, or outside the measured hours."""
    begins, ends = scenario.calendar.in_hours[1], scenario.calendar.in_hours[0]
    day = int((time - begins) // HOURS_PER_DAY)
    night = night_of(scenario, area, day)
    start, end = scenario.run.window
    inside = start <= night.start < end and (time - begins) % HOURS_PER_DAY < (ends - begins) % HOURS_PER_DAY
    return (area, day) if inside else None
