"""A comparison at draws of what nobody knows: its tables, the same bytes, going on, and verdicts that hold or not."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import oncall_sim
from sim import cli, results, uncertainty
from sim.experiment import uncertainty_tables
from sim.experiment.decisive import FALLS, RISES, Driver, Fit
from sim.experiment.draws import draw
from sim.experiment.produce import Produce
from sim.experiment.uncertainty_tables import _side, judged
from sim.measures.drawn_tables import DRAWN_TABLES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "results.md"

WORDS = ["compare", "scenarios=[current_patchwork,icb_rota]", "areas=[QHG,QE1,QF7]", "weeks=8"]
WORDS += ["warmup_weeks=13", "replications=2", "draw=false", "uncertainty=12"]
TABLES = ("draws", "draw_figures", "uncertainty", "decides")


def run(folder: Path, *words: str) -> int:
    return cli.main([*WORDS, f"out={folder}", *words])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "study"
    with (folder.parent / "said").open("w") as said, redirect_stdout(said):
        assert run(folder, "workers=1") == 0
    return folder


def test_every_headline_has_both_intervals_and_every_difference_a_share_of_draws(made: Path) -> None:
    found = pd.read_csv(made / "uncertainty.csv", keep_default_na=False, na_values={"mean": [""]})
    assert set(found["of"]) == {"figure", "difference"}
    assert set(found[found["of"] == "figure"]["scenario"]) == {"current_patchwork", "icb_rota"}
    assert {"unmet_demand_share", "child_nights_without_visit_achieved_share", "total_cost"} <= set(found["measure"])
    assert (found["draws"] == 12).all()
    differences = found[found["of"] == "difference"]
    assert (differences["baseline"] == "current_patchwork").all()
    assert pd.to_numeric(differences["same_sign_low"]).dropna().between(0, 1).all()
    assert (pd.to_numeric(found["assumptions_low"]) <= pd.to_numeric(found["assumptions_high"])).all()


@pytest.mark.parametrize("name", DRAWN_TABLES)
def test_every_column_is_in_the_dictionary_and_in_the_docs(made: Path, name: str) -> None:
    columns = [*pd.read_csv(made / name, nrows=1)]
    told = pd.read_csv(made / "dictionary.csv")
    assert columns == [*DRAWN_TABLES[name]] == [*told[told["table"] == name]["name"]]
    section = DOCS.read_text(encoding="utf-8").partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, flags=re.M) == columns


def test_the_draws_are_kept_with_what_each_gave(made: Path) -> None:
    draws, figures = pd.read_csv(made / "draws.csv"), pd.read_csv(made / "draw_figures.csv")
    assert draws["draw"].nunique() == figures["draw"].nunique() == 12
    assert draws.groupby("key").size().eq(12).all()
    again = draw(12, 1)
    one = draws[(draws["key"] == "place.home_anyway") & (draws["draw"] == 5)]["value"].item()
    assert one == pytest.approx(again.values["place.home_anyway"][4], rel=1e-8)
    assert sorted(figures["replication"].unique()) == [1, 2]


def test_a_study_that_was_stopped_goes_on_with_the_draws_it_has_and_ends_with_the_same_bytes(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made by two workers, stopped, and gone on with by one: as the one that was made by one."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    def again(*_: object) -> None:
        raise AssertionError("a draw is simulated again")

    with monkeypatch.context() as patch:
        patch.setattr(uncertainty_tables, "tables", stopped)
        with pytest.raises((KeyboardInterrupt, SystemExit)):
            raise SystemExit(run(tmp_path / "study", "workers=2"))
    monkeypatch.setattr(Produce, "__call__", again)
    assert run(tmp_path / "study", "workers=1") == 0
    for name in (*TABLES, "comparison"):
        assert (tmp_path / "study" / f"{name}.csv").read_bytes() == (made / f"{name}.csv").read_bytes(), name


def test_the_screen_tells_both_intervals_and_in_how_many_draws(made: Path) -> None:
    said = (made.parent / "said").read_text()
    assert "with 12 draws of all that nobody knows:" in said
    assert "; assumptions " in said
    assert "the same way in " in said


@pytest.mark.parametrize("value", ["0", "9", "on", "64.5", "-64"])
def test_a_number_of_draws_is_a_number_from_10(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*WORDS[:-1], f"uncertainty={value}"]) == 2
    said = capsys.readouterr().err
    assert f"uncertainty = {value}: off, or how many draws" in said


def test_a_verdict_that_does_not_hold_says_on_what_it_hangs() -> None:
    row = {"measure": "m", "group": "england", "level": "England"}
    comparison = pd.DataFrame([{**row, "scenario": s, "verdict": "better"} for s in ("a", "b")])
    both = pd.DataFrame([{**row, "of": "difference", "scenario": "b", "verdict": "better_if"}])
    assert list(judged(comparison, both)["verdict"]) == ["better", "better_if"]


@pytest.mark.parametrize(
    ("shape", "mean", "side"), [(RISES, -1.0, "below"), (RISES, 1.0, "above"), (FALLS, -1.0, "above")]
)
def test_the_side_of_a_number_is_where_the_difference_has_its_sign(shape: str, mean: float, side: str) -> None:
    """Catches the other side: a difference below 0 that rises with a holds where a is small."""
    draws = draw(64, 1)
    found = Fit(np.zeros(64), 0.0, 1.0, (Driver("place.home_anyway", 0.9, -1.0, 1.0, shape, 0.5),))
    key, said, border = _side(found, mean, draws)
    assert (key, said) == ("place.home_anyway", side)
    assert border == pytest.approx(0.3, abs=0.02)  # the middle of 0 to 0.6


def test_a_figure_is_written_with_both_intervals() -> None:
    row = SimpleNamespace(of="figure", unit="share", mean=0.393, chance_low=0.378, chance_high=0.409,
                          assumptions_low=0.21, assumptions_high=0.612, chance_share=0.2)  # fmt: skip
    assert uncertainty.both(row) == "39 % (chance 38 to 41; assumptions 21 to 61)"
    row.of = "difference"
    assert uncertainty.both(row) == "39 points (chance 38 to 41; assumptions 21 to 61)"


def test_what_chance_hides_is_not_told_as_certain() -> None:
    """Catches ``assumptions 2.3 to 2.3`` beside a mean of 1.8, and 100 % of draws that are one number."""
    row = SimpleNamespace(of="difference", unit="share", mean=0.018, chance_low=0.001, chance_high=0.07, same_sign=1.0,
                          assumptions_low=0.023, assumptions_high=0.023, chance_share=1.0)  # fmt: skip
    assert uncertainty.both(row) == "1.8 points (chance 0.1 to 7.0; assumptions not told from chance)"
    assert uncertainty.holds(row) == "at draws not told from chance"
    row.chance_share = float("nan")  # the same in every run
    assert uncertainty.both(row) == "1.8 points (chance 0.1 to 7.0; assumptions 2.3 to 2.3)"


@pytest.mark.parametrize(
    ("side", "border", "said"),
    [
        ("below", 0.3, "better if place.home_anyway is below 0.3"),
        ("below", np.nan, "better if place.home_anyway is low and others allow"),
        ("", np.nan, "better if others allow, hangs on place.home_anyway both ways"),
    ],
)
def test_a_side_without_a_border_claims_none(side: str, border: float, said: str) -> None:
    row = SimpleNamespace(verdict="better_if", same_sign=0.8, same_sign_low=0.7, same_sign_high=0.9, if_side=side,
                          if_key="place.home_anyway", if_value=border, chance_share=0.2, assumptions_low=0.0,
                          assumptions_high=1.0)  # fmt: skip
    assert uncertainty.holds(row) == f"{said}; the same way in 80 % of draws (70 to 90)"


def test_headlines_that_a_draw_has_not_are_named() -> None:
    """Catches a screen that goes from the title to the cost, as if nobody had asked for the rest."""
    row = {"of": "figure", "baseline": "", "measure": "total_cost", "unit": "GBP", "mean": 5.0, "chance_low": 4.0}
    row |= {"chance_high": 6.0, "assumptions_low": 3.0, "assumptions_high": 7.0, "chance_share": 0.2, "draws": 12}
    table = pd.DataFrame([row | {"scenario": one} for one in ("a", "b")])
    missing = [line for line in uncertainty.lines(table, None) if "not told" in line]
    assert len(missing) == 1
    assert "unmet demand: a draw has no such figure; take more areas or weeks" in missing[0]
    assert "cost" not in missing[0]


def test_python_gives_the_same_tables(made: Path) -> None:
    sizes = {"areas": ["QHG", "QE1", "QF7"], "weeks": 8, "warmup_weeks": 13, "replications": 2, "workers": 2}
    plans = [oncall_sim.load_scenario(name, sizes) for name in ("current_patchwork", "icb_rota")]
    found = oncall_sim.compare(plans, uncertainty=12)
    for name in TABLES:
        assert results.csv(found.table(name)) == (made / f"{name}.csv").read_bytes(), name
    with pytest.raises(oncall_sim.BadInput, match="from 10"):
        oncall_sim.compare(plans, uncertainty=5)


@pytest.mark.parametrize(("grade", "said"), [("assumed", "assumed"), ("B", "grade B"), ("", "not graded")])
def test_what_no_register_graded_is_not_called_assumed(grade: str, said: str) -> None:
    assert uncertainty.graded(grade) == said
