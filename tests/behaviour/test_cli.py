"""The command as a person meets it: its words, its folder of results, and one line when something is wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from sim import cli
from sim.config import scenarios
from sim.measures.headlines import names
from sim.measures.verdicts import VERDICTS

SMALL = ["areas=[QHG]", "weeks=2", "warmup_weeks=13", "replications=2", "workers=1"]
TABLES = [*SMALL, "draw=false"]  # drawing a page takes longer than the runs
FILES = {"summary.csv", "comparison.csv", "replications.csv", "assumptions.csv", "manifest.json"}


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ask(capsys, *words: str) -> list[str]:
    """Lines of standard output of a command that succeeds."""
    code = cli.main(words)
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return printed.out.splitlines()


def python(*words: str) -> list[str]:
    return [sys.executable, "-m", "sim", *words]


def outside(home: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(home)}


@pytest.mark.parametrize("words", [[], ["--help"], ["run", "-h"], ["--version"]])
def test_help_and_version_are_printed_anywhere(words, home):
    """That nothing heavy is imported for them is held by the table of commands' own test."""
    done = subprocess.run(python(*words), capture_output=True, text=True, check=True, env=outside(home))
    assert done.stdout.startswith("oncall-sim")


def test_every_scenario_has_a_name_and_a_question(capsys):
    lines = ask(capsys, "scenarios")
    for line, (name, question) in zip(lines, scenarios(), strict=True):
        assert question
        assert line.split(maxsplit=1) == [name, question]


def test_a_run_ends_with_its_folder(capsys, here):
    lines = ask(capsys, "run", "scenario=current_patchwork", *TABLES)
    folder = here / lines[-1]
    assert folder.parent == here / "results"
    assert folder.name.startswith("run-current_patchwork-")
    assert {path.name for path in folder.iterdir()} >= FILES
    assert (folder / "scenarios/current_patchwork.yaml").exists()
    assert any(line.startswith("Unmet demand, all hours") for line in lines)
    assert pd.read_csv(folder / "comparison.csv").empty


def test_a_comparison_has_a_verdict_on_every_measure_with_a_better_side(capsys):
    lines = ask(capsys, "compare", "scenarios=[icb_rota,current_patchwork]", *TABLES, "out=mine")
    assert lines[-1] == "mine"
    table = pd.read_csv("mine/comparison.csv", keep_default_na=False)
    assert set(table["baseline"]) == {"icb_rota"}
    assert set(table["scenario"]) == {"current_patchwork"}
    assert {"better", "worse"} & set(table["verdict"])
    assert set(table["verdict"]) <= {"", *VERDICTS}


def test_any_scenario_can_be_the_baseline_and_every_two_are_compared(capsys):
    """Catches two options of a commissioner that are held against today alone, and never against each other."""
    three = "scenarios=[current_patchwork,icb_rota,regional_rota]"
    lines = ask(capsys, "compare", three, "against=icb_rota", *TABLES, "out=mine")
    assert {row.split()[0] for row in lines if row.startswith("Against")} == {"Against"}
    assert any(line.startswith("Against icb_rota") for line in lines)
    assert set(pd.read_csv("mine/comparison.csv")["baseline"]) == {"icb_rota"}
    pairs = pd.read_csv("mine/pairs.csv", keep_default_na=False)
    others = ("current_patchwork", "regional_rota")
    both = [*(("icb_rota", one) for one in others), others]
    assert list(dict.fromkeys(zip(pairs["baseline"], pairs["scenario"], strict=True))) == both
    assert set(pairs["measure"]) <= set(names("precision"))


def test_the_manifest_says_what_to_run_again(capsys):
    folder = Path(ask(capsys, "run", "current_patchwork", *TABLES, "seed=7", "out=mine")[-1])
    kept = json.loads((folder / "manifest.json").read_text())
    assert kept["seed"] == 7
    assert kept["replications"] == 2
    assert kept["command"] == (
        "oncall-sim run scenario=current_patchwork areas=[QHG] weeks=2 warmup_weeks=13 replications=2 seed=7"
    )
    assert set(kept["scenarios"]) == {"current_patchwork"}
    assert kept["verdicts"]["adjusted"] is True


