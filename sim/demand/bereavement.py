"""Visits after the death: planned work of the community team for the family that is left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim import keyed
from sim.demand.families import Families
from sim.demand.laws import quantile
from sim.demand.planned import PlannedVisits, working_weeks
from sim.domain.scenario import Scenario


def visits_after(scenario: Scenario, key: tuple[int, int], families: Families) -> PlannedVisits:
    """A number of visits to each family at random working hours of the weeks after the death, before the end of demand.

    A fraction of a visit is one more visit for that share of the families.
    """
    overlay, demand = scenario.overlays.bereavement, scenario.demand
    u = keyed.uniform(key, "bereavement_count", families.area_number, families.number)
    count = np.floor(overlay.visits + u).astype(np.int64)
    family = np.repeat(np.arange(len(families)), count)
    number = np.arange(len(family)) - np.repeat(np.cumsum(count) - count, count)
    rows = families.area_number[family], families.number[family], number
    when, length = keyed.two_uniforms(key, "bereavement", *rows)
    far = replace(scenario, demand=replace(demand, episode_cap_hours=max(demand.episode_cap_hours, overlay.within)))
    weeks = working_weeks(far)
    if weeks is None:
        return PlannedVisits.none()
    hours, upto = weeks.hours, weeks.upto[0]
    death = families.death[family]
    begun, ended = (np.interp(hour, hours, upto) for hour in (death, death + overlay.within))
    time = np.interp(begun + when * (ended - begun), upto, hours)
    inside = np.flatnonzero(time < scenario.run.horizon)
    return PlannedVisits(family[inside], time[inside], quantile(demand.planned_visit, length[inside]))
