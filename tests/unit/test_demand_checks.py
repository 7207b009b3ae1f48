"""What is read off a demand table, by hand; and what makes a check agree, differ or stay undecided."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.demand.families import HOME, HOSPICE, HOSPITAL
from sim.demand.table import DemandTable
from sim.domain.calendar import HOURS_PER_YEAR
from sim.domain.scenario import PHASES, Place, Run, Scenario
from sim.experiment import demand_readings as readings
from sim.experiment.checked import (
    AGREES,
    DIFFERS,
    FITTED,
    INDEPENDENT,
    KINDS,
    NOT_DECIDED,
    Check,
    bounds,
    counts,
    estimated,
    estimated_of_each,
    exact,
    poisson_interval,
    row,
    text,
)
from sim.experiment.demand_checks import check_demand
from sim.experiment.demand_evidence import CALLS, EPISODES, PLACES, PROFILE
from sim.experiment.demand_readings import Drawn
from sim.experiment.team_calls import (
    EACH_CALLS,
    calls_a_week,
    calls_made,
    check_each,
    half_years_up_to,
    with_families_of,
)
from tests.story import play
from tests.tiny import UNIVERSAL_STEP, area, call, death_call, demand, demand_table, england, family, tiny

SATURDAY = 5 * 24.0


def drawn(scenario: Scenario, table: DemandTable, cover: float = 0.0) -> Drawn:
    here = np.full(len(scenario.areas), 1.0)
    return Drawn(scenario, table, cover * here, scenario.place.goodwill_makes_home * here)


def ratio(reading: tuple[float, float]) -> float:
    return reading[0] / reading[1]


def with_columns(table: DemandTable, **columns: list[float]) -> DemandTable:
    """The table with other columns of its children."""
    children = replace(table.children, **{name: np.array(values) for name, values in columns.items()})
    return replace(table, children=children)


# -- children and episodes -------------------------------------------------------------------------------------------


def test_deaths_are_counted_over_the_weeks_in_which_they_fall():
    """One week of the run and 90 days of episodes beyond it."""
    scenario = tiny(areas=(area("AAA"), area("BBB", deaths_per_year=104.0)))
    table = demand_table(scenario, [family(area="AAA"), family(area="BBB"), family(area="BBB")], [])
    years = (168 + 90 * 24) / HOURS_PER_YEAR
    assert readings.deaths_a_year(drawn(scenario, table)) == (3, pytest.approx(years))
    died, expected = readings.deaths_by_area(drawn(scenario, table))
    assert died.tolist() == [1, 2]
    assert expected == pytest.approx([52 * years, 104 * years])


@pytest.mark.parametrize(("cover", "offered"), [(0.0, 1), (1.0, 3)])
def test_what_is_offered_on_paper_rises_with_cover(cover, offered):
    """Uniforms 0.2 and 0.9 against 0.5 + 0.5 c for home; for a hospice 0.2 against 0.1: never."""
    scenario = tiny(place=Place(home_anyway=0.5, phone_only_weight=0.5, p_hospice_offer=0.1))
    table = demand_table(scenario, [family()] * 5, [])
    table = with_columns(table, prefers=[HOME, HOME, HOME, HOSPICE, HOSPITAL], offer=[0.2, 0.9, 0.6, 0.2, 0.0])
    assert readings.want_out_of_hospital(drawn(scenario, table)) == (4, 5)
    assert readings.offered_out_of_hospital(drawn(scenario, table, cover)) == (offered, 5)


def test_a_hospice_is_offered_whatever_the_cover():
    scenario = tiny(place=Place(home_anyway=0.0, phone_only_weight=0.5, p_hospice_offer=0.8))
    table = with_columns(demand_table(scenario, [family()], []), prefers=[HOSPICE], offer=[0.7])
    assert readings.offered_out_of_hospital(drawn(scenario, table)) == (1, 1)


def test_lengths_of_episodes():
    scenario = tiny()
    some = [family(death=24.0 * days, start=0.0) for days in (1, 3, 8)]
    of = drawn(scenario, demand_table(scenario, some, []))
    assert ratio(readings.median_episode(of)) == 3
    assert ratio(readings.mean_episode(of)) == 4
    assert readings.episodes_up_to(of, 3) == (2, 3)


def test_days_in_each_phase():
    """The families of tests are stable until they deteriorate: 2 and 4 days, then 3 and 1."""
    scenario = tiny()
    some = [family(death=120.0, deteriorates=48.0), family(death=120.0, deteriorates=96.0)]
    of = drawn(scenario, demand_table(scenario, some, []))
    assert [ratio(readings.days_in_phase(of, row)) for row in range(len(PHASES))] == [3, 0, 2, 0]


# -- the profile -------------------------------------------------------------------------------------------------------


def test_shares_of_a_flat_profile_are_shares_of_the_hours():
    """128 of 168 hours are out of hours, 63 of them at night, 48 at the weekend."""
    scenario = tiny()
    assert ratio(readings.profile_out_of_hours(scenario)) == pytest.approx(128 / 168)
    assert ratio(readings.profile_night(scenario)) == pytest.approx(63 / 128)
    assert ratio(readings.profile_weekend(scenario)) == pytest.approx(48 / 128)


def test_a_profile_of_one_hour_has_all_of_it_there():
    """Saturday 23:00."""
    only = tuple(168.0 * (hour == SATURDAY + 23) for hour in range(168))
    scenario = tiny(demand=demand(profile=only))
    for reading in (readings.profile_out_of_hours, readings.profile_night, readings.profile_weekend):
        assert ratio(reading(scenario)) == 1


# -- calls -------------------------------------------------------------------------------------------------------------

WEEKS = tiny(run=Run.of_weeks(1, 2, 1), demand=demand(episode_cap_hours=168.0))
TWO = [family(death=200.0), family(start=300.0, death=400.0)]


def test_calls_of_whole_episodes_only():
    """The third family dies in the first week: its episode may have begun before time 0, where nobody's calls are."""
    some = [*TWO, family(death=100.0)]
    calls = [call(50.0), call(60.0), call(350.0, family=1), call(90.0, family=2), death_call()]
    of = drawn(WEEKS, demand_table(WEEKS, some, calls))
    assert sorted(readings.calls_of_each(of)) == [1, 3]
    assert ratio(readings.calls_an_episode(of)) == 2
    assert ratio(readings.calls_an_episode_at(of, 0.5)) == 2