def test_a_planners_own_file_runs_and_compares(capsys, here):
    (here / "mine.yaml").write_text("based_on: current_patchwork\nquestion: What if nobody helped?\ngoodwill: off\n")
    assert "run-mine-" in ask(capsys, "run", "./mine.yaml", *TABLES)[-1]
    lines = ask(capsys, "compare", "scenarios=[current_patchwork,./mine.yaml]", *TABLES)
    assert "compare-current_patchwork-and-1-more-" in lines[-1]


def test_the_configuration_is_printed_and_nothing_is_run(capsys, here):
    lines = ask(capsys, "run", "scenario=icb_rota", "--cfg", "job", "weeks=9")
    assert "name: icb_rota" in lines
    assert "weeks: 9" in lines
    assert list(here.iterdir()) == []


def test_multirun_gathers_what_can_be_paired_into_one_study(capsys, here):
    lines = ask(capsys, "run", "-m", "scenario=icb_rota,current_patchwork", "seed=1,2", *TABLES, "out=sweep")
    folders = [here / line for line in lines[-2:]]
    assert {folder.parent.name for folder in folders} == {"sweep"}
    kept = [json.loads((folder / "manifest.json").read_text()) for folder in folders]
    assert [(one["baseline"], one["seed"]) for one in kept] == [("icb_rota", 1), ("icb_rota", 2)]
    assert all(list(one["scenarios"]) == ["icb_rota", "current_patchwork"] for one in kept)
    assert "scenario=icb_rota,current_patchwork seed=2" in kept[1]["command"]


def test_a_sweep_over_a_key_is_one_study_whose_scenarios_are_called_by_their_values(capsys, here):
    words = ("run", "-m", "scenario=icb_rota", "goodwill.asks_people=1,2", "goodwill.p_max=0.2,0.4")
    folder = here / ask(capsys, *words, *TABLES)[-1]
    kept = json.loads((folder / "manifest.json").read_text())
    assert list(kept["scenarios"]) == [
        f"icb_rota_asks_people_{people}_p_max_{share}" for people in (1, 2) for share in ("0_2", "0_4")
    ]
    assert folder.name.startswith("sweep-icb_rota_asks_people_1_p_max_0_2-and-3-more-")


def test_lists_in_step_go_together(capsys, here):
    words = ("run", "--in-step", "icb_rota", "goodwill.asks_people=1,2", "goodwill.p_max=0.2,0.4", *TABLES)
    folder = here / ask(capsys, *words)[-1]
    kept = json.loads((folder / "manifest.json").read_text())
    assert list(kept["scenarios"]) == ["icb_rota_asks_people_1_p_max_0_2", "icb_rota_asks_people_2_p_max_0_4"]
    assert "run --in-step scenario=icb_rota" in kept["command"]


