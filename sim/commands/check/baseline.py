"""``oncall-sim check baseline``: do the national figures of today's patchwork agree with what is known of today?"""

from __future__ import annotations

import pandas as pd

from sim import screen
from sim.commands.check.funded import each_patch, under_a_funded_rota
from sim.commands.destination import folder_of, put
from sim.commands.pipeline import configurations
from sim.commands.plans import command_of, plans_of, shows_configuration
from sim.commands.shown import show_rows
from sim.config.library import BASELINE
from sim.config.ridge import shipped_ridge
from sim.experiment import study as studies
from sim.experiment.baseline import Unpublished, check_baseline
from sim.experiment.checked import DIFFERS, row, text
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.validation import found, page
from sim.request import Request

OWN = {"of": "baseline"}  # what tells it from other checks


def baseline(request: Request) -> int:
    """National figures against the evidence, and what goodwill masks; 1 when something differs.

    With out=DIR also the table, and the page that stands in the documentation.
    """
    chosen, overrides = request.scenario, request.overrides
    watch, study = Stopwatch(), studies.design("check", plans_of([chosen], overrides, request, pair=True), OWN)
    if shows_configuration(study.plans[:1], request):
        return 0
    folder = folder_of(study, request) if study.settings.out else None
    funded, patch = (make(chosen, overrides, request) for make in (under_a_funded_rota, each_patch))
    show_rows(study.plans)
    pair = (study.scenarios[0], study.scenarios[1])
    with screen.progress(f"{chosen}: {study.replications} years, with and without goodwill, and funded") as progress:
        findings, unpublished, behind = check_baseline(
            pair, funded, patch, study.seed, study.replications, study.workers, progress
        )
    print(text(findings))
    print("\n".join(screen.columns([["not published", "today", "without goodwill"], *map(_line, unpublished)])))
    rows = [["behind emergency visits, under a funded rota", "for each family at home"]]
    print("\n".join(screen.columns([*rows, *([one.name, found(one.finding)] for one in behind)])))
    if folder:
        command = command_of(request, overrides if chosen == BASELINE else request.words)
        files = configurations(study.plans)
        said = f"{' '.join(command)} out=DIR"
        files["validation.md"] = page(findings, unpublished, behind, said, _run(study), shipped_ridge())
        table = pd.DataFrame([row(finding) for finding in findings])
        print(put(study, folder, request, {"checks.csv": table}, files, manifest(study, command, watch)))
    return int(any(finding.verdict == DIFFERS for finding in findings))


def _line(one: Unpublished) -> list[str]:
    return [one.name, found(one.with_goodwill), found(one.without)]


def _run(study: studies.Study) -> str:
    scenario = study.scenarios[0]
    weeks = f"{scenario.run.warmup_weeks:g} weeks of warm-up and {scenario.run.weeks:g} measured"
    run = f"{len(scenario.areas)} areas, {weeks}, {study.replications} replications, seed {study.seed}."
    a, g = scenario.place.home_anyway, scenario.place.goodwill_makes_home
    return f"{run} `place.home_anyway` (a) is {a:g}, `place.goodwill_makes_home` (g) {g:g}."
