"""Potential calls: when families call, what each call needs, and that no scenario can change either."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.demand.calls import DEATH_CALL, PotentialCalls, profiles
from sim.demand.scatter import sum_weeks
from sim.demand.table import DemandTable, draw_demand
from sim.domain.calendar import HOURS_PER_YEAR, SUNDAY, Calendar
from sim.domain.scenario import URGENCIES, Run, Scenario
from tests.tiny import KEY, MONDAY, answering, area, demand, england, hours, nurses, reason, team, tiny

BUDGET = 5.0  # standard errors: a false alarm once in 1.7 million comparisons
BUSY = tiny(areas=(area(deaths_per_year=HOURS_PER_YEAR),))
TWO = tiny(areas=(area("AAA", mean_km=9.0), area("BBB", mean_km=5.0, deaths_per_year=90.0)))
ENGLAND = replace(england(), run=Run.of_weeks(0, 8, 0))


def by_call(scenario: Scenario, table: DemandTable) -> dict[tuple[str, int, int], tuple[object, ...]]:
    """All marks of each call, by area code, number of the family and number of the call."""
    names = [name for name in PotentialCalls.__slots__ if name != "family"]
    columns = zip(*(getattr(table.calls, name).tolist() for name in names), strict=True)
    rows = table.calls.family
    codes = [scenario.areas[area].code for area in table.families.area[rows]]
    keys = zip(codes, table.families.number[rows].tolist(), table.calls.number.tolist(), strict=True)
    return dict(zip(keys, columns, strict=True))


def drawn(scenario: Scenario, key: tuple[int, int] = KEY) -> dict[tuple[str, int, int], tuple[object, ...]]:
    return by_call(scenario, draw_demand(scenario, *key))


# -- nobody changes anybody else --------------------------------------------------------------------------------------


def test_another_area_changes_no_call():
    """Catches draws in order of use, and a time changed in its last bit by another family's sum."""
    three = replace(TWO, areas=(area("CCC", deaths_per_year=900.0), *TWO.areas))
    assert {k: v for k, v in drawn(three).items() if k[0] != "CCC"} == drawn(TWO)


def test_england_in_another_order_has_the_same_calls():
    assert drawn(replace(ENGLAND, areas=ENGLAND.areas[::-1])) == drawn(ENGLAND)


def test_an_area_of_england_alone_has_the_same_calls():
    code = ENGLAND.areas[5].code
    alone = replace(ENGLAND, areas=(ENGLAND.areas[5],))
    assert drawn(alone) == {k: v for k, v in drawn(ENGLAND).items() if k[0] == code}


def test_more_weeks_only_add_calls_at_the_end():
    longer = replace(ENGLAND, run=Run.of_weeks(0, 20, 0))
    time = list(PotentialCalls.__slots__).index("time") - 1
    assert {k: v for k, v in drawn(longer).items() if v[time] < ENGLAND.run.horizon} == drawn(ENGLAND)


def test_nurses_and_patience_change_no_other_mark():
    """Catches a mark that is drawn only when it is used."""
    other = replace(
        ENGLAND, teams=(team(people=nurses(9, ENGLAND.areas[0].code)),),
        answering=replace(ENGLAND.answering, answer_patience=(hours(1.0),) * 3),
    )  # fmt: skip
    before, after = draw_demand(ENGLAND, *KEY).calls, draw_demand(other, *KEY).calls
    for name in set(PotentialCalls.__slots__) - {"answer_patience"}:
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))


def test_another_replication_has_other_calls():
    assert not drawn(TWO).items() & drawn(TWO, (KEY[0], 1)).items()


@pytest.mark.parametrize("rates", [(0.05, 0.4, 0.2, 0.7), (0.1, 0.8, 0.35, 0.0), (0.0, 0.0, 0.0, 0.0)])
def test_a_lower_rate_keeps_a_subset_of_the_same_calls(rates):
    """Catches rates that are drawn anew: each call that is left has the hour and the marks that it had."""
    fewer = replace(ENGLAND, demand=replace(ENGLAND.demand, calls_per_day=rates))
    assert drawn(fewer).items() < drawn(ENGLAND).items()


