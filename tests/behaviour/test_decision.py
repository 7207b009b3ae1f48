"""Studies at draws, and what is asked of them without a run: in shards the same bytes, known answers, refusals."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim import cli, results
from sim.experiment import uncertainty_tables
from sim.experiment.draws import Draws, draw
from sim.experiment.produce import Produce
from sim.experiment.smooth import scores
from sim.measures.decision_tables import DECISION_TABLES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "results.md"
WORDS = ["scenarios=[current_patchwork,icb_rota]", "areas=[QHG]", "weeks=2", "warmup_weeks=2", "replications=2"]
WORDS += ["draw=false"]
TABLES = ("draws", "draw_figures", "uncertainty", "decides")
DRAWS = 64
KEY = "costs.hospital_gbp_per_day"  # an unknown of both scenarios
PRICE = ["value_per_child_kept_at_home=1000"]
EVPPI = 0.1977966  # of a gain that is normal with mean 0.5 and SD 1


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "study"
    assert cli.main(["uncertainty", *WORDS, "draws=10", "workers=1", f"out={folder}"]) == 0
    return folder


@pytest.fixture(scope="module")
def drawn() -> Draws:
    return draw(DRAWS, 1)


def with_figures(made: Path, folder: Path, draws: Draws, gains: dict[str, np.ndarray]) -> Path:
    """The study with other draws, and figures of its second scenario that are higher by a gain than the first's.

    gains: (draws,), by measure; the same in both replications but for a little chance.
    """
    shutil.copytree(made, folder)
    base = {"families_wanting_home_per_year": 100.0, "worst_three_fates_share": 0.5, "child_nights_per_year": 1000.0}
    base |= {"child_nights_without_visit_achieved_share": 0.4, "total_cost": 1e6, "unmet_demand_share": 0.3}
    chance = np.random.default_rng(1).normal(size=(DRAWS, 2))

    def more(measure: str, d: int, r: int) -> float:
        return float(gains[measure][d] + 1e-3 * base[measure] * chance[d, r]) if measure in gains else 0.0

    rows = [
        (d + 1, r + 1, scenario, measure, "england", "England", value + place * more(measure, d, r), 1.0)
        for place, scenario in enumerate(("current_patchwork", "icb_rota"))
        for measure, value in base.items()
        for d in range(DRAWS)
        for r in range(2)
    ]  # fmt: skip
    tables = {
        "draws.csv": pd.DataFrame(uncertainty_tables._draws(draws), columns=uncertainty_tables.DRAWS),
        "draw_figures.csv": pd.DataFrame(rows, columns=uncertainty_tables.DRAW_FIGURES),
    }
    manifest = results.manifest_of(folder)
    results.redraw(folder, manifest, {name: results.csv(table) for name, table in tables.items()})
    return folder


def test_the_parts_of_a_job_array_make_the_draws_too_and_the_same_bytes(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches a shard that leaves the draws to the last job, and draws that hang on who made them."""
    words = ["uncertainty", *WORDS, "draws=10", f"out={tmp_path / 'study'}"]
    assert cli.main([*words, "shard=1/2", "workers=1"]) == 0
    assert "22 of 44 runs are there" in capsys.readouterr().out
    assert cli.main([*words, "shard=2/2", "workers=2"]) == 0
    assert "44 of 44 runs are there" in capsys.readouterr().out

    def again(*_: object) -> None:
        raise AssertionError("a run is made again")

    monkeypatch.setattr(Produce, "__call__", again)
    assert cli.main([*words, "workers=1"]) == 0
    for name in TABLES:
        assert (tmp_path / "study" / f"{name}.csv").read_bytes() == (made / f"{name}.csv").read_bytes(), name


def test_every_headline_of_every_draw_is_kept_and_what_counts_are_made_from(made: Path) -> None:
    kept = set(pd.read_csv(made / "draw_figures.csv")["measure"])
    assert {"families_wanting_home_per_year", "child_nights_per_year", "total_cost", "standing_cost"} <= kept
    assert {"worst_three_fates_share", "died_outside_hospital_share", "home_offered_share"} <= kept


