"""Costs against sums worked by hand: the numbers of the evidence, a week on call, an hour on the road."""

from __future__ import annotations

import re
from dataclasses import replace
from math import inf

import numpy as np
import pytest

from sim.demand.families import HOSPICE
from sim.domain.calendar import BANK_HOLIDAY, Calendar, Span, out_of_hours_spans
from sim.domain.costs import Availability, Costs, Universal, Unsocial
from sim.domain.overlays import Boundary, Embedded, Overlays, Training
from sim.domain.scenario import Run
from sim.errors import BadInput
from sim.experiment import posts
from sim.exposure import on_paper
from sim.measures import measure
from sim.measures.catalogue import CATALOGUE
from sim.measures.costs import by_use, standing_costs
from sim.measures.rows import Groups
from sim.place.setting import Setting
from sim.place.standby import Standby
from sim.rota.standing import by_children, nights_of_duties, standing
from tests.story import Forgets, values, written
from tests.tiny import (
    CONSULTANT,
    KEY,
    MONDAY,
    NURSE,
    area,
    call,
    duties_of,
    england,
    family,
    hours,
    nurses,
    pattern,
    people,
    setting,
    team,
    tiny,
    travel,
)

YEAR = Run.of_weeks(0, 52, 0)
DARK = out_of_hours_spans(Calendar(MONDAY))
ON_CALL = pattern("night", DARK, at="on_call")
BAND_6 = replace(NURSE, cost_per_hour=61.0)
PAY = Costs(
    0.342, 0.3, Unsocial((20.0, 6.0), 0.3, 0.6), Unsocial((19.0, 7.0), 1 / 3, 1 / 3), mile=0.56, goodwill_multiple=1.5
)


def before(scenario, level="England", group="england"):
    """What stands before any call."""
    laid: Setting = setting(scenario)
    rows, _ = standing_costs(scenario, on_paper(scenario, laid, KEY), Groups(scenario, laid.area_types))
    return {name.removeprefix("standing_cost_"): value for name, value in values(rows, group, level).items()}


def after(scenario, ledger, level="England", group="england"):
    return values(measure(ledger, scenario), group, level)


# -- standing ---------------------------------------------------------------------------------------------------------


def test_what_another_thread_works_out_meanwhile_takes_nothing_away(monkeypatch):
    """Catches costs that are looked for again where a worker with several threads has put others in their place."""
    scenario = tiny(teams=(team(patterns=(ON_CALL,)),))
    known = before(scenario)
    monkeypatch.setitem(standing_costs.__globals__, "_costed_last", lambda scenario: Forgets())
    assert before(scenario) == known


@pytest.mark.parametrize(("share", "gbp"), [(0.02, 14_338.8), (0.05, 35_847.0)])
def test_six_consultants_on_call_1_in_6_cost_14_300_pounds_in_category_b_and_35_800_in_a(share, gbp):
    """Catches a supplement of one person, or by the frequency at work in place of the calendar's."""
    pay = Availability(119_490.0, ((4.0, 0.08), (8.0, share), (inf, 0.01)), 30.0, 2.0, 0.225, 37.5)
    rota = team("consultants", people("consultant", 6), patterns=(ON_CALL,))
    found = before(tiny(teams=(rota,), run=YEAR, availability=pay, costs=replace(PAY, on_cost=0.0)))
    assert found["supplements"] == found["standing_cost"] == pytest.approx(gbp)


def test_a_band_6_seat_at_work_in_6736_hours_of_a_year_costs_411_000_pounds_before_enhancements():
    """253 working days of 365: catches bank holidays forgotten, or headroom charged on top of a working hour's cost."""
    calendar = Calendar(MONDAY, frozenset({4, 81, 84, 119, 147, 238, 357, 360}))
    seat = pattern("waking", out_of_hours_spans(calendar))
    scenario = tiny(teams=(team(patterns=(seat,)),), roles=(BAND_6, CONSULTANT), calendar=calendar, run=Run(0, 8760, 0))
    assert sum(calendar.is_working_day(day) for day in range(365)) == 253
    found = before(scenario)
    assert found["seats_at_work"] * scenario.run.weeks / 52 == pytest.approx(6_736 * 61)
    assert found["unsocial_hours"] == 0  # nothing is paid beyond basic pay in this world


