"""``oncall-sim uncertainty``: scenarios at joint draws of everything that nobody knows, for all that is asked of them
afterwards without another run.
"""

from __future__ import annotations

from sim.commands.compare import scenarios_of, structures_of
from sim.commands.pipeline import Planned, make_all
from sim.commands.plans import command_of, plans_of
from sim.config.register import LAWS_READ, at_draws
from sim.experiment import study as studies
from sim.request import Request


def uncertainty(request: Request) -> None:
    """One scenario or more at draws; the first is the baseline."""
    plans = plans_of(scenarios_of(request), request.overrides, request, pair=False)
    many, laws = request.whole("draws"), None
    if LAWS_READ in request.own:
        from sim.experiment.own_laws import read_laws

        laws = read_laws(request.text(LAWS_READ), many, plans[0].settings.seed)
    own = at_draws(many) | (laws.identity() if laws else {}) | structures_of(request)
    study = studies.design("uncertainty", plans, own)
    make_all([Planned(study, command_of(request), laws=laws)], request)