def test_a_decision_of_known_worth(
    made: Path, drawn: Draws, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cost that is lower by a normal gain of one unknown: its EVPPI is known, and all there is to know."""
    saved = 1e6 * (0.5 + scores(drawn.parts[KEY]))
    folder = with_figures(made, tmp_path / "study", drawn, {"total_cost": -saved})
    assert cli.main(["decide", str(folder), *PRICE]) == 0
    said = capsys.readouterr().out
    known = pd.read_csv(folder / "information.csv").set_index("name")
    assert known.loc[KEY, "value"] == pytest.approx(1e6 * EVPPI, rel=0.05)
    assert known.loc[KEY, "says"] == "above_noise"
    assert known[known["of"] == "unknown"]["says"].value_counts()["above_noise"] == 1
    assert known[known["of"] == "everything"]["value"].item() == pytest.approx(1e6 * EVPPI, rel=0.1)
    shares = pd.read_csv(folder / "acceptability.csv")
    at_none = shares[shares["value_per_child_kept_at_home"] == 0].set_index("scenario")["probability_best"]
    assert at_none["icb_rota"] == pytest.approx(0.6915, abs=0.02)  # P(z > -0.5)
    assert f"  {KEY}: " in said
    assert "icb_rota: best in 69 % of draws" in said
    assert "a child kept at home: not defined: it may gain none" in said
    for name in ("acceptability.svg", "information.png"):
        assert (folder / name).is_file()


def test_deciding_again_replaces_its_own_files_and_gives_the_same_bytes(
    made: Path, drawn: Draws, tmp_path: Path
) -> None:
    folder = with_figures(made, tmp_path / "study", drawn, {"total_cost": -1e6 * scores(drawn.parts[KEY])})
    names = ("acceptability.csv", "information.csv", "cost_per_gain.csv", "information.svg")
    assert cli.main(["decide", str(folder), *PRICE, "groups=[costs,travel+place]"]) == 0
    first = {name: (folder / name).read_bytes() for name in names}
    assert cli.main(["decide", str(folder), "value_per_night_closed=7"]) == 0
    assert (folder / "acceptability.csv").read_bytes() != first["acceptability.csv"]
    assert cli.main(["decide", str(folder), *PRICE, "groups=[costs,travel+place]"]) == 0
    assert {name: (folder / name).read_bytes() for name in names} == first
    groups = pd.read_csv(folder / "information.csv")
    assert set(groups[groups["of"] == "group"]["name"]) == {"costs", "travel+place"}


def test_what_costs_less_and_gains_more_dominates(
    made: Path, drawn: Draws, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = np.zeros(DRAWS)
    gains = {"total_cost": nobody - 5e5, "worst_three_fates_share": nobody - 0.1}
    folder = with_figures(made, tmp_path / "study", drawn, gains)
    assert cli.main(["decide", str(folder), *PRICE]) == 0
    said = capsys.readouterr().out
    assert "a child kept at home: dominates: gains more and costs less" in said
    assert "no single unknown is above noise" in said
    row = pd.read_csv(folder / "cost_per_gain.csv").set_index("gain").loc["child_kept_at_home"]
    assert (row["says"], row["won"]) == ("won", 1.0)
    assert row["gained"] == pytest.approx(10, rel=0.01)
    assert row["gbp_per_gain"] == pytest.approx(-50_000, rel=0.01)
    assert cli.main(["report", str(folder)]) == 0
    assert "What nobody knows" in (folder / "report.html").read_text()
    assert results.altered(folder, results.manifest_of(folder)) == []
    assert (folder / "information.csv").is_file()  # a page made again takes nothing else away


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "decide: at what price?"),
        (["value_per_night_closed=-1"], "pounds, a number above 0"),
        (["value_per_night_closed=1"], "10 draws are too few, it takes 32 or more"),
    ],
)
def test_what_cannot_be_decided(
    made: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    assert cli.main(["decide", str(made), *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compare", "laws=posterior.csv"], "read only for draws of what nobody knows; write uncertainty=64"),
        (["uncertainty", "draws=10", "laws=posterior.csv"], "laws = posterior.csv: no such table"),
        (["uncertainty", "draws=9"], "a whole number from 10, such as draws=256"),
    ],
)
def test_laws_and_draws_that_there_are_not(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*words, *WORDS]) == 2
    assert said in capsys.readouterr().err


def test_a_draw_without_a_figure_and_a_group_of_nothing_are_refused(
    made: Path, drawn: Draws, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = with_figures(made, tmp_path / "study", drawn, {})
    assert cli.main(["decide", str(folder), *PRICE, "groups=[goodwil]"]) == 2
    assert "groups = goodwil: no unknown begins like that; did you mean goodwill" in capsys.readouterr().err
    figures = pd.read_csv(folder / "draw_figures.csv")
    figures.loc[(figures["measure"] == "worst_three_fates_share") & (figures["draw"] == 3), "denominator"] = 0.0
    results.redraw(folder, results.manifest_of(folder), {"draw_figures.csv": results.csv(figures)})
    assert cli.main(["decide", str(folder), *PRICE]) == 2
    assert "1 of 64 draws have no worst_three_fates_share" in capsys.readouterr().err


def test_a_study_without_draws_says_what_to_make(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(made, tmp_path / "study")
    manifest = results.manifest_of(tmp_path / "study")
    results.redraw(tmp_path / "study", manifest, {}, gone=["draws.csv"])
    assert cli.main(["decide", str(tmp_path / "study"), *PRICE]) == 2
    assert "without draws of what nobody knows; make one with `oncall-sim uncertainty" in capsys.readouterr().err


def test_indices_of_a_figure_that_two_unknowns_make(
    made: Path, drawn: Draws, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sum of two uniform parts, three to one: first-order shares 0.9 and 0.1. The other figure has no variance."""
    pytest.importorskip("sklearn", reason="the extra sensitivity is not installed")
    other = "place.home_anyway"
    gain = 0.3 * drawn.parts[KEY] + 0.1 * drawn.parts[other]
    folder = with_figures(made, tmp_path / "study", drawn, {"unmet_demand_share": gain})
    assert cli.main(["sensitivity", str(folder)]) == 0
    said = capsys.readouterr().out
    found = pd.read_csv(folder / "sensitivity.csv")
    figure = found[(found["scenario"] == "icb_rota") & (found["of"] == "difference")].set_index("key")
    assert list(figure.index[:2]) == [KEY, other]
    assert figure.loc[KEY, "first"] == pytest.approx(0.9, abs=0.03)
    assert figure.loc[other, "first"] == pytest.approx(0.1, abs=0.03)
    assert set(found[found["scenario"] == "current_patchwork"]["says"]) == {"refused"}
    assert "current_patchwork: refused: it is the same at every draw" in said
    assert re.search(r"correlated by up to 0\.\d\d by chance, two columns of points by \S+", said)


def test_a_metamodel_of_chance_is_refused_in_words(
    made: Path, drawn: Draws, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches unknowns that are chosen on all draws, and praised for it: noise then has a Q2 of 0.3."""
    pytest.importorskip("sklearn", reason="the extra sensitivity is not installed")
    noise = np.random.default_rng(5).normal(size=DRAWS)
    folder = with_figures(made, tmp_path / "study", drawn, {"unmet_demand_share": noise})
    assert cli.main(["sensitivity", str(folder)]) == 2
    said = capsys.readouterr().err
    assert "a metamodel so poor says nothing of what drives it" in said
    assert float(re.findall(r"icb_rota: Q2 (\S+) of", said)[0]) < 0.15
    assert not (folder / "sensitivity.csv").exists()
    assert cli.main(["sensitivity", str(folder), "measure=unmet_demand"]) == 2
    assert "not among the figures of the draws; did you mean unmet_demand_share" in capsys.readouterr().err


@pytest.mark.parametrize("name", DECISION_TABLES)
def test_every_column_stands_in_the_docs(name: str) -> None:
    section = DOCS.read_text(encoding="utf-8").partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, flags=re.M) == [*DECISION_TABLES[name]]


def test_every_table_has_the_columns_that_are_told() -> None:
    from sim.commands import morris
    from sim.experiment import decision_tables, sensitivity

    made_by = {
        "acceptability.csv": decision_tables.ACCEPTABILITY, "information.csv": decision_tables.INFORMATION,
        "cost_per_gain.csv": decision_tables.COST_PER_GAIN, "sensitivity.csv": sensitivity.COLUMNS,
        "morris.csv": morris.COLUMNS,
    }  # fmt: skip
    assert {name: [*columns] for name, columns in DECISION_TABLES.items()} == made_by
