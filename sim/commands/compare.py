"""``oncall-sim compare``: several scenarios on the same families."""

from __future__ import annotations

from sim.asked import Asked, listed
from sim.commands.planned import chosen_scenario, command_of, do, plans_of
from sim.errors import BadInput
from sim.experiment import study as studies


def answer(asked: Asked) -> None:
    """Several scenarios on the same families; the first is the baseline."""
    chosen, overrides = chosen_scenario(asked.words[1:], "scenarios")
    names = listed(f"scenarios={chosen}")
    if len(names) < 2:
        raise BadInput(f"scenarios={chosen}: a comparison needs two or more: 'scenarios=[a,b]', the baseline first")
    study = studies.design("compare", plans_of(names, overrides, asked))
    do([(study, command_of("compare", [f"scenarios={chosen}", *overrides], asked))], asked)
