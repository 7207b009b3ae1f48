"""Seats of a pool: what each area brings to a rota that several share.

Source: ``docs/model.md``, Pooling. An area brings a rota if people of the team live in it and, where a pattern is for
certain kinds of area, if it is of that kind; areas without a rota bring none.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.domain.calendar import A_WEEK
from sim.domain.intervals import total
from sim.domain.sessions import LAST_DAY, hours_of
from sim.domain.staff import Pattern, Team


def seats_of(team: Team, type_of: Mapping[str, str]) -> tuple[int | None, ...]:
    """For each pattern of a team the seats to be filled at a time: 0: it does not run; None: everybody.

    type_of: the supply archetype of each area, by code.
    """
    types = {word for code in team.areas for word in (type_of[code], code)}
    if team.pool is None:
        return tuple(pattern.seats if _runs(pattern, types) else 0 for pattern in team.patterns)
    homes = [code for code in team.areas if any(person.area == code for person in team.people)]
    bringing = _best_covered(team, homes, type_of) if not team.pool.keeps_all else homes
    out: list[int | None] = []
    for pattern in team.patterns:
        if not is_pooled(pattern):
            out.append(pattern.seats if _runs(pattern, types) else 0)
            continue
        count = sum(_runs(pattern, {type_of[code], code}) for code in bringing)
        if team.pool.number:
            out.append(team.pool.number if count else 0)
        else:
            out.append((pattern.seats or 0) * count)
    return tuple(out)


def is_pooled(pattern: Pattern) -> bool:
    """Whether a pool counts the seats of a pattern anew: on call from home, with a number of seats."""
    return pattern.on_call and pattern.seats is not None


def _runs(pattern: Pattern, types: set[str]) -> bool:
    """types: kinds of areas, and their codes."""
    return not pattern.area_types or bool(pattern.area_types & types)


def _best_covered(team: Team, homes: list[str], type_of: Mapping[str, str]) -> list[str]:
    """The one area that brings the most seat-hours a week, the first of equals; none if no area brings any."""

    def hours(code: str) -> float:
        there = (p for p in team.patterns if is_pooled(p) and _runs(p, {type_of[code], code}))
        return sum((p.seats or 0) * hours_a_week(p) for p in there)

    best = max(homes, key=hours, default="")
    return [best] if best and hours(best) > 0 else []


def hours_a_week(pattern: Pattern) -> float:
    """Hours of an ordinary week that a pattern covers."""
    return total(hours_of(A_WEEK, pattern.spans, 0, LAST_DAY))
