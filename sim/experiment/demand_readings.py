"""What can be read off the demand table of one replication: the numbers that published figures are about.

Every reading is a numerator and a denominator (1 for a plain number); 0 / 0 where the table has nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.demand.families import HOME, HOSPICE, HOSPITAL, Bools
from sim.demand.table import DemandTable
from sim.domain import season
from sim.domain.calendar import HOURS_PER_DAY, HOURS_PER_WEEK, HOURS_PER_YEAR, SUNDAY
from sim.domain.scenario import Scenario
from sim.hours import out_of_hours
from sim.keyed import Floats
from sim.place.setting import offer

Reading = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One replication before the clock starts. cover, goodwill: share c of the paper rota and g, by area."""

    scenario: Scenario
    table: DemandTable
    cover: Floats
    goodwill: Floats


# -- children ----------------------------------------------------------------------------------------------------------


def deaths_a_year(drawn: Drawn) -> Reading:
    """Children who die in a year, in all areas."""
    return float(len(drawn.table.children)), _years(drawn)


def deaths_by_area(drawn: Drawn) -> tuple[Floats, Floats]:
    """Children who die in each area, and how many its row of the areas table would have die in the same time."""
    areas = drawn.scenario.areas
    died = np.bincount(drawn.table.children.area, minlength=len(areas)).astype(float)
    return died, _years(drawn) * np.array([area.deaths_per_year for area in areas])


def want_out_of_hospital(drawn: Drawn) -> Reading:
    """Share of children whose family wants home or a hospice."""
    prefers = drawn.table.children.prefers
    return float((prefers != HOSPITAL).sum()), float(len(prefers))


def offered_out_of_hospital(drawn: Drawn) -> Reading:
    """Share of children who are offered home or a hospice and want it, on paper: before anybody is admitted."""
    children, place = drawn.table.children, drawn.scenario.place
    at_home = (children.prefers == HOME) & (children.offer < _chance(drawn)[children.area])
    in_hospice = (children.prefers == HOSPICE) & (children.offer < place.p_hospice_offer)
    return float((at_home | in_hospice).sum()), float(len(children))


# -- episodes ----------------------------------------------------------------------------------------------------------


def episode_days(drawn: Drawn) -> Floats:
    """Days of every child's episode, followed for at most its last days up to the cap."""
    return (drawn.table.children.death - drawn.table.children.start) / HOURS_PER_DAY


def median_episode(drawn: Drawn) -> Reading:
    """Median days of an episode; the cap, above it, does not change it."""
    days = episode_days(drawn)
    return (float(np.median(days)), 1.0) if len(days) else (0.0, 0.0)


def mean_episode(drawn: Drawn) -> Reading:
    """Mean days of an episode as it is followed."""
    days = episode_days(drawn)
    return float(days.sum()), float(len(days))


def episodes_up_to(drawn: Drawn, days: float) -> Reading:
    """Share of episodes of at most so many days."""
    of = episode_days(drawn)
    return float((of <= days).sum()), float(len(of))


def days_in_phase(drawn: Drawn, phase: int) -> Reading:
    """Mean days in a phase (row of PHASES) of an episode of a family who wants home."""
    phases = drawn.table.phases
    here = phases.phase == phase
    return float((phases.end[here] - phases.start[here]).sum() / HOURS_PER_DAY), float(len(drawn.table.rows))


# -- the profile of the week -------------------------------------------------------------------------------------------


def profile_out_of_hours(scenario: Scenario) -> Reading:
    """Share of the hour-of-week profile that falls out of hours in a week without bank holidays."""
    profile, out, _, _ = _week(scenario)
    return float(profile[out].sum()), float(profile.sum())


def profile_night(scenario: Scenario) -> Reading:
    """Share of its out-of-hours part that falls at night."""
    profile, out, night, _ = _week(scenario)
    return float(profile[out & night].sum()), float(profile[out].sum())


def profile_weekend(scenario: Scenario) -> Reading:
    """Share of its out-of-hours part that falls on a Saturday or Sunday."""
    profile, out, _, weekend = _week(scenario)
    return float(profile[out & weekend].sum()), float(profile[out].sum())


# -- potential calls ---------------------------------------------------------------------------------------------------


def calls_an_episode(drawn: Drawn) -> Reading:
    """Mean potential calls of a family who wants home, over its whole episode, the call at the death among them."""
    calls = calls_of_each(drawn)
    return float(calls.sum()), float(len(calls))


def calls_an_episode_at(drawn: Drawn, share: float) -> Reading:
    """The number of calls that a share of families stays below."""
    calls = calls_of_each(drawn)
    return (float(np.quantile(calls, share)), 1.0) if len(calls) else (0.0, 0.0)