def test_a_lower_rate_while_dying_changes_no_call_before():
    """Catches the rate of one phase taken for another's."""
    usual = draw_demand(TWO, *KEY)
    quieter = draw_demand(replace(TWO, demand=demand(calls_per_day=(1.0, 1.0, 1.0, 0.1))), *KEY)
    np.testing.assert_array_equal(
        usual.calls.time[to_death(usual) > 24 + 1e-9], quieter.calls.time[to_death(quieter) > 24 + 1e-9]
    )
    assert len(quieter.calls) < len(usual.calls)


# -- when -------------------------------------------------------------------------------------------------------------


def to_death(table: DemandTable) -> np.ndarray:
    """Hours from each call to the death of its family's child."""
    return table.families.death[table.calls.family] - table.calls.time


def ordinary(table: DemandTable) -> np.ndarray:
    """Which calls are of families with an episode, and not the one at the death."""
    return (table.calls.number != DEATH_CALL) & ~table.families.background[table.calls.family]


def hours_at_home(table: DemandTable, horizon: float) -> np.ndarray:
    """Child-hours in an episode in each hour of the run."""
    at = np.arange(int(horizon))[:, None]
    return (np.minimum(table.families.death, at + 1) - np.maximum(table.families.start, at)).clip(0).sum(axis=1)


@pytest.mark.parametrize("scenario", [TWO, ENGLAND], ids=["tiny", "england"])
def test_no_call_outside_its_episode_or_the_run(scenario):
    table = draw_demand(scenario, *KEY)
    start, death = (column[table.calls.family] for column in (table.families.start, table.families.death))
    assert (table.calls.time >= np.maximum(start, 0)).all()
    assert (table.calls.time[ordinary(table)] < death[ordinary(table)]).all()
    assert table.calls.time.max() < scenario.run.horizon
    assert (np.diff(table.calls.time) >= 0).all()


def test_each_death_inside_the_run_brings_one_call_at_its_hour():
    table = draw_demand(ENGLAND, *KEY)
    at_death = table.calls.number == DEATH_CALL
    inside = np.flatnonzero((table.families.death < ENGLAND.run.horizon) & ~table.families.background)
    assert sorted(table.calls.family[at_death].tolist()) == inside.tolist()
    assert (to_death(table)[at_death] == 0).all()
    assert not table.calls.professional[at_death].any()
    assert (table.calls.reason[at_death] == len(ENGLAND.demand.reasons)).all()
    assert (table.calls.reason[~at_death] < len(ENGLAND.demand.reasons)).all()
    assert (table.calls.urgency[at_death] == URGENCIES.index("urgent")).all()


# -- visits at night --------------------------------------------------------------------------------------------------


def test_the_shipped_factor_gives_the_share_of_calls_at_night_that_take_a_visit():
    """Reasons do not depend on the hour: the mean of their probabilities, times the factor, each at most 1."""
    demand = ENGLAND.demand
    weight = np.array([reason.weight for reason in demand.reasons])
    p_visit = np.array([reason.p_visit for reason in demand.reasons])
    assert weight @ p_visit / weight.sum() == pytest.approx(0.25, abs=0.001)  # by day
    share = weight @ np.minimum(p_visit * demand.night_visit_factor, 1.0) / weight.sum()
    assert share == pytest.approx(0.43, abs=0.001)


def test_calls_at_night_take_a_visit_more_often_and_the_same_calls_do_that_did():
    by_day, by_night = (
        draw_demand(replace(ENGLAND, demand=replace(ENGLAND.demand, night_visit_factor=factor)), *KEY)
        for factor in (1.0, ENGLAND.demand.night_visit_factor)
    )
    calls, night = by_night.calls, np.array([ENGLAND.calendar.is_night(hour) for hour in by_night.calls.time])
    usual = ordinary(by_night)
    assert (by_day.calls.needs_visit <= calls.needs_visit).all()
    moved = by_day.calls.needs_visit != calls.needs_visit
    assert moved.any()
    assert (night & usual)[moved].all()
    size = int((night & usual).sum())
    assert calls.needs_visit[night & usual].mean() == pytest.approx(0.43, abs=4 * np.sqrt(0.43 * 0.57 / size))


