"""Carrying out a study from its first unit to its folder: resume, simulate, estimate, draw, write, print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import __version__, results, screen
from sim.asked import Asked
from sim.commands import placed
from sim.errors import BadInput
from sim.experiment import changed, provenance
from sim.experiment import study as studies
from sim.experiment.attribute import VERB
from sim.experiment.conduct import Conducted, conduct, conduct_shard
from sim.experiment.precision import percent
from sim.experiment.produce import kinds
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.study import Study
from sim.experiment.units import ROWS, content_of, file_name, seal
from sim.results import Units

FEW = 3  # scenarios named in a line

if TYPE_CHECKING:
    import pandas as pd

    from sim.config import Plan


def carry_out(study: Study, folder: Path, command: list[str], asked: Asked) -> Path | None:
    """Simulate, estimate, draw and write one study; prints its headline figures. Gives back where it is, None when only
    a part of it was run.

    Units finished before are not run again. Raises BadInput when what they were made from has changed.
    """
    from sim.experiment.tables import families

    watch, settings = Stopwatch(), study.settings
    with results.working(folder, shared=settings.shard is not None) as shelf:
        resume(study, shelf)
        tell_tables(study.plans)
        with screen.progress(_title(study)) as progress:
            if settings.shard is not None:
                there, of = conduct_shard(study, shelf, *settings.shard, progress)
                part, parts = settings.shard
                print(
                    f"part {part} of {parts} is done: {there} of {of} runs are there; when all are, run without shard="
                )
                return None
            found = conduct(study, shelf, progress)
        if found.precision is not None:
            screen.say(found.precision.line())
        screen.say("estimating")
        tables = _tables(study, found)
        files: dict[str, bytes | str] = {f"scenarios/{plan.scenario.name}.yaml": plan.resolved for plan in study.plans}
        csvs = {f"{name}.csv": results.csv(table) for name, table in tables.items()}
        told = studies.about(study, __version__, found.replications, found.precision)
        if study.verb != "cover" and settings.draw:
            screen.say("drawing charts, the report and the workbook")
            files |= drawn(csvs, told)
        sizes = families(tables["comparison"])
        said = manifest(study, provenance.reproducing(command, found), watch, found, sizes)
        said |= {"keep": settings.keep, "about": told}
        folder = placed.put(study, folder, asked, {}, {**csvs, **files}, said, _kept(study, found, shelf))
        shelf.discard()
    print(" ".join(command))
    _tell(study, tables, sizes)
    return folder


def _tell(study: Study, tables: dict[str, pd.DataFrame], sizes: dict[str, int]) -> None:
    """Print the figures to look at first."""
    if study.verb == "cover":
        print(screen.exposures(tables["summary"]))
    elif study.verb == VERB:
        print(screen.headlines(tables["summary"][tables["summary"]["scenario"] == study.scenarios[0].name]))
        print(screen.worth(tables["comparison"]))
    else:
        print(screen.headlines(tables["summary"]))
    for line in screen.vacant_posts({scenario.name: studies.vacant(scenario) for scenario in study.scenarios}):
        print(line)
    if len(study.plans) > 1:
        print(screen.compared(tables["comparison"], sizes))
    for warning in screen.warnings(tables["summary"]):
        screen.say(warning)


def _title(study: Study) -> str:
    names = ", ".join(scenario.name for scenario in study.scenarios)
    precision = study.settings.precision
    many = (
        f"{study.replications} x {len(study.plans)} runs" if precision is None else f"until within {percent(precision)}"
    )
    return f"{names}: {many}, {study.workers} at a time"


def resume(study: Study, shelf: Units) -> None:
    """Go on from the units that are there. Raises BadInput when they were made from something else."""
    before, now = shelf.identity(), study.identity
    found = changed.changes(before, now)
    if found:
        raise BadInput(
            f"{shelf.folder}: a study that was stopped has changed: {changed.line(found)}; change it back to go on, "
            f"or remove that folder to begin again, or name another with out=DIR"
        )
    if not shelf.empty and before:
        screen.say(f"going on from {shelf.folder}")
    shelf.identify({**before, **now})


def tell_tables(plans: Sequence[Plan]) -> None:
    """Say what became of the rows of every table, once where it is the same in all scenarios."""
    lines = []
    for table, scenarios in studies.tables_of(plans).items():
        more = f" and {len(scenarios) - FEW} more" if len(scenarios) > FEW else ""
        where = "" if len(scenarios) == len(plans) else f"{', '.join(scenarios[:FEW])}{more}: "
        lines.append(f"{where}{table.line()}")
    for line in dict.fromkeys(lines):
        screen.say(line)


def _kept(study: Study, found: Conducted, shelf: Units) -> Iterator[tuple[str, bytes]]:
    """What ``keep`` asks for: (path in the study, content of that file). Raises Damaged."""
    keep = study.settings.keep
    wanted = (ROWS,) if keep == "units" else () if study.verb == "cover" else kinds(keep)[:-1]
    for scenario in study.scenarios:
        for replication in range(found.replications):
            name = file_name(scenario.name, replication)
            for kind in wanted:
                content = content_of(shelf, name, kind)
                if keep == "units":
                    yield f"units/{name}.{kind}", seal(content)
                else:
                    yield f"ledger/{scenario.name}/{replication + 1}/{kind}", content


def _tables(study: Study, found: Conducted) -> dict[str, pd.DataFrame]:
    """Every table of the study by name."""
    import pandas as pd

    from sim.experiment import closing, equity, tables
    from sim.measures.dictionary import COLUMNS, dictionary

    assumed = [(plan.scenario.name, *row) for plan in study.plans for row in plan.assumptions]
    return {
        "summary": tables.summary(found.seen, precision=found.precision),
        "comparison": tables.comparison(found.seen, dict(study.scenarios[0].zones)),
        "costs": closing.closing(found.seen, study.scenarios[0].run.weeks),
        "equity": equity.equity(found.seen),
        "replications": tables.replications(found.seen),
        "assumptions": pd.DataFrame(assumed, columns=["scenario", "key", "value", "unit", "kind", "text"]),
        "areas": pd.DataFrame(studies.areas(study), columns=studies.AREA_COLUMNS),
        "dictionary": pd.DataFrame(dictionary({key[0] for key in found.seen.keys}), columns=COLUMNS),
    }


def drawn(csvs: Mapping[str, bytes], told: Mapping[str, Any]) -> dict[str, bytes]:
    """Page, workbook and charts by relative path, from a study's CSV files and what its manifest tells about it."""
    from sim import report
    from sim.report.tables.reading import read

    return report.build(read(csvs, told))
