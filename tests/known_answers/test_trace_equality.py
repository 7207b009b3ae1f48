"""The model and a brute-force reference give the same ledger, call by call and task by task.

The reference is an event list without SimPy, written from ``docs/model.md`` and not from the model: one area, a few
people, a ladder of at most two steps, general services, no goodwill, no advice; and what a call leads to, with the stay
in hospital. It looks at everybody whenever anything happens. Some children die in the middle of it.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import numpy as np
import pytest

from sim import keyed
from sim.demand.calls import DEATH_CALL
from sim.demand.families import Families
from sim.demand.laws import lognormal
from sim.domain.area import Locality
from sim.domain.calendar import WEEKDAYS, Span
from sim.domain.general_services import GeneralServices
from sim.domain.law import Law
from sim.domain.pace import DriveTimes
from sim.domain.scenario import URGENCIES, Follows, Scenario, Step
from sim.ledger import TASKS, Ledger
from sim.model.simulate import run
from sim.place import Setting
from sim.rota.staff import Staff
from tests.tiny import (
    KEY,
    UNIVERSAL_STEP,
    answering,
    area,
    call,
    death_call,
    family,
    nurses,
    pace,
    pattern,
    people,
    setting,
    team,
    tiny,
    travel,
)

ROUTINE = URGENCIES.index("routine")
WORLDS = 60
GIVE, COME = keyed.number_of("general_services_give"), keyed.number_of("general_services_come_after")
HOURS_UNTIL_HELP, HOURS_UNTIL_VERIFIED = (1.0, 2.0, 6.0), 4.0  # by urgency; after a death
NOT_BY_THE_TEAMS = ("unmet", "partly_met", "met_by_general_services")
A_WEEK = 168.0

Place = tuple[float, float, int]  # km east and north, locality


@dataclass
class Someone:
    """A clinician of the reference."""

    row: int
    plan: str
    busy: bool = False
    at: Place | None = None  # a family's door, until ``home_at``
    left_at: float = 0.0
    home_at: float = -math.inf
    back_call: int = -1
    owed: list[tuple[int, float]] = field(default_factory=list)  # notes not written yet: call and hours
    worked: list[tuple[float, float]] = field(default_factory=list)


@dataclass
class Wait:
    """A call that wants somebody now: to answer at a step, or to visit."""

    call: int
    kind: str
    order: tuple[Any, ...]
    until: float
    step: int = -1
    open: bool = True


def spot(where: Families | Staff, row: int) -> Place:
    """Where a family or a clinician lives."""
    return float(where.east[row]), float(where.north[row]), int(where.locality[row])


class Reference:
    """Plays one setting by an event list; ``calls`` and ``tasks`` are what came of it."""

    def __init__(self, scenario: Scenario, laid: Setting) -> None:
        self.s, self.laid, self.marks = scenario, laid, laid.demand.calls
        self.families = laid.demand.families
        self.events: list[tuple[float, int, int, Any]] = []
        self.number, self.now = count(), 0.0
        plans = {row: team.plan for team, rows in zip(scenario.teams, laid.staff.members, strict=True) for row in rows}
        self.people = [Someone(row, plans[row]) for row in range(len(laid.staff.people))]
        self.known = [set(rows) for rows in laid.known]
        self.waiting: list[Wait] = []
        self.open: dict[int, int] = {}
        self.visitor: set[int] = set()
        self.known_helped: set[int] = set()
        self.away_until: dict[int, float] = {}
        self.away_for: dict[int, tuple[str, bool]] = {}
        self.has: dict[int, tuple[str, Someone, float]] = {}  # by call: who is on the line or on the way, since when
        self.turned: dict[int, int] = {}  # calls to whose death whoever had them has turned, and the call of that
        self.stays: dict[int, float] = {}  # by call: hour until which somebody is in the home
        self.calls: dict[int, dict[str, Any]] = {}
        self.tasks: list[tuple[int, int, str, float, float]] = []

    def play(self) -> Reference:
        """Everything from the first hour to the last call's end."""
        for hour in set(self.laid.duties.start.tolist()):
            self.at(hour, 1, self.serve)
        for row, time in enumerate(self.marks.time.tolist()):
            self.at(time, 2, lambda row=row: self.rings(row))
        while self.events:
            self.now, _, _, action = heapq.heappop(self.events)
            action()
        for who in self.people:
            self.back(who, math.inf)
        return self

    def at(self, time: float, priority: int, action: Any) -> None:
        heapq.heappush(self.events, (time, priority, next(self.number), action))

    # -- the family

    def rings(self, row: int) -> None:
        family = int(self.marks.family[row])
        if self.now < self.away_until.get(family, -math.inf) or (
            self.is_death(row) and self.away_until.get(family, -math.inf) >= self.families.death[family]
        ):
            self.calls[row] = {"outcome": self.away_for[family][0], "caused": self.away_for[family][1]}
        elif self.is_death(row) and family in self.open:
            self.dies(row, self.open[family])
        elif family in self.visitor:
            self.calls[row] = {"outcome": "help_present", "caused": False}
        elif family in self.open:
            self.calls[row] = {"joined": self.open[family]}
            first = self.open[family]
            urgency = min(self.calls[first]["urgency"], int(self.marks.urgency[row]))
            self.calls[first]["urgency"] = urgency
            self.calls[first]["grave"] |= bool(self.marks.may_harm[row])
            for wait in self.waiting:
                if wait.call == first:
                    wait.order = (urgency, *wait.order[1:])
        else:
            self.opens(row)
            self.climbs(row, 0)

    def opens(self, row: int) -> None:
        self.open[int(self.marks.family[row])] = row
        self.calls[row] = {"urgency": int(self.marks.urgency[row]), "answered": math.nan, "at_door": math.nan}
        self.calls[row] |= {"answered_by": -1, "visited_by": -1, "grave": bool(self.marks.may_harm[row])}

    def is_death(self, row: int) -> bool:
        return bool(self.marks.number[row] == DEATH_CALL)

    def death(self, row: int) -> float:
        """The hour at which a family stops waiting, because its child has died."""
        return math.inf if self.is_death(row) else float(self.families.death[int(self.marks.family[row])])

    def dies(self, row: int, first: int) -> None:
        """A child dies while a call is open: somebody is in the home, on the line or on the way."""
        if int(self.marks.family[row]) in self.visitor:
            self.calls[row] = {"joined": first}
            self.calls[first]["urgency"] = min(self.calls[first]["urgency"], int(self.marks.urgency[row]))
            self.stays[first] += float(self.marks.visit[row])
            return
        where, who, since = self.has[first]
        self.opens(row)
        self.turned[first] = row
        self.calls[row]["answered_by"] = who.row
        answered = self.calls[first]["answered"]
        if where == "way":
            self.calls[row]["answered"] = self.now
            self.ends(first, "overtaken")
        elif answered > self.now:  # not rung back yet
            self.calls[first]["answered"] = math.nan
            self.ends(first, "overtaken")
            self.at(answered, 1, lambda: self.turns(who, first, since))
        else:
            self.ends(first, "overtaken" if self.marks.needs_visit[first] else "helped")
            if self.marks.after_call[first] > 0:
                who.owed.append((first, float(self.marks.after_call[first])))
            self.turns(who, first, since)

    def turns(self, who: Someone, first: int, since: float) -> None:
        """Whoever was on the line talks about the death."""
        self.book(who, first, "phone", since, self.now)
        self.calls[self.turned[first]]["answered"] = self.now
        self.talks(who, self.turned[first], self.now)

    def gives_up(self, row: int) -> float:
        return min(float(self.marks.time[row] + self.marks.answer_patience[row]), self.death(row))

    def climbs(self, row: int, place: int) -> None:
        """Step after step, at one instant, until somebody takes it, a wait begins, or it is over."""
        patience_over = self.now >= self.gives_up(row) > float(self.marks.time[row])
        if place >= len(self.s.ladder) or (place and patience_over):
            self.ends(row, "unmet")
            return
        step = self.s.ladder[place]
        team = [who for who in self.people if who.plan == step.plan] if step.kind == "team" else []
        area = self.area(row)
        starts = self.now if any(self.answers_for(who, area) for who in team) else self.next_start(team, area)
        waits = starts == self.now or self.calls[row]["urgency"] == ROUTINE
        if not team or not waits or not starts <= self.gives_up(row):
            self.climbs(row, place + 1)
            return
        self.wants(Wait(row, "answer", self.order(row), min(starts + step.overflow, self.gives_up(row)), place))

    def ends(self, row: int, outcome: str) -> None:
        """Nobody of the model does more: the family may ring anew; what is missing may come from general services."""
        outcome = "overtaken" if outcome in ("unmet", "partly_met") and self.now >= self.death(row) else outcome
        family = int(self.marks.family[row])
        if self.open.get(family) == row:
            del self.open[family]
        self.calls[row] |= {"outcome": outcome, "ended": self.now}
        over = outcome in ("helped", "overtaken") or not self.s.general_services.on
        if over or self.lot(GIVE, row) >= self.chance(row, outcome):
            self.harm(row, family, outcome)
            return
        verifies = self.is_death(row) and self.lacks_visit(row, outcome)
        mean = HOURS_UNTIL_VERIFIED if verifies else HOURS_UNTIL_HELP[self.calls[row]["urgency"]]
        come = self.now + float(lognormal(np.array(self.lot(COME, row)), mean, 0.5))
        self.at(min(come, self.death(row)), 1, lambda: self.they_come(row, family, outcome))

    def they_come(self, row: int, family: int, outcome: str) -> None:
        """General services are there: too late for a child who has died or is in hospital.

        Another call of the family decides alone.
        """
        helped = self.now >= self.away_until.get(family, 0.0)
        found = "overtaken" if self.now >= self.death(row) else "met_by_general_services" if helped else outcome
        self.calls[row] |= {"outcome": found, "ended": self.now}
        self.harm(row, family, found)

    def harm(self, row: int, family: int, outcome: str) -> None:
        """Emergency visit and admission, by one chance, from the row of the table that the outcome stands in."""
        f, u = self.s.follows, float(self.marks.emergency[row])
        met = f.known if row in self.known_helped and outcome != "met_by_general_services" else f.others
        visit, admission = {"unmet": f.none, "partly_met": f.partly}.get(outcome, met)
        plan = f.advance_care_plan_factor if self.families.advance_care_plan[family] else 1.0
        decided = family in self.open or self.now < self.away_until.get(family, 0.0)  # by another call
        grave = self.calls[row].pop("grave") and self.now < self.families.death[family] and not decided
        admitted = grave and u < plan * f.urgency_multiple * admission
        spared = not u < plan * f.urgency_multiple * met[1]
        failed = outcome in ("unmet", "partly_met")
        caused = admitted and failed and spared
        self.calls[row] |= {"emergency_visit": grave and u < f.urgency_multiple * visit, "admitted": admitted}
        self.calls[row]["caused"] = caused
        if admitted:
            death = float(self.families.death[family])
            home = min(self.now + float(self.marks.stay[row]), death)
            self.away_until[family] = death if self.marks.no_return[row] < f.p_no_return_home else home
            self.away_for[family] = ("in_hospital_after_failure" if failed else "in_hospital", caused)

    def chance(self, row: int, outcome: str) -> float:
        """The hardest of what is missing: a visit (after a death to verify it), else a talk at level 2."""
        services = self.s.general_services
        by_visit = services.p_verification if self.is_death(row) else services.p_visit
        return by_visit if self.lacks_visit(row, outcome) else services.p_talk_level_2

    def lacks_visit(self, row: int, outcome: str) -> bool:
        return outcome == "partly_met" or bool(self.marks.needs_visit[row])

    def lot(self, purpose: int, row: int) -> float:
        return keyed.one(KEY, purpose, int(self.marks.high[row]), int(self.marks.low[row]))

    # -- who is there

    def order(self, row: int) -> tuple[Any, ...]:
        family = int(self.marks.family[row])
        code = (int(self.families.area_number[family]), int(self.families.number[family]))
        return self.calls[row]["urgency"], float(self.marks.time[row]), code

    def duty(self, who: Someone) -> int | None:
        """Row of the duty somebody holds now."""
        duties = self.laid.duties
        for row in range(len(duties)):
            if duties.person[row] == who.row and duties.start[row] <= self.now < duties.end[row]:
                return row + 1
        return None

    def area(self, row: int) -> int:
        return int(self.families.area[self.marks.family[row]])

    def serves(self, duty: int, area: int, alone: tuple[str, ...]) -> bool:
        """Whether a row of the duties is for an area. alone: words by which each serves the area they live in."""
        duties, staff = self.laid.duties, self.laid.staff
        team = self.s.teams[duties.team[duty]]
        own = team.patterns[duties.pattern[duty]].serves in alone
        lives = int(staff.area[duties.person[duty]])
        return lives == area if own else self.s.areas[area].code in team.areas

    def answers_for(self, who: Someone, area: int) -> bool:
        held = self.duty(who)
        return held is not None and self.serves(held - 1, area, ("home",))

    def next_start(self, team: list[Someone], area: int) -> float:
        duties = self.laid.duties
        mine = np.isin(duties.person, [who.row for who in team]) & (duties.start > self.now)
        starts = [float(duties.start[row]) for row in np.flatnonzero(mine) if self.serves(row, area, ("home",))]
        return min(starts, default=math.inf)

    def start(self, who: Someone) -> Place:
        return spot(self.laid.staff, who.row)

    def place(self, who: Someone) -> Place:
        return who.at if who.at is not None and self.now < who.home_at else self.start(who)

    def journey(self, who: Someone, family: int) -> float:
        return self.drive(self.place(who), spot(self.families, family))

    def drive(self, start: Place, end: Place) -> float:
        """Monday to Friday from seven to seven it takes longer; no day of these weeks is a bank holiday. A planner's
        table of localities stands for the map, if there is one."""
        day, clock = divmod(self.now, 24.0)
        slow = day % 7 < 5 and 7.0 <= clock < 19.0
        if self.s.travel.drive_times is not None:
            times = self.s.travel.drive_times.busy if slow else self.s.travel.drive_times.quiet
            return times[start[2]][end[2]]
        east, north = start[0] - end[0], start[1] - end[1]
        pace = self.s.travel.busy if slow else self.s.travel.quiet
        return pace.fixed + pace.per_km * math.sqrt(east * east + north * north)

    def fits(self, who: Someone, wait: Wait) -> bool:
        held = self.duty(who)
        if who.busy or held is None:
            return False
        area = self.area(wait.call)
        if wait.kind == "answer":
            return who.plan == self.s.ladder[wait.step].plan and self.serves(held - 1, area, ("home",))
        near = self.journey(who, int(self.marks.family[wait.call])) <= self.s.travel.reach
        goes = bool(self.laid.duties.visiting[held - 1]) and self.serves(held - 1, area, ("home", "telephone"))
        return goes and near

    def rank(self, who: Someone, row: int) -> tuple[Any, ...]:
        family = int(self.marks.family[row])
        worked = sum(hours for end, hours in who.worked if end >= self.now - A_WEEK)
        code = self.laid.staff.people[who.row].code
        away = int(self.laid.staff.area[who.row]) != self.area(row)
        return who.row not in self.known[family], away, self.journey(who, family), worked, code

    # -- waiting and being taken

    def wants(self, wait: Wait, offered: Someone | None = None) -> None:
        self.waiting.append(wait)
        self.serve(wait if offered else None)
        if offered and not offered.busy:  # neither for this visit nor for anybody before it: the notes come first
            self.back(offered, self.now)
            self.writes(offered)
        if wait.open:
            self.expires(wait) if wait.until <= self.now else self.at(wait.until, 1, lambda: self.expires(wait))

    def serve(self, last: Wait | None = None) -> None:
        """The first in order takes the best of those free, then the next, down to the last (None: all)."""
        for wait in sorted(self.waiting, key=lambda one: one.order):
            if last and wait.order > last.order:
                break
            free = [who for who in self.people if self.fits(who, wait)]
            if wait.open and free:
                wait.open = False
                self.waiting.remove(wait)
                who = min(free, key=lambda one: self.rank(one, wait.call))
                self.back(who, self.now)
                who.busy = True
                self.answers(who, wait.call) if wait.kind == "answer" else self.sets_out(who, wait.call)

    def expires(self, wait: Wait) -> None:
        if not wait.open:
            return
        self.serve()
        if wait.open:
            wait.open = False
            self.waiting.remove(wait)
            self.climbs(wait.call, wait.step + 1) if wait.kind == "answer" else self.ends(wait.call, "partly_met")

    def writes(self, who: Someone) -> None:
        """The notes that somebody owes, then free."""
        who.busy, started = True, self.now
        (row, hours) = who.owed.pop(0)

        def written() -> None:
            self.book(who, row, "notes", started, self.now)
            self.lets_go(who)

        self.at(self.now + hours, 1, written)

    def lets_go(self, who: Someone) -> None:
        if who.owed:
            self.writes(who)
        else:
            self.frees(who)
            self.at(self.now, 1, self.serve)

    def frees(self, who: Someone) -> None:
        who.busy = False
        if who.at is not None:  # the car stood still during the conversation
            who.home_at += self.now - who.left_at
            who.left_at = self.now

    def book(self, who: Someone, row: int, kind: str, start: float, end: float) -> None:
        if end > start:
            self.tasks.append((who.row, row, kind, start, end))
            who.worked.append((end, end - start))

    def back(self, who: Someone, now: float) -> None:
        if who.at is not None:
            self.book(who, who.back_call, "way_back", who.left_at, min(now, who.home_at))
            who.at = who.at if now < who.home_at else None
            who.left_at = now

    # -- helping

    def answers(self, who: Someone, row: int) -> None:
        taken = self.now
        answered = taken + float(self.marks.call_back[row])
        if who.row in self.known[int(self.marks.family[row])]:
            self.known_helped.add(row)
        self.calls[row] |= {"answered": answered, "answered_by": who.row}
        self.talks(who, row, taken)

    def talks(self, who: Someone, row: int, taken: float) -> None:
        self.has[row] = "line", who, taken
        after, visits = float(self.marks.after_call[row]), bool(self.marks.needs_visit[row])

        def puts_down() -> None:
            if row in self.turned:
                return
            self.book(who, row, "phone", taken, self.now)
            del self.has[row]
            if visits and after > 0:
                who.owed.append((row, after))
            if visits:
                until = min(self.now + float(self.marks.visit_patience[row]), self.death(row))
                wait = Wait(row, "visit", self.order(row), until)
                self.frees(who)
                self.wants(wait, who if who.owed else None)
                self.at(self.now, 1, self.serve)
            else:
                self.ends(row, "helped")
                self.lets_go(who)

        self.at(self.calls[row]["answered"] + float(self.marks.talk[row]) + (0.0 if visits else after), 1, puts_down)

    def sets_out(self, who: Someone, row: int) -> None:
        family, found = int(self.marks.family[row]), self.now
        if who.row in self.known[family]:
            self.known_helped.add(row)
        hours = self.journey(who, family)
        on_the_road = who.at is not None and found < who.home_at
        held = self.duty(who)
        assert held is not None
        roads = self.s.travel
        ready = 0.0 if on_the_road else roads.mobilise_from_home
        if not on_the_road and not self.laid.duties.on_call[held - 1]:
            ready = roads.mobilise_at_work
        door = found + ready + hours
        self.has[row] = "way", who, found

        def arrives() -> None:
            self.book(who, row, "mobilise", found, found + ready)
            self.book(who, row, "journey", found + ready, self.now)
            del self.has[row]
            there = self.turned.get(row, row)
            self.calls[there] |= {"at_door": self.now, "visited_by": who.row}
            self.visitor.add(family)
            self.stays[there] = self.now + float(self.marks.visit[there])
            self.at(self.stays[there], 1, lambda: leaves(there))

        def leaves(row: int) -> None:
            if self.stays[row] > self.now:
                self.at(self.stays[row], 1, lambda: leaves(row))
                return
            self.book(who, row, "visit", door, self.now)
            self.visitor.discard(family)
            self.known[family].add(who.row)
            who.at = spot(self.families, family)
            away = self.drive(who.at, self.start(who))
            who.left_at, who.home_at, who.back_call = self.now, self.now + away, row
            self.ends(row, "helped")
            if who.owed:
                self.writes(who)
            else:
                who.busy = False
                self.serve()

        self.at(door, 1, arrives)