def test_calls_out_of_hours_and_at_night():
    """Monday 10:00, 18:00 and 23:00, Tuesday 03:00, Saturday 10:00."""
    calls = [call(hour) for hour in (10.0, 18.0, 23.0, 27.0, SATURDAY + 10)]
    of = drawn(WEEKS, demand_table(WEEKS, TWO, calls))
    assert readings.calls_out_of_hours(of) == (4, 5)
    assert readings.calls_at_night(of) == (2, 4)


def test_weekly_calls_are_of_measured_weeks_and_out_of_hours():
    """Weeks 1 and 2 are measured: a call before, one after and one in hours are not counted."""
    hours = [18.0, 168 + 18.0, 168 + 19.0, 2 * 168 + 10.0, 2 * 168 + 20.0, 3 * 168 + 18.0]
    of = drawn(WEEKS, demand_table(WEEKS, TWO, [call(hour) for hour in hours]))
    assert readings.weekly_calls(of, np.ones(len(hours), dtype=bool)).tolist() == [[2, 1]]
    assert ratio(readings.weekly_dispersion(of)) == pytest.approx(0.5 / 1.5)


def test_background_calls_are_apart():
    table = demand_table(WEEKS, TWO, [call(168 + 18.0), call(168 + 19.0, family=1)])
    families = replace(table.families, background=np.array([False, True]), offer=np.array([0.5, -1.0]))
    of = drawn(replace(WEEKS, place=Place(0.4, 0.5, 0.0)), replace(table, families=families, rows=table.rows[:1]))
    assert readings.calls_out_of_hours(of) == (1, 1)


