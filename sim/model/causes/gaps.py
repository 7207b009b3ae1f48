"""Commissioned, and nobody there: the seats that stand empty when a family calls."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from sim.domain.calendar import HOURS_PER_DAY, Calendar, Span
from sim.domain.intervals import merged
from sim.domain.scenario import Scenario
from sim.domain.sessions import names
from sim.hours import on_clock
from sim.place import Setting
from sim.rota.pool_seats import seats_of


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Where a funded pattern of a team may leave an area alone.

    may, visiting: what its people could do. empty: starts and ends, in order, of the hours of seats that nobody holds.
    spans: the hours of a shift worked by everybody, which has no seats: it stands empty whenever nobody is found on it
    while it is open. shift: starts and ends of these hours, in order, before the hour ``upto``.
    """

    may: frozenset[str]
    visiting: bool
    calendar: Calendar
    empty: Sequence[float] = ()
    spans: tuple[Span, ...] = ()
    opens: float = -inf
    closes: float = inf
    shift: Sequence[float] = ()
    upto: float = -inf

    def stands_empty(self, now: float) -> bool:
        """Whether a duty is nobody's at an hour, for an area that has found nobody on duty."""
        if bisect_right(self.empty, now) % 2 == 1:
            return True
        return bool(self.spans) and self.opens <= now < self.closes and self._runs(now)

    def _runs(self, now: float) -> bool:
        known = now < self.upto  # what begins after the last call may end later
        return bisect_right(self.shift, now) % 2 == 1 if known else names(self.calendar, self.spans, now)


class Gaps:
    """By area the patterns, of the teams that serve it, that may leave it alone."""

    def __init__(self, scenario: Scenario, setting: Setting) -> None:
        self._by_area = gaps_by_area(scenario, setting)
        self._could: dict[tuple[int, str, bool], list[Gap]] = {}

    def one_stands_empty(self, area: int, may: str, visiting: bool, hour: float) -> bool:
        """Whether a seat stood empty whose holder could have helped an area, by what they may do."""
        wanted = area, may, visiting
        if wanted not in self._could:
            self._could[wanted] = [g for g in self._by_area[area] if may in g.may and (g.visiting or not visiting)]
        return any(gap.stands_empty(hour) for gap in self._could[wanted])


def gaps_by_area(scenario: Scenario, setting: Setting) -> list[list[Gap]]:
    """For each area the patterns, of the teams that serve it, that may leave it alone."""
    empty = _nobodys(setting)
    type_of = dict(zip((area.code for area in scenario.areas), setting.area_types, strict=True))
    found: list[list[Gap]] = [[] for _ in scenario.areas]
    days = int(scenario.run.horizon // HOURS_PER_DAY) + 1
    shifts: dict[tuple[Span, ...], list[float]] = {}  # what most teams work alike
    for row, team in enumerate(scenario.teams):
        may, lives_in = scenario.role(team.role).may, {person.area for person in team.people}
        for number, (pattern, seats) in enumerate(zip(team.patterns, seats_of(team, type_of), strict=True)):
            if seats == 0 or not pattern.funded:
                continue
            spans = pattern.spans if pattern.seats is None else ()
            hours = [edge for stretch in empty.get((row, number), []) for edge in stretch]
            if spans not in shifts:
                shifts[spans] = on_clock(scenario.calendar, spans, 0, days - 1).edges.tolist()
            gap = Gap(
                may, pattern.visiting, scenario.calendar, hours, spans, pattern.opens, pattern.closes, shifts[spans],
                days * HOURS_PER_DAY,
            )  # fmt: skip
            by_telephone = replace(gap, visiting=False)
            for area, place in enumerate(scenario.areas):
                if place.code in (lives_in if pattern.visits_home else team.areas):
                    found[area].append(gap)
                elif place.code in team.areas and not pattern.answers_home:
                    found[area].append(by_telephone)
    return found


def _nobodys(setting: Setting) -> dict[tuple[int, int], list[tuple[float, float]]]:
    """By team and pattern, the merged hours of funded seats that nobody holds."""
    duties = setting.duties
    rows = ((duties.person < 0) & duties.funded).nonzero()[0]
    columns = (duties.team, duties.pattern, duties.start, duties.end)
    found: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for team, pattern, start, end in zip(*(column[rows].tolist() for column in columns), strict=True):
        found.setdefault((team, pattern), []).append((start, end))
    return {place: merged(hours) for place, hours in found.items()}