def a_world(number: int) -> tuple[Scenario, Setting]:
    """A small random world: one or two areas and teams, shifts and nights, a dozen families, calls in bursts."""
    rng, others = np.random.default_rng([20_271, number]), np.random.default_rng([20_271, number, 1])
    codes = ("AAA", "BBB")[: number % 2 + 1]
    serves = ("home", "telephone", "team")[number // 2 % 3]
    day = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves=serves)
    night = pattern("night", seats=int(rng.integers(1, 3)), at="on_call", visiting=bool(rng.random() < 0.8))
    night = replace(night, rotation=str(rng.choice(["night", "weekend_split"])))
    everybody = tuple(one for code in codes for one in nurses(int(rng.integers(1, 4)), code))
    first = team("nurses", everybody, areas=codes, patterns=(day, night) if rng.random() < 0.7 else (night,))
    second = team("second", people("specialist_nurse", int(rng.integers(1, 3))), areas=codes, patterns=(night,))
    two_steps = rng.random() < 0.6
    overflow = float(rng.choice([0.0, 0.1, 0.5, math.inf]))
    ladder = (Step("team", "nurses", overflow), *((Step("team", "second", 0.3),) if two_steps else ()), UNIVERSAL_STEP)
    follows = Follows((0.2, 0.1), (0.3, 0.2), (0.4, 0.3), (0.6, 0.5), 0.5, Law("exponential", 20.0), 0.3, 1.5)
    roads = travel(busy=pace(0.2, 60.0), quiet=pace(0.1, 75.0), mobilise_from_home=0.3, mobilise_at_work=0.1)
    scenario = tiny(
        follows=follows if rng.random() < 0.7 else tiny().follows,
        areas=tuple(area(code, mean_km=float(rng.choice([0.0, 25.0]))) for code in codes),
        teams=(first, second) if two_steps else (first,),
        ladder=ladder,
        travel=replace(roads, reach=float(rng.choice([0.7, 5.0]))),
        answering=answering(call_back=Law("exponential", 0.05), while_visiting="unreachable"),
        general_services=GeneralServices(
            bool(others.random() < 0.7), p_visit=float(others.choice([0.0, 0.5, 1.0])), p_talk_level_2=0.6
        ),
    )
    homes = [
        family(
            death=float(rng.choice([400.0, rng.uniform(5.0, 115.0)])),
            km_east=float(x),
            km_north=float(y),
            area=codes[place % len(codes)],
            advance_care_plan=bool(rng.random() < 0.5),
        )
        for place, (x, y) in enumerate(rng.normal(0.0, 20.0, (int(rng.integers(2, 13)), 2)))
    ]
    calls = [
        call(
            float(rng.uniform(0.5, 120.0)), int(rng.integers(len(homes))), str(rng.choice(URGENCIES)),
            visit=bool(rng.random() < 0.5), talk=float(rng.exponential(0.4)), after_call=float(rng.exponential(0.3)),
            visit_hours=float(rng.exponential(1.5)), call_back=float(rng.exponential(0.05)),
            answer_patience=float(rng.exponential(0.7)), visit_patience=float(rng.exponential(2.0)),
            may_harm=bool(rng.random() < 0.3), emergency=float(rng.random()), no_return=float(rng.random()),
            stay=float(rng.exponential(20.0)),
        )
        for _ in range(int(rng.integers(5, 90)))
    ]  # fmt: skip
    alive = [one for one in calls if one.hour is not None and one.hour < homes[one.family].death]
    deaths = [
        death_call(
            row, talk=float(rng.exponential(0.4)), after_call=float(rng.exponential(0.3)),
            visit=bool(rng.random() < 0.8), visit_hours=float(rng.exponential(2.0)),
            call_back=float(rng.exponential(0.05)), answer_patience=float(rng.exponential(0.7)),
            visit_patience=float(rng.exponential(2.0)),
        )
        for row, home in enumerate(homes)
        if home.death < 400.0
    ]  # fmt: skip
    last = [
        call(
            max(0.0, homes[one.family].death - float(rng.exponential(0.8))), one.family, str(rng.choice(URGENCIES)),
            visit=bool(rng.random() < 0.7), talk=float(rng.exponential(0.4)), after_call=float(rng.exponential(0.3)),
            visit_hours=float(rng.exponential(1.5)), call_back=float(rng.exponential(0.1)),
            answer_patience=float(rng.exponential(0.7)), visit_patience=float(rng.exponential(2.0)),
        )
        for one in deaths
    ]  # fmt: skip
    laid = setting(scenario, homes, [*alive, *last, *deaths])
    return (scenario, laid) if number % 3 else with_localities(scenario, laid, number)


