"""A planner's folder survives a day of work: a finished study is left as it is, and so is whatever else lies there."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import pytest

from sim import cli
from sim.commands import destination, pipeline

SIM = Path(__file__).parents[2] / "sim"
SMALL = ["run", "scenario=icb_rota", "areas=[QHG]", "weeks=1", "warmup_weeks=1", "replications=2", "workers=1"]
SMALL += ["draw=false"]
WORDS = [*SMALL, "out=study"]
OTHER = ["seed=2" if word == "draw=false" else word for word in SMALL] + ["draw=false", "out=study"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("finished") / "study"
    assert cli.main([*SMALL, f"out={place}"]) == 0
    return place


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def study(finished, here) -> Path:
    """The study of WORDS in the planner's folder, with what a planner puts there."""
    folder = Path(shutil.copytree(finished, here / "study"))
    (folder / "notes.txt").write_text("for the meeting on Thursday")
    (folder / "slides.pptx").write_text("polished by hand")
    (folder / "drafts").mkdir()
    (folder / "drafts/summary.csv").write_text("mine")
    return folder


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder with the time it was written."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


@pytest.fixture
def nothing_runs(monkeypatch) -> None:
    def runs(*given):
        raise AssertionError("something was simulated")

    monkeypatch.setattr(pipeline, "conduct", runs)


def test_a_finished_study_says_that_it_is_there_and_writes_nothing(study, here, nothing_runs, capsys):
    before = content(here)
    assert cli.main(WORDS) == 0
    printed = capsys.readouterr()
    assert printed.out == "study\n"
    assert printed.err == "study: this study is there already, so nothing is written (overwrite=true makes it again)\n"
    assert content(here) == before


def test_what_somebody_changed_in_it_is_told_and_left(study, here, nothing_runs, capsys):
    """Catches an edited table that is written over, and one that passes for what the run found."""
    (study / "summary.csv").write_text("rounded for the board")
    (study / "areas.csv").unlink()
    before = content(here)
    assert cli.main(WORDS) == 0
    printed = capsys.readouterr()
    assert printed.out == "study\n"
    assert "no longer as it was written: areas.csv; summary.csv" in printed.err
    assert content(here) == before


@pytest.mark.parametrize("changed", ["seed", "version", "code", "numpy", "keep"])
def test_another_study_is_refused_in_one_line(changed, study, here, nothing_runs, capsys):
    """Catches a study that replaces another one, also when only the code or a library is another."""
    words, said = WORDS, f"{changed} was old, is "
    if changed == "seed":
        words, said = OTHER, "made by `oncall-sim run scenario=icb_rota "
    elif changed == "keep":
        words, said = [*WORDS, "keep=ledger"], "without what keep=ledger adds"
    else:
        kept = json.loads((study / "manifest.json").read_text())
        (kept["packages"] if changed == "numpy" else kept)[changed] = "old"
        (study / "manifest.json").write_text(json.dumps(kept))
    before = content(here)
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("oncall-sim: study: another study is there (")
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert content(here) == before


