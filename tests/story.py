"""What happened in a tiny world, as a list that can be read: who did what, and what became of the calls."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sim.domain.scenario import Scenario
from sim.ledger import MEANS, TASKS, CallRow, Ledger, StayRow, TaskRow
from sim.measures import Row
from sim.model.simulate import run
from sim.rota.staff import Staff
from tests.tiny import KEY, ACall, AFamily, family, setting

SHORT = {
    "community_nurse": "nurse", "specialist_nurse": "specialist", "consultant": "consultant",
    "care_assistant": "assistant",
}  # fmt: skip
Line = tuple[str, float, float, str]


class Forgets(dict):
    """What is put into it is gone at once, as what one thread remembers may be when another remembers something."""

    def __setitem__(self, key: object, value: object) -> None:
        """Nothing."""


def play(
    scenario: Scenario, calls: Sequence[ACall], families: Sequence[AFamily] = (), g: float = 1.0,
    staff: Staff | None = None,
) -> Ledger:  # fmt: skip
    """The ledger of these calls; without families given, each family that calls lives at the centre of its area."""
    families = families or [family()] * (1 + max((one.family for one in calls), default=0))
    return run(scenario, setting(scenario, families, calls, g, staff), KEY)


def who(ledger: Ledger, row: int) -> str:
    """``nurse 1`` for the person of a row, ``BBB nurse 1`` if the area is not AAA, empty for nobody."""
    if row < 0:
        return ""
    person = ledger.setting.staff.people[row]
    name = f"{SHORT[person.role]} {person.number}"
    return name if person.area == "AAA" else f"{person.area} {name}"


def done(ledger: Ledger, *kinds: str) -> list[Line]:
    """Everybody's tasks (of some kinds) by time: (who, from, to, what), hours to six places."""
    lines = [
        (who(ledger, person), round(start, 6), round(end, 6), TASKS[kind])
        for person, _, kind, start, end, *_ in ledger.tasks.rows
    ]
    return sorted((line for line in lines if not kinds or line[3] in kinds), key=lambda line: (line[1:3], line[0]))


def column(ledger: Ledger, name: str) -> list[Any]:
    """One fact of every call, in the order in which they were made; hours to six places."""
    place = list(ledger.calls.columns).index(name)
    values = [row[place] for row in sorted(ledger.calls.rows)]
    return [round(value, 6) if isinstance(value, float) and not math.isnan(value) else value for value in values]


def became(ledger: Ledger) -> list[tuple[str, str]]:
    """Outcome and cause of every call, in the order in which they were made."""
    return list(zip(column(ledger, "outcome"), column(ledger, "cause"), strict=True))


def answered(ledger: Ledger) -> list[tuple[str, float]]:
    """Who answered every call, and when."""
    people = [who(ledger, row) for row in column(ledger, "answered_by")]
    return list(zip(people, column(ledger, "answered"), strict=True))


# -- ledgers written by hand, and what is measured in them ------------------------------------------------------------

Fact = dict[str, Any]
Task = tuple[int, int, str, float, float, int]  # person, call, kind, from, to, duty (-1: unpaid)


def written(
    scenario: Scenario, calls: Sequence[ACall] = (), facts: Sequence[Fact] = (), tasks: Sequence[Task] = (),
    families: Sequence[AFamily] = (), from_home: Sequence[int] = (), stays: Sequence[tuple[int, float, float]] = (),
    km: Mapping[int, float] = {},
) -> Ledger:  # fmt: skip
    """A ledger in which each call (in order of time) was met at once by person 0, unless its facts say otherwise.

    from_home: places in tasks of the journeys begun from home. stays: family, from, to (its death: no return).
    km: of the straight line driven, by place in tasks.
    """
    families = families or [family()] * (1 + max((one.family for one in calls), default=0))
    laid = setting(scenario, families, calls)
    ledger = Ledger(laid, KEY)
    for row, time in enumerate(laid.demand.calls.time.tolist()):
        usual: Fact = dict.fromkeys(ledger.calls.columns, 0) | {
            "call": row, "time": time, "attempt": 1, "made": True, "joined": -1,
            "urgency": int(laid.demand.calls.urgency[row]), "answered": time,
            "at_door": math.nan, "visited_by": -1, "advised": math.nan, "advised_by": -1, "ended": time,
            "resolution": 2, "means": MEANS.index("funded"), "in_time": True, "outcome": "met", "cause": "", "part": "",
            "turned_to": math.nan,
        }  # fmt: skip
        said = facts[row] if row < len(facts) else {}
        assert not set(said) - set(usual)
        ledger.calls.rows.append(CallRow(**(usual | said)))
    for place, (person, call, kind, start, end, duty) in enumerate(tasks):
        away, begun = km.get(place, 0.0), place in from_home
        ledger.tasks.rows.append(TaskRow(person, call, TASKS.index(kind), start, end, duty, begun, away))
    for row, start, end in stays:
        ledger.stays.rows.append(StayRow(row, start, end, end < families[row].death))
    return ledger


def values(rows: Sequence[Row], group: str = "england", level: str = "England") -> dict[str, float]:
    """Each measure of one group and level, where it is defined."""
    return {
        row.measure: row.numerator / row.denominator
        for row in rows
        if (row.group, row.level) == (group, level) and row.denominator
    }