BAD = {
    "a misspelt command": (["rum", "icb_rota"], "did you mean run"),
    "a misspelt flag": (["run", "icb_rota", "--config-dri", "x"], "did you mean --config-dir"),
    "no scenario": (["run"], "scenario=NAME"),
    "an unknown scenario": (["run", "scenario=icb_rotta"], "icb_rota"),
    "a missing file": (["run", "./nowhere.yaml"], "nowhere.yaml"),
    "a misspelt key": (["run", "icb_rota", "weekz=2"], "weeks"),
    "a misspelt key with a plus": (["run", "icb_rota", "+weekz=2"], "weeks"),
    "a misspelt key in a group": (["run", "icb_rota", "goodwill.ask_people=2"], "asks_people"),
    "a wrong type": (["run", "icb_rota", "weeks=many"], "weeks"),
    "out of range": (["run", "icb_rota", "replications=0"], "replications"),
    "an unknown area": (["run", "icb_rota", "areas=[QQQ]"], "QQQ"),
    "an impossible probability": (["run", "icb_rota", "goodwill.p_max=1.5"], "p_max"),
    "a baseline that is not there": (
        ["compare", "scenarios=[icb_rota,regional_rota]", "against=icb_rotas"],
        "did you mean icb_rota?",
    ),
    "one scenario to compare": (["compare", "scenarios=[icb_rota]"], "two or more"),
    "the same scenario twice": (["compare", "scenarios=[icb_rota,icb_rota]"], "two of them"),
    "an open bracket": (["compare", "scenarios=[icb_rota,current_patchwork"], "scenarios=[a,b]"),
    "several scenarios to run": (["run", "scenario=icb_rota,current_patchwork"], "compare"),
    "lists in step of unequal length": (
        ["run", "--in-step", "icb_rota", "goodwill.asks_people=1,2", "goodwill.p_max=0.2,0.3,0.4"],
        "equally long",
    ),
    "nothing to go in step": (["run", "--in-step", "icb_rota"], "there are none"),
    "a multirun of compare": (["compare", "-m", "scenarios=[icb_rota,current_patchwork]"], "-m"),
    "a folder that is not a study": (["run", "icb_rota", "out=precious"], "not a study"),
    "no folder of configuration": (["run", "icb_rota", "--config-dir", "nowhere"], "nowhere"),
    "an unknown shell": (["--completion", "tcsh"], "bash"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_one_line_and_writes_nothing(kind, capsys, here):
    words, said = BAD[kind]
    (here / "precious").mkdir()
    (here / "precious" / "thesis.txt").write_text("three years of work")
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert said in printed.err
    assert [path.name for path in here.iterdir()] == ["precious"]
    assert [path.name for path in (here / "precious").iterdir()] == ["thesis.txt"]


def test_ctrl_c_is_one_line_and_leaves_no_study(home, here):
    words = python("run", "icb_rota", "replications=500", "workers=2")
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=outside(home), start_new_session=True
    ) as begun:
        assert begun.stderr is not None
        title = next(line for line in iter(begun.stderr.readline, "") if "icb_rota" in line)  # it begins to simulate
        time.sleep(1.0)
        os.killpg(begun.pid, signal.SIGINT)  # as a terminal does: to the command and its workers
        try:
            out, err = begun.communicate(timeout=60)
        finally:
            begun.kill()
    assert begun.returncode == 130, err
    assert "500 x 1 runs" in title
    assert err.splitlines()[-1].startswith("oncall-sim: stopped")
    assert "Traceback" not in err
    assert out == ""
    assert not list(here.glob("results/[!.]*"))


def test_a_log_has_plain_lines_on_standard_error(home):
    done = subprocess.run(
        python("run", "icb_rota", *TABLES), capture_output=True, text=True, check=True, env=outside(home)
    )
    assert "2 of 2 runs" in done.stderr
    assert "\x1b" not in done.stderr + done.stdout
    assert done.stdout.splitlines()[-1].startswith("results/run-icb_rota-")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("oncall-sim c", "compare"),
        ("oncall-sim run scenario=icb", "scenario=icb_rota"),
        ("oncall-sim compare scenarios=[icb_rota,cur", "scenarios=[icb_rota,current_patchwork"),
        ("oncall-sim run scenario=icb_rota goodwill.asks", "goodwill.asks_people="),
        ("oncall-sim run scenario=icb_rota goodwill=o", "goodwill=off"),
        ("oncall-sim night scenario=icb_rota against=cur", "against=current_patchwork"),
        ("oncall-sim export e", "events"),
    ],
)
def test_completion_offers_what_could_come_next(line, offered, capsys):
    assert offered in ask(capsys, "--complete", line)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script_that_asks_the_program(shell, capsys):
    assert "oncall-sim --complete" in "\n".join(ask(capsys, "--completion", shell))
