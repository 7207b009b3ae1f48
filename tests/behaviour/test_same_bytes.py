"""The same seed gives the same bytes: twice, with one worker or two, whatever order Python's hashes have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [
    "compare",
    "scenarios=[current_patchwork,regional_rota]",
    "areas=[QHG,QE1,QOP]",
    "weeks=2",
    "warmup_weeks=13",
]
COMMAND += ["replications=3"]
MAY_DIFFER = ("times", "host")


def study(home: Path, place: Path, workers: int, hash_seed: str) -> dict[str, bytes]:
    """Content of every file of the study by relative path; the manifest without what may differ."""
    place.mkdir()
    subprocess.run(
        [sys.executable, "-m", "sim", *COMMAND, f"workers={workers}"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(home), "PYTHONHASHSEED": hash_seed},
        check=True,
        capture_output=True,
    )
    (folder,) = (place / "results").iterdir()
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(files["manifest.json"])
    for key in MAY_DIFFER:
        del manifest[key]
    return {**files, "manifest.json": json.dumps(manifest).encode(), "folder": folder.name.encode()}


@pytest.fixture(scope="module")
def first(home, tmp_path_factory) -> dict[str, bytes]:
    return study(home, tmp_path_factory.mktemp("same") / "first", workers=1, hash_seed="0")


def test_every_file_is_the_same_with_two_workers_and_other_hashes(first, home, tmp_path):
    again = study(home, tmp_path / "again", workers=2, hash_seed="2")
    assert again.keys() == first.keys()
    assert [name for name in first if first[name] != again[name]] == []


def test_the_study_holds_more_than_a_manifest(first):
    assert len(first["summary.csv"].splitlines()) > 100
    assert b"<svg" in first["report.html"]
    assert {"workbook.xlsx", "ambitions.html", "charts/burden.svg"} <= first.keys()
    assert not [name for name in first if name.endswith(".png")]


def test_what_was_drawn_comes_back_from_the_tables_alone(first, tmp_path, capsys):
    """Catches anything the page, the workbook or a chart takes from the run's memory and not from its folder."""
    from sim import cli

    drawn = [name for name in first if name.startswith(("charts/", "report.", "workbook.", "ambitions."))]
    for name in set(first) - {*drawn, "folder", "replications.csv"}:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(first[name])
    assert cli.main(["report", str(tmp_path), "png=true"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(tmp_path)
    assert {"report.html", "workbook.xlsx"} < set(drawn)
    assert [name for name in drawn if first[name] != (tmp_path / name).read_bytes()] == []
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    pixels = {name for name in manifest["files"] if name.endswith(".png")}
    assert pixels == {name.replace(".svg", ".png") for name in drawn if name.endswith(".svg")}
    assert (tmp_path / "charts/burden.png").read_bytes().startswith(b"\x89PNG")
    manifest["files"] = {name: total for name, total in manifest["files"].items() if name not in pixels}
    assert manifest == json.loads(first["manifest.json"])
