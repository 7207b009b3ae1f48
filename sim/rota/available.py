"""Pay for being available on call, whether or not anybody rings: exactly, from the duties of 52 weeks.

Consultants are paid a share of salary by how often they are on call, everybody else by the session; a stepped-up rota
is paid by the night it stands instead. Source: ``docs/model.md``, Costs.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.staff import Pattern
from sim.keyed import Floats
from sim.rota.duties import Duties
from sim.rota.expect import YEAR
from sim.rota.rest import Bools, Ints
from sim.rota.sessions import days_of_duties

SUPPLEMENTED = "consultant"  # the role paid by a share of salary
PATTERNS = 1000  # more than any team has


@dataclass(frozen=True, slots=True, eq=False)
class Available:
    """GBP a year for being on call.

    sessions: by (team, pattern), of those paid by the session. supplements: by team.
    session_row, session_pay: a row of the duties for each session, and what it is paid a year.
    """

    sessions: dict[tuple[int, int], float]
    supplements: Floats
    session_row: Ints
    session_pay: Floats


def is_paid(pattern: Pattern) -> bool:
    """Whether being available is paid all year: stepped-up rotas are paid by the night stood up instead."""
    return pattern.at == "on_call" and pattern.funded and not pattern.stepped_up


def available(scenario: Scenario, paper: Duties) -> Available:
    """Sessions and supplements of the funded rotas on call. paper: the duties with nobody absent."""
    row, day = days_on_call(
        scenario, paper, np.flatnonzero(of_patterns(scenario, paper, is_paid) & (paper.person >= 0))
    )
    supplements = _supplements(scenario, paper, row, day)
    by_share = np.array([team.role == SUPPLEMENTED for team in scenario.teams], dtype=bool)
    by_session = ~by_share[paper.team[row]]
    row, day = row[by_session], day[by_session]
    pay = session_worth(scenario, day) * scenario.availability.session * YEAR / scenario.run.weeks
    kinds, which = np.unique(paper.team[row] * PATTERNS + paper.pattern[row], return_inverse=True)
    amounts = np.bincount(which, pay, minlength=len(kinds))
    of = {divmod(int(kind), PATTERNS): float(amount) for kind, amount in zip(kinds, amounts, strict=True)}
    return Available(of, supplements, row, pay)


def days_on_call(scenario: Scenario, duties: Duties, rows: Ints) -> tuple[Ints, Ints]:
    """Each day of the window with a session on call, once for each person, pattern and team: a row of it, and the day.

    A day runs from hand-over to hand-over. Gaps count as one person.
    """
    row, day = days_of_duties(scenario, duties, rows)
    first = int(scenario.run.window[0] // HOURS_PER_DAY)
    inside = (day >= first) & (day < first + scenario.run.weeks * 7)
    row, day = row[inside], day[inside]
    rota = duties.team[row] * PATTERNS + duties.pattern[row]
    _, once = np.unique(_in_one(duties.person[row] + 1, day, rota), return_index=True)
    return row[once], day[once]


def of_patterns(scenario: Scenario, duties: Duties, which: Callable[[Pattern], bool]) -> Bools:
    """By duty, whether its pattern is one of those."""
    flags = [[which(pattern) for pattern in team.patterns] for team in scenario.teams]
    table = np.zeros((len(flags), max(map(len, flags), default=0)), dtype=bool)
    for team, of in enumerate(flags):
        table[team, : len(of)] = of
    return np.asarray(table[duties.team, duties.pattern], dtype=bool) if len(duties) else np.zeros(0, dtype=bool)


def one_in(scenario: Scenario, people: int, days: float) -> float:
    """Days of one of so many people who share days on call, 1 in so many; inf: nobody is ever on call."""
    return people * scenario.run.weeks * 7 / days if days else math.inf


def _supplements(scenario: Scenario, paper: Duties, row: Ints, day: Ints) -> Floats:
    """By team, to its consultants, by how often all its paid rotas together put one of them on call."""
    held = np.unique(_in_one(paper.person[row], day, paper.team[row]), return_index=True)[1]
    days = np.bincount(paper.team[row[held]], minlength=len(scenario.teams))
    pay, found = scenario.availability, np.zeros(len(scenario.teams))
    for number, team in enumerate(scenario.teams):
        often = one_in(scenario, len(team.people), days[number])
        if team.role == SUPPLEMENTED and often < math.inf:
            found[number] = len(team.people) * pay.consultant_salary * pay.supplement_share(often)
    return found


def session_worth(scenario: Scenario, day: Ints) -> Floats:
    """Sessions that a day counts: one on a working day, more on a weekend or bank holiday."""
    if not len(day):
        return np.zeros(0)
    working = np.array([scenario.calendar.is_working_day(one) for one in range(int(day.max()) + 1)], dtype=bool)
    return np.where(working[day], 1.0, scenario.availability.weekend_multiple)


def _in_one(*columns: Ints) -> Ints:
    """Columns of small numbers from nought as one, the same only where all are the same."""
    found = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        found = found * (int(column.max(initial=0)) + 1) + column
    return found
