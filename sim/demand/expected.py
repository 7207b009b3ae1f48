"""What demand is on average, without drawing anybody: nights of children who want to be at home."""

from __future__ import annotations

import numpy as np

from sim.demand.laws import quantile
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.keyed import Floats

POINTS = 20_000  # of the law of an episode's length, in the middle of equal shares
AT_LEAST = 1.0  # hours of an episode that make a night one of its nights


def child_nights(scenario: Scenario) -> Floats:
    """Expected nights a year, by area, of children who want to be at home, with at least an hour of their episode."""
    demand, (start, end) = scenario.demand, scenario.run.window
    share = np.array([condition.share for condition in demand.conditions])
    wants = np.array([condition.p_wants_out_of_hospital for condition in demand.conditions])
    home = demand.home_share * float(share @ wants / share.sum())
    growth = demand.grown(scenario.calendar, (start + end) / 2)
    deaths = np.array([area.deaths_per_year for area in scenario.areas]) * demand.deaths_multiple * growth
    return np.asarray(deaths * home * _nights_of_an_episode(scenario), dtype=float)


def _nights_of_an_episode(scenario: Scenario) -> float:
    """An episode of L hours that begins at any hour meets (L + night - 2 x AT_LEAST) / 24 nights on average."""
    opens, closes = scenario.calendar.night
    length = quantile(scenario.demand.episode, (np.arange(POINTS) + 0.5) / POINTS)
    length = np.minimum(length, scenario.demand.episode_cap_hours)
    nights = (length + (closes - opens) % HOURS_PER_DAY - 2 * AT_LEAST) / HOURS_PER_DAY
    return float(np.where(length >= AT_LEAST, nights, 0.0).mean())
