"""Everything in the folder of a study of pooling, from its observations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim import __version__, results
from sim.commands.pool.pooling import Pooling
from sim.commands.pool.tables import curve, gains, sides
from sim.commands.pool.variants import OFF
from sim.experiment import tables as estimated
from sim.experiment.observations import Observations
from sim.experiment.pooled import PoolStudy
from sim.experiment.study import AREA_COLUMNS, areas
from sim.experiment.study import about as told
from sim.measures.catalogue import EVERYTHING


def tables_and_page(
    study: PoolStudy, pooling: Pooling, seen: Observations
) -> tuple[dict[str, pd.DataFrame], dict[str, bytes]]:  # fmt: skip
    """The CSV tables by file name, and the page with its charts unless only tables are asked for."""
    first = study.scenarios[0]
    found = sides(seen, dict(first.zones), "on" if first.goodwill.on else "off")
    assumed = [(plan.scenario.name, *row) for plan in study.plans for row in plan.assumptions]
    tables = {
        "pooling.csv": curve(found),
        "gains.csv": gains(found, _pools(study, pooling)),
        "summary.csv": pd.concat([side.summary for side in found], ignore_index=True),
        "comparison.csv": pd.concat([side.comparison for side in found], ignore_index=True),
        "replications.csv": estimated.replications(seen, EVERYTHING),
        "assumptions.csv": pd.DataFrame(assumed, columns=["scenario", "key", "value", "unit", "kind", "text"]),
    }
    tables["areas.csv"] = pd.DataFrame(areas(study), columns=AREA_COLUMNS)
    csvs = {name: results.csv(table) for name, table in tables.items()}
    return tables, drawn(csvs, about(study, pooling, __version__)) if study.settings.draw else {}


def drawn(csvs: Mapping[str, bytes], told: Mapping[str, Any], png: bool = False) -> dict[str, bytes]:
    """The page and its charts, from the CSV files of a study of pooling and what its manifest tells about it.

    png: each chart as PNG too.
    """
    from sim.report.pooling.curve import build
    from sim.report.tables.reading import read, table

    curve_of, gains_of = table(csvs["pooling.csv"]), table(csvs["gains.csv"])
    return build(read(csvs, told), curve_of, gains_of, tuple(told["roles"]), told["seats"], png)


def _pools(study: PoolStudy, pooling: Pooling) -> dict[tuple[str, str], str]:
    """Name of each area's pool by (grouping, code), of the first role that is pooled."""
    found: dict[tuple[str, str], str] = {}
    for scenario in study.scenarios:
        for team in scenario.teams:
            if team.role == pooling.roles[0] and team.pool is not None:
                found |= {(scenario.name.removesuffix(OFF), code): team.name.partition(":")[2] for code in team.areas}
    return found


def about(study: PoolStudy, pooling: Pooling, version: str) -> dict[str, Any]:
    """What the page says of the study, and what it takes to make the page or the runs again."""
    return {**told(study, version), "base": study.base, "roles": list(pooling.roles), "seats": pooling.seats}
