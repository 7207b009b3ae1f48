"""The exhibits of the report in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sim.report.drawing import Exhibit
from sim.report.drawing.style import styled
from sim.report.exhibits import (
    costs,
    equity,
    exposure,
    fragility,
    goodwill,
    rota_audit,
    safe_work,
    standards,
    worst_served,
)
from sim.report.exhibits.areas import by_area
from sim.report.exhibits.burden import burden_exhibits, roles
from sim.report.exhibits.coverage import coverage
from sim.report.exhibits.differences import differences
from sim.report.exhibits.gains import gains
from sim.report.exhibits.hours import GROUP as HOURS
from sim.report.exhibits.hours import by_hour
from sim.report.exhibits.one_year import one_year
from sim.report.exhibits.unmet_demand import outcomes, unmet_by_cause
from sim.report.exhibits.waits import waits
from sim.report.tables import Tables
from sim.report.words.findings import UNMET
from sim.report.words.selection import once

Maker = Callable[[Tables], Exhibit]
SAME = "The same families without goodwill have the same figures here."


def exhibits(tables: Tables) -> list[Exhibit]:
    """Every exhibit whose measures the study has. One that has nothing to draw says so and keeps its table."""
    with styled():
        parts = {
            "Families": [make(tables) for make in _of_families(tables)],
            "People on call": [*burden_exhibits(tables), *(make(tables) for make in _of_people(tables))],
            "Fairness": [make(tables) for make in _of_equity(tables)],
            "Money and rules": [make(tables) for make in _of_money_and_rules(tables)],
            "Places": [make(tables) for make in _of_areas(tables)],
        }
    return [replace(exhibit, part=part) for part, shown in parts.items() for exhibit in shown]


def _once(make: Maker) -> Maker:
    """An exhibit that rests on rotas alone does not repeat the figures of twins without goodwill."""

    def made(tables: Tables) -> Exhibit:
        fewer = once(tables, exposure.NIGHTS)
        exhibit = make(fewer)
        return exhibit if fewer is tables else replace(exhibit, caption=f"{exhibit.caption} {SAME}")

    return made


def _of_families(tables: Tables) -> list[Maker]:
    makers: list[Maker] = []
    if exposure.NIGHTS in tables.measures:
        makers.append(_once(exposure.exposure))
    if exposure.STANDARD in tables.measures:
        makers.append(_once(exposure.standard))
    makers += [unmet_by_cause, coverage, outcomes]
    if tables.levels(HOURS):
        makers.append(by_hour)
    if "minutes_to_door" in tables.measures:
        makers.append(waits)
    if len(tables.names) > 1:
        makers.append(differences)
    return makers


def _of_people(tables: Tables) -> list[Maker]:
    makers: list[Maker] = []
    if goodwill.is_a_stock(tables):
        makers.append(goodwill.goodwill_over_time)
    if not roles(tables):
        return makers
    if safe_work.BEYOND in tables.measures:
        makers.append(safe_work.beyond)
    if any(f"{measure}_worst" in tables.measures for measure in rota_audit.AUDITED):
        makers.append(rota_audit.audit)
    if set(safe_work.BOTH.values()) <= tables.measures:
        makers.append(safe_work.rest)
    return makers


def _of_equity(tables: Tables) -> list[Maker]:
    makers: list[Maker] = []
    if tables.levels("deprivation") or tables.levels("rural") or tables.levels("area_type"):
        if UNMET in tables.measures:
            makers.append(equity.equity_of_unmet)
        if exposure.NIGHTS in tables.measures:
            makers.append(_once(equity.equity_of_nights))
    if worst_served.has_gaps(tables):
        makers.append(worst_served.worst_served)
    return makers


def _of_money_and_rules(tables: Tables) -> list[Maker]:
    makers: list[Maker] = []
    if costs.STANDING in tables.measures:
        makers.append(costs.costs)
    if costs.has_nights_closed(tables):
        makers.append(costs.nights_closed)
    if fragility.NOBODY in tables.measures:
        makers.append(_once(fragility.fragility))
    if standards.has_standards(tables):
        makers.append(standards.standards)
    return makers


def _of_areas(tables: Tables) -> list[Maker]:
    return [by_area, *([gains] if len(tables.names) > 1 else []), one_year]
