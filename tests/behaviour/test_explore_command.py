"""``oncall-sim explore`` and ``slides`` on a finished study: what they write, and the one line where they cannot."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from sim import results
from sim.cli import main

COMMAND = "oncall-sim run -m scenario=regional_rota teams.consultants.people=1,2 seed=3"


@pytest.fixture
def study(tmp_path):
    """A folder as a sweep of two settings leaves it, with made-up numbers and without its page."""
    place = Path(__file__).parents[1] / "unit" / "report_tables.py"
    found = importlib.util.spec_from_file_location("report_tables_for_commands", place)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    tables = module.made_up(("one", "two"), ("QHG", "QMM"))
    parts = {name: getattr(tables, name) for name in ("summary", "comparison", "areas", "assumptions")}
    manifest = {
        "tool": "oncall-sim", "verb": "sweep", "command": COMMAND, "scenarios": {"one": "", "two": ""},
        "about": {**tables.study, "scenarios": tables.scenarios},
    }  # fmt: skip
    return results.write(tmp_path / "study", {f"{name}.csv": table for name, table in parts.items()}, {}, manifest)


def test_explorer_and_slides_join_the_study_and_its_manifest(study, capsys):
    """Catches a file that `check` would call a stranger, or a path that is not the last line."""
    pytest.importorskip("pptx")
    for verb, file in (("explore", "explorer.html"), ("slides", "slides.pptx")):
        assert main([verb, str(study)]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == str(study / file)
        assert file in json.loads((study / "manifest.json").read_text())["files"]
    assert '"People of the consultants","values":["1","2"]' in (study / "explorer.html").read_text()
    assert results.altered(study, results.manifest_of(study)) == []


def test_without_the_extra_slides_say_what_to_install(study, capsys, monkeypatch):
    """Catches a traceback where a library that is optional is not there."""
    monkeypatch.setitem(sys.modules, "pptx", None)
    assert main(["slides", str(study)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "install the extra `office`" in said[0]


@pytest.mark.parametrize("words", [["explore"], ["slides", "a", "b"], ["explore", "no/such/folder"], ["slides", "x=1"]])
def test_what_is_no_folder_of_a_study_is_one_line_and_exit_code_2(words, capsys):
    """Catches a command that takes anything for a study."""
    assert main(words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_table_that_was_changed_by_hand_is_refused(study, capsys):
    """Catches a page that shows numbers nobody simulated."""
    path = study / "summary.csv"
    path.write_text(path.read_text().replace("0.276", "0.176"))
    assert main(["explore", str(study)]) == 2
    assert "not what the run wrote" in capsys.readouterr().err
