"""Groupings of areas that nobody has drawn up: each area with its nearest neighbours, by a greedy pass."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from sim.domain.area import Area

Group = tuple[str, ...]  # codes of areas


def km_between(one: Area, other: Area) -> float:
    """Straight-line distance between the child-weighted centres of two areas, km."""
    return math.dist(one.centre_km, other.centre_km)


def neighbours(areas: Iterable[Area], size: int) -> list[Group]:
    """Groups of ``size`` areas, in order of their first codes.

    Inside each region the lowest code that is left takes the nearest areas that are left. What the regions leave over
    is grouped in the same way across regions; the last group may be smaller. Equally near: the lower code.
    """
    in_order = sorted(areas, key=lambda area: area.code)
    groups: list[Group] = []
    over: list[Area] = []
    for region in dict.fromkeys(area.region for area in in_order):
        made, left = _pass([area for area in in_order if area.region == region], size)
        groups += made
        over += left
    made, left = _pass(sorted(over, key=lambda area: area.code), size)
    last = [tuple(area.code for area in left)] if left else []
    return sorted(groups + made + last)


def covered(areas: Iterable[Area], staffed: Collection[str]) -> dict[str, str]:
    """The group of each area by code, called after the area that has people: each of these by itself, and with it the
    areas that have nobody and to which it is the nearest, inside their board or region where somebody is there.

    staffed: codes of areas with people. Where no area has any, each is by itself.
    """
    every = list(areas)
    teams = [area for area in every if area.code in staffed]

    def nearest(area: Area) -> str:
        of_board = [team for team in teams if area.board and team.board == area.board]
        of_region = [team for team in teams if team.region == area.region]
        among = of_board or of_region or teams
        return min(among, key=lambda team: (km_between(area, team), team.code)).code if among else area.code

    return {area.code: area.code if area.code in staffed else nearest(area) for area in every}


def _pass(left: list[Area], size: int) -> tuple[list[Group], list[Area]]:
    """Whole groups, and the areas too few for another. left: in order of code."""
    groups = []
    while len(left) >= size:
        first, *others = left
        near = sorted(others, key=lambda area: (km_between(first, area), area.code))[: size - 1]
        groups.append(tuple(sorted(area.code for area in (first, *near))))
        left = [area for area in others if area not in near]
    return groups, left


def name_of(group: Group) -> str:
    """What a group without a name is called: its codes."""
    return "+".join(group)
