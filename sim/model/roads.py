"""Roads: where somebody sets out from, how long it takes, and the way back, from which they may be sent on."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np

from sim.domain import travel
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.travel import Spot, Ways
from sim.hours import busy_roads
from sim.model.calls import Call
from sim.model.clock import Clock
from sim.model.free.people import Doing, Person
from sim.model.timesheets import Timesheets
from sim.rota.duties import Duties

NORMAL = NormalDist()


class Roads:
    """Journeys between homes. Places in km, times in hours. chance: the uniform of one person about one call.

    further: by row of a duty, hours that its journeys take beyond what the map says; the last stands for no duty.
    """

    def __init__(
        self, scenario: Scenario, clock: Clock, timesheets: Timesheets, chance: Callable[[Call, Person], float],
        further: Sequence[float],
    ) -> None:  # fmt: skip
        self.ways, self.travel, self.calendar = Ways(scenario), scenario.travel, scenario.calendar
        self.reach = scenario.travel.reach
        self.clock, self.timesheets, self.chance, self.further = clock, timesheets, chance, further
        self._asked, self._busy = math.nan, False
        last_day = int(scenario.run.horizon // HOURS_PER_DAY) + 1
        self._edges, self._read_upto = busy_roads(self.calendar, last_day).edges.tolist(), last_day * HOURS_PER_DAY
        self.noise_sd = math.sqrt(math.log1p(scenario.travel.noise_cv**2))

    def where(self, person: Person, now: float, did: Person | Doing | None = None) -> Spot:
        """Where somebody would set out from: the last family's door on the way back from it, else home.

        did: what they were doing then; None: what they are doing.
        """
        doing = did or person
        return doing.place if doing.place is not None and now < doing.back_at else person.home

    def expected_journey(self, person: Person, call: Call, now: float, did: Person | Doing | None = None) -> float:
        """One-way hours on the road, without luck and without getting ready."""
        busy = self._busy if now == self._asked else self._are_busy(now)
        return self.ways.by_car(self.where(person, now, did), call.family.home, busy)

    def sets_out(self, person: Person, call: Call, duty: int) -> tuple[float, float]:
        """Hours on the road to the family's door with luck, on the duty this is done on, and km of the straight line.

        The luck of the way back is the same.
        """
        now, home = self.clock.now, call.family.home
        start = self.where(person, now)
        hours = self.ways.by_car(start, home, self._are_busy(now)) * self.luck(person, call) + self.further[duty]
        return hours, travel.straight_km(start, home)

    def in_reach(self, person: Person, call: Call, now: float, did: Person | Doing | None = None) -> bool:
        """Whether the expected journey is no longer than the reach."""
        return self.reach == math.inf or self.expected_journey(person, call, now, did) <= self.reach

    def luck(self, person: Person, call: Call) -> float:
        """The factor, of mean 1, by which this journey differs from the expected one; the way back has the same."""
        if self.noise_sd == 0.0:
            return 1.0
        if person.luck_with != call.key:
            z = NORMAL.inv_cdf(self.chance(call, person))
            person.luck, person.luck_with = math.exp(self.noise_sd * z - self.noise_sd**2 / 2), call.key
        return person.luck

    def mobilisation(self, person: Person, now: float) -> tuple[float, bool]:
        """Hours to get ready, and whether from home: none on the road already, few at work, more from home."""
        if person.place is not None and now < person.back_at:
            return 0.0, False
        if person.at_work(now):
            return self.travel.mobilise_at_work, False
        return self.travel.mobilise_from_home, True

    def starts_back(self, person: Person, call: Call, duty: int) -> None:
        """Sets out for home from a family's door; somebody may be sent on from there."""
        now, home = self.clock.now, call.family.home
        person.place, person.back_from = home, now
        journey = self.ways.hours_back(home, person.home, self._are_busy(now))
        journey = journey * self.luck(person, call) + self.further[duty]
        person.back_at, person.back_call, person.back_duty = now + journey, call.row, duty
        person.back_pace = travel.straight_km(person.home, home) / journey if journey > 0 else 0.0

    def _are_busy(self, now: float) -> bool:
        known = now < self._read_upto  # what begins after the last call may end later
        busy = bisect_right(self._edges, now) % 2 == 1 if known else self.calendar.roads_are_busy(now)
        self._asked, self._busy = now, busy
        return busy

    def leaves_the_road(self, person: Person, now: float | None = None) -> None:
        """Books the way back that somebody was on, or had finished, when they are wanted again (or the run is over)."""
        if person.place is not None:
            now = self.clock.now if now is None else now
            until = min(now, person.back_at)
            km = person.back_pace * (until - person.back_from)
            self.timesheets.book(person, person.back_call, "way_back", person.back_from, until, person.back_duty, km=km)
            person.place = None if now >= person.back_at else person.place
            person.back_from = now

    def goes_on_home(self, person: Person) -> None:
        """Drives on after a conversation on the way back, for which the car stood still."""
        if person.place is not None:
            person.back_at += self.clock.now - person.back_from
            person.back_from = self.clock.now


def further_by_duty(scenario: Scenario, duties: Duties) -> Sequence[float]:
    """Hours beyond the map of each duty's journeys: on call for a pool, what the pool says; and none without a duty."""
    hours = np.array([team.pool.further if team.pool else 0.0 for team in scenario.teams])
    return array("d", np.append(np.where(duties.on_call, hours[duties.team], 0.0), 0.0).tobytes())
