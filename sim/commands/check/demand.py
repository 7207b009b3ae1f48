"""``oncall-sim check demand``: are children, episodes and calls like those that are published?"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim import screen
from sim.commands.check.funded import each_patch
from sim.commands.destination import folder_of, put
from sim.commands.pipeline import configurations
from sim.commands.plans import command_of, plan_of, shows_configuration
from sim.commands.shown import show_rows
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.checked import DIFFERS, Finding, row, text
from sim.experiment.demand_checks import check_demand, died_outside_hospital
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.study import Study
from sim.experiment.team_calls import check_each
from sim.request import Request

CHECKED_TABLES = 40  # enough for every check of the shipped scenarios to be decided


def demand(request: Request) -> int:
    """Children, episodes and calls against what is published, and with runs=N also what only a run can tell; 1 when
    something differs."""
    overrides, runs = list(request.overrides), request.whole("runs")
    if not any(word.startswith("replications=") for word in overrides):
        overrides.append(f"replications={CHECKED_TABLES}")
    own = {"of": "demand", "runs": str(runs)}
    watch, study = Stopwatch(), studies.design("check", [plan_of(request.scenario, overrides, request)], own)
    if study.scenarios[0].demand.log is not None:
        raise BadInput("demand.kind = log: check demand is for families that are drawn; choose demand.kind=families")
    simulated = [f"runs={runs}"] if runs else []
    command = command_of(request, [f"scenario={request.scenario}", *overrides, *simulated])
    if shows_configuration(study.plans, request):
        return 0
    folder = folder_of(study, request) if study.settings.out else None
    show_rows(study.plans)
    with screen.progress(f"{request.scenario}: {study.replications} demand tables") as progress:
        findings = check_demand(study.scenarios[0], study.seed, study.replications, progress)
    patch = each_patch(request.scenario, overrides, request)
    with screen.progress(f"{request.scenario}: the EACH patch, {study.workers} at a time") as progress:
        findings += check_each(patch, study.seed, study.replications, study.workers, progress)
    if runs:
        with screen.progress(f"{request.scenario}: {runs} simulated, {study.workers} at a time") as progress:
            findings.append(died_outside_hospital(study.scenarios[0], study.seed, runs, study.workers, progress))
    print(text(findings))
    if folder:
        print(put(study, folder, request, *_written(study, findings), manifest(study, command, watch)))
    return int(any(finding.verdict == DIFFERS for finding in findings))


def _written(study: Study, findings: Sequence[Finding]) -> tuple[dict[str, pd.DataFrame], dict[str, bytes | str]]:
    """The checks as a table, beside the configuration they were made with."""
    table = pd.DataFrame([row(finding) for finding in findings])
    return {"checks.csv": table}, configurations(study.plans)
