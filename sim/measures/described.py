"""What a measure is: its meaning, its unit, which way is better and how it is estimated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: better is ``lower``, ``higher`` or empty; zone names the indifference zone in the scenario's
    configuration. relative: the zone is a share of the baseline's figure."""

    name: str
    title: str
    unit: str
    better: str
    kind: str
    formula: str
    zone: str = ""
    relative: bool = False
