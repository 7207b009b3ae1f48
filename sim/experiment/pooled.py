"""A study of pooling: every grouping is a scenario on the same families, with goodwill and without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.scenario import Scenario
from sim.experiment.observations import Observations
from sim.experiment.study import Study, design
from sim.experiment.units import Unit
from sim.measures.catalogue import POOLING
from sim.measures.headlines import headlines
from sim.measures.pooling import measure_pooling
from sim.measures.rows import Row

if TYPE_CHECKING:
    from sim.config import Plan

ON_PAPER = tuple(f"child_nights_without_{whom}_on_paper_share" for whom in ("visit", "consultant"))
OF_ENGLAND = (  # beside the headlines
    *ON_PAPER, "met_share", "answered_in_standard_share", "door_in_standard_share",
    "unmet_because_all_busy_share", "unmet_because_out_of_reach_share", "unmet_because_rota_gap_share",
    "minutes_to_answer", "calls_without_advice_share",
    "calls_without_advice_share_out_of_hours", "advice_missing_share",
    "boundary_refusals_per_family", "minutes_without_record_per_family",
)  # fmt: skip
OF_AREAS = ("cost_by_children_gbp_per_year", "cost_by_use_gbp_per_year")  # and of England
OF_ROLES = (
    *(f"hours_on_call_per_week_{which}" for which in ("mean", "median", "worst")),
    *(f"on_call_1_in_n_{which}" for which in ("median", "worst")),
    *(f"disturbed_nights_per_month_{which}" for which in ("mean", "worst")),
    "families_met_per_year_mean", "call_outs_per_month_mean", "seat_hours_gap_share", "people_on_rota",
)  # fmt: skip
TITLES = {
    "pool": "Pooling",
    "pool-break-even": "Break-even of pooling",
    "pool-clusters": "Clusters of",
    "pool-fewest": "Seats of pooled",
}


def kept() -> dict[str, frozenset[str]]:
    """By group, the measures that a study of pooling keeps: the headlines of pooling, and what explains them."""
    beside = {"england": (*OF_AREAS, *OF_ENGLAND), "area": OF_AREAS, "role": (*OF_ROLES, *POOLING)}
    return {
        group: frozenset((*(one.measure for one in headlines("pooled") if group in one.pooled), *names))
        for group, names in beside.items()
    }


@dataclass(frozen=True, slots=True)
class Pooled:
    """The work: one replication of one grouping, and of its measures those that say something about pooling."""

    scenarios: tuple[Scenario, ...]
    seed: int
    roles: tuple[str, ...]

    def __call__(self, unit: Unit) -> list[Row]:
        """The rows of one unit."""
        from sim.model import simulate

        scenario = self.scenarios[unit.scenario]
        ledger = simulate(scenario, self.seed, unit.replication)
        rows = measure_pooling(ledger, scenario, self.roles)
        keep = kept()
        return [row for row in rows if row.measure in keep.get(row.group, ())]


def some(seen: Observations, names: Sequence[str]) -> Observations:
    """The same observations of some scenarios, in the order of the names."""
    rows = np.array([seen.scenarios.index(name) for name in names])
    return Observations(tuple(names), seen.keys, seen.numerators[rows], seen.denominators[rows], seen.events[rows])


@dataclass(frozen=True, kw_only=True)
class PoolStudy(Study):
    """A study whose scenarios are groupings of one scenario. base: its name. roles: those that are pooled."""

    base: str
    roles: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the study's folder: what is pooled in which scenario, and eight digits of the fingerprint."""
        return f"{self.verb}-{self.base}-{'-and-'.join(self.roles)}-{self.fingerprint[:8]}"

    @property
    def identity(self) -> dict[str, str]:
        """What a unit's numbers come from, by name: as of any study, and the roles that are pooled."""
        return {**super().identity, "work": f"pool {', '.join(self.roles)}"}

    @property
    def title(self) -> str:
        """The study in words."""
        roles = " and ".join(f"{role.replace('_', ' ')}s" for role in self.roles)
        return f"{TITLES[self.verb]} {roles}: {self.base.replace('_', ' ')}"


def pool_study(
    plans: Sequence[Plan], base: str, roles: tuple[str, ...], verb: str = "pool", own: Mapping[str, str] | None = None
) -> PoolStudy:
    """The study of these groupings; raises BadInput when they cannot be paired. verb: a word of ``TITLES``. own: what
    only the command knows, by key."""
    found = design(verb, plans, own)
    return PoolStudy(**{field.name: getattr(found, field.name) for field in fields(found)}, base=base, roles=roles)
