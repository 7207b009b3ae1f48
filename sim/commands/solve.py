"""``oncall-sim solve``: what goodwill must make possible, for as many children to die outside hospital as do today."""

from __future__ import annotations

from collections.abc import Sequence

from sim import screen
from sim.commands.plans import plan_with, shows_configuration
from sim.commands.shown import show_rows
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.solve import ANYWAY, MEASURE, Line, identified, lines, no_solution, published, spread
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
    tried = list(dict.fromkeys([anyway, ANYWAY[0], ANYWAY[-1]]))
    with screen.progress(f"{request.scenario}: {study.replications} replications for each g tried") as progress:
        line, *others = lines(scenario, tried, study.seed, study.replications, study.workers, progress)
    found = solution(line, target)
    if found is None:
        raise no_solution(line, target)
    rows = [["place.goodwill_makes_home", MEASURE, "95 % interval"]]
    rows += [[f"{one.goodwill:.4f}", f"{one.share:.4f}", f"{one.low:.4f} to {one.high:.4f}"] for one in line.tried]
    print("\n".join(screen.columns(rows)))
    print(f"place.goodwill_makes_home = {found.goodwill:.2f}", end=" ")
    print(f"gives {target:g} where place.home_anyway is {anyway:g}", end="; ")
    print(f"{study.replications} replications, seed {study.seed}, configuration {study.fingerprint[:8]}")
    print("\n".join(screen.columns(_how_sure((found.low, found.high), line, others, target))))


def _how_sure(chance: tuple[float, float], line: Line, others: Sequence[Line], target: float) -> list[list[str]]:
    """The range of g over more and more of what is unknown, and whether the target says anything about it."""
    targets = published(target)
    of_target, of_all = spread([line], targets), spread([line, *others], targets)
    told = f"{targets[0]:g} to {targets[-1]:g}, as published" if len(targets) > 1 else f"{target:g}: no range published"
    verdict = "the target identifies it" if identified(*of_all) else "the target does not identify it"
    return [
        ["unknown", "place.goodwill_makes_home"],
        ["chance, 95 % interval", _range(chance)],
        [f"and the target, {told}", _range(of_target)],
        [f"and place.home_anyway, {ANYWAY[0]:g} to {ANYWAY[-1]:g}", f"{_range(of_all)}: {verdict}"],
    ]


def _range(ends: tuple[float, float]) -> str:
    return f"{ends[0]:.2f} to {ends[1]:.2f}"
