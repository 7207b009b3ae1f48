"""Calls that come by themselves: at a rate, by the hour of the week, each a family of its own."""

from __future__ import annotations

import numpy as np

from sim import keyed
from sim.demand.background import FIRST_NUMBER, one_call_each
from sim.demand.calls import PotentialCalls, in_order, mark_calls
from sim.demand.families import Families
from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.demand import CallsAlone
from sim.domain.scenario import Scenario
from sim.keyed import Floats, number_of


def draw_callers(scenario: Scenario, key: tuple[int, int], alone: CallsAlone) -> tuple[Families, Floats]:
    """One family a call, at home throughout and without an episode, by area and time; and the hours of the calls.

    A Poisson process of rate 1 is laid along each area's own expected number of calls, so that times are exact for any
    weights, and no other area can change one.
    """
    areas, horizon = scenario.areas, scenario.run.horizon
    upto = np.concatenate([[0.0], np.cumsum(alone.weights)]) * (HOURS_PER_WEEK / len(alone.weights))
    per_hour = np.array(alone.per_hour)
    most = per_hour.max(initial=0.0) * _hours_through(upto, horizon)
    subject = np.array([number_of(area.code) for area in areas], dtype=np.int64)[:, None]
    number = FIRST_NUMBER + np.arange(int(most + 8 * np.sqrt(most) + 20))[None, :]
    gap = keyed.uniform(key, "calls_alone", subject, number)
    hours = np.linspace(0.0, HOURS_PER_WEEK, len(upto))
    with np.errstate(divide="ignore", invalid="ignore"):  # an area without calls
        through = np.cumsum(-np.log1p(-gap) / per_hour[:, None], axis=1)
        week, rest = np.divmod(through, HOURS_PER_WEEK)
    time = week * HOURS_PER_WEEK + np.interp(rest, upto, hours)
    area, place = np.nonzero(time < horizon)
    time = time[area, place]
    return one_call_each(scenario, key, area, number[0][place], np.full(len(time), np.inf), background=False), time


def mark_callers(scenario: Scenario, key: tuple[int, int], callers: Families, time: Floats) -> PotentialCalls:
    """The one call of each family, in order of time. time: of each family's call."""
    family, number = np.arange(len(callers)), np.zeros(len(callers), dtype=np.int64)
    order = in_order(scenario, callers, family, number, time)
    return mark_calls(scenario, key, callers, family[order], number[order], time[order])


def expected_calls(alone: CallsAlone, start: float, end: float) -> Floats:
    """The mean number of calls of each area in [start, end) hours."""
    upto = np.concatenate([[0.0], np.cumsum(alone.weights)]) * (HOURS_PER_WEEK / len(alone.weights))
    return np.array(alone.per_hour) * (_hours_through(upto, end) - _hours_through(upto, start))


def _hours_through(upto: Floats, hour: float) -> float:
    """Hours of mean weight from Monday 00:00 to an hour of the run. upto: sums of a week's weights x their length."""
    week, rest = divmod(hour, HOURS_PER_WEEK)
    return week * HOURS_PER_WEEK + float(np.interp(rest, np.linspace(0.0, HOURS_PER_WEEK, len(upto)), upto))