def test_a_seat_round_the_clock_takes_5_8_people_at_a_headroom_of_22_and_a_half_per_cent():
    found = before(tiny(run=YEAR))
    assert found["seats_at_work_wte"] == pytest.approx(168 / 37.5 / 0.775)
    assert round(found["seats_at_work_wte"], 1) == 5.8


def test_unsocial_hours_of_an_out_of_hours_seat_add_29_per_cent_to_its_pay():
    """50 weekday night hours and 24 of Saturday at 30 %, 24 of Sunday at 60 %, of 128."""
    seat = team(patterns=(pattern("waking", DARK),))
    found = before(tiny(teams=(seat,), roles=(BAND_6, CONSULTANT), run=YEAR, costs=PAY))
    assert found["unsocial_hours"] == pytest.approx(52 * 36.6 * 0.342 * 61)
    assert found["unsocial_hours"] / (52 * 128 * 0.342 * 61) == pytest.approx(0.286, abs=0.001)
    assert found["on_costs"] == pytest.approx(0.3 * found["unsocial_hours"])  # not on the cost of a working hour


def test_a_consultant_at_work_out_of_hours_is_paid_a_third_more_at_nights_and_weekends():
    """60 weekday hours from 19 to 07 and 48 of the weekend."""
    one = replace(team("consultants", people("consultant", 1)), patterns=(pattern("resident", DARK),))
    scenario = tiny(teams=(one,), run=YEAR, costs=PAY)
    pay = 119_490 / 37.5 / (365.25 / 7)
    assert before(scenario)["unsocial_hours"] == pytest.approx(52 * (60 + 48) / 3 * pay)


def test_a_week_on_call_with_a_bank_holiday_is_ten_sessions():
    """Bank-holiday Monday, Saturday and Sunday twice, four weekday nights once, at GBP 30 and three tenths on-costs."""
    scenario = tiny(
        teams=(team(people=nurses(6), patterns=(ON_CALL,)),), calendar=Calendar(MONDAY, frozenset({0})), costs=PAY
    )
    found = before(scenario)
    assert found["sessions"] == pytest.approx(10 * 30 * 52)
    assert found["standing_cost"] == pytest.approx(10 * 30 * 52 * 1.3)


def test_a_bank_holiday_at_work_is_paid_as_a_sunday_and_a_saturday_as_a_night():
    """Eight hours at GBP 0.342 x 50, 60 % and 30 % beyond basic pay."""
    monday, saturday = (pattern(spans=(Span(frozenset({day, BANK_HOLIDAY}), 9.0, 17.0),)) for day in (0, 5))
    holiday = Calendar(MONDAY, frozenset({0}))
    paid = [
        before(tiny(teams=(team(patterns=(shift,)),), calendar=calendar, costs=PAY))["unsocial_hours"]
        for shift, calendar in ((monday, Calendar(MONDAY)), (monday, holiday), (saturday, Calendar(MONDAY)))
    ]
    assert paid == pytest.approx([0.0, 52 * 8 * 0.342 * 50 * 0.6, 52 * 8 * 0.342 * 50 * 0.3])


def test_a_shift_of_six_days_is_paid_its_saturday_and_one_into_the_evening_its_last_hour():
    """Would catch a day shift that is taken to have no such hour because most of it has none."""
    six_days, evening = (
        pattern(spans=(Span(frozenset(days), 9.0, end),)) for days, end in ((range(6), 17.0), ({0}, 21.0))
    )
    paid = [
        before(tiny(teams=(team(patterns=(shift,)),), costs=PAY))["unsocial_hours"] for shift in (six_days, evening)
    ]
    assert paid == pytest.approx([52 * 8 * 0.342 * 50 * 0.3, 52 * 1 * 0.342 * 50 * 0.3])


