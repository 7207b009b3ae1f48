"""The exhibits of the report in reading order."""

from __future__ import annotations

from collections.abc import Callable

from sim.report.burdens import burden_exhibits
from sim.report.by_area import by_area
from sim.report.compared import differences
from sim.report.exhibit import Exhibit
from sim.report.style import styled
from sim.report.tables import Tables
from sim.report.unmet import outcomes, unmet_by_cause


def exhibits(tables: Tables) -> list[Exhibit]:
    """Every exhibit of the report. One that has nothing to draw says so and keeps its table."""
    makers: list[Callable[[Tables], Exhibit]] = [unmet_by_cause, outcomes]
    if len(tables.names) > 1:
        makers.append(differences)
    with styled():
        return [*(make(tables) for make in makers), *burden_exhibits(tables), by_area(tables)]
