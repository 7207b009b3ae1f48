"""Fragility by hand: hours with nobody and with one, and one post lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.exposure import exposed, on_paper
from sim.measures.fragility import fragility
from sim.measures.rows import Groups
from tests.story import values
from tests.tiny import KEY, MONDAY, absent, area, family, nurses, pattern, people, setting, team, tiny

DARK = out_of_hours_spans(Calendar(MONDAY))
NIGHT = pattern("night", DARK, at="on_call")
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")


def told(scenario, laid=None, group="england", level="England"):
    laid = laid or setting(scenario, [family()])
    paper, held = on_paper(scenario, laid, KEY), exposed(scenario, laid, laid.duties)
    rows = fragility(scenario, laid, paper, Groups(scenario, laid.area_types), KEY, held)
    return {name.removeprefix("fragility_"): value for name, value in values(rows, group, level).items()}


def test_day_shifts_leave_every_out_of_hours_hour_to_nobody():
    """Catches in-hours staff counted at night."""
    found = told(tiny(teams=(team(people=nurses(4), patterns=(DAY,)),)))
    assert found["hours_nobody_visit_on_paper_share"] == found["hours_nobody_consultant_achieved_share"] == 1
    assert found["hours_one_at_most_visit_on_paper_share"] == 1  # nobody is no more than one


def test_a_day_shift_counts_on_saturdays_and_where_every_hour_is_out_of_hours():
    saturdays = tiny(teams=(team(patterns=(replace(DAY, spans=(Span(frozenset({5}), 9.0, 17.0),)),)),))
    assert told(saturdays)["hours_nobody_visit_on_paper_share"] == pytest.approx(1 - 8 / 128)
    always = tiny(teams=(team(patterns=(DAY,)),), calendar=Calendar(MONDAY, always_out_of_hours=True))
    assert told(always)["hours_nobody_visit_on_paper_share"] == pytest.approx(1 - 40 / 168)


def test_a_lost_post_opens_the_nights_that_were_covered_by_nobody_else():
    """The nurse is on call every night, a specialist nurse beside her from Friday 00:00: Thursday's night and the four
    before it open, of which the first runs into Monday."""
    late_week = replace(NIGHT, spans=(Span(frozenset({4, 5, 6}), 0.0, 24.0),))
    others = team("specialists", people("specialist_nurse", 1), patterns=(late_week,))
    scenario = tiny(teams=(team(patterns=(NIGHT,)), others))
    found = told(scenario, setting(scenario, [family(death=160.0)]), group="role", level="community_nurse")
    assert found["child_nights_lost_with_one_post"] == 52 * 5


def test_a_night_that_was_open_before_is_not_lost_with_the_post():
    early_week = replace(NIGHT, spans=(Span(frozenset({0, 1}), 17.0, 33.0),))
    scenario = tiny(teams=(team(patterns=(early_week,)),))
    found = told(scenario, setting(scenario, [family(start=12.0)]), group="role", level="community_nurse")
    assert found["child_nights_lost_with_one_post"] == 52 * 2


def test_the_hours_in_which_an_embedded_team_knows_a_family_hang_on_a_post_too():
    scenario = tiny(teams=(team(patterns=(NIGHT,)),))
    laid = setting(scenario, [family(start=48.0, death=72.0)])
    known = replace(laid, demand=replace(laid.demand, before=np.array([24.0])))
    hanging = [told(scenario, one, "role", "community_nurse")["child_hours_on_one_post"] for one in (laid, known)]
    assert hanging == [52 * 16, 52 * 32]


def test_one_seat_is_one_at_most_and_two_seats_are_neither():
    one = told(tiny(teams=(team(people=nurses(3), patterns=(DAY, NIGHT)),)))
    assert (one["hours_nobody_visit_achieved_share"], one["hours_one_at_most_visit_achieved_share"]) == (0, 1)
    two = told(tiny(teams=(team(people=nurses(3), patterns=(DAY, replace(NIGHT, seats=2))),)))
    assert two["hours_one_at_most_visit_achieved_share"] == 0


def test_evenings_alone_cover_their_hours_of_the_128_and_a_telephone_none():
    evening = pattern("evening", (Span(ALL_DAYS, 17.0, 22.0),), at="on_call")
    found = told(tiny(teams=(team(people=nurses(3), patterns=(evening,)),)))
    assert found["hours_nobody_visit_on_paper_share"] == pytest.approx(1 - 35 / 128)
    phone = told(tiny(teams=(team(people=nurses(3), patterns=(replace(NIGHT, visiting=False),)),)))
    assert phone["hours_nobody_visit_on_paper_share"] == 1


def test_an_absence_that_nobody_covers_is_a_gap_as_held_and_none_on_paper():
    """The only nurse is sick all week."""
    scenario = tiny(teams=(team(patterns=(replace(NIGHT, prospective_cover=False),)),))
    laid = setting(scenario, [family()], staff=absent(scenario, sick={0: [0]}))
    found = told(scenario, laid)
    assert (found["hours_nobody_visit_on_paper_share"], found["hours_nobody_visit_achieved_share"]) == (0, 1)


def test_areas_are_told_apart_and_a_pool_is_there_for_each_of_its_areas():
    shared = team("consultants", people("consultant", 2) + people("consultant", 1, "BBB"), patterns=(NIGHT,))
    scenario = tiny(areas=(area(), area("BBB")), teams=(team(people=nurses(2), patterns=(NIGHT,)), shared))
    assert told(scenario, group="area", level="AAA")["hours_nobody_visit_achieved_share"] == 0
    assert told(scenario, group="area", level="BBB")["hours_nobody_visit_achieved_share"] == 1
    assert told(scenario)["hours_nobody_visit_achieved_share"] == 0.5
    assert told(scenario, group="area", level="BBB")["hours_nobody_consultant_achieved_share"] == 0


def test_losing_the_only_nurse_opens_every_night_and_losing_one_of_two_opens_what_cannot_be_covered():
    """Seven nights of one child from Monday 00:00; the night that runs into it counts too, so there are eight."""
    alone = tiny(teams=(team(patterns=(NIGHT,)),))
    lost = told(alone, group="role", level="community_nurse")
    assert lost["child_nights_lost_with_one_post"] == 52 * 8
    two_free = tiny(teams=(team(people=nurses(7), patterns=(NIGHT,)),))
    assert told(two_free, group="role", level="community_nurse")["child_nights_lost_with_one_post"] == 0
    no_cover = tiny(teams=(team(people=nurses(7), patterns=(replace(NIGHT, prospective_cover=False),)),))
    assert told(no_cover, group="role", level="community_nurse")["child_nights_lost_with_one_post"] > 0


def test_a_lost_post_is_not_filled_by_somebody_who_sits_in_a_third_team():
    """Two local nights and a helpline of the same two nurses: the other nurse has her own area's night already.

    Would catch the helpline laid without the third team, and its seat given to her.
    """
    areas, both = (area(), area("BBB")), (*nurses(1), *nurses(1, "BBB"))
    local = (team(patterns=(NIGHT,)), team("others", nurses(1, "BBB"), patterns=(NIGHT,)))
    helpline = team("helpline", both, areas=("AAA", "BBB"), patterns=(NIGHT,))
    scenario = tiny(areas=areas, teams=(*local, helpline))
    assert told(scenario, group="role", level="community_nurse")["child_nights_lost_with_one_post"] == 52 * 8


def test_what_a_lost_post_opens_hangs_on_nobody_elsewhere():
    """Two days of a child; eight families of another area, at home for five hours each. Catches their nights counted,
    and episodes that end before they begin once those families are left out."""
    own = family(108.0, 60.0)
    elsewhere = [family(10.0 * k + 5.0, 10.0 * k, area="BBB") for k in range(1, 9)]
    teams = (team(patterns=(NIGHT,)), team("others", nurses(7, "BBB"), patterns=(NIGHT,)))
    scenario = tiny(areas=(area(), area("BBB")), teams=teams)
    for families in ([own, *elsewhere], [*elsewhere, own]):
        found = told(scenario, setting(scenario, families), group="role", level="community_nurse")
        assert found["child_nights_lost_with_one_post"] == 52 * 2


def test_the_post_that_most_hangs_on_is_named_by_its_area():
    """A week of one child, two days of another: catches the hours of one area told of the other's nurse."""
    teams = (team(patterns=(NIGHT,)), team("others", nurses(1, "BBB"), patterns=(NIGHT,)))
    scenario = tiny(areas=(area(), area("BBB")), teams=teams)
    laid = setting(scenario, [family(48.0), family(168.0, area="BBB")])
    hanging = [told(scenario, laid, "area_role", f"{code} community_nurse") for code in ("AAA", "BBB")]
    whole = told(scenario, laid, "role", "community_nurse")["child_hours_on_one_post"]
    assert 0 < hanging[0]["child_hours_on_one_post"] < hanging[1]["child_hours_on_one_post"] == whole


def test_a_post_that_nothing_hangs_on_has_no_row_and_no_child_at_home_hangs_on_nobody():
    doubled = tiny(teams=(team(people=nurses(3), patterns=(replace(NIGHT, seats=2),)),))
    assert told(doubled, group="role", level="community_nurse") == {}
    alone = tiny(teams=(team(patterns=(NIGHT,)),))
    assert told(alone, setting(alone), group="role", level="community_nurse") == {}
    too_far = setting(alone, [family(km_east=500.0)])
    assert told(alone, too_far, group="role", level="community_nurse") == {}
