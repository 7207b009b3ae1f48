"""``oncall-sim solve p0``: the p0 at which a share of children die outside hospital."""

from __future__ import annotations

from sim import screen
from sim.commands.pipeline import show_rows
from sim.commands.plans import plan_with, shows_configuration
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.solve import MEASURE, solve_p0
from sim.request import Request


def solve(request: Request) -> None:
    """What p0 must be for a share of children to die outside hospital, and how sure that is."""
    target = request.number("target")
    study = studies.design("solve", [plan_with(request)])
    if study.settings.out:
        raise BadInput(f"out={study.settings.out}: solve prints p0 and writes nothing; take it out")
    if shows_configuration(study.plans, request):
        return
    show_rows(study.plans)
    with screen.progress(f"{request.scenario}: {study.replications} replications for each p0 tried") as progress:
        found = solve_p0(study.scenarios[0], study.seed, study.replications, study.workers, target, progress)
    rows = [["p0", MEASURE, "95 % interval"]]
    for one in sorted(found.tried, key=lambda tried: tried.p0):
        rows.append([f"{one.p0:.4f}", f"{one.share:.4f}", f"{one.low:.4f} to {one.high:.4f}"])
    print("\n".join(screen.columns(rows)))
    print(f"p0 = {found.p0:.3f} ({found.low:.3f} to {found.high:.3f}) gives {target:g}", end="; ")
    print(f"{study.replications} replications, seed {study.seed}, configuration {study.fingerprint[:8]}")
