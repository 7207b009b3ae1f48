"""``oncall-sim verify``: the engine against known answers: which cases, how long, and the table."""

from __future__ import annotations

from sim import screen
from sim.commands.shown import show_rows
from sim.config import cases, plan
from sim.experiment import verified
from sim.experiment import verify as verification
from sim.experiment.execute import usable_cores
from sim.request import Request


def verify(request: Request) -> int:
    """Run the cases named (all that are shipped, if none is), print the table; 0 if everything agrees, else 1.

    Raises BadInput for a case that is not there, or of which nothing is known.
    """
    overrides = [f"seed={request.own['seed']}"] if "seed" in request.own else []
    length = request.text("plan")
    plans = [plan(str(file), overrides, request.config_dir) for file in cases(request.names)]
    chosen = [
        verification.case(one.scenario, one.known, one.settings.seed, one.settings.replications, fast=length == "fast")
        for one in plans
    ]
    workers = request.whole("workers") if "workers" in request.own else usable_cores()
    show_rows(plans)
    with screen.progress(f"Cases: {len(chosen)}, {length} plan, {workers} at a time") as progress:
        compared = verification.verify(chosen, workers, progress)
    print(verified.text(compared))
    return 0 if verification.all_agree(compared) else 1
