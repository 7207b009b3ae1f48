"""Seat arithmetic: what a rota takes in people, leaves uncovered and costs in availability, without any simulation.

Hours and pounds are for 52 weeks of the measured window; people needed and frequencies are those while a pattern
stands, if it opens or closes. *On paper* nobody is absent; *expected* is the mean over absence. A stepped-up rota is
counted as if it stood all the time, without pay.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sim.domain.limits import people_needed
from sim.domain.scenario import Scenario
from sim.domain.staff import Pattern, Team
from sim.rota.available import available, days_on_call, days_open, is_paid, one_in
from sim.rota.duties import Duties
from sim.rota.expect import YEAR, chance_of_nobody, p_empty
from sim.rota.pool_seats import is_pooled
from sim.rota.rest import Ints
from sim.rota.sessions import days_of_duties
from sim.rota.there import mean_on_the_list


@dataclass(frozen=True, slots=True)
class Seats:
    """One pattern of one team, or of all teams of a plan added up.

    seats: to be filled at a time; None: everybody. people: who work it, on average where some leave or begin.
    exist: of the role in post in the team's areas.
    needed: on call, people for the safe frequency; at work, people to fill the seats with headroom; None: no number.
    one_in: days on call of this pattern alone, 1 in so many of all days; one_in_of_its_days: of the days on which the
    seats exist; one_in_at_work: of the days at work, with leave covered; inf: never.
    hours: of all seats. gap_on_paper, gap_expected: of them, those nobody holds. cost: GBP for being available.
    """

    plan: str
    team: str
    role: str
    pattern: str
    on_call: bool
    teams: int
    seats: int | None
    people: float
    exist: int
    needed: int | None
    one_in: float
    one_in_of_its_days: float
    one_in_at_work: float
    hours: float
    gap_on_paper: float
    gap_expected: float
    cost: float


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours in which a team has anybody on duty, on paper and expected with absence, of all hours of 52 weeks."""

    plan: str
    team: str
    all: float
    on_paper: float
    expected: float


def seats(
    scenario: Scenario, paper: Duties, wanted: Callable[[Team, Pattern], bool] = lambda team, pattern: True
) -> list[Seats]:
    """A line for every wanted pattern of every team that has duties, in order. paper: the duties with nobody absent."""
    lines, paid = [], available(scenario, paper)
    for row, team in enumerate(scenario.teams):
        mine = np.flatnonzero(paper.team == row)
        supplement = float(paid.supplements[row])
        for number, pattern in enumerate(team.patterns):
            rows = mine[paper.pattern[mine] == number]
            if len(rows):
                cost = paid.sessions.get((row, number), 0.0)
                if is_paid(pattern):  # once for each person, whatever the number of patterns
                    cost, supplement = cost + supplement, 0.0
                if wanted(team, pattern):
                    lines.append(_line(scenario, paper, team, pattern, rows, cost))
    return lines


def added(lines: list[Seats]) -> list[Seats]:
    """The lines of each plan and pattern as one: sums, and the most frequent of the frequencies."""
    found: dict[tuple[str, str], list[Seats]] = {}
    for line in lines:
        found.setdefault((line.plan, line.pattern), []).append(line)
    return [_sum(same) if len(same) > 1 else same[0] for same in found.values()]


def _sum(lines: list[Seats]) -> Seats:
    one = lines[0]
    sums = {name: sum(getattr(line, name) for line in lines) for name in ("teams", "people", "exist", *AMOUNTS)}
    for name in ("seats", "needed"):
        numbers = [getattr(line, name) for line in lines]
        sums[name] = None if None in numbers else sum(numbers)
    often = {name: min(getattr(line, name) for line in lines) for name in FREQUENCIES}
    return replace(one, team=f"{one.plan}, {len(lines)} teams", **sums, **often)


AMOUNTS = ("hours", "gap_on_paper", "gap_expected", "cost")
FREQUENCIES = ("one_in", "one_in_of_its_days", "one_in_at_work")


def hours_of_teams(scenario: Scenario, paper: Duties) -> list[Hours]:
    """For every team with duties, the hours with anybody on duty."""
    window, factor = scenario.run.window, YEAR / scenario.run.weeks
    out = []
    for row, team in enumerate(scenario.teams):
        if not (paper.team == row).any():
            continue
        rows = np.flatnonzero((paper.team == row) & (paper.person >= 0))
        size = len(team.people)
        alone = np.array([p_empty(scenario, p, p.workers(team.people), size) for p in team.patterns])
        length, empty = chance_of_nobody(paper, rows, alone[paper.pattern[rows]], window)
        whole = float(length.sum())
        on_paper, expected = whole - float(length[empty == 1.0].sum()), whole - float(length @ empty)
        out.append(Hours(team.plan, team.name, *(hours * factor for hours in (whole, on_paper, expected))))
    return out


