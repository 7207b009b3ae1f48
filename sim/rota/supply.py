"""Which archetype of service each area has: dealt by quota, the same deal in every scenario, never by name."""

from __future__ import annotations

from sim.domain.scenario import Scenario
from sim.keyed import number_of, one

DEAL = number_of("supply")


def deal_area_types(scenario: Scenario, key: tuple[int, int]) -> tuple[str, ...]:
    """The supply archetype of each area: quotas by largest remainder, areas in order of keyed chance.

    The deal is among the whole areas table, so that running fewer areas does not change theirs.
    """
    codes = scenario.supply.dealt_among or tuple(area.code for area in scenario.areas)
    order = sorted(codes, key=lambda code: (one(key, DEAL, number_of(code)), code))
    dealt = dict(zip(order, _places(len(codes), scenario.supply.area_types), strict=True))
    return tuple(dealt[area.code] for area in scenario.areas)


def _places(size: int, shares: tuple[tuple[str, float], ...]) -> list[str]:
    whole = sum(share for _, share in shares)
    exact = [(name, size * share / whole) for name, share in shares]
    counts = {name: int(value) for name, value in exact}
    by_remainder = sorted(exact, key=lambda item: int(item[1]) - item[1])
    for name, _ in by_remainder[: size - sum(counts.values())]:
        counts[name] += 1
    return [name for name, _ in exact for _ in range(counts[name])]