def test_what_nobody_funds_costs_nothing_at_work_either():
    unfunded = pattern(spans=DARK, funded=False)
    found = before(tiny(teams=(team(patterns=(unfunded,)),), costs=PAY))
    assert (found["seats_at_work"], found["unsocial_hours"], found["seats_at_work_wte"]) == (0, 0, 0)


def test_nights_stood_up_are_those_that_begin_in_the_window():
    """Round the clock for three weeks: seven nights of the second, not the one that runs into it."""
    always = pattern(at="on_call", stepped_up="dying")
    scenario = tiny(teams=(team(patterns=(always,)),), run=Run.of_weeks(1, 1, 1))
    duties = duties_of(scenario)
    _, nights = nights_of_duties(scenario, duties, np.arange(len(duties)))
    assert sorted(nights.tolist()) == [7, 8, 9, 10, 11, 12, 13]


def test_a_shift_of_everybody_is_paid_anyhow_and_only_its_unsocial_hours_cost_more():
    everybody = pattern("late", DARK, seats=None, rotation="everyone", serves="home")
    found = before(tiny(teams=(team(patterns=(everybody,)),), run=YEAR, costs=PAY))
    assert found["seats_at_work"] == found["seats_at_work_wte"] == 0
    assert found["unsocial_hours"] > 0


def test_a_pool_is_shared_by_children_and_a_persons_own_duties_stand_in_their_area():
    """Catches the cost of a region booked to one of its areas."""
    shared = team(people=nurses(1) + nurses(1, "BBB"), patterns=(pattern(), pattern("own", serves="home", seats=1)))
    scenario = tiny(areas=(area(), area("BBB", children=300_000.0)), teams=(shared,), run=YEAR)
    assert by_children(scenario).tolist() == [[0.25, 0.75]]
    parts = standing(scenario, on_paper(scenario, setting(scenario), KEY))
    whole = before(scenario)["standing_cost"]
    by_area = [before(scenario, code, "area")["standing_cost"] for code in ("AAA", "BBB")]
    assert sum(by_area) == pytest.approx(whole)
    assert by_area == pytest.approx(sum(parts.values()).sum(axis=0).tolist())


def test_posts_to_create_cost_a_years_pay_and_stand_beside_availability_in_the_whole():
    """Five on call where two posts exist: catches posts left out of the whole cost, or counted in availability too."""
    scenario = tiny(
        areas=(area(posts=(("community_nurse", 2),)),), teams=(team(people=nurses(5), patterns=(ON_CALL,)),), costs=PAY,
        run=YEAR,
    )  # fmt: skip
    found = after(scenario, written(scenario))
    pay = 0.342 * 50 * 37.5 * 365.25 / 7 * 1.3
    assert (found["extra_posts"], found["extra_posts_wte"]) == (3, 3)
    assert found["extra_posts_cost"] == pytest.approx(3 * pay)
    assert found["total_cost"] == pytest.approx(found["standing_cost"] + 3 * pay)
    enough = replace(scenario, areas=(area(posts=(("community_nurse", 5),)),))
    assert after(enough, written(enough))["total_cost"] == pytest.approx(found["standing_cost"])


def test_a_post_has_overheads_where_a_planner_prices_them():
    """Half as much again of a post to create and of a coordinator, and nothing more of a session on call."""
    boundary = Boundary(coordinator_wte=1.0, coordinator_band=7, networks=(("AAA",),))
    scenario = tiny(
        teams=(team(people=nurses(5), patterns=(ON_CALL,)),), overlays=Overlays(boundary=boundary), run=YEAR,
        costs=replace(PAY, salaries=((7, 50_000.0),)),
    )  # fmt: skip
    without, more = (before(replace(scenario, costs=replace(scenario.costs, overheads=share))) for share in (0.0, 0.5))
    for name in ("extra_posts_cost", "coordinator"):
        assert more[name] == pytest.approx(1.5 * without[name]) != 0
    assert more["sessions"] == without["sessions"]


