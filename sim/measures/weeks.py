"""Week by week from hour 0, warm-up included: what a run's slow states look like before they are measured."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.domain.calendar import HOURS_PER_WEEK
from sim.domain.scenario import Scenario
from sim.domain.words import UNMET_DEMAND
from sim.ledger import Ledger
from sim.measures.rows import Row

SERIES = {
    "children_at_home": "children at home whose family wants it, in the middle of the week",
    "unmet_share": "potential calls of the week that were unmet demand",
    "goodwill_share": "potential calls of the week that goodwill met",
    "hours_worked": "hours of the tasks that began in the week, all people",
}


def whole_weeks(scenario: Scenario) -> int:
    """Whole weeks of a run from hour 0 to the end of what is measured."""
    return int(scenario.run.window[1] // HOURS_PER_WEEK)


def weekly(ledger: Ledger, scenario: Scenario) -> list[Row]:
    """A row of each series (its name as measure, group ``week``, the week from 1 as level)."""
    weeks = whole_weeks(scenario)
    demand = ledger.setting.demand
    row = ledger.calls.column("call")
    of_families = ~demand.families.background[demand.calls.family[row]]
    week = (demand.calls.time[row] // HOURS_PER_WEEK).astype(np.int64)
    inside = of_families & (week < weeks)
    outcome = ledger.calls.column("outcome")
    unmet = np.isin(outcome, UNMET_DEMAND)

    def calls(mask: NDArray[Any]) -> NDArray[Any]:
        return np.bincount(week[mask & inside], minlength=weeks).astype(float)

    families, offered = demand.families, ledger.setting.offered & ~demand.families.background
    middle = (np.arange(weeks) + 0.5) * HOURS_PER_WEEK
    started = np.searchsorted(np.sort(families.start[offered]), middle)
    died = np.searchsorted(np.sort(families.death[offered]), middle)
    start = ledger.tasks.column("start")
    begun = (start // HOURS_PER_WEEK).astype(np.int64)
    kept = (begun >= 0) & (begun < weeks)
    worked = np.bincount(begun[kept], (ledger.tasks.column("end") - start)[kept], minlength=weeks)
    ones, of = np.ones(weeks), calls(np.ones(len(row), dtype=bool))
    columns = {
        "children_at_home": ((started - died).astype(float), ones),
        "unmet_share": (calls(unmet), of),
        "goodwill_share": (calls(outcome == "met_by_goodwill"), of),
        "hours_worked": (worked, ones),
    }
    return [
        Row(name, "week", f"{number + 1:04d}", float(top[number]), float(bottom[number]), float(top[number]))
        for name, (top, bottom) in columns.items()
        for number in range(weeks)
    ]
