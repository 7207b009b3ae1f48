"""What holds for every rota: nobody in two places, every seat-hour held or a gap, hours that add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.calendar import ALL_DAYS, HOURS_PER_DAY, WEEKDAYS, WEEKENDS, Calendar, Span
from sim.domain.scenario import RotaRules, Run
from sim.rota.absence import by_day, day_of
from sim.rota.duties import GAP
from tests.tiny import MONDAY, absent, area, duties_of, nurses, pattern, team, tiny

WEEKS = 3
STEADY = settings(deadline=None, derandomize=True, max_examples=60)
DAYS = st.sampled_from([WEEKDAYS, WEEKENDS, ALL_DAYS, frozenset({0, 4, 7})])
CLOCK = st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda pair: pair[0] < pair[1])
SPANS = st.lists(st.tuples(DAYS, CLOCK), min_size=1, max_size=3).map(
    lambda parts: tuple(Span(days, float(start), float(end)) for days, (start, end) in parts)
)
CALENDARS = st.frozensets(st.integers(0, 7 * WEEKS - 1), max_size=4).map(lambda days: Calendar(MONDAY, days))
PERSON_WEEKS = st.dictionaries(st.integers(0, 5), st.lists(st.integers(0, WEEKS + 1), max_size=3), max_size=4)
PATTERNS = st.builds(
    lambda spans, at, seats, rotation, cover: pattern(
        "rota", spans, at=at, seats=seats, rotation=rotation, prospective_cover=cover
    ),
    SPANS,
    st.sampled_from(["work", "on_call"]),
    st.integers(1, 3),
    st.sampled_from(["night", "weekend_split", "week"]),
    st.booleans(),
)
ONE_ROTA = st.tuples(PATTERNS)
SHIFTS = st.builds(lambda spans: pattern("shift", spans, seats=None, rotation="everyone", serves="home"), SPANS)


@st.composite
def rotas(draw, patterns=ONE_ROTA):
    """A scenario of one team with its absences."""
    number = draw(st.integers(1, 6))
    scenario = tiny(
        teams=(team(people=nurses(number), patterns=draw(patterns)),), run=Run.of_weeks(0, WEEKS, 0),
        calendar=draw(CALENDARS), rota=RotaRules(17.0, 9.0, draw(st.sampled_from([0.0, 0.5, 1.0]))),
    )  # fmt: skip
    away = {kind: {p: weeks for p, weeks in draw(PERSON_WEEKS).items() if p < number} for kind in ("leave", "sick")}
    vacant = [p for p in draw(st.lists(st.integers(0, 5), max_size=2)) if p < number]
    return scenario, absent(scenario, **away, vacant=vacant)


def asked_hours(scenario, spans) -> np.ndarray:
    """For each hour of the run, whether the spans ask for somebody."""
    calendar = scenario.calendar
    return np.array(
        [
            any(calendar.day_kind(h // 24) in s.days and s.start <= h % 24 < s.end for s in spans)
            for h in range(int(scenario.run.horizon))
        ]
    )


def counts(scenario, duties, rows) -> np.ndarray:
    """How many duties of the rows there are in each hour (all times are whole hours here)."""
    hour = np.arange(int(scenario.run.horizon))[:, None]
    return ((duties.start[rows] <= hour) & (hour < duties.end[rows])).sum(axis=1)


@STEADY
@given(rotas())
def test_every_seat_hour_is_held_or_a_gap(made):
    """Catches hours lost or doubled at hand-overs, holidays, covers: as many rows as seats when asked, else none."""
    scenario, staff = made
    rota = scenario.teams[0].patterns[0]
    duties = duties_of(scenario, staff)
    expected = asked_hours(scenario, rota.spans) * rota.seats
    np.testing.assert_array_equal(counts(scenario, duties, np.arange(len(duties))), expected)
    assert set(duties.person.tolist()) <= {GAP, *range(len(staff.people))}


@STEADY
@given(rotas(st.tuples(SHIFTS, PATTERNS, PATTERNS.map(lambda p: replace(p, name="second")))))
def test_nobody_is_in_two_duties_at_once(made):
    """One shift of everybody and two rotas, with whatever hours: catches a person counted twice, asleep and at work."""
    scenario, staff = made
    duties = duties_of(scenario, staff)
    for person in range(len(staff.people)):
        assert counts(scenario, duties, np.flatnonzero(duties.person == person)).max(initial=0) <= 1
    assert (duties.end > duties.start).all()


@STEADY
@given(rotas(st.tuples(SHIFTS, PATTERNS)))
def test_a_seat_of_a_rota_beside_a_shift_is_held_a_gap_or_given_way_to_work(made):
    """On call gives way only in hours when somebody of the team is at work."""
    scenario, staff = made
    rota = scenario.teams[0].patterns[1]
    duties = duties_of(scenario, staff)
    seats = counts(scenario, duties, np.flatnonzero(duties.pattern == 1))
    at_work = counts(scenario, duties, np.flatnonzero((duties.pattern == 0) & (duties.person >= 0)))
    missing = asked_hours(scenario, rota.spans) * rota.seats - seats
    assert (missing >= 0).all()
    assert (missing <= at_work * (rota.at == "on_call")).all()


@STEADY
@given(rotas())
def test_hours_of_people_and_gaps_add_up_to_the_hours_of_the_seats(made):
    scenario, staff = made
    rota = scenario.teams[0].patterns[0]
    duties = duties_of(scenario, staff)
    inside = np.minimum(duties.end, scenario.run.horizon) - np.minimum(duties.start, scenario.run.horizon)
    by_holder = np.bincount(duties.person + 1, weights=inside, minlength=len(staff.people) + 1)
    assert by_holder.sum() == asked_hours(scenario, rota.spans).sum() * rota.seats


def by_hour_of_absence(duties) -> dict[tuple[int, int, float], int]:
    """Who holds each stretch of a turn and seat within a day of absence, by turn, seat and start."""
    rows = zip(*(getattr(duties, name).tolist() for name in ("turn", "seat", "start", "end", "person")), strict=True)
    return {(turn, seat, piece[0]): who for turn, seat, start, end, who in rows for piece in by_day(start, end)}


@STEADY
@given(rotas(st.tuples(SHIFTS, PATTERNS)))
def test_nobody_holds_an_hour_in_which_they_are_away(made):
    """Catches absence looked at for the beginning of a turn, of a shift or of what is covered."""
    scenario, staff = made
    duties, away = duties_of(scenario, staff), staff.absent()
    for start, end, person in zip(duties.start.tolist(), duties.end.tolist(), duties.person.tolist(), strict=True):
        assert person == GAP or not any(away[person, day_of(begins)] for begins, _ in by_day(start, end))


@STEADY
@given(rotas())
def test_only_hours_of_absence_change_hands_and_nobody_is_asked_twice_a_cycle(made):
    """Compared with the same rota with nobody away: hours are their holder's, or somebody covers them, or a gap.

    Catches a turn lost whole for a day of absence.
    """
    scenario, staff = made
    rota, number = scenario.teams[0].patterns[0], len(staff.people)
    plan, kept, away = by_hour_of_absence(duties_of(scenario)), duties_of(scenario, staff), staff.absent()
    covers = set()
    assert plan.keys() == by_hour_of_absence(kept).keys()
    for (turn, seat, start), person in by_hour_of_absence(kept).items():
        holder = plan[turn, seat, start]
        if holder == GAP or not away[holder, day_of(start)]:
            assert person == holder
        elif person != GAP:
            assert rota.prospective_cover
            covers.add((person, turn * rota.seats // number, turn, seat))
    assert len(covers) == len({(person, cycle) for person, cycle, _, _ in covers})


@STEADY
@given(rotas(), st.permutations([0, 1, 2]))
def test_the_order_of_areas_and_teams_changes_no_duty(made, order):
    scenario, _ = made
    codes = ("AAA", "BBB", "CCC")
    areas = tuple(area(code) for code in codes)
    patterns = scenario.teams[0].patterns
    teams = tuple(team(people=nurses(n + 1, code), patterns=patterns) for n, code in enumerate(codes))
    away = replace(scenario.roles[0], leave_weeks=10.0, sick_share=0.1, p_vacant=0.1)
    base = replace(scenario, areas=areas, teams=teams, roles=(away, *scenario.roles[1:]))
    other = replace(base, areas=tuple(areas[k] for k in order), teams=tuple(teams[k] for k in order))
    assert rows_of(base) == rows_of(other)


def rows_of(scenario) -> set[tuple[float, float, str, str, int]]:
    """Every duty with its holder's code and its team's name."""
    duties = duties_of(scenario)
    codes = [person.code for team in scenario.teams for person in team.people] + ["gap"]
    names = [team.name for team in scenario.teams]
    columns = zip(*(getattr(duties, n).tolist() for n in ("start", "end", "person", "team", "turn")), strict=True)
    return {(start, end, codes[person], names[row], turn) for start, end, person, row, turn in columns}


@STEADY
@given(rotas())
def test_a_longer_run_has_the_same_duties_at_first(made):
    """Catches turns counted from the end of the run."""
    scenario, _ = made
    longer = replace(scenario, run=Run.of_weeks(0, WEEKS + 2, 0))
    last = scenario.run.horizon - 7 * HOURS_PER_DAY
    assert {r for r in rows_of(scenario) if r[1] < last} == {r for r in rows_of(longer) if r[1] < last}
