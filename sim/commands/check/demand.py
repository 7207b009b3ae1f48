"""``oncall-sim check demand``: are children, episodes and calls like those that are published?"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim import screen
from sim.asked import Asked
from sim.commands.carry_out import tell_tables
from sim.commands.placed import folder_of, put
from sim.commands.planned import chosen_or_today, command_of, plan_of
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.checked import DIFFERS, Finding, row, text
from sim.experiment.demand_checks import check_demand, check_each, died_outside_hospital
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.study import Study

CHECKED_TABLES = 40  # enough for every check of the shipped scenarios to be decided
EACH_PATCH = ("area_table=each", "areas=all")


def check_demand_of(asked: Asked, runs: int) -> int:
    """Children, episodes and calls against what is published; 1 when something differs. runs: replications to simulate
    for what only a run can tell."""
    words = [word for word in asked.words[2:] if not word.startswith("runs=")]
    if not any(word.startswith("replications=") for word in words):
        words.append(f"replications={CHECKED_TABLES}")
    chosen, overrides = chosen_or_today(words)
    own = {"of": "demand", "runs": str(runs)}
    watch, study = Stopwatch(), studies.design("check", [plan_of(chosen, overrides, asked)], own)
    if study.scenarios[0].demand.log is not None:
        raise BadInput("demand.kind = log: check demand is for families that are drawn; choose demand.kind=families")
    simulated = [f"runs={runs}"] if runs else []
    command = command_of("check", ["demand", f"scenario={chosen}", *overrides, *simulated], asked)
    if asked.only_configuration:
        print(study.plans[0].resolved, end="")
        return 0
    folder = folder_of(study, asked) if study.settings.out else None
    tell_tables(study.plans)
    with screen.progress(f"{chosen}: {study.replications} demand tables") as progress:
        findings = check_demand(study.scenarios[0], study.seed, study.replications, progress)
    findings += check_each(plan_of(chosen, _in_each_patch(overrides), asked).scenario, study.seed, study.replications)
    if runs:
        with screen.progress(f"{chosen}: {runs} simulated, {study.workers} at a time") as progress:
            findings.append(died_outside_hospital(study.scenarios[0], study.seed, runs, study.workers, progress))
    print(text(findings))
    if folder:
        print(put(study, folder, asked, *_written(study, findings), manifest(study, command, watch)))
    return int(any(finding.verdict == DIFFERS for finding in findings))


def _in_each_patch(overrides: Sequence[str]) -> list[str]:
    """The same changes in the areas of the EACH symptom team, whatever areas were asked for."""
    return [*(word for word in overrides if word.split("=")[0] not in ("areas", "area_table")), *EACH_PATCH]


def _written(study: Study, findings: Sequence[Finding]) -> tuple[dict[str, pd.DataFrame], dict[str, bytes | str]]:
    """The checks as a table, beside the configuration they were made with."""
    table = pd.DataFrame([row(finding) for finding in findings])
    return {"checks.csv": table}, {f"scenarios/{plan.scenario.name}.yaml": plan.resolved for plan in study.plans}
