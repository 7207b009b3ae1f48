"""Single changes to a rota: two people swap, one gives a duty to another, or a duty is cancelled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.sessions import Session
from sim.domain.written import Change
from sim.errors import BadInput
from sim.rota.clashes import Planned
from sim.rota.cover import GAP
from sim.rota.staff import Staff
from sim.rota.turns import Turn, timetable


def changed(scenario: Scenario, staff: Staff, plans: list[Planned]) -> list[Planned]:
    """The same plans with every change of every team, in order. Raises BadInput for a duty that is not there."""
    if not any(team.changes for team in scenario.teams):
        return plans
    rows = {person: row for row, person in enumerate(staff.people)}
    for team_row, team in enumerate(scenario.teams):
        for change in team.changes:
            hers = _duty(scenario, plans, team_row, change, rows[change.person], change.day)
            other = GAP if change.other is None else rows[change.other]
            given = None
            if change.other is not None and change.other_day is not None:
                given = _duty(scenario, plans, team_row, change, other, change.other_day)
            if (given, change.other_day) == (hers, change.day):
                continue  # two seats of one duty: who sits in which is the same to everybody
            plans[hers] = _handed(plans[hers], change.day, rows[change.person], other)
            if given is not None and change.other_day is not None:
                plans[given] = _handed(plans[given], change.other_day, other, rows[change.person])
    return plans


def _duty(scenario: Scenario, plans: list[Planned], team: int, change: Change, person: int, day: int) -> int:
    """Which plan of a team has somebody on a duty that begins on a day. Raises BadInput if none has."""
    for place, plan in enumerate(plans):
        wanted = plan.team == team and change.pattern in (None, plan.number)
        if wanted and any(s.day == day and person in h for s, h in _sessions(plan)):
            return place
    pattern = "" if change.pattern is None else f" of {scenario.teams[team].patterns[change.pattern].name}"
    when, who = scenario.calendar.date(day * HOURS_PER_DAY), "the other" if day == change.other_day else "this person"
    rule = f"{who} has no duty{pattern} with team {scenario.teams[team].name} that begins on {when}"
    raise BadInput(f"{change.said}: {change.kind}: {rule}; `oncall-sim rota` shows who is on")


def _sessions(plan: Planned) -> list[tuple[Session, list[int]]]:
    """Every session of a plan, and who holds its seats."""
    return [
        (session, seated)
        for turn, seated in zip(plan.table.turns, plan.holders.tolist(), strict=True)
        for session in turn.sessions
    ]


def _handed(plan: Planned, day: int, person: int, other: int) -> Planned:
    """A plan in which one person's duties of a day are another's; a turn that several then share is several turns."""
    turns: list[Turn] = []
    holders: list[list[int]] = []
    for turn, seated in zip(plan.table.turns, plan.holders.tolist(), strict=True):
        that_day = [session for session in turn.sessions if session.day == day]
        if not that_day or person not in seated:
            turns.append(turn)
            holders.append(seated)
            continue
        rest = [session for session in turn.sessions if session.day != day]
        parts = [(that_day, [other if one == person else one for one in seated]), (rest, seated)]
        for sessions, who in sorted((part for part in parts if part[0]), key=lambda part: part[0][0].intervals):
            turns.append(Turn(tuple(sessions)))
            holders.append(who)
    held = np.array(holders, dtype=np.int64).reshape(-1, plan.holders.shape[1])
    return replace(plan, table=timetable(tuple(turns)), holders=held)
