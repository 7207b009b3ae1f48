"""Why funded staff did not meet a call: the nearest miss of those who could have met the missing part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from sim.domain.words import CAUSES

_NEARNESS = {cause: place for place, cause in enumerate(CAUSES)}


@dataclass(frozen=True, slots=True)
class Miss:
    """free: team plans in which somebody was free, able and within reach. otherwise: the nearest other cause."""

    free: frozenset[str]
    otherwise: str

    def cause(self, reached: Collection[str]) -> str:
        """``not_asked`` if somebody free was never come to, ``too_slow`` if all who were free had been asked."""
        if self.free.difference(reached):
            return "not_asked"
        return "too_slow" if self.free else self.otherwise


STOOD_EMPTY, NOT_COMMISSIONED = Miss(frozenset(), "rota_gap"), Miss(frozenset(), "not_commissioned")


def nearest(states: Iterable[str]) -> str:
    """The nearest miss of several, in the order of CAUSES."""
    return min(states, key=_NEARNESS.__getitem__, default="not_commissioned")


def state_of(busy: bool, resting: bool, in_reach: bool, able: bool) -> str:
    """What kept one person on a filled duty from helping; empty if nothing did.

    Of several reasons the furthest counts: somebody busy who is out of reach as well would not have come when free.
    """
    if not able:
        return "not_able"
    if not in_reach:
        return "out_of_reach"
    if resting:
        return "resting"
    return "all_busy" if busy else ""


def look(people: Iterable[tuple[str, str]], gap: Callable[[], bool]) -> Miss:
    """The nearest miss given each person on a filled duty as (team plan, state), and whether a seat stands empty."""
    found = list(people)
    if not found:
        return STOOD_EMPTY if gap() else NOT_COMMISSIONED
    free = frozenset(plan for plan, state in found if not state)
    return Miss(free, nearest(state for _, state in found if state))
