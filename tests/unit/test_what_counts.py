"""What is in no measure: what happened outside the window, and calls of children who are not at the end of life.

One family's week is measured alone, and beside others that must not count. A measure that comes later is looked at too.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.domain.calendar import WEEKDAYS, Span
from sim.domain.costs import Costs, Universal, Unsocial
from sim.domain.overlays import Boundary, Overlays
from sim.domain.scenario import Follows, Repeat, Run
from sim.ledger import Ledger
from sim.measures import measure
from sim.measures.pooling import pooling
from tests.story import play
from tests.tiny import (
    CONSULTANT,
    GOODWILL_STEP,
    NURSE,
    NURSES_STEP,
    UNIVERSAL_STEP,
    ACall,
    AFamily,
    area,
    call,
    death_call,
    demand,
    family,
    goodwill,
    hours,
    nurses,
    pattern,
    people,
    team,
    tiny,
)

DAY = pattern("day", (Span(frozenset({2, 3, 4}), 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
NIGHT = pattern("night", (Span(WEEKDAYS, 17.0, 24.0), Span(WEEKDAYS, 0.0, 9.0)), at="on_call")
NURSES = team(people=nurses(1) + nurses(1, "BBB"), patterns=(DAY, NIGHT))
ADVISERS = team("consultants", people("consultant", 1), areas=("AAA", "BBB"), patterns=(NIGHT,))
WORLD = tiny(
    areas=(area("AAA"), area("BBB", latitude=0.1)),
    teams=(NURSES, ADVISERS),
    roles=(replace(NURSE, cost_per_hour=60.0), replace(CONSULTANT, cost_per_hour=120.0)),
    run=Run.of_weeks(1, 1, 1),
    ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
    demand=demand(p_medicines_in_home=0.0, eol_share=0.5),
    goodwill=goodwill(standby=True),
    follows=Follows((1.0, 0.0), (1.0, 0.0), (1.0, 0.0), (1.0, 0.5), 1.0, hours(6.0), 0.0),
    repeat=Repeat(1.0, False, hours(7.5), 2),
    overlays=Overlays(boundary=Boundary(on=True, p_record_missing=1.0, without_record=0.25)),
    costs=Costs(
        0.4, 0.3, Unsocial((20.0, 6.0), 0.3, 0.6), Unsocial((19.0, 7.0), 0.3, 0.3), mile=0.5, goodwill_multiple=1.5,
        universal=Universal(10.0, 200.0, 300.0, 0.5, 1000.0, 4000.0, 48.0),
    ),
)  # fmt: skip
INSIDE, BEFORE, AFTER = 168.0, 0.0, 336.0  # Mondays of the second week, the first and the third
Told = dict[tuple[str, str, str], tuple[float, ...]]


def lives(monday: float) -> AFamily:
    """From Monday to Sunday morning, 5 km from the centre of AAA, and deteriorating from Friday."""
    return family(start=monday, deteriorates=monday + 100, death=monday + 150, km_north=5.0)


def calls(monday: float, row: int = 0) -> list[ACall]:
    """Unmet on Monday and again, once with an admission; at night with a visit, another that joins it, a need of a
    consultant, a prescription that is not to be had; by day without advice, and beyond the shift; at night by somebody
    of another area; on Saturday by goodwill; the death."""
    at_night = monday + 47
    return [
        call(monday + 10, row, emergency=0.9), call(monday + 14, row, emergency=0.1), call(at_night, row, visit=True),
        call(at_night + 0.125, row), call(at_night + 4, row, level=4), call(at_night + 7, row, prescription=True),
        call(monday + 60, row, level=4), call(monday + 64.5, row, visit=True), call(monday + 71, row, visit=True),
        call(monday + 140, row, visit=True), death_call(row),
    ]  # fmt: skip


def told(ledger: Ledger) -> Told:
    """Numerator, denominator and events of every row of every measure."""
    rows = measure(ledger, WORLD) + pooling(ledger, WORLD, ("community_nurse", "consultant"))
    return {row[:3]: tuple(round(number, 6) for number in row[3:]) for row in rows}


def moved(one: Told, other: Told) -> dict[tuple[str, str, str], tuple[object, object]]:
    keys = dict.fromkeys([*one, *other])
    return {key: (one.get(key), other.get(key)) for key in keys if one.get(key) != other.get(key)}


@pytest.fixture(scope="module")
def alone() -> Told:
    return told(play(WORLD, calls(INSIDE), [lives(INSIDE)]))


def test_what_happened_outside_the_window_is_in_no_measure(alone: Told) -> None:
    """Would catch a measure that counts the warm-up, or what is simulated beyond the end."""
    mondays = (INSIDE, BEFORE, AFTER)
    beside = [one for row, monday in enumerate(mondays) for one in calls(monday, row)]
    assert moved(alone, told(play(WORLD, beside, [lives(monday) for monday in mondays]))) == {}


WORK_AND_COSTS = (
    "activity_cost", "background_", "call_outs_", "disturbed_nights_", "hours_worked_", "load_per_seat_",
    "total_cost", "travel_minutes_", "universal_cost", "worked_hours_",
)  # fmt: skip


def test_a_child_not_at_the_end_of_life_is_in_its_own_measures_in_work_and_in_costs_and_nowhere_else(
    alone: Told,
) -> None:
    """Would catch a share of families that other children's calls make larger or smaller."""
    at = [INSIDE + 14.5, INSIDE + 100, INSIDE + 128]
    others = [family(start=hour, death=hour, km_north=5.0, background=True, known=()) for hour in at]
    more = [call(at[0], 1), call(at[1], 2, visit=True, level=4), call(at[2], 3, visit=True)]
    beside = told(play(WORLD, [*calls(INSIDE), *more], [lives(INSIDE), *others]))
    changed = {key[0] for key in moved(alone, beside)}
    assert {"background_unmet_share", "activity_cost"} < changed
    assert [name for name in sorted(changed) if not name.startswith(WORK_AND_COSTS)] == []
