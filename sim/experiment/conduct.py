"""Carrying out a study: every unit made once and filed, then read in order; a study that was stopped goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from sim.experiment import door_minutes, flows, precision, years
from sim.experiment.aimed import Aimed, AimedStudy
from sim.experiment.beside import Beside
from sim.experiment.code import surroundings
from sim.experiment.execute import Progress, Run, executor
from sim.experiment.flows import Counts
from sim.experiment.observations import Observations, gather
from sim.experiment.pooled import Pooled, PoolStudy
from sim.experiment.precision import ENGLAND, Precision, Sums
from sim.experiment.produce import File, Produce, kinds
from sim.experiment.replicate import Cover, OfAllAreas, Replicate
from sim.experiment.study import Study
from sim.experiment.units import (
    DOORS,
    FATES,
    ROWS,
    YEARS,
    Damaged,
    Shelf,
    Unit,
    content_of,
    file_name,
    rows_of,
    sum_of,
    units,
)
from sim.keyed import Floats
from sim.measures import headlines
from sim.measures.catalogue import EVERYTHING
from sim.measures.rows import Row

T = TypeVar("T")
FIRST_LOOK = precision.FEWEST + precision.LOOK_AHEAD  # replications before precision can be reached
PAIRS = 2  # replications that are always made: below, nothing has an interval


@dataclass(frozen=True)
class Conducted:
    """What a study gave.

    digests: by scenario, SHA-256 of each unit in order. precision: None when none was asked.
    flows: families from fate to fate, as ``flows.paired`` gives them; doors: minutes to the door of the same calls, as
    ``door_minutes.paired`` does; years: by scenario, those of its people in the replication shown. Nothing where no
    call was simulated.
    """

    seen: Observations
    digests: dict[str, list[str]]
    precision: Precision | None
    flows: Counts
    doors: Floats
    years: dict[str, list[tuple[object, ...]]]

    @property
    def replications(self) -> int:
        """Replications of each scenario."""
        return int(self.seen.numerators.shape[2])


class Conductor:
    """One study with its shelf and a way to run units."""

    def __init__(self, study: Study, shelf: Shelf, run: Run, files_itself: bool, progress: Progress | None) -> None:
        """files_itself: units are filed where they are made; else what comes back is filed here."""
        self.study, self.shelf, self._run, self._files_itself = study, shelf, run, files_itself
        self._tell = progress or (lambda done, total: None)
        self._kinds = kinds(work_of(study), study.settings.keep)
        self._sound: set[Unit] = set()

    def name(self, unit: Unit) -> str:
        """Name of a unit's files."""
        return file_name(self.study.scenarios[unit.scenario].name, unit.replication)

    def filed(self, unit: Unit) -> bool:
        """Whether all files of a unit are there and whole; looked at once."""
        if unit not in self._sound:
            try:
                for kind in reversed(self._kinds):  # the last is written last: where it is not, nothing else is read
                    content_of(self.shelf, self.name(unit), kind)
            except Damaged:
                return False
            self._sound.add(unit)
        return True

    def make(self, wanted: Sequence[Unit], deadline: float = np.inf) -> None:
        """Make and file what is not there yet. deadline: on the monotonic clock; the first two pairs ignore it."""
        missing = [unit for unit in wanted if not self.filed(unit)]
        done, needed = len(wanted) - len(missing), {unit for unit in missing if unit.replication < PAIRS}
        for unit, files in self._run(missing):
            if not self._files_itself:
                self.shelf.put(self.name(unit), files)
            done += 1
            self._tell(done, len(wanted))
            needed.discard(unit)
            if not needed and time.monotonic() > deadline:
                return

    def rows(self, wanted: Sequence[Unit]) -> Iterator[tuple[Unit, str, list[Row]]]:
        """Units that are filed, with digest and rows. Raises Damaged."""
        for unit in wanted:
            content = content_of(self.shelf, self.name(unit), ROWS)
            yield unit, sum_of(content), rows_of(content)

    def beside(self, kind: str, read: Callable[[bytes], T], replications: int) -> Iterator[list[T]]:
        """By replication and scenario, what the files of a kind say; nothing of one scenario alone, or of a study
        without such files. Raises Damaged."""
        scenarios = range(len(self.study.plans))
        for replication in range(replications if kind in self._kinds and len(scenarios) > 1 else 0):
            names = (self.name(Unit(replication, scenario)) for scenario in scenarios)
            yield [read(content_of(self.shelf, name, kind)) for name in names]

    def shown(self, kind: str, read: Callable[[bytes], T]) -> list[T]:
        """By scenario, what the files of a kind say of the replication that is shown. Raises Damaged."""
        if kind not in self._kinds:
            return []
        names = (self.name(Unit(years.SHOWN, scenario)) for scenario in range(len(self.study.plans)))
        return [read(content_of(self.shelf, name, kind)) for name in names]

    def pairs(self, most: int) -> int:
        """Replications that are complete in every scenario, counted from the first up to the first gap."""
        unit = next((unit for unit in units(len(self.study.plans), most) if not self.filed(unit)), None)
        return most if unit is None else unit.replication