def test_the_page_counts_the_posts_to_create_that_the_whole_cost_holds():
    """Three posts in one area, people in another: catches posts of one area that fill the rota of another."""
    elsewhere = team(people=nurses(1) + nurses(2, "BBB"), patterns=(ON_CALL,))
    scenario = tiny(areas=(area(posts=(("community_nurse", 3),)), area("BBB")), teams=(elsewhere,), costs=PAY)
    assert posts.people(scenario) == [("community_nurse", 3, 3, 2)]
    assert before(scenario)["extra_posts"] == 2


@pytest.mark.parametrize(("posts", "paid"), [(2, 10 - 2 - 168 / 37.5 / 0.775), (6, 0.0)])
def test_posts_that_fill_a_seat_at_work_are_paid_there_and_not_twice(posts, paid):
    """A seat round the clock takes 5.8 WTE of ten people: catches the same hours as a seat and as a post."""
    here = area(posts=(("community_nurse", posts),))
    found = before(tiny(areas=(here,), teams=(team(people=nurses(10)),), costs=PAY, run=YEAR))
    assert found["extra_posts_wte"] == 10 - posts
    assert found["extra_posts_cost"] == pytest.approx(paid * 0.342 * 50 * 37.5 * 365.25 / 7 * 1.3)


def test_posts_to_create_are_heads_and_whole_time_equivalents():
    part_time = replace(NURSE, wte=0.8)
    found = before(tiny(roles=(part_time,), teams=(team(people=nurses(5)),), costs=PAY))
    assert (found["extra_posts"], found["extra_posts_wte"]) == (5, 4)


def test_every_network_pays_its_coordinator_whoever_shares_a_rota():
    """Three areas share consultants, and networks are two: catches a coordinator for each rota, and one for England."""
    advisers = team("consultants", people("consultant", 3), areas=("AAA", "BBB", "CCC"), patterns=(ON_CALL,))
    boundary = Boundary(coordinator_wte=1.0, coordinator_band=7, networks=(("AAA", "BBB"), ("CCC",)))
    scenario = tiny(
        areas=(area(), area("BBB"), area("CCC")), teams=(advisers,), overlays=Overlays(boundary=boundary),
        costs=replace(PAY, salaries=((7, 50_000.0),)),
    )  # fmt: skip
    assert before(scenario)["coordinator"] == pytest.approx(2 * 50_000 * 1.3)


def test_overlays_add_their_coordinator_training_and_embedded_team():
    """One network of two areas; two nurses of each at most, three days away; two sessions and one nurse for each."""
    pooled = team(people=nurses(3) + nurses(1, "BBB"), patterns=(ON_CALL,))
    overlays = Overlays(
        boundary=Boundary(coordinator_wte=0.5, coordinator_band=8, networks=(("AAA", "BBB"),)),
        embedded=Embedded(consultant_sessions=2.0, nurse_wte=1.0),
        training=Training(role="community_nurse", people=2, days_away=3, cost_per_day=300.0),
    )
    costs = replace(PAY, salaries=((7, 50_000.0), (8, 60_000.0)))
    found = before(tiny(areas=(area(), area("BBB")), teams=(pooled,), overlays=overlays, costs=costs, run=YEAR))
    assert found["coordinator"] == pytest.approx(0.5 * 60_000 * 1.3)
    assert found["training"] == pytest.approx((2 + 1) * 3 * 300)
    assert found["embedded_team"] == pytest.approx(2 * (0.2 * 119_490 + 50_000) * 1.3)


# -- activity ---------------------------------------------------------------------------------------------------------

NURSE_ON_CALL = tiny(teams=(team(patterns=(ON_CALL,)),), costs=PAY, travel=travel(mileage=1.5))


