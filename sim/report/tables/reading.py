"""The files of a study read back as the tables that a report is written from.

A run writes its page and workbook from what is read here, not from its memory: that is why both can be made again,
byte for byte, from the folder alone.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.cells import as_said, spelt
from sim.report.tables.study import Tables

if TYPE_CHECKING:
    import pandas as pd

FILES = ("summary.csv", "comparison.csv", "areas.csv", "assumptions.csv")  # what a report is written from
MORE = (  # not every study has these tables
    *("pairs.csv", "same_calls.csv", "costs.csv", "equity.csv", "flows.csv", "goodwill_range.csv"),
    *("years.csv", "uncertainty.csv", "decides.csv", "structure.csv"),
)
NUMBERS = {  # columns that hold numbers; every other one holds words, and no word is an empty one
    *("mean", "ci_low", "ci_high", "pi_low", "pi_high", "replications", "events", "n"),
    *("difference", "p_holm", "family", "alone_low", "alone_high", "variance_ratio", "ratio_low", "ratio_high"),
    *("children", "deaths_per_year", "difference_low", "difference_high", "alone"),
    *("longitude_degrees", "latitude_degrees"),
    *("cost_difference", "cost_low", "cost_high", "closed", "closed_low", "closed_high"),
    *("gbp_per_night", "gbp_low", "gbp_high"),
    *("families_per_year", "share", "calls_in_both", "calls_in_baseline_alone", "calls_in_scenario_alone"),
    *("levels", "observed", "chance", "gap", "difference_low", "difference_high"),
    *("home_anyway", "goodwill_makes_home", "baseline_mean", "scenario_mean"),
    *("mean", "chance_low", "chance_high", "draws", "draws_mean", "assumptions_low", "assumptions_high"),
    *("chance_share", "same_sign", "same_sign_low", "same_sign_high", "if_value"),
    *("place", "tied", "default", "low", "high", "at_low", "at_high"),
    *("worse_off", "worst_difference", "worst_low", "worst_high"),
    *("replication", "nights_on_call", "nights_on_standby", "weekends", "disturbed_nights", "nights_worst_28_days"),
    *("disturbed_nights_worst_30_days", "nights_in_a_row", "nights_in_a_row_while_dying", "next_days_lost"),
    *("standby_hours", "lone_visits"),
}


def read(files: Mapping[str, bytes], about: Mapping[str, Any]) -> Tables:
    """The tables of a study. files: content by name of at least FILES. about: that entry of its manifest."""
    found = {name.removesuffix(".csv"): table(files[name]) for name in FILES}
    more = {name.removesuffix(".csv"): table(files[name]) for name in MORE if name in files}
    study = json.loads(json.dumps(about))  # lists where there were tuples: what a manifest gives back
    return Tables(**found, **more, scenarios=study.pop("scenarios"), study=study)


def table(content: bytes) -> pd.DataFrame:
    """One CSV file as it was written: numbers as numbers, words as they were said, an empty cell among them as an empty
    word."""
    import pandas as pd

    head = content.partition(b"\n")[0].decode().rstrip("\r").split(",")
    words: dict[str, type] = {name: object for name in head if name not in NUMBERS}
    found = pd.read_csv(io.BytesIO(content), keep_default_na=False, na_values={n: [""] for n in NUMBERS}, dtype=words)
    return found.assign(**{name: spelt(found[name], as_said) for name in words})