def with_localities(scenario: Scenario, laid: Setting, number: int) -> tuple[Scenario, Setting]:
    """The same world with three localities an area, in which everybody lives somewhere, and a planner's own times
    between them, which in every other such world differ by direction."""
    rng = np.random.default_rng([20_271, number, 2])
    places = tuple(
        replace(one, localities=tuple(
            Locality(f"{one.code}{n}", f"{one.code} {n}", 100.0 + n, one.longitude + 0.1 * n, 0.1 * n, 5.0, 0.0)
            for n in range(3)
        ))
        for one in scenario.areas
    )  # fmt: skip
    size = 3 * len(places)
    quiet = np.round(rng.uniform(0.1, 1.2, (size, size)), 3)
    quiet = quiet if number % 2 else (quiet + quiet.T) / 2
    busy = np.round(quiet * 1.3, 3)
    times = DriveTimes(*(tuple(map(tuple, table.tolist())) for table in (busy, quiet)))
    parted = replace(scenario, areas=places, travel=replace(scenario.travel, drive_times=times))
    families, staff = laid.demand.families, laid.staff
    lives = replace(families, locality=3 * families.area + rng.integers(0, 3, len(families.area)))
    starts = replace(staff, locality=3 * staff.area + rng.integers(0, 3, len(staff.area)))
    return parted, replace(laid, demand=replace(laid.demand, families=lives), staff=starts)