def test_a_team_counts_the_calls_that_were_made_to_it_and_those_of_other_children():
    """A child is admitted after its first call and dies there: it makes the second no more. A child who is not at the
    end of life calls too. Would catch potential calls counted for calls, and background calls left out."""
    admitted = replace(tiny().follows, known=(1.0, 1.0), others=(1.0, 1.0), p_no_return_home=1.0)
    scenario = replace(WEEKS, follows=admitted)
    calls = [call(168 + 18.0, urgency="urgent"), call(168 + 42.0), call(2 * 168 + 20.0, family=1)]
    ledger = play(scenario, calls, [family(death=400.0), family(death=500.0, background=True)])
    of = drawn(scenario, ledger.setting.demand)
    assert readings.weekly_calls(of, np.ones(3, dtype=bool)).tolist() == [[2, 1]]
    assert calls_made(of, ledger).tolist() == [1, 1]
    assert calls_a_week(np.array([1, 1])) == (2, 2)


def test_half_years_are_whole_and_do_not_overlap():
    """60 weeks are two half-years, of 3 calls and one; the eight weeks beyond them are left out."""
    weeks = np.zeros(60, dtype=np.intp)
    weeks[[0, 1, 2, 30, 53]] = 1
    assert half_years_up_to(weeks, 1) == (1, 2)
    assert half_years_up_to(weeks, 3) == (2, 2)


def test_families_come_with_their_choices_and_their_time_and_the_rota_stays():
    """Would catch a rota of the patchwork held against a team that was on call round the clock."""
    asked = replace(WEEKS, ladder=(UNIVERSAL_STEP,), place=Place(0.1, 0.5, 0.2))
    rota = tiny(place=Place(0.9, 0.5, 0.8))
    mixed = with_families_of(asked, rota)
    assert (mixed.demand, mixed.place, mixed.run) == (asked.demand, asked.place, asked.run)
    assert (mixed.teams, mixed.ladder) == (rota.teams, rota.ladder)


def test_an_empty_table_has_nothing_to_say():
    of = drawn(WEEKS, demand_table(WEEKS, [], []))
    for _, reading in (*PLACES, *EPISODES, *CALLS[:-1]):
        assert reading(of) == (0, 0)


# -- verdicts ----------------------------------------------------------------------------------------------------------

HALF = Check(FITTED, "half", "share", 0.5, 0.4, 0.6, "somewhere", "a tenth")
STEADY = np.ones(4)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([0.49, 0.50, 0.51, 0.50], AGREES),
        ([0.69, 0.70, 0.71, 0.70], DIFFERS),
        ([0.29, 0.30, 0.31, 0.30], DIFFERS),
        ([0.58, 0.60, 0.59, 0.61], NOT_DECIDED),
        ([0.1, 0.9, 0.2, 0.8], NOT_DECIDED),
    ],
)
def test_a_verdict_is_about_the_whole_interval(values, verdict):
    found = estimated(HALF, np.array(values), STEADY)
    assert found.verdict == verdict
    assert found.estimate == pytest.approx(np.mean(values))
    assert found.ci_low < found.estimate < found.ci_high


def test_one_replication_or_none_decides_nothing():
    assert estimated(HALF, np.array([0.5]), np.ones(1)).verdict == NOT_DECIDED
    assert estimated(HALF, np.zeros(4), np.zeros(4)).verdict == NOT_DECIDED
    assert exact(HALF, 0.0, 0.0).verdict == NOT_DECIDED


def test_a_figure_without_chance_is_in_or_out():
    assert exact(HALF, 3.0, 5.0).verdict == AGREES
    assert exact(HALF, 3.1, 5.0).verdict == DIFFERS


