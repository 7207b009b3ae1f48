"""Designs by hand: points of a table or of a sample as one study, their parameters back in a table without holes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim import cli

SMALL = ["areas=[QHG]", "weeks=1", "warmup_weeks=13", "replications=1", "workers=1"]


def sweep(folder: Path, *words: str) -> int:
    return cli.main(["sweep", "scenario=icb_rota", *SMALL, f"out={folder / 'study'}", *words])


def table(folder: Path, *rows: str) -> str:
    (folder / "points.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return f"design={folder / 'points.csv'}"


def test_points_of_a_table_are_scenarios_with_their_parameters(tmp_path: Path) -> None:
    rows = ("point,key,value", "few,teams.consultants.people,3", "few,goodwill.p_max,0.5", "calm,goodwill.p_max,0.7")
    assert sweep(tmp_path, table(tmp_path, *rows)) == 0
    design = pd.read_csv(tmp_path / "study" / "design.csv").set_index(["scenario", "key"])["value"]
    assert float(design["few", "teams.consultants.people"]) == 3
    assert design["calm", "teams.consultants.people"] == design["icb_rota", "teams.consultants.people"] != "3"
    assert float(design["calm", "goodwill.p_max"]) == 0.7
    assert float(design["icb_rota", "goodwill.p_max"]) == 0.9
    assert len(design) == 3 * 2  # every point has every key
    summary = pd.read_csv(tmp_path / "study" / "summary.csv")
    assert set(summary["scenario"]) == {"icb_rota", "few", "calm"}


def test_a_table_may_name_scenarios_alone(tmp_path: Path) -> None:
    rows = ("scenario,key,value", "current_patchwork,goodwill.asks_people,4")
    assert sweep(tmp_path, table(tmp_path, *rows)) == 0
    design = pd.read_csv(tmp_path / "study" / "design.csv")
    assert list(design["scenario"]) == ["icb_rota", "current_patchwork_changed"]
    assert list(design["based_on"]) == ["icb_rota", "current_patchwork"]


def test_a_sample_varies_what_was_named_and_what_is_tied_to_it(tmp_path: Path) -> None:
    vary = "vary=[reasons.symptom.talk_minutes,supply.area_types.full]"
    assert sweep(tmp_path, "sample=lhs", "n=4", vary) == 0
    design = pd.read_csv(tmp_path / "study" / "design.csv")
    assert sorted(design["scenario"].unique()) == ["icb_rota", *(f"icb_rota_{n}" for n in range(1, 5))]
    talk = design[design["key"] == "reasons.symptom.talk_minutes"].set_index("scenario")["value"]
    assert talk["icb_rota"] == 8
    assert talk.nunique() == 5
    assert len([key for key in design["key"].unique() if key.endswith("talk_minutes")]) == 7
    shares = design[design["key"].str.startswith("supply.area_types")].groupby("scenario")["value"].sum()
    assert shares.tolist() == pytest.approx([1.0] * 5)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("point,key,value", "p,goodwill.p_mx,0.5"), "points.csv line 2"),
        (("point,key,value", "p,goodwill.p_max,1.5"), "points.csv: point p: goodwill.p_max = 1.5"),
        (
            ("point,key,value", "p,goodwill.p_max,0.5", "p,goodwill.p_max,0.6"),
            "line 3: key = goodwill.p_max: stands there",
        ),
        (("point,key,value", "p,name,q"), "a point is named by the column point"),
        (("scenario,key,value", "icb_rotta,goodwill.p_max,0.5"), "points.csv: point icb_rotta_changed: scenario"),
        (("key,value", "goodwill.p_max,0.5"), "belongs to no point"),
        (("point,value", "p,0.5"), "key: column missing"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_place(
    rows: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sweep(tmp_path, table(tmp_path, *rows)) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "which points? write design=points.csv, or sample=lhs n=200"),
        (("sample=lhs", "vary=[goodwill.p_mx]"), "did you mean goodwill.p_max"),
        (("sample=lhs", "design=points.csv"), "two ways to say the points"),
        (("design=nowhere.csv",), "no such table"),
    ],
)
def test_what_a_sweep_needs_is_said(
    words: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sweep(tmp_path, *words) == 2
    assert said in capsys.readouterr().err
