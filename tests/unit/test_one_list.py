"""One list serves a team: a seat whose holder sits in another at the time goes to the next who is free."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import Run
from sim.domain.staff import Pool
from sim.rota.alarms import alarms
from sim.rota.audit import audit
from sim.rota.duties import GAP
from sim.rota.seats import seats
from sim.rota.staff import draw_staff
from tests.tiny import KEY, MONDAY, absent, area, duties_of, held, nurses, pattern, team, tiny

DARK = out_of_hours_spans(Calendar(MONDAY))
FIRST = pattern("first", DARK, at="on_call")
SECOND, THIRD = replace(FIRST, name="second"), replace(FIRST, name="third")
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")


def rota(number: int, *patterns, weeks: int = 4, **changes):
    crew = team(people=nurses(number), patterns=patterns)
    return tiny(teams=(crew,), run=Run.of_weeks(0, weeks, 0), **changes)


def gaps(duties, pattern: int | None = None) -> float:
    """Hours that nobody holds, of one pattern or of all."""
    rows = (duties.person == GAP) & ((duties.pattern == pattern) | (pattern is None))
    return float((duties.end - duties.start)[rows].sum())


def holders(duties, pattern: int) -> list[int]:
    return [who for _, _, who in held(duties, pattern)]


@pytest.mark.parametrize("rotation", ["night", "weekend_split", "week", "shift"])
def test_first_and_second_on_call_of_four_have_no_gap(rotation):
    """Would catch both lists beginning with the first person: the second seat a gap on every night of the year."""
    duties = duties_of(rota(4, replace(FIRST, rotation=rotation), replace(SECOND, rotation=rotation)))
    assert gaps(duties) == 0
    first, second = holders(duties, 0), holders(duties, 1)
    assert first[:4] == [0, 1, 2, 3] or rotation in ("week", "shift")
    assert second == [(who + 1) % 4 for who in first]


@pytest.mark.parametrize("people", [3, 4, 7])
def test_three_on_call_at_once_need_three_people_and_no_more(people):
    duties = duties_of(rota(people, FIRST, SECOND, THIRD))
    assert gaps(duties) == 0
    assert all(len(set(night)) == 3 for night in zip(*(holders(duties, n) for n in range(3)), strict=True))


def test_with_too_few_people_the_pattern_written_last_is_the_gap():
    duties = duties_of(rota(2, FIRST, SECOND, THIRD))
    assert (gaps(duties, 0), gaps(duties, 1)) == (0, 0)
    assert set(holders(duties, 2)) == {GAP}


@pytest.mark.parametrize("rotations", [("night", "week"), ("week", "night")])
def test_only_the_nights_that_clash_leave_their_week(rotations):
    """A week on second call is its holder's but for the nights on which she is first: nobody else is free all week."""
    first, second = (replace(one, rotation=word) for one, word in zip((FIRST, SECOND), rotations, strict=True))
    duties = duties_of(rota(4, first, second))
    assert gaps(duties) == 0
    week = [who for start, _, who in held(duties, rotations.index("week")) if 17 <= start < 17 + 168]
    assert week.count(1) == max(week.count(who) for who in range(4))


def test_a_pattern_of_few_goes_before_one_of_many():
    """The second seat is one person's alone: on her turn for the first it goes to the next, and neither is a gap."""
    duties = duties_of(rota(3, FIRST, replace(SECOND, only=(1,))))
    assert gaps(duties) == 0
    assert set(holders(duties, 1)) == {0}
    assert 0 not in holders(duties, 0)


def test_patterns_that_share_nobody_keep_their_turns():
    one, other = replace(FIRST, only=(1, 2)), replace(SECOND, only=(3, 4))
    duties = duties_of(rota(4, one, other))
    assert holders(duties, 0)[:3] == [0, 1, 0]
    assert holders(duties, 1)[:3] == [2, 3, 2]


def test_patterns_at_other_hours_keep_their_turns():
    """Evening and night of one day go to the same person, as they always did: nobody holds two at once."""
    evening, late = (Span(ALL_DAYS, 17.0, 22.0),), (Span(ALL_DAYS, 22.0, 33.0),)
    duties = duties_of(rota(3, pattern("evening", evening, at="on_call"), pattern("late", late, at="on_call")))
    assert holders(duties, 0)[:3] == [0, 1, 2]
    assert holders(duties, 1)[:4] == [0, 1, 2, 0]  # the first is what is left of the night before


