"""``oncall-sim solve``: what goodwill must make possible, for as many children to die outside hospital as do today."""

from __future__ import annotations

from sim import screen
from sim.commands.pipeline import show_rows
from sim.commands.plans import plan_with, shows_configuration
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.solve import MEASURE, lines, no_solution
from sim.experiment.solve import solve as solution
from sim.request import Request


def solve(request: Request) -> None:
    """The g at which a share of children die outside hospital, for the a of the scenario, and how sure that is."""
    target = request.number("target")
    study = studies.design("solve", [plan_with(request)])
    if study.settings.out:
        raise BadInput(f"out={study.settings.out}: solve prints a number and writes nothing; take it out")
    if shows_configuration(study.plans, request):
        return
    show_rows(study.plans)
    scenario = study.scenarios[0]
    anyway = scenario.place.home_anyway
    with screen.progress(f"{request.scenario}: {study.replications} replications for each g tried") as progress:
        (line,) = lines(scenario, [anyway], study.seed, study.replications, study.workers, progress)
    found = solution(line, target)
    if found is None:
        raise no_solution(line, target)
    rows = [["place.goodwill_makes_home", MEASURE, "95 % interval"]]
    rows += [[f"{one.goodwill:.4f}", f"{one.share:.4f}", f"{one.low:.4f} to {one.high:.4f}"] for one in line.tried]
    print("\n".join(screen.columns(rows)))
    print(f"place.goodwill_makes_home = {found.goodwill:.2f} ({found.low:.2f} to {found.high:.2f})", end=" ")
    print(f"gives {target:g} where place.home_anyway is {anyway:g}", end="; ")
    print(f"{study.replications} replications, seed {study.seed}, configuration {study.fingerprint[:8]}")
