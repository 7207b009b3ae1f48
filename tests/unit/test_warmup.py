"""MSER-5 and Welch's average on series whose beginning is known, and the check of a scenario as a person meets it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim import cli
from sim.experiment.warmup import Settling, mser, warning, welch

NOISE = np.random.default_rng(1).normal(size=100)


def test_a_series_that_starts_as_it_goes_on_needs_no_cut():
    assert mser(np.full(60, 3.0)) == 0
    assert mser(NOISE) <= 10


@pytest.mark.parametrize("transient", [10, 20, 35])
def test_a_beginning_that_is_different_is_cut_off(transient):
    series = NOISE + np.where(np.arange(100) < transient, 12.0, 0.0)
    assert transient <= mser(series) <= transient + 15  # by luck a little more


def test_what_drifts_to_the_end_does_not_settle():
    assert mser(np.arange(60.0)) is None


def test_a_short_series_tells_nothing():
    assert mser(np.ones(19)) is None


def test_mser_by_hand():
    """Batches 9 1 2 1 2: of the rest 1 2 1 2 the squares sum to 1, over 4 squared; any other cut has more."""
    assert mser(np.repeat([9.0, 1.0, 2.0, 1.0, 2.0], 5)) == 5


def test_welchs_average_is_narrow_at_the_ends():
    assert welch(np.array([1.0, 5.0, 3.0, 7.0]), half=1) == pytest.approx([1.0, 3.0, 5.0, 7.0])


def series(cut) -> Settling:
    return Settling("unmet_share", np.zeros(1), np.zeros(1), cut)


def test_a_warning_says_what_to_write():
    assert warning([series(15)], 17) == ""
    assert warning([series(25)], 17).endswith("unmet share needs 25 weeks; write warmup_weeks=25")
    assert "unmet share does not settle within half the run; more weeks=" in warning([series(None)], 17)


def test_the_check_prints_each_series_and_writes_welchs_plot(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = ["check", "warmup", "scenario=icb_rota", "areas=[QHG,QE1]", "weeks=30", "warmup_weeks=13", "replications=4"]
    assert cli.main([*words, "workers=1", "out=plot"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("series")
    assert (
        sum(line.startswith(("children at home", "unmet share", "goodwill share", "hours worked")) for line in lines)
        == 4
    )
    assert "13" in lines[5]
    assert b"<svg" in (tmp_path / "plot/welch.svg").read_bytes()
    table = pd.read_csv(tmp_path / "plot/warmup.csv")
    assert len(table) == 4 * 43
    children = table[table["series"] == "children_at_home"]["mean"]
    assert children.min() > 0  # stationary from the first week: episodes are laid backwards from deaths
