"""Goodwill as a stock: what its rates were chosen to do, and what no rate of calls alone can do.

These are regression tests in expectation, not validation: the rates were chosen so that burnout comes near
the published prevalences (39 % of palliative physicians, 11-17 % of hospice staff).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import special

from sim.domain.goodwill import Dynamics
from sim.measures import measure
from sim.model import simulate
from sim.place.stock import Stock, burnt_out, hours_by_day
from tests.tiny import england

SEED, REPLICATIONS = 1, 3
RATES = Dynamics(True, 0.015, 0.005, 0.015, 0.3, 0.01, 0.6, 0.3)


def prevalence(scenario_name: str, role: str, *overrides: str) -> float:
    """Share of person-days burnt out in the second year of a rota."""
    words = ("goodwill.dynamics.on=true", "warmup_weeks=52", *overrides)
    scenario = england(scenario_name, *words)
    burnt = days = 0.0
    for replication in range(REPLICATIONS):
        for row in measure(simulate(scenario, SEED, replication), scenario):
            if (row.measure, row.group, row.level) == ("burnt_out_share", "role", role):
                burnt, days = burnt + row.numerator, days + row.denominator
    return burnt / days


def steady_state(one_in_n: float, dynamics: Dynamics = RATES) -> float:
    """Share burnt out in the long run: G settles at start - susceptibility x drain a day / recovery."""
    u = (np.arange(400) + 0.5) / 400
    start = special.betaincinv(8.0, 2.0, u)[:, None]
    susceptibility = np.exp(dynamics.susceptibility_sd * special.ndtri(u))[None, :]
    drained = dynamics.drain_per_24_hours * (128 / 168) / one_in_n
    return float((start - susceptibility * drained / dynamics.recovery_per_day < dynamics.burnt_out_below).mean())


def test_about_a_third_of_consultants_at_1_in_3_burn_out():
    assert 0.25 < prevalence("icb_rota", "consultant") < 0.45
    assert 0.30 < steady_state(3.0) < 0.45


def test_about_one_in_seven_specialist_nurses_at_1_in_5():
    five = "teams.specialist_nurses.people=5"
    assert 0.08 < prevalence("regional_rota", "specialist_nurse", five) < 0.20  # 35 people, three years
    assert 0.10 < steady_state(5.0) < 0.20


def test_nobody_burns_out_when_only_calls_drain():
    assert prevalence("icb_rota", "consultant", "goodwill.dynamics.drain_per_24_hours_on_call=0") == 0.0


def test_a_rota_twice_as_frequent_burns_more():
    often = prevalence("regional_rota", "consultant", "teams.consultants.people=3")
    assert often > prevalence("regional_rota", "consultant") + 0.1


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_only_the_ratio_of_drain_to_recovery_can_be_told(factor):
    """The ridge: both rates halved or doubled fit the two published prevalences equally well."""
    other = replace(RATES, drain_per_24_hours=0.015 * factor, recovery_per_day=0.01 * factor)
    assert (steady_state(3.0, other), steady_state(5.0, other)) == (steady_state(3.0), steady_state(5.0))


def stock(drained: list[float], start: float = 0.8) -> Stock:
    return Stock(RATES, np.array([start]), np.ones(1), np.array([drained]), np.array([-1]))


def test_a_stock_drains_and_recovers_by_hand():
    """0.8, less 0.1 on the second day; each night a hundredth of what is missing comes back."""
    path = stock([0.0, 0.1, 0.0]).path()[0]
    assert path.tolist() == pytest.approx([0.8, 0.7 + 0.001, 0.701 + 0.00099])


def test_looking_day_by_day_agrees_with_the_path():
    """Catches a drain applied on the wrong day, or recovery forgotten over days nobody looked."""
    rng = np.random.default_rng(1)
    drained = (rng.random(60) * 0.05).tolist()
    path = stock(drained).path()[0]
    looked = stock(drained)
    for day in (3, 4, 20, 59):
        before = path[day - 1] - drained[day]
        assert looked.at(0, day * 24.0 + 12.0) == pytest.approx(max(before, 0.0))


def test_work_counts_at_once_and_stays_in_the_path():
    one = stock([0.0, 0.0, 0.0])
    one.drain(0, 30.0, 0.2)
    assert one.at(0, 31.0) == pytest.approx(0.6)
    assert one.path()[0, 1] == pytest.approx(0.6 + 0.002)


def test_whoever_takes_a_post_begins_anew():
    two = Stock(RATES, np.array([0.8]), np.ones(1), np.array([[0.5, 0.0, 0.0]]), np.array([2]))
    assert two.path()[0].tolist() == pytest.approx([0.305, 0.31, 0.8], abs=2e-3)


def test_burnt_out_is_the_mean_of_28_days():
    """One bad day is not burnout; 28 days below the threshold are."""
    path = np.array([[0.9] * 28 + [0.0] * 28])
    burnt = burnt_out(RATES, path)[0]
    assert not burnt[:46].any()
    assert burnt[47:].all()


def test_hours_by_day_by_hand():
    """20:00 to 10:00 two days on: four hours, twenty-four, ten."""
    found = hours_by_day(np.array([20.0]), np.array([58.0]), np.array([0]), 1, 4)
    assert found.tolist() == [[4.0, 24.0, 10.0, 0.0]]
