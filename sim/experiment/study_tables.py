"""Every table of a finished study by its name, as its folder holds them."""

from __future__ import annotations

import pandas as pd

from sim.config.register import nature
from sim.experiment import closing, door_minutes, equity, flows, goodwill_range, tables, years
from sim.experiment import study as studies
from sim.experiment.conduct import Conducted
from sim.experiment.observations import Observations
from sim.experiment.produce import BY_AREA
from sim.experiment.study import Study
from sim.measures.dictionary import COLUMNS, dictionary

ASSUMPTIONS = ["scenario", "key", "value", "unit", "kind", "text", "nature"]


def study_tables(study: Study, found: Conducted, ends: Observations | None = None) -> dict[str, pd.DataFrame]:
    """What a study gave as tables: estimates, comparisons, costs, equity, each replication, and what stands behind.

    ends: what ``goodwill_range`` saw beside it, for a table of its own.
    """
    weeks, by_area = study.scenarios[0].weeks_of_demand, study.settings.keep == BY_AREA
    assumed = [(plan.scenario.name, *row, nature(row[0])) for plan in study.plans for row in plan.assumptions]
    zones, every_pair = dict(study.scenarios[0].zones), study.verb in studies.COMPARISONS and len(study.plans) > 2
    comparison, pairs = tables.compared(found.seen, zones, every_pair=every_pair)
    ranged = list(goodwill_range.rows(study, found.seen, ends))
    return {
        "summary": tables.summary(found.seen, precision=found.precision),
        "comparison": comparison,
        **({"pairs": pairs} if every_pair else {}),
        "costs": closing.closing(found.seen, weeks),
        "equity": equity.equity(found.seen),
        "flows": pd.DataFrame(flows.rows(found.flows, found.seen.scenarios, weeks), columns=flows.COLUMNS),
        "same_calls": pd.DataFrame(door_minutes.rows(found.doors, found.seen.scenarios), columns=door_minutes.COLUMNS),
        "years": pd.DataFrame(years.rows(found.years, study.scenarios), columns=years.COLUMNS),
        **({"goodwill_range": pd.DataFrame(ranged, columns=goodwill_range.COLUMNS)} if ranged else {}),
        "replications": tables.replications(found.seen, of_areas=False),
        **({"replications_by_area": tables.replications(found.seen, of_areas=True)} if by_area else {}),
        "assumptions": pd.DataFrame(assumed, columns=ASSUMPTIONS),
        "areas": pd.DataFrame(studies.areas(study), columns=studies.AREA_COLUMNS),
        "dictionary": pd.DataFrame(
            dictionary(
                {key[0] for key in found.seen.keys},
                drawn=study.draws > 0,
                structured=bool(study.structures),
                by_area=by_area,
            ),
            columns=COLUMNS,
        ),
    }
