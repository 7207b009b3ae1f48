"""Stepped-up rotas: duties that stand up when a child at home gets worse, and stand down after the death."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.demand.episodes import DYING, Phases
from sim.domain.calendar import ALL_DAYS, Calendar, Span, out_of_hours_spans
from sim.domain.intervals import merged
from sim.domain.scenario import Place, Run
from sim.exposure import on_paper, without_visit
from sim.place import lay_out
from sim.place.setting import Setting
from sim.place.stepped_up import stand_up, stood_up
from sim.rota.paper import paper_cover
from tests.tiny import KEY, MONDAY, absent, area, family, nurses, pattern, setting, team, tiny

DARK = out_of_hours_spans(Calendar(MONDAY))
CALLED_UP = pattern("called_up", DARK, at="on_call", stepped_up="deteriorating")
ALWAYS_READY = pattern("called_up", stepped_up="deteriorating")  # round the clock, to see the hours it stands


def standby_rota(number: int = 2, patterns=(ALWAYS_READY,), **changes):
    """A team of so many nurses with a stepped-up rota, for two weeks."""
    usual = {"teams": (team(people=nurses(number), patterns=patterns),), "run": Run.of_weeks(0, 2, 0)}
    return tiny(**{**usual, **changes})


def stood(scenario, *families, offered=None, staff=None) -> Setting:
    """A setting whose duties stand up for its families, all of them at home unless offered says otherwise."""
    laid = setting(scenario, families, staff=staff)
    at_home = laid.offered if offered is None else np.array(offered)
    duties = stand_up(scenario, laid.demand, at_home, laid.duties)
    return replace(laid, duties=duties, offered=at_home)


def rows(laid: Setting, pattern: int = 0) -> list[tuple[float, float, int]]:
    """Start, end and person of the duties of one pattern, by time."""
    here = laid.duties.pattern == pattern
    columns = (laid.duties.start[here], laid.duties.end[here], laid.duties.person[here])
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def standing(laid: Setting, pattern: int = 0) -> list[tuple[float, float]]:
    """The hours in which anybody's duty stands, merged."""
    return merged([(start, end) for start, end, _ in rows(laid, pattern)])


# -- when it stands ---------------------------------------------------------------------------------------------------


def test_from_a_day_after_the_child_gets_worse_until_four_hours_after_the_death():
    """Catches duties from the first hour, or down at the hour of the death, when the nurse is still needed."""
    assert standing(stood(standby_rota(), family(deteriorates=30, death=100))) == [(54, 104)]


def test_two_children_whose_last_days_overlap_are_one_spell():
    """It stands down after the last death, not after the first."""
    one, two = family(deteriorates=30, death=100), family(deteriorates=60, death=150)
    assert standing(stood(standby_rota(), one, two)) == [(54, 154)]


def test_two_children_one_after_the_other_are_two_spells():
    one, two = family(deteriorates=30, death=100), family(deteriorates=150, death=200)
    assert standing(stood(standby_rota(), one, two)) == [(54, 104), (174, 204)]


def test_two_children_at_once_call_up_one_nurse():
    """Catches a duty for each child: there is one seat."""
    laid = stood(standby_rota(), family(deteriorates=0, death=100), family(deteriorates=0, death=100))
    assert sum(end - start for start, end, _ in rows(laid)) == 104 - 24


def test_the_last_days_are_counted_from_the_dying_phase_if_the_rota_says_so():
    scenario = standby_rota(patterns=(replace(ALWAYS_READY, stepped_up="dying"),))
    laid = setting(scenario, [family(deteriorates=30, death=150)])
    spells = Phases(
        np.array([0, 0]), np.array([2, DYING]), np.array([30.0, 90.0]), np.array([90.0, 150.0]), np.array([30.0])
    )
    table = replace(laid.demand, phases=spells)
    assert stood_up(scenario, table, laid.offered, 0, "dying") == [(114, 154)]
    assert stood_up(scenario, table, laid.offered, 0, "deteriorating") == [(54, 154)]


def test_a_child_who_never_was_dying_calls_up_nobody_for_the_dying():
    scenario = standby_rota(patterns=(replace(ALWAYS_READY, stepped_up="dying"),))
    assert rows(stood(scenario, family(deteriorates=30, death=150))) == []


@pytest.mark.parametrize(("death", "hours"), [(50.0, []), (50.5, [(54, 54.5)]), (49.0, [])])
def test_a_death_before_the_rota_can_stand_up_calls_up_nobody(death, hours):
    """Worse at 30, so it would stand from 54: a death by 50 is over before. Catches intervals that run backwards."""
    assert standing(stood(standby_rota(), family(deteriorates=30, death=death))) == hours


def test_a_child_who_got_worse_before_time_0_is_stood_by_from_time_0():
    assert standing(stood(standby_rota(), family(start=-300, deteriorates=-200, death=40))) == [(0, 44)]


def test_children_not_at_home_of_other_areas_or_in_the_background_call_up_nobody():
    scenario = standby_rota(areas=(area("AAA"), area("BBB")))
    child, elsewhere = family(deteriorates=30, death=100), family(deteriorates=30, death=100, area="BBB")
    assert rows(stood(scenario, child, offered=[False])) == []
    assert rows(stood(scenario, elsewhere)) == []
    laid = setting(scenario, [child])
    background = replace(laid.demand.families, background=np.array([True]))
    table = replace(laid.demand, families=background)
    assert len(stand_up(scenario, table, laid.offered, laid.duties)) == 0


