"""Studies run from Python: many replications of one or more scenarios."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from oncall_sim.studies import CSV, Study
from sim import __version__, results
from sim.config import Plan
from sim.config.register import UNCERTAINTY, at_draws
from sim.config.structure import STRUCTURE, under_structures
from sim.errors import BadInput
from sim.experiment import goodwill_range
from sim.experiment import study as studies
from sim.experiment.changed import as_before
from sim.experiment.conduct import Conducted, conduct
from sim.experiment.execute import workers_stay
from sim.experiment.produce import BY_AREA
from sim.experiment.provenance import Stopwatch, manifest, other_study, reproducing
from sim.results import Units

if TYPE_CHECKING:
    import pandas as pd

FEWEST_DRAWS = 10
OF_A_COMMAND = {"keep": ("none", BY_AREA), "shard": (None,)}  # settings, and what of them needs no command


def run_study(
    scenario: Plan,
    *,
    out: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Study:
    """Every replication of one scenario, estimated: as many as its settings say, on as many processes.

    out: the folder to write the study into (its tables; ``oncall-sim report`` draws the page), where a run that was
    stopped goes on and a finished one is not run again; None: nothing is written. overwrite: replace the files of
    another study that is there. progress: told (runs finished, runs in all). Raises BadInput, and WorkerDied when
    processes are ended from outside.
    """
    return _carried_out("run", [scenario], out, overwrite, progress)


def compare(
    scenarios: Iterable[Plan],
    *,
    out: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    progress: Callable[[int, int], None] | None = None,
    uncertainty: int = 0,
    structure: str | Iterable[str] = (),
) -> Study:
    """Several scenarios on the same families, the first the baseline; they must share seed and replications.

    Each needs a name of its own, as ``load_scenario("icb_rota", {"name": "more_nurses", ...})`` gives it. Arguments and
    what is raised as of ``run_study``. uncertainty: repeat all at so many joint draws of what nobody knows, from 10,
    for the tables ``uncertainty``, ``decides``, ``draws`` and ``draw_figures``; 0: none. structure: repeat
    all under other rules of the model, one at a time, for the table ``structure``: ``"all"``, or names of alternatives.
    """
    plans = [scenarios] if isinstance(scenarios, Plan) else list(scenarios)
    if len(plans) < 2:
        raise BadInput("compare: two or more scenarios, the baseline first, as compare([today, tomorrow])")
    names = [structure] if isinstance(structure, str) else list(structure)
    if uncertainty and uncertainty < FEWEST_DRAWS:
        raise BadInput(f"uncertainty = {uncertainty}: 0, or how many draws of what nobody knows, from {FEWEST_DRAWS}")
    return _carried_out("compare", plans, out, overwrite, progress, at_draws(uncertainty) | under_structures(names))


def _carried_out(
    verb: str, scenarios: Sequence[Plan], out: str | os.PathLike[str] | None, overwrite: bool,
    progress: Callable[[int, int], None] | None, own: Mapping[str, str] | None = None,
) -> Study:  # fmt: skip
    study = _designed(verb, scenarios, own)
    place = os.fspath(out) if out is not None else study.settings.out
    if place is None:
        with TemporaryDirectory() as beside:
            return Study._unwritten(*_finished(study, Units(Path(beside)), progress))
    folder = results.folder_of(study.name, place)
    there = None if overwrite else results.study_in(folder)
    if there is not None:
        if what := other_study(study, there):
            raise BadInput(f"out = {folder}: another study is there ({what}); name another, or say overwrite=True")
        return Study(folder)
    with _units(study, folder) as shelf:
        files, about = _finished(study, shelf, progress)
        placed = results.write(folder, {}, files, about, overwrite=overwrite)
        shelf.discard()
    return Study(placed)


def _designed(verb: str, scenarios: Sequence[Plan], own: Mapping[str, str] | None) -> studies.Study:
    """The study of some scenarios. Raises BadInput for what is none, or asks for what only the command does."""
    for scenario in scenarios:
        if not isinstance(scenario, Plan):
            raise BadInput(f"{verb}: {scenario!s:.60} is no scenario; load it first, as load_scenario('icb_rota')")
        for key, usual in OF_A_COMMAND.items():
            if (said := getattr(scenario.settings, key)) not in usual:
                raise BadInput(f"{key} = {said}: only the command `oncall-sim {verb}` does it; take it out")
    return studies.design(verb, scenarios, own)


@contextmanager
def _units(study: studies.Study, folder: Path) -> Iterator[Units]:
    """Where its units are filed, with those of a run that was stopped. Raises BadInput when that was another one."""
    with results.working(folder) as shelf:
        shelf.identify(as_before(shelf.identity(), goodwill_range.identity(study), str(shelf.folder)))
        yield shelf


def _finished(
    study: studies.Study, shelf: Units, progress: Callable[[int, int], None] | None
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The study's files and its manifest."""
    from sim.experiment.study_tables import study_tables
    from sim.experiment.tables import families

    watch = Stopwatch()
    with workers_stay():
        found = conduct(study, shelf, progress)
        tables = study_tables(study, found, goodwill_range.at_the_ends(study, shelf, progress))
        if study.draws:
            tables = _with_draws(study, shelf, tables, progress)
        if study.structures:
            tables = _with_structures(study, shelf, found, tables, progress)
    files = {f"{name}{CSV}": results.csv(table) for name, table in tables.items()}
    files |= {_scenario_file(plan): plan.resolved.encode() for plan in study.plans}
    about = manifest(study, _command(study, found), watch, found, families(tables["comparison"]))
    told = studies.about(study, __version__, found.replications, found.precision)
    return files, {**about, "keep": study.settings.keep, "about": told}


def _with_draws(
    study: studies.Study, shelf: Units, tables: dict[str, pd.DataFrame], progress: Callable[[int, int], None] | None
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The tables with what joint draws of all that nobody knows do to the headlines."""
    from sim.experiment.uncertain import repeated
    from sim.experiment.uncertainty_tables import with_assumptions

    again = repeated(study)
    shelf.identify(as_before(shelf.identity(), again.identity, str(shelf.folder)))
    return with_assumptions(study, shelf, again, tables, progress)


def _with_structures(
    study: studies.Study, shelf: Units, found: Conducted, tables: dict[str, pd.DataFrame],
    progress: Callable[[int, int], None] | None,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The tables with the headlines under other structures."""
    from sim.experiment import structures

    others = structures.beside(study)
    if others is not None:
        shelf.identify(as_before(shelf.identity(), others.identity, str(shelf.folder)))
    seen = structures.simulated(others, shelf, progress)
    return structures.with_structure(tables, structures.table(study, found.seen, seen))


def _scenario_file(plan: Plan) -> str:
    return f"scenarios/{plan.scenario.name}.yaml"


def _command(study: studies.Study, found: Conducted) -> list[str]:
    """The command that makes the study again, given in its folder: its scenarios are complete files there."""
    files, settings = ",".join(map(_scenario_file, study.plans)), study.settings
    said = [f"scenario={files}" if len(study.plans) == 1 else f"scenarios=[{files}]"]
    said += [f"{UNCERTAINTY}={study.draws}"] if study.draws else []
    said += [f"{STRUCTURE}=[{','.join(study.structures)}]"] if study.structures else []
    if settings.precision is not None:
        said += [f"precision={settings.precision:g}", f"max_replications={settings.max_replications}"]
        said += [f"max_minutes={settings.max_minutes:g}"] if settings.max_minutes is not None else []
    return reproducing(["oncall-sim", study.verb, *said], found)
