"""On duty: which duty somebody holds for an area, and whether they have rested enough for it."""

from __future__ import annotations

import math

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.policies import REST, longest_rest, starts_late
from sim.domain.scenario import Scenario
from sim.model.desk import Request
from sim.model.people import Person


class OnDuty:
    """Duties as they are kept: where rest matters, one that begins too soon after work begins late."""

    def __init__(self, scenario: Scenario) -> None:
        self.rest = REST[scenario.rota.rest]
        self.daily_rest = scenario.limits.daily_rest
        self.rest_matters = starts_late(scenario.rota.rest, self.daily_rest)

    def place(self, person: Person, area: int, now: float) -> int:
        """Place, in somebody's list, of the duty that they hold for an area and have rested for, or -1."""
        place = person.duty(now, area)
        if not self.rest_matters:
            return place
        return -1 if place >= 0 and now < self.rested_at(person, place) else place

    def resting(self, person: Person, place: int, now: float) -> bool:
        """Whether a duty that has begun is not kept yet."""
        return self.rest_matters and now < self.rested_at(person, place)

    def rested_at(self, person: Person, place: int) -> float:
        """The hour from which a duty is kept: its start, or later where work broke the rest before being at work.

        Work is being at work on an earlier duty, every task at another hour, and the way back from one.
        """
        start = person.starts[place]
        if not self.rest_matters or person.on_call[place]:
            return start
        worked = [(end - hours, end) for end, hours in person.worked]
        if person.place is not None:
            worked.append((person.back_from, person.back_at))
        if person.busy:  # work in hand, which is written down when it is done
            worked.append((person.taken, max(person.taken, start)))
        for earlier in range(place - 1, -1, -1):
            if person.ends[earlier] <= start - HOURS_PER_DAY:
                break
            if not person.on_call[earlier]:
                worked.append((person.starts[earlier], person.ends[earlier]))
        missed = max(0.0, self.daily_rest - longest_rest(worked, start - HOURS_PER_DAY, start))
        return start + self.rest(missed)

    def wakes(self, request: Request) -> Request:
        """Wakes whoever waits when somebody has rested enough."""
        if self.rest_matters:

            def rested(person: Person, now: float) -> float:
                place = person.duty(now, request.call.area)
                hour = self.rested_at(person, place) if place >= 0 else math.inf
                return hour if hour > now else math.inf

            request.ready = rested
        return request
