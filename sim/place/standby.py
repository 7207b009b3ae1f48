"""Standby: the unpaid evening and night by the telephone while a child is dying, laid out beforehand like a duty."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from sim import keyed
from sim.demand.families import Bools
from sim.demand.table import DemandTable
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.intervals import Interval, merged, within
from sim.domain.scenario import Scenario
from sim.hours import ends_of, hours_from, out_of_hours
from sim.keyed import Floats
from sim.place.stock import Stock
from sim.rota.absence import FROM_HOUR, day_of
from sim.rota.cover import at_short_notice
from sim.rota.duties import Duties
from sim.rota.staff import Staff

LOOK_BACK_NIGHTS = 28
Nights = dict[float, list[Interval]]  # hours to be kept, by the 09:00 at which each day and night begins
Turn = tuple[float, Nights]  # the 09:00 at which it begins, and its hours to be kept


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
        visited = Visited(scenario, duties, after_work)
        role = [r.name for r in scenario.roles].index(goodwill.answer_role)
        own = _Own(duties, after_work)
        given = hours_from(within(list(dark.intervals), 0.0, goodwill.until))
        spells = _spells(scenario, demand, offered)
        teams: list[tuple[int, _Team, list[Turn]]] = []
        for area in range(len(scenario.areas)):
            if spells[area] and area_types[area] not in goodwill.not_in:
                people = np.flatnonzero((staff.role == role) & (staff.area == area) & ~staff.vacant)
                team = _Team(scenario, staff, people, own, key, stock)
                teams.append((area, team, team.turns(spells[area], given.without(visited.in_area(area)))))
        chances = _chances(staff, key, [(team.people, turns) for _, team, turns in teams])
        for area, team, turns in teams:
            rows += [(*stretch, area) for stretch in team.keep(turns, chances)]
    table = np.array(rows, dtype=float).reshape(-1, 4)
    return Standby(table[:, 0], table[:, 1], table[:, 2].astype(np.int64), table[:, 3].astype(np.int64))


class Visited:
    """Filled, funded, visiting duties among the rows of duties given."""

    def __init__(self, scenario: Scenario, duties: Duties, rows: NDArray[np.bool_]) -> None:
        may = np.array(["visit" in scenario.role(team.role).may for team in scenario.teams], dtype=bool)
        kept = rows & duties.funded & duties.visiting & (duties.person >= 0) & may[duties.team]
        columns = (duties.start, duties.end, duties.team, duties.serves)
        self.start, self.end, self.team, self.serves = (column[kept] for column in columns)
        self.codes, self.areas = [area.code for area in scenario.areas], [team.areas for team in scenario.teams]

    def in_area(self, area: int) -> Floats:
        """The ends of the merged hours with such a duty for an area."""
        serves, teams = self.serves, np.array([self.codes[area] in areas for areas in self.areas], dtype=bool)
        here = teams[self.team] & ((serves == -1) | (serves == area))
        return ends_of(self.start[here], self.end[here])


class _Own:
    """Everybody's own duties among the rows of duties given."""

    def __init__(self, duties: Duties, rows: NDArray[np.bool_]) -> None:
        held = duties.in_hands()
        order = held[rows[held]]
        self.person, self.start, self.end = duties.person[order], duties.start[order], duties.end[order]

    def of(self, person: int) -> tuple[list[float], list[float]]:
        """The starts of one person's, in order, and the hours up to which each and those before it reach."""
        mine = slice(*np.searchsorted(self.person, (person, person + 1)))
        return self.start[mine].tolist(), np.maximum.accumulate(self.end[mine]).tolist()


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

    away: by person, the 09:00 at which each night begins on which they are absent. own: by person, their own duties out
    of hours. kept: by person, as ``away``, each night kept, in order. first: place of whoever is asked first for the
    next turn.
    """

    def __init__(
        self, scenario: Scenario, staff: Staff, people: NDArray[np.int64], own: _Own, key: tuple[int, int],
        stock: Stock | None,
    ) -> None:  # fmt: skip
        self.scenario, self.staff, self.key, self.stock = scenario, staff, key, stock
        self.people, self.first = people.tolist(), 0
        self.away = dict(zip(self.people, _nights(staff.leave[people] | staff.sick[people]), strict=True))
        self.own = {person: own.of(person) for person in self.people}
        self.kept: dict[int, list[float]] = {person: [] for person in self.people}

    def turns(self, spells: list[Interval], uncovered: list[Interval]) -> list[Turn]:
        """The uncovered hours of some spells, turn by turn."""
        length = self.scenario.goodwill.standby_turn_nights * HOURS_PER_DAY
        turns: list[Turn] = []
        for start, end in spells:
            begins = (start - FROM_HOUR) // HOURS_PER_DAY * HOURS_PER_DAY + FROM_HOUR
            while begins < end:
                turns.append((begins, _by_night(within(uncovered, max(begins, start), min(begins + length, end)))))
                begins += length
        return turns

    def keep(self, turns: list[Turn], chances: Iterator[float]) -> list[tuple[float, float, int]]:
        """Who keeps the hours, turn by turn: start, end and person, by time. chances: of everybody in each turn."""
        rows: list[tuple[float, float, int]] = []
        for begins, wanted in turns:
            rows += self._ask(begins, wanted, dict(zip(self.people, islice(chances, len(self.people)), strict=True)))
        return sorted(rows)

    def _ask(self, begins: float, wanted: Nights, chance: dict[int, float]) -> list[tuple[float, float, int]]:
        """One turn, down the list: whoever says yes keeps the nights on which they are there, others are asked on."""
        rows: list[tuple[float, float, int]] = []
        first = self.first
        for person in self.people[first:] + self.people[:first]:
            if not wanted:
                break
            away = self.away[person]
            hers = {night: hours for night, hours in wanted.items() if night not in away}
            if hers and self._may(person, begins, hers) and self._accepts(person, begins, chance[person]):
                hours = merged([piece for pieces in hers.values() for piece in pieces])
                self._drain(person, begins, hours)
                if not rows:
                    self.first = (self.people.index(person) + 1) % len(self.people)
                rows += [(start, end, person) for start, end in hours]
                self.kept[person] += hers
                wanted = self._left(person, begins, wanted, hers)
        return rows

    def _may(self, person: int, begins: float, hers: Nights) -> bool:
        """Whether somebody has kept few enough nights of late, and holds no duty of their own in these."""
        kept = self.kept[person]
        recent = len(kept) - bisect_right(kept, begins - LOOK_BACK_NIGHTS * HOURS_PER_DAY)
        few = recent + len(hers) <= self.scenario.goodwill.standby_max_nights_per_28
        return few and not self._has_duty(person, hers)

    def _has_duty(self, person: int, hers: Nights) -> bool:
        starts, reached = self.own[person]
        for pieces in hers.values():
            for start, end in pieces:
                place = bisect_right(reached, start)
                if place < len(starts) and starts[place] < end:
                    return True
        return False

    def _accepts(self, person: int, begins: float, chance: float) -> bool:
        goodwill = self.scenario.goodwill
        g = float(self.staff.willingness[person]) if self.stock is None else self.stock.at(person, begins)
        return chance < goodwill.p_max * g * goodwill.weight_night

    def _drain(self, person: int, begins: float, hours: list[Interval]) -> None:
        if self.stock is not None:
            days = sum(end - start for start, end in hours) / HOURS_PER_DAY
            self.stock.drain(person, begins, self.scenario.dynamics.drain_per_24_hours * days)

    def _left(self, person: int, begins: float, wanted: Nights, hers: Nights) -> Nights:
        """The nights to be asked on: without those on which their keeper falls sick, unless a colleague is found."""
        left = {night: hours for night, hours in wanted.items() if night not in hers}
        first = min(hers)
        fell_sick = [night for night in left if night > first and not self.staff.leave[person, day_of(night)]]
        if fell_sick and not at_short_notice(self.scenario, self.staff, person, begins, self.key):
            return {night: hours for night, hours in left.items() if night not in fell_sick}
        return left


def _chances(staff: Staff, key: tuple[int, int], teams: list[tuple[list[int], list[Turn]]]) -> Iterator[float]:
    """What decides whether each of a team's people says yes to each of its turns: team by team, turn by turn."""
    people = [person for people, turns in teams for _ in turns for person in people]
    hours = [int(begins) for people, turns in teams for begins, _ in turns for _ in people]
    begins = np.array(hours, dtype=np.int64) % 2**32
    return iter(keyed.uniform(key, "standby", staff.key[np.array(people, dtype=np.int64)], begins).tolist())


def _nights(absent: Bools) -> list[frozenset[float]]:
    """By person, the 09:00 at which each day of absence begins; one before the first of the run is as the first day.

    absent: by person and day.
    """
    row, column = np.nonzero(np.concatenate([absent[:, :1], absent], axis=1))
    begins = ((column - 1) * HOURS_PER_DAY + FROM_HOUR).tolist()
    edges = np.searchsorted(row, np.arange(len(absent) + 1)).tolist()
    return [frozenset(begins[first:last]) for first, last in pairwise(edges)]


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
