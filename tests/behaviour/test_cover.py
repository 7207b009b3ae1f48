"""The command ``cover``: uncovered hours and nights as text and as tables, without simulating a call."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import sim.model
from sim import cli
from sim.report.words.captions import NO_CALLS

SMALL = ["areas=[QHG,QUE,QOP]", "weeks=8", "warmup_weeks=1", "replications=3", "workers=1"]
COVER = ["cover", "scenario=current_patchwork", *SMALL]
EXPOSURE = ("child_nights_", "child_hours_", "qs160_", "coincidence_")
BEFORE_ANY_CALL = (*EXPOSURE, "standing_cost", "seats_at_work_", "extra_posts", "fragility_")
GROUPS = {"england", "area", "region", "area_type", "rural", "deprivation", "distance", "cluster"}
GROUPS |= {"role", "area_role", "team"}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch) -> Path:
    """An empty folder, and no way to simulate a call."""

    def refuse(*_: object) -> None:
        raise AssertionError("cover simulates no call")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sim.model, "simulate", refuse)
    return tmp_path


def ask(capsys, *words: str) -> list[str]:
    """Lines of standard output of a command that succeeds."""
    code = cli.main(words)
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return printed.out.splitlines()


def test_it_prints_nights_and_hours_by_kind_of_area_rural_share_and_deprivation(capsys, here):
    lines = ask(capsys, *COVER)
    assert lines[0].startswith("oncall-sim cover scenario=current_patchwork")
    for title in ("nights, nobody to visit", "on paper", "nights, no consultant", "QS160 6a", "QS160 6b"):
        assert title in lines[1]
    levels = [line[:30].strip() for line in lines[2:]]
    for level in ("England", "quintile 1 (most deprived)", "quintile 5", "10-30 % rural", "East of England"):
        assert any(found.startswith(level) for found in levels), level
    assert {"weekdays alone", "weekdays goodwill", "seven day", "full"} & {found.split("  ")[0] for found in levels}
    assert any("no call is simulated" in line for line in lines)
    folder = here / lines[-1]
    assert folder.parent == here / "results"
    assert folder.name.startswith("cover-current_patchwork-")


def test_the_tables_hold_what_follows_from_rotas_alone_and_nothing_else(capsys, here):
    """Catches a measure of calls, all zero, that reads as if nothing had been unmet."""
    ask(capsys, *COVER, "out=mine")
    summary = pd.read_csv(here / "mine" / "summary.csv", keep_default_na=False)
    assert all(measure.startswith(BEFORE_ANY_CALL) for measure in summary["measure"])
    assert sum(measure.startswith(EXPOSURE) for measure in set(summary["measure"])) == 20
    assert {"standing_cost", "fragility_hours_nobody_visit_achieved_share"} <= set(summary["measure"])
    assert set(summary["group"]) == GROUPS
    names = {path.name for path in (here / "mine").iterdir()}
    assert names == {
        "summary.csv", "comparison.csv", "replications.csv", "assumptions.csv", "manifest.json", "scenarios",
        "areas.csv", "dictionary.csv", "costs.csv", "equity.csv", "flows.csv", "same_calls.csv", "years.csv",
    }  # fmt: skip
    assert (here / "mine" / "scenarios" / "current_patchwork.yaml").exists()


def test_the_whole_is_more_than_nothing_and_paper_is_no_worse(capsys, here):
    ask(capsys, *COVER, "out=mine")
    summary = pd.read_csv(here / "mine" / "summary.csv")
    england = summary[summary["group"] == "england"].set_index("measure")["mean"]
    achieved, paper = (england[f"child_nights_without_visit_{word}_share"] for word in ("achieved", "on_paper"))
    assert 0 < paper <= achieved <= 1
    assert england["child_nights_without_visit_achieved_share"] >= england["child_hours_without_visit_achieved_share"]


def test_the_same_words_give_the_same_bytes(capsys, here):
    """Twice, and with another number of workers."""
    ask(capsys, *COVER, "out=one")
    ask(capsys, *COVER, "out=two")
    ask(capsys, *[word for word in COVER if word != "workers=1"], "workers=2", "out=three")
    for name in ("summary.csv", "replications.csv", "assumptions.csv", "scenarios/current_patchwork.yaml"):
        one = (here / "one" / name).read_bytes()
        assert (here / "two" / name).read_bytes() == one, name
        assert (here / "three" / name).read_bytes() == one, name


def test_the_same_figures_as_in_a_run(capsys, here, monkeypatch):
    """Catches a cover that lays out other children or other rotas than a simulated run."""
    ask(capsys, *COVER, "out=cover")
    monkeypatch.undo()
    monkeypatch.chdir(here)
    ask(capsys, "run", *COVER[1:], "draw=false", "out=run")
    cover, run = (
        pd.read_csv(here / study / "replications.csv").drop(columns="events") for study in ("cover", "run")
    )  # fmt: skip
    same = run[run["measure"].isin(set(cover["measure"]))].reset_index(drop=True)
    key = ["replication", "measure", "group", "level"]
    pd.testing.assert_frame_equal(
        same.sort_values(key, ignore_index=True), cover.sort_values(key, ignore_index=True), check_exact=True
    )


def test_the_manifest_says_what_to_run_again(capsys, here):
    ask(capsys, *COVER, "out=mine")
    kept = json.loads((here / "mine" / "manifest.json").read_text())
    assert kept["command"].startswith("oncall-sim cover scenario=current_patchwork areas=[QHG,QUE,QOP]")


def test_a_planner_s_funded_night_covers_more(capsys, here):
    """The point of the command: the same children, and fewer nights without anybody."""
    found = []
    for scenario in ("current_patchwork", "icb_rota"):
        ask(capsys, "cover", f"scenario={scenario}", *SMALL, f"out={scenario}")
        summary = pd.read_csv(here / scenario / "summary.csv")
        row = summary[(summary["measure"] == "child_nights_without_visit_achieved_share")].iloc[0]
        nights = summary[summary["measure"] == "child_nights_per_year"].iloc[0]
        found.append((row["mean"], nights["mean"]))
    (today, today_nights), (funded, funded_nights) = found
    assert funded < today
    assert funded_nights == today_nights


def test_numbers_that_a_chart_of_exposure_does_not_count_change_nothing(capsys, here):
    """Catches a chart that says fewer assumptions drive it than do: a key of every kind left out is moved."""
    moved = {
        "answering.answer_patience.emergency.mean_minutes": 9, "consequences.partly_met.p_emergency_visit": 0.9,
        "reasons.symptom.p_emergency": 0.1, "repeat.p_repeat_after_unmet": 0.1, "safe_limit.worked_hours_per_week": 40,
        "standards.qs160_met_from_share": 0.9, "demand.calls_per_child_day.stable": 0.05,
        "demand.reference_calls_per_child_day.stable": 0.2, "demand.rate_ceiling_multiple": 4,
        "demand.death_calls_per_death": 0, "demand.professional_share": 0.4, "demand.dying_night_weight_multiple": 1,
        "demand.background_calls_per_child_year": 3, "demand.background_children_per_death": 2,
        "demand.talk_cv": 0.3, "demand.after_call_cv": 0.2, "demand.visit_cv": 0.2,
    }  # fmt: skip
    left_out = [one for one in NO_CALLS if not one.startswith("costs.")]
    assert all(any(key.startswith(one) for key in moved) for one in left_out)
    ask(capsys, *COVER, "out=one")
    ask(capsys, *COVER, *(f"{key}={value}" for key, value in moved.items()), "out=two")
    one, two = (pd.read_csv(here / study / "replications.csv") for study in ("one", "two"))
    exposed = [found[found["measure"].str.startswith((*EXPOSURE, "fragility_"))] for found in (one, two)]
    assert len(exposed[0])
    pd.testing.assert_frame_equal(*exposed)


def test_the_configuration_is_shown_and_nothing_done(capsys, here):
    lines = ask(capsys, *COVER, "--cfg", "job")
    assert any(line.startswith("weeks:") for line in lines)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cover"], "scenario"),
        (["cover", "scenario=icb_rotta"], "icb_rota"),
        (["cover", "scenarios=[icb_rota,current_patchwork]"], "scenario"),
        (["cover", "scenario=icb_rota", "week=3"], "weeks"),
        (["cover", "-m", "scenario=icb_rota", "seed=1,2"], "-m"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(words, said, capsys, here):
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert said in printed.err
    assert list(here.iterdir()) == []
