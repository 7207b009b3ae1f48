"""Background calls: of children known to the service who are not at the end of life. Reported apart and in no share."""

from __future__ import annotations

import numpy as np

from sim import keyed
from sim.demand.families import HOME, Families, Ints
from sim.demand.scatter import sum_weeks
from sim.domain.calendar import HOURS_PER_YEAR
from sim.domain.scenario import Scenario
from sim.homes import settle
from sim.keyed import Floats, number_of

FIRST_NUMBER = 1 << 24  # family numbers of background calls begin here; children who die have far smaller ones
ALWAYS_AT_HOME = -1.0  # as the uniform of an offer: below any probability


def draw_background(scenario: Scenario, key: tuple[int, int]) -> Families:
    """One family a background call, whose start and death both stand at the hour of the call.

    Calls come at the hour-of-week profile; an area's rate is its deaths a year x children known a death x calls a year.
    """
    demand, areas = scenario.demand, scenario.areas
    known = demand.background_children_per_death * demand.background_calls_per_child_year
    per_hour = np.array([area.deaths_per_year for area in areas]) * known * demand.ceiling_multiple / HOURS_PER_YEAR
    most = per_hour.max(initial=0.0) * scenario.run.horizon
    subject = np.array([number_of(area.code) for area in areas], dtype=np.int64)[:, None]
    column = FIRST_NUMBER + np.arange(int(most + 8 * np.sqrt(most) + 20))[None, :]
    gap, thin = keyed.two_uniforms(key, "background", subject, column)
    weeks = sum_weeks(scenario, (np.asarray(demand.profile),))
    start = float(np.interp(0.0, weeks.hours, weeks.upto[0]))
    with np.errstate(divide="ignore", invalid="ignore"):
        through = start + np.cumsum(-np.log1p(-gap) / per_hour[:, None], axis=1)
    time = np.interp(through, weeks.upto[0], weeks.hours, right=np.inf)
    area, place = np.nonzero((time < scenario.run.horizon) & (thin < 1 / demand.ceiling_multiple))
    return one_call_each(scenario, key, area, column[0][place], time[area, place], background=True)


def one_call_each(
    scenario: Scenario, key: tuple[int, int], area: Ints, number: Ints, time: Floats, *, background: bool
) -> Families:  # fmt: skip
    """Families who make one call each and are always at home. time: of each family's start and death."""
    areas, size = scenario.areas, len(area)
    area_number = np.array([number_of(a.code) for a in areas], dtype=np.int64)[area]
    home = keyed.two_uniforms(key, "home", area_number, number)
    where = keyed.uniform(key, "home_locality", area_number, number)
    rural, prepared = keyed.two_uniforms(key, "condition", area_number, number)
    homes = settle(scenario, area, where, rural, *home)
    return Families(
        area=area,
        area_number=area_number,
        number=number,
        start=time,
        death=time,
        condition=np.zeros(size, dtype=np.int64),
        quintile=np.zeros(size, dtype=np.int64),
        rural=homes.rural,
        locality=homes.locality,
        east=homes.east,
        north=homes.north,
        frailty=np.ones(size),
        prefers=np.full(size, HOME),
        offer=np.full(size, ALWAYS_AT_HOME),
        prepared=prepared < scenario.demand.p_prepared,
        advance_care_plan=np.zeros(size, dtype=bool),
        safe_for_one=np.ones(size, dtype=bool),
        background=np.full(size, background),
    )