def test_whoever_is_at_work_in_a_seat_is_not_on_call_at_the_same_time():
    """Somebody else of the list is: two people are there, where one was."""
    late = pattern("late", (Span(ALL_DAYS, 16.0, 22.0),), rotation="shift")
    duties = duties_of(rota(2, FIRST, late))
    assert gaps(duties) == 0
    at_work = {start: who for start, _, who in held(duties, 1)}
    for start, end, who in held(duties, 0):
        if end - start > 9:
            day = 24.0 * (start // 24)
            assert at_work[day + 16] != who


def test_everybody_at_work_by_day_takes_nobody_off_the_rota():
    """A shift of everybody is no seat: who is on call round the clock gives way to it by day, and keeps her turn."""
    duties = duties_of(rota(3, DAY, pattern("always", at="on_call")))
    assert gaps(duties) == 0
    assert holders(duties, 1)[:4] == [0, 1, 2, 0]


def test_everybody_at_work_by_day_leaves_no_gap_in_a_seat_at_work():
    """Whoever has the long day works it in place of her share of the shift: every hour is held, and by her once."""
    duties = duties_of(rota(3, DAY, pattern("long day", (Span(ALL_DAYS, 8.0, 20.0),), rotation="shift")))
    assert gaps(duties) == 0
    assert {end - start for start, end, _ in held(duties, 1)} == {12.0}
    for day, (start, _, who) in enumerate(held(duties, 1)):
        assert who not in [one for begins, _, one in held(duties, 0) if begins // 24 == start // 24 == day]


def test_a_pool_of_two_seats_for_each_of_two_rotas():
    """Two areas bring two seats each to first and second call: four of five people sit, and nobody twice."""
    crew = (*nurses(3), *nurses(2, "BBB"))
    shared = team(people=crew, areas=("AAA", "BBB"), patterns=(FIRST, SECOND), pool=Pool("kept"))
    duties = duties_of(tiny(areas=(area(), area("BBB")), teams=(shared,)))
    assert gaps(duties) == 0
    starts = duties.start == 17.0
    assert sorted(duties.person[starts].tolist()) in [sorted(set(range(5)) - {n}) for n in range(5)]


def test_cover_takes_nobody_from_another_seat():
    """The first on call is away: the next of the list is second on call already, so the one after her takes it.

    Would catch a leave that is covered by a gap in the other rota.
    """
    evenings = (Span(ALL_DAYS, 17.0, 22.0),)
    scenario = rota(4, replace(FIRST, spans=evenings), replace(SECOND, spans=evenings))
    duties = duties_of(scenario, absent(scenario, leave={0: range(6)}))
    assert (holders(duties, 0)[4], holders(duties, 1)[4]) == (2, 1)
    assert gaps(duties) == 0


# -- what is said ------------------------------------------------------------------------------------------------------


def warnings(scenario) -> list[str]:
    staff, duties = draw_staff(scenario, KEY), duties_of(scenario)
    found = audit(scenario, staff, duties)
    return alarms(scenario, staff, found, np.arange(0), seats(scenario, duties))


def test_the_warning_says_why_a_seat_is_empty():
    """Would catch "more seats than people" of a seat that four people may hold."""
    year = {"weeks": 52}
    assert warnings(rota(4, FIRST, SECOND, **year)) == []
    assert warnings(rota(1, FIRST, SECOND, **year)) == [
        "nurses:AAA: second is empty for 6,656 of its 6,656 hours a year with nobody away: whoever works it has "
        "another duty then"
    ]
    assert warnings(rota(2, replace(FIRST, seats=3), **year)) == [
        "nurses:AAA: first has 3 seats and 2 people: 6,656 of its 19,968 hours a year are gaps with nobody away"
    ]


# -- for any patterns --------------------------------------------------------------------------------------------------

HOURS = st.sampled_from([(17.0, 33.0), (20.0, 34.0), (8.0, 20.0), (0.0, 24.0), (22.0, 30.0)])
SEATS = st.builds(
    lambda hours, at, count, rotation, only: pattern(
        "rota", (Span(ALL_DAYS, *hours),), at=at, seats=count, rotation=rotation, only=only
    ),
    HOURS,
    st.sampled_from(["work", "on_call"]),
    st.integers(1, 2),
    st.sampled_from(["night", "shift"]),
    st.sampled_from([(), (), (1,), (1, 2), (2, 3)]),
)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(3, 6), st.lists(SEATS, min_size=2, max_size=3))
def test_a_seat_is_a_gap_on_paper_only_if_everybody_on_its_list_sits_elsewhere(number, patterns):
    """In some hour of the turn: a turn of one night goes to whoever is free for all of it, if anybody is."""
    duties = duties_of(rota(number, *patterns, weeks=2))
    for row in np.flatnonzero(duties.person == GAP):
        turn = np.flatnonzero((duties.pattern == duties.pattern[row]) & (duties.turn == duties.turn[row]))
        start, end = duties.start[turn].min(), duties.end[turn].max()
        meets = (duties.start < end) & (duties.end > start) & (duties.person >= 0)
        only = patterns[int(duties.pattern[row])].only
        assert {place - 1 for place in only} or set(range(number)) <= set(duties.person[meets].tolist())
