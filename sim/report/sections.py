"""The exhibits of the report in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sim.report import audited, costs, equity, exposed, fragility, frequency, left_behind, over_time, standards
from sim.report.burdens import burden_exhibits, roles
from sim.report.by_area import by_area
from sim.report.by_hour import GROUP as HOURS
from sim.report.by_hour import by_hour
from sim.report.compared import differences
from sim.report.coverage import coverage
from sim.report.exhibit import Exhibit
from sim.report.few import once
from sim.report.findings import UNMET
from sim.report.gained import gained
from sim.report.one_year import one_year
from sim.report.style import styled
from sim.report.tables import Tables
from sim.report.unmet import outcomes, unmet_by_cause
from sim.report.waits import waits

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
        fewer = once(tables, exposed.NIGHTS)
        exhibit = make(fewer)
        return exhibit if fewer is tables else replace(exhibit, caption=f"{exhibit.caption} {SAME}")

    return made


def _of_families(tables: Tables) -> list[Maker]:
    makers: list[Maker] = []
    if exposed.NIGHTS in tables.measures:
        makers.append(_once(exposed.exposure))
    if exposed.STANDARD in tables.measures:
        makers.append(_once(exposed.standard))
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
            makers.append(_once(equity.equity_of_nights))
    if left_behind.has_gaps(tables):
        makers.append(left_behind.left_behind)
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
    return [by_area, *([gained] if len(tables.names) > 1 else []), one_year]
