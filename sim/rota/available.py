"""Pay for being available on call, whether or not anybody rings: exactly, from the duties of 52 weeks.

Consultants are paid a share of salary by how often they are on call, everybody else by the session; a stepped-up rota
is paid by the night it stands instead. Source: ``docs/model.md``, Costs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY
from sim.domain.scenario import Scenario
from sim.domain.staff import Pattern, Team
from sim.keyed import Floats
from sim.rota.duties import Duties
from sim.rota.expect import YEAR
from sim.rota.rest import Bools, Ints
from sim.rota.sessions import days_of_duties
from sim.rota.there import mean_on_the_list

SUPPLEMENTED = "consultant"  # the role paid by a share of salary
PATTERNS = 1000  # more than any team has
ALMOST = 1e-9  # of a day


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
    return pattern.on_call and pattern.funded and not pattern.stepped_up


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

    A day runs from hand-over to hand-over; what is left of the one before a pattern opens is none. Gaps count as one
    person.
    """
    row, day = days_of_duties(scenario, duties, rows)
    open_days = [[days_open(scenario, pattern) for pattern in team.patterns] for team in scenario.teams]
    first, last = (_of_patterns([[days[place] for days in of] for of in open_days], duties, row) for place in (0, 1))
    inside = (day >= first) & (day < last)
    row, day = row[inside], day[inside]
    rota = duties.team[row] * PATTERNS + duties.pattern[row]
    _, once = np.unique(_in_one(duties.person[row] + 1, day, rota), return_index=True)
    return row[once], day[once]


def days_open(scenario: Scenario, pattern: Pattern) -> tuple[int, int]:
    """The days of the window on which a pattern stands: the first, and the one after the last."""
    start, end = _window(scenario)
    opens, closes = (min(max(hour / HOURS_PER_DAY, start), end) for hour in (pattern.opens, pattern.closes))
    return math.floor(opens), max(math.ceil(closes), math.floor(opens))


def _window(scenario: Scenario) -> tuple[int, int]:
    """The first day of the window, and the one after its last."""
    first = int(scenario.run.window[0] // HOURS_PER_DAY)
    return first, first + math.ceil(scenario.run.weeks * 7 - ALMOST)


def of_patterns(
    scenario: Scenario, duties: Duties, which: Callable[[Pattern], bool], rows: Ints | None = None
) -> Bools:
    """By duty (of some rows), whether its pattern is one of those."""
    return _of_patterns([[which(pattern) for pattern in team.patterns] for team in scenario.teams], duties, rows) > 0


def _of_patterns(numbers: Sequence[Sequence[int]], duties: Duties, rows: Ints | None) -> Ints:
    """By duty (of some rows), a number of its pattern. numbers: by team and pattern."""
    table = np.zeros((len(numbers), max(map(len, numbers), default=0)), dtype=np.int64)
    for number, of in enumerate(numbers):
        table[number, : len(of)] = of
    if not table.any():
        return np.zeros(len(duties) if rows is None else len(rows), dtype=np.int64)
    team, pattern = (column if rows is None else column[rows] for column in (duties.team, duties.pattern))
    found: Ints = table.ravel()[team * table.shape[1] + pattern]
    return found


def one_in(people: float, days: float, held: float) -> float:
    """Days of one of so many people who share so many days on call, 1 in so many; inf: nobody is ever on call.

    days: that there are. held: by any of them, each day of each person.
    """
    return people * days / held if held else math.inf


def _supplements(scenario: Scenario, paper: Duties, row: Ints, day: Ints) -> Floats:
    """By team, to its consultants, by how often all its paid rotas together put one of them on call.

    Where rotas open or close the window falls into parts: each has a frequency of its own, and its share of the pay.
    """
    once = np.unique(_in_one(paper.person[row], day, paper.team[row]), return_index=True)[1]
    found, window = np.zeros(len(scenario.teams)), _window(scenario)
    for number, team in enumerate(scenario.teams):
        if team.role == SUPPLEMENTED:
            held = day[once[paper.team[row[once]] == number]]
            rotas = [team.patterns[n] for n in np.unique(paper.pattern[row[paper.team[row] == number]])]
            stands = [days_open(scenario, pattern) for pattern in rotas]
            for first, last in pairwise(sorted({day for days in (*stands, window) for day in days})):
                there = [p for p, (opens, closes) in zip(rotas, stands, strict=True) if opens <= first < closes]
                pay = _a_year(scenario, team, there, (first, last), int(((held >= first) & (held < last)).sum()))
                found[number] += pay * (last - first) / (window[1] - window[0])
    return found


def _a_year(scenario: Scenario, team: Team, rotas: list[Pattern], days: tuple[int, int], held: int) -> float:
    """GBP a year to all who work some rotas, by how often they are on call from a day to before another."""
    places = sorted({place for pattern in rotas for place in pattern.only or range(1, len(team.people) + 1)})
    people = mean_on_the_list([team.people[place - 1] for place in places], *days)
    often, pay = one_in(people, days[1] - days[0], held), scenario.availability
    return people * pay.consultant_salary * pay.supplement_share(often) if often < math.inf else 0.0


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