def test_the_probability_of_a_visit_at_night_is_at_most_one():
    sure = replace(BUSY, demand=demand(reasons=(reason(p_visit=0.6),), night_visit_factor=2.0))
    table = draw_demand(sure, *KEY)
    night = np.array([sure.calendar.is_night(hour) for hour in table.calls.time]) & ordinary(table)
    assert table.calls.needs_visit[night].all()
    assert not table.calls.needs_visit[ordinary(table) & ~night].all()


def test_calls_are_poisson_given_the_child_hours_at_home():
    """One call a day of each child; catches thinning with the wrong rate and calls lost at the ends of the run."""
    table = draw_demand(BUSY, *KEY)
    expected = hours_at_home(table, BUSY.run.horizon).sum() / 24
    assert abs(ordinary(table).sum() - expected) < BUDGET * math.sqrt(expected)


def test_each_phase_has_its_own_rate():
    """A single phase that calls at a time, the others silent: calls over its child-hours are its rate."""
    for phase in range(4):
        rates = tuple(2.0 if row == phase else 0.0 for row in range(4))
        scenario = replace(BUSY, demand=demand(calls_per_day=rates, reference_calls_per_day=(1.0,) * 4))
        table = draw_demand(scenario, *KEY)
        mine = table.phases.phase == phase
        start, end = np.maximum(table.phases.start[mine], 0), np.minimum(table.phases.end[mine], 168.0)
        expected = (end - start).clip(0).sum() * 2 / 24
        assert abs(ordinary(table).sum() - expected) < BUDGET * math.sqrt(expected)


def test_frail_children_call_more_and_their_number_is_over_dispersed():
    """Calls of a family are Poisson with mean 10 x frailty: variance 10 + 100 / 2."""
    scenario = replace(BUSY, run=Run.of_weeks(0, 40, 0), demand=demand(frailty_shape=2.0))
    table = draw_demand(scenario, *KEY)
    whole = (table.families.start >= 0) & (table.families.death < scenario.run.horizon)
    counts = np.bincount(table.calls.family[ordinary(table)], minlength=len(table.families))[whole]
    n = len(counts)
    assert abs(counts.mean() - 10) < BUDGET * math.sqrt(60 / n)
    assert counts.var() == pytest.approx(60, rel=BUDGET * math.sqrt(6 / n))


def test_hour_of_week_follows_the_profile():
    """Case P10: 168 expected counts, each within five standard errors given the child-hours: once in 10,000 changes."""
    by_hour = [1.0 if 8 <= h < 18 else 1.4 if 18 <= h < 23 else 0.5 for h in range(24)]
    profile = np.concatenate([np.array(by_hour) * factor for factor in (1, 1, 1, 1, 1, 1.25, 1.25)])
    profile /= profile.mean()
    scenario = replace(BUSY, run=Run.of_weeks(0, 4, 0), demand=demand(profile=tuple(profile)))
    table = draw_demand(scenario, *KEY)
    rate = hours_at_home(table, scenario.run.horizon) / 24
    expected = (rate * np.tile(profile, 4)).reshape(4, 168).sum(axis=0)
    hour = table.calls.time[ordinary(table)].astype(int) % 168
    found = np.bincount(hour, minlength=168)
    assert (np.abs(found - expected) < BUDGET * np.sqrt(expected)).all()
    in_hours = (np.arange(168) % 24 >= 8) & (np.arange(168) % 24 < 18) & (np.arange(168) < 120)
    n = found.sum()
    assert abs(found[~in_hours].sum() / n - 0.68992) < BUDGET * math.sqrt(0.69 * 0.31 / n)


def test_a_silent_hour_is_silent():
    """Catches a profile shifted by an hour or read from another day."""
    profile = np.ones(168)
    profile[24 + 9] = 0.0  # Tuesday 09-10
    table = draw_demand(replace(BUSY, demand=demand(profile=tuple(profile / profile.mean()))), *KEY)
    hour = table.calls.time[ordinary(table)] % 168
    assert not ((hour > 33) & (hour < 34)).any()
    assert ((hour > 32) & (hour < 33)).any()
    assert ((hour > 34) & (hour < 35)).any()


def test_while_dying_the_night_weighs_more_and_the_week_as_much():
    """Catches a flattening that adds calls: weeks of both profiles have the same sum, nights have their weight."""
    usual, dying = profiles(ENGLAND)
    assert dying.sum() == pytest.approx(usual.sum()) == pytest.approx(168)
    night = np.array([ENGLAND.calendar.is_night(hour) for hour in range(168)])
    assert (dying / usual)[night] / (dying / usual)[~night].mean() == pytest.approx(ENGLAND.demand.dying_night_weight)