def test_work_on_call_is_paid_by_the_hour_and_journeys_by_the_mile():
    """An hour on the telephone, 30 km there in a straight line and 30 back: 1.5 x 60 / 1.609344 miles."""
    tasks = [(0, 0, "phone", 18.0, 19.0, 0), (0, 0, "journey", 19.0, 20.0, 0), (0, 0, "way_back", 23.0, 24.0, 0)]
    ledger = written(NURSE_ON_CALL, [call(18)], tasks=tasks, km={1: 30.0, 2: 30.0})
    found = after(NURSE_ON_CALL, ledger)
    assert found["activity_cost_work_on_call"] == pytest.approx(52 * 3 * 50)
    assert found["activity_cost_mileage"] == pytest.approx(52 * 90 / 1.609344 * 0.56)
    assert found["goodwill_shadow_cost"] == 0


def test_work_on_call_is_paid_up_to_the_end_of_the_window():
    ledger = written(NURSE_ON_CALL, [call(18)], tasks=[(0, 0, "phone", 167.0, 170.0, 0)])
    assert after(NURSE_ON_CALL, ledger)["activity_cost_work_on_call"] == pytest.approx(52 * 1 * 50)


def test_a_night_of_standby_is_one_session_however_many_stretches_it_has():
    """Two hours of Monday evening and the night after ten: a funded nurse is there between."""
    ledger = written(NURSE_ON_CALL)
    rows = np.zeros(2, dtype=np.int64)
    kept = Standby(np.array([17.0, 22.0]), np.array([19.0, 33.0]), rows, rows)
    ledger = replace(ledger, setting=replace(ledger.setting, standby=kept))
    assert after(NURSE_ON_CALL, ledger)["goodwill_shadow_cost_standby"] == pytest.approx(52 * 30 * 1.5)


def test_work_at_work_is_paid_already_and_only_its_miles_cost_more():
    scenario = tiny(costs=PAY)
    found = after(scenario, written(scenario, [call(1)], tasks=[(0, 0, "journey", 1.0, 2.0, 0)], km={0: 60.0}))
    assert found["activity_cost_work_on_call"] == 0
    assert found["activity_cost"] == pytest.approx(52 * 60 / 1.609344 * 0.56)


def test_unpaid_hours_have_a_shadow_price_that_is_in_no_cash():
    """Catches goodwill in the sum, and unpaid journeys paid by the mile."""
    scenario = replace(NURSE_ON_CALL, costs=replace(PAY, on_cost=0.0))
    unpaid = [(0, 0, "ring", 1.0, 1.1, -1), (0, 0, "phone", 1.1, 2.1, -1), (0, 0, "journey", 3.0, 4.0, -1)]
    found = after(scenario, written(scenario, [call(1)], tasks=unpaid))
    assert found["goodwill_shadow_cost_worked"] == pytest.approx(52 * 2 * 50 * 1.5)
    assert found["activity_cost"] == 0
    assert found["total_cost"] == pytest.approx(found["standing_cost"] + found["extra_posts_cost"])
    assert found["goodwill_shadow_cost_per_family"] == pytest.approx(2 * 50 * 1.5)


PRICES = Universal(62.0, 280.0, 489.0, 0.5, hospital_day=1250.0, hospice_day=900.0)


def test_general_and_hospital_services_are_a_contact_an_emergency_visit_and_days():
    """Calls that joined another are no contact of their own."""
    scenario = tiny(costs=replace(PAY, universal=PRICES))
    facts = [
        {"outcome": "unmet"},
        {"outcome": "unmet", "joined": 0},
        {"outcome": "partly_met", "emergency_visit": True},
    ]
    calls, stays = [call(1), call(2), call(3)], [(0, 3.0, 51.0), (1, 3.0, 27.0)]
    found = after(scenario, written(scenario, calls, facts, families=[family(), family()], stays=stays))
    assert found["universal_cost_contacts"] == 52 * 62
    assert found["universal_cost_emergency_visits"] == 52 * (280 + 0.5 * 489)
    assert found["universal_cost_days_admitted"] == 52 * (2 + 1) * 1250
    assert found["universal_cost"] == 52 * (62 + 280 + 0.5 * 489 + 3 * 1250)


