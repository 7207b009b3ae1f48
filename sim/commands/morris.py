"""``oncall-sim morris``: which unknowns matter to a decision, also only together with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sim import results, screen, uncertainty
from sim.cells import each_row
from sim.commands.destination import place_for, put
from sim.commands.pipeline import begin, configurations
from sim.commands.plans import command_of, shows_configuration
from sim.commands.tornado import decision_of
from sim.config.register import LAWS_READ, register, sum_of_laws, tied
from sim.errors import BadInput
from sim.experiment.provenance import Stopwatch, manifest
from sim.measures.catalogue import EVERYTHING
from sim.request import Request

if TYPE_CHECKING:
    from sim.experiment.morris import Effect, Morris

COLUMNS = ["place", "key", "tied", "measure", "unit", "baseline", "scenario", "mean", "size", "size_low", "size_high"]
COLUMNS += ["spread", "shape", "trajectories", "grade", "who_could_find_out"]
SHOWN = 12


def morris(request: Request) -> None:
    """The elementary effects on a difference between two scenarios, or on one scenario's figure: a table."""
    from sim.experiment import morris as studied

    if said := studied.missing():
        raise BadInput(said)
    watch, many = Stopwatch(), request.whole("trajectories")
    study, measure = decision_of(request, {"trajectories": str(many)})
    if shows_configuration(study.plans, request) or (folder := place_for(study, request)) is None:
        return
    found = studied.Morris(study, measure, many)
    with results.working(folder) as shelf:
        begin(study, shelf, {LAWS_READ: sum_of_laws()})
        runs = len(found.points) * len(study.plans)
        with screen.progress(f"{many} trajectories through {len(found.keys)} unknowns: {runs} runs") as progress:
            rows = table(found, found.effects(shelf, progress))
        about = manifest(study, command_of(request), watch)
        folder = put(study, folder, request, {"morris.csv": rows}, configurations(study.plans), about)
        shelf.discard()
    print(text(rows))
    print(folder)


def table(found: Morris, effects: list[Effect]) -> pd.DataFrame:
    """A row for each unknown, the largest effect first."""
    names = [plan.scenario.name for plan in found.study.plans]
    of = (names[0], names[1]) if len(names) > 1 else ("", names[0])
    rows = [
        (place, one.key, tied(one.key), found.measure,
         EVERYTHING[found.measure].unit, *of, one.mean, one.size, one.low, one.high, one.spread, one.shape,
         found.trajectories, register()[one.key].grade, register()[one.key].who)
        for place, one in enumerate(effects, start=1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def text(rows: pd.DataFrame) -> str:
    """The largest, as columns."""
    cells = [["number", "mean size of its effect", "spread", "shape", "could find out"]]
    for row in each_row(rows.head(SHOWN)):
        tied = f" (+{row.tied - 1} tied)" if row.tied > 1 else ""
        of_what = uncertainty.DIFFERENCE if row.baseline else uncertainty.FIGURE
        ends = uncertainty.ranged(row.size_low, row.size_high, row.unit, of_what)
        size, spread = uncertainty.written(row.size, row.unit), uncertainty.written(row.spread, row.unit)
        shape = row.shape.replace("_", " ")
        cells.append([f"{row.key}{tied}", f"{size} ({ends})", spread, shape, row.who_could_find_out])
    one = rows.iloc[0]
    of = f"{one['scenario']} minus {one['baseline']}" if one["baseline"] else one["scenario"]
    head = f"{EVERYTHING[one['measure']].title}, {of}: {len(rows)} unknowns, {one['trajectories']} trajectories"
    return "\n".join([head, *screen.columns(cells)])
