"""What holds for every demand table: children and calls are their own, whoever else is counted and however often."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.demand.calls import DEATH_CALL, PotentialCalls
from sim.demand.families import Families
from sim.demand.table import DemandTable, draw_demand
from sim.domain.calendar import Calendar
from sim.domain.demand import Condition
from sim.domain.law import Law
from sim.domain.scenario import Run, Scenario
from tests.tiny import MONDAY, area, demand, reason, tiny

STEADY = settings(deadline=None, derandomize=True, max_examples=80)


def hundredths(low: int, high: int) -> st.SearchStrategy[float]:
    """Numbers as planners write them."""
    return st.integers(low * 100, high * 100).map(lambda n: n / 100)


SHARE, RATE = hundredths(0, 1), hundredths(0, 2)
DURATIONS = st.builds(
    Law, st.sampled_from(["exponential", "fixed", "gamma", "lognormal"]), hundredths(1, 200), st.just(0.8),
    st.sampled_from([0.5, 1.0, 3.0]),
)  # fmt: skip
AREAS = st.lists(hundredths(0, 200), min_size=1, max_size=4).map(
    lambda rates: tuple(area(f"A{n}", deaths_per_year=rate, mean_km=5.0 * n) for n, rate in enumerate(rates))
)
DEMANDS = st.builds(
    lambda home, frailty, episode, phases, rates, night, background, effect: demand(
        home_share=home, frailty_shape=frailty, episode=episode, phase_hours=phases, calls_per_day=rates,
        dying_night_weight=night, background_children_per_death=1.0, background_calls_per_child_year=background,
        area_effect_sd_log=effect, planned_per_week=(1.0, 2.0, 3.0, 7.0), conditions=(Condition("any", 1.0, 0.9),),
        reasons=(reason("symptom", p_urgency=(0.2, 0.5, 0.3)), reason("other", talk=Law("exponential", 0.3))),
    ),
    SHARE, st.sampled_from([0.3, 1.5, np.inf]), DURATIONS, st.tuples(*[DURATIONS] * 4), st.tuples(*[RATE] * 4),
    hundredths(0, 5), hundredths(0, 20), st.sampled_from([0.0, 0.15]),
)  # fmt: skip
SCENARIOS = st.builds(
    lambda areas, wanted, weeks, holidays: tiny(
        areas=areas, demand=wanted, run=Run.of_weeks(0, weeks, 0), calendar=Calendar(MONDAY, holidays)
    ),
    AREAS,
    DEMANDS,
    st.integers(1, 4),
    st.frozensets(st.integers(0, 27), max_size=3),
)
KEYS = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 1000))
CALL_COLUMNS = [name for name in PotentialCalls.__slots__ if name != "family"]


def calls_of(scenario: Scenario, table: DemandTable) -> dict[tuple[str, int, int], tuple[object, ...]]:
    """All marks of each call, by area code, number of the family and number of the call."""
    rows = table.calls.family
    codes = [scenario.areas[place].code for place in table.families.area[rows]]
    keys = zip(codes, table.families.number[rows].tolist(), table.calls.number.tolist(), strict=True)
    columns = zip(*(getattr(table.calls, name).tolist() for name in CALL_COLUMNS), strict=True)
    found = list(zip(keys, columns, strict=True))
    assert len(dict(found)) == len(found)  # no two calls share a key
    return dict(found)


def children_of(scenario: Scenario, table: DemandTable) -> dict[tuple[str, int], tuple[object, ...]]:
    """Everything about each child who dies, by area code and number."""
    names = [name for name in Families.__slots__ if name not in ("area", "locality")]
    codes = [scenario.areas[place].code for place in table.children.area]
    pieces = [piece.code for one in scenario.areas for piece in one.pieces]
    localities = [pieces[row] for row in table.children.locality]
    columns = zip(*(getattr(table.children, name).tolist() for name in names), localities, strict=True)
    return {(code, values[1]): values for code, values in zip(codes, columns, strict=True)}


def everything(scenario: Scenario, key: tuple[int, int]):
    table = draw_demand(scenario, *key)
    return children_of(scenario, table), calls_of(scenario, table)


@STEADY
@given(SCENARIOS, KEYS, st.randoms(use_true_random=False))
def test_areas_in_any_order_and_in_any_company(scenario, key, shuffle):
    """Bit for bit: permuted areas have the same children and calls; an area alone has its own."""
    areas = list(scenario.areas)
    shuffle.shuffle(areas)
    whole = everything(scenario, key)
    assert everything(replace(scenario, areas=tuple(areas)), key) == whole
    alone = everything(replace(scenario, areas=(areas[0],)), key)
    assert alone == tuple({k: v for k, v in part.items() if k[0] == areas[0].code} for part in whole)


@STEADY
@given(SCENARIOS, KEYS, st.integers(1, 3))
def test_more_weeks_only_add(scenario, key, more):
    """Calls within the shorter run, and children who die within it, are the same."""
    longer = replace(scenario, run=replace(scenario.run, hours=scenario.run.hours + 168.0 * more))
    children, calls = everything(scenario, key)
    more_children, more_calls = everything(longer, key)
    assert children.items() <= more_children.items()
    assert calls.items() <= more_calls.items()
    time = CALL_COLUMNS.index("time")
    assert all(v[time] >= scenario.run.horizon for k, v in more_calls.items() if k not in calls)


@STEADY
@given(SCENARIOS, KEYS, st.tuples(*[SHARE] * 4), SHARE)
def test_lower_rates_keep_a_subset(scenario, key, lower, fewer_deaths):
    """Fewer calls in any phases, and then fewer deaths: those that are left are what they were."""
    rates = tuple(rate * share for rate, share in zip(scenario.demand.calls_per_day, lower, strict=True))
    quieter = replace(scenario, demand=replace(scenario.demand, calls_per_day=rates))
    children, calls = everything(scenario, key)
    same_children, fewer_calls = everything(quieter, key)
    assert same_children == children
    assert fewer_calls.items() <= calls.items()
    rarer = replace(scenario, demand=replace(scenario.demand, deaths_multiple=fewer_deaths))
    fewer_children, their_calls = everything(rarer, key)
    assert fewer_children.items() <= children.items()
    assert their_calls.items() <= calls.items()


@STEADY
@given(SCENARIOS, KEYS)
def test_phases_tile_episodes_and_calls_lie_inside(scenario, key):
    """Contiguous phases from the start of the episode, at most 90 days before the death, to the death."""
    table = draw_demand(scenario, *key)
    families, phases, calls = table.families, table.phases, table.calls
    at_home = np.flatnonzero(~families.background)
    first = np.flatnonzero(np.diff(phases.family, prepend=-1))
    last = np.flatnonzero(np.diff(phases.family, append=len(families)))
    np.testing.assert_array_equal(phases.family[first], at_home)
    np.testing.assert_array_equal(phases.start[first], families.start[at_home])
    np.testing.assert_array_equal(phases.end[last], families.death[at_home])
    inner = np.setdiff1d(np.arange(len(phases.family)), last)
    np.testing.assert_array_equal(phases.end[inner], phases.start[inner + 1])
    assert (families.death - families.start <= scenario.demand.episode_cap_hours + 1e-9).all()
    start, death = families.start[calls.family], families.death[calls.family]
    assert ((calls.time >= np.maximum(start, 0)) & (calls.time <= death)).all()
    assert ((calls.time < death) | (calls.number == DEATH_CALL) | families.background[calls.family]).all()
    assert (calls.time < scenario.run.horizon).all()
    assert (np.diff(calls.time) >= 0).all()


@STEADY
@given(SCENARIOS, KEYS)
def test_planned_visits_are_in_working_hours_of_an_episode(scenario, key):
    table = draw_demand(scenario, *key)
    planned, families = table.planned, table.families
    assert (planned.time >= np.maximum(families.start[planned.family], 0)).all()
    assert (planned.time < families.death[planned.family]).all()
    assert not any(scenario.calendar.is_out_of_hours(time) for time in planned.time.tolist())


@STEADY
@given(SCENARIOS, KEYS)
def test_every_mark_is_possible(scenario, key):
    calls = draw_demand(scenario, *key).calls
    assert ((calls.need_level >= 1) & (calls.need_level <= 4)).all()
    assert ((calls.urgency >= 0) & (calls.urgency <= 2)).all()
    assert not (calls.needs_two & ~calls.needs_visit).any()
    for name in ("talk", "after_call", "visit", "answer_patience", "visit_patience", "call_back", "stay"):
        assert (getattr(calls, name) >= 0).all()
    for name in ("advice", "emergency", "no_return"):
        column = getattr(calls, name)
        assert ((column > 0) & (column < 1)).all()
