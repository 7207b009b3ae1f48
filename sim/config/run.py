"""How long a run is: in weeks, or in hours for a single night or a closed form."""

from __future__ import annotations

from typing import Any

from sim.config.compose import Composed
from sim.config.words import BadKey
from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import Run

BEFORE, MEASURED, BEYOND = "warmup_", "", "beyond_"


def run_of(composed: Composed, config: dict[str, Any]) -> Run:
    """The run. Raises BadKey for weeks on the command line of a scenario that says its hours."""
    return Run(*(_hours(composed, config, part) for part in (BEFORE, MEASURED, BEYOND)))


def _hours(composed: Composed, config: dict[str, Any], part: str) -> float:
    hours, weeks = config[f"{part}hours"], config[f"{part}weeks"]
    if hours is None:
        return weeks * HOURS_PER_WEEK
    if f"{part}weeks" in composed.given:
        rule = f"{part}hours = {hours:g} is set, so it would change nothing"
        raise BadKey(f"{part}weeks", weeks, rule, f"write {part}hours={weeks * HOURS_PER_WEEK:g}")
    return float(hours)
