"""Children and their families: how many, who they are, and that nobody's life depends on who else is counted."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest

from sim.demand.families import HOME, HOSPICE, HOSPITAL, Families, area_effects, draw_families
from sim.demand.table import draw_demand
from sim.domain import season
from sim.domain.calendar import HOURS_PER_YEAR, Calendar
from sim.domain.demand import Condition
from sim.domain.law import Law
from sim.domain.scenario import Run, Scenario
from sim.errors import BadInput
from tests.tiny import KEY, MONDAY, area, demand, england, nurses, team, tiny

BUSY = tiny(areas=(area(deaths_per_year=HOURS_PER_YEAR),))  # a death an hour
# a lognormal by its mean and coefficient of variation: exp(2.956 + 2.207 Z) days
EVIDENCE = Law("lognormal", 24 * math.exp(2.956 + 2.207**2 / 2), cv=math.sqrt(math.expm1(2.207**2)))
BUDGET = 5.0  # standard errors: a false alarm once in 1.7 million comparisons


def by_child(scenario: Scenario, families: Families) -> dict[tuple[str, int], tuple[object, ...]]:
    """Everything about each child, by area code and number: rows of areas and localities may differ."""
    names = [name for name in Families.__slots__ if name not in ("area", "locality")]
    columns = zip(*(getattr(families, name).tolist() for name in names), strict=True)
    codes = [scenario.areas[row].code for row in families.area]
    return {(code, values[1]): values for code, values in zip(codes, columns, strict=True)}


def drawn(scenario: Scenario, key: tuple[int, int] = KEY) -> dict[tuple[str, int], tuple[object, ...]]:
    return by_child(scenario, draw_families(scenario, key))


# -- nobody changes anybody else --------------------------------------------------------------------------------------

TWO = tiny(areas=(area("AAA", mean_km=9.0), area("BBB", mean_km=5.0, deaths_per_year=7.0)))


def test_another_area_changes_no_child():
    """Catches draws in order of use: with a third, larger area every child of the two is the same, bit for bit."""
    three = replace(TWO, areas=(*TWO.areas, area("CCC", deaths_per_year=900.0)))
    assert {k: v for k, v in drawn(three).items() if k[0] != "CCC"} == drawn(TWO)


def test_the_order_of_areas_changes_no_child():
    """Catches keys made of row numbers."""
    assert drawn(replace(TWO, areas=TWO.areas[::-1])) == drawn(TWO)


def test_england_in_another_order_has_the_same_children():
    scenario = replace(england(), run=Run.of_weeks(0, 8, 0))
    assert drawn(replace(scenario, areas=scenario.areas[::-1])) == drawn(scenario)


def test_more_weeks_only_add_children_at_the_end():
    """Catches a size of array that shifts draws, or times counted back from the end of the run."""
    longer = replace(TWO, run=replace(TWO.run, hours=30 * 168.0))
    last = TWO.run.horizon + TWO.demand.episode_cap_hours
    assert {k: v for k, v in drawn(longer).items() if v[3] < last} == drawn(TWO)


def test_a_nurse_a_team_or_a_name_changes_no_child():
    other = replace(TWO, name="other", teams=(team(people=nurses(9)),), goodwill=replace(TWO.goodwill, on=True))
    assert drawn(other) == drawn(TWO)


def test_another_replication_or_seed_has_other_children():
    assert not drawn(TWO).items() & drawn(TWO, (KEY[0], 1)).items()
    assert not drawn(TWO).items() & drawn(TWO, (2, KEY[1])).items()


def test_fewer_deaths_are_a_subset_of_the_same_deaths():
    """Catches a rate that is drawn anew instead of thinned."""
    fewer = drawn(replace(TWO, demand=demand(deaths_multiple=0.6)))
    assert fewer.items() < drawn(TWO).items()
    assert drawn(TWO).items() < drawn(replace(TWO, demand=demand(deaths_multiple=1.5))).items()


def test_as_many_die_as_asked_for_up_to_the_ceiling():
    """Catches a clip: 3.5 times the deaths are 3.5 times as many children."""
    many = replace(BUSY, demand=demand(deaths_multiple=3.5))
    expected = 3.5 * sum(a.deaths_per_year for a in BUSY.areas) / 8766 * (BUSY.run.horizon + 90 * 24)
    assert abs(len(draw_families(many, KEY)) - expected) < BUDGET * math.sqrt(expected)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"deaths_multiple": 4.01}, r"demand.deaths_multiple = 4.01: .* 4.01 times as many children would die in AAA"),
        ({"area_effect_sd_log": 3.0}, r"demand.area_effect_sd_log = 3: in replication \d+ of seed 1 .* would die in"),
        ({"growth_per_year": 0.5, "growth_reference": MONDAY.replace(year=2020)}, r"lower .* or growth_per_year"),
    ],
)
def test_more_deaths_than_are_ever_drawn_are_refused(changes, said):
    """Catches deaths that stay at four times the table's without a word."""
    asked = replace(TWO, demand=demand(**changes))
    with pytest.raises(BadInput, match=said) as refused:
        _ = [draw_families(asked, (KEY[0], replication)) for replication in range(100)]
    assert "above the ceiling of 4 times at which deaths are drawn" in str(refused.value)


