"""The model and a brute-force reference give the same ledger, call by call and task by task.

The reference is an event list without SimPy, written from ``docs/model.md`` and not from the model: one area, a few
people, a ladder of at most two steps, no goodwill, no advice. It looks at everybody whenever anything happens. Some
children die in the middle of it.
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

from sim.demand.calls import DEATH_CALL
from sim.domain.calendar import WEEKDAYS, Span
from sim.domain.law import Law
from sim.domain.scenario import URGENCIES, Scenario, Step
from sim.ledger import TASKS, Ledger
from sim.model.simulate import run
from sim.place import Setting
from tests.tiny import (
    KEY,
    UNIVERSAL_STEP,
    answering,
    area,
    call,
    death_call,
    family,
    nurses,
    pattern,
    people,
    setting,
    team,
    tiny,
    travel,
)

ROUTINE = URGENCIES.index("routine")
WORLDS = 60
A_WEEK = 168.0


@dataclass
class Someone:
    """A clinician of the reference."""

    row: int
    plan: str
    busy: bool = False
    at: tuple[float, float] | None = None  # a family's door, until ``home_at``
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
        if self.is_death(row) and family in self.open:
            self.dies(row, self.open[family])
        elif family in self.visitor:
            self.calls[row] = {"outcome": "help_present"}
        elif family in self.open:
            self.calls[row] = {"joined": self.open[family]}
            first = self.open[family]
            urgency = min(self.calls[first]["urgency"], int(self.marks.urgency[row]))
            self.calls[first]["urgency"] = urgency
            for wait in self.waiting:
                if wait.call == first:
                    wait.order = (urgency, *wait.order[1:])
        else:
            self.opens(row)
            self.climbs(row, 0)

    def opens(self, row: int) -> None:
        self.open[int(self.marks.family[row])] = row
        self.calls[row] = {"urgency": int(self.marks.urgency[row]), "answered": math.nan, "at_door": math.nan}
        self.calls[row] |= {"answered_by": -1, "visited_by": -1}

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
        starts = self.now if any(self.duty(who) for who in team) else self.next_start(team)
        waits = starts == self.now or self.calls[row]["urgency"] == ROUTINE
        if not team or not waits or not starts <= self.gives_up(row):
            self.climbs(row, place + 1)
            return
        self.wants(Wait(row, "answer", self.order(row), min(starts + step.overflow, self.gives_up(row)), place))

    def ends(self, row: int, outcome: str) -> None:
        outcome = "overtaken" if outcome in ("unmet", "partly_met") and self.now >= self.death(row) else outcome
        self.calls[row] |= {"outcome": outcome, "ended": self.now}
        family = int(self.marks.family[row])
        if self.open.get(family) == row:
            del self.open[family]

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

    def next_start(self, team: list[Someone]) -> float:
        duties = self.laid.duties
        mine = np.isin(duties.person, [who.row for who in team]) & (duties.start > self.now)
        return float(duties.start[mine].min()) if mine.any() else math.inf

    def place(self, who: Someone) -> tuple[float, float]:
        staff = self.laid.staff
        home = (float(staff.east[who.row]), float(staff.north[who.row]))
        return who.at if who.at is not None and self.now < who.home_at else home

    def journey(self, who: Someone, family: int) -> float:
        east, north = self.place(who)
        km = math.hypot(east - float(self.families.east[family]), north - float(self.families.north[family]))
        return km / self.s.travel.speed_urban

    def fits(self, who: Someone, wait: Wait) -> bool:
        held = self.duty(who)
        if who.busy or held is None:
            return False
        if wait.kind == "answer":
            return who.plan == self.s.ladder[wait.step].plan
        near = self.journey(who, int(self.marks.family[wait.call])) <= self.s.travel.reach
        return bool(self.laid.duties.visiting[held - 1]) and near

    def rank(self, who: Someone, row: int) -> tuple[Any, ...]:
        family = int(self.marks.family[row])
        worked = sum(hours for end, hours in who.worked if end >= self.now - A_WEEK)
        code = self.laid.staff.people[who.row].code
        return who.row not in self.known[family], self.journey(who, family), worked, code

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
            who.at = (float(self.families.east[family]), float(self.families.north[family]))
            staff = self.laid.staff
            away = math.hypot(who.at[0] - float(staff.east[who.row]), who.at[1] - float(staff.north[who.row]))
            who.left_at, who.home_at, who.back_call = self.now, self.now + away / self.s.travel.speed_urban, row
            self.ends(row, "helped")
            if who.owed:
                self.writes(who)
            else:
                who.busy = False
                self.serve()

        self.at(door, 1, arrives)


def a_world(number: int) -> tuple[Scenario, Setting]:
    """A small random world: one or two teams, shifts and nights, a dozen families, calls in bursts."""
    rng = np.random.default_rng([20_271, number])
    day = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
    night = pattern("night", seats=int(rng.integers(1, 3)), at="on_call", visiting=bool(rng.random() < 0.8))
    night = replace(night, rotation=str(rng.choice(["night", "weekend_split"])))
    first = team("nurses", nurses(int(rng.integers(1, 4))), patterns=(day, night) if rng.random() < 0.7 else (night,))
    second = team("second", people("specialist_nurse", int(rng.integers(1, 3))), patterns=(night,))
    two_steps = rng.random() < 0.6
    overflow = float(rng.choice([0.0, 0.1, 0.5, math.inf]))
    ladder = (Step("team", "nurses", overflow), *((Step("team", "second", 0.3),) if two_steps else ()), UNIVERSAL_STEP)
    scenario = tiny(
        areas=(area(mean_km=float(rng.choice([0.0, 25.0]))),),
        teams=(first, second) if two_steps else (first,),
        ladder=ladder,
        travel=travel(mobilise_from_home=0.3, mobilise_at_work=0.1, reach=float(rng.choice([0.6, 5.0]))),
        answering=answering(call_back=Law("exponential", 0.05), while_visiting="unreachable"),
    )
    homes = [
        family(death=float(rng.choice([400.0, rng.uniform(5.0, 115.0)])), km_east=float(x), km_north=float(y))
        for x, y in rng.normal(0.0, 20.0, (int(rng.integers(2, 13)), 2))
    ]
    calls = [
        call(
            float(rng.uniform(0.5, 120.0)), int(rng.integers(len(homes))), str(rng.choice(URGENCIES)),
            visit=bool(rng.random() < 0.5), talk=float(rng.exponential(0.4)), after_call=float(rng.exponential(0.3)),
            visit_hours=float(rng.exponential(1.5)), call_back=float(rng.exponential(0.05)),
            answer_patience=float(rng.exponential(0.7)), visit_patience=float(rng.exponential(2.0)),
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
    return scenario, setting(scenario, homes, [*alive, *last, *deaths])


def told(ledger: Ledger) -> dict[int, dict[str, Any]]:
    """What the ledger says of each call, in the words of the reference."""
    names = list(ledger.calls.columns)
    out: dict[int, dict[str, Any]] = {}
    for values in ledger.calls.rows:
        row = dict(zip(names, values, strict=True))
        if row["joined"] >= 0:
            out[row["call"]] = {"joined": row["joined"]}
        elif not row["made"]:
            out[row["call"]] = {"outcome": row["outcome"]}
        else:
            outcome = row["outcome"] if row["outcome"] in ("unmet", "partly_met") else "helped"
            outcome = "overtaken" if row["outcome"] == "overtaken_by_death" else outcome
            facts = {
                name: row[name] for name in ("urgency", "answered", "at_door", "answered_by", "visited_by", "ended")
            }
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
    for word in ("helped", "unmet", "partly_met", "overtaken", "help_present"):
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
