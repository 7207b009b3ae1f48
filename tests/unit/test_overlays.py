"""Each overlay does what its page says, by exact cases; the rest of the world stays as it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.demand.families import HOME, HOSPICE, HOSPITAL
from sim.demand.table import DemandTable, draw_demand
from sim.domain.calendar import WEEKDAYS, Span
from sim.domain.demand import Condition
from sim.domain.goodwill import Dynamics
from sim.domain.overlays import (
    NO_OVERLAYS,
    Access,
    Bereavement,
    Embedded,
    HomeSafety,
    HospiceOffer,
    Leavers,
    Overlays,
    PeerSupport,
    RapidTransfer,
    Training,
)
from sim.domain.scenario import Place, Run, Scenario
from sim.measures import measure
from sim.model.simulate import run, simulate
from sim.place import Setting, lay_out
from sim.place.choice import home_multiples
from sim.place.leaving import people_leave
from sim.place.training import Trained
from sim.rota.duties import lay_duties
from sim.rota.staff import draw_staff
from tests.story import became, values
from tests.tiny import (
    CONSULTANT,
    GOODWILL_STEP,
    KEY,
    NURSE,
    NURSES_STEP,
    UNIVERSAL_STEP,
    area,
    call,
    demand,
    duties_of,
    family,
    goodwill,
    hours,
    nurses,
    pace,
    pattern,
    people,
    posts,
    setting,
    team,
    tiny,
    travel,
)

DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone")
MANY = area(deaths_per_year=2000.0)
BUDGET = 5.0  # standard errors


def many(overlays: Overlays = NO_OVERLAYS, **changes: object) -> Scenario:
    """Some 190 children and their families in five weeks, all of whom want to be at home."""
    usual = {"areas": (MANY,), "run": Run.of_weeks(0, 5, 0), "teams": (team(patterns=(DAY,)),)}
    return tiny(overlays=overlays, **{**usual, **changes})


def drawn(scenario: Scenario) -> DemandTable:
    return draw_demand(scenario, *KEY)


def laid(scenario: Scenario) -> Setting:
    return lay_out(scenario, *KEY)


def same_calls(one: DemandTable, other: DemandTable) -> None:
    """The same children die, and the same potential calls have the same keys and hours."""
    np.testing.assert_array_equal(one.children.death, other.children.death)
    for name in ("family", "number", "time", "high", "low"):
        np.testing.assert_array_equal(getattr(one.calls, name), getattr(other.calls, name))


# -- leavers and refilling ---------------------------------------------------------------------------------------------


def test_a_leaver_is_gone_for_as_long_as_it_takes_to_fill_the_post_and_once_a_run():
    """Catches leavers who need goodwill to be a stock, and posts refilled at once or never."""
    rates = Leavers((("community_nurse", 20.0, hours(28 * 24.0)),))  # all but one in 5e8 leave within the year
    year = Run.of_weeks(0, 60, 0)
    scenario = tiny(teams=(team(people=nurses(9), patterns=(DAY,)),), run=year, overlays=Overlays(leavers=rates))
    staff = laid(scenario).staff
    assert staff.leave.sum(axis=1).tolist() == [28] * 9
    assert (np.diff(staff.leave.astype(int), axis=1) == 1).sum(axis=1).max() == 1
    assert len(set(staff.anew.tolist())) > 1
    assert [int(np.flatnonzero(days)[-1]) + 1 for days in staff.leave] == staff.anew.tolist()


@pytest.mark.parametrize(("multiple", "share"), [(1.0, 0.25), (2.0, 0.4375)])
def test_the_burnt_out_are_ill_so_many_times_as_often_as_others(multiple, share):
    """Everybody is burnt out. A quarter of weeks ill; as much again in one week of four, some of them the same."""
    dynamics = Dynamics(on=True, burnt_out_below=2.0, burnt_out_sick_multiple=multiple)
    ill = team(people=nurses(40), patterns=(DAY,))
    roles, run_of = (replace(NURSE, sick_share=0.25),), Run.of_weeks(0, 50, 0)
    scenario = tiny(teams=(ill,), roles=roles, run=run_of, dynamics=dynamics)
    staff = draw_staff(scenario, KEY)
    sick = people_leave(scenario, staff, laid(scenario).duties, KEY).sick
    assert abs(sick.mean() - share) < BUDGET * np.sqrt(share * (1 - share) / (40 * 50))


def test_the_burnt_out_are_sick_so_many_times_as_often():
    """A fifth sick as a rule, twice that when burnt out: 40 %, not the 36 % of two chances that fall together."""
    often = replace(NURSE, sick_share=0.2)
    rates = Leavers((("community_nurse", 0.0, hours(24.0)),))
    burnt = Dynamics(on=True, burnt_out_below=2.0, burnt_out_sick_multiple=2.0)  # everybody, from the first day
    scenario = tiny(
        teams=(team(people=nurses(200)),), roles=(often,), run=Run.of_weeks(0, 52, 0), dynamics=burnt,
        overlays=Overlays(leavers=rates),
    )  # fmt: skip
    sick = people_leave(scenario, draw_staff(scenario, KEY), duties_of(scenario), KEY).sick[:, ::7]
    assert abs(sick.mean() - 0.4) < BUDGET * np.sqrt(0.4 * 0.6 / sick.size)


def test_nobody_leaves_whose_role_has_no_leavers():
    rates = Leavers((("consultant", 20.0, hours(28 * 24.0)),))
    assert not laid(tiny(overlays=Overlays(leavers=rates))).staff.leave.any()


# -- training ----------------------------------------------------------------------------------------------------------


def lessons(**changes: object) -> Overlays:
    usual = {"role": "community_nurse", "people": 1, "levels": 1, "days_away": 2}
    return Overlays(training=Training(**{**usual, **changes}))


def test_the_first_of_the_list_is_away_on_the_first_days_at_work_and_trained_after_them():
    """Monday and Tuesday; of four nurses the second post is vacant and the first is the one who is named."""
    scenario = tiny(teams=(team(people=nurses(4), patterns=(DAY,)),), overlays=lessons())
    base, found = laid(replace(scenario, overlays=NO_OVERLAYS)), laid(scenario)
    assert [np.flatnonzero(days).tolist() for days in found.staff.leave] == [[0, 1], [], [], []]
    assert found.trained is not None
    assert found.trained.start.tolist() == [2 * 24.0 + 9.0, np.inf, np.inf, np.inf]
    gone = len(base.duties) - len(found.duties)
    assert gone == 2  # two shifts of one nurse


def test_the_burnt_out_leave_so_many_times_as_often():
    """Everybody is burnt out: of 200, 1 - exp(-0.2) leave within a year, or 1 - exp(-0.8)."""
    rates = Overlays(leavers=Leavers((("community_nurse", 0.2, hours(28 * 24.0)),)))
    for multiple in (1.0, 4.0):
        dynamics = Dynamics(on=True, burnt_out_below=2.0, burnt_out_leaves_multiple=multiple)
        scenario = many(
            rates, teams=(team(people=nurses(200), patterns=(DAY,)),), run=Run.of_weeks(0, 52, 0), dynamics=dynamics
        )
        staff = draw_staff(scenario, KEY)
        left = people_leave(scenario, staff, lay_duties(scenario, staff, ("full",), KEY), KEY).anew >= 0
        share = 1 - np.exp(-0.2 * multiple)
        assert abs(left.mean() - share) < BUDGET * np.sqrt(share * (1 - share) / 200)


def test_standby_drains_goodwill_on_the_days_on_which_it_is_kept():
    """Catches a turn of three nights taken off on its first day: no day and night drains more than a day's."""
    dynamics = Dynamics(on=True, drain_per_24_hours=0.01, recovery_per_day=0.0, susceptibility_sd=0.0)
    scenario = many(
        dynamics=dynamics, goodwill=goodwill(standby=True), ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
        teams=(team(people=nurses(40), patterns=(DAY,)),),
    )  # fmt: skip
    found = laid(scenario)
    assert found.stock is not None
    kept = float((found.standby.end - found.standby.start).sum())
    assert found.stock.drained.sum() == pytest.approx(0.01 * kept / 24)
    assert 0 < found.stock.drained.max() <= 0.01


