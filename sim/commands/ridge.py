"""``oncall-sim solve ridge``: every pair of a and g that gives a target, and what each headline is there."""

from __future__ import annotations

import pandas as pd

from sim import screen
from sim.commands.destination import folder_of, put
from sim.commands.pipeline import configurations
from sim.commands.plans import command_of, plan_with, shows_configuration
from sim.commands.shown import show_rows
from sim.config.ridge import COLUMNS
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.solve import ANYWAY, TARGETS, TOLD, Line, lines, solve
from sim.experiment.study import Study
from sim.request import Request

OWN = {"of": "ridge"}  # what tells it from another study of solve
SHOWN = ("home_anyway", "target", "goodwill_makes_home", *TOLD[:4])


def ridge(request: Request) -> None:
    """The ridge of a and g, printed; with out=DIR also written, as the configuration ships it."""
    watch, study = Stopwatch(), studies.design("solve", [plan_with(request)], OWN)
    if shows_configuration(study.plans, request):
        return
    folder = folder_of(study, request) if study.settings.out else None
    show_rows(study.plans)
    found = _lines(study, request)
    table = [row for line in found for row in rows(line)]
    cells = [[row[name] or "none" for name in SHOWN] for row in table]
    print("\n".join(screen.columns([list(SHOWN), *cells])))
    if folder:
        command = command_of(request)
        files = configurations(study.plans)
        print(put(study, folder, request, {"ridge.csv": pd.DataFrame(table)}, files, manifest(study, command, watch)))


def rows(line: Line) -> list[dict[str, str]]:
    """The rows of one a, one for each target; without a solution g and all figures are empty."""
    made = []
    for target in TARGETS:
        found = solve(line, target)
        pair = (line.anyway, target)
        known = (None, None, None) if found is None else (found.goodwill, found.low, found.high)
        figures = dict.fromkeys(TOLD) if found is None else dict(found.figures)
        numbers = dict(zip(COLUMNS, (*pair, *known, *line.reach), strict=True)) | figures
        made.append({name: "" if value is None else f"{round(value, 4):g}" for name, value in numbers.items()})
    return made


def _lines(study: Study, request: Request) -> list[Line]:
    with screen.progress(f"{request.scenario}: {study.replications} replications for each pair tried") as progress:
        return lines(study.scenarios[0], ANYWAY, study.seed, study.replications, study.workers, progress)