def test_only_the_dying_call_by_the_flattened_profile():
    """Nine night hours that weigh 5 and fifteen that weigh 1: 45/60 of the calls while dying, 9/24 of those before."""
    scenario = replace(BUSY, run=Run.of_weeks(0, 4, 0), demand=demand(dying_night_weight=5.0))
    table = draw_demand(scenario, *KEY)
    night = np.array([scenario.calendar.is_night(time) for time in table.calls.time])
    late = to_death(table) <= 24
    for rows, share in ((ordinary(table) & late, 45 / 60), (ordinary(table) & ~late, 9 / 24)):
        assert abs(night[rows].mean() - share) < BUDGET * math.sqrt(share * (1 - share) / rows.sum())


def test_a_bank_holiday_is_called_like_a_sunday():
    """Catches a holiday read from the wrong day: Wednesday of the first week off, all else as ever."""
    profile = np.arange(168) / 83.5
    scenario = replace(tiny(demand=demand(profile=tuple(profile))), calendar=Calendar(MONDAY, frozenset({2})))
    weeks = sum_weeks(scenario, (profile,) * 4)
    weights = np.diff(weeks.upto[0])[-int(weeks.hours[0]) :]
    np.testing.assert_allclose(weights[48:72], profile[SUNDAY * 24 :])
    np.testing.assert_allclose(weights[:48], profile[:48])
    np.testing.assert_allclose(weights[72:168], profile[72:])


def test_a_longer_cap_of_the_episode_reaches_back_before_time_0():
    """Catches a profile that begins after the first episode: calls would be missing from children long at home."""
    long = demand(episode=hours(200 * 24.0), episode_cap_hours=200 * 24.0)
    weeks = sum_weeks(tiny(demand=long), (np.ones(168),) * 4)
    assert weeks.hours[0] <= -200 * 24
    assert weeks.hours[-1] >= tiny().run.horizon + 200 * 24
    scenario = tiny(areas=(area(deaths_per_year=1000.0),), demand=long)
    table = draw_demand(scenario, *KEY)
    expected = hours_at_home(table, scenario.run.horizon).sum() / 24
    assert abs(ordinary(table).sum() - expected) < BUDGET * math.sqrt(expected)


# -- what they need ---------------------------------------------------------------------------------------------------


def test_tiny_calls_are_as_fixed_as_their_laws():
    calls = draw_demand(TWO, *KEY).calls
    assert set(calls.talk) == {0.25}
    assert set(calls.visit) == {1.0}
    assert set(calls.after_call) == set(calls.call_back) == {0.0}
    assert set(calls.need_level) == {2}
    assert set(calls.urgency) == {1}
    assert not (calls.professional | calls.needs_two | calls.needs_prescription).any()


def test_shares_of_what_calls_need():
    """Ordinary calls: a third emergencies, half visits, a quarter of these for two, a fifth by professionals."""
    only = reason(p_urgency=(1 / 3, 1 / 3, 1 / 3), p_visit=0.5, p_second_person=0.25, p_new_prescription=0.1,
                  p_need_level=(0.1, 0.4, 0.3, 0.2))  # fmt: skip
    table = draw_demand(replace(BUSY, demand=demand(reasons=(only,), professional_share=0.2)), *KEY)
    rows = ordinary(table)
    calls, n = table.calls, rows.sum()

    def near(found: np.ndarray, share: float, among: int = n) -> bool:
        return abs(found.sum() / among - share) < BUDGET * math.sqrt(share * (1 - share) / among)

    visits = calls.needs_visit[rows]
    assert all(near(calls.urgency[rows] == row, 1 / 3) for row in range(3))
    assert near(visits, 0.5)
    assert near(calls.needs_two[rows], 0.25, int(visits.sum()))
    assert not (calls.needs_two & ~calls.needs_visit).any()
    assert near(calls.needs_prescription[rows], 0.1)
    assert near(calls.professional[rows], 0.2)
    assert all(near(calls.need_level[rows] == 1 + k, p) for k, p in enumerate((0.1, 0.4, 0.3, 0.2)))


