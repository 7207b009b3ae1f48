"""How long a run is: in weeks, or in hours for a single night or a closed form."""

from __future__ import annotations

from typing import Any

from sim.config.compose import Composed
from sim.config.words import BadKey
from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import Run

BEFORE, MEASURED, BEYOND = ("warmup_hours", "warmup_weeks"), ("hours", "weeks"), ("beyond_hours", "beyond_weeks")


def run_of(composed: Composed, config: dict[str, Any]) -> Run:
    """The run. Raises BadKey for weeks on the command line of a scenario that says its hours."""
    return Run(*(_hours(composed, config, *keys) for keys in (BEFORE, MEASURED, BEYOND)))


def _hours(composed: Composed, config: dict[str, Any], in_hours: str, in_weeks: str) -> float:
    hours: float | None = config[in_hours]
    weeks: float = config[in_weeks]
    if hours is None:
        return weeks * HOURS_PER_WEEK
    if in_weeks in composed.given:
        rule = f"{in_hours} = {hours:g} is set, so it would change nothing"
        raise BadKey(in_weeks, weeks, rule, f"write {in_hours}={weeks * HOURS_PER_WEEK:g}")
    return float(hours)
