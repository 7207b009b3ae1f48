"""Hours and nights without anybody funded to come, counted by hand in a week of one or two areas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, Calendar, Span
from sim.domain.pace import Pace
from sim.domain.scenario import Run
from sim.exposure import Gaps, coincidence, exposed, on_paper, without_consultant, without_visit
from sim.measures.exposure import exposure
from sim.measures.rows import Groups
from sim.model.calls import families_of
from sim.model.free.people import Person
from sim.model.world import World
from sim.place.served import merged
from tests.story import Forgets, play, values
from tests.tiny import (
    CONSULTANT,
    KEY,
    MONDAY,
    NURSE,
    SPECIALIST,
    absent,
    area,
    call,
    family,
    nurses,
    pattern,
    people,
    role,
    setting,
    team,
    tiny,
    travel,
)

NIGHT = (Span(ALL_DAYS, 22.0, 24.0), Span(ALL_DAYS, 0.0, 7.0))
NOON, NEXT_NOON = 12.0, 36.0  # of Monday and of Tuesday: one night between
MONDAY_TO_WEDNESDAY = pattern("early_week", (Span(frozenset({0, 1, 2}), 0.0, 24.0),))
TWO_AREAS = (area("AAA"), area("BBB"))


def on(*hours: tuple[float, float], **changes):
    """A scenario with one nurse on duty in these hours of every day."""
    rota = pattern("some", tuple(Span(ALL_DAYS, start, end) for start, end in hours))
    return tiny(**{"teams": (team(patterns=(rota,)),), **changes})


def counted(gaps: Gaps) -> list[tuple[float, float, float, float]]:
    """By family: hours, uncovered hours, nights, uncovered nights."""
    columns = (gaps.hours, gaps.uncovered, gaps.nights, gaps.uncovered_nights)
    return list(zip(*(np.round(column, 6).tolist() for column in columns), strict=True))


def visits(scenario, *families, staff=None) -> list[tuple[float, float, float, float]]:
    laid = setting(scenario, families, staff=staff)
    return counted(without_visit(scenario, laid, laid.duties))


def advice(scenario, *families, staff=None) -> list[tuple[float, float, float, float]]:
    laid = setting(scenario, families, staff=staff)
    return counted(without_consultant(scenario, laid, laid.duties))


# -- hours and nights -------------------------------------------------------------------------------------------------


def test_with_nobody_every_hour_and_night_of_the_week_is_uncovered():
    """Six whole nights, the end of Sunday's before and the beginning of Sunday's: eight with at least an hour."""
    assert visits(tiny(teams=()), family()) == [(168, 168, 8, 8)]


def test_with_a_nurse_round_the_clock_nothing_is():
    """Catches gaps of no length at the nightly hand-over."""
    assert visits(tiny(), family()) == [(168, 0, 8, 0)]


def test_evenings_cover_five_hours_a_day_and_no_night():
    assert visits(on((17, 22)), family(start=NOON, death=NOON + 48)) == [(48, 38, 2, 2)]


def test_a_night_half_covered_is_uncovered():
    """Catches nights counted in parts: from 22:00 to 02:00 somebody would come, but not at three."""
    assert visits(on((22, 24), (0, 2)), family(start=NOON, death=NEXT_NOON)) == [(24, 20, 1, 1)]


def test_a_night_covered_from_22_to_7_is_covered_though_the_day_is_not():
    assert visits(on((22, 24), (0, 7)), family(start=NOON, death=NEXT_NOON)) == [(24, 15, 1, 0)]


def test_one_minute_of_the_night_is_enough():
    """Any of those hours."""
    assert visits(on((22, 24), (0, 3), (3 + 1 / 60, 7)), family(start=22, death=31)) == [(9, round(1 / 60, 6), 1, 1)]


def test_a_gap_up_to_ten_or_from_seven_uncovers_no_night():
    """Half-open: catches a night that a gap only touches."""
    assert visits(on((22, 24), (0, 7)), family(start=20, death=33)) == [(13, 4, 1, 0)]


@pytest.mark.parametrize(
    ("start", "death", "nights"),
    [
        (NOON, 22.5, 0),  # half an hour of the night
        (NOON, 23.0, 1),  # just an hour
        (30.5, NEXT_NOON, 0),  # from 06:30
        (30.0, NEXT_NOON, 1),  # from 06:00
        (25.0, 25.5, 0),  # half an hour in the middle
        (25.0, 26.0, 1),
        (30.5, 46.5, 0),  # half an hour of each of two nights, more than an hour in all
        (8.0, 21.0, 0),
        (22.0, 31.0, 1),
        (21.0, 22.0 + 25.0, 2),
    ],
)
def test_a_night_counts_with_at_least_an_hour_of_the_episode(start, death, nights):
    """Catches an hour of the episode taken for an hour of the night; nobody is on duty."""
    assert visits(tiny(teams=()), family(start=start, death=death)) == [(death - start, death - start, nights, nights)]


def test_the_hours_of_a_night_with_too_little_of_it_count_as_hours():
    assert visits(on((0, 22)), family(start=NOON, death=22.5)) == [(10.5, 0.5, 0, 0)]


def test_the_hours_before_an_episode_in_which_a_family_is_known_already_count():
    """An embedded team knows it two days before: of four days in all, nobody would come in any hour."""
    scenario = tiny(teams=())
    laid = setting(scenario, [family(start=72, death=120), family(start=72, death=120)])
    laid = replace(laid, demand=replace(laid.demand, before=np.array([0.0, 48.0])))
    assert counted(without_visit(scenario, laid, laid.duties)) == [(48, 48, 3, 3), (96, 96, 5, 5)]


def test_only_hours_inside_the_window_count():
    """The window is the second week. Sunday's night before it counts from 00:00 to 07:00, as an hour and more."""
    scenario = on((7, 24), run=Run.of_weeks(1, 1, 1))
    families = [
        family(start=0, death=500),  # all of it
        family(start=0, death=168),  # dead when it opens
        family(start=336, death=400),  # begins when it closes
        family(start=100, death=180),  # 12 hours of it
        family(start=320, death=340),  # 16 hours of it, from 08:00 on Sunday
        family(start=-50, death=168.5),  # half an hour: no night
    ]
    assert visits(scenario, *families) == [
        (168, 49, 8, 7), (0, 0, 0, 0), (0, 0, 0, 0), (12, 7, 1, 1), (16, 0, 1, 0), (0.5, 0.5, 0, 0),
    ]  # fmt: skip


