"""The people as one table: whose absence is whose, and that nobody's year depends on a colleague."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.domain.scenario import Run
from sim.domain.staff import Role
from sim.rota.absence import day_of
from sim.rota.staff import draw_staff
from tests.tiny import CONSULTANT, KEY, NURSE, SPECIALIST, area, england, nurses, people, posts, team, tiny

BUDGET = 5.0  # standard errors: a false alarm once in 1.7 million comparisons
AWAY = replace(NURSE, leave_weeks=7.4, sick_share=0.055, p_vacant=0.105)
YEAR = Run.of_weeks(0, 52, 0)


def ward(number: int, role: Role = AWAY, **changes):
    """A scenario with so many nurses who are sometimes away."""
    return tiny(roles=(role, SPECIALIST, CONSULTANT), teams=(team(people=posts(nurses(number))),), run=YEAR, **changes)


def years(scenario, key=KEY):
    """Everything about each person, by code."""
    staff = draw_staff(scenario, key)
    columns = (staff.vacant, staff.willingness, staff.east, staff.north)
    return {
        person.code: (*(column[row] for column in columns), staff.leave[row].tolist(), staff.sick[row].tolist())
        for row, person in enumerate(staff.people)
    }


def test_another_nurse_changes_nobody_s_year():
    """Catches draws in order of hiring."""
    five, six = years(ward(5)), years(ward(6))
    assert {code: six[code] for code in five} == five


def test_another_team_before_theirs_changes_nobody_s_year():
    base = ward(4)
    more = replace(base, teams=(team("consultants", people("consultant", 3)), *base.teams))
    assert years(base).items() < years(more).items()


def test_nobody_s_year_depends_on_the_pool_they_work_in():
    """The same people in two teams and in one pool of two areas."""
    areas = (area("AAA", mean_km=8.0), area("BBB", mean_km=4.0))
    apart = replace(ward(1), areas=areas, teams=(team(people=nurses(3)), team(people=nurses(2, "BBB"))))
    pool = replace(apart, teams=(team(people=(*nurses(3), *nurses(2, "BBB"))),))
    assert years(apart) == years(pool)


def test_more_weeks_leave_the_first_as_they_are():
    staff, longer = draw_staff(ward(9), KEY), draw_staff(replace(ward(9), run=Run.of_weeks(17, 104, 2)), KEY)
    days = staff.sick.shape[1]
    np.testing.assert_array_equal(longer.sick[:, :days], staff.sick)
    np.testing.assert_array_equal(longer.leave[:, :days], staff.leave)


def test_more_sickness_keeps_the_weeks_that_were_sick():
    few, many = draw_staff(ward(50), KEY), draw_staff(ward(50, replace(AWAY, sick_share=0.2)), KEY)
    assert (many.sick | ~few.sick).all()
    assert many.sick.sum() > few.sick.sum()
    np.testing.assert_array_equal(few.leave, many.leave)


def test_shares_of_absence():
    """7.4 weeks of leave in 52.2, 5.5 % sick, 10.5 % of posts vacant; G has the mean of its beta, 0.8."""
    staff = draw_staff(ward(2000), KEY)
    for found, share in ((staff.leave, 7.4 / (365.25 / 7)), (staff.sick, 0.055), (staff.vacant, 0.105)):
        independent = found.size / (7 if found.ndim == 2 else 1)  # absences are whole weeks
        assert abs(found.mean() - share) < BUDGET * np.sqrt(share * (1 - share) / independent)
    assert abs(staff.willingness.mean() - 0.8) < BUDGET * 0.121 / np.sqrt(2000)
    assert staff.absent().mean() > staff.leave.mean()


def test_nobody_is_ever_away_when_the_role_says_so():
    assert not draw_staff(ward(50, NURSE), KEY).absent().any()


def test_people_are_never_vacant():
    """Catches a planner's own number of people that loses a tenth of them: only posts of an establishment may be."""
    people_in_post = replace(ward(200), teams=(team(people=nurses(200)),))
    assert not draw_staff(people_in_post, KEY).vacant.any()


def test_a_vacant_post_is_absent_all_along():
    staff = draw_staff(ward(200), KEY)
    assert staff.vacant.any()
    assert staff.absent()[staff.vacant].all()


@pytest.mark.parametrize(("time", "day"), [(9.0, 0), (168 + 8.99, 6), (168 + 9.0, 7), (8.99, 0)])
def test_a_day_of_absence_runs_from_nine_to_nine(time, day):
    """Catches a weekend on call cut at midnight on Sunday."""
    assert day_of(time) == day


def test_every_hour_of_a_run_has_its_day_of_absence():
    """Catches a table one week too short for the last duties."""
    staff = draw_staff(ward(1), KEY)
    assert staff.absent().shape[1] > day_of(YEAR.horizon + 7 * 24)


def test_people_start_round_the_centre_of_their_own_area():
    areas = (area("AAA", mean_km=0.0), area("BBB", latitude=1.0, mean_km=0.0))
    pool = tiny(areas=areas, teams=(team(people=(*nurses(1), *nurses(1, "BBB"))),))
    staff = draw_staff(pool, KEY)
    assert staff.north.tolist() == pytest.approx([0.0, 111.32])
    assert staff.area.tolist() == [0, 1]
    assert [rows.tolist() for rows in staff.members] == [[0, 1]]


def test_england_in_another_order_has_the_same_people():
    base = replace(england(), run=Run.of_weeks(0, 8, 0))
    assert years(replace(base, areas=base.areas[::-1], teams=base.teams[::-1])) == years(base)


def test_no_teams_no_people():
    staff = draw_staff(tiny(teams=()), KEY)
    assert staff.people == ()
    assert staff.absent().shape[0] == 0


def test_leave_is_spread_over_the_year():
    """Catches leave drawn week by week: 7.4 weeks a year are 7 or 8 weeks for everybody, never 3 or 12."""
    staff = draw_staff(ward(300), KEY)
    weeks = staff.leave[:, : 52 * 7].sum(axis=1) / 7
    assert weeks.min() >= 6
    assert weeks.max() <= 9


def test_spells_of_sickness_give_the_share_and_the_mean_length():
    """Catches a share of spells read as a share of days."""
    scenario = replace(ward(1500), rota=replace(tiny().rota, sick_spell_days=7.0))
    sick = draw_staff(scenario, KEY).sick
    assert abs(sick.mean() - 0.055) < BUDGET * np.sqrt(0.055 * 0.945 / (sick.size / 14))
    starts = (sick[:, 1:] & ~sick[:, :-1]).sum()
    # an overlapping pair is one longer absence: a little above the mean of 7.5 whole days
    assert 7.4 < sick.sum() / starts < 8.3


def test_one_person_in_two_teams_is_one_person():
    pool = tiny(teams=(team("nurses", nurses(2)), team("helpline", nurses(1))))
    staff = draw_staff(pool, KEY)
    assert len(staff.people) == 2
    assert [rows.tolist() for rows in staff.members] == [[0, 1], [0]]
