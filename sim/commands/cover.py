"""``oncall-sim cover``: who would have nobody funded to come, without simulating a call."""

from __future__ import annotations

from sim.commands.pipeline import Planned, make_all
from sim.commands.plans import command_of, plan_with
from sim.experiment import study as studies
from sim.request import Request


def cover(request: Request) -> None:
    """Uncovered child-hours and child-nights of one scenario, from episodes and duties alone."""
    study = studies.design("cover", [plan_with(request)])
    make_all([Planned(study, command_of(request))], request)
