"""The world of one run: the clock, the people, the families, and who serves whom."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from sim import keyed
from sim.demand.calls import PotentialCalls, later_marks
from sim.demand.laws import quantile
from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario, Step
from sim.domain.staff import MAY
from sim.ledger import TASKS, Ledger
from sim.model.calls import Call, Family
from sim.model.causes import Miss, look, state_of
from sim.model.clock import Clock
from sim.model.desk import Desk, Request
from sim.model.gaps import gaps_by_area
from sim.model.people import Person, make_people
from sim.model.policies import REST, SECOND_PERSON, ignored, longest_rest
from sim.place import Setting

NORMAL = NormalDist()
JOURNEY_NOISE = keyed.number_of("journey_noise")
MAY_GIVE = {"answer": "answer", "visit": "visit", "prescription": "prescribe", "advice": "advise"}
TASK = {name: row for row, name in enumerate(TASKS)}


class World:
    """Everything that processes look at. Processes wait and decide; what they did is one line in the ledger."""

    def __init__(self, scenario: Scenario, setting: Setting, key: tuple[int, int]) -> None:
        self.scenario, self.setting, self.key = scenario, setting, key
        self.clock = Clock()
        self.ledger = Ledger(setting, key)
        self.people = make_people(scenario, setting)
        self.desk = Desk(self.clock, self.leaves_the_road, self.goes_on_home)
        self.families = _families(setting)
        self.stock = setting.stock
        self._marks = [setting.demand.calls]
        self.rest = REST[scenario.rota.rest]
        self.noise_sd = math.sqrt(math.log1p(scenario.travel.noise_cv**2))
        self.plan_of = [team.plan for team in scenario.teams]
        self.plans = set(self.plan_of)
        self.advising = {team.plan for team in scenario.teams if "advise" in scenario.role(team.role).may}
        self.plan_of_duty = [self.plan_of[team] for team in setting.duties.team.tolist()]
        self._advice: dict[tuple[str, int], list[float]] = {}
        self.serving = _serving(scenario, setting.staff.members, self.people)
        self._able = [
            {may: list(dict.fromkeys(p for team in plans.values() for p in team if may in p.may)) for may in MAY}
            for plans in self.serving
        ]
        self.gaps = gaps_by_area(scenario, setting)

    # -- who ---------------------------------------------------------------------------------------------------------

    def team(self, plan: str, area: int) -> list[Person]:
        """The people of a plan's team for an area; empty if the area has none."""
        return self.serving[area].get(plan, [])

    def able_to(self, may: str, area: int) -> list[Person]:
        """Everybody of any team that serves an area whose role may do something."""
        return self._able[area][may]

    def of_role(self, role: str, area: int) -> list[Person]:
        """The people of a role in the teams that serve an area, vacant posts left out."""
        everyone = (person for people in self.serving[area].values() for person in people if person.role == role)
        return [person for person in everyone if not self.setting.staff.vacant[person.row]]

    def ladder(self, call: Call) -> tuple[Step, ...]:
        """The steps a call climbs: a professional's begins at the professional entry."""
        scenario = self.scenario
        return scenario.professional_entry + scenario.ladder if call.professional else scenario.ladder

    def goodwill_is_asked(self, call: Call) -> bool:
        """Whether goodwill stands on the call's ladder, people give it here, and it is out of hours.

        Nobody asks it for a child who is not at the end of life.
        """
        scenario = self.scenario
        if call.family.background:
            return False
        here = self.setting.area_types[call.area] not in scenario.goodwill.not_in
        on_ladder = any(step.kind == "goodwill" for step in scenario.ladder)
        return scenario.goodwill.on and here and on_ladder and scenario.calendar.is_out_of_hours(self.clock.now)

    # -- requests ----------------------------------------------------------------------------------------------------

    def somebody_to_answer(self, call: Call, plan: str) -> Request:
        """A request for anybody of a team who is on duty and may answer."""
        people = [person for person in self.team(plan, call.area) if "answer" in person.may]

        def on_its_duty(person: Person, now: float) -> bool:
            place = self.duty(person, call.area, now)
            return place >= 0 and self.plan_of_duty[person.rows[place]] == plan  # somebody may be in two teams

        return self._ready(Request(call, people, on_its_duty, self._closeness(call)))

    def somebody_to_visit(self, call: Call) -> Request:
        """A request for anybody on a visiting duty within reach of the family, with a second person if it takes two."""
        request = Request(
            call,
            self.able_to("visit", call.area),
            lambda person, now: self.can_visit(person, call, now),
            self._closeness(call),
            True,
        )
        if call.needs_two:
            request.second = lambda first, now: self.second_person(first, call, now)
            request.seconds = self.able_to("second_person", call.area)
            request.only_together = self.go_together(call)
        return self._ready(request)

    def go_together(self, call: Call) -> bool:
        """Whether nobody may go to a family alone: the visit takes two, and policy sends no one on their own."""
        return call.needs_two and not SECOND_PERSON[self.scenario.answering.second_person](False)

    def second_person(self, first: Person, call: Call, now: float) -> Person | None:
        """Who is free to go with somebody: another visitor, or somebody whose role is to be the second."""
        others = dict.fromkeys((*self.able_to("visit", call.area), *self.able_to("second_person", call.area)))
        free = [p for p in others if p is not first and not p.busy and self.can_visit(p, call, now)]
        closeness = self._closeness(call)
        return min(free, key=lambda person: closeness(person, now), default=None)

    def somebody_to_advise(self, call: Call) -> Request:
        """A request for anybody on duty who may give what the call needs, the lowest level that suffices first."""
        people = [person for person in self.able_to("advise", call.area) if self.can_advise(person, call)]
        closeness = self._closeness(call)
        request = Request(
            call,
            people,
            lambda person, now: self.duty(person, call.area, now) >= 0,
            lambda person, now: (person.level, *closeness(person, now)),
        )
        return self._ready(request)

    def can_advise(self, person: Person, call: Call) -> bool:
        """Of the level the call needs, and with the right to prescribe if it needs a prescription nobody wrote yet."""
        may_prescribe = "prescribe" in person.may or not call.needs_prescription or call.prescribed
        return person.level >= call.need_level and may_prescribe

    def duty(self, person: Person, area: int, now: float) -> int:
        """Place of the duty that somebody holds for an area and has rested for, or -1."""
        place = person.duty(now, area)
        if self.rest is ignored:
            return place
        return -1 if place >= 0 and now < self.rested_at(person, place) else place

    def rested_at(self, person: Person, place: int) -> float:
        """The hour from which a duty is kept: its start, or later where work broke the rest before being at work.

        Work is being at work on an earlier duty, every task at another hour, and the way back from one.
        """
        start = person.starts[place]
        if self.rest is ignored or person.on_call[place]:
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
        missed = max(0.0, self.scenario.limits.daily_rest - longest_rest(worked, start - HOURS_PER_DAY, start))
        return start + self.rest(missed)

    def _ready(self, request: Request) -> Request:
        """Wakes whoever waits when somebody has rested enough."""
        if self.rest is not ignored:

            def rested(person: Person, now: float) -> float:
                place = person.duty(now, request.call.area)
                hour = self.rested_at(person, place) if place >= 0 else math.inf
                return hour if hour > now else math.inf

            request.ready = rested
        return request

    def can_visit(self, person: Person, call: Call, now: float) -> bool:
        """On a filled visiting duty for the family's area, and within reach of its home."""
        place = self.duty(person, call.area, now)
        return place >= 0 and person.visiting[place] and self.in_reach(person, call, now)

    def _closeness(self, call: Call) -> Callable[[Person, float], tuple[bool, bool, float, float, str]]:
        """The order of candidates: knows the family, own area, hours of travel, hours worked in seven days, code."""
        known, area = call.family.known, call.area

        def rank(person: Person, now: float) -> tuple[bool, bool, float, float, str]:
            worked = person.hours_in_a_week(person.worked, now)
            return (
                person.row not in known,
                person.area_row != area,
                self.expected_journey(person, call, now),
                worked,
                person.code,
            )

        return rank

    # -- roads -------------------------------------------------------------------------------------------------------

    def where(self, person: Person, now: float) -> tuple[float, float]:
        """Where somebody would set out from: the last family's door on the way back from it, else home."""
        return person.place if person.place is not None and now < person.back_at else person.home

    def expected_journey(self, person: Person, call: Call, now: float) -> float:
        """One-way hours on the road, without luck and without getting ready."""
        east, north = self.where(person, now)
        return self.hours_for(math.hypot(east - call.family.east, north - call.family.north), call.family.rural, now)

    def hours_for(self, straight_km: float, rural: bool, now: float) -> float:
        """Hours on the road for a straight-line distance to or from a family in the town or in the country."""
        travel = self.scenario.travel
        speed = travel.speed_rural if rural else travel.speed_urban
        return (
            travel.circuity
            * straight_km
            / (speed * travel.night_speed_factor if self.scenario.calendar.is_night(now) else speed)
        )

    def in_reach(self, person: Person, call: Call, now: float) -> bool:
        """Whether the expected journey is no longer than the reach."""
        return self.expected_journey(person, call, now) <= self.scenario.travel.reach

    def luck_on_the_road(self, person: Person, call: Call) -> float:
        """The factor, of mean 1, by which this journey differs from the expected one."""
        z = NORMAL.inv_cdf(self.decide(JOURNEY_NOISE, call, person))
        return math.exp(self.noise_sd * z - self.noise_sd**2 / 2)

    def mobilisation(self, person: Person, now: float) -> tuple[float, bool]:
        """Hours to get ready, and whether from home: none on the road already, few at work, more from home."""
        if person.place is not None and now < person.back_at:
            return 0.0, False
        if person.at_work(now):
            return self.scenario.travel.mobilise_at_work, False
        return self.scenario.travel.mobilise_from_home, True

    def starts_back(self, person: Person, call: Call, duty: int) -> None:
        """Sets out for home from a family's door; somebody may be sent on from there."""
        home_east, home_north = person.home
        person.place, person.back_from = (call.family.east, call.family.north), self.clock.now
        away = math.hypot(home_east - call.family.east, home_north - call.family.north)
        journey = self.hours_for(away, call.family.rural, self.clock.now) * self.luck_on_the_road(person, call)
        person.back_at, person.back_call, person.back_duty = self.clock.now + journey, call.row, duty

    def leaves_the_road(self, person: Person, now: float | None = None) -> None:
        """Books the way back that somebody was on, or had finished, when they are wanted again (or the run is over)."""
        if person.place is not None:
            now = self.clock.now if now is None else now
            until = min(now, person.back_at)
            self.book(person, person.back_call, "way_back", person.back_from, until, person.back_duty)
            person.place = None if now >= person.back_at else person.place
            person.back_from = now

    def goes_on_home(self, person: Person) -> None:
        """Drives on after a conversation on the way back, for which the car stood still."""
        if person.place is not None:
            person.back_at += self.clock.now - person.back_from
            person.back_from = self.clock.now

    # -- chance, ledger, causes --------------------------------------------------------------------------------------

    def decide(self, purpose: int, call: Call, person: Person) -> float:
        """The uniform by which one person decides one thing about one call, whoever else is asked."""
        return keyed.one(self.key, purpose, *call.key, person.key)

    def book(
        self, person: Person, call: int, kind: str, start: float, end: float, duty: int, from_home: bool = False
    ) -> None:
        """One line of somebody's time; unpaid hours also count towards the weekly cap."""
        if end > start:
            self.ledger.tasks.rows.append((person.row, call, TASK[kind], start, end, duty, from_home))
            if self.stock is not None and kind in ("phone", "visit"):
                self._drain(person, kind, start, duty)
            if kind != "ring":
                person.worked.append((end, end - start))
                if duty < 0:
                    person.unpaid.append((end, end - start))

    def duty_ends(self, person: Person, call: Call) -> float:
        """The hour at which the duty that somebody holds for the call's area ends; inf if they are on none."""
        place = self.duty(person, call.area, self.clock.now)
        return person.ends[place] if place >= 0 else math.inf

    def puts_down_the_phone(self, person: Person, call: Call) -> None:
        """The conversation is over; somebody in another home goes on with the visit there."""
        if not call.by_bedside:
            self.desk.release_soon(person)

    def busy_until(self, request: Request) -> float:
        """How long to wait for funded people before asking goodwill: not at all when nobody suitable is on duty."""
        now = self.clock.now
        overflow = min((step.overflow for step in self.scenario.ladder if step.kind == "team"), default=0.0)
        return now + overflow if any(request.fits(person, now) for person in request.people) else now

    def marks(self, attempt: int) -> PotentialCalls:
        """The marks of every call's first or later attempt; later ones keep the reason and what it takes."""
        demand = self.setting.demand
        while len(self._marks) < attempt:
            self._marks.append(
                later_marks(self.scenario, self.key, demand.families, demand.calls, len(self._marks) + 1)
            )
        return self._marks[attempt - 1]

    def advice_hours(self, adviser: Person, call: Call) -> float:
        """Hours of advice that a call's attempt takes from somebody of a role."""
        place = adviser.role, call.attempt
        if place not in self._advice:
            law = dict(self.scenario.answering.advice_minutes)[adviser.role]
            self._advice[place] = quantile(law, self.marks(call.attempt).advice).tolist()
        return self._advice[place][call.row]

    def _drain(self, person: Person, kind: str, start: float, duty: int) -> None:
        """Work drains goodwill; rostered and paid work drains a part of that."""
        dynamics = self.scenario.dynamics
        amount = dynamics.drain_per_visit if kind == "visit" else dynamics.drain_per_call
        assert self.stock is not None
        self.stock.drain(person.row, start, amount if duty < 0 else amount * dynamics.funded_multiple)

    def goodwill_of(self, person: Person, now: float) -> float:
        """G of somebody now: constant, or what their stock has left."""
        return person.willingness if self.stock is None else self.stock.at(person.row, now)

    def duty_of(self, person: Person, call: Call) -> int:
        """Row of the duty that somebody holds now for the call's area and has rested for; -1: unpaid."""
        place = self.duty(person, call.area, self.clock.now)
        return person.rows[place] if place >= 0 else -1

    def misses_at_call(self, call: Call) -> dict[str, Miss]:
        """The nearest misses as the family calls, for the parts of the help that may come late."""
        parts = {} if self.answers_at_once(call) else {"answer": self.nearest_miss(call, "answer")}
        return parts | ({"visit": self.nearest_miss(call, "visit")} if call.needs_visit else {})

    def answers_at_once(self, call: Call) -> bool:
        """Whether somebody of the first step is free and will call back within the standard."""
        step = self.ladder(call)[0]
        soonest = min(self.scenario.answering.answer_standard)  # the call may still become more urgent
        if step.kind != "team" or call.call_back > soonest:
            return False
        request = self.somebody_to_answer(call, step.plan)
        return any(not person.busy and request.fits(person, self.clock.now) for person in request.people)

    def why_not(self, call: Call, part: str) -> str:
        """The cause for a part of the help: everybody who could give it was asked (for a prescription, advisers)."""
        return self.nearest_miss(call, part).cause(self.advising if part == "prescription" else self.plans)

    def nearest_miss(self, call: Call, part: str) -> Miss:
        """Why funded staff would not do a part of the help now."""
        now, area = self.clock.now, call.area
        may = MAY_GIVE[part]
        return look(self._on_duty(call, part, may, now), lambda: self._gap(area, may, part == "visit", now))

    def _on_duty(self, call: Call, part: str, may: str, now: float) -> Iterable[tuple[str, str]]:
        for person in self.able_to(may, call.area):
            place = person.duty(now, call.area)
            if place >= 0 and (part != "visit" or person.visiting[place]):
                able = part not in ("advice", "prescription") or self.can_advise(person, call)
                near = part != "visit" or self.in_reach(person, call, now)
                plan = self.plan_of_duty[person.rows[place]]
                was_busy = part == "answer" and plan in call.reached  # when the ladder came, which goes on for good
                resting = self.rest is not ignored and now < self.rested_at(person, place)
                state = state_of(person.busy or was_busy, resting, near, able)
                alone = part == "visit" and not state and self.go_together(call)
                if alone and self.second_person(person, call, now) is None:
                    state = "second_person"
                yield plan, state

    def _gap(self, area: int, may: str, visiting: bool, now: float) -> bool:
        found = (gap for gap in self.gaps[area] if may in gap.may and (gap.visiting or not visiting))
        return any(gap.stands_empty(now) for gap in found)


def _families(setting: Setting) -> list[Family]:
    """The families as values that a process can read cheaply."""
    families = setting.demand.families
    names = ("area_number", "number", "area", "death", "rural", "east", "north", "advance_care_plan", "background")
    columns = zip(*(getattr(families, name).tolist() for name in names), strict=True)
    return [
        Family(
            row,
            (one, two),
            area,
            math.inf if other else death,
            rural,
            east,
            north,
            plan,
            other,
            set(setting.known[row]),
        )
        for row, (one, two, area, death, rural, east, north, plan, other) in enumerate(columns)
    ]


def _serving(
    scenario: Scenario, members: Sequence[NDArray[np.int64]], people: list[Person]
) -> list[dict[str, list[Person]]]:
    """By area: the people of each plan's team."""
    by_team = [[people[row] for row in rows.tolist()] for rows in members]
    return [
        {team.plan: by_team[row] for row, team in enumerate(scenario.teams) if area.code in team.areas}
        for area in scenario.areas
    ]
