"""``oncall-sim pool``: the same people in rotas of their own, in pairs, in regions and as one, on the same families.

``pool break-even``, ``pool clusters`` and ``pool fewest`` are commands of their own.
"""

from __future__ import annotations

from sim import __version__, results, screen
from sim.asked import Asked, listed
from sim.commands.carry_out import resume, tell_tables
from sim.commands.placed import folder_of, is_there, put
from sim.commands.planned import chosen_scenario, command_of, plan_of
from sim.commands.pool import break_even, clusters, fewest
from sim.commands.pool.asked import Pooling, own_keys, read
from sim.commands.pool.study import about, tables_and_page
from sim.commands.pool.text import text
from sim.commands.pool.variants import plans, warnings
from sim.errors import BadInput
from sim.experiment.conduct import conduct
from sim.experiment.pooled import pool_study
from sim.experiment.provenance import Stopwatch, manifest

__all__ = ["Pooling", "answer", "own_keys", "plans", "read", "tables_and_page", "text", "warnings"]

OTHERS = {"break-even": break_even.answer, "clusters": clusters.answer, "fewest": fewest.answer}


def answer(asked: Asked) -> None:
    """The pooling curve: every grouping of the same people on the same families, with goodwill and without.

    Runs that were finished before are not made again.
    """
    if (other := asked.words[1] if len(asked.words) > 1 else "") in OTHERS:
        OTHERS[other](asked)
        return
    own, words = own_keys(asked.words[1:])
    pooling = read(own, listed)
    chosen, overrides = chosen_scenario(words, "scenario")
    made = plans(pooling, lambda changes: plan_of(chosen, [*overrides, *changes], asked))
    watch, study = Stopwatch(), pool_study(made, chosen.split("/")[-1].removesuffix(".yaml"), pooling.roles)
    if asked.only_configuration:
        print("---\n".join(plan.resolved for plan in study.plans), end="")
        return
    if study.settings.keep != "none":
        raise BadInput(f"keep = {study.settings.keep}: pool keeps tables alone; `run` keeps units and ledgers")
    folder = folder_of(study, asked)
    if is_there(study, folder, asked):
        print(folder)
        return
    for line in warnings(pooling, made):
        screen.say(line)
    title = f"{study.title}: {study.replications} x {len(study.plans)} runs, {study.workers} at a time"
    with results.working(folder) as shelf:
        resume(study, shelf)
        tell_tables(study.plans)
        with screen.progress(title) as progress:
            found = conduct(study, shelf, progress)
        screen.say("estimating, and drawing charts and the page")
        tables, drawn = tables_and_page(study, pooling, found.seen)
        said = [f"scenario={chosen}", *(f"{key}={value}" for key, value in own.items()), *overrides]
        files = {f"scenarios/{plan.scenario.name}.yaml": plan.resolved for plan in study.plans}
        behind = manifest(study, command_of("pool", said, asked), watch, found)
        behind |= {"about": about(study, pooling, __version__)}
        folder = put(study, folder, asked, tables, {**files, **drawn}, behind)
        shelf.discard()
    print(text(tables["pooling.csv"], tables["gains.csv"], pooling.roles))
    print(folder)
