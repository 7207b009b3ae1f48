"""What it costs that somebody calls: work done on call, miles, universal services, and hours that nobody pays.

Calls of children not at the end of life are paid alike and stand in it too. Source of prices: ``configs/costs``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.hours import out_of_hours
from sim.keyed import Floats
from sim.ledger import TASKS, Ledger
from sim.measures.places import days_of_care
from sim.rota.available import session_worth
from sim.rota.sessions import sessions

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
KM_PER_MILE = 1.609344
ON_THE_ROAD = (TASKS.index("journey"), TASKS.index("way_back"))
RING = TASKS.index("ring")


class Amounts(NamedTuple):
    """Sums of money of the window, one line each: GBP, row of the area, row of the role (-1: nobody of ours)."""

    gbp: Floats
    area: Ints
    role: Ints


class Work(NamedTuple):
    """Tasks other than being rung, clipped to the window. hours: of each. km: of the straight line.

    paid: on a funded duty.
    """

    person: Ints
    family: Ints
    kind: Ints
    start: Floats
    hours: Floats
    km: Floats
    on_call: Bools
    paid: Bools


def activity(ledger: Ledger, scenario: Scenario) -> dict[str, Amounts]:
    """Work done on funded duties on call at the role's cost of an hour, and the miles of all funded journeys."""
    work = _work(ledger, scenario)
    price = np.array([role.cost_per_hour for role in scenario.roles])[ledger.setting.staff.role]
    a_km = scenario.travel.mileage / KM_PER_MILE * scenario.costs.mile  # of the straight line, in GBP
    on_call = work.on_call & work.paid
    driven = work.paid & np.isin(work.kind, ON_THE_ROAD)
    return {
        "work_on_call": _amounts(ledger, work, on_call, work.hours * price[work.person]),
        "mileage": _amounts(ledger, work, driven, work.km * a_km),
    }


def universal(ledger: Ledger, scenario: Scenario) -> dict[str, Amounts]:
    """Calls that were left unmet or turned to general services (one contact each), consultations by these, emergency
    visits with their ambulance, and days in hospital and in hospices."""
    calls, (start, end) = ledger.calls, scenario.run.window
    demand, price = ledger.setting.demand, scenario.costs.universal
    time, family = calls.column("time"), demand.calls.family[calls.column("call")]
    own = calls.column("made") & (calls.column("joined") < 0) & (time >= start) & (time < end)
    outcome, came = calls.column("outcome"), calls.column("ended")
    left = own & ((outcome == "unmet") | np.isfinite(calls.column("turned_to")))
    met = own & (outcome == "met_by_general_services")
    last = int(np.nanmax(came, initial=scenario.run.horizon) // HOURS_PER_DAY)
    dark = out_of_hours(scenario.calendar, 0, last).contain(came)
    a_consultation = price.consultation * np.where(dark, price.consultation_out_of_hours, 1.0)
    visited = own & calls.column("emergency_visit")
    a_visit = price.emergency_visit + price.ambulance_share * price.ambulance

    def of(gbp: Floats | float, area: Ints) -> Amounts:
        return Amounts(np.zeros(len(area)) + gbp, area, np.full(len(area), -1))

    def in_area(which: Bools) -> Ints:
        return np.asarray(demand.families.area[family[which]], dtype=np.int64)

    return {
        "contacts": of(price.contact, in_area(left)),
        "general_services": of(a_consultation[met], in_area(met)),
        "emergency_visits": of(a_visit, in_area(visited)),
    } | {
        f"days_{kind}": of(days * (price.hospice_day if kind == "hospice" else price.hospital_day), area)
        for kind, (days, area) in days_of_care(ledger, scenario).items()
    }


def goodwill_worth(ledger: Ledger, scenario: Scenario) -> dict[str, Amounts]:
    """What unpaid help would cost at a shadow price: hours worked as working hours, standby as sessions on call."""
    work, staff, standby = _work(ledger, scenario), ledger.setting.staff, ledger.setting.standby
    price = np.array([role.cost_per_hour for role in scenario.roles])[staff.role]
    multiple = scenario.costs.goodwill_multiple
    worked = _amounts(ledger, work, ~work.paid, work.hours * price[work.person] * multiple)
    which, day = sessions(scenario, standby.start, standby.end)
    first = int(scenario.run.window[0] // HOURS_PER_DAY)
    inside = (day >= first) & (day < first + scenario.run.weeks * 7)
    person, day = standby.person[which[inside]], day[inside]
    _, once = np.unique(person * (int(day.max(initial=0)) + 1) + day, return_index=True)
    person, day = person[once], day[once]
    each = session_worth(scenario, day) * scenario.availability.session * multiple
    return {"worked": worked, "standby": Amounts(each, staff.area[person], staff.role[person])}


def _work(ledger: Ledger, scenario: Scenario) -> Work:
    tasks, duties, (start, end) = ledger.tasks, ledger.setting.duties, scenario.run.window
    kind, begins, ends = tasks.column("kind"), tasks.column("start"), tasks.column("end")
    rows = np.flatnonzero((kind != RING) & (ends > start) & (begins < end))
    duty = tasks.column("duty")[rows]
    held = duty >= 0
    hours = np.minimum(ends[rows], end) - np.maximum(begins[rows], start)
    funded, on_call = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    funded[held], on_call[held] = duties.funded[duty[held]], duties.on_call[duty[held]]
    return Work(
        person=tasks.column("person")[rows],
        family=ledger.setting.demand.calls.family[tasks.column("call")[rows]],
        kind=kind[rows],
        start=begins[rows],
        hours=hours,
        km=tasks.column("km")[rows] * hours / (ends[rows] - begins[rows]),
        on_call=on_call,
        paid=funded,
    )


def _amounts(ledger: Ledger, work: Work, chosen: Bools, gbp: Floats) -> Amounts:
    setting = ledger.setting
    area, role = setting.demand.families.area[work.family[chosen]], setting.staff.role[work.person[chosen]]
    return Amounts(gbp[chosen], area, role)
