"""``oncall-sim compare``: several scenarios on the same families."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.commands.pipeline import Planned, make_all
from sim.commands.plans import TWIN, command_of, plans_of
from sim.config import Plan, of_library
from sim.config.register import LAWS_READ, UNCERTAINTY, at_draws
from sim.config.structure import STRUCTURE, under_structures
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.own_keys import items, near
from sim.request import Request
from sim.verbs import OFF

if TYPE_CHECKING:
    from sim.experiment.posterior import Posterior


def compare(request: Request) -> None:
    """Several scenarios on the same families; the first is the baseline, unless another is named."""
    names = scenarios_of(request)
    if len(names) < 2:
        raise BadInput(
            f"{request.words[0]}: a comparison needs two or more: 'scenarios=[a,b]', the baseline first, or library=all"
        )
    plans = plans_of(names, request.overrides, request, request.pair)
    plans = baseline_first(plans, request.text("against"))
    asked = request.text(UNCERTAINTY)
    many = 0 if asked == OFF else int(asked)
    laws = laws_of(request, many, plans[0].settings.seed)
    study = studies.design("compare", plans, uncertainty_of(many, laws) | structures_of(request))
    make_all([Planned(study, command_of(request), laws=laws)], request)


def baseline_first(plans: list[Plan], baseline: str) -> list[Plan]:
    """The plans with the chosen baseline, and its twin without goodwill, before all others; as they are if none is.

    Raises BadInput for a scenario that is not among them.
    """
    names = [plan.scenario.name for plan in plans]
    if baseline and baseline not in names:
        hint = near(baseline, names) or f"; write one of {', '.join(names)}"
        raise BadInput(f"against = {baseline}: must be one of the scenarios that are compared{hint}")
    return sorted(plans, key=lambda plan: bool(baseline) and plan.scenario.name not in (baseline, f"{baseline}{TWIN}"))


def scenarios_of(request: Request) -> list[str]:
    """The scenarios that are compared, by name or path. Raises BadInput for what the library does not have."""
    if "library" in request.own:
        return of_library(request.several("library"), request.config_dir)
    return list(items(f"scenarios={request.scenario}"))


def structures_of(request: Request) -> dict[str, str]:
    """The alternative structures that a study is repeated under; nothing if it is not. Raises BadInput."""
    return under_structures(request.several(STRUCTURE) if STRUCTURE in request.own else ())


def uncertainty_of(many: int, laws: Posterior | None) -> dict[str, str]:
    """What a study knows of the draws of what nobody knows: how many, and by which laws; or nothing."""
    return at_draws(many) | (laws.identity() if laws else {})


def laws_of(request: Request, many: int, seed: int) -> Posterior | None:
    """Laws in the place of those of the register, for so many draws; None where none are named. Raises BadInput."""
    if LAWS_READ not in request.own:
        return None
    said = request.text(LAWS_READ)
    if not many:
        raise BadInput(f"laws = {said}: read only for draws of what nobody knows; write uncertainty=64 beside it")
    from sim.experiment.own_laws import read_laws

    return read_laws(said, many, seed)
