"""The people as one table: whose absence is whose, and that nobody's year depends on a colleague."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.domain.scenario import Run
from sim.domain.staff import Role
from sim.rota.absence import day_of, wish_leave
from sim.rota.staff import draw_staff
from tests.tiny import CONSULTANT, KEY, NURSE, SPECIALIST, area, england, nurses, people, posts, team, tiny

BUDGET = 5.0  # standard errors: a false alarm once in 1.7 million comparisons
AWAY = replace(NURSE, leave_weeks=7.4, sick_share=0.055, p_vacant=0.105)
YEAR = Run.of_weeks(0, 52, 0)


def ward(number: int, role: Role = AWAY, **changes):
    """A scenario with so many posts of nurses who are sometimes away."""
    usual = {"roles": (role, SPECIALIST, CONSULTANT), "teams": (team(people=posts(nurses(number))),), "run": YEAR}
    return tiny(**{**usual, **changes})


def planned(number: int, share: float = 1 / 3, role: Role = AWAY, **changes):
    """The same with people who take leave in turns: no more than a share of the team in one week."""
    rules = replace(tiny().rota, leave_together_max=share)
    return ward(number, role, teams=(team(people=nurses(number)),), rota=rules, **changes)


def weeks_of_leave(scenario, key=KEY) -> np.ndarray:
    """Leave by person and week."""
    return draw_staff(scenario, key).leave[:, ::7]


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
    apart = ward(1, areas=areas, teams=(team(people=nurses(3)), team(people=nurses(2, "BBB"))))
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
    for found, share in ((staff.leave[~staff.vacant], 7.4 / (365.25 / 7)), (staff.sick, 0.055), (staff.vacant, 0.105)):
        independent = found.size / (7 if found.ndim == 2 else 1)  # absences are whole weeks
        assert abs(found.mean() - share) < BUDGET * np.sqrt(share * (1 - share) / independent)
    assert abs(staff.willingness.mean() - 0.8) < BUDGET * 0.121 / np.sqrt(2000)
    assert staff.absent().mean() > staff.leave.mean()


def test_nobody_is_ever_away_when_the_role_says_so():
    assert not draw_staff(ward(50, NURSE), KEY).absent().any()


def test_people_are_never_vacant():
    """Catches a planner's own number of people that loses a tenth of them: only posts of an establishment may be."""
    assert not draw_staff(ward(200, teams=(team(people=nurses(200)),)), KEY).vacant.any()


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
    weeks = staff.leave[~staff.vacant, : 52 * 7].sum(axis=1) / 7
    assert weeks.min() >= 6
    assert weeks.max() <= 9


def test_leave_is_planned_so_that_a_third_of_a_team_are_away_at_most():
    """Catches leave as it falls: three or four of seven away in one week, now and then."""
    assert weeks_of_leave(ward(7)).sum(axis=0).max() > 2
    for replication in range(20):
        assert weeks_of_leave(planned(7), (1, replication)).sum(axis=0).max() <= 2


def test_everybody_takes_the_leave_they_wish_for_week_by_week_or_moved():
    """As many weeks as wished for in each year of the run, and no other person's year longer for it."""
    wished = draw_wishes(planned(6), 104)
    for share in (1 / 3, 1.0):
        taken = weeks_of_leave(planned(6, share, run=Run.of_weeks(0, 102, 0)))
        for year in range(2):
            inside = slice(52 * year, 52 * year + 52)
            assert taken[:, inside].sum(axis=1).tolist() == [
                sum(52 * year <= week < 52 * year + 52 for week in weeks) for weeks in wished
            ]


def draw_wishes(scenario, weeks: int) -> list[list[int]]:
    """The weeks each person would like to be away."""
    number = draw_staff(scenario, KEY).key
    owed = np.array([scenario.role(person.role).leave_weeks for team in scenario.teams for person in team.people])
    return [[week for week in row if week < weeks] for row in wish_leave(KEY, number, owed, weeks).tolist()]


def test_a_wish_does_not_change_when_somebody_joins():
    assert draw_wishes(planned(7), 104)[:6] == draw_wishes(planned(6), 104)


def test_whoever_stands_before_in_the_list_keeps_the_leave_they_have():
    """A seventh nurse leaves room for two as before: the first six take the weeks they took."""
    six, seven = weeks_of_leave(planned(6)), weeks_of_leave(planned(7))
    np.testing.assert_array_equal(seven[:6], six)


def test_a_longer_run_has_the_same_leave_at_first():
    short, long = planned(5), planned(5, run=Run.of_weeks(17, 104, 2))
    np.testing.assert_array_equal(weeks_of_leave(long)[:, :54], weeks_of_leave(short))


def test_a_vacant_post_takes_no_leave_and_makes_no_room():
    """Of six posts with half of them empty one may be away at a time, not two."""
    half = replace(AWAY, p_vacant=0.5)
    rules = replace(tiny().rota, leave_together_max=1 / 3)
    staff = draw_staff(ward(6, half, rota=rules), KEY)
    there = int((~staff.vacant).sum())
    assert 0 < there < 6
    assert not staff.leave[staff.vacant].any()
    assert staff.leave[:, ::7].sum(axis=0).max() <= max(there // 3, 1)


def test_somebody_of_two_teams_is_planned_in_the_first():
    """The shared nurse takes the weeks of her first team; the second plans round them."""
    rules = replace(tiny().rota, leave_together_max=1 / 3)
    shared, alone = nurses(4)[:1], nurses(4)[1:]
    both = ward(1, teams=(team(people=shared), team("line", (*shared, *alone))), rota=rules)
    one = ward(1, teams=(team(people=shared),), rota=rules)
    np.testing.assert_array_equal(weeks_of_leave(both)[0], weeks_of_leave(one)[0])
    assert weeks_of_leave(both).sum(axis=0).max() == 1
    assert draw_staff(both, KEY).crowded == (0, 0)


def test_weeks_in_which_too_many_are_away_are_counted():
    """Two people who are each away half of the year, one at a time: 52 weeks of leave fill 52 weeks, no more fits."""
    half = replace(AWAY, leave_weeks=26.0, sick_share=0.0)
    assert weeks_of_leave(planned(2, role=half)).sum(axis=0).max() == 1
    staff = draw_staff(planned(3, role=half), KEY)
    assert staff.crowded[0] == (staff.leave[:, ::7].sum(axis=0) > 1).sum() > 0


def test_sickness_has_a_winter_and_keeps_its_mean():
    """A tenth more at the turn of the year and a tenth less in July: 5.5 % x 1.1 and x 0.9."""
    cold = replace(tiny().rota, sick_winter_amplitude=0.1)
    sick = draw_staff(ward(4000, rota=cold, run=Run.of_weeks(0, 156, 0)), KEY).sick[:, : 156 * 7 : 7]
    week = np.arange(156)
    wave = np.cos(2 * np.pi * (week * 7 + 6) / 365.25)  # the middle of the first week is the 7th of January
    amplitude = 2 * (sick.mean(axis=0) * wave).mean() / 0.055
    assert amplitude == pytest.approx(0.1, abs=BUDGET * np.sqrt(2 * 0.945 / 0.055 / sick.size))
    assert abs(sick.mean() - 0.055) < BUDGET * np.sqrt(0.055 * 0.945 / sick.size)


def test_spells_have_a_winter_too():
    cold = replace(tiny().rota, sick_winter_amplitude=1.0, sick_spell_days=7.0)
    sick = draw_staff(ward(800, rota=cold), KEY).sick
    assert sick[:, 178:188].mean() < 0.02 < 0.09 < sick[:, 340:360].mean()


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