def test_duties_across_the_edges_of_the_window_cover_to_the_edge():
    scenario = tiny(run=Run.of_weeks(1, 1, 1))  # nightly duties from 17:00: one goes on over Sunday's midnight
    assert visits(scenario, family(start=0, death=500)) == [(168, 0, 8, 0)]


def test_families_of_years_apart_do_not_touch():
    """Catches families laid end to end on an axis shorter than the run: a death in year 7, then a child of week 1."""
    scenario = tiny(run=Run.of_weeks(0, 400, 0), areas=TWO_AREAS, teams=())
    late, early = family(start=66_000, death=66_048), family(start=0, death=24, area="BBB")
    assert visits(scenario, late, early) == [(48, 48, 3, 3), (24, 24, 2, 2)]


def test_no_families_no_gaps():
    assert visits(tiny()) == []


# -- who would come ---------------------------------------------------------------------------------------------------


def far(scenario, km: float, **changes) -> float:
    """Uncovered hours of the week of a family so many km from everybody's start."""
    return visits(scenario, family(km_east=km, **changes))[0][1]


def test_reach_is_the_one_way_journey():
    """A kilometre a minute and an hour and a half: catches reach measured there and back, or below and not up to."""
    assert far(tiny(), 90.0) == 0
    assert far(tiny(), 90.1) == 168


SHIPPED_ROADS = travel(busy=Pace(13.2 / 60, 0.85 / 60), quiet=Pace(6.9 / 60, 0.79 / 60), mobilise_from_home=1.0)