def test_other_wishes_leave_the_same_deaths_at_the_same_places():
    """Catches a law that uses up a draw of the next."""
    other = demand(home_share=0.3, conditions=(Condition("any", 1.0, 0.5),), frailty_shape=1.5, p_prepared=0.5)
    base, changed = draw_families(TWO, KEY), draw_families(replace(TWO, demand=other), KEY)
    for name in ("number", "start", "death", "quintile", "rural", "east", "north", "offer"):
        np.testing.assert_array_equal(getattr(base, name), getattr(changed, name))


# -- how many, and when -----------------------------------------------------------------------------------------------


def test_deaths_are_poisson_with_the_rate_of_the_area():
    """One a week-hour of 168 + 2,160 expected; catches deaths left out before time 0 or beyond the end."""
    families = draw_families(BUSY, KEY)
    expected = BUSY.run.horizon + BUSY.demand.episode_cap_hours
    assert abs(len(families) - expected) < BUDGET * math.sqrt(expected)
    assert families.death.min() >= 0
    assert families.death.max() < expected
    assert (np.diff(families.death) > 0).all()


def test_deaths_come_evenly_through_the_year():
    families = draw_families(BUSY, KEY)
    halves = np.histogram(families.death, bins=2, range=(0, BUSY.run.horizon + BUSY.demand.episode_cap_hours))[0]
    assert abs(halves[0] - halves[1]) < BUDGET * math.sqrt(halves.sum())


def test_the_smallest_areas_are_not_cut_short_by_the_largest():
    """Catches a table of candidates too narrow for one of its rows: the mean over 200 replications is the rate's."""
    small = replace(TWO, areas=(area("AAA", deaths_per_year=2000.0), area("BBB", deaths_per_year=20.0)))
    weeks = (TWO.run.horizon + TWO.demand.episode_cap_hours) / HOURS_PER_YEAR
    counts = [np.bincount(draw_families(small, (1, r)).area, minlength=2) for r in range(200)]
    for found, rate in zip(np.sum(counts, axis=0), (2000.0, 20.0), strict=True):
        expected = 200 * rate * weeks
        assert abs(found - expected) < BUDGET * math.sqrt(expected)


def test_growth_is_counted_from_its_reference_date():
    """Doubling in a year, from a year before the start: twice the deaths and, a quarter of a year on, a little more."""
    grown = replace(BUSY, demand=demand(growth_per_year=1.0, growth_reference=MONDAY - dt.timedelta(days=365)))
    end = BUSY.run.horizon + BUSY.demand.episode_cap_hours
    years = end / HOURS_PER_YEAR
    expected = end * 2 ** (365 / 365.25) * (2**years - 1) / (years * math.log(2))
    assert abs(len(draw_families(grown, KEY)) - expected) < BUDGET * math.sqrt(expected)


def test_area_effects_have_mean_1_and_their_spread():
    many = replace(TWO, areas=tuple(area(f"A{n}") for n in range(4000)), demand=demand(area_effect_sd_log=0.15))
    effects = area_effects(many, KEY)
    assert abs(effects.mean() - 1) < BUDGET * 0.151 / math.sqrt(4000)
    assert np.log(effects).std() == pytest.approx(0.15, rel=BUDGET / math.sqrt(8000))


