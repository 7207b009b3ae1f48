"""Elementary effects: those of a function that is known, and of plans whose figures are made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim import cli
from sim.config import plan
from sim.config.register import register
from sim.experiment import morris
from sim.experiment import study as studies
from sim.experiment.draws import quantile
from sim.experiment.units import Unit
from sim.measures.rows import Row

pytest.importorskip("SALib", reason="the extra sensitivity is not installed")
MEASURE = "unmet_demand_share"
KEYS = ("place.home_anyway", "goodwill.p_max", "travel.noise_cv")


def test_effects_of_a_straight_line_a_product_and_nothing() -> None:
    """2 a + (b - 1/2)(c - 1/2): a is straight, b and c matter only together, d not at all."""
    at = morris.points(4, 50, seed=1)
    values = 2 * at[:, 0] + (at[:, 1] - 0.5) * (at[:, 2] - 0.5)
    found = {one.key: one for one in morris.effects(("a", "b", "c", "d"), at, values, seed=1)}
    assert next(iter(found)) == "a"
    assert (found["a"].mean, found["a"].size) == pytest.approx((2, 2))
    assert found["a"].spread == pytest.approx(0, abs=1e-9)
    assert found["a"].shape == "straight"
    for key in ("b", "c"):
        assert abs(found[key].mean) < 0.15
        assert found[key].size == pytest.approx(1 / 3, abs=0.08)  # |c - 1/2| over the levels 0, 1/3, 2/3, 1
        assert found[key].shape == "bends_or_interacts"
        assert found[key].low <= found[key].size <= found[key].high
    assert found["d"].size == 0


def test_every_step_of_a_trajectory_moves_one_number() -> None:
    at = morris.points(5, 4, seed=1)
    assert at.shape == (24, 5)
    steps = (np.diff(at.reshape(4, 6, 5), axis=1) != 0).sum(axis=2)
    assert (steps == 1).all()
    assert (at == morris.points(5, 4, seed=1)).all()


def made_up(monkeypatch: pytest.MonkeyPatch) -> list[Unit]:
    """Runs whose second scenario is better by what one number is; families differ by trajectory. Units that ran."""
    asked: list[Unit] = []

    def run(study: studies.Study, shelf: object, wanted: list[Unit], progress: object) -> list[tuple[Unit, list[Row]]]:
        asked.extend(wanted)
        return [(unit, [Row(MEASURE, "england", "England", value(study, unit), 1.0, 0.0)]) for unit in wanted]

    def value(study: studies.Study, unit: Unit) -> float:
        one = study.plans[unit.scenario]
        noise = {row[0]: row[1] for row in one.assumptions}["travel.noise_cv"]
        return 0.5 + unit.replication + (noise if one.scenario.name.startswith("icb") else 0.0)

    monkeypatch.setattr(morris, "conduct_units", run)
    monkeypatch.setattr(morris, "unknowns", lambda: [register()[key] for key in KEYS])
    return asked


def test_the_command_is_of_a_difference_on_the_same_families(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches scenarios that meet other families, and steps that are not of the middle 95 % of a law."""
    asked = made_up(monkeypatch)
    words = ["morris", "scenarios=[current_patchwork,icb_rota]", "areas=[QHG]", "weeks=2", "trajectories=4"]
    assert cli.main([*words, f"out={tmp_path / 'study'}", "workers=1"]) == 0
    assert "icb_rota minus current_patchwork: 3 unknowns, 4 trajectories" in capsys.readouterr().out
    rows = pd.read_csv(tmp_path / "study" / "morris.csv").set_index("key")
    low, high = quantile(register()["travel.noise_cv"], np.array([0.025, 0.975]))
    assert rows.index[0] == "travel.noise_cv"
    assert 0.5 * (high - low) < rows.loc["travel.noise_cv", "size"] < 2 * (high - low)
    assert rows.loc["place.home_anyway", "size"] == pytest.approx(0, abs=1e-12)
    assert len(asked) == 4 * (3 + 1) * 2
    assert {unit.replication for unit in asked} == {0, 1, 2, 3}


def test_a_point_changes_nothing_but_the_unknowns_and_what_follows() -> None:
    today = plan("current_patchwork", ["areas=[QHG]", "weeks=2"])
    found = morris.Morris(studies.design("morris", [today]), MEASURE, 4)
    assert len(found.keys) > 100
    numbers = {row[0]: row[1] for row in morris._at(today, found._draws(), 0).assumptions}
    lower, upper = (quantile(register()["travel.noise_cv"], np.array([part]))[0] for part in (0.025, 0.975))
    assert lower <= numbers["travel.noise_cv"] <= upper
    talk = [key for key, one in register().items() if one.leads == "reasons.symptom.talk_minutes"]
    parts = {key: (numbers[key] - register()[key].low) / (register()[key].high - register()[key].low) for key in talk}
    assert max(parts.values()) - min(parts.values()) < 0.35  # all at the same place of their laws