def test_a_home_between_the_two_reaches_is_covered_at_night_and_not_on_a_working_day():
    """90 minutes are 90 km on working days 07-19 and 105 km otherwise: of a week, 108 hours; no night is uncovered.

    Catches reach by day for all hours, and getting ready or chance counted in it.
    """
    scenario = tiny(travel=SHIPPED_ROADS)
    assert [far(scenario, km) for km in (90.0, 91.0, 105.0, 106.0)] == [0, 60, 60, 168]
    (found,) = visits(scenario, family(km_east=95.0))
    assert found == (168, 60, 8, 0)
    holiday = tiny(travel=SHIPPED_ROADS, calendar=Calendar(MONDAY, bank_holidays=frozenset({2})))
    assert far(holiday, 95.0) == 48


def test_a_duty_is_cut_where_the_roads_change_and_only_there():
    """A nurse from Monday to Wednesday 17:00: catches reach looked at once for a duty, at its beginning or its end."""
    scenario = tiny(travel=SHIPPED_ROADS, teams=(team(patterns=(MONDAY_TO_WEDNESDAY,)),))
    (near,), (between,) = visits(scenario, family(km_east=80.0)), visits(scenario, family(km_east=95.0))
    assert between[1] - near[1] == sum(12 for day in range(3))


@pytest.mark.parametrize("km", [90.0, 95.0, 104.0, 105.1])
@pytest.mark.parametrize("hour", [3.0, 12.0, 18.9, 19.0, 129.0])
def test_exposure_says_of_an_hour_what_the_same_nurse_would_drive_in_it(hour, km):
    """The test of the car and of the exposure are the same rule: catches one of them at another hour's pace."""
    scenario = tiny(travel=SHIPPED_ROADS)
    laid = setting(scenario, [family(death=hour + 0.5, start=hour, km_east=km)], [call(hour)])
    covered = without_visit(scenario, laid, laid.duties).uncovered[0] == 0
    world = World(scenario, laid, KEY)
    (home,) = {one.home for one in families_of(laid)}
    nurse = Person(scenario, laid, 0)
    drive = world.roads.ways.hours(nurse.home, home, scenario.calendar.roads_are_busy(hour))
    assert covered == (drive <= scenario.travel.reach)


def test_of_two_on_duty_one_within_reach_is_enough():
    """Nurses of two towns 111 km apart: one of Monday to Wednesday, the other always."""
    areas = (area("AAA"), area("BBB", latitude=1.0))
    early = team("early", nurses(1), areas=("AAA",), patterns=(MONDAY_TO_WEDNESDAY,))
    late = team("late", nurses(1, "BBB"), areas=("AAA", "BBB"))
    assert visits(tiny(areas=areas, teams=(early, late)), family()) == [(168, 96, 8, 5)]
    halfway = visits(tiny(areas=areas, teams=(early, late)), family(km_north=55.0))
    assert halfway == [(168, 0, 8, 0)]


def test_the_holder_of_the_hour_decides_who_is_near():
    """Two nurses take turns: catches reach of the team in place of the person on duty."""
    areas = (area("AAA"), area("BBB", latitude=1.0))
    pool = team(people=(*nurses(1), *nurses(1, "BBB")))
    laid = visits(tiny(areas=areas, teams=(pool,)), family(start=0, death=17 + 48))
    # Monday 00:00-17:00 is the first's, to Tuesday 17:00 the second's, to Wednesday 17:00 the first's again
    assert laid == [(65, 24, 3, 1)]


def test_a_gap_in_the_rota_is_uncovered_and_on_paper_it_is_not():
    rota = pattern("night", prospective_cover=False)
    scenario = tiny(teams=(team(people=nurses(2), patterns=(rota,)),))
    laid = setting(scenario, [family(start=17, death=65)], staff=absent(scenario, leave={1: [0, 1]}))
    assert counted(without_visit(scenario, laid, laid.duties)) == [(48, 24, 2, 1)]
    assert counted(without_visit(scenario, laid, on_paper(scenario, laid, KEY))) == [(48, 0, 2, 0)]