# -- the caseload -----------------------------------------------------------------------------------------------------


def test_the_caseload_is_stationary_from_the_first_hour_to_the_last():
    """A death an hour and episodes of 240 h: 240 children at any hour, the first and last not excepted (M/G/inf)."""
    counts = []
    for replication in range(20):
        families = draw_families(BUSY, (1, replication))
        counts.append(
            [np.sum((families.start <= hour) & (hour < families.death)) for hour in (0.0, 84.0, BUSY.run.horizon)]
        )
    assert np.abs(np.mean(counts, axis=0) - 240).max() < BUDGET * math.sqrt(240 / 20)


def test_the_caseload_is_stationary_with_episodes_of_any_length_up_to_90_days():
    """Lognormal lengths cut at 90 days; the caseload is the rate times the mean cut length, at hour 0 as at the end."""
    cut = replace(BUSY, demand=demand(episode=EVIDENCE))
    families = draw_families(cut, KEY)
    expected = float((families.death - families.start).mean())  # a death an hour
    for hour in (0.0, 84.0, BUSY.run.horizon):
        now = np.sum((families.start <= hour) & (hour < families.death))
        # the mean length is itself estimated, from some 2,300 lengths with a standard deviation of about 800 h
        assert abs(now - expected) < BUDGET * math.hypot(math.sqrt(expected), 800 / math.sqrt(len(families)))


def test_lengths_of_episodes_have_the_evidence_s_median_and_a_quarter_are_cut():
    """exp(2.956) = 19.2 days; P(longer than 90 days) = 1 - Phi((ln 90 - 2.956) / 2.207) = 0.242."""
    families = draw_families(replace(BUSY, demand=demand(episode=EVIDENCE)), KEY)
    days = (families.death - families.start) / 24
    n = len(days)
    assert abs((days < 19.22).mean() - 0.5) < BUDGET * 0.5 / math.sqrt(n)
    assert abs((days > 90 - 1e-6).mean() - 0.242) < BUDGET * 0.43 / math.sqrt(n)
    assert days.max() < 90 + 1e-6


# -- who they are -----------------------------------------------------------------------------------------------------


def test_everybody_of_the_tiny_world_is_at_the_centre_for_ten_days():
    families = draw_families(tiny(), KEY)
    assert len(families) > 0
    assert set(families.east) == set(families.north) == {0.0}
    np.testing.assert_allclose(families.death - families.start, 240.0)
    assert (families.frailty == 1).all()
    assert (families.prefers == HOME).all()


def test_shares_of_wishes():
    """Half of half a cohort want out of hospital, three quarters of them home: 1/4 of 3/4 home, 1/16 hospice."""
    mix = (Condition("a", 0.5, 0.5), Condition("b", 0.5, 0.0))
    families = draw_families(replace(BUSY, demand=demand(conditions=mix, home_share=0.75)), KEY)
    n = len(families)
    for place, share in ((HOME, 3 / 16), (HOSPICE, 1 / 16), (HOSPITAL, 3 / 4)):
        assert abs((families.prefers == place).mean() - share) < BUDGET * math.sqrt(share * (1 - share) / n)
    assert (families.prefers[families.condition == 1] == HOSPITAL).all()


def test_deprivation_weighs_children_by_the_rate_of_their_quintile():
    """Half the children in quintile 1, half in 5, three deaths there for each here: shares 3/4 and 1/4."""
    place = area(deaths_per_year=HOURS_PER_YEAR, deprivation=(0.5, 0.0, 0.0, 0.0, 0.5))
    families = draw_families(tiny(areas=(place,), demand=demand(deprivation_rates=(3.0, 1.0, 1.0, 1.0, 1.0))), KEY)
    assert set(families.quintile.tolist()) == {1, 5}
    assert abs((families.quintile == 1).mean() - 0.75) < BUDGET * math.sqrt(0.75 * 0.25 / len(families))


