"""``oncall-sim report``: what it refuses to draw; and the dictionary of the tables it draws from.

That it draws the same bytes as the run is tested with the other bytes that must be the same.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from sim import cli
from sim.commands import pipeline
from sim.measures.catalogue import CATALOGUE
from sim.measures.dictionary import TABLES

DOCS = Path(__file__).parents[2] / "docs" / "results.md"
COMPARE = ["compare", "scenarios=[current_patchwork,icb_rota,goodwill_withdrawn]", "areas=[QHG]", "weeks=13"]
COMPARE += ["warmup_weeks=1", "replications=2", "workers=1", "draw=false"]


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    """A small comparison as the run wrote it, without its page."""
    place = tmp_path_factory.mktemp("report") / "study"
    assert cli.main([*COMPARE, f"out={place}"]) == 0
    return place


@pytest.fixture
def copy(study, tmp_path) -> Path:
    return Path(shutil.copytree(study, tmp_path / "study"))


def test_tables_that_were_changed_are_not_drawn(copy, capsys):
    """Catches a page that says something else than the study found."""
    (copy / "summary.csv").write_text((copy / "summary.csv").read_text().replace("share", "hare"))
    assert cli.main(["report", str(copy)]) == cli.BAD_INPUT
    assert "summary.csv: not what the run wrote; make the study again: oncall-sim compare" in capsys.readouterr().err
    assert not (copy / "report.html").exists()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "report: name one folder, such as results/STUDY"),
        (["nowhere"], "nowhere: not a study (it has no manifest.json of oncall-sim); name a folder that a run printed"),
    ],
    ids=["nothing", "nowhere"],
)
def test_bad_input_is_one_line(words, complaint, capsys):
    assert cli.main(["report", *words]) == cli.BAD_INPUT
    assert capsys.readouterr().err == f"oncall-sim: {complaint}\n"


def test_a_study_without_a_page_says_so(tmp_path, capsys):
    words = ["icb_rota", "areas=[QHG]", "weeks=1", "warmup_weeks=0", "replications=1", "workers=1"]
    assert cli.main(["cover", *words, f"out={tmp_path / 'cover'}"]) == 0
    assert cli.main(["report", str(tmp_path / "cover")]) == cli.BAD_INPUT
    assert "a study of `cover` has no page" in capsys.readouterr().err


# -- a folder that somebody sent --------------------------------------------------------------------------------------


def named(study: Path, name: str, outside: Path) -> None:
    """Let the manifest name a file, with its right sum where it is outside."""
    manifest = json.loads((study / "manifest.json").read_text())
    manifest["files"][name] = hashlib.sha256(outside.read_bytes()).hexdigest()
    (study / "manifest.json").write_text(json.dumps(manifest))


def linked(study: Path, name: str, outside: Path) -> None:
    """Put a link to a place outside where a file or a folder of the study was."""
    place, kept = study / name, outside.parent / "kept"
    kept.mkdir()
    if place.exists():
        shutil.copytree(place, kept, dirs_exist_ok=True) if place.is_dir() else shutil.copy(place, kept / place.name)
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    place.symlink_to(kept if place.suffix == "" else kept / place.name)


SENT = {
    "a file above": lambda study, outside: named(study, "charts/../../outside/victim.txt", outside),
    "an absolute path": lambda study, outside: named(study, str(outside), outside),
    "backslashes": lambda study, outside: named(study, "charts\\..\\..\\outside\\victim.txt", outside),
    "linked tables": lambda study, outside: linked(study, "summary.csv", outside),
    "linked scenarios": lambda study, outside: linked(study, "scenarios", outside),
    "a linked manifest": lambda study, outside: linked(study, "manifest.json", outside),
}
DRAWN_THROUGH = {
    "linked charts": ("report", "charts"), "a linked page": ("report", "report.html"),
    "linked slides": ("slides", "slides.pptx"),
}  # fmt: skip


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("verb", ["report", "check", "slides", "explore"])
@pytest.mark.parametrize("kind", SENT)
def test_a_study_that_leads_out_of_its_folder_is_one_line(kind, verb, copy, tmp_path, capsys):
    """Catches a file of the reader's that is read, written or removed because somebody's manifest names it."""
    outside = tmp_path / "outside/victim.txt"
    outside.parent.mkdir()
    outside.write_text("mine")
    SENT[kind](copy, outside)
    before = everything(tmp_path)
    assert cli.main([verb, str(copy)]) == cli.BAD_INPUT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "no plain name" in printed.err or "a link" in printed.err
    assert everything(tmp_path) == before


@pytest.mark.parametrize("kind", DRAWN_THROUGH)
def test_nothing_is_drawn_through_a_link(kind, copy, tmp_path, monkeypatch, capsys):
    """Catches charts that are written wherever a link in somebody's folder leads to."""
    verb, name = DRAWN_THROUGH[kind]
    pytest.importorskip("pptx") if verb == "slides" else None
    monkeypatch.setattr(pipeline, "drawn", lambda *given, **named: {"report.html": b"page", "charts/a.svg": b"chart"})
    linked(copy, name, tmp_path / "victim.txt")
    before = everything(tmp_path)
    assert cli.main([verb, str(copy)]) == cli.BAD_INPUT
    assert "a link" in capsys.readouterr().err
    assert everything(tmp_path) == before


def test_what_a_reader_polished_is_not_drawn_over(copy, monkeypatch, capsys):
    monkeypatch.setattr(pipeline, "drawn", lambda *given, **named: {"report.html": b"page", "workbook.xlsx": b"book"})
    assert cli.main(["report", str(copy)]) == 0
    (copy / "workbook.xlsx").write_bytes(b"book, with remarks")
    capsys.readouterr()
    assert cli.main(["report", str(copy)]) == cli.BAD_INPUT
    assert "workbook.xlsx: changed since it was written" in capsys.readouterr().err
    assert (copy / "workbook.xlsx").read_bytes() == b"book, with remarks"
    assert cli.main(["report", str(copy), "overwrite=true"]) == 0
    assert (copy / "workbook.xlsx").read_bytes() == b"book"


# -- the dictionary ---------------------------------------------------------------------------------------------------


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


@pytest.mark.parametrize("name", TABLES)
def test_the_dictionary_knows_every_column_in_its_order(name, study):
    """Catches a new column that nobody explains, and an explanation of one that is gone."""
    with (study / name).open(encoding="utf-8", newline="") as content:
        assert next(csv.reader(content)) == list(TABLES[name])


def test_every_table_of_a_study_is_in_the_dictionary(study):
    """Catches a new CSV file that nobody explains."""
    assert {path.name for path in study.glob("*.csv")} == set(TABLES)


def test_dictionary_csv_has_every_column_and_every_measure_of_the_study(study):
    rows = table(study / "dictionary.csv")
    measured = {row["measure"] for row in table(study / "summary.csv")}
    assert {row["name"] for row in rows if row["table"] == "measure"} == measured
    units = {row["name"]: row["unit"] for row in rows if row["table"] == "measure"}
    assert units == {name: CATALOGUE[name].unit for name in measured}
    assert all(row["meaning"] for row in rows)


@pytest.mark.parametrize("name", TABLES)
def test_the_contract_in_the_docs_names_the_same_columns(name):
    """Catches ``docs/results.md`` and the dictionary drifting apart."""
    section = DOCS.read_text(encoding="utf-8").partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    first = section.partition("\n|")[2].partition("\n\n")[0]
    told = [word for line in first.splitlines()[2:] for word in re.findall(r"`(\w+)`", line.split("|")[1])]
    assert told == list(TABLES[name])
