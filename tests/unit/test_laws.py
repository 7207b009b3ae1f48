"""Laws by inversion: their means, their quantiles and their ends."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special

from sim.config.laws import mean_beyond
from sim.demand.laws import category, lognormal, poisson, quantile
from sim.domain.law import LAW_KINDS, Law

MIDPOINTS = (np.arange(200_000) + 0.5) / 200_000
VARYING = [
    Law("exponential", 3.0),
    Law("lognormal", 3.0, cv=0.8),
    Law("gamma", 3.0, shape=1.5),
    Law("weibull", 3.0, shape=2.0),
    Law("weibull", 3.0, shape=0.7),
]


@pytest.mark.parametrize("law", VARYING, ids=lambda law: f"{law.kind} {law.shape} {law.cv}")
def test_the_mean_is_the_mean_that_was_asked_for(law):
    """Catches a rate read as a mean, a scale read as a mean, or the mean of the logarithm."""
    assert quantile(law, MIDPOINTS).mean() == pytest.approx(3.0, rel=2e-4)


@pytest.mark.parametrize("law", [*VARYING, Law("fixed", 3.0)], ids=lambda law: f"{law.kind} {law.shape} {law.cv}")
@pytest.mark.parametrize("limit", [0.5, 2.9, 9.0])
def test_what_lies_beyond_a_limit_is_the_mean_of_what_is_longer(law, limit):
    """By quadrature: catches P(longer) taken for the time that is longer."""
    beyond = np.maximum(quantile(law, MIDPOINTS) - limit, 0.0).mean()
    assert mean_beyond(law, limit) == pytest.approx(beyond, abs=2e-3)


@pytest.mark.parametrize(
    ("law", "median"),
    [
        (Law("exponential", 3.0), 3 * math.log(2)),
        (Law("lognormal", 3.0, cv=0.8), 3 / math.sqrt(1.64)),
        (Law("gamma", 3.0, shape=1.0), 3 * math.log(2)),  # a gamma of shape 1 is exponential
        (Law("weibull", 3.0, shape=1.0), 3 * math.log(2)),
        (Law("weibull", 3.0, shape=2.0), 3 * 2 / math.sqrt(math.pi) * math.sqrt(math.log(2))),
        (Law("fixed", 3.0), 3.0),
        (Law("none", 3.0), 0.0),
        (Law("infinite"), math.inf),
    ],
)
def test_medians(law, median):
    assert quantile(law, np.array(0.5)) == pytest.approx(median)


def test_spread_of_a_lognormal_is_its_coefficient_of_variation():
    durations = lognormal(MIDPOINTS, 2.0, 0.5)
    assert durations.std() / durations.mean() == pytest.approx(0.5, rel=1e-3)


@pytest.mark.parametrize("law", VARYING, ids=lambda law: law.kind)
def test_a_greater_uniform_is_a_longer_duration_and_the_ends_are_finite(law):
    ends = quantile(law, np.array([2.0**-53, 0.25, 0.5, 0.75, 1 - 2.0**-53]))
    assert (np.diff(ends) > 0).all()
    assert ends[0] >= 0
    assert np.isfinite(ends).all()


def test_every_kind_of_law_can_be_drawn_and_no_other():
    for kind in LAW_KINDS:
        assert quantile(Law(kind, 1.0, cv=0.5), np.array([0.3])).shape == (1,)
    with pytest.raises(ValueError, match="'expnential'"):
        quantile(Law("expnential", 1.0), np.array([0.3]))


@pytest.mark.parametrize("mean", [0.01, 0.5, 1.0, 4.2, 12.3, 60.0])
def test_poisson_counts_lie_between_the_exact_probabilities(mean):
    """Catches a count that is one too high or too low at the steps, where a root finder wavers."""
    term, below = math.exp(-mean), 0.0
    for count in range(int(mean + 6 * math.sqrt(mean) + 3)):
        upto = below + term
        if term > 1e-9:
            edges = np.array([below + 1e-12, (below + upto) / 2, upto - 1e-12])
            assert poisson(edges, np.full(3, mean)).tolist() == [count] * 3
        below, term = upto, term * mean / (count + 1)


def test_poisson_is_the_smallest_count_that_suffices_exactly_at_the_steps():
    """Catches a root finder that lands just above a whole number and is rounded up."""
    count, mean = (column.ravel() for column in np.meshgrid(np.arange(1, 40.0), np.linspace(0.05, 30, 400)))
    step = special.pdtr(count, mean)
    here = (step > 1e-9) & (step < 1 - 1e-9)
    count, mean, step = count[here], mean[here], step[here]
    np.testing.assert_array_equal(poisson(step, mean), count)
    np.testing.assert_array_equal(poisson(step + 1e-12, mean), count + 1)


def test_poisson_at_its_ends():
    assert poisson(np.array([1e-300, 0.999999]), np.zeros(2)).tolist() == [0, 0]
    assert poisson(np.array([2.0**-53]), np.array([5.0])).tolist() == [0]
    assert poisson(np.array([0.5]), np.array([1000.0])).tolist() == [1000]
    assert np.isfinite(poisson(np.array([1 - 2.0**-53]), np.array([12.0]))).all()


def test_poisson_has_its_mean_and_variance():
    counts = poisson(MIDPOINTS, np.full(len(MIDPOINTS), 7.3))
    assert counts.mean() == pytest.approx(7.3, rel=1e-3)
    assert counts.var() == pytest.approx(7.3, rel=2e-3)


def test_categories_begin_at_their_edge():
    """Catches a share that is one draw too wide, and a last share lost to a rounding of the sum."""
    shares = np.array([0.25, 0.5, 0.25])
    assert category(np.array([0.0, 0.2499, 0.25, 0.7499, 0.75, 1 - 2.0**-53]), shares).tolist() == [0, 0, 1, 1, 2, 2]
    tenths = np.full(10, 0.1)
    assert category(np.array([1 - 2.0**-53]), tenths).tolist() == [9]


def test_categories_with_a_share_of_nothing_are_never_drawn():
    assert set(category(MIDPOINTS, np.array([0.0, 0.5, 0.0, 0.5])).tolist()) == {1, 3}


def test_each_row_may_have_shares_of_its_own():
    assert category(np.array([0.4, 0.4]), np.array([[0.5, 0.5], [0.3, 0.7]])).tolist() == [0, 1]