def test_days_away_are_days_at_work_and_not_nights_on_call():
    """On call every night, at work on Thursday and Friday."""
    late_week = replace(DAY, spans=(Span(frozenset({3, 4}), 9.0, 17.0),))
    on_call = pattern("night", (Span(WEEKDAYS, 17.0, 24.0),), at="on_call")
    found = laid(tiny(teams=(team(people=nurses(1), patterns=(late_week, on_call)),), overlays=lessons()))
    assert np.flatnonzero(found.staff.leave[0]).tolist() == [3, 4]


def test_days_away_come_again_every_year_and_a_vacant_post_is_not_trained():
    two_years = Run.of_weeks(0, 100, 0)
    vacant = replace(NURSE, p_vacant=0.5)
    scenario = tiny(
        teams=(team(people=posts(nurses(12)), patterns=(DAY,)),), roles=(vacant,), run=two_years,
        overlays=lessons(people=3),
    )  # fmt: skip
    found = laid(scenario)
    assert 3 < found.staff.vacant.sum() < 10
    first = np.flatnonzero(~found.staff.vacant)[:3]
    assert np.flatnonzero(found.staff.leave.any(axis=1)).tolist() == first.tolist()
    assert np.flatnonzero(found.staff.leave[first[0]]).tolist() == [0, 1, 364, 365]


