"""A finished study at draws of what nobody knows, read from its tables: what follows from it takes no run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.config.register import GOODWILL, register
from sim.experiment.draws import moved_among
from sim.experiment.precision import ENGLAND

Numbers = NDArray[np.float64]

TABLES = ("draws", "draw_figures", "assumptions")
DIGITS = "%.9g"  # of a number in a table


class DrawnStudy(NamedTuple):
    """scenarios: the baseline first. parts: by unknown that can move any of them, where in its law each of D draws
    lies. figures: by measure of all areas, (scenarios, D, replications); NaN where a run has none."""

    scenarios: tuple[str, ...]
    parts: Mapping[str, Numbers]
    figures: Mapping[str, Numbers]

    @property
    def draws(self) -> int:
        """How many."""
        return len(next(iter(self.parts.values())))


def read(draws: pd.DataFrame, draw_figures: pd.DataFrame, assumptions: pd.DataFrame) -> DrawnStudy:
    """From the three tables of those names."""
    scenarios = tuple(dict.fromkeys(draw_figures["scenario"]))
    moved = frozenset[str]().union(
        *(moved_among(_numbers(assumptions[assumptions["scenario"] == one])) for one in scenarios)
    )
    drawn = draws.drop_duplicates(["draw", "key"]).dropna(subset=["part"])
    parts = drawn.pivot(index="draw", columns="key", values="part")
    keys = [key for key in register() if key in parts and (key in moved or key == GOODWILL)]
    return DrawnStudy(scenarios, {key: parts[key].to_numpy(float) for key in keys}, _figures(draw_figures, scenarios))


def _figures(table: pd.DataFrame, scenarios: tuple[str, ...]) -> dict[str, Numbers]:
    here = table[(table["group"] == ENGLAND[0]) & (table["level"] == ENGLAND[1])]
    shape = (len(scenarios), int(table["draw"].max()), int(table["replication"].max()))
    found: dict[str, Numbers] = {}
    for measure, rows in here.groupby("measure", sort=False):
        values = np.full(shape, np.nan)
        at = [rows["scenario"].map({name: place for place, name in enumerate(scenarios)}).to_numpy(int)]
        at += [rows[column].to_numpy(int) - 1 for column in ("draw", "replication")]
        tops, bottoms = rows["numerator"].to_numpy(float), rows["denominator"].to_numpy(float)
        values[tuple(at)] = np.divide(tops, bottoms, out=np.full(len(rows), np.nan), where=bottoms > 0)
        found[str(measure)] = values
    return found


def _numbers(assumptions: pd.DataFrame) -> dict[str, float]:
    """The numbers that a scenario reads, those as shipped to their last digit: a table has nine."""
    found = {}
    for key, said in zip(assumptions["key"], pd.to_numeric(assumptions["value"], errors="coerce"), strict=True):
        default = register()[key].default if key in register() else np.nan
        found[str(key)] = default if DIGITS % default == DIGITS % said else float(said)
    return found
