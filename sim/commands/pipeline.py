"""A study from its plans to its folder: run, estimate, draw, write, show. What was run before is not run again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import __version__, results, screen
from sim.commands.destination import folder_of, is_there, put
from sim.commands.plans import shows_configuration
from sim.commands.repeated import Again, again, with_assumptions, with_structures
from sim.commands.shown import show, show_rows
from sim.experiment import changed, goodwill_range, provenance
from sim.experiment import study as studies
from sim.experiment.conduct import Conducted, conduct, conduct_shard
from sim.experiment.execute import workers_stay
from sim.experiment.observations import Observations
from sim.experiment.precision import percent
from sim.experiment.produce import kept_kinds
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.study import Study
from sim.experiment.units import ROWS, content_of, file_name, seal
from sim.request import Request
from sim.results import Units

if TYPE_CHECKING:
    import pandas as pd

    from sim.config import Plan
    from sim.experiment.posterior import Posterior

Files = Mapping[str, bytes | str]  # content by path in the folder of the study


@dataclass(frozen=True)
class Planned:
    """A study that is planned. command: makes it again. files: of its folder, that are known beforehand. laws: what a
    calibration left of what nobody knows, to draw by; None: the register alone."""

    study: Study
    command: Sequence[str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    laws: Posterior | None = None


@dataclass(frozen=True)
class Estimates:
    """tables: of a study, by name. families: comparisons in each family of verdicts."""

    tables: Mapping[str, pd.DataFrame]
    families: Mapping[str, int]

    @cached_property
    def csvs(self) -> dict[str, bytes]:
        """The tables as files, written once: the report is made from them too."""
        return {f"{name}.csv": results.csv(table) for name, table in self.tables.items()}


def make_all(planned: Sequence[Planned], request: Request) -> None:
    """Print the configurations, or make every study; the last lines of standard output are the folders."""
    if shows_configuration([plan for one in planned for plan in one.study.plans], request):
        return
    folders = [folder_of(one.study, request, several=len(planned) > 1) for one in planned]
    made = [
        folder if is_there(one.study, folder, request) else make(one, folder, request)
        for one, folder in zip(planned, folders, strict=True)
    ]
    print("\n".join(str(folder) for folder in made if folder is not None))


def make(planned: Planned, folder: Path, request: Request) -> Path | None:
    """One study, from its first run to its figures on the screen. Gives back where it is, None when only a part of it
    was run. Raises BadInput when what runs that were made before came from has changed."""
    study, watch = planned.study, Stopwatch()
    with results.working(folder, shared=study.settings.shard is not None) as shelf:
        more = again(study, planned.laws)
        begin(study, shelf, more.identity)
        if study.settings.shard is not None:
            run_part(study, shelf, *study.settings.shard, more)
            return None
        runs, estimates = _run_and_estimate(study, shelf, more)
        about = studies.about(study, __version__, runs.replications, runs.precision)
        drawn = draw(study, estimates, about)
        said = manifest(study, provenance.reproducing(planned.command, runs), watch, runs, estimates.families)
        said |= {"keep": study.settings.keep, "about": about}
        files = {**estimates.csvs, **configurations(study.plans), **drawn, **planned.files}
        folder = put(study, folder, request, {}, files, said, _kept(study, runs, shelf))
        shelf.discard()
    show(study, planned.command, estimates.tables, estimates.families)
    return folder


def _run_and_estimate(study: Study, shelf: Units, more: Again) -> tuple[Conducted, Estimates]:
    with workers_stay():
        runs, ends = run(study, shelf, _title(study)), _ends(study, shelf)
    estimates = estimate(study, runs, ends)
    tables = estimates.tables
    with workers_stay():
        if more.at_draws is not None:
            tables = with_assumptions(study, shelf, more.at_draws, tables)
        if study.structures:
            tables = with_structures(study, shelf, runs, more.others, tables)
    return runs, Estimates(tables, estimates.families)


def begin(study: Study, shelf: Units, beside: Mapping[str, str] | None = None) -> None:
    """Go on from the units that are there, and say of every table what takes part, and which days are measured.

    beside: what units come from that are filed beside those of the study. Raises BadInput when they were made from
    something else.
    """
    before = shelf.identity()
    made_from = changed.as_before(before, goodwill_range.identity(study) | dict(beside or {}), str(shelf.folder))
    if not shelf.empty and before:
        screen.say(f"going on from {shelf.folder}")
    shelf.identify(made_from)
    show_rows(study.plans)
    for said in dict.fromkeys(tuple(scenario.days.values()) for scenario in study.scenarios):
        screen.say("begins on {} (calendar.start_date), measured from {} to {}".format(*said))


def run(study: Study, shelf: Units, title: str) -> Conducted:
    """Simulate and measure every unit that is not there yet."""
    with screen.progress(title) as progress:
        runs = conduct(study, shelf, progress)
    if runs.precision is not None:
        screen.say(runs.precision.line())
    return runs


def _ends(study: Study, shelf: Units) -> Observations | None:
    """What ``goodwill_range`` simulates beside the study."""
    names = goodwill_range.withdrawn(study)
    if not names:
        return None
    with screen.progress(f"{', '.join(names)}: both ends of who goes home anyway") as progress:
        return goodwill_range.at_the_ends(study, shelf, progress)


def run_part(study: Study, shelf: Units, part: int, parts: int, more: Again) -> None:
    """The units of one job of an array, and its part of those that are made again at draws."""
    with screen.progress(_title(study)) as progress:
        there, of = conduct_shard(study, shelf, part, parts, progress)
    if more.at_draws is not None:
        with screen.progress(more.at_draws.title) as progress:
            beside = conduct_shard(more.at_draws.of, shelf, part, parts, progress, more.at_draws.units)
        there, of = there + beside[0], of + beside[1]
    print(f"part {part} of {parts} is done: {there} of {of} runs are there; when all are, run without shard=")


def estimate(study: Study, runs: Conducted, ends: Observations | None = None) -> Estimates:
    """Every table of the study. ends: what was simulated beside it of a scenario that is told as a range."""
    from sim.experiment.study_tables import study_tables
    from sim.experiment.tables import families

    screen.say("estimating")
    tables = study_tables(study, runs, ends)
    return Estimates(tables, families(tables["comparison"]))


def draw(study: Study, estimates: Estimates, about: Mapping[str, Any]) -> Files:
    """Page, workbook and charts, unless only tables are asked for. about: what the manifest says of the study."""
    if study.verb == "cover" or not study.settings.draw:
        return {}
    screen.say("drawing charts, the report and the workbook")
    return drawn(estimates.csvs, about, workers=study.workers)


def drawn(csvs: Mapping[str, bytes], about: Mapping[str, Any], png: bool = False, workers: int = 1) -> dict[str, bytes]:
    """Page, workbook and charts by relative path, from a study's CSV files and what its manifest says of it.

    png: each chart as PNG too. workers: processes at a time.
    """
    from sim import report
    from sim.report.tables.reading import read

    return report.build(read(csvs, about), png, workers)


def configurations(plans: Sequence[Plan]) -> dict[str, bytes | str]:
    """The whole configuration behind each scenario, as a file."""
    return {f"scenarios/{plan.scenario.name}.yaml": plan.resolved for plan in plans}


def _title(study: Study) -> str:
    names = ", ".join(scenario.name for scenario in study.scenarios)
    precision = study.settings.precision
    many = (
        f"{study.replications} x {len(study.plans)} runs" if precision is None else f"until within {percent(precision)}"
    )
    return f"{names}: {many}, {study.workers} at a time"


def _kept(study: Study, runs: Conducted, shelf: Units) -> Iterator[tuple[str, bytes]]:
    """What ``keep`` asks for: (path in the study, content of that file). Raises Damaged."""
    keep = study.settings.keep
    wanted = (ROWS,) if keep == "units" else () if study.verb == "cover" else kept_kinds(keep)
    for scenario in study.scenarios:
        for replication in range(runs.replications):
            name = file_name(scenario.name, replication)
            for kind in wanted:
                content = content_of(shelf, name, kind)
                if keep == "units":
                    yield f"units/{name}.{kind}", seal(content)
                else:
                    yield f"ledger/{scenario.name}/{replication + 1}/{kind}", content
