"""What boundaries between areas cost: people who could not act for a family of another area, time without a record."""

from __future__ import annotations

import numpy as np

from sim.domain.scenario import Scenario
from sim.keyed import Floats
from sim.ledger import BEYOND, Ledger
from sim.measures.rows import Groups, Row

MINUTES = 60.0
NO_RECORD = BEYOND.index("no_record")


def boundary(ledger: Ledger, scenario: Scenario, groups: Groups, wanting: Floats) -> list[Row]:
    """Refusals and minutes without a record per family that wants to be at home; nothing without the overlay."""
    if not scenario.overlays.boundary.on:
        return []
    beyond, demand, (start, end) = ledger.beyond, ledger.setting.demand, scenario.run.window
    family, time = demand.calls.family[beyond.column("call")], beyond.column("time")
    inside = (time >= start) & (time < end) & ~demand.families.background[family]
    refused = beyond.column("kind") != NO_RECORD
    area, minutes = demand.families.area[family], beyond.column("hours") * MINUTES
    size = len(scenario.areas)
    refusals = np.bincount(area[inside & refused], minlength=size).astype(float)
    lost = np.bincount(area[inside], minutes[inside], minlength=size).astype(float)
    without = np.bincount(area[inside & ~refused], minlength=size).astype(float)
    rows = groups.ratio("boundary_refusals_per_family", refusals, wanting)
    return rows + groups.ratio("minutes_without_record_per_family", lost, wanting, without)
