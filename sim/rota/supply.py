"""Which archetype of service each area has: pinned by the planner, or dealt by quota, the same in every scenario."""

from __future__ import annotations

from collections import Counter

from sim.domain import policies
from sim.domain.scenario import Scenario, Supply
from sim.keyed import number_of, one

DEAL = number_of("supply")


def deal_area_types(scenario: Scenario, key: tuple[int, int]) -> tuple[str, ...]:
    """The supply archetype of each area: as pinned, else quotas by largest remainder, areas in the order of the deal.

    The fullest service first, as the kinds are written; the order is one of keyed chance (``Supply.deal``).
    The deal is among the whole areas table, so that running fewer areas does not change theirs.
    """
    codes = scenario.supply.dealt_among or tuple(area.code for area in scenario.areas)
    found = dict(scenario.supply.pinned)
    rest = [code for code in codes if code not in found]
    stands, rural = policies.DEAL[scenario.supply.deal], dict(scenario.supply.rural)
    order = sorted(rest, key=lambda code: (stands(one(key, DEAL, number_of(code)), rural.get(code, 0.5)), code))
    found |= zip(order, _places(len(rest), _left(len(codes), scenario.supply)), strict=True)
    return tuple(found[area.code] for area in scenario.areas)


def _left(size: int, supply: Supply) -> tuple[tuple[str, float], ...]:
    """The quotas of all areas less those that are pinned, as shares; of kinds pinned oftener than that none is left."""
    counts, pinned = Counter(_places(size, supply.area_types)), Counter(kind for _, kind in supply.pinned)
    left = tuple((kind, float(max(counts[kind] - pinned[kind], 0))) for kind, _ in supply.area_types)
    return left if any(count for _, count in left) else supply.area_types


def _places(size: int, shares: tuple[tuple[str, float], ...]) -> list[str]:
    whole = sum(share for _, share in shares)
    exact = [(name, size * share / whole) for name, share in shares]
    counts = {name: int(value) for name, value in exact}
    by_remainder = sorted(exact, key=lambda item: int(item[1]) - item[1])
    for name, _ in by_remainder[: size - sum(counts.values())]:
        counts[name] += 1
    return [name for name, _ in exact for _ in range(counts[name])]
