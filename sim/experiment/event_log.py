"""One replication as an event log: who did what, for which call, from when to when; for process mining and animation.

A case is a potential call with all its attempts. Hours are dates of the scenario's calendar, by its local clock
without daylight-saving jumps, to the nearest second.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.demand.calls import DEATH_CALL
from sim.domain.scenario import URGENCIES, Scenario
from sim.experiment.kept_ledger import Columns
from sim.ledger import TASKS, Ledger

COLUMNS = {  # column -> meaning, in their order
    "case": "the call: code of the area, number of the family, number of its call (death: the call at the death)",
    "activity": "what happens, one of the activities below",
    "resource": "name (or code) of the person who does it; empty for what the family does or what is only noted",
    "role": "role of that person",
    "start": "date and time at which it begins, by a local clock that never jumps (docs/results.md)",
    "end": "date and time at which it ends; what is only noted ends as it begins",
    "area": "code of the family's area",
    "family": "the family: code of the area and number; a second case notion for everything about one child",
    "attempt": "1, or more for a call that came again",
    "paid": "yes or no: whether the person is on a funded duty; empty without a person",
    "urgency": "emergency, urgent or routine, as it was at the end",
    "reason": "why the family called",
    "outcome": "what became of this attempt",
    "cause": "why funded staff did not meet it in full and in time; empty when they did",
}
ACTIVITIES = {
    "call": "the family rings, until somebody speaks with them or they are left",
    "ring": "somebody off duty is rung at home",
    "phone": "somebody has the call: calls back, talks, and does what is to be done after it",
    "held": "somebody stays on the telephone while advice is sought",
    "advice": "advice by telephone to whoever has the call",
    "mobilise": "somebody gets ready to leave",
    "journey": "travels to the family",
    "visit": "is at the family's home",
    "notes": "writes the notes and rings others, if the call takes a visit: after it, or after the talk",
    "way_back": "travels back; can be sent on from there",
    "general_services": "GP out of hours, 111 or a ward will help: until they do, or the child dies or is in hospital",
    "emergency_visit": "an ambulance or the emergency department follows (noted)",
    "hospital": "the child is in hospital",
    "joined": "it becomes part of a call of the same family that is still open (noted)",
    "left": "the family is left, helped or not (noted)",
    "not_made": "the family does not call, for the reason in outcome (noted)",
}


class Event(NamedTuple):
    """One line of the log; hours count from the start of the run."""

    start: float
    end: float
    call: int
    attempt: int
    activity: str
    person: int
    paid: bool | None


def event_log(ledger: Ledger, scenario: Scenario) -> Columns:
    """The columns of the log in order of time: calls that begin in the measured weeks, followed to their end."""
    start, end = scenario.run.window
    lines = [
        row._asdict() for row in ledger.calls.rows if start <= float(ledger.setting.demand.calls.time[row.call]) < end
    ]
    about = {(line["call"], line["attempt"]): line for line in lines}
    events = sorted([*_of_calls(ledger, lines), *_of_tasks(ledger, about)])
    return _spelt(ledger, scenario, events, about)


def _of_calls(ledger: Ledger, lines: list[dict[str, Any]]) -> Iterator[Event]:
    """What the family does, and what is noted of it."""
    family = ledger.setting.demand.calls.family
    stays = {(stay.family, stay.start): stay.end for stay in ledger.stays.rows}
    for line in lines:
        call, attempt, time, ended = line["call"], line["attempt"], line["time"], line["ended"]

        def noted(activity: str, at: float, until: float | None = None, of: tuple[int, int] = (call, attempt)) -> Event:
            return Event(at, at if until is None else until, *of, activity, -1, None)

        if not line["made"]:
            yield noted("not_made", time)
        elif line["joined"] >= 0:
            yield noted("joined", time)
        else:
            answered = line["answered"]
            turned = line["turned_to"]
            left = ended if math.isnan(turned) else turned
            yield noted("call", time, left if math.isnan(answered) else answered)
            if turned == left:
                yield noted("general_services", turned, ended)
            yield noted("left", ended)
            if line["emergency_visit"]:
                yield noted("emergency_visit", ended)
            if line["admitted"] and (int(family[call]), ended) in stays:
                yield noted("hospital", ended, stays[int(family[call]), ended])


def _of_tasks(ledger: Ledger, about: dict[tuple[int, int], dict[str, Any]]) -> Iterator[Event]:
    """What people do, each for the attempt that was open, or the last before it."""
    begun: dict[int, list[tuple[float, int]]] = {}
    for (call, attempt), line in about.items():
        begun.setdefault(call, []).append((line["time"], attempt))
    for person, call, kind, start, end, duty, *_ in ledger.tasks.rows:
        if call in begun:
            attempt = max((a for time, a in begun[call] if time <= start), default=1)
            yield Event(start, end, call, attempt, TASKS[kind], person, duty >= 0)


def _spelt(
    ledger: Ledger, scenario: Scenario, events: list[Event], about: dict[tuple[int, int], dict[str, Any]]
) -> Columns:  # fmt: skip
    """Events as columns, with codes and words in place of numbers."""
    demand, people = ledger.setting.demand, ledger.setting.staff.people
    reasons = [*(reason.name for reason in scenario.demand.reasons), scenario.demand.death_reason.name]
    midnight = dt.datetime.combine(scenario.calendar.start_date, dt.time())
    columns: Columns = {name: [] for name in COLUMNS}
    for event in events:
        line, row = about[event.call, event.attempt], int(demand.calls.family[event.call])
        area = scenario.areas[int(demand.families.area[row])].code
        number = int(demand.calls.number[event.call])
        family = f"{area}.{int(demand.families.number[row])}"
        who = people[event.person] if event.person >= 0 else None
        cells = (
            f"{family}.{'death' if number == DEATH_CALL else number}", event.activity, who.called if who else "",
            who.role if who else "", midnight + dt.timedelta(seconds=round(event.start * 3600)),
            midnight + dt.timedelta(seconds=round(event.end * 3600)), area, family, event.attempt,
            "" if event.paid is None else "yes" if event.paid else "no", URGENCIES[line["urgency"]],
            reasons[int(demand.calls.reason[event.call])], line["outcome"], line["cause"],
        )  # fmt: skip
        for name, value in zip(COLUMNS, cells, strict=True):
            columns[name].append(value)
    return columns
