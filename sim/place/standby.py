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
from sim.rota.absence import FROM_HOUR, day_of
from sim.rota.cover import at_short_notice
from sim.rota.duties import Duties
from sim.rota.staff import Staff

ACCEPTS = number_of("standby")
LOOK_BACK_NIGHTS = 28
Nights = dict[float, list[Interval]]  # hours to be kept, by the 09:00 at which each day and night begins


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
    """From the hour a child at home deteriorates until some hours after the death, all out-of-hours hours not covered.

    Covered are those with a funded visiting duty. One person of the area's own team at a time, in turns of some nights,
    asked in the order of the list.
    """
    rows: list[tuple[float, float, int, int]] = []
    goodwill = scenario.goodwill
    if goodwill.on and goodwill.standby and any(step.kind == "goodwill" for step in scenario.ladder):
        last = int(scenario.run.horizon // HOURS_PER_DAY)
        dark = out_of_hours(scenario.calendar, 0, last)
        after_work = dark.between(duties.start, duties.end) > 0
        visited = after_work & kept_visiting(duties)
        role = [r.name for r in scenario.roles].index(goodwill.answer_role)
        own = _own_hours(duties, after_work)
        spells = _spells(scenario, demand, offered)
        for area in range(len(scenario.areas)):
            if spells[area] and area_types[area] not in goodwill.not_in:
                team = np.flatnonzero((staff.role == role) & (staff.area == area) & ~staff.vacant).tolist()
                given = within(list(dark.intervals), 0.0, goodwill.until)
                uncovered = minus(given, visited_hours(scenario, duties, visited, area))
                taken = {person: own.get(person, []) for person in team}
                turns = _Team(scenario, staff, taken, key, stock).turns(spells[area], uncovered)
                rows += [(*stretch, area) for stretch in turns]
    table = np.array(rows, dtype=float).reshape(-1, 4)
    return Standby(table[:, 0], table[:, 1], table[:, 2].astype(np.int64), table[:, 3].astype(np.int64))


def visited_hours(scenario: Scenario, duties: Duties, rows: NDArray[np.bool_], area: int) -> list[Interval]:
    """Hours with a filled, funded, visiting duty for an area among the rows of duties given, merged."""
    code = scenario.areas[area].code
    teams = np.array([code in team.areas for team in scenario.teams], dtype=bool)
    able = np.array(["visit" in scenario.role(team.role).may for team in scenario.teams], dtype=bool)
    places = np.flatnonzero(rows & kept_visiting(duties))
    serves = duties.serves[places]
    rows = places[(teams & able)[duties.team[places]] & ((serves == -1) | (serves == area))]
    return merged(list(zip(duties.start[rows].tolist(), duties.end[rows].tolist(), strict=True)))


def kept_visiting(duties: Duties) -> NDArray[np.bool_]:
    """Rows of filled, funded, visiting duties."""
    return np.asarray(duties.funded & duties.visiting & (duties.person >= 0), dtype=bool)


def _own_hours(duties: Duties, rows: NDArray[np.bool_]) -> dict[int, list[Interval]]:
    """By person, the merged hours of their own among the rows of duties given."""
    own: dict[int, list[Interval]] = {}
    columns = (duties.person[rows].tolist(), duties.start[rows].tolist(), duties.end[rows].tolist())
    for person, start, end in zip(*columns, strict=True):
        own.setdefault(person, []).append((start, end))
    return {person: merged(hours) for person, hours in own.items()}


def _spells(scenario: Scenario, demand: DemandTable, offered: Bools) -> list[list[Interval]]:
    """By area, the merged hours in which a child who was offered home is deteriorating or dying, or has just died."""
    spells: list[list[Interval]] = [[] for _ in scenario.areas]
    families = demand.families
    start = np.maximum(demand.phases.deteriorates, 0.0)
    # at 0 hours too: the death's own call finds whoever kept the telephone still beside it
    until = np.minimum(families.death + scenario.goodwill.standby_after_death, scenario.run.horizon)
    end = np.nextafter(until, np.inf)
    for row in np.flatnonzero(offered & (end > start)):
        spells[families.area[row]].append((float(start[row]), float(end[row])))
    return [merged(pieces) for pieces in spells]


class _Team:
    """The people of an area who are asked to keep its telephone, in the order of their list.

    duties: by person, the hours of their own duties out of hours. kept: by person, the 09:00 at which each night kept
    begins. first: place of whoever is asked first for the next turn.
    """

    def __init__(
        self, scenario: Scenario, staff: Staff, duties: dict[int, list[Interval]], key: tuple[int, int],
        stock: Stock | None,
    ) -> None:  # fmt: skip
        self.scenario, self.staff, self.key, self.stock = scenario, staff, key, stock
        self.people, self.duties, self.first = list(duties), duties, 0
        self.kept: dict[int, list[float]] = {person: [] for person in duties}

    def turns(self, spells: list[Interval], uncovered: list[Interval]) -> list[tuple[float, float, int]]:
        """Who keeps the uncovered hours of some spells, turn by turn: start, end and person, by time."""
        length = self.scenario.goodwill.standby_turn_nights * HOURS_PER_DAY
        rows: list[tuple[float, float, int]] = []
        for start, end in spells:
            begins = (start - FROM_HOUR) // HOURS_PER_DAY * HOURS_PER_DAY + FROM_HOUR
            while begins < end:
                wanted = _by_night(within(uncovered, max(begins, start), min(begins + length, end)))
                rows += self._ask(begins, wanted)
                begins += length
        return sorted(rows)

    def _ask(self, begins: float, wanted: Nights) -> list[tuple[float, float, int]]:
        """One turn, down the list: whoever says yes keeps the nights on which they are there, others are asked on."""
        rows: list[tuple[float, float, int]] = []
        first = self.first
        for person in self.people[first:] + self.people[:first]:
            hers = {night: hours for night, hours in wanted.items() if not self._away(person, night)}
            if hers and self._may(person, begins, hers) and self._accepts(person, begins):
                hours = merged([piece for pieces in hers.values() for piece in pieces])
                self._drain(person, begins, hours)
                if not rows:
                    self.first = (self.people.index(person) + 1) % len(self.people)
                rows += [(start, end, person) for start, end in hours]
                self.kept[person] += hers
                wanted = self._left(person, begins, wanted, hers)
        return rows

    def _away(self, person: int, night: float) -> bool:
        day = day_of(night)
        return bool(self.staff.leave[person, day] or self.staff.sick[person, day])

    def _may(self, person: int, begins: float, hers: Nights) -> bool:
        """Whether somebody has kept few enough nights of late, and holds no duty of their own in these."""
        recent = sum(night > begins - LOOK_BACK_NIGHTS * HOURS_PER_DAY for night in self.kept[person])
        own = (within(self.duties[person], *piece) for pieces in hers.values() for piece in pieces)
        return recent + len(hers) <= self.scenario.goodwill.standby_max_nights_per_28 and not any(own)

    def _accepts(self, person: int, begins: float) -> bool:
        goodwill = self.scenario.goodwill
        g = float(self.staff.willingness[person]) if self.stock is None else self.stock.at(person, begins)
        p = goodwill.p_max * g * goodwill.weight_night
        return one(self.key, ACCEPTS, int(self.staff.key[person]), int(begins) % 2**32) < p

    def _drain(self, person: int, begins: float, hours: list[Interval]) -> None:
        if self.stock is not None:
            days = sum(end - start for start, end in hours) / HOURS_PER_DAY
            self.stock.drain(person, begins, self.scenario.dynamics.drain_per_24_hours * days)

    def _left(self, person: int, begins: float, wanted: Nights, hers: Nights) -> Nights:
        """The nights to be asked on: without those on which their keeper falls sick, unless a colleague is found."""
        left = {night: hours for night, hours in wanted.items() if night not in hers}
        fell_sick = [n for n in left if n > min(hers) and not self.staff.leave[person, day_of(n)]]
        if fell_sick and not at_short_notice(self.scenario, self.staff, person, begins, self.key):
            return {night: hours for night, hours in left.items() if night not in fell_sick}
        return left


def _by_night(hours: list[Interval]) -> Nights:
    """Hours by the 09:00 at which their day and night begins."""
    nights: Nights = {}
    for start, end in hours:
        while start < end:
            night = (start - FROM_HOUR) // HOURS_PER_DAY * HOURS_PER_DAY + FROM_HOUR
            upto = min(night + HOURS_PER_DAY, end)
            nights.setdefault(night, []).append((start, upto))
            start = upto
    return nights
