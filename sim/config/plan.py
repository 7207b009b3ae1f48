"""One planned run: compose, check, convert, and say what stands behind the numbers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from sim.config.schema import OF_THE_RUN
from sim.config.words import BadKey
from sim.domain.expected import Known
from sim.domain.scenario import Scenario
from sim.domain.tables import TableCount
from sim.errors import BadInput

if TYPE_CHECKING:
    from sim.config.compose import Composed
    from sim.config.ground import Ground

NOT_RESULTS = (
    *(*OF_THE_RUN, "expected", "see", "code", "library"),  # where and how, what is known and said of it
    "names",  # who is called what, never what they do
    *("precision", "max_replications", "max_minutes"),  # how many replications: the study says, no scenario
)
CHANCE = ("seed", "replications")  # other chance, or more of it, about the same question


@dataclass(frozen=True, slots=True)
class Settings:
    """How a study is run: years simulated, seed, processes, and its folder (None: results/<study>).

    precision: half-width of a 95 % interval over its mean, asked of every headline measure (None: replications are
    fixed), within max_replications and max_minutes (None: no limit). executor: ``pool`` or ``dask``. scheduler: address
    of a dask scheduler (None: one of its own). shard: (part, of how many), from 1. keep: ``none``, ``units``,
    ``ledger`` or ``parquet``. draw: the page, the workbook and the charts too, not only the tables.
    """

    replications: int
    seed: int
    workers: int
    out: str | None
    precision: float | None = None
    max_replications: int = 200
    max_minutes: float | None = None
    executor: str = "pool"
    scheduler: str | None = None
    shard: tuple[int, int] | None = None
    keep: str = "none"
    draw: bool = True


class Origin(NamedTuple):
    """What a plan was made from: the composed configuration, and what was read for it."""

    composed: Composed
    ground: Ground


@dataclass(frozen=True, slots=True, repr=False)
class Plan:
    """A scenario ready to run, and all that decides its results.

    resolved: the whole configuration as YAML, itself a scenario file. fingerprint: its SHA-256.
    assumptions: (key, value, unit, kind, text) of every number a run reads; kind is source, assumed or planner.
    tables: what became of the rows of every table that was read.
    known: what the scenario's own file expects of it, which decides nothing. see: what one should see, and why; empty
    when a command line changes anything that it rests on. origin: what it was composed of, for ``changed``.
    """

    scenario: Scenario
    settings: Settings
    resolved: str
    assumptions: tuple[tuple[str, Any, str, str, str], ...]
    fingerprint: str
    known: Known | None = None
    see: str = ""
    tables: tuple[TableCount, ...] = ()
    origin: Origin | None = field(default=None, compare=False)

    def changed(self, changes: Mapping[str, Any]) -> Plan:
        """The same plan with other values: as if composed with them on the command line, in a small part of the time.

        changes: dotted keys with Python values, units in the keys, such as ``{"place.home_anyway": 0.2}``. A ``*``
        stands for every name at its place that has the rest of the key: ``teams.*.patterns.night.seats``. A table is
        laid over the one there, a list replaces it. What was read from files is not read again unless a change may
        concern it. Raises BadInput: one line with key, value, rule and remedy; also for a part of the shelf, which only
        composing can choose.
        """
        return _changed(self, changes)

    def __repr__(self) -> str:
        return f"<Plan of {self.scenario.name}, seed {self.settings.seed}, configuration {self.fingerprint[:8]}>"


def plan(scenario: str, overrides: Sequence[str] = (), config_dir: str | None = None) -> Plan:
    """The plan of a scenario (a name, or the path of a planner's own file) with changes such as ``weeks=26``.

    Raises BadInput: one line with file, key, value, rule and remedy.
    """
    from sim.config.compose import compose

    composed = compose(scenario, list(overrides), config_dir)
    as_written = _as_written(change.partition("=")[0].lstrip("+") for change in overrides)
    return _planned(composed, composed.config, None, as_written)


def _planned(composed: Composed, to_check: dict[str, Any], ground: Ground | None, as_written: bool) -> Plan:
    """The plan of a composed configuration. to_check: its parts that may hold what the schema does not allow.
    ground: what was read for it before; None: it is read now. Raises BadInput."""
    from sim.config.assumptions import assumptions, refuse_idle_roles, refuse_idle_vacancy
    from sim.config.check import check, without_nothing
    from sim.config.convert import to_scenario
    from sim.config.expected import known
    from sim.config.ground import read_ground
    from sim.config.overlays import refuse_idle
    from sim.config.people import without_names
    from sim.config.schema import SCHEMA

    try:
        check(to_check, SCHEMA)
        config = without_nothing(composed.config, SCHEMA)
        expected = config.pop("expected", None)
        refuse_idle(composed, config)
        ground = ground or read_ground(composed, config)
        converted = to_scenario(config, ground)
        refuse_idle_roles(composed, config, converted)
        refuse_idle_vacancy(composed, config, converted)
        said = known(expected, converted.run.hours, config["replications"])
    except BadKey as bad:
        raise BadInput(bad.line(composed.file(bad.key))) from None
    nameless = without_names(composed.config, _workers(converted))
    resolved = _resolved(nameless, ground.files.sums)  # what was left out on purpose stays so when read again
    behind = assumptions(composed, config, converted)
    fingerprint = hashlib.sha256(resolved.encode()).hexdigest()
    see = composed.config.get("see", "") if as_written else ""
    tables = tuple(dict.fromkeys(ground.files.counts))
    settings = _settings(config)
    return Plan(converted, settings, resolved, behind, fingerprint, said, see, tables, Origin(composed, ground))


def _changed(plan: Plan, changes: Mapping[str, Any]) -> Plan:
    """The plan with values by dotted key in place of its own. Raises BadInput."""
    from sim.config.compose import with_values
    from sim.config.values import values_of

    before, ground = plan.origin or _no_origin(plan)
    try:
        values = values_of(before.config, changes)
    except BadKey as bad:
        raise BadInput(bad.line("changed")) from None
    composed = with_values(before, values)
    touched = {key.partition(".")[0] for key in values}
    parts = {name: composed.config[name] for name in touched}
    as_written = bool(plan.see) and _as_written(values)
    return _planned(composed, parts, ground if ground.bears(values) else None, as_written)


def _no_origin(plan: Plan) -> NoReturn:
    raise BadInput(f"{plan.scenario.name}: not a plan of a composed configuration: nothing can be changed in it")


def written(plan: Plan, key: str) -> Any:
    """What the whole configuration behind a plan has under a dotted key, its values as texts; None: nothing."""
    from sim.config.document import parse

    node = parse(plan.resolved, plan.scenario.name).root
    for name in key.split("."):
        node = node.get(name) if isinstance(node, dict) else None
    return node


def _workers(scenario: Scenario) -> dict[str, dict[str, tuple[int, ...]]]:
    """By plan and pattern, the places in the list of those who work it."""
    return {team.plan: {pattern.name: pattern.only for pattern in team.patterns} for team in scenario.teams}


def _as_written(keys: Iterable[str]) -> bool:
    """Whether no changed key touches what a scenario's figures are in expectation."""
    return all(key in (*NOT_RESULTS, *CHANCE) for key in keys)


def _settings(config: dict[str, Any]) -> Settings:
    workers = config["workers"] or len(
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    others = {key: config[key] for key in ("precision", "max_replications", "max_minutes", "executor", "scheduler")}
    shard = _shard(config["shard"], config["precision"])
    return Settings(
        config["replications"],
        config["seed"],
        workers,
        config["out"],
        **others,
        shard=shard,
        keep=config["keep"],
        draw=config["draw"],
    )


def _shard(said: Any, precision: float | None) -> tuple[int, int] | None:
    if said is None:
        return None
    part, _, of = str(said).partition("/")
    if not (part.isdecimal() and of.isdecimal() and 1 <= int(part) <= int(of)):
        raise BadInput(f"shard = {said}: the part and of how many, such as shard=2/10")
    if precision is not None:
        raise BadInput(
            f"shard = {said}: with precision nobody knows beforehand what the parts are; give replications=N"
        )
    return int(part), int(of)


def _resolved(config: dict[str, Any], sums: dict[str, str]) -> str:
    from sim.config.document import write

    whole = {k: v for k, v in config.items() if k not in NOT_RESULTS}
    whole["files"] = {key.replace(".", "_"): value for key, value in sums.items()}
    whole["defaults"] = [{"override /teams": "none"}]
    return write(whole)
