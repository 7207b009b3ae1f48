"""A study's folder is complete or not there, and nothing that is not a study is ever replaced."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim import results
from sim.config.rows import read_rows
from sim.errors import BadInput
from sim.experiment.kept_ledger import as_csv
from sim.report.tables import reading

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


def content(folder):
    return {name: (folder / name).read_bytes() for name in names(folder)}


def test_what_is_in_the_place_of_a_study_is_left_and_the_study_stands_beside_it(tmp_path):
    """Catches a folder, a file or a link that appeared while the study ran, and is deleted at its end."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/notes.txt").write_text("a year of work")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(elsewhere)
    write(tmp_path / "other", "other")
    for name in ("folder", "file", "link", "other"):
        before = content(tmp_path / name) if name != "file" else (tmp_path / name).read_text()
        assert write(tmp_path / name) == tmp_path / f"{name}-2"
        assert write(tmp_path / name) == tmp_path / f"{name}-3"
        assert (content(tmp_path / name) if name != "file" else (tmp_path / name).read_text()) == before
        assert len(names(tmp_path / f"{name}-3")) == 4
    assert list(elsewhere.iterdir()) == []
    assert not list(tmp_path.glob(".*"))


def test_an_empty_folder_becomes_the_study(tmp_path):
    (tmp_path / "study").mkdir()
    assert write(tmp_path / "study") == tmp_path / "study"
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


def overwrite(folder, text="two"):
    return results.write(folder, {"other.csv": TABLE}, {"scenarios/a.yaml": text}, MANIFEST, overwrite=True)


def test_overwriting_replaces_the_files_of_the_study_and_nothing_else(tmp_path):
    """Catches a planner's notes deleted with the old study, and old charts left among the new."""
    folder = write(tmp_path / "study", "one")
    (folder / "charts/mine.svg").write_text("drawn by hand")
    (folder / "notes.txt").write_text("a year of work")
    assert overwrite(folder) == folder
    mine = ["charts/mine.svg", "notes.txt"]
    assert names(folder) == sorted([*mine, "manifest.json", "other.csv", "scenarios/a.yaml"])
    assert (folder / "scenarios/a.yaml").read_text() == "two"
    assert results.altered(folder, results.manifest_of(folder)) == []
    (folder / "charts/mine.svg").unlink()
    (folder / "charts").rmdir()
    write_again = results.write(folder, {}, {"charts/b.svg": "b"}, MANIFEST, overwrite=True)
    overwrite(write_again)
    assert not (folder / "charts").exists()  # it was the study's, and is empty


@pytest.mark.parametrize("kind", ["file", "folder", "link", "link above"])
def test_a_file_of_somebody_elses_in_the_way_is_left_and_the_study_stands_beside_it(kind, tmp_path):
    folder = write(tmp_path / "study", "one")
    (tmp_path / "victim").mkdir()
    if kind == "link above":
        (folder / "scenarios/a.yaml").unlink()
        (folder / "scenarios").rmdir()
        (folder / "scenarios").symlink_to(tmp_path / "victim")
    elif kind == "link":
        (folder / "other.csv").symlink_to(tmp_path / "victim/other.csv")
    elif kind == "folder":
        (folder / "other.csv").mkdir()
    else:
        (folder / "other.csv").write_text("mine")
    before = content(folder)
    assert overwrite(folder) == tmp_path / "study-2"
    assert content(folder) == before
    assert list((tmp_path / "victim").iterdir()) == []


@pytest.mark.parametrize("moment", range(5))
def test_overwriting_that_is_stopped_leaves_a_study_that_says_so(moment, tmp_path, monkeypatch):
    """Catches a folder that is half one study and half another, under a manifest that calls it whole."""
    folder = write(tmp_path / "study", "one")
    real, moves = Path.replace, []

    def stopped(path, target):
        moves.append(path)
        if len(moves) > moment:
            raise KeyboardInterrupt
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stopped)
        if moment < 4:
            with pytest.raises(KeyboardInterrupt):
                overwrite(folder)
        else:
            overwrite(folder)
    changed = results.altered(folder, results.manifest_of(folder))
    assert bool(changed) == (moment in (1, 3))  # 2: the old study, and one file more
    assert [path.name for path in tmp_path.iterdir()] == ["study"]
    overwrite(folder)
    assert names(folder) == ["manifest.json", "other.csv", "scenarios/a.yaml"]
    assert results.altered(folder, results.manifest_of(folder)) == []


