"""Standby: the unpaid evening and night by the telephone while a child is dying, laid out beforehand like a duty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.demand.families import Bools
from sim.demand.table import DemandTable
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.intervals import Interval, merged, minus, within
from sim.domain.scenario import Scenario
from sim.hours import out_of_hours
from sim.keyed import Floats, number_of, one
from sim.place.stock import Stock
from sim.rota.duties import Duties
from sim.rota.staff import Staff, day_of

ACCEPTS = number_of("standby")
CHANGES_AT = 9.0  # o'clock: a turn of standby begins and ends in the morning
LOOK_BACK_NIGHTS = 28


@dataclass(frozen=True, slots=True, eq=False)
class Standby:
    """One row an unpaid stretch [start, end) in hours that a person keeps a telephone for an area."""

    start: Floats
    end: Floats
    person: NDArray[np.int64]
    area: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)


def lay_standby(
    scenario: Scenario, demand: DemandTable, offered: Bools, staff: Staff, area_types: tuple[str, ...],
    duties: Duties, key: tuple[int, int], stock: Stock | None = None,
) -> Standby:  # fmt: skip
    """From the hour a child at home deteriorates until the death, every out-of-hours hour that no funded visit covers.

    One person of the area's own team at a time, in turns of some nights, asked in the order of the list.
    """
    rows: list[tuple[float, float, int, int]] = []
    goodwill = scenario.goodwill
    if goodwill.on and goodwill.standby and any(step.kind == "goodwill" for step in scenario.ladder):
        last = int(scenario.run.horizon // HOURS_PER_DAY)
        dark = out_of_hours(scenario.calendar, 0, last)
        after_work = dark.between(duties.start, duties.end) > 0
        role = [r.name for r in scenario.roles].index(goodwill.answer_role)
        spells = _spells(demand, offered, len(scenario.areas), scenario.run.horizon)
        for area in range(len(scenario.areas)):
            if spells[area] and area_types[area] not in goodwill.not_in:
                team = np.flatnonzero((staff.role == role) & (staff.area == area) & ~staff.vacant).tolist()
                given = within(list(dark.intervals), 0.0, goodwill.until)
                uncovered = minus(given, visited_hours(scenario, duties, after_work, area))
                taken = {person: _own_hours(duties, after_work, person) for person in team}
                rows += _turns(scenario, spells[area], uncovered, taken, staff, area, key, stock)
    table = np.array(rows, dtype=float).reshape(-1, 4)
    return Standby(table[:, 0], table[:, 1], table[:, 2].astype(np.int64), table[:, 3].astype(np.int64))


def visited_hours(scenario: Scenario, duties: Duties, rows: NDArray[np.bool_], area: int) -> list[Interval]:
    """Hours with a filled, funded, visiting duty for an area among the rows of duties given, merged."""
    code = scenario.areas[area].code
    teams = np.array([code in team.areas for team in scenario.teams], dtype=bool)
    able = np.array(["visit" in scenario.role(team.role).may for team in scenario.teams], dtype=bool)
    here = (teams & able)[duties.team] & ((duties.serves == -1) | (duties.serves == area))
    rows = rows & here & duties.funded & duties.visiting & (duties.person >= 0)
    return merged(list(zip(duties.start[rows].tolist(), duties.end[rows].tolist(), strict=True)))


def _own_hours(duties: Duties, rows: NDArray[np.bool_], person: int) -> list[Interval]:
    mine = rows & (duties.person == person)
    return merged(list(zip(duties.start[mine].tolist(), duties.end[mine].tolist(), strict=True)))


def _spells(demand: DemandTable, offered: Bools, areas: int, horizon: float) -> list[list[Interval]]:
    """By area, the merged hours in which a child who was offered home is deteriorating or dying."""
    spells: list[list[Interval]] = [[] for _ in range(areas)]
    families = demand.families
    start = np.maximum(demand.phases.deteriorates, 0.0)
    # the death's own call comes at the very hour of the death, and finds whoever kept the telephone still beside it
    end = np.nextafter(np.minimum(families.death, horizon), np.inf)
    for row in np.flatnonzero(offered & (end > start)):
        spells[families.area[row]].append((float(start[row]), float(end[row])))
    return [merged(pieces) for pieces in spells]


def _turns(
    scenario: Scenario, spells: list[Interval], uncovered: list[Interval],
    taken: dict[int, list[Interval]], staff: Staff, area: int,
    key: tuple[int, int], stock: Stock | None,
) -> list[tuple[float, float, int, int]]:  # fmt: skip
    """Each turn goes to the first, in the order of the list from the last who accepted, who is there and says yes.

    taken: by person of the team, in order of the list, the hours of their own duties out of hours.
    """
    team = list(taken)
    goodwill, nights = scenario.goodwill, scenario.goodwill.standby_turn_nights
    absent, rows, pointer = staff.absent(), [], 0
    kept: dict[int, list[float]] = {person: [] for person in team}
    for spell_start, spell_end in spells:
        begins = (spell_start - CHANGES_AT) // HOURS_PER_DAY * HOURS_PER_DAY + CHANGES_AT
        while begins < spell_end:
            ends = begins + nights * HOURS_PER_DAY
            hours = within(uncovered, max(begins, spell_start), min(ends, spell_end))
            for place in range(len(team)) if hours else ():
                person = team[(pointer + place) % len(team)]
                recent = [start for start in kept[person] if start > begins - LOOK_BACK_NIGHTS * HOURS_PER_DAY]
                room = (len(recent) + 1) * nights <= goodwill.standby_max_nights_per_28
                if (
                    room
                    and not any(within(taken[person], start, end) for start, end in hours)
                    and not absent[person, day_of(begins)]
                    and _accepts(scenario, staff, person, begins, key, stock)
                ):
                    if stock is not None:
                        kept_hours = sum(end - start for start, end in hours)
                        stock.drain(person, begins, scenario.dynamics.drain_per_24_hours * kept_hours / HOURS_PER_DAY)
                    rows += [(start, end, person, area) for start, end in hours]
                    kept[person].append(begins)
                    pointer = (pointer + place + 1) % len(team)
                    break
            begins = ends
    return rows


def _accepts(
    scenario: Scenario, staff: Staff, person: int, begins: float, key: tuple[int, int], stock: Stock | None
) -> bool:  # fmt: skip
    goodwill = scenario.goodwill
    g = float(staff.willingness[person]) if stock is None else stock.at(person, begins)
    p = goodwill.p_max * g * goodwill.weight_night
    return one(key, ACCEPTS, int(staff.key[person]), int(begins) % 2**32) < p