def mean_hours(hours: list[Hours]) -> list[Hours]:
    """The hours of each plan, as the mean of its teams."""
    out = []
    for plan in dict.fromkeys(line.plan for line in hours):
        same = [line for line in hours if line.plan == plan]
        means = (sum(getattr(line, name) for line in same) / len(same) for name in ("all", "on_paper", "expected"))
        out.append(Hours(plan, f"{plan}, {len(same)} teams" if len(same) > 1 else same[0].team, *means))
    return out


def _line(
    scenario: Scenario, paper: Duties, team: Team, pattern: Pattern, rows: Ints, cost: float
) -> Seats:  # fmt: skip
    factor, role, workers = YEAR / scenario.run.weeks, scenario.role(team.role), pattern.workers(team.people)
    held = rows[paper.person[rows] >= 0]
    filled = pattern.seats if team.pool is None or not is_pooled(pattern) else _together(paper, rows)
    on_call, free = pattern.on_call, YEAR - role.leave_weeks
    first, last = days_open(scenario, pattern)
    people = mean_on_the_list(workers, first, last)
    stands, exists = last - first, len(np.unique(days_on_call(scenario, paper, rows)[1]))
    taken = len(days_on_call(scenario, paper, held)[1]) if on_call else 0
    empty = p_empty(scenario, pattern, workers, len(team.people))
    length, chance = chance_of_nobody(paper, held, np.full(len(held), empty), scenario.run.window)
    if pattern.seats is None:  # a shift of everybody is empty only if all who work it are away
        on = chance < 1.0
        whole, on_paper, gap = float(length[on].sum()), float(length[on].sum()), float(length[on] @ chance[on])
    else:
        whole, on_paper = _hours(scenario, paper, rows), _hours(scenario, paper, held)
        gap = whole - on_paper * (1 - empty)
    return Seats(
        plan=team.plan, team=team.name, role=team.role, pattern=pattern.name, on_call=on_call, teams=1,
        seats=filled, people=people, exist=_exist(scenario, team),
        needed=_needed(scenario, team, pattern, filled, paper, rows, whole * factor, free),
        one_in=one_in(people, stands, taken), one_in_of_its_days=one_in(people, exists, taken),
        one_in_at_work=one_in(people, stands, taken) * free / YEAR,
        hours=whole * factor, gap_on_paper=(whole - on_paper) * factor, gap_expected=gap * factor,
        cost=cost,
    )  # fmt: skip


def _together(paper: Duties, rows: Ints) -> int:
    """The most duties of one pattern that begin at once in one turn."""
    return int(np.unique(np.stack([paper.turn[rows], paper.start[rows]]), axis=1, return_counts=True)[1].max())


def _hours(scenario: Scenario, paper: Duties, rows: Ints) -> float:
    start, end = scenario.run.window
    return float(np.maximum(np.minimum(paper.end[rows], end) - np.maximum(paper.start[rows], start), 0.0).sum())


def _exist(scenario: Scenario, team: Team) -> int:
    return sum(dict(area.posts).get(team.role, 0) for area in scenario.areas if area.code in team.areas)


def _needed(
    scenario: Scenario, team: Team, pattern: Pattern, filled: int | None, paper: Duties, rows: Ints, hours: float,
    free: float,
) -> int | None:  # fmt: skip
    """While the pattern stands. hours: of the seats, in 52 weeks of the window."""
    if filled is None:
        return None
    role, limits = scenario.role(team.role), scenario.limits
    first, last = days_open(scenario, pattern)
    if last <= first:
        return filled
    if pattern.on_call:
        row, day = days_of_duties(scenario, paper, rows)
        inside = (day >= first) & (day < last)
        sessions = len(np.unique(np.stack([paper.turn[row[inside]], day[inside]]), axis=1).T)
        seats = filled * sessions / (last - first)
        return max(people_needed(limits.on_call_1_in_n, seats, free, YEAR), filled)
    a_week = hours / YEAR * scenario.run.weeks * 7 / (last - first)
    return math.ceil(scenario.availability.wte(a_week) / role.wte - 1e-9)
