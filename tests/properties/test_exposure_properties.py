"""Exposure against a count of half-hours one by one, and what must hold whoever is on the rota."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.calendar import ALL_DAYS, WEEKDAYS, WEEKENDS, Calendar, Span
from sim.domain.scenario import RotaRules, Run
from sim.exposure import Gaps, exposed, on_paper, without_consultant, without_visit
from sim.measures.exposure import exposure
from sim.measures.rows import Groups
from sim.place import lay_out
from sim.rota.duties import Duties
from tests.tiny import (
    KEY,
    MONDAY,
    absent,
    area,
    england,
    family,
    nurses,
    pace,
    pattern,
    people,
    setting,
    team,
    tiny,
    travel,
)

STEADY = settings(deadline=None, derandomize=True, max_examples=60)
RUN = Run.of_weeks(1, 1, 1)
STEP = 0.5  # hours; every time drawn here is a multiple
AREAS = (area("AAA", mean_km=15.0), area("BBB", mean_km=15.0, latitude=0.4))
DAYS = st.sampled_from([WEEKDAYS, WEEKENDS, ALL_DAYS, frozenset({0, 2, 5})])
CLOCK = st.tuples(st.integers(0, 47), st.integers(1, 48)).filter(lambda pair: pair[0] < pair[1])
SPANS = st.lists(st.tuples(DAYS, CLOCK), min_size=1, max_size=3).map(
    lambda parts: tuple(Span(days, start * STEP, end * STEP) for days, (start, end) in parts)
)
PATTERNS = st.builds(
    lambda spans, at, seats, serves, visiting, funded: pattern(
        "rota", spans, at=at, seats=seats, serves=serves, visiting=visiting, funded=funded,
        rotation="night" if seats else "everyone",
    ),
    SPANS, st.sampled_from(["work", "on_call"]), st.sampled_from([None, 1, 1, 2]),
    st.sampled_from(["team", "home", "telephone"]),
    st.sampled_from([True, True, True, False]), st.sampled_from([True, True, True, False]),
)  # fmt: skip
FAMILIES = st.builds(
    lambda start, length, code, east, north, rural: family(
        start=start * STEP, death=(start + length) * STEP, area=code, km_east=east, km_north=north, rural=rural
    ),
    st.integers(-200, 900), st.integers(1, 500), st.sampled_from(["AAA", "BBB"]),
    st.integers(-40, 40), st.integers(-40, 40), st.booleans(),
)  # fmt: skip
GROUPINGS = {
    "one team an area": lambda plan, who, rota: [team(plan, who(3, code), patterns=rota) for code in ("AAA", "BBB")],
    "a pool": lambda plan, who, rota: [team(plan, (*who(2, "AAA"), *who(2, "BBB")), patterns=rota)],
    "only one area": lambda plan, who, rota: [team(plan, who(2, "BBB"), patterns=rota)],
}


@st.composite
def worlds(draw):
    """Two areas 45 km apart with nurses and consultants, some of them away, and up to four families."""
    teams = []
    for plan, role in (("nurses", "community_nurse"), ("consultants", "consultant")):
        rota = tuple(draw(st.lists(PATTERNS, min_size=1, max_size=2)))
        rota = tuple(replace(one, name=f"{plan}{n}") for n, one in enumerate(rota))
        grouping = GROUPINGS[draw(st.sampled_from(sorted(GROUPINGS)))]
        teams += grouping(plan, lambda n, code, role=role: people(role, n, code), rota)
    scenario = tiny(
        areas=AREAS, teams=tuple(teams), run=RUN, calendar=Calendar(MONDAY, draw(st.frozensets(st.integers(0, 20)))),
        rota=RotaRules(17.0, 9.0, 0.5), travel=travel(busy=pace(0.25, 45.0), reach=draw(REACHES)),
    )  # fmt: skip
    weeks = st.dictionaries(st.integers(0, 3), st.lists(st.integers(0, 2), max_size=2), max_size=3)
    staff = absent(scenario, leave=draw(weeks), sick=draw(weeks))
    return scenario, setting(scenario, draw(st.lists(FAMILIES, min_size=1, max_size=4)), staff=staff)


REACHES = st.sampled_from([0.5, 1.0, 10.0])


def paces(travels):
    return ((True, travels.busy), (False, travels.quiet))


def covered(scenario, laid, row: int, duties: Duties, consultant: bool) -> np.ndarray:
    """For each half-hour of the window, whether somebody is on duty who would come to (or advise) one family."""
    start, end = scenario.run.window
    middle = np.arange(start, end, STEP) + STEP / 2
    families, staff, travels = laid.demand.families, laid.staff, scenario.travel
    home = int(families.area[row])
    out = np.zeros(len(middle), dtype=bool)
    for one in range(len(duties)):
        person, rota = int(duties.person[one]), scenario.teams[duties.team[one]]
        serves = int((duties.answers if consultant else duties.serves)[one])
        if person < 0 or not duties.funded[one] or scenario.areas[home].code not in rota.areas:
            continue
        if serves not in (-1, home):
            continue
        if consultant:
            comes = rota.role == "consultant"
        else:
            away = (staff.east[person] - families.east[row], staff.north[person] - families.north[row])
            km = math.hypot(*away)
            near = {road: pace.fixed + pace.per_km * km <= travels.reach + 1e-9 for road, pace in paces(travels)}
            able = bool(duties.visiting[one]) and rota.role == "community_nurse"
            comes = able & np.array([near[scenario.calendar.roads_are_busy(hour)] for hour in middle.tolist()])
        out |= comes & (duties.start[one] < middle) & (middle < duties.end[one])
    return out


def by_half_hours(scenario, laid, duties: Duties, consultant: bool) -> Gaps:
    """The same four numbers of each family, one half-hour after the other."""
    start, end = scenario.run.window
    middle = np.arange(start, end, STEP) + STEP / 2
    clock, night = middle % 24, np.floor((middle - 22) / 24)
    dark = (clock >= 22) | (clock < 7)
    found = []
    for row in range(len(laid.demand.families)):
        inside = (laid.demand.families.start[row] < middle) & (middle < laid.demand.families.death[row])
        bare = inside & ~covered(scenario, laid, row, duties, consultant)
        nights = [n for n in np.unique(night[dark & inside]) if (dark & inside & (night == n)).sum() * STEP >= 1]
        uncovered = [n for n in nights if (dark & bare & (night == n)).any()]
        found.append((inside.sum() * STEP, bare.sum() * STEP, len(nights), len(uncovered)))
    return Gaps(*np.array(found, dtype=float).T)


def same(one: Gaps, other: Gaps) -> None:
    for name in ("hours", "uncovered", "nights", "uncovered_nights"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), atol=1e-9, err_msg=name)


@STEADY
@given(worlds())
def test_exposure_is_what_counting_half_hours_gives(made):
    """Catches any slip of interval arithmetic: edges, overlaps, reach, areas served, nights, the window."""
    scenario, laid = made
    for duties in (laid.duties, on_paper(scenario, laid, KEY)):
        same(without_visit(scenario, laid, duties), by_half_hours(scenario, laid, duties, consultant=False))
        same(without_consultant(scenario, laid, duties), by_half_hours(scenario, laid, duties, consultant=True))


@STEADY
@given(worlds())
def test_parts_are_no_more_than_the_whole(made):
    scenario, laid = made
    for gaps in (without_visit(scenario, laid, laid.duties), without_consultant(scenario, laid, laid.duties)):
        assert (gaps.uncovered >= 0).all()
        assert (gaps.uncovered <= gaps.hours + 1e-9).all()
        assert (gaps.uncovered_nights <= gaps.nights).all()
        assert (gaps.hours <= scenario.run.window[1] - scenario.run.window[0]).all()


@STEADY
@given(worlds())
def test_another_order_of_areas_changes_no_family_s_exposure(made):
    scenario, laid = made
    turned = replace(scenario, areas=scenario.areas[::-1])
    families = replace(laid.demand.families, area=1 - laid.demand.families.area)
    other = replace(laid, demand=replace(laid.demand, families=families))
    other = replace(other, duties=replace(laid.duties, serves=np.array([-1, 1, 0])[laid.duties.serves + 1]))
    same(without_visit(turned, other, other.duties), without_visit(scenario, laid, laid.duties))


ONE_ROTA = st.builds(
    lambda spans, at, seats, rotation: pattern("rota", spans, at=at, seats=seats, rotation=rotation),
    SPANS, st.sampled_from(["work", "on_call"]), st.integers(1, 3), st.sampled_from(["night", "weekend_split", "week"]),
)  # fmt: skip


@STEADY
@given(
    ONE_ROTA,
    st.integers(1, 5),
    st.dictionaries(st.integers(0, 4), st.lists(st.integers(0, 2), max_size=3)),
    st.lists(FAMILIES, min_size=1, max_size=3),
)
def test_the_rota_on_paper_covers_every_hour_that_the_rota_achieved_covers(rota, number, leave, children):
    """Of one team that reaches everybody. (A colleague who covers may live nearer than the holder, or may hold
    another team's seat, so that of one family's hour or of two rotas it need not hold.)"""
    scenario = tiny(
        areas=(area("AAA"), area("BBB")), run=RUN, travel=travel(reach=10.0),
        teams=(team(people=nurses(number), areas=("AAA", "BBB"), patterns=(rota,)),),
    )  # fmt: skip
    away = {person: weeks for person, weeks in leave.items() if person < number}
    laid = setting(scenario, children, staff=absent(scenario, leave=away))
    paper = on_paper(scenario, laid, KEY)
    for row in range(len(children)):
        written = covered(scenario, laid, row, paper, consultant=False)
        assert (written >= covered(scenario, laid, row, laid.duties, consultant=False)).all()
    held, promised = without_visit(scenario, laid, laid.duties), without_visit(scenario, laid, paper)
    assert (promised.uncovered <= held.uncovered + 1e-9).all()
    assert (promised.uncovered_nights <= held.uncovered_nights).all()


# -- England ----------------------------------------------------------------------------------------------------------

SIX = "areas=[QHG,QUE,QOP,QE1,QMM,QT1]"


def told(scenario):
    laid = lay_out(scenario, *KEY)
    both = (exposed(scenario, laid, duties) for duties in (laid.duties, on_paper(scenario, laid, KEY)))
    return exposure(scenario, laid, Groups(scenario, laid.area_types), *both)


@pytest.fixture(scope="module", params=["current_patchwork", "regional_rota"])
def shipped(request):
    return replace(england(request.param, SIX), run=Run.of_weeks(4, 26, 2))


def test_areas_regions_kinds_rural_bands_and_deprivation_add_up_to_england(shipped):
    rows = told(shipped)
    whole = {row.measure: row for row in rows if row.group == "england" and row.measure != "child_nights_per_year"}
    nights = "child_nights_without_visit_achieved_share"
    homes = [whole.pop(f"{nights}_of_{settlement}_homes") for settlement in ("urban", "rural")]  # of England alone
    for part in ("numerator", "denominator"):
        assert sum(getattr(row, part) for row in homes) == pytest.approx(getattr(whole[nights], part), abs=1e-6)
    assert len(whole) == 16
    assert all(row.denominator > 0 for row in whole.values())
    for group in ("area", "region", "area_type", "rural", "deprivation"):
        for measure, england_row in whole.items():
            parts = [row for row in rows if (row.group, row.measure) == (group, measure)]
            assert len({row.level for row in parts}) == len(parts) > 1
            assert sum(row.numerator for row in parts) == pytest.approx(england_row.numerator, abs=1e-6)
            assert sum(row.denominator for row in parts) == pytest.approx(england_row.denominator, abs=1e-6)


def test_uncovered_child_nights_need_no_rate_of_calls(shipped):
    """Bit for bit the same exposure when nobody ever calls: catches an exposure that looks at calls."""
    silent = replace(
        shipped.demand, calls_per_day=(0.0,) * 4, background_calls_per_child_year=0.0, death_calls=0,
        planned_per_week=(0.0,) * 4,
    )  # fmt: skip
    assert len(lay_out(replace(shipped, demand=silent), *KEY).demand.calls) == 0
    assert told(replace(shipped, demand=silent)) == told(shipped)


def test_goodwill_changes_who_is_at_home_and_never_who_is_exposed():
    """Uncovered nights are of all who want home: funding moves them, goodwill and the choice of place do not."""
    base = replace(england("current_patchwork", SIX), run=Run.of_weeks(4, 26, 2))
    other = replace(
        base,
        place=replace(base.place, home_anyway=0.0, goodwill_makes_home=0.0),
        goodwill=replace(base.goodwill, on=False),
    )
    one, two = (
        [row for row in told(scenario) if row.measure.startswith("child_")] for scenario in (base, other)
    )  # fmt: skip
    assert one == two