@pytest.mark.parametrize("missing", ["leave", "sick", "vacant"])
def test_on_paper_nobody_is_absent(missing):
    scenario = tiny()
    away = {"vacant": [0]} if missing == "vacant" else {missing: {0: [0, 1]}}
    laid = setting(scenario, [family()], staff=absent(scenario, **away))
    assert counted(without_visit(scenario, laid, laid.duties)) == [(168, 168, 8, 8)]
    assert counted(without_visit(scenario, laid, on_paper(scenario, laid, KEY))) == [(168, 0, 8, 0)]


def test_the_paper_rota_is_laid_anew_where_an_area_is_dealt_another_service_or_people_leave_the_list():
    """Would catch a rota remembered from a replication in which other patterns ran or other people were there."""
    nights = pattern("night", area_types=frozenset({"full"}))
    scenario = tiny(teams=(team(people=nurses(2), patterns=(nights,)),))
    laid = setting(scenario)
    one, none, again, same = (
        on_paper(scenario, replace(laid, area_types=(kind,)), KEY) for kind in ("full", "partial", "full", "full")
    )
    assert len(one) == len(again) > 0 == len(none)
    assert same is again
    off_list = np.zeros_like(laid.staff.off_list)
    off_list[1] = True
    alone = replace(laid, area_types=("full",), staff=replace(laid.staff, off_list=off_list))
    assert set(again.person.tolist()) == {0, 1}
    assert set(on_paper(scenario, alone, KEY).person.tolist()) == {0}


def test_what_another_thread_lays_meanwhile_takes_nothing_away(monkeypatch):
    """Catches a rota that is looked for again where a worker with several threads has put another in its place."""
    monkeypatch.setattr("sim.exposure._laid_last", lambda scenario: Forgets())
    scenario = tiny(teams=(team(people=nurses(2)),))
    assert len(on_paper(scenario, setting(scenario), KEY)) > 0


def test_the_hours_of_anybody_are_one_stretch_where_they_overlap_or_touch():
    """Would catch a gap where one hands over to the next, and hours of somebody whose duty spans another's."""
    start, end = merged(np.array([12.0, 9.0, 22.0, 24.0, 10.0]), np.array([20.0, 17.0, 24.0, 26.0, 11.0]))
    assert list(zip(start.tolist(), end.tolist(), strict=True)) == [(9, 20), (22, 26)]


@pytest.mark.parametrize("changes", [{"visiting": False}, {"funded": False}], ids=["telephone only", "unpaid"])
def test_neither_a_telephone_nor_unpaid_help_covers(changes):
    scenario = tiny(teams=(team(patterns=(pattern(**changes),)),))
    assert visits(scenario, family()) == [(168, 168, 8, 8)]


def test_a_role_that_may_not_visit_does_not_cover():
    """Catches the word of the pattern taken without that of the role: a second person comes with a nurse, not alone."""
    assistant = role("care_assistant", "second_person", 1)
    scenario = tiny(roles=(NURSE, SPECIALIST, CONSULTANT, assistant), teams=(team("help", people(assistant.name, 1)),))
    assert visits(scenario, family()) == [(168, 168, 8, 8)]


def test_a_duty_that_serves_another_area_does_not_cover():
    """By day each serves her own area; on call one serves both."""
    pool = (*nurses(1), *nurses(1, "BBB"))
    own = pattern("own", serves="home")
    by_turns = tiny(areas=TWO_AREAS, teams=(team(people=pool, patterns=(own,)),))
    # Monday 00:00-17:00 and Tuesday 17:00-Wednesday 17:00 the nurse of AAA, between them the nurse of BBB
    assert visits(by_turns, family(death=65), family(death=65, area="BBB")) == [(65, 24, 3, 1), (65, 41, 3, 2)]
    together = tiny(areas=TWO_AREAS, teams=(team(people=pool),))
    assert visits(together, family(death=65), family(death=65, area="BBB")) == [(65, 0, 3, 0), (65, 0, 3, 0)]


