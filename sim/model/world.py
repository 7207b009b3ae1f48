"""The world of one run: the clock, the people, the families, and who serves whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim import keyed
from sim.demand.calls import DEATH_CALL, later_marks
from sim.demand.ringing import rings_elsewhere
from sim.domain.policies import WHILE_VISITING
from sim.domain.scenario import Scenario, Step
from sim.domain.staff import MAY
from sim.ledger import Ledger
from sim.model.calls import Call, families_of
from sim.model.causes.gaps import Gaps
from sim.model.clock import Clock
from sim.model.foreseen import Foreseen
from sim.model.free.boundary import Boundaries
from sim.model.free.desk import Desk
from sim.model.free.diary import Diary
from sim.model.free.on_duty import OnDuty
from sim.model.free.people import Person, make_people
from sim.model.marks import AGAIN, LaterMarks, Marks
from sim.model.roads import Roads, further_by_duty
from sim.model.timesheets import Timesheets
from sim.place import Setting

BLOCK = 512  # calls whose marks are read at a time


class World:
    """Everything that processes look at. Processes wait and decide; what they did is one line in the ledger.

    potential: hour and urgency of every potential call.
    by_phone_after: hours after which somebody at a family's home takes a call that waits, by telephone; inf: never.
    """

    def __init__(self, scenario: Scenario, setting: Setting, key: tuple[int, int]) -> None:
        self.scenario, self.setting, self.key = scenario, setting, key
        self.clock = Clock()
        self.ledger = Ledger(setting, key)
        self.timesheets = Timesheets(self.ledger, scenario.dynamics)
        further = further_by_duty(scenario, setting.duties)
        self.roads = Roads(scenario, self.clock, self.timesheets, self._luck, further)
        plan_of = [team.plan for team in scenario.teams]
        self.plan_of_duty = np.array(plan_of, dtype=object)[setting.duties.team].tolist()
        self.on_duty = OnDuty(scenario, self.clock, self.plan_of_duty)
        self.boundaries = Boundaries(scenario, self.ledger, self.decide)
        self.people = make_people(scenario, setting)
        self.diary = Diary(self.people, self.clock)
        self.desk = Desk(
            self.clock, self.diary.note, self.roads.leaves_the_road, self.roads.goes_on_home, self.timesheets.write_up
        )
        self.families = families_of(setting)
        calls = setting.demand.calls
        self.potential = list(zip(calls.time.tolist(), calls.urgency.tolist(), strict=True))
        self._attempts = [Marks(key, setting.demand.calls, BLOCK)]
        self._elsewhere = rings_elsewhere(scenario, key, setting.demand.families, setting.demand.calls).tolist()
        self._journeys: Foreseen | None = None
        self._advice = dict(scenario.answering.advice_minutes)
        self.plans = set(plan_of)
        self.advising = {team.plan for team in scenario.teams if "advise" in scenario.role(team.role).may}
        self.serving = _serving(scenario, setting.staff.members, self.people)
        self._able = [
            {
                may: list(dict.fromkeys(p for team in plans.values() for p in team if may in p.may and p.starts))
                for may in MAY
            }
            for plans in self.serving
        ]
        on_ladder = scenario.goodwill.on and any(step.kind == "goodwill" for step in scenario.ladder)
        self._gives = [on_ladder and kind not in scenario.goodwill.not_in for kind in setting.area_types]
        self._answering: dict[tuple[str, int], list[Person]] = {}
        self._of_role: dict[tuple[str, int], list[Person]] = {}
        self.gaps = Gaps(scenario, setting)
        answering = scenario.answering
        self.by_phone_after = WHILE_VISITING[answering.while_visiting](answering.ring_back_after)

    def answering(self, plan: str, area: int) -> list[Person]:
        """The people of a plan's team who may answer for an area and have duties; empty if the area has none."""
        people = self._answering.get((plan, area))
        if people is None:
            team = self.serving[area].get(plan, [])
            people = self._answering[plan, area] = [one for one in team if "answer" in one.may and one.starts]
        return people

    def able_to(self, may: str, area: int) -> list[Person]:
        """Everybody with duties, of any team that serves an area, whose role may do something."""
        return self._able[area][may]

    def of_role(self, role: str, area: int) -> list[Person]:
        """The people of a role in the teams that serve an area, vacant posts left out."""
        if (role, area) not in self._of_role:
            everyone = (person for people in self.serving[area].values() for person in people if person.role == role)
            vacant = self.setting.staff.vacant
            self._of_role[role, area] = [person for person in everyone if not vacant[person.row]]
        return self._of_role[role, area]

    def ladder(self, call: Call) -> tuple[Step, ...]:
        """The steps a call climbs: a professional's begins at the professional entry, some families ring nobody."""
        scenario = self.scenario
        if self._elsewhere[call.row]:
            return (Step("universal"),)
        return scenario.professional_entry + scenario.ladder if call.professional else scenario.ladder

    def goodwill_is_asked(self, call: Call) -> bool:
        """Whether goodwill stands on the call's ladder, people give it here, and it is out of hours.

        Nobody asks it for a child who is not at the end of life.
        """
        scenario = self.scenario
        if call.family.background:
            return False
        now = self.clock.now
        given = self._gives[call.area] and now < scenario.goodwill.until
        return given and scenario.calendar.is_out_of_hours(now)

    def decide(self, purpose: int, call: Call, person: Person) -> float:
        """The uniform by which one person decides one thing about one call, whoever else is asked."""
        return keyed.one(self.key, purpose, *call.key, person.key)

    def _luck(self, call: Call, person: Person) -> float:
        """The uniform of the luck of one person's journey to one call."""
        if self._journeys is None:
            self._journeys = Foreseen(self.setting, self.key, self.people, "journey_noise")
        return self._journeys.of(call, person)

    def marks(self, attempt: int) -> Marks:
        """The marks of every call's first or later attempt; later ones keep the reason and what it takes.

        A call made again is of a family offered home, and of no death. Whether a family that is not helped would call
        again is decided from birth: only of those who would are marks of the next attempt drawn.
        """
        for last in range(len(self._attempts), attempt):
            demand, offered = self.setting.demand, self.setting.offered
            again = self._attempts[-1].below(self.scenario.repeat.p, AGAIN, last)
            again = again[offered[demand.calls.family[again]] & (demand.calls.number[again] != DEATH_CALL)]
            later = later_marks(self.scenario, self.key, demand.families, demand.calls.take(again), last + 1)
            self._attempts.append(LaterMarks(self.key, later, again))
        return self._attempts[attempt - 1]

    def advice_hours(self, adviser: Person, call: Call) -> float:
        """Hours of advice that a call's attempt takes from somebody of a role."""
        return self.marks(call.attempt).advice(call.row, self._advice[adviser.role])


def _serving(
    scenario: Scenario, members: Sequence[NDArray[np.int64]], people: list[Person]
) -> list[dict[str, list[Person]]]:
    """By area: the people of each plan's team."""
    by_team = [[people[row] for row in rows.tolist()] for rows in members]
    return [
        {team.plan: by_team[row] for row, team in enumerate(scenario.teams) if area.code in team.areas}
        for area in scenario.areas
    ]