def test_of_many_the_furthest_off_is_shown_and_one_may_spoil_it():
    values = np.array([[0.50, 0.51, 0.50, 0.49], [0.74, 0.75, 0.76, 0.75], [0.45, 0.46, 0.44, 0.45]])
    found = estimated_of_each(HALF, ["a", "b", "c"], values, np.ones_like(values))
    assert (found.check.name, found.verdict) == ("half: b", DIFFERS)
    unsure = np.array([[0.58, 0.60, 0.59, 0.61], [0.74, 0.75, 0.76, 0.75]])
    assert estimated_of_each(HALF, ["a", "b"], unsure, np.ones_like(unsure)).verdict == DIFFERS
    agreed = estimated_of_each(HALF, ["a", "c"], values[[0, 2]], np.ones((2, 4)))
    assert (agreed.check.name, agreed.verdict) == ("half: c", AGREES)


def test_intervals_of_many_are_wider_than_of_one():
    values = np.array([[0.50, 0.52, 0.49, 0.47]])
    alone = estimated(HALF, values[0], STEADY)
    among = estimated_of_each(HALF, list("abcdefgh"), np.repeat(values, 8, axis=0), np.ones((8, 4)))
    # Student's t with 3 degrees of freedom at 1 - 0.025 / 8 and at 0.975
    wider = (among.ci_high - among.estimate) / (alone.ci_high - alone.estimate)
    assert wider == pytest.approx(6.8952 / 3.1824, abs=1e-3)


def test_intervals_of_a_share_never_leave_it_and_have_an_arm_on_either_side():
    """Catches -3 % to 9 % of a rare share, whose arm above nought was laid below it too."""
    rare = np.array([[0.0, 0.02, 0.0, 0.0], [1.0, 0.98, 1.0, 1.0]])
    alone = [estimated(HALF, row, STEADY) for row in rare]
    among = [estimated_of_each(HALF, list("abc"), np.stack([row] * 3), np.ones((3, 4))) for row in rare]
    for one in (*alone, *among):
        assert 0 <= one.ci_low < one.estimate < one.ci_high <= 1
    assert alone[1].ci_high == pytest.approx(1 - alone[0].ci_low)
    assert alone[1].ci_low == pytest.approx(1 - alone[0].ci_high)


def test_the_exact_interval_of_60_events():
    """Published tables: 45.8 to 77.2; of none 0 to 3.69."""
    assert poisson_interval(60) == pytest.approx((45.79, 77.23), abs=0.01)
    assert poisson_interval(0) == pytest.approx((0, 3.689), abs=0.001)


def test_60_calls_in_bursts_say_as_much_as_15():
    """Garwood's interval of 15 is 8.40 to 24.74: 1.29 to 3.81 calls a week; of 60 that come alone 1.76 to 2.97.

    Would catch bounds wider than the half-year says, or so narrow that they take its calls for independent.
    """
    of_60 = EACH_CALLS[0]
    assert (of_60.low, of_60.high) == pytest.approx((4 * 8.395 / 26, 4 * 24.740 / 26), abs=0.001)
    assert of_60.expected == pytest.approx(60 / 26)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([0.49, 0.50, 0.51, 0.50], ""),
        ([0.54, 0.55, 0.54, 0.55], ""),  # above, by less than a tenth
        ([0.58, 0.59, 0.58, 0.59], "high, 1.2 times"),  # inside the bounds, and told
        ([0.40, 0.41, 0.40, 0.39], "low, 0.8 times"),
        ([0.45, 0.90, 0.45, 0.60], ""),  # too uncertain to be told
    ],
)
def test_a_figure_away_from_what_is_published_is_told_as_high_or_low_also_where_it_agrees(values, told):
    found = estimated(HALF, np.array(values), np.ones(len(values)))
    assert found.told == told
    assert row(found)["told_as"] == told
    assert text([found]).splitlines()[1].endswith(told)


