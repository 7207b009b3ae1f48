"""The exhibits of the report in reading order."""

from __future__ import annotations

from collections.abc import Callable

from sim.report import audited, equity, exposed, frequency, over_time
from sim.report.burdens import burden_exhibits, roles
from sim.report.by_area import by_area
from sim.report.compared import differences
from sim.report.exhibit import Exhibit
from sim.report.findings import UNMET
from sim.report.style import styled
from sim.report.tables import Tables
from sim.report.unmet import outcomes, unmet_by_cause
from sim.report.waits import waits

Maker = Callable[[Tables], Exhibit]


def exhibits(tables: Tables) -> list[Exhibit]:
    """Every exhibit whose measures the study has. One that has nothing to draw says so and keeps its table."""
    with styled():
        return [
            *(make(tables) for make in _of_families(tables)),
            *burden_exhibits(tables),
            *(make(tables) for make in _of_people(tables)),
            *(make(tables) for make in _of_equity(tables)),
            by_area(tables),
        ]


def _of_families(tables: Tables) -> list[Maker]:
    makers: list[Maker] = []
    if exposed.NIGHTS in tables.measures:
        makers.append(exposed.exposure)
    if exposed.STANDARD in tables.measures:
        makers.append(exposed.standard)
    makers += [unmet_by_cause, outcomes]
    if "minutes_to_door" in tables.measures:
        makers.append(waits)
    if len(tables.names) > 1:
        makers.append(differences)
    return makers


def _of_people(tables: Tables) -> list[Maker]:
    makers: list[Maker] = []
    if over_time.is_a_stock(tables):
        makers.append(over_time.goodwill_over_time)
    if not roles(tables):
        return makers
    if audited.BEYOND in tables.measures:
        makers.append(audited.beyond)
    if any(f"{measure}_worst" in tables.measures for measure in frequency.AUDITED):
        makers.append(frequency.audit)
    if set(audited.BOTH.values()) <= tables.measures:
        makers.append(audited.rest)
    return makers


def _of_equity(tables: Tables) -> list[Maker]:
    makers: list[Maker] = []
    if tables.levels("deprivation") or tables.levels("rural") or tables.levels("area_type"):
        if UNMET in tables.measures:
            makers.append(equity.equity_of_unmet)
        if exposed.NIGHTS in tables.measures:
            makers.append(equity.equity_of_nights)
    return makers