def test_overwriting_replaces_the_files_of_the_study_alone(study, here, capsys):
    before = content(study)
    assert cli.main([*OTHER, "overwrite=true"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "study"
    after = content(study)
    assert {name for name in before if after.get(name) == before[name]} == {
        "drafts/summary.csv", "notes.txt", "slides.pptx",
    }  # fmt: skip
    assert json.loads((study / "manifest.json").read_text())["seed"] == 2
    assert "overwrite" not in json.loads((study / "manifest.json").read_text())["command"]
    assert [path.name for path in here.iterdir()] == ["study"]
    assert cli.main(["check", "study"]) == 0


@pytest.mark.parametrize("word", ["overwrite=yes", "overwrite=", "overwrite=true overwrite=true"])
def test_overwriting_is_said_once_and_in_full(word, study, here, capsys):
    before = content(here)
    assert cli.main([*OTHER, *word.split(" ")]) == 2
    assert "overwrite=true" in capsys.readouterr().err
    assert content(here) == before


@pytest.mark.parametrize("verb", ["scenarios", "solve", "verify"])
def test_overwriting_nothing_is_refused(verb, capsys):
    assert cli.main([*verb.split(), "overwrite=true"]) == 2
    assert "writes nothing" in capsys.readouterr().err


def test_a_folder_that_appears_during_the_run_is_left_and_the_study_stands_beside_it(here, monkeypatch, capsys):
    real = pipeline.estimate

    def meanwhile(*given):
        (here / "study").mkdir()
        (here / "study/thesis.txt").write_text("three years of work")
        return real(*given)

    monkeypatch.setattr(pipeline, "estimate", meanwhile)
    assert cli.main(WORDS) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1] == "study-2"
    assert "study: something else appeared there and is left as it is; the study is in study-2" in printed.err
    assert [path.name for path in (here / "study").iterdir()] == ["thesis.txt"]
    assert sorted(path.name for path in here.iterdir()) == ["study", "study-2"]
    assert cli.main(["check", "study-2"]) == 0


def test_the_same_study_that_appears_during_the_run_is_left(finished, here, monkeypatch, capsys):
    """Catches two runs of one study, of which the second deletes what the first wrote."""
    real = pipeline.estimate
    monkeypatch.setattr(
        pipeline, "estimate", lambda *given: (shutil.copytree(finished, here / "study"), real(*given))[1]
    )
    assert cli.main(WORDS) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[-1] == "study"
    assert "this study is there already" in printed.err
    assert content(here / "study").keys() == content(finished).keys()
    assert [path.name for path in here.iterdir()] == ["study"]


def test_a_finished_study_without_its_page_says_how_to_draw_it(study, nothing_runs, capsys):
    assert cli.main([word for word in WORDS if word != "draw=false"]) == 0
    assert "it has no page yet: oncall-sim report study" in capsys.readouterr().err


ALSO = {  # commands that may write, and what they need beside a scenario
    "cover": [], "attribute": [], "rota": [], "night": [], "pool": ["role=consultant", "groupings=[none]"],
    "export": ["events"], "check": ["warmup"],
}  # fmt: skip
TINY = ["scenario=icb_rota", "areas=[QHG]", "weeks=1", "warmup_weeks=1", "replications=2", "workers=1"]


@pytest.mark.parametrize("verb", ALSO)
def test_every_command_leaves_what_is_at_its_folder(verb, here, capsys):
    """Catches a command that asks nobody before it writes."""
    (here / "mine").mkdir()
    (here / "mine/thesis.txt").write_text("three years of work")
    assert cli.main([verb, *ALSO[verb], *TINY, "out=mine", "overwrite=true"]) == 2
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert "it exists and is not a study" in printed.err
    assert content(here).keys() == {"mine/thesis.txt"}


@pytest.mark.parametrize("verb", ["rota", "night"])
def test_a_command_that_prints_and_writes_prints_again_and_writes_once(verb, here, capsys):
    words = [verb, *TINY, "out=mine"]
    assert cli.main(words) == 0
    first, before = capsys.readouterr().out, content(here)
    assert cli.main(words) == 0
    printed = capsys.readouterr()
    assert printed.out == first
    assert "mine: this study is there already" in printed.err
    assert content(here) == before
    assert cli.main([*words, {"rota": "area=QHG", "night": "replication=2"}[verb]]) == 2
    assert "another study is there" in capsys.readouterr().err


def test_solving_takes_no_folder(here, capsys):
    assert cli.main(["solve", *TINY, "out=mine"]) == 2
    assert "writes nothing" in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_only_one_module_puts_studies_into_folders():
    """Catches a new command that writes without looking at what is there."""
    asks = {"write", "folder_of", "study_in"}
    found = set()
    for module in (SIM / "commands").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "results":
                found |= {(module.name, node.attr)} if node.attr in asks else set()
    assert found == {(Path(destination.__file__).name, name) for name in asks}