def test_reasons_are_drawn_by_weight_and_bring_their_own_laws():
    two = (reason("symptom", weight=3.0), reason("other", weight=1.0, talk=hours(7.0)))
    table = draw_demand(replace(BUSY, demand=demand(reasons=two)), *KEY)
    rows = ordinary(table)
    reasons = table.calls.reason[rows]
    assert abs((reasons == 0).mean() - 0.75) < BUDGET * math.sqrt(0.75 * 0.25 / rows.sum())
    assert set(table.calls.talk[rows][reasons == 1]) == {7.0}
    assert set(table.calls.talk[rows][reasons == 0]) == {0.25}


def test_hospital_may_follow_urgent_calls_about_symptoms_or_medication():
    """Would catch a routine question, or a broken pump, that sends a stable child in."""
    mixed = tuple(reason(name, p_urgency=(0.3, 0.3, 0.4)) for name in ("symptom", "medication", "equipment"))
    scenario = replace(TWO, demand=demand(reasons=mixed))
    calls = draw_demand(scenario, *KEY).calls
    for row in range(len(mixed) + 1):  # the death last
        for urgency in range(3):
            here = calls.may_harm[(calls.reason == row) & (calls.urgency == urgency)]
            assert row == len(mixed) or len(here)
            assert set(here.tolist()) <= {row < 2 and urgency < 2}


def test_a_prepared_family_needs_no_prescription_and_a_lower_level():
    """Level 2 becomes 1 for symptoms, never below 1, and not for a reason that preparation does not ease."""
    two = (
        reason("symptom", p_new_prescription=1.0),
        reason("psychosocial", p_new_prescription=1.0),
        reason("medication", p_need_level=(1.0, 0.0, 0.0, 0.0)),
    )
    changed = demand(reasons=two, p_prepared=0.5, prepared_need_level_one_lower=1.0)
    table = draw_demand(replace(TWO, demand=changed), *KEY)
    calls, prepared = table.calls, table.families.prepared[table.calls.family]
    assert prepared.any()
    assert not prepared.all()
    assert (calls.need_level[(calls.reason == 0) & prepared] == 1).all()
    assert (calls.need_level[(calls.reason == 0) & ~prepared] == 2).all()
    assert (calls.need_level[calls.reason == 1] == 2).all()
    assert (calls.need_level[calls.reason == 2] == 1).all()
    needs = calls.needs_prescription & (calls.reason < 2)
    np.testing.assert_array_equal(needs, (calls.reason < 2) & ~prepared)


def test_a_home_unsafe_for_one_needs_two_for_every_visit():
    table = draw_demand(replace(TWO, demand=demand(p_home_safe_for_one=0.0)), *KEY)
    np.testing.assert_array_equal(table.calls.needs_two, table.calls.needs_visit)


def test_patience_is_that_of_the_urgency():
    """In hours: would catch a mean read as a rate, and the one patience taken for the other."""
    for_an_answer, for_a_visit = (tuple(hours(k) for k in means) for means in ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)))
    patient = answering(answer_patience=for_an_answer, visit_patience=for_a_visit)
    only = reason(p_urgency=(0.3, 0.3, 0.4))
    calls = draw_demand(replace(TWO, answering=patient, demand=demand(reasons=(only,))), *KEY).calls
    np.testing.assert_array_equal(calls.answer_patience, calls.urgency + 1.0)
    np.testing.assert_array_equal(calls.visit_patience, calls.urgency + 4.0)


def test_no_call_shares_its_key():
    calls = draw_demand(ENGLAND, *KEY).calls
    assert len(set(zip(calls.high.tolist(), calls.low.tolist(), strict=True))) == len(calls)


def test_a_table_without_families_has_no_calls():
    assert len(draw_demand(tiny(demand=demand(home_share=0.0)), *KEY).calls) == 0


def test_phases_are_where_the_calls_are_dense():
    """Dying children of the shipped scenario call most: catches phases laid forwards from the start."""
    table = draw_demand(ENGLAND, *KEY)
    rows = ordinary(table)
    late = (to_death(table)[rows] < 24).sum()
    early = ((to_death(table)[rows] >= 24 * 10) & (to_death(table)[rows] < 24 * 11)).sum()
    assert late > 2 * early
