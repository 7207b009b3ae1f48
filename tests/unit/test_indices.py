"""Points, Sobol's indices and the metamodel against Ishigami's function, whose indices are known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.decisive import as_drawn
from sim.experiment.draws import places
from sim.experiment.even import by_sobol, largest_correlation, points
from sim.experiment.indices import indices

FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)


def ishigami(parts: np.ndarray) -> np.ndarray:
    """a = 7, b = 0.1. Source: Ishigami and Homma 1990."""
    x = np.pi * (2 * parts - 1)
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def test_ishigamis_indices() -> None:
    """Catches first and total exchanged, and a total that lacks its half."""
    found = indices(ishigami, 3, seed=4)
    assert found.first == pytest.approx(FIRST, abs=0.01)
    assert found.total == pytest.approx(TOTAL, abs=0.01)
    assert found.correlation < 1e-4


def test_sobol_points_only_for_few_numbers_and_many_points() -> None:
    assert by_sobol(240, 30)
    assert not by_sobol(239, 30)
    assert not by_sobol(4096, 31)


def test_no_two_columns_of_many_numbers_go_together() -> None:
    """Scrambled Sobol points of 252 numbers at 128 points have columns that are correlated by more than 0.9."""
    assert largest_correlation(points(128, 252, seed=1)) < 0.5
    assert largest_correlation(points(1024, 20, seed=1)) < 0.05
    assert points(100, 3, seed=1).shape == (100, 3)


def test_points_are_the_same_for_the_same_seed_and_fill_every_part_once() -> None:
    for many, numbers in ((64, 4), (64, 40)):
        found = points(many, numbers, seed=3)
        assert (found == points(many, numbers, seed=3)).all()
        assert (np.sort((found * many).astype(int), axis=0) == np.arange(many)[:, None]).all()


def draws(many: int, chance: float) -> tuple[np.ndarray, np.ndarray]:
    parts, noise = points(many, 3, seed=3), np.random.default_rng(1)
    return parts, np.column_stack([ishigami(parts) + chance * noise.normal(size=many) for _ in range(2)])


def test_a_metamodel_of_256_draws_finds_ishigamis_indices_within_their_intervals() -> None:
    pytest.importorskip("sklearn", reason="the extra sensitivity is not installed")
    from sim.experiment.gaussian import Metamodel

    parts, values = draws(256, chance=1.0)
    model = Metamodel(parts, values)
    assert model.quality.enough
    assert model.quality.q2 < model.quality.ceiling < 1
    found = model.indices(1024)
    assert found.first[:, 0] == pytest.approx(FIRST, abs=0.03)
    assert found.total[:, 0] == pytest.approx(TOTAL, abs=0.06)
    assert (found.first[:, 1] <= found.first[:, 0]).all()
    assert (found.first[:, 0] <= found.first[:, 2]).all()


def test_a_metamodel_of_noise_is_not_believed() -> None:
    """Chance far above what the unknowns do: nothing is left to predict, and nothing is predicted."""
    pytest.importorskip("sklearn", reason="the extra sensitivity is not installed")
    from sim.experiment.gaussian import Metamodel, Quality

    parts, values = draws(64, chance=30.0)
    quality = Metamodel(parts, values).quality
    assert not quality.enough
    assert quality.ceiling < 0.5
    assert not Quality(0.7, 0.95).enough  # under 0.8 of its ceiling
    assert not Quality(0.45, 0.5).enough  # under a half
    assert Quality(0.77, 0.95).enough


def test_the_unknowns_that_matter_are_screened_for_a_metamodel_and_few_are_all_taken() -> None:
    from sim.experiment.gaussian import MOST, screened

    parts = points(256, 100, seed=1)
    values = 3 * parts[:, 7] + np.sin(6 * parts[:, 60]) + parts[:, 99]
    found = screened([*parts.T], values)
    assert len(found) == MOST
    assert {7, 60, 99} <= set(found)
    assert screened([*parts.T[:5]], values) == [0, 1, 2, 3, 4]


def test_draws_by_a_law_of_ones_own_are_asked_where_they_lie() -> None:
    """Catches indices over the whole law of the register for draws of a tenth of it: a curve that nobody has seen."""
    even, narrow = places("a", 64, 1), 0.5 + places("a", 64, 1) / 10
    levels = np.linspace(0.01, 0.99, 9)
    assert (as_drawn(even, levels) == levels).all()
    assert as_drawn(narrow, levels) == pytest.approx(0.5 + levels / 10, abs=0.002)
