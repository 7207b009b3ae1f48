"""Everything in the folder of a study of pooling, from its observations."""

from __future__ import annotations

import pandas as pd

from sim import __version__
from sim.commands.pool.asked import Pooling
from sim.commands.pool.tables import curve, gains, sides
from sim.commands.pool.variants import OFF
from sim.experiment import tables as estimated
from sim.experiment.observations import Observations
from sim.experiment.pooled import EVERYTHING, PoolStudy
from sim.experiment.study import AREA_COLUMNS, areas, facts


def tables_and_page(
    study: PoolStudy, asked: Pooling, seen: Observations
) -> tuple[dict[str, pd.DataFrame], dict[str, bytes]]:  # fmt: skip
    """The CSV tables by file name, and the page with its charts."""
    from sim.report import Tables
    from sim.report.pooling import build

    first = study.scenarios[0]
    found = sides(seen, dict(first.zones), "on" if first.goodwill.on else "off")
    assumed = [(plan.scenario.name, *row) for plan in study.plans for row in plan.assumptions]
    tables = {
        "pooling.csv": curve(found),
        "gains.csv": gains(found, _pools(study, asked)),
        "summary.csv": pd.concat([side.summary for side in found], ignore_index=True),
        "comparison.csv": pd.concat([side.comparison for side in found], ignore_index=True),
        "replications.csv": estimated.replications(seen, EVERYTHING),
        "assumptions.csv": pd.DataFrame(assumed, columns=["scenario", "key", "value", "unit", "kind", "text"]),
    }
    given = Tables(
        tables["summary.csv"], tables["comparison.csv"], pd.DataFrame(areas(study), columns=AREA_COLUMNS),
        [{"name": scenario.name, "question": scenario.question} for scenario in study.scenarios],
        tables["assumptions.csv"], facts(study, __version__),
    )  # fmt: skip
    return tables, build(given, tables["pooling.csv"], tables["gains.csv"], asked.roles, asked.seats)


def _pools(study: PoolStudy, asked: Pooling) -> dict[tuple[str, str], str]:
    """Name of each area's pool by (grouping, code), of the first role that is pooled."""
    found: dict[tuple[str, str], str] = {}
    for scenario in study.scenarios:
        for team in scenario.teams:
            if team.role == asked.roles[0] and team.pool is not None:
                found |= {(scenario.name.removesuffix(OFF), code): team.name.partition(":")[2] for code in team.areas}
    return found
