"""``oncall-sim pool``: the same people in rotas of their own, in pairs, in regions and as one, on the same families.

``pool break-even``, ``pool clusters`` and ``pool fewest`` are commands of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import __version__, results, screen
from sim.commands.destination import place_for, put
from sim.commands.pipeline import begin, configurations, run
from sim.commands.plans import command_of, plan_with, shows_configuration
from sim.commands.pool.pooling import Pooling, pooling_of, settled
from sim.commands.pool.study import about, tables_and_page
from sim.commands.pool.text import text
from sim.commands.pool.variants import plans, pooled_plans, warnings
from sim.errors import BadInput
from sim.experiment.pooled import pool_study
from sim.experiment.provenance import Stopwatch, manifest
from sim.request import Request

if TYPE_CHECKING:
    from sim.config import Plan

__all__ = ["Pooling", "plans", "pool", "pooling_of", "tables_and_page", "text", "warnings"]


def pool(request: Request) -> None:
    """The pooling curve: every grouping of the same people on the same families, with goodwill and without.

    Runs that were made before are not made again.
    """

    def make(changes: list[str]) -> Plan:
        return plan_with(request, *changes)

    pooling, first = pooling_of(request), make([])
    pooling = settled(pooling, request, first, pooled_plans(pooling.roles, first.scenario))
    made = plans(pooling, make)
    watch, study = Stopwatch(), pool_study(made, request.base, pooling.roles)
    if shows_configuration(study.plans, request):
        return
    if study.settings.keep != "none":
        raise BadInput(f"keep = {study.settings.keep}: pool keeps tables alone; `run` keeps units and ledgers")
    if (folder := place_for(study, request)) is None:
        return
    for line in warnings(pooling, made):
        screen.say(line)
    with results.working(folder) as shelf:
        begin(study, shelf)
        title = f"{study.title}: {study.replications} x {len(study.plans)} runs, {study.workers} at a time"
        runs = run(study, shelf, title)
        screen.say("estimating, and drawing charts and the page")
        tables, drawn = tables_and_page(study, pooling, runs.seen)
        said = manifest(study, command_of(request), watch, runs) | {"about": about(study, pooling, __version__)}
        folder = put(study, folder, request, tables, {**configurations(study.plans), **drawn}, said)
        shelf.discard()
    print(text(tables["pooling.csv"], tables["gains.csv"], pooling.roles))
    print(folder)
