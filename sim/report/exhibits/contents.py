"""The exhibits of the report in reading order: each with when a study has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from sim.report.drawing import Exhibit
from sim.report.drawing.style import styled
from sim.report.exhibits import costs, equity, exposure, fates, goodwill, rota_audit, safe_work, standards, worst_served
from sim.report.exhibits.areas import by_area
from sim.report.exhibits.both_intervals import both_intervals, has_draws
from sim.report.exhibits.burden import burden, roles, unpaid
from sim.report.exhibits.coverage import coverage
from sim.report.exhibits.differences import differences
from sim.report.exhibits.fate_groups import fates_by_group, has_groups
from sim.report.exhibits.fragility import NOBODY, fragility
from sim.report.exhibits.gains import gains
from sim.report.exhibits.hours import GROUP as HOURS
from sim.report.exhibits.hours import by_hour
from sim.report.exhibits.one_year import one_year
from sim.report.exhibits.pairs import has_pairs, pairs
from sim.report.exhibits.unmet_demand import unmet_by_cause
from sim.report.exhibits.waits import waits
from sim.report.tables import Tables
from sim.report.words.findings import UNMET
from sim.report.words.selection import once

Maker = Callable[[Tables], Exhibit]
Condition = Callable[[Tables], bool]
SAME = "The same families without goodwill have the same figures here."


def always(tables: Tables) -> bool:
    """An exhibit of every study."""
    return True


def compared(tables: Tables) -> bool:
    """An exhibit of a study with a scenario beside the baseline."""
    return len(tables.names) > 1


def having(*measures: str) -> Condition:
    """An exhibit of a study that measured all of these."""
    return lambda tables: tables.measures.issuperset(measures)


def of_people(*measures: str) -> Condition:
    """An exhibit of a study with figures per person that measured all of these."""
    return lambda tables: bool(roles(tables)) and tables.measures.issuperset(measures)


def of_groups(measure: str) -> Condition:
    """An exhibit of a measure in a study that told areas or homes apart."""
    return lambda tables: measure in tables.measures and any(map(tables.levels, ("deprivation", "rural", "area_type")))


class Entry(NamedTuple):
    """An exhibit and when it is shown. on_rotas: it rests on rotas alone, so that twins without goodwill, where they
    have the same figures, are left out."""

    make: Maker
    when: Condition = always
    on_rotas: bool = False


CONTENTS: dict[str, tuple[Entry, ...]] = {
    "Families": (
        Entry(fates.fates, having(fates.WORST)),
        Entry(fates.flows, fates.has_flows),
        Entry(fates_by_group, has_groups),
        Entry(exposure.exposure, having(exposure.NIGHTS), on_rotas=True),
        Entry(unmet_by_cause),
        Entry(coverage),
        Entry(by_hour, lambda tables: bool(tables.levels(HOURS))),
        Entry(waits, having("minutes_to_door")),
        Entry(both_intervals, has_draws),
        Entry(differences, compared),
        Entry(pairs, has_pairs),
    ),
    "People on call": (
        Entry(burden),
        Entry(unpaid),
        Entry(goodwill.goodwill_over_time, goodwill.is_a_stock),
        Entry(safe_work.beyond, of_people(safe_work.BEYOND)),
        Entry(rota_audit.audit, lambda tables: bool(roles(tables)) and rota_audit.has_audit(tables)),
        Entry(safe_work.rest, of_people(*safe_work.BOTH.values())),
    ),
    "Fairness": (
        Entry(equity.equity_of_unmet, of_groups(UNMET)),
        Entry(equity.equity_of_nights, of_groups(exposure.NIGHTS), on_rotas=True),
        Entry(worst_served.worst_served, worst_served.has_gaps),
    ),
    "Money and rules": (
        Entry(costs.costs, having(costs.TOTAL)),
        Entry(costs.nights_closed, costs.has_nights_closed),
        Entry(fragility, having(NOBODY), on_rotas=True),
        Entry(standards.standards, standards.has_standards),
    ),
    "Places": (Entry(by_area), Entry(gains, compared), Entry(one_year)),
}


def exhibits(tables: Tables) -> list[Exhibit]:
    """Every exhibit whose measures the study has. One that has nothing to draw says so and keeps its table."""
    with styled():
        return [
            replace(_made(entry, tables), part=part)
            for part, entries in CONTENTS.items()
            for entry in entries
            if entry.when(tables)
        ]


def _made(entry: Entry, tables: Tables) -> Exhibit:
    fewer = once(tables, exposure.NIGHTS) if entry.on_rotas else tables
    exhibit = entry.make(fewer)
    return exhibit if fewer is tables else replace(exhibit, caption=f"{exhibit.caption} {SAME}")
