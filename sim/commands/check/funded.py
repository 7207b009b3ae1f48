"""What is held against evidence of care round the clock: a rota funded in every area, with the families asked for."""

from __future__ import annotations

from collections.abc import Sequence

from sim.commands.plans import plan_of
from sim.domain.scenario import Scenario
from sim.experiment.team_calls import with_families_of
from sim.request import Request

FUNDED = "icb_rota"  # a nurse who visits and a consultant on the telephone at every hour, in every area
EACH_PATCH = ("area_table=each", "areas=all")
WHERE = ("areas", "area_table")


def under_a_funded_rota(chosen: str, overrides: Sequence[str], request: Request) -> Scenario:
    """The families of a scenario and its changes, with the people and rotas of FUNDED. Raises BadInput."""
    where = [word for word in overrides if _is_where(word)]
    families = plan_of(chosen, overrides, request).scenario
    return with_families_of(families, plan_of(FUNDED, where, request).scenario)


def each_patch(chosen: str, overrides: Sequence[str], request: Request) -> Scenario:
    """The same in the areas of the EACH symptom team, whatever areas were asked for. Raises BadInput."""
    elsewhere = [word for word in overrides if not _is_where(word)]
    return under_a_funded_rota(chosen, [*elsewhere, *EACH_PATCH], request)


def _is_where(word: str) -> bool:
    return word.lstrip("+").split("=")[0].split(".")[0] in WHERE