def told(ledger: Ledger) -> dict[int, dict[str, Any]]:
    """What the ledger says of each call, in the words of the reference."""
    names = list(ledger.calls.columns)
    out: dict[int, dict[str, Any]] = {}
    for values in ledger.calls.rows:
        row = dict(zip(names, values, strict=True))
        if row["joined"] >= 0:
            out[row["call"]] = {"joined": row["joined"]}
        elif not row["made"]:
            out[row["call"]] = {"outcome": row["outcome"], "caused": row["caused"]}
        else:
            outcome = row["outcome"] if row["outcome"] in NOT_BY_THE_TEAMS else "helped"
            outcome = "overtaken" if row["outcome"] == "overtaken_by_death" else outcome
            names_of = ("urgency", "answered", "at_door", "answered_by", "visited_by", "ended")
            facts = {name: row[name] for name in (*names_of, "emergency_visit", "admitted", "caused")}
            out[row["call"]] = {"outcome": outcome, **facts}
    return out


@pytest.mark.parametrize("number", range(WORLDS))
def test_the_model_tells_the_same_story_as_the_reference(number):
    """Catches any change of who is taken, when, and for how long: queue order, overflow, patience, roads, joining."""
    scenario, laid = a_world(number)
    ledger = run(scenario, laid, KEY)
    reference = Reference(scenario, laid).play()
    found, expected = told(ledger), reference.calls
    assert found.keys() == expected.keys()
    for row in found:
        assert found[row] == pytest.approx(expected[row], nan_ok=True, abs=1e-9), row
    tasks = sorted((person, call, TASKS[kind], start, end) for person, call, kind, start, end, *_ in ledger.tasks.rows)
    wanted = sorted(reference.tasks)
    assert [task[:3] for task in tasks] == [task[:3] for task in wanted]
    assert [task[3:] for task in tasks] == [pytest.approx(task[3:], abs=1e-9) for task in wanted]


def test_the_worlds_are_worth_playing():
    """Catches worlds so easy that every call is answered at once."""
    words = [
        one["outcome"]
        for number in range(WORLDS)
        for one in told(run(*a_world(number), KEY)).values()
        if "outcome" in one
    ]
    for word in (
        "helped",
        "unmet",
        "partly_met",
        "overtaken",
        "met_by_general_services",
        "help_present",
        "in_hospital",
        "in_hospital_after_failure",
    ):
        assert words.count(word) > 20, word


def test_the_deaths_find_somebody_in_the_home_on_the_way_and_on_the_line():
    """Catches worlds in which children die only while nobody has their family."""
    found: Counter[str] = Counter()

    class Watched(Reference):
        def dies(self, row: int, first: int) -> None:
            inside = int(self.marks.family[row]) in self.visitor
            rung_back = self.calls[first]["answered"] <= self.now
            found["home" if inside else self.has[first][0] if rung_back else "call back"] += 1
            super().dies(row, first)

    for number in range(WORLDS):
        Watched(*a_world(number)).play()
    assert min(found[where] for where in ("home", "way", "line", "call back")) >= 3, found
