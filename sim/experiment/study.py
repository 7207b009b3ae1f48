"""A study: one or more scenarios, the replications of each, and everything a folder of results holds about them."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.config.register import UNCERTAINTY
from sim.config.structure import STRUCTURE
from sim.demand.families import refuse_ceiling
from sim.domain.scenario import Scenario
from sim.domain.tables import TableCount
from sim.errors import BadInput
from sim.experiment.code import surroundings
from sim.experiment.execute import usable_cores
from sim.experiment.posts import people, vacant

if TYPE_CHECKING:
    from sim.config import Plan, Settings
    from sim.experiment.precision import Precision

COMPARISONS = ("compare", "uncertainty")  # verbs whose scenarios stand against a baseline
AREA_COLUMNS = [
    *("code", "name", "region", "cluster", "children", "deaths_per_year", "service"),
    *("label", "longitude_degrees", "latitude_degrees"),
]


@dataclass(frozen=True)
class Study:
    """Plans of the scenarios in order (the first is the baseline), all with one seed and number of replications.

    own: key and value of what only its command knows, such as the date of a night.
    """

    verb: str
    plans: tuple[Plan, ...]
    own: tuple[tuple[str, str], ...] = ()

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios in order, the baseline first."""
        return tuple(plan.scenario for plan in self.plans)

    @property
    def settings(self) -> Settings:
        """How the study is run."""
        return self.plans[0].settings

    @property
    def seed(self) -> int:
        """The seed that all scenarios share."""
        return self.plans[0].settings.seed

    @property
    def replications(self) -> int:
        """Replications of each scenario, unless a precision is asked for."""
        return self.plans[0].settings.replications

    @property
    def workers(self) -> int:
        """Worker processes to use: as asked, else one for each usable core."""
        return self.plans[0].settings.workers or usable_cores()

    @property
    def draws(self) -> int:
        """At how many draws of what nobody knows it is repeated; 0: at none."""
        return int(dict(self.own).get(UNCERTAINTY, 0))

    @property
    def structures(self) -> tuple[str, ...]:
        """Under which alternative structures it is repeated, by name; mostly none."""
        return tuple(dict(self.own).get(STRUCTURE, "").split())

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of everything that decides the results: all resolved configurations, seed and replications.

        With a precision asked for, that and its limits stand in place of the number of replications. What only the
        command knows is in it too.
        """
        parts = [f"{plan.scenario.name} {plan.fingerprint}" for plan in self.plans]
        many = [str(self.replications)]
        if self.settings.precision is not None:
            limits = (self.settings.max_replications, self.settings.max_minutes)
            many = [f"precision {self.settings.precision:g} within {limits}"]
        own = [f"{key}={value}" for key, value in sorted(self.own)]
        return hashlib.sha256("\n".join([*parts, str(self.seed), *many, *own]).encode()).hexdigest()

    @property
    def identity(self) -> dict[str, str]:
        """What a unit's numbers come from, by name: code and libraries, seed, and each scenario's configuration."""
        scenarios = {f"scenario {plan.scenario.name}": _without_replications(plan.resolved) for plan in self.plans}
        work = "cover" if self.verb == "cover" else "simulate"
        return {**dict(surroundings()), "work": work, "seed": str(self.seed), **scenarios}

    @property
    def name(self) -> str:
        """Name of the study's folder: the verb, the baseline, how many more, and eight digits of the fingerprint."""
        more = f"-and-{len(self.plans) - 1}-more" if len(self.plans) > 1 else ""
        return f"{self.verb}-{self.scenarios[0].name}{more}-{self.fingerprint[:8]}"

    @property
    def title(self) -> str:
        """The study in words."""
        first, *others = (scenario.name.replace("_", " ") for scenario in self.scenarios)
        compared = f" compared with {', '.join(others[:-1])} and {others[-1]}" if len(others) > 1 else ""
        compared = compared or (f" compared with {others[0]}" if others else "")
        return f"{first[:1].upper()}{first[1:]}{compared}"


def design(verb: str, plans: Sequence[Plan], own: Mapping[str, str] | None = None) -> Study:
    """Check that the plans can be one study; raises BadInput when they cannot be paired. own: what only the command
    knows, by key."""
    names = [plan.scenario.name for plan in plans]
    _refuse_alike(names)
    for setting in ("seed", "replications"):
        values = [getattr(plan.settings, setting) for plan in plans]
        if len(set(values)) > 1:
            said = ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
            raise BadInput(f"{setting}: scenarios must share it to meet the same families ({said}); add {setting}=N")
    for plan in plans:
        _refuse_ceiling(plan)
    return Study(verb, tuple(plans), tuple((own or {}).items()))


