"""The value of information against what is known exactly, and noise, which is none."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from sim.experiment.even import points
from sim.experiment.information import known, partial, perfect, probability_best
from sim.experiment.smooth import TooMany, of_one, of_several, scores

EVPPI = 0.1977966  # of a gain that is known to be normal with mean 0.5 and SD 1: s phi(m/s) + m Phi(m/s) - m


def places(draws: int, seed: int) -> np.ndarray:
    """Where in its law an unknown lies: once in each of the equal parts, in a chance order."""
    return points(draws, 40, seed)[:, 0]


def gain(draws: int, seed: int = 1, chance: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Where in its law an unknown lies, and the gain that it makes, with noise around it."""
    parts = places(draws, seed)
    noise = chance * np.random.default_rng(seed).normal(size=draws)
    return parts, (0.5 + ndtri(parts) + noise)[None, :]


def test_partial_information_is_worth_what_it_is_known_to_be() -> None:
    """Catches a mean of the best of fitted curves that forgets what deciding now is worth."""
    parts, gains = gain(2048, chance=0.3)
    found = partial(gains, {"a": of_one(parts)})["a"]
    assert found.value == pytest.approx(EVPPI, rel=0.02)
    assert found.low < EVPPI < found.high
    assert found.above_noise


def test_few_draws_are_within_what_the_method_alone_leaves_open() -> None:
    parts, gains = gain(256)
    found = partial(gains, {"a": of_one(parts)})["a"]
    assert found.value == pytest.approx(EVPPI, rel=0.36)
    assert found.low < EVPPI < found.high


def test_an_unknown_that_does_nothing_is_not_above_noise() -> None:
    """Of twenty that do nothing the largest is as large as the border, and the one that decides far above it."""
    parts, gains = gain(128)
    nothing = {f"nothing {n}": of_one(places(128, 100 + n)) for n in range(20)}
    found = partial(gains, {"a": of_one(parts), **nothing})
    assert [name for name, one in found.items() if one.above_noise] == ["a"]
    assert max(one.value for name, one in found.items() if name != "a") > 0  # a curve through noise finds something


def test_perfect_information_without_chance_is_the_mean_of_the_best() -> None:
    gains = np.array([[1.0, -3.0, 2.0, -2.0], [0.0, 1.0, 4.0, -5.0]])
    assert known(gains) == pytest.approx((1 + 1 + 4 + 0) / 4 - 0.0)
    assert perfect(gains)[0] == known(gains)
    assert list(probability_best(gains)) == [0.25, 0.25, 0.5]
    assert known(np.array([[1.0, 2.0, 3.0, 4.0]])) == 0  # the same choice is best everywhere


def test_two_unknowns_that_decide_only_together_are_found_as_a_group() -> None:
    """Catches a group of main effects alone: the product of two has none."""
    one, other = (places(512, seed) for seed in (1, 2))
    gains = (scores(one) * scores(other) + 0.3 * np.random.default_rng(1).normal(size=512))[None, :]
    found = partial(gains, {"one": of_one(one), "both": of_several([one, other])})
    assert not found["one"].above_noise
    assert found["both"].value == pytest.approx(1 / np.pi, rel=0.15)  # E max(0, z z')


def test_a_curve_is_straight_where_the_figure_is_and_flat_where_it_is_noise() -> None:
    parts = places(200, 1)
    assert np.allclose(of_one(parts).fitted(3 + 2 * scores(parts)), 3 + 2 * scores(parts))
    bent = of_one(parts).fitted(np.sin(2 * scores(parts)))
    assert np.corrcoef(bent, np.sin(2 * scores(parts)))[0, 1] > 0.98
    curve = of_one(parts)
    again = curve.refitted(np.sin(2 * scores(parts)), np.ones((1, 200)))[0]
    assert np.allclose(again, bent, atol=1e-6)


def test_a_group_too_large_for_its_draws_is_refused() -> None:
    with pytest.raises(TooMany, match="30 unknowns need 124 draws or more; there are 100"):
        of_several([places(100, n) for n in range(30)])


def test_where_one_choice_is_always_best_the_interval_is_nothing() -> None:
    """Catches an end of -4.66e-10 pounds: rounding of a million."""
    gains = 1e6 + np.random.default_rng(1).normal(0, 1e5, (1, 64))
    assert perfect(gains)[1] == 0
