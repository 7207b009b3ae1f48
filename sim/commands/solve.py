"""``oncall-sim solve p0``: the p0 at which a share of children die outside hospital."""

from __future__ import annotations

from sim import screen
from sim.asked import Asked
from sim.commands.carry_out import tell_tables
from sim.commands.planned import chosen_or_today, plan_of
from sim.config.written import decimal
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.solve import MEASURE, solve_p0


def answer(asked: Asked) -> None:
    """What p0 must be for a share of children to die outside hospital, and how sure that is."""
    if asked.words[1:2] != ["p0"]:
        raise BadInput(
            f"solve: it solves p0 only: oncall-sim solve p0 [target=0.23]; found {asked.words[1:2] or 'nothing'}"
        )
    words = [word for word in asked.words[2:] if not word.startswith("target=")]
    said = next((word.removeprefix("target=") for word in asked.words[2:] if word.startswith("target=")), "0.23")
    target = decimal(said)
    if not 0 < target < 1:
        raise BadInput(f"target = {said}: a share between 0 and 1, such as target=0.23")
    chosen, overrides = chosen_or_today(words)
    study = studies.design("solve", [plan_of(chosen, overrides, asked)])
    if study.settings.out:
        raise BadInput(f"out={study.settings.out}: solve prints p0 and writes nothing; take it out")
    if asked.only_configuration:
        print(study.plans[0].resolved, end="")
        return
    tell_tables(study.plans)
    with screen.progress(f"{chosen}: {study.replications} replications for each p0 tried") as progress:
        found = solve_p0(study.scenarios[0], study.seed, study.replications, study.workers, target, progress)
    rows = [["p0", MEASURE, "95 % interval"]]
    for one in sorted(found.tried, key=lambda tried: tried.p0):
        rows.append([f"{one.p0:.4f}", f"{one.share:.4f}", f"{one.low:.4f} to {one.high:.4f}"])
    print("\n".join(screen.columns(rows)))
    print(f"p0 = {found.p0:.3f} ({found.low:.3f} to {found.high:.3f}) gives {target:g}", end="; ")
    print(f"{study.replications} replications, seed {study.seed}, configuration {study.fingerprint[:8]}")
