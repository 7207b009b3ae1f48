"""The tables of a study of pooling: the curve, and who gains and who loses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.commands.pool.variants import OFF
from sim.experiment import tables
from sim.experiment.observations import Observations
from sim.experiment.pooled import some
from sim.measures.catalogue import EVERYTHING

KEYS = ["measure", "unit", "group", "level"]
CURVE = ["grouping", "goodwill", *KEYS, "mean", "ci_low", "ci_high", "difference", "difference_low", "difference_high"]
CURVE += ["verdict", "reason", "rests_on"]
MERGED = {"ci_low_of_difference": "difference_low", "ci_high_of_difference": "difference_high"}
GAINS = ["grouping", "goodwill", "area", "pool", "measure", "unit", "alone", "difference", "ci_low", "ci_high", "says"]
SAYS = {"better": "gains", "worse": "loses"}
WORST = (
    "unmet_demand_share",
    "child_nights_without_visit_achieved_share",
    "child_nights_without_consultant_achieved_share",
)
BY_SEATS = "seat arithmetic"  # in the formula of what rests on it
EXPOSURES = (
    "child_nights_",
    "hours_on_call_",
    "on_call_1_in_n_",
    "seat_hours_gap",
    "people_on_rota",
    "families_wanting",
)


@dataclass(frozen=True)
class Side:
    """The groupings with goodwill on, or off: every number with its interval, and against the first of them."""

    goodwill: str
    summary: pd.DataFrame
    comparison: pd.DataFrame


def sides(seen: Observations, zones: dict[str, float], goodwill: str) -> list[Side]:
    """The study cut in two. goodwill: what the scenarios without a twin have, ``on`` or ``off``."""
    without = [name for name in seen.scenarios if name.endswith(OFF)]
    cut = {"off": without} | {goodwill: [name for name in seen.scenarios if name not in without]}
    made = []
    for word, names in reversed(cut.items()):
        if names:
            here = some(seen, names)
            made.append(Side(word, tables.summary(here, EVERYTHING), tables.comparison(here, zones, EVERYTHING)))
    return made


def curve(found: Sequence[Side]) -> pd.DataFrame:
    """One row for each number of England, of a pooled role or of the worst-served area, by grouping and goodwill."""
    frames = []
    for side in found:
        here = side.summary[side.summary["group"].isin(["england", "role"])]
        both = pd.concat([here, _worst(side.summary)]).merge(
            side.comparison, on=["scenario", *KEYS], how="left", suffixes=("", "_of_difference")
        )
        frames.append(both.assign(goodwill=side.goodwill, grouping=both["scenario"].str.removesuffix(OFF)))
    table = pd.concat(frames, ignore_index=True)
    table["rests_on"] = [_rests_on(measure) for measure in table["measure"]]
    kept = [next((old for old, new in MERGED.items() if new == column), column) for column in CURVE]
    return table[kept].set_axis(CURVE, axis="columns")


def _worst(summary: pd.DataFrame) -> pd.DataFrame:
    """The area with the highest mean over replications, by scenario and measure. A difference has no meaning here:
    it need not be the same area."""
    areas = summary[(summary["group"] == "area") & summary["measure"].isin(WORST)].dropna(subset=["mean"])
    rows = areas.loc[areas.groupby(["scenario", "measure"], sort=False)["mean"].idxmax()]
    return rows.assign(group="worst_area")


def _rests_on(measure: str) -> str:
    if BY_SEATS in EVERYTHING[measure].formula:
        return "seat arithmetic"
    return "episodes and rotas" if measure.startswith(EXPOSURES) else "simulated calls"


def gains(found: Sequence[Side], pools: dict[tuple[str, str], str]) -> pd.DataFrame:
    """One row for each area, grouping and measure: what the area has alone, and what it gains or loses.

    pools: name of an area's pool by (grouping, code).
    """
    rows: list[dict[str, Any]] = []
    for side in found:
        alone = side.summary[side.summary["group"] == "area"].set_index(["scenario", "measure", "level"])["mean"]
        for line in side.comparison[side.comparison["group"] == "area"].itertuples(index=False):
            grouping = str(line.scenario).removesuffix(OFF)
            rows.append(
                {
                    "grouping": grouping,
                    "goodwill": side.goodwill,
                    "area": line.level,
                    "pool": pools.get((grouping, str(line.level)), ""),
                    "measure": line.measure,
                    "unit": line.unit,
                    "alone": alone.get((line.baseline, line.measure, line.level), float("nan")),
                    "difference": line.difference,
                    "ci_low": line.ci_low,
                    "ci_high": line.ci_high,
                    "says": SAYS.get(str(line.verdict), str(line.verdict)),
                }
            )
    table = pd.DataFrame(rows, columns=GAINS)
    return table[table["measure"] != "families_wanting_home_per_year"].reset_index(drop=True)
