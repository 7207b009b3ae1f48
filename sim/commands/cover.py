"""``oncall-sim cover``: who would have nobody funded to come, without simulating a call."""

from __future__ import annotations

from sim.asked import Asked
from sim.commands.planned import chosen_scenario, command_of, do, plan_of
from sim.experiment import study as studies


def answer(asked: Asked) -> None:
    """Uncovered child-hours and child-nights of one scenario, from episodes and duties alone."""
    chosen, overrides = chosen_scenario(asked.words[1:], "scenario")
    study = studies.design("cover", [plan_of(chosen, overrides, asked)])
    do([(study, command_of("cover", [f"scenario={chosen}", *overrides], asked))], asked)
