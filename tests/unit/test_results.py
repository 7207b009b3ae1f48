"""A study's folder is complete or not there, and nothing that is not a study is ever replaced."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pandas as pd
import pytest

from sim import results
from sim.errors import BadInput

TABLE = pd.DataFrame({"scenario": ["a", "é"], "mean": [0.1 + 0.2, np.nan], "replications": [20, 1]})
MANIFEST = {"tool": "oncall-sim", "study": "s"}


def write(folder, text="one"):
    return results.write(
        folder, {"summary.csv": TABLE}, {"charts/a.svg": b"<svg/>", "scenarios/a.yaml": text}, MANIFEST
    )


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_study_is_written_whole(tmp_path):
    folder = write(tmp_path / "deep" / "study")
    assert names(folder) == ["charts/a.svg", "manifest.json", "scenarios/a.yaml", "summary.csv"]
    assert [path.name for path in folder.parent.iterdir()] == ["study"]


def test_tables_are_utf8_with_nine_digits_and_empty_cells(tmp_path):
    folder = write(tmp_path / "study")
    assert (folder / "summary.csv").read_bytes() == "scenario,mean,replications\na,0.3,20\né,,1\n".encode()


def test_the_manifest_knows_the_sum_of_every_other_file(tmp_path):
    folder = write(tmp_path / "study")
    kept = json.loads((folder / "manifest.json").read_text())
    assert kept["files"] == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in names(folder)
        if name != "manifest.json"
    }


def test_a_study_of_the_same_name_is_replaced(tmp_path):
    write(tmp_path / "study", "one")
    (tmp_path / "study" / "left over").write_text("old")
    write(tmp_path / "study", "two")
    assert (tmp_path / "study/scenarios/a.yaml").read_text() == "two"
    assert "left over" not in names(tmp_path / "study")
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


def test_a_study_that_fails_half_way_leaves_the_old_one(tmp_path):
    write(tmp_path / "study", "one")
    with pytest.raises(AttributeError):
        results.write(tmp_path / "study", {"summary.csv": None}, {}, MANIFEST)
    assert (tmp_path / "study/scenarios/a.yaml").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


def test_a_study_goes_under_results_or_where_it_is_sent(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert str(results.folder_of("run-a-12345678", None)) == "results/run-a-12345678"
    assert results.folder_of("run-a-12345678", str(tmp_path / "mine")) == tmp_path / "mine"
    assert not list(tmp_path.iterdir())


def test_a_folder_with_something_else_in_it_is_refused(tmp_path):
    (tmp_path / "mine").mkdir()
    assert results.folder_of("s", str(tmp_path / "mine")) == tmp_path / "mine"  # empty: nothing to lose
    (tmp_path / "mine" / "thesis.doc").write_text("three years of work")
    with pytest.raises(BadInput, match="not a study"):
        results.folder_of("s", str(tmp_path / "mine"))
    (tmp_path / "mine" / "manifest.json").write_text("[]")
    with pytest.raises(BadInput, match="not a study"):
        results.folder_of("s", str(tmp_path / "mine"))


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="not a study"):
        results.folder_of("s", str(tmp_path / "file"))
    with pytest.raises(BadInput, match="nothing can be written"):
        results.folder_of("s", str(tmp_path / "file" / "below"))