def test_the_mean_distance_of_a_home_is_the_area_s():
    """Catches a mean distance used as a standard deviation (25 % too far)."""
    families = draw_families(tiny(areas=(area(deaths_per_year=HOURS_PER_YEAR, mean_km=10.0),)), KEY)
    km = np.hypot(families.east, families.north)
    assert abs(km.mean() - 10) < BUDGET * km.std() / math.sqrt(len(km))


def test_homes_lie_round_their_own_area_s_centre():
    far = area("BBB", latitude=1.0)
    families = draw_families(tiny(areas=(area("AAA"), far)), KEY)
    assert set(families.north[families.area == 1]) == {far.centre_km[1]}
    assert far.centre_km == pytest.approx((0.0, 111.32))


def test_frailty_has_mean_1_whatever_its_shape():
    families = draw_families(replace(BUSY, demand=demand(frailty_shape=1.5)), KEY)
    assert abs(families.frailty.mean() - 1) < BUDGET / math.sqrt(1.5 * len(families))


def test_the_table_of_families_is_those_who_want_to_be_at_home():
    scenario = replace(BUSY, demand=demand(home_share=0.5))
    table = draw_demand(scenario, *KEY)
    assert (table.families.prefers == HOME).all()
    assert len(table.families) == (table.children.prefers == HOME).sum()
    np.testing.assert_array_equal(table.children.death[table.rows], table.families.death)


def test_no_deaths_no_children():
    assert len(draw_families(replace(TWO, demand=demand(deaths_multiple=0.0)), KEY)) == 0
    none = tiny(areas=(area(deaths_per_year=0.0),))
    assert len(draw_demand(none, *KEY).calls) == 0


# -- the winter -------------------------------------------------------------------------------------------------------

JANUARY, JULY = dt.date(2029, 1, 1), dt.date(2030, 7, 1)  # Mondays
OTHER = 1 / (1 + 0.1 * 121.25 / 365.25)  # 0.968


def died(scenario: Scenario) -> set[tuple[str, int]]:
    return set(drawn(scenario))


def test_december_to_march_have_a_tenth_more_deaths_than_the_other_months_and_the_year_its_total():
    """By day, exactly; catches a winter on top of the year's total, and one that begins in January."""
    calendar = tiny(calendar=Calendar(JANUARY)).calendar
    year = season.by_day(calendar, 1.1, 365)
    assert pytest.approx(0.968, abs=5e-4) == OTHER
    assert set(year) == {OTHER, 1.1 * OTHER}
    assert [day for day in range(1, 365) if year[day] != year[day - 1]] == [90, 334]  # 1 April and 1 December
    assert sum(season.by_day(calendar, 1.1, 1461)) / 1461 == pytest.approx(1, abs=1e-12)
    assert season.mean(calendar, 1.1, 89.5 * 24, 91 * 24) == pytest.approx((0.5 * 1.1 + 1) / 1.5 * OTHER)
    assert season.most(calendar, 1.1, 24.0) == 1.1 * OTHER


def test_winter_draws_no_other_children_but_more_or_fewer_of_them():
    """The same candidates are thinned: with a winter more die in it and fewer in summer, of the very same children."""
    for start, more in ((JANUARY, True), (JULY, False)):
        flat = replace(BUSY, calendar=Calendar(start), run=Run.of_weeks(0, 2, 0))
        flat = replace(flat, demand=demand(growth_per_year=0, episode_cap_hours=24.0))
        seasonal = replace(flat, demand=replace(flat.demand, winter_multiple=3.0))
        assert (died(flat) < died(seasonal)) if more else (died(seasonal) < died(flat))


def test_figures_a_year_of_a_winter_are_divided_by_its_season_and_those_of_a_year_are_not():
    winter = replace(tiny(), calendar=Calendar(JANUARY), demand=demand(winter_multiple=1.1))
    quarter, year = (replace(winter, run=Run.of_weeks(0, weeks, 2)) for weeks in (12, 52))
    assert (quarter.season, quarter.weeks_of_demand) == (pytest.approx(1.1 * OTHER), pytest.approx(12 * 1.1 * OTHER))
    assert (year.season, year.weeks_of_demand) == (1, 52)
