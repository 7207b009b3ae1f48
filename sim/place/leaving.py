"""Leaving: people who go, the months until somebody takes the post, and sickness of the burnt out.

Worked out once, from the rota as it would be with everybody staying; the rota is then made again without leavers.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim import keyed
from sim.demand.laws import quantile
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.place.stock import burnt_out, standing_stock
from sim.rota.absence import DAYS, THURSDAY
from sim.rota.duties import Duties
from sim.rota.staff import Staff, season

Bools = NDArray[np.bool_]
DAYS_PER_YEAR = 365.25


def people_leave(scenario: Scenario, staff: Staff, duties: Duties, key: tuple[int, int]) -> Staff:
    """The same posts with leavers gone for the months it takes to replace them, and the burnt out sick more often.

    With constant goodwill nobody is burnt out. A leaver goes at most once in a run; whoever takes the post begins with
    the goodwill that it began with.
    """
    dynamics = scenario.dynamics
    burnt = _burnt_out(scenario, staff, duties, key)
    days = min(burnt.shape[1], staff.leave.shape[1])
    rates = {role: (per_year, law) for role, per_year, law in scenario.overlays.leavers.rates}
    of_role = [rates.get(person.role, (0.0, None)) for person in staff.people]
    per_day = np.array([rate for rate, _ in of_role])[:, None] / DAYS_PER_YEAR
    hazard = per_day * np.where(burnt[:, :days], dynamics.burnt_out_leaves_multiple, 1.0)
    u, fill = keyed.two_uniforms(key, "leaves", staff.key)
    gone = np.cumsum(hazard, axis=1) > -np.log1p(-u)[:, None]
    vacancy = staff.leave.copy()
    anew = np.full(len(staff.people), -1, dtype=np.int64)
    for person in np.flatnonzero(gone.any(axis=1)).tolist():
        law = of_role[person][1]
        assert law is not None
        day = int(np.argmax(gone[person]))
        back = day + int(np.ceil(float(quantile(law, fill[person : person + 1])[0]) / HOURS_PER_DAY))
        vacancy[person, day:back] = True
        anew[person] = back
    return replace(staff, leave=vacancy, anew=anew, sick=staff.sick | _sick_of_it(scenario, staff, burnt, key))


def _burnt_out(scenario: Scenario, staff: Staff, duties: Duties, key: tuple[int, int]) -> Bools:
    """By person and day, from the rota with everybody staying; nobody where goodwill is constant."""
    if not scenario.dynamics.on:
        return np.zeros_like(staff.leave)
    return burnt_out(scenario.dynamics, standing_stock(scenario, staff, duties, key).path())


def _sick_of_it(scenario: Scenario, staff: Staff, burnt: Bools, key: tuple[int, int]) -> Bools:
    """Weeks of further sickness among the burnt out, so that their share is so many times that of others.

    Further weeks may fall on weeks that are sick anyhow, so they are drawn among the others.
    """
    weeks = staff.sick.shape[1] // DAYS
    usual = np.array([scenario.role(person.role).sick_share for person in staff.people])[:, None]
    usual = usual * season(scenario, weeks)[None, THURSDAY::DAYS]
    more = np.divide((scenario.dynamics.burnt_out_sick_multiple - 1) * usual, 1 - usual, where=usual < 1, out=usual * 0)
    u = keyed.uniform(key, "burnt_out_sick", staff.key[:, None], np.arange(weeks)[None, :])
    mondays = np.minimum(np.arange(weeks) * DAYS, burnt.shape[1] - 1)
    return np.asarray(np.repeat((u < more) & burnt[:, mondays], DAYS, axis=1), dtype=bool)
