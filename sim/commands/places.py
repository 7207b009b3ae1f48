"""An area by the word a planner writes: its code or its name."""

from __future__ import annotations

from sim.config.area_names import areas_called, remedy
from sim.domain.scenario import Scenario
from sim.errors import BadInput


def area_row(scenario: Scenario, said: str) -> int:
    """The row of an area. Raises BadInput when there is none of that code or name."""
    found = areas_called(said, scenario.areas)
    if not found:
        raise BadInput(f"area = {said}: no area of that code or name; {remedy(said, scenario.areas)}")
    if len(found) > 1:
        codes = ", ".join(area.code for area in found[:6])
        raise BadInput(f"area = {said}: {len(found)} areas are called so: {codes}; write the code of one")
    return scenario.areas.index(found[0])