def test_whoever_takes_the_post_of_a_leaver_has_not_been_trained():
    rates = Leavers((("community_nurse", 20.0, hours(28 * 24.0)),))
    scenario = tiny(run=Run.of_weeks(0, 52, 0), overlays=replace(lessons(), leavers=rates))
    found = laid(scenario)
    assert found.trained is not None
    assert found.trained.end.tolist() == [found.staff.anew[0] * 24.0 + 9.0]


@pytest.mark.parametrize(
    ("level", "levels", "unsure", "outcome"),
    [(2, 1, 0, "met"), (3, 0, 0, "partly_met"), (3, 1, 0, "met"), (3, 1, 1, "partly_met"), (4, 1, 0, "partly_met")],
)
def test_a_trained_nurse_needs_no_adviser_for_the_next_level(level, levels, unsure, outcome):
    """Catches a level that counts for the adviser only, and needs met by people who are unsure of them."""
    scenario = tiny(overlays=lessons(levels=levels, unsure=unsure))
    there = replace(setting(scenario, [family()], [call(10.0, level=level)]), trained=_from_hour(0.0))
    assert [word for word, _ in became(run(scenario, there, KEY))] == [outcome]


def test_the_level_holds_from_the_end_of_the_days_away():
    scenario = tiny(overlays=lessons())
    calls = [call(10.0, level=3), call(40.0, level=3)]
    there = replace(setting(scenario, [family()], calls), trained=_from_hour(40.0))
    assert [word for word, _ in became(run(scenario, there, KEY))] == ["partly_met", "met"]


def _from_hour(start: float) -> Trained:
    return Trained(np.array([start]), np.array([np.inf]), KEY)


# -- embedded teams ----------------------------------------------------------------------------------------------------


def test_an_embedded_team_prepares_families_and_knows_them_earlier_and_moves_no_call():
    """Catches episodes made longer, which would bring calls and change every denominator."""
    usual = demand(p_prepared=0.5, planned_per_week=(5.0,) * 4)
    base = many(demand=usual)
    with_team = replace(base, overlays=Overlays(embedded=Embedded(0.75, 14 * 24.0)))
    without, found = drawn(base), drawn(with_team)
    same_calls(without, found)
    was, now = without.families.prepared, found.families.prepared
    assert (now | ~was).all()
    assert abs(now.mean() - 0.75) < BUDGET * np.sqrt(0.75 * 0.25 / len(now))
    assert (found.families.start - found.known).tolist() == pytest.approx([336.0] * len(now))
    both = min(len(without.planned), len(found.planned))
    np.testing.assert_array_equal(found.planned.time[:both], without.planned.time[:both])
    earlier = found.planned.time[both:], found.planned.family[both:]
    assert len(earlier[0]) > 100
    assert (earlier[0] < found.families.start[earlier[1]]).all()
    assert (earlier[0] >= found.known[earlier[1]]).all()


def test_an_embedded_team_looks_after_its_own_conditions_only():
    groups = (Condition("cancer", 0.5, 1.0), Condition("other", 0.5, 1.0))
    base = many(demand=demand(conditions=groups))
    found = drawn(replace(base, overlays=Overlays(embedded=Embedded(1.0, 24.0, frozenset({"cancer"})))))
    cancer = found.families.condition == 0
    np.testing.assert_array_equal(found.families.prepared, cancer)
    np.testing.assert_array_equal(found.known < found.families.start, cancer)


