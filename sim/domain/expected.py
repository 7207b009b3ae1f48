"""What is known of a scenario before it is run: a case that the engine is verified against."""

from __future__ import annotations

from dataclasses import dataclass

METHODS = ("t", "poisson", "chi_square", "exact")


@dataclass(frozen=True, slots=True)
class Expected:
    """One known value of a measure at a level ("": the whole).

    method: ``t``: the mean over replications agrees by Student's t, with at most 1.5 x the listed relative standard
    error (None: not listed yet). ``poisson``: the count behind it, exactly. ``chi_square``: counts of cells, values
    by cell. ``exact``: no chance in it. ``within``: a published figure, met if the whole 95 % interval lies that close.
    """

    measure: str
    level: str
    values: tuple[float, ...]
    method: str = "t"
    rel_se: float | None = None
    within: float = 0.0

    @property
    def name(self) -> str:
        """As written in the case."""
        return f"{self.measure}/{self.level}" if self.level else self.measure


@dataclass(frozen=True, slots=True)
class Known:
    """Everything known of a scenario. The listed standard errors belong to the length the scenario itself has.

    fast_hours, fast_replications: of the shorter plan.
    """

    values: tuple[Expected, ...]
    fast_hours: float
    fast_replications: int
