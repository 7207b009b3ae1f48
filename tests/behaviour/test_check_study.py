"""A study can be checked: its files are what was written, and a replication of it comes out the same again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim import cli

SMALL = ["areas=[QHG]", "weeks=2", "warmup_weeks=13", "replications=4", "workers=1", "draw=false", "out=study"]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("checked")


@pytest.fixture(scope="module")
def study(place) -> Path:
    words = ["run", "scenario=current_patchwork", "goodwill.asks_people=1", *SMALL[:-1], f"out={place / 'study'}"]
    assert cli.main(words) == 0
    return place / "study"


def test_a_study_comes_out_the_same_again(study, capsys):
    assert cli.main(["check", str(study), "runs=2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum("replication" in line for line in lines) == 2
    assert all(line.startswith("same") for line in lines[:-1])
    assert lines[-1].endswith("the same bytes")


def test_a_file_that_was_altered_is_named(study, capsys):
    path = study / "summary.csv"
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"0", b"1", 1))
    try:
        assert cli.main(["check", str(study)]) == 1
    finally:
        path.write_bytes(kept)
    assert "summary.csv" in capsys.readouterr().out


def test_a_study_is_checked_as_it_was_run(study, capsys):
    """Catches a key that is passed over without a word."""
    assert cli.main(["check", str(study), "runs=1", "seed=2"]) == 2
    assert capsys.readouterr().err.endswith("command line: seed = 2: no such key; `check` takes runs=\n")


@pytest.mark.parametrize("what", ["units", "code"])
def test_numbers_that_come_out_otherwise_are_told(what, study, capsys):
    path = study / "manifest.json"
    kept = path.read_text()
    manifest = json.loads(kept)
    manifest[what] = {"current_patchwork": ["0" * 64] * 4} if what == "units" else "0" * 64
    path.write_text(json.dumps(manifest))
    try:
        assert cli.main(["check", str(study)]) == 1
    finally:
        path.write_text(kept)
    out = capsys.readouterr().out
    assert "DIFFERS" in out
    assert out.splitlines()[-1].endswith("something differs")


def test_a_study_of_cover_is_checked_too(place, capsys):
    assert cli.main(["cover", "scenario=icb_rota", *SMALL[:-1], f"out={place / 'cover'}"]) == 0
    assert cli.main(["check", str(place / "cover")]) == 0


def test_an_attribution_is_printed_and_can_be_checked(place, capsys):
    words = ["attribute", "scenario=icb_rota", *SMALL[:-1], f"out={place / 'worth'}"]
    assert cli.main(words) == 0
    out = capsys.readouterr().out
    for cause in ("everyone reachable", "no gaps", "one more seat", "goodwill off", "consultant always"):
        assert f"\n{cause} " in out
    assert cli.main(["check", str(place / "worth")]) == 0


def test_what_is_no_study_is_one_line(place, capsys):
    (place / "other").mkdir(exist_ok=True)
    assert cli.main(["check", str(place / "other")]) == 2
    assert "not a study" in capsys.readouterr().err
    assert cli.main(["check", "nonsense"]) == 2