def test_a_pool_stands_up_for_a_child_of_any_of_its_areas():
    areas = (area("AAA"), area("BBB"))
    pool = team(people=nurses(2), areas=("AAA", "BBB"), patterns=(ALWAYS_READY,))
    child = family(deteriorates=30, death=100, area="BBB")
    assert standing(stood(standby_rota(areas=areas, teams=(pool,)), child)) == [(54, 104)]


def test_with_no_child_at_home_there_are_no_duties():
    """Catches a crash on an empty rota: an area with nothing else, in a year without a child."""
    laid = stood(standby_rota())
    assert len(laid.duties) == 0
    assert laid.duties.person.dtype == np.int64
    assert laid.duties.visiting.dtype == np.bool_


def test_a_team_of_nobody_that_steps_up_has_gaps():
    scenario = standby_rota(teams=(replace(team(patterns=(ALWAYS_READY,)), people=()),))
    assert {who for _, _, who in rows(stood(scenario, family(deteriorates=30, death=100)))} == {-1}


# -- which duties, and whose ------------------------------------------------------------------------------------------


def test_duties_keep_their_hours_and_holders_but_for_the_cut():
    """Out of hours by turns: stands from Wednesday 06:00 to Friday 08:00. The nights are whose they would have been."""
    laid = stood(standby_rota(patterns=(CALLED_UP,)), family(deteriorates=30, death=100))
    # nights of the standing rota: Monday to 09:00 the first, then Monday, Tuesday ... evenings second, first, second
    assert rows(laid) == [(54, 57, 0), (65, 81, 1), (89, 104, 0)]


def test_standing_rotas_of_the_same_team_are_left_alone():
    day = pattern("day", (Span(ALL_DAYS, 9.0, 17.0),))
    alone = rows(stood(standby_rota(patterns=(day,)), family(deteriorates=30, death=100)))
    beside = stood(standby_rota(patterns=(day, CALLED_UP)), family(deteriorates=30, death=100))
    assert rows(beside, pattern=0) == alone
    assert rows(beside, pattern=1)


def test_two_phases_in_one_team_stand_each_by_their_own():
    """Telephone advice from deterioration, visits from dying (here never): catches one word used for both."""
    telephone = replace(ALWAYS_READY, name="telephone", visiting=False)
    scenario = standby_rota(3, patterns=(telephone, replace(ALWAYS_READY, stepped_up="dying")))
    laid = stood(scenario, family(deteriorates=30, death=100))
    assert standing(laid, pattern=0) == [(54, 104)]
    assert standing(laid, pattern=1) == []


def test_gaps_are_cut_like_duties():
    """The second is away and nobody covers: her night is a gap for the hours it stands, and no gap at any other."""
    rota = replace(CALLED_UP, prospective_cover=False)
    scenario = standby_rota(patterns=(rota,))
    laid = stood(scenario, family(deteriorates=30, death=100), staff=absent(scenario, leave={1: range(4)}))
    assert rows(laid) == [(54, 57, 0), (65, 81, -1), (89, 104, 0)]


def test_rows_stay_in_the_order_of_teams_patterns_and_turns():
    laid = stood(standby_rota(patterns=(pattern("day", (Span(ALL_DAYS, 9.0, 17.0),)), CALLED_UP)), family(death=300))
    order = list(zip(laid.duties.team, laid.duties.pattern, laid.duties.turn, strict=True))
    assert order == sorted(order)


def test_without_a_stepped_up_rota_nothing_is_touched():
    laid = setting(tiny(), [family()])
    assert stand_up(tiny(), laid.demand, laid.offered, laid.duties) is laid.duties


# -- what it is worth -------------------------------------------------------------------------------------------------


def test_on_paper_it_counts_as_stood_up():
    """The offer of a place at home reckons with a rota that would stand up: c = 1, as if it stood all year."""
    standing_all_year = standby_rota(patterns=(replace(CALLED_UP, stepped_up=""),))
    assert paper_cover(standby_rota(patterns=(CALLED_UP,)), ("full",)).tolist() == [1.0]
    assert paper_cover(standing_all_year, ("full",)).tolist() == [1.0]


def test_the_hours_before_it_stands_up_are_uncovered():
    """Episode of 100 hours, stood up for the last 46 of them. Paper with nobody away stands up no earlier."""
    scenario = standby_rota()
    laid = stood(scenario, family(start=0, deteriorates=30, death=100))
    for duties in (laid.duties, on_paper(scenario, laid, KEY)):
        gaps = without_visit(scenario, laid, duties)
        assert gaps.uncovered.tolist() == [54]


def test_families_laid_out_by_the_model_are_stood_by():
    """Deaths two days after deteriorating (phases of 24 hours): each stands for its last day and four hours."""
    scenario = standby_rota(place=Place(1.0, 0.5, 0.0))
    laid = lay_out(scenario, *KEY)
    families = laid.demand.families
    expected = merged([(max(d - 24.0, 0.0), d + 4.0) for d in families.death.tolist()])
    # duties are laid to the end of the turn that begins last
    last = float(laid.duties.end.max())
    expected = [(start, min(end, last)) for start, end in expected if start < last]
    np.testing.assert_allclose(standing(laid), expected)


def test_calling_up_moves_nobody_s_place_and_nobody_s_death():
    """The same children, at home or not, with the rota standing all year and called up."""
    called, always = standby_rota(), standby_rota(patterns=(replace(ALWAYS_READY, stepped_up=""),))
    one, two = lay_out(called, *KEY), lay_out(always, *KEY)
    np.testing.assert_array_equal(one.offered, two.offered)
    np.testing.assert_array_equal(one.demand.families.death, two.demand.families.death)
    assert len(one.duties) > 0
    assert (one.duties.end - one.duties.start).sum() < (two.duties.end - two.duties.start).sum()