def conduct(study: Study, shelf: Shelf, progress: Progress | None = None) -> Conducted:
    """Simulate and measure every replication of every scenario; a study of cover lays out and measures only."""
    with _conductor(study, shelf, progress) as conductor:
        reached = None if study.settings.precision is None else _until_precise(conductor)
        if reached is None:
            conductor.make(units(len(study.plans), study.replications))
        return _read(conductor, reached)


def conduct_shard(
    study: Study, shelf: Shelf, part: int, of: int, progress: Progress | None = None,
    everything: Sequence[Unit] | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Make one part of the units, for a job of an array. Gives back (units filed by now, units of the study).

    everything: the units, where they are not every replication of every scenario.
    """
    everything = units(len(study.plans), study.replications) if everything is None else everything
    with _conductor(study, shelf, progress) as conductor:
        conductor.make(everything[part - 1 :: of])
        return sum(map(conductor.filed, everything)), len(everything)


def conduct_units(
    study: Study, shelf: Shelf, wanted: Sequence[Unit], progress: Progress | None = None
) -> Iterator[tuple[Unit, list[Row]]]:  # fmt: skip
    """Some units of a study, made and filed where they are not yet, each with its rows, in the order asked for."""
    with _conductor(study, shelf, progress) as conductor:
        conductor.make(wanted)
        yield from ((unit, rows) for unit, _, rows in conductor.rows(wanted))


def work_of(study: Study) -> Replicate | Cover | OfAllAreas | Pooled | Aimed:
    """What is done with a unit of the study."""
    if isinstance(study, AimedStudy):
        return Aimed(study.scenarios, study.seed, study.measures)
    if isinstance(study, PoolStudy):
        return Pooled(study.scenarios, study.seed, study.roles)
    if isinstance(study, Beside):
        return OfAllAreas(study.scenarios, study.seed)
    return (Cover if study.verb == "cover" else Replicate)(study.scenarios, study.seed)


@contextmanager
def _conductor(study: Study, shelf: Shelf, progress: Progress | None) -> Iterator[Conductor]:
    """A study with its executor open."""
    settings = study.settings
    produce = Produce(work_of(study), settings.keep, surroundings())
    files_itself = settings.executor != "dask"  # a machine elsewhere may not see this disk
    work: Any = File(produce, shelf) if files_itself else produce
    with executor(work, study.workers, settings.scheduler, settings.executor) as run:
        yield Conductor(study, shelf, run, files_itself, progress)


def _until_precise(conductor: Conductor) -> Precision:
    """Replications until the headline measures are precise enough and stay so, or a limit is met.

    How many are used depends on the numbers alone, never on how many were at work at a time.
    """
    study, settings = conductor.study, conductor.study.settings
    wanted, zones = settings.precision or 0.0, dict(study.scenarios[0].zones)
    deadline = time.monotonic() + 60.0 * settings.max_minutes if settings.max_minutes else np.inf
    most, target = settings.max_replications, min(FIRST_LOOK, settings.max_replications)
    read = dict[Unit, list[Row]]()  # what each unit gave, so that no look reads again what one before has read
    while True:
        conductor.make(units(len(study.plans), target), deadline)
        there = conductor.pairs(target)
        sums = _headlines(conductor, there, read)
        found = precision.enough(sums, wanted, zones)
        if found is not None:
            return Precision(wanted, found, ())
        if there < target or there == most:
            limit = f"max_minutes={settings.max_minutes:g}" if there < target else f"max_replications={most}"
            return Precision(wanted, there, precision.too_wide(sums, there, wanted, zones), limit)
        target = precision.next_look(sums, there, wanted, most)


def _headlines(conductor: Conductor, replications: int, read: dict[Unit, list[Row]]) -> list[Sums]:
    """The headline measures of all scenarios over the first replications. read: those of some units; gains the rest."""
    names = [scenario.name for scenario in conductor.study.scenarios]
    table: dict[tuple[str, int], np.ndarray] = {}
    wanted, everything = headlines.names("precision"), units(len(names), replications)
    for unit, _, rows in conductor.rows([unit for unit in everything if unit not in read]):
        read[unit] = [row for row in rows if row.measure in wanted and (row.group, row.level) == ENGLAND]
    for unit in everything:
        for row in read[unit]:
            column = table.setdefault((row.measure, unit.scenario), np.zeros((2, replications)))
            column[:, unit.replication] = row.numerator, row.denominator
    return [Sums(measure, names[scenario], *column) for (measure, scenario), column in table.items()]


def _read(conductor: Conductor, reached: Precision | None) -> Conducted:
    """Everything filed, in order, as one table."""
    study = conductor.study
    replications = study.replications if reached is None else reached.replications
    names = tuple(scenario.name for scenario in study.scenarios)
    digests: dict[str, list[str]] = {name: [] for name in names}

    def units_with_rows() -> Iterator[tuple[Unit, list[Row]]]:
        for unit, digest, rows in conductor.rows(units(len(names), replications)):
            digests[names[unit.scenario]].append(digest)
            yield unit, rows

    seen = gather(names, replications, units_with_rows(), EVERYTHING)
    moved = flows.paired(conductor.beside(FATES, flows.read, replications))
    doors = door_minutes.paired(conductor.beside(DOORS, door_minutes.read, replications))
    shown = conductor.shown(YEARS, years.read) if len(names) <= years.MOST else []
    return Conducted(seen, digests, reached, moved, doors, dict(zip(names, shown, strict=False)))
