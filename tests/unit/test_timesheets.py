"""What work takes out of somebody: a conversation, and a visit however many stretches it is written down in."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim.domain.goodwill import Dynamics
from sim.domain.scenario import Step
from sim.model.simulate import run
from sim.place.stock import standing_stock
from tests.story import done
from tests.tiny import KEY, UNIVERSAL_STEP, answering, call, family, setting, tiny

NOTHING_ELSE = Dynamics(on=True, drain_per_call=0.01, drain_per_visit=0.1, funded_multiple=1.0)


def test_a_visit_that_a_telephone_call_splits_drains_once() -> None:
    """Catches a drain for each line of the timesheet: two conversations and one visit, in two stretches."""
    scenario = tiny(
        answering=answering(ring_back_after=0.25),
        ladder=(Step("team", "nurses", math.inf), UNIVERSAL_STEP),
        dynamics=NOTHING_ELSE,
    )
    calls = [call(9.75, visit=True, talk=0.25, visit_hours=2.0), call(10.5, family=1, talk=0.5)]
    laid = setting(scenario, [family()] * 2, calls)
    laid = replace(laid, stock=standing_stock(scenario, laid.staff, laid.duties, KEY))
    ledger = run(scenario, laid, KEY)
    assert len(done(ledger, "visit")) == 2
    assert laid.stock is not None
    assert laid.stock.at(0, 24.0) == pytest.approx(1.0 - 0.1 - 2 * 0.01)


@pytest.mark.parametrize(("kind", "drain"), [({"visit": False}, 0.01), ({"visit": True, "talk": 0.0}, 0.1)])
def test_paid_work_drains_a_part_of_what_unpaid_work_does(kind: dict[str, object], drain: float) -> None:
    scenario = tiny(dynamics=replace(NOTHING_ELSE, funded_multiple=0.25))
    laid = setting(scenario, [family()], [call(10.0, **kind)])
    laid = replace(laid, stock=standing_stock(scenario, laid.staff, laid.duties, KEY))
    run(scenario, laid, KEY)
    assert laid.stock is not None
    assert laid.stock.at(0, 24.0) == pytest.approx(1.0 - 0.25 * drain)
