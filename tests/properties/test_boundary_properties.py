"""What the overlay ``boundary`` does in every world: nothing at home, nothing but what it says abroad."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.domain.overlays import Boundary, Overlays
from sim.domain.scenario import Scenario
from sim.ledger import Ledger
from sim.model import simulate
from tests.properties.test_invariants import holds, small_worlds
from tests.tiny import england

THREE = "areas=[QOX,QR1,QSL]"
CERTAIN = Boundary(True, 1.0, 1.0, 1.0, 0.25)
few = settings(max_examples=25, deadline=None, derandomize=True, database=None)


def with_boundary(scenario: Scenario, boundary: Boundary) -> Scenario:
    return replace(scenario, overlays=Overlays(boundary=boundary))


def acts_beyond(ledger: Ledger) -> set[tuple[int, int]]:
    """Rows (person, call) of work done for a family of another area."""
    demand, home = ledger.setting.demand, ledger.setting.staff.area
    area = demand.families.area[demand.calls.family]
    return {(row[0], row[1]) for row in ledger.tasks.rows if home[row[0]] != area[row[1]]}


@few
@given(small_worlds(), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.sampled_from((0.0, 0.5, 1.0)))
def test_every_invariant_holds_with_boundaries(
    scenario: Scenario, visit: float, phone: float, no_record: float
) -> None:
    """Catches work counted twice or outside a duty, a call without an end, and a refusal or a lost record at home."""
    scenario = with_boundary(scenario, Boundary(True, visit, phone, no_record, 0.25))
    ledger = simulate(scenario, 1, 0)
    holds(scenario, ledger)
    demand, home = ledger.setting.demand, ledger.setting.staff.area
    area = demand.families.area[demand.calls.family]
    assert all(home[row[2]] != area[row[0]] for row in ledger.beyond.rows)
    subjects = [row[:4] for row in ledger.beyond.rows]
    assert len(subjects) == len(set(subjects))


@few
@given(small_worlds())
def test_nobody_works_beyond_the_boundary_when_nobody_can(scenario: Scenario) -> None:
    """Catches a way round: standby, extra help, a second person, a hand-over, a telephone in another home."""
    assert acts_beyond(simulate(with_boundary(scenario, CERTAIN), 1, 0)) == set()


@few
@given(small_worlds())
def test_numbers_of_no_effect_have_none(scenario: Scenario) -> None:
    """Catches a draw, or an order of candidates, that moves because the overlay is on."""
    plain = simulate(scenario, 1, 0)
    on = simulate(with_boundary(scenario, Boundary(True, 0.0, 0.0, 0.0, 0.25)), 1, 0)
    assert repr(on.calls.rows) == repr(plain.calls.rows)
    assert on.beyond.rows == []
    assert on.tasks.rows == plain.tasks.rows


@pytest.mark.parametrize("name", ["icb_rota", "current_patchwork"])
def test_a_pool_of_one_area_has_no_boundary(name: str) -> None:
    """Catches refusals at home: every team of these scenarios serves the one area its people live in."""
    scenario = england(name, THREE, "weeks=26", "warmup_weeks=0")
    assert all(len(team.areas) == 1 for team in scenario.teams)
    plain, on = (simulate(chosen, 1, 0) for chosen in (scenario, with_boundary(scenario, CERTAIN)))
    assert len(plain.tasks) > 20
    assert repr(on.calls.rows) == repr(plain.calls.rows)
    assert on.tasks.rows == plain.tasks.rows
    assert on.beyond.rows == []


def test_a_regional_rota_feels_it() -> None:
    """Catches an overlay that is read and never asked: fewer calls are met, and the same families call."""
    scenario = england("regional_rota", THREE, "weeks=26", "warmup_weeks=0")
    plain, on = (simulate(chosen, 1, 0) for chosen in (scenario, with_boundary(scenario, CERTAIN)))
    met = [sum(ledger.calls.column("outcome") == "met") for ledger in (plain, on)]
    assert acts_beyond(plain)
    assert acts_beyond(on) == set()
    assert met[1] < met[0]