def days_of(scenario, families, offered, stays=()):
    """Days a year of each kind of care away from home."""
    ledger = written(scenario, families=families, stays=stays)
    ledger = replace(ledger, setting=replace(ledger.setting, offered=np.array(offered)))
    found = after(scenario, ledger)
    days = {
        name.removeprefix("universal_cost_days_"): value / 1250 for name, value in found.items() if "_days_" in name
    }
    return {name: pytest.approx(value) for name, value in days.items() if value}


ONE_WEEK = tiny(costs=replace(PAY, universal=PRICES))  # hours 0 to 168


def test_a_child_not_offered_home_is_in_hospital_from_when_it_deteriorates_to_its_death():
    """Catches all of the episode, and the days of a child who was offered home."""
    families = [family(death=120, deteriorates=48), family(death=120, deteriorates=48)]
    assert days_of(ONE_WEEK, families, [False, True]) == {"not_offered_home": 52 * 3}


@pytest.mark.parametrize(("phase", "days"), [("whole_episode", 5), ("deteriorating", 3), ("dying", 0)])
def test_which_days_of_a_child_not_offered_home_are_priced_is_a_word(phase, days):
    """The phases of a family by hand end with deteriorating."""
    scenario = replace(ONE_WEEK, costs=replace(PAY, universal=replace(PRICES, days_not_offered=phase)))
    found = days_of(scenario, [family(death=120, deteriorates=48)], [False])
    assert found == ({"not_offered_home": 52 * days} if days else {})


def test_a_child_admitted_who_was_not_offered_home_either_is_in_hospital_once():
    """Admitted from hour 24 to the death at 120, deteriorating from 48: one day admitted and three not offered."""
    found = days_of(ONE_WEEK, [family(death=120, deteriorates=48)], [False], [(0, 24.0, 120.0)])
    assert found == {"admitted": 52 * 1, "not_offered_home": 52 * 3}


def test_no_day_is_priced_after_the_death():
    found = days_of(ONE_WEEK, [family(death=72)], [True], [(0, 24.0, 120.0)])
    assert found == {"admitted": 52 * 2}


def test_days_count_by_the_clock_inside_the_window_and_a_year_is_52_weeks_of_its_season():
    """The week from hour 168 to 336 of twice the children: a stay from 120 to 192 has one day in it, which is half."""
    calendar = Calendar(MONDAY)
    late = replace(ONE_WEEK, run=Run.of_weeks(1, 1, 1), calendar=calendar)
    families = [family(death=500), family(death=400, deteriorates=312)]
    assert days_of(late, families, [True, False], [(0, 120.0, 192.0)]) == {"admitted": 52, "not_offered_home": 52}
    winter = replace(late, demand=replace(late.demand, winter_multiple=1.3))
    scale = 52 / winter.weeks_of_demand
    assert winter.weeks_of_demand != 1.0
    found = days_of(winter, families, [True, False], [(0, 120.0, 192.0)])
    assert found == {"admitted": scale, "not_offered_home": scale}


def test_a_child_in_a_hospice_costs_its_days_there_and_one_not_offered_a_hospice_days_in_hospital():
    """Two children who want a hospice, one of them in it: catches a hospice for nothing, or nobody who pays else."""
    scenario = replace(ONE_WEEK, demand=replace(ONE_WEEK.demand, phase_hours=(hours(24.0),) * 4))
    ledger = written(scenario, families=[family(death=120), family(death=144)])
    table = ledger.setting.demand
    children = replace(table.children, prefers=np.full(2, HOSPICE))
    table = replace(table, children=children, rows=np.zeros(0, dtype=np.int64))
    there = np.array([True, False])
    ledger = replace(ledger, setting=replace(ledger.setting, demand=table, in_hospice=there))
    found = after(scenario, ledger)
    assert found["universal_cost_days_hospice"] == pytest.approx(52 * 2 * 900)  # a day deteriorating, a day dying
    assert found["universal_cost_days_not_offered_hospice"] == pytest.approx(52 * 2 * 1250)


