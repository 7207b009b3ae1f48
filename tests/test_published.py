"""What stands in ``results/published`` can be read, is described where it stands, and its commands are accepted."""

from __future__ import annotations

import csv
import re
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from sim.commands import tornado
from sim.commands.compare import scenarios_of
from sim.commands.plans import plans_of
from sim.request import read_request, take_apart

HOME = Path(__file__).parents[1]
PUBLISHED = HOME / "results" / "published"
PAGE = (PUBLISHED / "README.md").read_text(encoding="utf-8")
DOCS = (HOME / "docs" / "results.md").read_text(encoding="utf-8")
MOST_BYTES = 1_000_000
TABLES = sorted(path.name for path in PUBLISHED.glob("*.csv"))
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]


def rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_is_described_and_every_one_described_is_there():
    there = {path.name for path in PUBLISHED.iterdir()} - {"README.md"}
    assert there == set(re.findall(r"^\| \[`([^`]+)`\]\(\1\) \|", PAGE, flags=re.MULTILINE))
    assert sum(path.stat().st_size for path in PUBLISHED.iterdir()) < MOST_BYTES


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_columns_that_the_docs_describe(name):
    """Catches a published table of an older form: nobody could read it by the documentation."""
    section = DOCS.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    described = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
    columns = tornado.COLUMNS if name == "tornado.csv" else described  # docs/uncertainty.md tells that one in words
    found = rows(name)
    assert found
    assert [*found[0]] == columns


@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*.svg")), ids=lambda path: path.name)
def test_a_chart_can_be_drawn(path):
    assert ET.parse(path).getroot().tag.endswith("}svg")


@pytest.mark.parametrize("command", COMMANDS)
def test_its_command_is_accepted(command):
    """Catches a command whose keys or scenarios are gone; ``decide`` reads the folder that the first one makes."""
    name, *words = shlex.split(command)
    assert name == "oncall-sim"
    request = read_request(take_apart(words))
    if words[0] != "decide":
        names = scenarios_of(request)
        assert len(plans_of(names, request.overrides, request, pair=False)) == len(names)


def test_the_commands_are_those_of_make_published():
    recipe = (HOME / "Makefile").read_text(encoding="utf-8").partition("\npublished:")[2].partition("\n\n")[0]
    recipe = recipe.replace("\\\n", " ").replace("$(DECISION)", "current_patchwork,icb_rota,regional_rota")
    made = [shlex.split(line.strip().removeprefix("@$(BIN)/")) for line in recipe.splitlines() if "oncall-sim" in line]
    assert [one[1] for one in made] == [shlex.split(command)[1] for command in COMMANDS]
    for one, command in zip(made, COMMANDS, strict=True):
        assert {word for word in one if word.startswith(("scenarios=", "structure=", "measure=", "value_per_"))} <= {
            *shlex.split(command)
        }