# -- hospice offer -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("km", "share"), [(5.0, 0.8), (50.0, 0.4), (None, 0.8)])
def test_a_hospice_far_away_is_offered_less_often(km, share):
    """A kilometre a minute, far beyond 10 minutes; without a distance nobody in a town is far."""
    overlay = HospiceOffer(0.5, 1 / 6)
    preferring = demand(home_share=0.0)
    scenario = many(
        Overlays(hospice_offer=overlay), demand=preferring, place=Place(1, 0.5, 0.8),
        areas=(replace(MANY, hospice_km=km),),
    )  # fmt: skip
    found = laid(scenario)
    offered = found.in_hospice
    assert (found.demand.children.prefers == HOSPICE).all()
    assert abs(offered.mean() - share) < BUDGET * np.sqrt(share * (1 - share) / len(offered))
    without = laid(replace(scenario, overlays=NO_OVERLAYS)).in_hospice
    assert (without | ~offered).all()


def test_without_a_distance_families_in_the_country_are_far_from_a_hospice():
    half = replace(MANY, rural_share=0.5)
    scenario = many(
        Overlays(hospice_offer=HospiceOffer(0.0, 1 / 6)), demand=demand(home_share=0.0), place=Place(1, 0.5, 1.0),
        areas=(half,),
    )  # fmt: skip
    found = laid(scenario)
    np.testing.assert_array_equal(found.in_hospice, ~found.demand.children.rural)


def test_far_is_by_the_road_and_not_by_the_map():
    """Eight kilometres are twelve by road, and twelve minutes; far is beyond ten."""
    scenario = many(
        Overlays(hospice_offer=HospiceOffer(0.0, 1 / 6)), demand=demand(home_share=0.0), place=Place(1, 0.5, 1.0),
        areas=(replace(MANY, hospice_km=8.0),), travel=travel(busy=pace(kmh=40.0)),
    )  # fmt: skip
    assert not laid(scenario).in_hospice.any()


def test_an_area_may_have_an_offer_of_its_own():
    scenario = many(
        Overlays(hospice_offer=HospiceOffer(by_area=(("AAA", 1.0),))), demand=demand(home_share=0.0),
        place=Place(1, 0.5, 0.0),
    )  # fmt: skip
    assert laid(scenario).in_hospice.all()


# -- rapid transfer ----------------------------------------------------------------------------------------------------

IN_HOSPITAL = (Condition("neonate", 0.5, 0.0), Condition("other", 0.5, 0.0))
GO_HOME = RapidTransfer((("neonate", 1.0),), 24.0, 120.0, 72.0)


def transfers(*patterns: object, overlay: RapidTransfer = GO_HOME) -> Scenario:
    return many(
        Overlays(rapid_transfer=overlay), demand=demand(conditions=IN_HOSPITAL),
        teams=(team(people=nurses(5), patterns=patterns),),
    )  # fmt: skip


def test_families_of_intensive_care_go_home_for_their_last_days():
    table = drawn(transfers(DAY))
    neonate = table.children.condition == 0
    np.testing.assert_array_equal(table.children.prefers, np.where(neonate, HOME, HOSPITAL))
    days = (table.families.death - table.families.start) / 24
    assert 1 <= days.min() < 1.5
    assert 4.5 < days.max() <= 5
    assert abs(days.mean() - 3) < BUDGET * 4 / np.sqrt(12 * len(days))
    assert table.transferred is not None
    assert table.transferred.all()


def test_a_transfer_is_offered_only_where_the_rota_on_paper_covers_the_first_days():
    """Catches an offer by the share of hours covered, and by the rota as held: everybody is sick in both."""
    sick = replace(NURSE, sick_share=1.0)
    always = replace(transfers(pattern(at="on_call")), roles=(sick,))
    found = laid(always)
    inside = found.demand.families.start < always.run.horizon
    assert inside.sum() > 50
    assert found.offered[inside].all()
    assert not laid(replace(transfers(DAY), roles=(sick,))).offered.any()


def test_a_transfer_is_offered_by_its_first_hours_whatever_the_rest_of_the_week():
    """Somebody comes on working days only; of a transfer the first hour must be covered."""
    weekdays = pattern("weekdays", (Span(WEEKDAYS, 0.0, 24.0),))
    scenario = replace(transfers(weekdays, overlay=replace(GO_HOME, paper=1.0)), place=Place(0.0, 0.5, 0.0))
    found = laid(scenario)
    begins = np.maximum(found.demand.families.start, 0.0)
    lived = begins + 1.0 <= np.minimum(found.demand.families.death, scenario.run.horizon)
    assert 20 < (found.offered & lived).sum() < lived.sum() - 10
    np.testing.assert_array_equal(found.offered[lived], begins[lived] % 168.0 + 1.0 <= 120.0)


