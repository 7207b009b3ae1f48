"""``oncall-sim uncertainty``: scenarios at joint draws of everything that nobody knows, for all that is asked of them
afterwards without another run.
"""

from __future__ import annotations

from sim.commands.compare import laws_of, scenarios_of, structures_of, uncertainty_of
from sim.commands.pipeline import Planned, make_all
from sim.commands.plans import command_of, plans_of
from sim.experiment import study as studies
from sim.request import Request


def uncertainty(request: Request) -> None:
    """One scenario or more at draws; the first is the baseline."""
    plans = plans_of(scenarios_of(request), request.overrides, request, pair=False)
    many = request.whole("draws")
    laws = laws_of(request, many, plans[0].settings.seed)
    study = studies.design("uncertainty", plans, uncertainty_of(many, laws) | structures_of(request))
    make_all([Planned(study, command_of(request), laws=laws)], request)