def test_a_shift_shared_by_telephone_covers_visits_at_home_and_consultants_everywhere():
    shared = pattern("day", serves="telephone", seats=None, rotation="everyone")
    nurse = team(people=nurses(1), areas=("AAA", "BBB"), patterns=(shared,))
    consultant = team("consultants", people("consultant", 1), areas=("AAA", "BBB"), patterns=(shared,))
    scenario = tiny(areas=TWO_AREAS, teams=(nurse, consultant))
    assert visits(scenario, family(), family(area="BBB")) == [(168, 0, 8, 0), (168, 168, 8, 8)]
    assert advice(scenario, family(), family(area="BBB")) == [(168, 0, 8, 0)] * 2


def test_a_team_of_another_area_does_not_cover():
    scenario = tiny(areas=TWO_AREAS)
    assert visits(scenario, family(), family(area="BBB")) == [(168, 0, 8, 0), (168, 168, 8, 8)]


def test_two_people_whose_duties_touch_leave_no_gap_and_overlaps_count_once():
    early, late = team("early", nurses(1)), team("late", nurses(2)[1:])
    for hours in (((0, 12), (12, 24)), ((0, 14), (10, 24))):
        rotas = (pattern("some", (Span(ALL_DAYS, *pair),)) for pair in hours)
        teams = tuple(replace(one, patterns=(rota,)) for one, rota in zip((early, late), rotas, strict=True))
        assert visits(tiny(teams=teams), family()) == [(168, 0, 8, 0)]


def test_a_long_duty_covers_past_the_end_of_a_later_short_one():
    """Catches cover that ends with the duty that began last."""
    early, late = team("early", nurses(1)), team("late", nurses(2)[1:])
    rotas = (pattern("long", (Span(ALL_DAYS, 0.0, 20.0),)), pattern("short", (Span(ALL_DAYS, 8.0, 9.0),)))
    teams = tuple(replace(one, patterns=(rota,)) for one, rota in zip((early, late), rotas, strict=True))
    assert visits(tiny(teams=teams), family(start=0, death=24)) == [(24, 4, 2, 1)]


def told(scenario, laid):
    both = (exposed(scenario, laid, duties) for duties in (laid.duties, on_paper(scenario, laid, KEY)))
    return exposure(scenario, laid, Groups(scenario, laid.area_types), *both)


def test_a_busy_nurse_uncovers_nothing():
    """She is with another family for twelve hours: exposure asks who is on duty, not who is free."""
    scenario = tiny()
    busy = [call(20, visit=True, visit_hours=12.0), call(21, family=1, visit=True)]
    ledger = play(scenario, busy, [family(), family()])
    rows = told(scenario, ledger.setting)
    assert values(rows)["child_hours_without_visit_achieved_share"] == 0
    assert values(rows)["child_nights_without_visit_achieved_share"] == 0


# -- a consultant -----------------------------------------------------------------------------------------------------


def consultants(**changes):
    """One consultant by telephone, and no nurse."""
    rota = pattern("advice", visiting=False, **changes)
    return tiny(areas=TWO_AREAS, teams=(team("consultants", people("consultant", 1), patterns=(rota,)),))


def test_a_consultant_advises_by_telephone_from_anywhere():
    """Neither visiting nor reach is asked of her."""
    assert advice(consultants(), family(km_east=500.0)) == [(168, 0, 8, 0)]
    assert visits(consultants(), family()) == [(168, 168, 8, 8)]


def test_an_unfunded_or_another_area_s_consultant_does_not_count():
    assert advice(consultants(funded=False), family()) == [(168, 168, 8, 8)]
    assert advice(consultants(), family(area="BBB")) == [(168, 168, 8, 8)]


def test_a_specialist_nurse_is_no_consultant():
    """She may advise too; the standard asks for a consultant."""
    scenario = tiny(teams=(team("specialists", people("specialist_nurse", 1)), team()))
    assert advice(scenario, family()) == [(168, 168, 8, 8)]


# -- the NICE standard, and families dying at once --------------------------------------------------------------------


def measured(scenario, families, offered=None) -> dict[str, float]:
    laid = setting(scenario, families)
    if offered is not None:
        laid = replace(laid, offered=np.array(offered))
    return values(told(scenario, laid))


