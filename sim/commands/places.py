"""An area by the word a planner writes: its code or its name."""

from __future__ import annotations

from sim.config.words import did_you_mean
from sim.domain.scenario import Scenario
from sim.errors import BadInput


def area_row(scenario: Scenario, said: str) -> int:
    """The row of an area. Raises BadInput when there is none of that code or name."""
    wanted = said.lower()
    for row, area in enumerate(scenario.areas):
        if wanted in (area.code.lower(), area.name.lower()):
            return row
    known = [word for area in scenario.areas for word in (area.code, area.name)]
    raise BadInput(f"area = {said}: no area of that code or name; {did_you_mean(said, known)}")