def test_a_transfer_of_a_day_needs_a_day_of_cover_only():
    """A shift from Monday 09:00 to Friday 17:00 without a break covers whoever comes home and dies within it."""
    spans = (Span(frozenset({0}), 9.0, 24.0), Span(frozenset({1, 2, 3}), 0.0, 24.0), Span(frozenset({4}), 0.0, 17.0))
    weekdays = pattern("weekdays", spans, at="on_call")
    overlay = replace(GO_HOME, shortest=24.0, longest=24.0)
    found = laid(transfers(weekdays, overlay=overlay))
    families = found.demand.families
    inside = (families.start >= 0) & (families.death < 5 * 168.0)
    of_week = families.start % 168.0
    np.testing.assert_array_equal(found.offered[inside], ((of_week >= 9) & (of_week + 24 <= 4 * 24 + 17))[inside])


# -- bereavement -------------------------------------------------------------------------------------------------------


def test_visits_after_a_death_are_planned_in_working_hours_of_the_weeks_after_it():
    base = many(demand=demand(), run=Run.of_weeks(0, 20, 0))
    scenario = replace(base, overlays=Overlays(bereavement=Bereavement(2.0, 8 * 168.0)))
    same_calls(drawn(base), drawn(scenario))
    table = drawn(scenario)
    visits, death = table.planned, table.families.death[table.planned.family]
    assert ((visits.time > death) & (visits.time < death + 8 * 168.0)).all()
    assert not any(scenario.calendar.is_out_of_hours(hour) for hour in visits.time.tolist())
    early = np.flatnonzero(table.families.death < 12 * 168.0)
    assert (np.bincount(visits.family, minlength=len(table.families))[early] == 2).all()


def test_half_a_visit_is_a_visit_to_half_the_families():
    scenario = many(Overlays(bereavement=Bereavement(1.5, 168.0)), run=Run.of_weeks(0, 20, 0))
    table = drawn(scenario)
    early = np.flatnonzero(table.families.death < 18 * 168.0)
    each = np.bincount(table.planned.family, minlength=len(table.families))[early]
    assert set(each.tolist()) == {1, 2}
    assert abs(each.mean() - 1.5) < BUDGET * 0.5 / np.sqrt(len(each))


def test_visits_after_a_death_take_time_of_the_community_team():
    base = many(areas=(area(deaths_per_year=200.0),), run=Run.of_weeks(4, 8, 0))
    scenario = replace(base, overlays=Overlays(bereavement=Bereavement(2.0, 4 * 168.0)))
    found, without = (values(measure(simulate(one, *KEY), one)) for one in (scenario, base))
    assert without["planned_work_share"] == 0
    assert found["planned_visits_per_family"] == pytest.approx(2, abs=0.7)  # deaths of other weeks than the episodes
    assert found["planned_work_share"] > 0.1
    assert {k for k in found if found[k] != without[k]} == {"planned_work_share", "planned_visits_per_family"}


# -- living alone, unsafe homes ----------------------------------------------------------------------------------------


def test_a_parent_alone_is_visited_by_two_and_offered_home_less_often():
    """Catches calls that are never potential because nobody was offered home."""
    usual = demand(p_home_safe_for_one=1.0)
    base = many(demand=usual, place=Place(1.0, 0.5, 0.0))
    scenario = replace(base, overlays=Overlays(home_safety=HomeSafety(1.0, 1.0, 0.5)))
    without, found = laid(base), laid(scenario)
    same_calls(without.demand, found.demand)
    np.testing.assert_array_equal(found.demand.calls.needs_two, found.demand.calls.needs_visit)
    assert not without.demand.calls.needs_two.any()
    assert without.offered.all()
    assert abs(found.offered.mean() - 0.5) < BUDGET * 0.5 / np.sqrt(len(found.offered))


def test_an_unsafe_home_may_be_offered_less_often_than_others():
    base = many(demand=demand(p_home_safe_for_one=0.5))
    found = laid(replace(base, overlays=Overlays(home_safety=HomeSafety(offered_when_unsafe=0.0))))
    np.testing.assert_array_equal(found.offered, found.demand.families.safe_for_one)


