"""What service an area has, who is on in the night, and who is tired next morning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.intervals import Interval, merged, minus, total, within
from sim.domain.scenario import Scenario
from sim.ledger import Ledger
from sim.night.choose import Night
from sim.night.names import a, clock, counted, length, minute, person, sentence, times
from sim.night.record import MOMENT, Record, Task, tasks_of

MORNING = 3.0  # hours after the night within which work counts as that of the morning


def who_is_on(scenario: Scenario, ledger: Ledger, night: Night) -> list[str]:
    """A line for each duty and empty seat of the teams that serve the area, for unpaid standby, and what is missing."""
    duties, code = ledger.setting.duties, scenario.areas[night.area].code
    rows = ((duties.start < night.end) & (duties.end > night.start)).nonzero()[0].tolist()
    serving = [
        row
        for row in rows
        if code in scenario.teams[duties.team[row]].areas
        and duties.answers[row] in (-1, night.area)
        and duties.funded[row]
    ]
    lines = [_duty(scenario, ledger, night, row) for row in sorted(serving, key=lambda r: (duties.start[r], r))]
    if not any(_visits(scenario, ledger, row, night.area) for row in serving):
        lines.append("Nobody is commissioned to visit.")
    return list(dict.fromkeys([*lines, *_standby(scenario, ledger, night)]))


def service(scenario: Scenario, ledger: Ledger, area: int) -> list[str]:
    """Which kind of service the area has, and whether it is hers or was dealt; nothing where no kind differs."""
    by_kind = any(pattern.area_types for team in scenario.teams for pattern in team.patterns)
    if not (by_kind or scenario.goodwill.not_in):
        return []
    kind = ledger.setting.area_types[area].replace("_", " ")
    if scenario.areas[area].code in dict(scenario.supply.pinned):
        return [f"Kind of service in this area: {kind}, as written down for it."]
    return [f"Kind of service in this area: {kind}, dealt to it in this replication, not known of it."]


def _visits(scenario: Scenario, ledger: Ledger, row: int, area: int) -> bool:
    duties = ledger.setting.duties
    may = scenario.role(scenario.teams[duties.team[row]].role).may
    return bool(duties.visiting[row]) and duties.serves[row] in (-1, area) and "visit" in may


def _duty(scenario: Scenario, ledger: Ledger, night: Night, row: int) -> str:
    duties = ledger.setting.duties
    team = scenario.teams[duties.team[row]]
    hours = _hours(night, float(duties.start[row]), float(duties.end[row]))
    how = "on call" if duties.on_call[row] else "at work"
    help_given = "can visit" if _visits(scenario, ledger, row, night.area) else "by telephone only"
    if duties.person[row] < 0:
        role, pattern = team.role.replace("_", " "), team.patterns[duties.pattern[row]].name
        return sentence(f"nobody {hours}: the seat of {a(role)} ({pattern}, {how}) is empty")
    return sentence(f"{person(scenario, ledger, int(duties.person[row]), night.area)} {hours}, {how}, {help_given}")


def _standby(scenario: Scenario, ledger: Ledger, night: Night) -> Iterator[str]:
    standby = ledger.setting.standby
    here = (standby.area == night.area) & (standby.start < night.end) & (standby.end > night.start)
    for row in here.nonzero()[0].tolist():
        keeper = int(standby.person[row])
        start, end = float(standby.start[row]), float(standby.end[row])
        until = _released(ledger, keeper, start, end)
        longer = f", and with a family until {clock(min(until, night.end))}" if minute(until) > minute(end) else ""
        yield sentence(
            f"{person(scenario, ledger, keeper, night.area)} {_hours(night, start, end)}, on unpaid standby{longer}: a "
            "child is near death or has just died, and no visit is funded"
        )


def _released(ledger: Ledger, keeper: int, start: float, end: float) -> float:
    """When somebody on standby is free to sleep: at its end, or when what they began before it is done."""
    for task in tasks_of(ledger, keeper):
        if task.duty < 0 and start <= task.start <= end + MOMENT:
            end = max(end, task.end)
    return end


def _hours(night: Night, start: float, end: float) -> str:
    return f"{clock(max(start, night.start))}-{clock(min(end, night.end))}"


def who_is_tired(scenario: Scenario, ledger: Ledger, night: Night, records: Sequence[Record]) -> list[str]:
    """A line for everybody who was rung or did anything for the calls told."""
    told: dict[int, list[Task]] = {}
    for record in records:
        for task in record.tasks:
            told.setdefault(task.person, []).append(task)
    return [_tired(scenario, ledger, night, row, told[row]) for row in sorted(told)]


def _tired(scenario: Scenario, ledger: Ledger, night: Night, row: int, told: Sequence[Task]) -> str:
    tasks = tasks_of(ledger, row)
    tonight = [task for task in tasks if task.start < night.end and task.end > night.start]
    parts = [f"{person(scenario, ledger, row, night.area)}: {worked_in_words(tonight, told, night)}"]
    if woken := _woken(scenario, tonight):
        sleep = scenario.calendar.sleep
        parts.append(f"called {times(woken)} between {clock(sleep[0])} and {clock(sleep[1])}")
    return sentence("; ".join([*parts, _morning(scenario, ledger, night, row, tasks)]))


def worked_in_words(tonight: Sequence[Task], told: Sequence[Task], night: Night) -> str:
    """``worked 5 hours, 2 hours of it unpaid: 4 hours for the calls above and 1 hour for 2 other calls``.

    tonight: what somebody did in the night; told: for the calls that are told, whenever. To the minute, so that it adds
    up with the hours told. Other calls are earlier ones, or of families elsewhere.
    """
    here = [task for task in told if task.kind != "ring"]
    other = [task for task in tonight if task.kind != "ring" and task not in set(here)]
    if not (here or other):
        return "was rung"
    done = [*here, *other]
    whole, unpaid = _minutes(done, night), _minutes([task for task in done if task.duty < 0], night)
    later, elsewhere = _minutes(here) - _minutes(here, night), _minutes(other, night)
    said = f"worked {length(whole / 60)}"
    if unpaid:
        said += ", all of it unpaid" if unpaid == whole else f", {length(unpaid / 60)} of it unpaid"
    if elsewhere:
        calls = counted(len({task.call for task in other}), "other call")
        above = f"{length((whole - elsewhere) / 60)} for the calls above and " if whole > elsewhere else ""
        said += f": {above}{length(elsewhere / 60)} for {calls}"
    return said + (f"; and {length(later / 60)} after {clock(night.end)}" if later else "")


def _minutes(tasks: Sequence[Task], night: Night | None = None) -> int:
    """Minutes of some tasks as they are told, those at once counted once; night: only those in it."""
    hours: list[Interval] = [(float(minute(task.start)), float(minute(task.end))) for task in tasks]
    if night is not None:
        hours = within(merged(hours), float(minute(night.start)), float(minute(night.end)))
    return round(total(merged(hours)))


def _woken(scenario: Scenario, tonight: Sequence[Task]) -> int:
    """Calls for which somebody was first rung or at work in the hours of sleep."""
    first: dict[int, float] = {}
    for task in tonight:
        first.setdefault(task.call, task.start)
    return sum(map(scenario.calendar.is_sleep, first.values()))


def _morning(scenario: Scenario, ledger: Ledger, night: Night, row: int, tasks: Sequence[Task]) -> str:
    """Whether somebody is at work next morning, and how long they have rested before."""
    duties = ledger.setting.duties
    at_work = (duties.person == row) & ~duties.on_call
    hours: list[Interval] = list(zip(duties.start[at_work].tolist(), duties.end[at_work].tolist(), strict=True))
    starts = min((start for start, end in hours if start <= night.end + MORNING and end > night.end), default=None)
    if starts is None:
        return "not at work next morning"
    before = starts - HOURS_PER_DAY
    worked = merged([*hours, *((task.start, task.end) for task in tasks if task.kind != "ring")])
    rest = max((end - start for start, end in minus([(before, starts)], worked)), default=0.0)
    limit = scenario.limits.daily_rest
    rule = "" if rest >= limit - 1 / 120 else f", where {length(limit)} are the rule"
    return f"at work again at {clock(starts)} after {length(rest)} of unbroken rest{rule}"
