"""What holds for planned leave, whatever the teams and the wishes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.rota.leave import YEAR, crowded, grant

STEADY = settings(deadline=None, derandomize=True, max_examples=80)
YEARS = 2
WEEKS = YEARS * YEAR


@st.composite
def plans(draw, most_wishes=12):
    """Wishes of some people, and one or two teams of them that may share people."""
    people = draw(st.integers(1, 8))
    wish = st.lists(st.integers(0, WEEKS - 1), max_size=most_wishes)
    wishes = [sorted(draw(wish)) for _ in range(people)]
    everybody = draw(st.permutations(range(people)))
    other = draw(st.lists(st.sampled_from(range(people)), unique=True, max_size=people))
    teams = [np.array(everybody), *([np.array(other)] if other else [])]
    return wishes, teams, [draw(st.integers(1, 3)) for _ in teams]


def table(wishes: list[list[int]]) -> np.ndarray:
    """Wishes as a table, never where somebody has fewer than others."""
    size = max((len(one) for one in wishes), default=0) + 1
    return np.array([[*one, *[WEEKS] * (size - len(one))] for one in wishes])


@STEADY
@given(plans())
def test_everybody_is_away_as_many_weeks_of_each_year_as_they_wished(made):
    wishes, teams, most = made
    away = grant(table(wishes), teams, most, WEEKS)
    for person, mine in enumerate(wishes):
        for year in range(YEARS):
            inside = slice(year * YEAR, (year + 1) * YEAR)
            assert away[person, inside].sum() == sum(inside.start <= week < inside.stop for week in mine)


@STEADY
@given(plans())
def test_more_than_may_be_are_away_only_where_the_year_has_no_other_week(made):
    """In one team: a crowded week holds a wish that stands, and then somebody's year is full."""
    wishes, teams, most = made
    away = grant(table(wishes), teams[:1], most[:1], WEEKS)
    over = crowded(away, teams[0], most[0])
    together = away.sum(axis=0)
    for week in np.flatnonzero(over).tolist():
        year = slice(week // YEAR * YEAR, week // YEAR * YEAR + YEAR)
        assert ((together[year] >= most[0]) | away[:, year].any(axis=0)).all()
    assert not over.any() or max(map(len, wishes)) * len(wishes) > most[0] * YEAR


@STEADY
@given(plans(most_wishes=6))
def test_leave_that_fits_is_never_crowded(made):
    """Eight people of six weeks a year are 48 of 52: one at a time they all fit."""
    wishes, teams, most = made
    assert not crowded(grant(table(wishes), teams[:1], most[:1], WEEKS), teams[0], most[0]).any()


@STEADY
@given(plans(), st.lists(st.integers(0, WEEKS - 1), max_size=9))
def test_whoever_joins_at_the_end_of_the_list_changes_nobody_s_leave(made, theirs):
    wishes, teams, most = made
    more = [*wishes, sorted(theirs)]
    longer = [np.append(teams[0], len(wishes)), *teams[1:]]
    before, after = (grant(table(w), t, most, WEEKS) for w, t in ((wishes, teams), (more, longer)))
    np.testing.assert_array_equal(after[: len(wishes)], before)


@STEADY
@given(plans())
def test_a_wish_is_moved_only_from_a_week_that_is_full_or_hers(made):
    wishes, teams, most = made
    away = grant(table(wishes), teams[:1], most[:1], WEEKS)
    for person in range(len(wishes)):
        for week in set(wishes[person]) - set(np.flatnonzero(away[person]).tolist()):
            assert away[:, week].sum() >= most[0]