def test_two_who_overwrite_at_once_do_not_mix(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    folder = write(tmp_path / "study", "one")
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        with pytest.raises(BadInput, match="another command is replacing it"):
            overwrite(folder)
    finally:
        os.close(descriptor)
    assert (folder / "scenarios/a.yaml").read_text() == "one"


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


def test_a_link_is_refused(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "somewhere")
    with pytest.raises(BadInput, match="a link"):
        results.folder_of("s", str(tmp_path / "link"))


@pytest.mark.parametrize("out", [".", "..", "sub/..", "../here", "/", "~"])
def test_the_folder_somebody_is_in_is_refused(out, tmp_path, monkeypatch):
    """Catches a shell left in a folder that is gone, and a home that becomes a study."""
    here = tmp_path / "here"
    (here / "sub").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(here)
    with pytest.raises(BadInput, match=r"the folder this command runs in|not a study"):
        results.folder_of("s", out)


def test_a_home_is_said_with_a_tilde(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert results.folder_of("s", "~/studies/one") == tmp_path / "studies/one"


# -- a folder that somebody sent --------------------------------------------------------------------------------------

HOSTILE = {
    "upwards": "charts/../../victim.txt",
    "upwards at once": "../victim.txt",
    "absolute": "/victim.txt",
    "here": "./summary.csv",
    "twice": "charts//a.svg",
    "nothing": "",
    "backslashes": "charts\\..\\..\\victim.txt",
    "a drive": "C:victim.txt",
    "a line": "charts/a\n.svg",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_manifest_that_names_files_outside_its_study_is_refused(kind, tmp_path):
    """Catches a file outside a folder that is read, written or removed because the folder says so."""
    folder = write(tmp_path / "study")
    kept = json.loads((folder / "manifest.json").read_text())
    kept["files"][HOSTILE[kind]] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(kept))
    (tmp_path / "victim.txt").write_text("mine")
    with pytest.raises(BadInput, match="no plain name"):
        results.manifest_of(folder)
    with pytest.raises(BadInput, match="no plain name"):
        results.redraw(folder, kept, {}, [HOSTILE[kind]], overwrite=True)
    assert (tmp_path / "victim.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("entry", "value"),
    [("files", []), ("files", {"a.csv": 1}), ("command", "one\nother"), ("scenarios", "x"), ("version", "\x1b[2J")],
)
def test_a_manifest_that_no_run_wrote_is_refused(entry, value, tmp_path):
    folder = write(tmp_path / "study")
    kept = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**kept, entry: value}))
    with pytest.raises(BadInput, match=f"`{entry}` is not what a run writes"):
        results.manifest_of(folder)


@pytest.mark.parametrize("linked", ["charts", "charts/a.svg", "manifest.json"])
def test_nothing_is_read_written_or_removed_through_a_link(linked, tmp_path):
    folder, victim = write(tmp_path / "study"), tmp_path / "victim"
    manifest = results.manifest_of(folder)
    (folder / linked).rename(victim)
    (folder / linked).symlink_to(victim)
    before = content(victim) if victim.is_dir() else victim.read_bytes()
    with pytest.raises(BadInput, match=r"a link"):
        results.manifest_of(folder)
    with pytest.raises(BadInput, match=r"a link"):
        results.redraw(folder, manifest, {"charts/a.svg": b"new"})
    assert (content(victim) if victim.is_dir() else victim.read_bytes()) == before


@pytest.mark.parametrize("gone", [(), ("charts/a.svg",)])
def test_what_somebody_changed_or_added_is_not_drawn_over(gone, tmp_path):
    """Catches slides that were polished by hand, and a file of the same name that no run wrote."""
    folder = write(tmp_path / "study")
    manifest = results.manifest_of(folder)
    (folder / "charts/a.svg").write_text("polished")
    drawn = {"report.html": b"new"} | ({} if gone else {"charts/a.svg": b"new"})
    before = content(folder)
    with pytest.raises(BadInput, match="changed since it was written"):
        results.redraw(folder, manifest, drawn, gone)
    assert content(folder) == before
    results.redraw(folder, manifest, drawn, gone, overwrite=True)
    assert (folder / "charts/a.svg").exists() != bool(gone)
    assert results.altered(folder, results.manifest_of(folder)) == []
    (folder / "slides.pptx").write_text("mine")
    with pytest.raises(BadInput, match="the study did not write it"):
        results.redraw(folder, results.manifest_of(folder), {"slides.pptx": b"new"}, overwrite=True)
    assert (folder / "slides.pptx").read_text() == "mine"


# -- words that a spreadsheet would compute ---------------------------------------------------------------------------

SAID = ["=1+1", "+44 20 7946 0000", "-ward", "- b", "@home", "\tx", "\rx", "'=1", "''@x", "'s-Gravenhage", "a=b", "-"]
NUMBERS_IN_WORDS = ["-5", "-0.25", "-1.5e-05", "3"]


def test_words_that_begin_a_formula_stay_words_and_come_back(tmp_path):
    """Catches a name such as =HYPERLINK(...) that a spreadsheet computes, and one that comes back as another."""
    table = pd.DataFrame({"scenario": [*SAID, *NUMBERS_IN_WORDS], "mean": -0.5})
    cells = list(csv.reader(io.StringIO(results.csv(table).decode(), newline="")))[1:]
    assert all(cell[0][:1] not in tuple("=+@\t\r") for cell in cells)
    assert {cell[0] for cell in cells if cell[0].startswith("-")} == {"-", "-5", "-0.25", "-1.5e-05"}
    assert {cell[1] for cell in cells} == {"-0.5"}
    back = reading.table(results.csv(table))
    assert list(back["scenario"]) == [*SAID, *NUMBERS_IN_WORDS]
    assert list(back["mean"]) == [-0.5] * len(cells)


def test_a_table_of_a_study_is_a_planners_own_again(tmp_path):
    """Catches a grouping or a table of areas from a study whose names come back with the apostrophe."""
    (tmp_path / "clusters.csv").write_bytes(results.csv(pd.DataFrame({"code": ["=A1", "QHG"], "group": ["-b", "'s"]})))
    rows = read_rows(tmp_path / "clusters.csv", ("code", "group"))
    assert [row.cells for row in rows] == [{"code": "=A1", "group": "-b"}, {"code": "QHG", "group": "'s"}]


def test_the_ledger_and_the_log_keep_words_too():
    cells = as_csv({"person": ["=A1.nurse", "QHG.nurse"], "hour": [-1.5, 2.0]}).decode().splitlines()
    assert cells == ["person,hour", "'=A1.nurse,-1.5", "QHG.nurse,2.0"]
