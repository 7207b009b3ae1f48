"""``oncall-sim attribute``: what each cause of unmet demand is worth."""

from __future__ import annotations

from sim.asked import Asked
from sim.commands.planned import chosen_scenario, command_of, do, plan_of
from sim.experiment import study as studies
from sim.experiment.attribute import VERB, plans


def answer(asked: Asked) -> None:
    """What each cause of unmet demand is worth in one scenario: one taken away at a time, on the same families."""
    chosen, overrides = chosen_scenario(asked.words[1:], "scenario")
    study = studies.design(VERB, plans(plan_of(chosen, overrides, asked)))
    do([(study, command_of(VERB, [f"scenario={chosen}", *overrides], asked))], asked)
