"""Scenarios that differ only in their services share one demand table; those that differ in demand never do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from sim.demand.table import draw_demand
from sim.demand.unserved import unserved
from sim.domain.scenario import Place, Supply
from tests.tiny import tiny

TINY = tiny()
PARTS = ("run", "calendar", "areas", "demand", "answering", "follows", "travel", "overlays")
OF_SERVICES = {  # what demand is not told of the parts that it knows
    *("areas.posts", "areas.hold_1_in_6", "areas.hospice_km", "areas.establishment", "areas.service"),
}


def others(place: str, value: Any, known: Any) -> Iterator[tuple[str, Any]]:
    """Each field below a value by its path, and the value with that one field being another; known: what demand has."""
    if is_dataclass(value):
        for field in fields(value):
            if hasattr(known, field.name) and f"{place}.{field.name}" not in OF_SERVICES:
                below = others(f"{place}.{field.name}", getattr(value, field.name), getattr(known, field.name))
                yield from ((path, replace(value, **{field.name: other})) for path, other in below)
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        yield from ((path, (other, *value[1:])) for path, other in others(place, value[0], known[0]))
    else:
        yield place, ("another", value)


CHANGED = [found for part in PARTS for found in others(part, getattr(TINY, part), getattr(unserved(TINY), part))]


def test_a_change_of_anything_that_demand_is_told_makes_another_demand():
    """Catches a field of demand, a home or a mark that is left out of what is compared: its table would be shared."""
    assert len(CHANGED) > 80
    seen = unserved(TINY)
    assert [path for path, other in CHANGED if unserved(replace(TINY, **{path.split(".")[0]: other})) == seen] == []


def test_no_service_makes_another_demand():
    """Catches anything of a service that demand is told: paired scenarios would draw their families again."""
    place, supply = Place(0.3, 0.1, 0.2, 0.4), Supply((("none", 1.0),))
    other = replace(TINY, name="other", question="?", place=place, teams=(), roles=(), supply=supply, ladder=())
    staffed = replace(
        other, areas=tuple(replace(one, posts=(("consultant", 9),), hospice_km=3.0) for one in TINY.areas)
    )
    assert draw_demand(staffed, 1, 0) is draw_demand(TINY, 1, 0)
    assert draw_demand(TINY, 1, 1) is not draw_demand(TINY, 1, 0)
    assert draw_demand(TINY, 2, 0) is not draw_demand(TINY, 1, 0)


@pytest.mark.parametrize("part", ["teams", "place", "ladder", "goodwill", "costs"])
def test_demand_cannot_ask_for_a_service(part):
    assert hasattr(TINY, part)
    with pytest.raises(AttributeError):
        getattr(unserved(TINY), part)


def test_nobody_writes_in_a_table_that_is_shared():
    """Catches a run that changes the calls of the next scenario."""
    table = draw_demand(TINY, 1, 0)
    for column in (table.calls.time, table.families.east, table.children.death, table.phases.start, table.rows):
        with pytest.raises(ValueError, match="read-only"):
            column[:1] = 0