def test_use_shares_what_children_shared_and_where_nobody_called_children_share():
    scenario = tiny(
        areas=(area(), area("BBB", children=300_000.0)),
        teams=(
            team(people=nurses(1) + nurses(1, "BBB")),
            team("others", people("consultant", 1) + people("consultant", 1, "BBB")),
        ),
    )
    cost = by_children(scenario) * 1000
    shared = by_use(scenario, cost, by_children(scenario)[:, ::-1] * [[4.0], [0.0]])
    assert shared.tolist() == [[750.0, 250.0], [250.0, 750.0]]


# -- prices and words -------------------------------------------------------------------------------------------------


def test_every_cost_is_described_and_no_price_costs_nothing():
    ledger = written(
        tiny(), [call(1)], [{"outcome": "unmet", "emergency_visit": True}], [(0, 0, "phone", 1.0, 2.0, -1)]
    )
    rows = [
        row
        for row in measure(
            ledger,
            replace(
                tiny(),
                availability=Availability(0, ((inf, 0),), 0, 0, 0, 37.5),
                roles=tuple(replace(role, cost_per_hour=0) for role in tiny().roles),
            ),
        )
        if row.measure in CATALOGUE and "cost" in row.measure
    ]
    assert rows
    assert all(row.numerator == 0 for row in rows)


def test_shipped_prices_are_those_of_the_evidence():
    dying = england("icb_rota", "areas=[QHG]", "costs.days_not_offered=dying").costs.universal
    scenario = england("icb_rota", "areas=[QHG]")
    assert scenario.costs.universal == replace(dying, days_not_offered="deteriorating")
    assert scenario.costs.universal == Universal(62, 280, 489, 1, 1250, 900, "deteriorating", 48, 1.5)
    assert scenario.costs.consultants.night == pytest.approx(1 / 3)
    assert scenario.availability.consultant_salary == 119_490
    basic = scenario.costs.basic_pay_share * 61 * 37.5 * 365.25 / 7
    assert basic == pytest.approx(40_823, rel=0.001)  # the middle of band 6


@pytest.mark.parametrize(
    ("networks", "codes"),
    [
        ("regions", (("QF7", "QHM"), ("QHG",))), ("national", (("QF7", "QHG", "QHM"),)),
        ("{mine: [QF7, QHG]}", (("QF7", "QHG"),)), ("threes", (("QF7",), ("QHG",), ("QHM",))),
    ],
)  # fmt: skip
def test_the_networks_that_pay_a_coordinator_are_those_that_are_said(networks, codes):
    """A network of which one area runs is paid whole; an area that a planner's table leaves out is in none."""
    where = ["areas=[QF7,QHG,QHM]", "boundary=on", "boundary.coordinator.on=true"]
    boundary = england("icb_rota", *where, f"boundary.coordinator.networks={networks}").overlays.boundary
    assert sorted(boundary.networks) == sorted(codes)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["costs.unsocial_clock=06-20"], "costs.unsocial_clock = 06-20: must run over midnight; write them as 20-06"),
        (
            ["boundary=on", "boundary.coordinator.on=true", "boundary.coordinator.band=4"],
            "boundary.coordinator.band = 4: no salary of that band is known, only of 5, 6, 7, 8; choose one of them",
        ),
        (
            ["boundary=on", "boundary.coordinator.on=true", "boundary.coordinator.networks=region"],
            "boundary.coordinator.networks = region: must be none, nearest_team, pairs, threes, boards",
        ),
        (["costs.long_stay_from_days=3"], "write costs.hospital_gbp_per_day"),
        (["costs.consultant_session_premium_hours=0"], "costs.consultant_session_premium_hours = 0: "),
    ],
)
def test_prices_that_cannot_be_are_refused_in_one_line(asked, said):
    with pytest.raises(BadInput, match=re.escape(said)):
        england("icb_rota", "areas=[QHG]", *asked)
