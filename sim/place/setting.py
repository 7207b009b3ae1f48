"""Everything about one replication that is known before the first call."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim import keyed
from sim.demand.families import Bools, Families, Ints
from sim.demand.table import DemandTable, draw_demand
from sim.domain.policies import OFFER_SHAPE
from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.place.choice import home_multiples, in_hospice, transfers_offered
from sim.place.leaving import people_leave
from sim.place.standby import Standby, lay_standby
from sim.place.stepped_up import stand_up
from sim.place.stock import Stock, standing_stock
from sim.place.training import Trained, train
from sim.rota.absence import days_of
from sim.rota.duties import Duties, lay_duties
from sim.rota.paper import cover_of_each, paper_cover
from sim.rota.staff import Staff, draw_staff
from sim.rota.supply import deal_area_types


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """Children, people and rotas of one replication.

    area_types: by area. cover: share c of the paper rota, by area. offered: by row of ``demand.families``.
    stock: goodwill day by day, None if it is constant. trained: None if nobody is.
    in_hospice: by row of ``demand.children``. known: for each family the rows of the staff who know it from the start.
    """

    demand: DemandTable
    staff: Staff
    area_types: tuple[str, ...]
    duties: Duties
    cover: Floats
    offered: Bools
    in_hospice: Bools
    known: tuple[tuple[int, ...], ...]
    standby: Standby
    stock: Stock | None = None
    trained: Trained | None = None


def lay_out(scenario: Scenario, seed: int, replication: int) -> Setting:
    """The same children and the same people's absences for every scenario that shares them."""
    key = (seed, replication)
    demand = draw_demand(scenario, seed, replication)
    staff = draw_staff(scenario, key)
    area_types = deal_area_types(scenario, key)
    duties = lay_duties(scenario, staff, area_types, key)
    if scenario.overlays.leavers.rates:
        staff = people_leave(scenario, staff, duties, key)
        duties = lay_duties(scenario, staff, area_types, key)
    trained = None
    if scenario.overlays.training.people:
        staff, trained = train(scenario, staff, duties, key)
        duties = lay_duties(scenario, staff, area_types, key)
    cover = paper_cover(scenario, area_types)
    families = demand.families
    offered = families.offer < chances(scenario, area_types, families) * home_multiples(scenario, key, families)
    if demand.transferred is not None:
        transfers = transfers_offered(scenario, staff, area_types, key, demand)
        offered = np.where(demand.transferred, transfers, offered)
    duties = stand_up(scenario, demand, offered, duties)
    stock = standing_stock(scenario, staff, duties, key) if scenario.dynamics.on else None
    standby = lay_standby(scenario, demand, offered, staff, area_types, duties, key, stock)
    if stock is not None:
        stock = standing_stock(scenario, staff, duties, key, (standby.start, standby.end, standby.person))
    known = _who_knows(scenario, demand, staff, key)
    hospice = in_hospice(scenario, demand.children)
    return Setting(demand, staff, area_types, duties, cover, offered, hospice, known, standby, stock, trained)


def chances(scenario: Scenario, area_types: tuple[str, ...], families: Families) -> Floats:
    """Probability that each family who wants home is offered it, by what there is when its episode begins.

    Asked once: nobody is sent to hospital because a service closes, or asked again because one opens.
    """
    given = families.start < scenario.goodwill.until
    goodwill = np.where(given, goodwill_makes_home(scenario, area_types)[families.area], 0.0)
    cover = cover_of_each(scenario, area_types, families.area, families.start)
    return offer(cover, scenario.place.home_anyway, goodwill, scenario.place.offer_shape)


def goodwill_makes_home(scenario: Scenario, area_types: tuple[str, ...]) -> Floats:
    """g of each area: nothing where nobody gives goodwill.

    It stays where ``Goodwill.on`` is false: the run without goodwill has the same children at home. A scenario in which
    goodwill is withdrawn sets it to 0.
    """
    nobody = np.array([area_type in scenario.goodwill.not_in for area_type in area_types])
    return np.where(nobody, 0.0, scenario.place.goodwill_makes_home)


def offer(cover: Floats, anyway: float, goodwill: float | Floats, shape: str = "linear") -> Floats:
    """Probability that a family who wants home is offered it: a + (1 - a)(g + (1 - g) h(c)), c the paper rota's cover.

    anyway: a, who goes home with nobody on call. goodwill: g, what goodwill adds of the rest. shape: h, what cover
    counts for, a word of ``OFFER_SHAPE``. Source: ``docs/model.md``, Choice of place.
    """
    return np.asarray(anyway + (1 - anyway) * (goodwill + (1 - goodwill) * OFFER_SHAPE[shape](cover)))


def _who_knows(
    scenario: Scenario, demand: DemandTable, staff: Staff, key: tuple[int, int]
) -> tuple[tuple[int, ...], ...]:
    """The named people of each family: of each role, those of its area for whom the family's own draw is smallest."""
    families = demand.families
    chosen = [np.zeros((len(families), 0), dtype=np.int64)]
    for row, role in enumerate(scenario.roles):
        if role.named_per_family:
            people = _of_areas(staff, (staff.role == row) & ~staff.vacant, len(scenario.areas))[families.area]
            chosen.append(_smallest(families, people, staff, role.named_per_family, key))
    known = np.concatenate(chosen, axis=1)
    if (known >= 0).all():
        return tuple(map(tuple, known.tolist()))
    return tuple(tuple(person for person in some if person >= 0) for some in known.tolist())


def _of_areas(staff: Staff, some: Bools, areas: int) -> Ints:
    """By area, some of the staff in the order of their rows, and -1 after the last."""
    rows = np.flatnonzero(some)
    order = rows[np.argsort(staff.area[rows], kind="stable")]
    area = staff.area[order]
    count = np.bincount(area, minlength=areas)
    place = np.arange(len(order)) - (np.cumsum(count) - count)[area]
    people = np.full((areas, int(count.max(initial=0))), -1)
    people[area, place] = order
    return people


def _smallest(families: Families, people: Ints, staff: Staff, number: int, key: tuple[int, int]) -> Ints:
    """By family, those by whom its own draws are smallest, of the people who are there when its episode begins.

    people: by family, rows of the staff; -1: nobody, as where too few are there.
    """
    starts = np.where(np.isfinite(families.start), families.start, 0.0)
    begins = np.minimum(days_of(starts), staff.off_list.shape[1] - 1)
    u = keyed.uniform(key, "knows", families.area_number[:, None], families.number[:, None], staff.key[people])
    u = np.where((people < 0) | staff.off_list[people, begins[:, None]], np.inf, u)
    first = np.argsort(u, axis=1, kind="stable")[:, :number]
    return np.where(np.isinf(np.take_along_axis(u, first, axis=1)), -1, np.take_along_axis(people, first, axis=1))