def test_qs160_is_of_children_offered_home_whose_every_hour_was_covered():
    """Monday and Tuesday covered: whole; Tuesday to Friday: 48 of 72 hours; the third was not offered home."""
    advisers = team("consultants", people("consultant", 1), patterns=(pattern("day", (Span(ALL_DAYS, 9.0, 17.0),)),))
    scenario = tiny(teams=(team(patterns=(MONDAY_TO_WEDNESDAY,)), advisers))
    families = [family(start=0, death=48), family(start=24, death=96), family(start=96, death=168)]
    found = measured(scenario, families, offered=[True, True, False])
    assert found["qs160_6a_nurse_achieved_children_share"] == 1 / 2
    assert found["qs160_6a_nurse_achieved_hours_share"] == (48 + 48) / (48 + 72)
    assert found["qs160_6b_consultant_achieved_children_share"] == 0
    assert found["qs160_6b_consultant_achieved_hours_share"] == pytest.approx((2 + 3) * 8 / (48 + 72))
    # the uncovered nights are of all three, offered or not
    assert found["child_hours_without_visit_achieved_share"] == (24 + 72) / (48 + 72 + 72)


def test_a_child_with_no_hour_in_the_window_is_in_no_share():
    """Catches a child of another year who meets the standard for want of hours."""
    scenario = tiny(run=Run.of_weeks(1, 1, 0), teams=(team(patterns=(MONDAY_TO_WEDNESDAY,)),))
    found = measured(scenario, [family(start=0, death=100), family(start=168, death=312)])
    assert found["qs160_6a_nurse_achieved_children_share"] == 0


def test_child_nights_are_a_year_s():
    """Eight nights in one measured week."""
    assert measured(tiny(), [family()])["child_nights_per_year"] == 8 * 52


def together(areas, teams, *families, offered=None, window=(0.0, 168.0)) -> list[float]:
    scenario = tiny(areas=areas, teams=())
    laid = setting(scenario, families)
    if offered is not None:
        laid = replace(laid, offered=np.array(offered))
    return coincidence(laid, *window, np.array(teams)).tolist()


def test_two_in_their_last_72_hours_at_once():
    """Deaths at 100 and 120: from 48 to 100. Catches whole episodes taken for last hours."""
    assert together((area(),), [0], family(death=100), family(death=120)) == [52]


def test_three_at_once_are_counted_once():
    """[28, 100), [48, 120), [58, 130): two or more from 48 to 120."""
    assert together((area(),), [0], family(death=100), family(death=120), family(death=130)) == [72]


def test_a_death_at_the_hour_when_another_s_last_days_begin_is_no_coincidence():
    assert together((area(),), [0], family(death=80), family(death=152)) == [0]


def test_an_episode_of_less_than_72_hours_counts_from_its_start():
    assert together((area(),), [0], family(death=100), family(start=90, death=120)) == [10]


def test_a_pool_has_what_two_teams_have_not():
    pair = (family(death=100), family(death=120, area="BBB"))
    assert together(TWO_AREAS, [0, 1], *pair) == [0, 0]
    assert together(TWO_AREAS, [0, 0], *pair) == [52]
    assert together(TWO_AREAS, [0, -1], *pair) == [0]


def test_only_children_at_home_and_hours_of_the_window_coincide():
    pair = (family(death=100), family(death=120))
    assert together((area(),), [0], *pair, offered=[True, False]) == [0]
    assert together((area(),), [0], *pair, window=(90.0, 168.0)) == [10]


def test_coincidence_is_told_a_team_and_week():
    """Two teams and two weeks, 52 hours in one of them: 13 hours a week and team."""
    scenario = tiny(run=Run.of_weeks(0, 2, 0), areas=TWO_AREAS, teams=(team(), team(people=nurses(1, "BBB"))))
    laid = setting(scenario, [family(death=100), family(death=120)])
    rows = told(scenario, laid)
    assert values(rows, "team", "nurses")["coincidence_hours_per_week"] == 13