def test_a_figure_without_chance_or_without_a_published_one_is_told_too():
    assert exact(HALF, 0.75, 1.0).told == "high, 1.5 times"
    assert exact(replace(HALF, expected=math.nan), 0.75, 1.0).told == ""
    assert exact(HALF, 0.0, 0.0).told == ""


def test_the_screen_and_the_table_say_the_same():
    found = [estimated(HALF, np.array([0.49, 0.50, 0.51, 0.50]), STEADY), exact(HALF, 0.7, 1.0)]
    lines = text(found).splitlines()
    assert lines[0].split("  ")[0] == "verdict"
    assert "50.0 % (48.7 % to 51.3 %)" in lines[1]
    assert "somewhere; bounds: a tenth" in lines[2]
    assert lines[-1] == "fitted: 1 agrees, 1 differs, 0 not decided; 1 told as high or low"
    assert [row(one)["verdict"] for one in found] == [AGREES, DIFFERS]
    assert row(found[0])["agrees_to"] == 0.6


def test_agreement_is_counted_apart_by_what_it_is_worth():
    """Would catch fitted rows and inputs read back counted as evidence."""
    outside = replace(HALF, kind=INDEPENDENT)
    found = [exact(HALF, 0.5, 1.0), exact(HALF, 0.5, 1.0), exact(outside, 0.58, 1.0), exact(outside, 0.7, 1.0)]
    assert counts(found) == [
        "independent evidence: 1 agrees, 1 differs, 0 not decided; 2 told as high or low",
        "fitted: 2 agrees, 0 differs, 0 not decided; 0 told as high or low",
    ]


def test_a_floor_is_only_a_floor():
    floor = replace(HALF, low=0.4, high=math.inf)
    assert bounds(floor) == "at least 40.0 %"
    assert [exact(floor, share, 1.0).verdict for share in (0.9, 0.3)] == [AGREES, DIFFERS]
    assert exact(floor, 0.9, 1.0).told == "high, 1.8 times"


# -- what is declared --------------------------------------------------------------------------------------------------


def test_what_is_expected_lies_within_its_own_bounds():
    """None so wide that it passes anything: from a half to twice what is expected at most, but for two that say why."""
    declared = [check for check, _ in (*PLACES, *EPISODES, *PROFILE, *CALLS)]
    for check in (*declared, *EACH_CALLS):
        assert check.kind in KINDS
        assert math.isnan(check.expected) or check.low <= check.expected <= check.high
        assert check.high < 2 * check.expected or math.isnan(check.expected) or check.name.endswith("10th percentile")
        assert check.low > check.expected / 2 or math.isnan(check.expected)
        assert check.source
        assert check.why


def test_the_each_patch_has_three_districts_of_the_fourth_area():
    """88.7 deaths a year; source: evidence review Part I section 3. Would catch the districts of a whole ICB."""
    patch = england("current_patchwork", "area_table=each")
    assert sum(place.deaths_per_year for place in patch.areas) == pytest.approx(88.7, abs=0.05)
    (west,) = (place for place in patch.areas if place.code == "QM7")
    assert [piece.name for piece in west.localities] == ["Epping Forest", "Harlow", "Uttlesford"]
    assert sum(piece.children for piece in west.localities) == west.children


def test_every_declared_check_is_made_once():
    scenario = replace(tiny(), run=Run.of_weeks(0, 30, 0))
    found = check_demand(scenario, 1, 2)
    assert len(found) == 2 + len(PLACES) + len(EPISODES) + len(PROFILE) + len(CALLS)
    assert len({finding.check.name for finding in found}) == len(found)
    declared = [check for check, _ in (*PLACES, *EPISODES, *PROFILE, *CALLS)]
    assert [finding.check for finding in found[2:]] == declared
    assert [finding.check for finding in check_each(scenario, 1, 1)] == list(EACH_CALLS)
