"""What decides a figure over draws, and the figure without chance: known answers, made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.decisive import BENDS, FALLS, RISES, Columns, fit
from sim.experiment.draws import places

DRAWS, UNKNOWNS = 64, 200


def parts(many: int = UNKNOWNS, draws: int = DRAWS) -> dict[str, np.ndarray]:
    return {f"u{n}": places(f"u{n}", draws, 1) for n in range(many)}


def twice(means: np.ndarray, sd: float, seed: int = 1) -> np.ndarray:
    return means[:, None] + sd * np.random.default_rng(seed).standard_normal((len(means), 2))


def test_a_line_is_found_with_its_ends_and_where_it_is_nothing() -> None:
    made = parts()
    found = fit(twice(10 * made["u3"] - 2, 0.0), Columns(made))
    (driver,) = found.drivers
    assert (driver.key, driver.shape) == ("u3", RISES)
    assert (driver.low, driver.high) == (pytest.approx(-1.75, abs=0.01), pytest.approx(7.75, abs=0.01))
    assert driver.zero == pytest.approx(0.2, abs=0.01)
    assert (driver.share, found.chance) == (pytest.approx(1), 0)


def test_the_strongest_comes_first_and_says_how_the_figure_goes() -> None:
    made = parts()
    found = fit(twice(3 * made["u1"] - 6 * made["u2"], 0.1), Columns(made))
    assert [(one.key, one.shape) for one in found.drivers] == [("u2", FALLS), ("u1", RISES)]
    assert [one.share for one in found.drivers] == [pytest.approx(0.8, abs=0.1), pytest.approx(0.2, abs=0.1)]


def test_a_bend_is_told_as_one() -> None:
    made = parts(1)
    (driver,) = fit(twice((made["u0"] - 0.3) ** 2, 0.0), Columns(made)).drivers
    assert driver.shape == BENDS


def test_of_many_unknowns_that_do_nothing_none_is_named() -> None:
    """Catches a border for one unknown instead of for the largest of two hundred: one in twenty of each would do."""
    columns, named = Columns(parts()), 0
    for seed in range(100):
        named += bool(fit(twice(np.zeros(DRAWS), 1.0, seed), columns).drivers)
    assert named <= 12  # 5 expected; P(more than 12) is 1 in 1000


def test_chance_is_taken_out_of_the_spread_and_the_spread_of_assumptions_is_kept() -> None:
    made = parts(3, 8000)
    truth = 2 * made["u0"] + np.random.default_rng(5).standard_normal(8000)  # more than a fit can see
    found = fit(twice(truth, 3.0), Columns(made))
    assert found.chance == pytest.approx(9, rel=0.05)
    assert found.assumed == pytest.approx(truth.var(), rel=0.15)
    assert found.means.var() == pytest.approx(truth.var(), rel=0.15)
    assert twice(truth, 3.0).mean(axis=1).var() > 3.5 * truth.var()


def test_a_figure_that_no_draw_changes_has_no_spread() -> None:
    found = fit(np.full((DRAWS, 2), 0.3), Columns(parts()))
    assert (found.assumed, found.drivers) == (0.0, ())
    assert (found.means == 0.3).all()


def test_the_figure_at_both_ends_is_where_the_unknown_was_drawn() -> None:
    """Catches ends of the register's law beside a range of one's own: 10 and 190 for a figure from 101 to 119."""
    parts = 0.5 + places("narrow", 200, 1) / 10
    figure = 200 * parts
    driver = fit(np.column_stack([figure - 0.1, figure + 0.1]), Columns({"narrow": parts})).drivers[0]
    assert (driver.low, driver.high) == pytest.approx((100.5, 119.5), abs=0.1)
    crossed = fit(np.column_stack([figure - 115.1, figure - 114.9]), Columns({"narrow": parts})).drivers[0]
    assert crossed.zero == pytest.approx(0.75, abs=0.02)
