"""``oncall-sim report``: what it refuses to draw; and the dictionary of the tables it draws from.

That it draws the same bytes as the run is tested with the other bytes that must be the same.
"""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from sim import cli
from sim.measures.catalogue import CATALOGUE
from sim.measures.dictionary import TABLES

DOCS = Path(__file__).parents[2] / "docs" / "results.md"
COMPARE = ["compare", "scenarios=[current_patchwork,icb_rota]", "areas=[QHG]", "weeks=13", "warmup_weeks=1"]
COMPARE += ["replications=2", "workers=1", "draw=false"]


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
