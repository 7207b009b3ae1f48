"""Sessions on call of duties: the days, from hand-over to hand-over, that they take."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from sim.domain.calendar import HOURS_PER_DAY, Calendar, Span
from sim.domain.policies import ROTATIONS
from sim.domain.scenario import RotaRules, Scenario
from sim.domain.staff import Pattern
from sim.keyed import Floats
from sim.rota.duties import Duties
from sim.rota.rest import A_MOMENT, Ints, expand
from sim.rota.turns import sessions_up_to


def days_of_duties(scenario: Scenario, duties: Duties, rows: Ints) -> tuple[Ints, Ints]:
    """Rows of the duties as often as they have days, and those days: each hour is the day's that its pattern gives
    it to, so that a night is the day's it begins on however long it lasts."""
    kinds: dict[tuple[tuple[Span, ...], str], int] = {}
    patterns = [[_kind(pattern) for pattern in team.patterns] for team in scenario.teams]
    table = np.zeros((len(patterns), max(map(len, patterns), default=0)), dtype=np.int64)
    for team, of in enumerate(patterns):
        table[team, : len(of)] = [kinds.setdefault(kind, len(kinds)) for kind in of]
    kind_of = table[duties.team[rows], duties.pattern[rows]] if len(rows) else rows
    found, days = [rows[:0]], [rows[:0]]
    for (spans, rotation), number in kinds.items():
        mine = rows[kind_of == number]
        start, end, day = _table(scenario.calendar, spans, rotation, scenario.rota, scenario.run.horizon)
        first = np.searchsorted(end, duties.start[mine] + A_MOMENT)
        which, piece = expand(first, np.searchsorted(start, duties.end[mine] - A_MOMENT) - first)
        found.append(mine[which])
        days.append(day[piece])
        if any(team.written for team in scenario.teams):
            outside = mine[~np.isin(mine, mine[which])]
            which, day = _by_their_start(duties, outside)
            found.append(outside[which])
            days.append(day)
    return np.concatenate(found), np.concatenate(days)


def _by_their_start(duties: Duties, rows: Ints) -> tuple[Ints, Ints]:
    """Places of duties that somebody wrote down wholly outside the hours of a pattern, and their days: the one on which
    they begin, and one more for each further 24 hours or most of them."""
    long = np.maximum(np.round((duties.end[rows] - duties.start[rows]) / HOURS_PER_DAY), 1.0)
    return expand((duties.start[rows] // HOURS_PER_DAY).astype(np.int64), long.astype(np.int64))


def _kind(pattern: Pattern) -> tuple[tuple[Span, ...], str]:
    """What the days of a pattern's hours depend on: whatever changes hands at hand-over is cut alike."""
    return pattern.spans, "night" if ROTATIONS[pattern.rotation].changes_hands else pattern.rotation


def sessions(scenario: Scenario, start: Floats, end: Floats) -> tuple[Ints, Ints]:
    """For each stretch of hours its row as often as it has days by the clock, and those days.

    A day runs from its hand-over (17:00 on working days, 09:00 on others by default) to the next day's.
    """
    last = math.ceil(float(end.max(initial=0.0)) / HOURS_PER_DAY) + 1
    hand_over = [scenario.rota.hand_over(scenario.calendar, day) for day in range(-1, last)]
    first = np.searchsorted(hand_over, start + A_MOMENT) - 2
    final = np.searchsorted(hand_over, end - A_MOMENT) - 2
    return expand(first, final - first + 1)


@lru_cache(maxsize=64)
def _table(
    calendar: Calendar, spans: tuple[Span, ...], rotation: str, rules: RotaRules, horizon: float
) -> tuple[Floats, Floats, Ints]:  # fmt: skip
    """The hours of a pattern by time, and the day of each stretch of them: columns of starts, ends and days."""
    every = sessions_up_to(calendar, spans, rotation, rules, horizon)
    table = np.array([(*piece, session.day) for session in every for piece in session.intervals]).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2].astype(np.int64)
