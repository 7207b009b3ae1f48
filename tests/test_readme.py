"""Every command in the README's console blocks runs as written, on fewer areas, weeks and replications."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim import cli

HOME = Path(__file__).parents[1]
README = (HOME / "README.md").read_text(encoding="utf-8")
SMALL = {"replications": "2", "weeks": "1", "warmup_weeks": "1", "areas": "[QHG]", "workers": "1"}
TABLES_ONLY = {"draw": "false"}  # drawing takes longer than all else at this size; the first `compare` draws
MORE = {  # too few children die in a week of one area for some of these
    "run": TABLES_ONLY,
    "attribute": TABLES_ONLY,
    "scenarios=[regional_rota,./mine.yaml]": TABLES_ONLY,
    "library=teaching": TABLES_ONLY,
    "precision=0.05": {"max_replications": "12"},
    "which=three": {"weeks": "26"},
    "check": {"areas": "all", "weeks": "13"},
    "pool": {"areas": "[QF7,QHM]", **TABLES_ONLY},  # both have consultants and specialist nurses
    "solve": {"areas": "[QHG,QUE]", "weeks": "52", "seed": "2", "place.home_anyway": "0"},
}
IN_A_SHELL = {">", "scenarios", "executor=dask"}  # the others run here: to begin takes longer than most of them
PRINTS = ("new", "scenarios", "--completion", "--cfg")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    lines = [line for block in blocks("console") for line in block.splitlines()]
    assert all(line.startswith("$ ") for line in lines)
    return [line.removeprefix("$ ") for line in lines]


def smaller(words: list[str]) -> list[str]:
    """The same command with the sizes replaced; everything else stays as written."""
    sizes = dict(SMALL)
    for word in words:
        sizes |= MORE.get(word, {})
    kept = [word for word in words if word.split("=")[0] not in sizes]
    return [*kept, *(f"{key}={value}" for key, value in sizes.items())]


def shell(command: str, place: Path, paths: list[Path]) -> str:
    path = os.pathsep.join([*map(str, paths), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(HOME)}
    done = subprocess.run(["sh", "-c", command], cwd=place, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A reader's folder: the scenario file of the README, and the command on the path."""
    place = tmp_path_factory.mktemp("reader")
    (own,) = blocks("yaml")
    (place / "mine.yaml").write_text(own, encoding="utf-8")
    (place / "bin").mkdir()
    for name, words in (("oncall-sim", "-m sim"), ("python", "")):
        program = place / "bin" / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
        program.chmod(0o755)
    shutil.copytree(HOME / "benchmarks", place / "benchmarks")
    return place


@pytest.mark.parametrize("command", [command for command in commands() if not command.startswith("make")])
def test_the_command_runs(command, desk, capsys, monkeypatch):
    words = shlex.split(command)
    measured = words[0] == "python"
    if words[0] == "oncall-sim" and not any(word in words for word in PRINTS):
        words = smaller(words)
    elif measured:
        words = smaller(words)[:-1]
        words = [word for word in words if not word.startswith("replications=")]
    if words[0] == "oncall-sim" and not IN_A_SHELL & {*words}:
        monkeypatch.chdir(desk)
        assert cli.main(words[1:]) == 0, capsys.readouterr().err
        written, said = capsys.readouterr()
        assert "is there already" not in said  # each command of the README makes something of its own
        printed = written.splitlines()
    else:
        line = " ".join(word if word == ">" else shlex.quote(word) for word in words)
        printed = shell(line, desk, [desk / "bin"]).splitlines()
    if ">" not in words:
        assert printed
    if words[1] in ("run", "compare") and "--cfg" not in words:
        made = "summary.csv" if "draw=false" in words else "report.html"
        assert (desk / printed[-1] / made).exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
@pytest.mark.parametrize("command", [command for command in commands() if command.startswith("make")])
def test_make_knows_the_target_and_what_it_stands_for(command):
    """Not run here: one takes minutes, the other is this. The recipe is printed instead."""
    printed = shell(f"{command} --dry-run", HOME, [])
    assert {"make run": "oncall-sim compare 'scenarios=[current_patchwork,", "make test": "-m pytest"}[
        command
    ] in printed


def test_both_commands_say_how_long_they_take():
    beginning = README.partition("## The commands")[0]
    assert "about three minutes" in beginning
    assert re.search(r"`make test` about \d+ minutes", beginning)


def test_the_scenario_of_the_readme_is_under_15_lines():
    (own,) = blocks("yaml")
    assert len(own.splitlines()) < 15


def test_the_command_and_the_readme_know_the_same_keys():
    from sim.help import help_text

    keys = re.findall(r"^\| `(\w+)=", README, flags=re.MULTILINE)
    assert keys
    assert all(f"{key}=" in help_text() for key in keys)
