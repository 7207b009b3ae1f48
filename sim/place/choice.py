"""Who is offered what, where overlays say more than one national chance: home, a hospice, a rapid transfer.

Multiples act on the chance, and the family's own uniform stays as it is: a family that is not offered home keeps its
place in every denominator, and its calls are not made (``choice_not_offered``).
"""

from __future__ import annotations

import numpy as np

from sim.demand.families import HOSPICE, Bools, Families
from sim.demand.living_alone import living_alone
from sim.demand.ringing import by_deprivation
from sim.demand.table import DemandTable
from sim.domain.scenario import Scenario
from sim.domain.travel import BUSY, Spot, Ways
from sim.keyed import Floats
from sim.place.standby import Visited
from sim.rota.duties import lay_duties
from sim.rota.staff import Staff, nobody_away


def home_multiples(scenario: Scenario, key: tuple[int, int], families: Families) -> Floats:
    """By family, the multiple of its chance to be offered home: its deprivation, the country, who lives there."""
    access, home = scenario.overlays.access, scenario.overlays.home_safety
    alone, _ = living_alone(scenario, key, families.area_number, families.number)
    unsafe = ~families.safe_for_one & ~alone
    return (
        by_deprivation(access.home_deprived, families.quintile)
        * np.where(families.rural, access.home_rural, 1.0)
        * np.where(alone, home.offered_when_alone, 1.0)
        * np.where(unsafe, home.offered_when_unsafe, 1.0)
    )


def in_hospice(scenario: Scenario, children: Families) -> Bools:
    """The children who prefer a hospice and are offered one."""
    overlay, access = scenario.overlays.hospice_offer, scenario.overlays.access
    own = dict(overlay.by_area)
    by_area = np.array([own.get(area.code, scenario.place.p_hospice_offer) for area in scenario.areas])
    chance = by_area[children.area] * np.where(_far(scenario, children), overlay.far, 1.0)
    offered = children.offer < chance * by_deprivation(access.hospice_deprived, children.quintile)
    return np.asarray((children.prefers == HOSPICE) & offered, dtype=bool)


def transfers_offered(
    scenario: Scenario, staff: Staff, area_types: tuple[str, ...], key: tuple[int, int], demand: DemandTable
) -> Bools:  # fmt: skip
    """By family, whether the rota on paper has a visiting duty for every one of the first hours at home.

    Stepped-up duties count as stood up. Only families who come home by rapid transfer are looked at.
    """
    families, transferred = demand.families, demand.transferred
    offered = np.zeros(len(families), dtype=bool)
    if transferred is None or not transferred.any():
        return offered
    paper = lay_duties(scenario, nobody_away(staff), area_types, key)
    visited = Visited(scenario, paper, np.ones(len(paper), dtype=bool))
    begins = np.maximum(families.start, 0.0)
    hours_ahead = begins + scenario.overlays.rapid_transfer.paper
    ends = np.minimum(np.minimum(hours_ahead, families.death), scenario.run.horizon)
    for area in np.unique(families.area[transferred]).tolist():
        rows, edges = np.flatnonzero(transferred & (families.area == area)), visited.in_area(area)
        place = np.searchsorted(edges, begins[rows], side="right")
        whole = (place % 2 == 1) & (ends[rows] <= np.append(edges, 0.0)[place])
        offered[rows] = whole & (begins[rows] < ends[rows])
    return offered


def _far(scenario: Scenario, children: Families) -> Bools:
    """Whether the nearest hospice is beyond the drive: by the area's distance; where none is given, in the country."""
    km = np.array([np.nan if area.hospice_km is None else area.hospice_km for area in scenario.areas])[children.area]
    beyond = _there(scenario, km, children) > scenario.overlays.hospice_offer.drive
    return np.where(np.isnan(km), children.rural, beyond)


def _there(scenario: Scenario, km: Floats, children: Families) -> Floats:
    """Hours by day to a hospice so many km away."""
    nought = np.zeros_like(km)
    away, home = (Spot(east, nought, children.locality) for east in (km, nought))
    return np.asarray(Ways(scenario).by_distance(away, home, BUSY))
