"""A rota as somebody has written it beside the pattern it stands in place of, nobody away: who has how much of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.written import period
from sim.rota.duties import Duties
from sim.rota.rest import Bools, days_held


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody, or nobody (person: empty), has of one team's rota from its first hour to its last.

    Hours at work and on call, and nights (22:00-07:00) with any hour on call: as the pattern has it, and as written.
    """

    team: str
    person: str
    work: tuple[float, float]
    on_call: tuple[float, float]
    nights: tuple[int, int]


def as_planned(scenario: Scenario) -> Scenario:
    """The same scenario with nothing written by hand."""
    return replace(scenario, teams=tuple(replace(team, written=(), changes=()) for team in scenario.teams))


def dates(scenario: Scenario, team: int) -> tuple[float, float]:
    """The hours over which a team's rota is compared: those of the duties written, of changes alone the whole run."""
    written = scenario.teams[team].written
    return (period(written, written[0].pattern) if written else None) or (0.0, scenario.run.horizon)


def shares(scenario: Scenario, planned: Duties, written: Duties, teams: tuple[int, ...]) -> list[Share]:
    """A line for everybody of each team whose rota is written by hand, and one for its empty seats."""
    return [
        share
        for team in teams
        if scenario.teams[team].written or scenario.teams[team].changes
        for share in _of_team(scenario, planned, written, team)
    ]


def _of_team(scenario: Scenario, planned: Duties, written: Duties, team: int) -> Iterator[Share]:
    one = scenario.teams[team]
    people = dict.fromkeys(one.people)
    rows = {person: row for row, person in enumerate(dict.fromkeys(p for t in scenario.teams for p in t.people))}
    for person in [*people, None]:
        row = -1 if person is None else rows[person]
        both = [_counted(scenario, duties, team, row) for duties in (planned, written)]
        if person is not None or any(sum(counts) for counts in both):
            work, call, nights = zip(*both, strict=True)
            yield Share(one.name, "" if person is None else person.called, work, call, (int(nights[0]), int(nights[1])))


def _counted(scenario: Scenario, duties: Duties, team: int, row: int) -> tuple[float, float, float]:
    begins, ends = dates(scenario, team)
    mine = (duties.team == team) & (duties.person == row) & (duties.end > begins) & (duties.start < ends)
    hours = np.minimum(duties.end, ends) - np.maximum(duties.start, begins)
    work, call = (float(hours[mine & kind].sum()) for kind in (~duties.on_call, duties.on_call))
    return work, call, float(_nights(scenario, duties, mine & duties.on_call, begins, ends).sum())


def _nights(scenario: Scenario, duties: Duties, rows: Bools, begins: float, ends: float) -> Bools:
    """Nights with any hour of these duties inside the dates."""
    opens, closes = scenario.calendar.night
    start, end = np.maximum(duties.start[rows], begins), np.minimum(duties.end[rows], ends)
    first, days = int(begins // HOURS_PER_DAY), int((ends - begins) // HOURS_PER_DAY) + 2
    nobody = np.zeros(int(rows.sum()), dtype=np.int64)
    return days_held(nobody, start, end, opens, (closes - opens) % HOURS_PER_DAY, first, days, 1)