def read_alike(name: str) -> str:
    """What a reader, or a disk, keeps of a scenario's name: neither capitals nor how its words are joined."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def _refuse_alike(names: Sequence[str]) -> None:
    """Raises BadInput for two names that a page, a table of files or a disk could take for one."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(read_alike(name), name)
        if other == name and names.count(name) > 1:
            raise BadInput(f"scenarios: two of them are named {name!r}; give each its own name: in its file")
        if other != name:
            rule = "read alike: capitals, _ and - do not tell them apart"
            raise BadInput(f"scenarios: {other!r} and {name!r} {rule}; give one another name: in its file")


def _refuse_ceiling(plan: Plan) -> None:
    """Raises BadInput if in any replication that may be run more children would die in an area than are ever drawn."""
    scenario, settings = plan.scenario, plan.settings
    if scenario.demand.area_effect_sd_log > 0 and scenario.demand.log is None and scenario.demand.calls_alone is None:
        many = settings.replications if settings.precision is None else settings.max_replications
        for replication in range(many):
            refuse_ceiling(scenario, (settings.seed, replication))


def areas(study: Study) -> Iterator[tuple[str | float, ...]]:
    """AREA_COLUMNS of every area of any scenario, once."""
    once = {area.code: area for scenario in study.scenarios for area in scenario.areas}
    for area in once.values():
        service = service_of(study.scenarios, area.code)
        about = (area.code, area.name, area.region, area.cluster, area.children, area.deaths_per_year, service)
        centre = (area.longitude, area.latitude) if area.on_a_map else (math.nan, math.nan)
        yield *about, area.label, *centre


def service_of(scenarios: Sequence[Scenario], code: str) -> str:
    """``pinned`` if every scenario with an area has its service from the planner, ``dealt`` if none has; else where."""
    there = [scenario for scenario in scenarios if any(area.code == code for area in scenario.areas)]
    pinned = [scenario.name for scenario in there if code in dict(scenario.supply.pinned)]
    if len(pinned) == len(there):
        return "pinned"
    return f"pinned in {' '.join(pinned)}" if pinned else "dealt"


def tables_of(plans: Sequence[Plan]) -> dict[TableCount, list[str]]:
    """What became of the rows of every table that was read, and the scenarios in which it is the same."""
    found: dict[TableCount, list[str]] = {}
    for plan in plans:
        for table in plan.tables:
            found.setdefault(table, []).append(plan.scenario.name)
    return found


def tables_read(study: Study) -> list[dict[str, Any]]:
    """The same for a manifest and the page."""
    return [
        {
            "key": table.key,
            "file": table.file,
            "rows": table.rows,
            "took_part": table.taken,
            "did_not": dict(table.left_out),
            "to_count_them": table.remedy,
            "line": table.line(),
            "scenarios": scenarios,
        }
        for table, scenarios in tables_of(study.plans).items()
    ]


def facts(
    study: Study, version: str, replications: int | None = None, precision: Precision | None = None
) -> dict[str, Any]:
    """What a page says about the study as a whole. replications: None, those asked for."""
    run = study.scenarios[0].run
    return {
        "title": study.title,
        "seed": study.seed,
        "replications": study.replications if replications is None else replications,
        "precision": None if precision is None else {"reached": precision.reached, "line": precision.line()},
        "weeks": run.weeks,
        "warmup_weeks": run.warmup_weeks,
        **study.scenarios[0].days,
        "season": study.scenarios[0].season,
        "version": version,
        "fingerprint": study.fingerprint,
        "people": {scenario.name: people(scenario) for scenario in study.scenarios},
        "tables": tables_read(study),
        "vacant": {scenario.name: vacant(scenario) for scenario in study.scenarios},
    }


def about(
    study: Study, version: str, replications: int | None = None, precision: Precision | None = None
) -> dict[str, Any]:
    """What the page says of the study and of each scenario: with the tables all that it is written from."""
    asked = [
        {"name": plan.scenario.name, "question": plan.scenario.question} | ({"see": plan.see} if plan.see else {})
        for plan in study.plans
    ]
    return {"scenarios": asked, **facts(study, version, replications, precision)}


def _without_replications(resolved: str) -> str:
    """A configuration without the number of replications: a unit does not depend on how many others there are."""
    return "\n".join(line for line in resolved.splitlines() if not line.startswith("replications:"))
