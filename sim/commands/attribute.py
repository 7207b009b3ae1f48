"""``oncall-sim attribute``: what each cause of unmet demand is worth."""

from __future__ import annotations

from sim.commands.pipeline import Planned, make_all
from sim.commands.plans import command_of, plan_with
from sim.experiment import study as studies
from sim.experiment.attribute import VERB, plans
from sim.request import Request


def attribute(request: Request) -> None:
    """What each cause of unmet demand is worth in one scenario: one taken away at a time, on the same families."""
    study = studies.design(VERB, plans(plan_with(request)))
    make_all([Planned(study, command_of(request))], request)
