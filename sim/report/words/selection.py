"""Which scenarios a chart shows when there are many: all of them in rows, a few by name where each needs a panel."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sim.report.tables import Tables
from sim.report.words.findings import UNMET
from sim.report.words.names import TWIN, listed, name, without_twins

if TYPE_CHECKING:
    import pandas as pd

MANY = 8  # scenarios; with more, rows are ordered by the headline and panels stand for a few
PANELS = 5


def is_many(tables: Tables) -> bool:
    """Whether there are more scenarios than a reader compares one by one."""
    return len(tables.names) > MANY


def in_order(tables: Tables) -> Tables:
    """Many scenarios by their unmet demand, the baseline first and twins without goodwill behind their own; few as
    they were asked for."""
    if not is_many(tables):
        return tables
    named = {scenario["name"]: scenario for scenario in tables.scenarios}

    def place(scenario: str) -> tuple[bool, float, str, bool]:
        stem = scenario.removesuffix(TWIN) if scenario.removesuffix(TWIN) in named else scenario
        unmet = tables.estimate(stem, UNMET)
        return (stem != tables.baseline, unmet.mean if unmet.known else 2.0, stem, scenario != stem)

    return dataclasses.replace(tables, scenarios=[named[one] for one in sorted(named, key=place)])


def in_panels(tables: Tables, most: int = PANELS) -> list[str]:
    """The scenarios that get a panel or line of their own: all if they are few, else the baseline and the ends.

    The ends are the others with the least and with the most unmet demand, the lower half one more if it is odd.
    Twins without goodwill go first: where they matter all scenarios stand in rows.
    """
    if len(tables.names) <= most:
        return tables.names
    names = without_twins(tables.names)
    if len(names) <= most:
        return names
    others = [one for one in names[1:] if tables.estimate(one, UNMET).known] or names[1:]
    ranked = sorted(others, key=lambda one: tables.estimate(one, UNMET).mean)
    low = -(-(most - 1) // 2)
    kept = {tables.baseline, *ranked[:low], *ranked[len(ranked) - (most - 1 - low) :]}
    return [one for one in tables.names if one in kept]


def in_rows(tables: Tables) -> list[str]:
    """The scenarios that get a row for each role or group: but for twins without goodwill all, if they are few."""
    if is_many(tables):
        return in_panels(tables)
    named = without_twins(tables.names)
    return named if len(named) > 1 else tables.names


def drawn_of(frame: pd.DataFrame, drawn: list[str]) -> pd.DataFrame:
    """The rows of a chart whose ``label`` is one of the scenarios drawn."""
    return frame[frame["label"].isin([name(scenario) for scenario in drawn])]


def left_out(tables: Tables, drawn: list[str]) -> str:
    """What the caption says about scenarios that are not drawn."""
    rest = len(tables.names) - len(drawn)
    if not rest:
        return ""
    if drawn == without_twins(tables.names):
        return " Scenarios without goodwill are in the table."
    return (
        f" Drawn: {listed([name(one) for one in drawn])}: the baseline and those with the least and the most unmet "
        f"demand. The table has all {len(tables.names)}."
    )


def once(tables: Tables, measure: str) -> Tables:
    """The same study without the twins, where goodwill changes nothing in a measure that rests on rotas alone."""
    pairs = twins(tables)
    if not pairs or any(
        tables.estimate(one, measure).mean != tables.estimate(twin, measure).mean for one, twin in pairs
    ):
        return tables
    kept = without_twins(tables.names)
    return dataclasses.replace(tables, scenarios=[one for one in tables.scenarios if one["name"] in kept])


def twins(tables: Tables) -> list[tuple[str, str]]:
    """Scenarios with their twins without goodwill, where the study has them."""
    return [(one, f"{one}{TWIN}") for one in tables.names if f"{one}{TWIN}" in tables.names]
