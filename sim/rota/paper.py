"""The rota on paper: what share of out-of-hours hours it promises, with nobody absent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import Calendar, out_of_hours_spans
from sim.domain.intervals import Interval, merged, minus, total, within
from sim.domain.scenario import Scenario
from sim.domain.sessions import LAST_DAY, hours_of
from sim.domain.staff import Pattern
from sim.keyed import Floats
from sim.rota.pool_seats import seats_of


def paper_cover(scenario: Scenario, area_types: tuple[str, ...], hour: float | None = None) -> Floats:
    """For each area the share c of a week's out-of-hours hours with a funded visiting clinician on paper (0-1).

    Hours with a funded clinician of a visiting role by telephone only count ``Place.phone_only_weight``.
    hour: of the run, at which the rota is read, where a service opens or closes; None: when measuring begins.
    """
    now = scenario.run.window[0] if hour is None else hour
    ordinary = replace(scenario.calendar, bank_holidays=frozenset())
    out_of_hours = hours_of(ordinary, out_of_hours_spans(ordinary), 0, LAST_DAY)
    known: dict[frozenset[Pattern], float] = {}
    shares = []
    type_of = dict(zip((area.code for area in scenario.areas), area_types, strict=True))
    seats = [seats_of(team, type_of) for team in scenario.teams]
    for area in scenario.areas:
        patterns = frozenset(_funded_patterns(scenario, seats, area.code, type_of[area.code], now))
        if patterns not in known:
            visiting = _hours(ordinary, [p for p in patterns if p.visiting], out_of_hours)
            by_phone = minus(_hours(ordinary, [p for p in patterns if not p.visiting], out_of_hours), visiting)
            known[patterns] = (total(visiting) + scenario.place.phone_only_weight * total(by_phone)) / total(
                out_of_hours
            )
        shares.append(known[patterns])
    return np.array(shares)


def cover_of_each(
    scenario: Scenario, area_types: tuple[str, ...], area: NDArray[np.int64], hour: Floats
) -> Floats:  # fmt: skip
    """The share c of the rota on paper as it stands at an hour in an area, for every row of areas and hours."""
    dates = {date for team in scenario.teams for pattern in team.patterns for date in (pattern.opens, pattern.closes)}
    changes = sorted(date for date in dates if abs(date) < np.inf)
    if not changes:
        return np.asarray(paper_cover(scenario, area_types)[area], dtype=float)
    table = np.array([paper_cover(scenario, area_types, since) for since in (-np.inf, *changes)])
    return np.asarray(table[np.searchsorted(changes, hour, side="right"), area], dtype=float)


def _funded_patterns(
    scenario: Scenario, seats: list[tuple[int | None, ...]], code: str, area_type: str, now: float
) -> list[Pattern]:  # fmt: skip
    """Patterns that cover an area now: those that serve the whole team, and those of people who live there."""
    found = []
    for team, counts in zip(scenario.teams, seats, strict=True):
        if team.people and code in team.areas and "visit" in scenario.role(team.role).may:
            at_home = any(person.area == code for person in team.people)
            for pattern, count in zip(team.patterns, counts, strict=True):
                of_its_own = at_home and (
                    not pattern.area_types or not pattern.area_types.isdisjoint((area_type, code))
                )
                serves = not pattern.answers_home or of_its_own
                if count != 0 and pattern.funded and pattern.runs_at(now) and serves:
                    visits = pattern.visiting and (not pattern.visits_home or of_its_own)
                    found.append(replace(pattern, visiting=visits))
    return found


def _hours(calendar: Calendar, patterns: list[Pattern], inside: list[Interval]) -> list[Interval]:
    covered = merged([piece for pattern in patterns for piece in hours_of(calendar, pattern.spans, 0, LAST_DAY)])
    return merged([piece for start, end in inside for piece in within(covered, start, end)])
