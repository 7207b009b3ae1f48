"""On duty: which duty somebody holds for an area, and whether they have rested enough for it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.policies import REST, longest_rest, starts_late
from sim.domain.scenario import Scenario
from sim.model.calls import Call
from sim.model.clock import Clock
from sim.model.free.people import Doing, Person

UNPAID = (-1, math.inf)  # on no duty, which never ends


class OnDuty:
    """Duties as they are kept: where rest matters, one that begins too soon after work begins late.

    plan_of_duty: by row of a duty, the team plan it belongs to.
    """

    def __init__(self, scenario: Scenario, clock: Clock, plan_of_duty: Sequence[str]) -> None:
        self.clock, self.plan_of_duty = clock, plan_of_duty
        self.rest = REST[scenario.rota.rest]
        self.daily_rest = scenario.limits.daily_rest
        self.rest_matters = starts_late(scenario.rota.rest, self.daily_rest)

    def place(self, person: Person, area: int, now: float, did: Person | Doing | None = None) -> int:
        """Place, in somebody's list, of the duty that they hold for an area and have rested for, or -1.

        did: what they were doing then; None: what they are doing.
        """
        place = person.duty(now, area)
        return -1 if self.rest_matters and place >= 0 and now < self.rested_at(person, place, did) else place

    def serving(self, people: Iterable[Person], plan: str, area: int, now: float) -> list[Person]:
        """Of some people those on a team's duty for an area; somebody may be in two teams."""
        plan_of, found = self.plan_of_duty, []
        for person in people:
            place = bisect_right(person.starts, now) - 1
            if place < 0 or now >= person.ends[place] or plan_of[person.rows[place]] != plan:
                continue
            if person.answers[place] in (-1, area) and not (self.rest_matters and self.resting(person, place, now)):
                found.append(person)
        return found

    def row(self, person: Person, call: Call) -> int:
        """Row of the duty that somebody holds now for the call's area and has rested for; -1: unpaid."""
        place = self.place(person, call.area, self.clock.now)
        return person.rows[place] if place >= 0 else -1

    def held(self, person: Person, call: Call) -> tuple[int, float]:
        """As ``row``, and the hour at which the duty ends; inf if they are on none."""
        place = self.place(person, call.area, self.clock.now)
        return (person.rows[place], person.ends[place]) if place >= 0 else UNPAID

    def resting(self, person: Person, place: int, now: float, did: Person | Doing | None = None) -> bool:
        """Whether a duty that has begun is not kept yet."""
        return self.rest_matters and now < self.rested_at(person, place, did)

    def rested_at(self, person: Person, place: int, did: Person | Doing | None = None) -> float:
        """The hour from which a duty is kept: its start, or later where work broke the rest before being at work.

        Work is being at work on an earlier duty, every task at another hour, and the way back from one.
        """
        start = person.starts[place]
        if not self.rest_matters or person.on_call[place]:
            return start
        worked = [(end - hours, end) for end, hours in person.worked]
        doing = did or person
        if doing.place is not None:
            worked.append((doing.back_from, doing.back_at))
        if doing.busy:  # work in hand, which is written down when it is done
            worked.append((doing.taken, max(doing.taken, start)))
        for earlier in range(place - 1, -1, -1):
            if person.ends[earlier] <= start - HOURS_PER_DAY:
                break
            if not person.on_call[earlier]:
                worked.append((person.starts[earlier], person.ends[earlier]))
        missed = max(0.0, self.daily_rest - longest_rest(worked, start - HOURS_PER_DAY, start))
        late: float = self.rest(missed)
        return start + late
