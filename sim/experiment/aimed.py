"""What a calibration simulates: the runs that its targets are of, and of their measures those that targets name.

Some published figures are of what no table of a study has: those are read here, from the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sim.config.targets import Target, runs
from sim.domain.scenario import Scenario
from sim.experiment.precision import ENGLAND
from sim.experiment.study import Study, design
from sim.experiment.units import Unit
from sim.ledger import Ledger
from sim.measures.rows import Row

if TYPE_CHECKING:
    from sim.config import Plan

VERB = "calibrate"
GAVE, TEAM_CALLS = "gave_unpaid_hours_share", "team_calls_a_week_out_of_hours"


def _gave(ledger: Ledger, scenario: Scenario) -> tuple[float, float]:
    """Nurses in post who gave any unpaid hour in the measured weeks, and all of them."""
    from sim.experiment.baseline import unpaid

    return unpaid(ledger, scenario)


def _team_calls(ledger: Ledger, scenario: Scenario) -> tuple[float, float]:
    """Out-of-hours calls that reached the teams of a run, those of children not at the end of life among them, and the
    measured weeks."""
    from sim.experiment.demand_readings import Drawn
    from sim.experiment.team_calls import calls_a_week, calls_made
    from sim.place.setting import goodwill_makes_home

    setting = ledger.setting
    goodwill = goodwill_makes_home(scenario, setting.area_types)
    return calls_a_week(calls_made(Drawn(scenario, setting.demand, setting.cover, goodwill), ledger))


READINGS: dict[str, Callable[[Ledger, Scenario], tuple[float, float]]] = {GAVE: _gave, TEAM_CALLS: _team_calls}


@dataclass(frozen=True, slots=True)
class Aimed:
    """The work: one replication of one run, and of its measures those that targets name."""

    scenarios: tuple[Scenario, ...]
    seed: int
    measures: tuple[str, ...]

    def __call__(self, unit: Unit) -> list[Row]:
        """The rows of one unit."""
        from sim.measures import measure
        from sim.model import simulate

        scenario = self.scenarios[unit.scenario]
        ledger = simulate(scenario, self.seed, unit.replication)
        rows = [row for row in measure(ledger, scenario) if row.measure in self.measures]
        for name in (name for name in self.measures if name in READINGS):
            top, bottom = READINGS[name](ledger, scenario)
            rows.append(Row(name, *ENGLAND, top, bottom, top))
        return rows


@dataclass(frozen=True, kw_only=True)
class AimedStudy(Study):
    """A study of the runs that targets are of. measures: that any of them names."""

    measures: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the study's folder."""
        return f"{self.verb}-{self.fingerprint[:8]}"

    @property
    def title(self) -> str:
        """The study in words."""
        return f"Calibration on {', '.join(name.replace('_', ' ') for name in self.measures)}"

    @property
    def identity(self) -> dict[str, str]:
        """What a unit's numbers come from, by name: as of any study, and the measures that are kept."""
        return {**super().identity, "work": f"calibrate {', '.join(self.measures)}"}


def aimed(plans: Sequence[Plan], targets: Sequence[Target], own: dict[str, str]) -> AimedStudy:
    """The study of the runs of some targets, in their order. Raises BadInput when they cannot be paired."""
    assert len(plans) == len(runs(targets))
    found = design(VERB, plans, own)
    measures = tuple(dict.fromkeys(target.measure for target in targets))
    return AimedStudy(**{field.name: getattr(found, field.name) for field in fields(found)}, measures=measures)
