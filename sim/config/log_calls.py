"""The calls of a planner's own log: each inside the episode of a family who wants to be at home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sim.config.laws import MINUTE
from sim.config.rows import Row
from sim.config.times import UTC
from sim.domain.log import LoggedCall, LoggedFamily
from sim.domain.scenario import URGENCIES

DEATH = "death"
CALL_FLAGS = ("needs_visit", "needs_two", "needs_prescription", "professional")
CALL_MINUTES = ("talk", "after_call", "visit")
CALL_COLUMNS = ("family", "time")
CALL_TIMES = ("time",)
CALL_OPTIONAL = ("reason", "urgency", "need_level", *CALL_FLAGS, *(f"{name}_minutes" for name in CALL_MINUTES))


def read_calls(
    rows: Iterable[Row], families: dict[str, LoggedFamily], reasons: list[str], start_date: dt.date
) -> tuple[LoggedCall, ...]:
    """Every call of the table in order of family and time. reasons: the words a call may give.

    Raises BadInput, also for a call that stands there twice, however its time is written.
    """
    line_of: dict[tuple[LoggedCall, dt.datetime | None], int] = {}
    at_death: dict[str, int] = {}
    for row in rows:
        name = row.needed("family")
        if name not in families:
            raise row.bad("family", "no such family in the table of families", "correct the name in one of the two")
        call = _call(row, families[name], reasons, start_date)
        if call.is_death and (line := at_death.setdefault(name, row.line)) != row.line:
            raise row.bad("family", f"its death has a call in line {line} already", "take one of them out")
        instant = row.instant("time") if row.timezone == UTC else None  # in October two are one by the local clock
        if (line := line_of.setdefault((call, instant), row.line)) != row.line:
            raise row.bad("family", f"the same call stands in line {line} already", "take one out, or tell them apart")
    return tuple(sorted((call for call, _ in line_of), key=lambda call: (call.family, call.time)))


def _call(row: Row, family: LoggedFamily, reasons: list[str], start_date: dt.date) -> LoggedCall:
    if family.prefers != "home":
        rule = f"prefers {family.prefers} in the table of families: calls are of families who want to be at home"
        raise row.bad("family", rule, "change one of the two")
    reason = row.word("reason", reasons)
    time = _time(row, family, reason, start_date)
    said = {flag: row.flag(flag) for flag in CALL_FLAGS}
    if said["needs_two"]:
        if said["needs_visit"] is False:
            raise row.bad("needs_two", "needs_visit says that nobody need come", "change one of the two")
        said["needs_visit"] = True
    level = row.number("need_level", 1, 4, whole=True)
    minutes = {name: row.number(f"{name}_minutes", 0, 1440) for name in CALL_MINUTES}
    hours: dict[str, Any] = {name: None if value is None else value * MINUTE for name, value in minutes.items()}
    return LoggedCall(
        family.name, time, time == family.death, reason, row.word("urgency", URGENCIES),
        None if level is None else int(level), **said, **hours,
    )  # fmt: skip


def _time(row: Row, family: LoggedFamily, reason: str | None, start_date: dt.date) -> float:
    """The hour of a call: inside its family's episode, or at the death if that is its reason."""
    time = row.time("time", start_date)
    if reason == DEATH:
        if time not in (None, family.death):
            raise row.bad("time", "the call about a death stands at the hour of the death", "leave its time empty")
        return family.death
    if time is None:
        raise row.bad("time", "missing", "write one in every row")
    if not family.start <= time <= family.death:
        raise row.bad("time", "outside the episode of its family", "correct the time, or the family's start or death")
    if time == family.death and reason is not None:
        raise row.bad("reason", "a call at the hour of the death is about the death", "write death, or an earlier time")
    return time