@pytest.mark.parametrize(("alone", "multiple"), [(1.0, 0.5), (0.0, 0.25)])
def test_a_parent_alone_in_an_unsafe_home_is_offered_less_often_for_one_reason_only(alone, multiple):
    """Would catch both multiples taken of one family: its second person is needed once."""
    scenario = many(demand=demand(p_home_safe_for_one=0.0))
    scenario = replace(scenario, overlays=Overlays(home_safety=HomeSafety(alone, 1.0, 0.5, 0.25)))
    families = drawn(scenario).families
    assert set(home_multiples(scenario, KEY, families).tolist()) == {multiple}


# -- deprivation and the country ---------------------------------------------------------------------------------------


def test_deprivation_changes_the_offer_along_a_straight_line():
    scenario = many(Overlays(access=Access(home_deprived=0.0)), areas=(replace(MANY, deaths_per_year=20_000.0),))
    found = laid(scenario)
    quintile = found.demand.families.quintile
    for fifth in range(1, 6):
        p, here = (fifth - 1) / 4, quintile == fifth
        spread = np.sqrt(p * (1 - p) / here.sum())
        assert abs(found.offered[here].mean() - p) <= BUDGET * spread


def test_deprivation_and_the_country_change_no_potential_call():
    rural = replace(MANY, rural_share=0.5)
    base = many(areas=(rural,))
    access = Access(home_rural=0.0, hospice_deprived=0.5, rings_rural=0.5)
    without, found = laid(base), laid(replace(base, overlays=Overlays(access=access)))
    same_calls(without.demand, found.demand)
    np.testing.assert_array_equal(found.offered, without.offered & ~found.demand.families.rural)


def test_a_family_that_rings_nobody_is_unmet_though_a_nurse_is_free():
    """Catches calls that vanish from the denominator; a professional's call takes its usual way."""
    scenario = tiny(overlays=Overlays(access=Access(rings_rural=0.0)))
    calls = [call(10.0), call(30.0, family=1), call(50.0, professional=True)]
    there = setting(scenario, [family(rural=True), family()], calls)
    assert became(run(scenario, there, KEY)) == [("unmet", "not_asked"), ("met", ""), ("met", "")]


# -- peer support ------------------------------------------------------------------------------------------------------


def test_support_takes_its_share_of_what_drains_goodwill():
    """Half the drain: half of what is missing, to the rounding; catches support that acts on calls only."""
    dynamics = Dynamics(on=True, drain_per_24_hours=0.01, recovery_per_day=0.01, burnt_out_below=0.0)
    on_call = team(people=nurses(2), patterns=(pattern(at="on_call"),))
    base = tiny(teams=(on_call,), run=Run.of_weeks(0, 8, 0), dynamics=dynamics)
    missing = []
    for drain in (1.0, 0.5, 0.0):
        stock = laid(replace(base, overlays=Overlays(peer_support=PeerSupport(drain)))).stock
        assert stock is not None
        missing.append(stock.start[:, None] - stock.path())
    assert missing[0].max() > 0.1
    np.testing.assert_allclose(missing[1], missing[0] / 2, rtol=1e-9)
    assert not missing[2].any()


# -- rest with delay ---------------------------------------------------------------------------------------------------


def test_a_late_start_after_a_broken_night_leaves_a_call_unanswered():
    """At work by day and on call by night; the call at 03:00 takes two hours; the one at 09:15 finds her resting."""
    day = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone")
    night = pattern("night", (Span(WEEKDAYS, 0.0, 9.0), Span(WEEKDAYS, 17.0, 24.0)), at="on_call")
    scenario = tiny(teams=(team(patterns=(day, night)),), ladder=(NURSES_STEP, UNIVERSAL_STEP))
    calls = [call(27.0, talk=2.0), call(33.25, family=1, answer_patience=0.5)]
    for rest, outcome in (("ignored", ("met", "")), ("delay", ("unmet", "resting"))):
        one = replace(scenario, rota=replace(scenario.rota, rest=rest))
        there = setting(one, [family(), family()], calls)
        assert became(run(one, there, KEY))[1] == outcome


def test_consultants_are_trained_like_any_role():
    """The people named are of the role, whoever else lives in the area."""
    teams = (team(), team("consultants", people("consultant", 3)))
    found = laid(tiny(teams=teams, roles=(NURSE, CONSULTANT), overlays=lessons(role="consultant", people=2)))
    away = [found.staff.people[row].code for row in np.flatnonzero(found.staff.leave.any(axis=1))]
    assert away == ["AAA.consultant.1", "AAA.consultant.2"]
