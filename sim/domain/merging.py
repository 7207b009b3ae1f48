"""Which neighbours to join first: a greedy merging of areas, one pair of groups at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from sim.domain.area import Area
from sim.domain.groupings import Group, km_between

ALMOST = 1e-9  # of the largest gain: gains nearer than this are equal


@dataclass(frozen=True)
class Merge:
    """Two groups that become one. gain: of what is counted; km: between their nearest areas.

    next_best, next_gain: the two groups that would have been joined otherwise, none and 0 if there were none.
    """

    one: Group
    other: Group
    gain: float
    km: float
    next_best: tuple[Group, Group] | None
    next_gain: float

    @property
    def margin(self) -> float:
        """By how much it is better than the next best; 0 among equals."""
        return max(self.gain - self.next_gain, 0.0)


def neighbouring(areas: Sequence[Area]) -> set[tuple[str, str]]:
    """Pairs of areas (lower code first) with no third centre inside the circle that has theirs as its diameter.

    Source: Gabriel and Sokal 1969, Systematic Zoology 18:259. There is no distance to choose, and no area is cut off.
    """
    pairs = set()
    for one, other in combinations(sorted(areas, key=lambda area: area.code), 2):
        far = km_between(one, other) ** 2
        others = (area for area in areas if area not in (one, other))
        if not any(km_between(one, area) ** 2 + km_between(area, other) ** 2 < far for area in others):
            pairs.add((one.code, other.code))
    return pairs


def merged(
    areas: Sequence[Area], counted: Callable[[Group], float], groups: int, max_km: float = math.inf
) -> tuple[list[Group], list[Merge]]:
    """Groups of areas, and the merges that made them, in order.

    counted: what a group has too much of. max_km: between the two centres furthest apart in a group. Of all groups that
    are neighbours those are joined whose joining lessens it most; among equals the nearest, then the lowest codes. It
    stops at so many groups, or where no joining lessens it.
    """
    by_code = {area.code: area for area in areas}
    links = neighbouring(areas)
    left: list[Group] = [(code,) for code in sorted(by_code)]
    known: dict[Group, float] = {}

    def of(group: Group) -> float:
        if group not in known:
            known[group] = counted(group)
        return known[group]

    made: list[Merge] = []
    while len(left) > groups:
        near = (found for found in _candidates(left, links, by_code, of) if _widest(found, by_code) <= max_km)
        found = sorted(near, key=lambda candidate: candidate[0])
        if not found or found[0][1] <= ALMOST * sum(map(of, left)):
            break
        _, gain, km, one, other = found[0]
        following = found[1] if len(found) > 1 else None
        second = (following[3], following[4]) if following else None
        made.append(Merge(one, other, gain, km, second, following[1] if following else 0.0))
        left = sorted([group for group in left if group not in (one, other)] + [tuple(sorted(one + other))])
    return left, made


Candidate = tuple[tuple[float, float, Group, Group], float, float, Group, Group]


def _candidates(
    groups: list[Group], links: set[tuple[str, str]], by_code: dict[str, Area], of: Callable[[Group], float]
) -> Iterable[Candidate]:
    """(rank, gain, km, one, other) of every two groups that are neighbours."""
    for one, other in combinations(groups, 2):
        linked = [km_between(by_code[a], by_code[b]) for a in one for b in other if (min(a, b), max(a, b)) in links]
        if linked:
            gain, km = of(one) + of(other) - of(tuple(sorted(one + other))), min(linked)
            yield (-round(gain, 9), km, one, other), gain, km, one, other


def _widest(candidate: Candidate, by_code: dict[str, Area]) -> float:
    group = candidate[3] + candidate[4]
    return widest_km([by_code[code] for code in group], group)


def widest_km(areas: Sequence[Area], group: Group) -> float:
    """The longest straight line between two centres of a group, 0 for one area."""
    here = [area for area in areas if area.code in group]
    return max((math.dist(a.centre_km, b.centre_km) for a, b in combinations(here, 2)), default=0.0)