def calls_of_each(drawn: Drawn) -> NDArray[np.intp]:
    """Potential calls of each family whose whole episode lies in the weeks for which calls are drawn."""
    return _of_whole_episodes(drawn, np.ones(len(drawn.table.calls), dtype=bool))


def calls_out_of_hours(drawn: Drawn) -> Reading:
    """Share of the potential calls of families who want home that come out of hours."""
    of_families = ~_background(drawn)
    return float((of_families & _out_of_hours(drawn)).sum()), float(of_families.sum())


def calls_at_night(drawn: Drawn) -> Reading:
    """Share of their out-of-hours calls that come at night."""
    chosen = ~_background(drawn) & _out_of_hours(drawn)
    start, end = drawn.scenario.calendar.night
    clock = drawn.table.calls.time % HOURS_PER_DAY
    night = (clock >= start) & (clock < end) if start <= end else (clock >= start) | (clock < end)
    return float((chosen & night).sum()), float(chosen.sum())


def weekly_dispersion(drawn: Drawn) -> Reading:
    """Index of dispersion of the weekly out-of-hours calls of an area: variance between its weeks over their mean.

    Variances and means are summed over areas. Families kept out of it whole leave it as it is, so the index of those
    who want home is that of those at home.
    """
    counts = weekly_calls(drawn, ~_background(drawn))
    return float(counts.var(axis=1, ddof=1).sum()) if counts.shape[1] > 1 else 0.0, float(counts.mean(axis=1).sum())


def weekly_calls(drawn: Drawn, chosen: Bools) -> NDArray[np.intp]:
    """Chosen out-of-hours calls by area and measured week, shape (areas, weeks)."""
    run, table = drawn.scenario.run, drawn.table
    size, weeks = len(drawn.scenario.areas), int(run.weeks)
    week = np.floor_divide(table.calls.time - run.warmup_hours, HOURS_PER_WEEK).astype(np.int64)
    inside = chosen & _out_of_hours(drawn) & (week >= 0) & (week < weeks)
    cell = table.families.area[table.calls.family[inside]] * weeks + week[inside]
    return np.bincount(cell, minlength=size * weeks).reshape(size, weeks)


# -- parts -------------------------------------------------------------------------------------------------------------


def _years(drawn: Drawn) -> float:
    """Years in which the deaths of the table fall, as many as they stand for by their season."""
    demand, end = drawn.scenario.demand, drawn.scenario.run.horizon + drawn.scenario.demand.episode_cap_hours
    return end * season.mean(drawn.scenario.calendar, demand.winter_multiple, 0.0, end) / HOURS_PER_YEAR


def _week(scenario: Scenario) -> tuple[Floats, Bools, Bools, Bools]:
    """The profile, and for each of its hours: out of hours, night, Saturday or Sunday."""
    hours = range(len(scenario.demand.profile))
    ordinary = -100 * HOURS_PER_WEEK  # a week long before the run, when there are no bank holidays
    out = np.array([scenario.calendar.is_out_of_hours(ordinary + hour) for hour in hours])
    night = np.array([scenario.calendar.is_night(float(hour)) for hour in hours])
    weekend = np.array([hour // HOURS_PER_DAY >= SUNDAY - 1 for hour in hours])
    return np.asarray(scenario.demand.profile), out, night, weekend


def _of_whole_episodes(drawn: Drawn, chosen: Bools) -> NDArray[np.intp]:
    """Chosen calls of each family whose death is late enough for any episode to have begun after time 0.

    Choosing by the death, not by the episode's own start, leaves long episodes their share.
    """
    table, run = drawn.table, drawn.scenario.run
    size = len(table.rows)
    death = table.families.death[:size]
    whole = (death >= drawn.scenario.demand.episode_cap_hours) & (death < run.horizon)
    owner = table.calls.family[chosen & ~_background(drawn)]
    return np.bincount(owner, minlength=size)[:size][whole]


def _background(drawn: Drawn) -> Bools:
    return drawn.table.families.background[drawn.table.calls.family]


def _chance(drawn: Drawn) -> Floats:
    """That a family who wants home is offered it, by area."""
    place = drawn.scenario.place
    return np.asarray(offer(drawn.cover, place.home_anyway, drawn.goodwill, place.offer_shape))


def _out_of_hours(drawn: Drawn) -> Bools:
    scenario = drawn.scenario
    days = int(np.ceil(scenario.run.horizon / HOURS_PER_DAY))
    return out_of_hours(scenario.calendar, 0, days).contain(drawn.table.calls.time)
