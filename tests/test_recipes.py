"""The recipes of ``docs/architecture.md``: each is done in a copy as it stands there, and the new thing arrives.

A block of a recipe holds the files it touches, each behind ``--- path``, with places in it apart by ``@@``. A line with
a blank before it stands there, as the beginning of a line; of one with ``-`` the words stand there, and those of the
next line with ``+`` take their place; any other line with ``+`` is new.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, starmap
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
PAGE = HOME / "docs" / "architecture.md"
COPIED = ("sim", "configs", "scenarios", "docs", "README.md")
NEW = " (new)"
MOST = {  # files by hand, tests and lists that a command writes apart
    "A policy word": 3, "A rest rule": 3, "A measure": 2, "A headline": 1, "An overlay": 6, "A number of an overlay": 6,
    "A command": 3,
}  # fmt: skip
TEN = (
    "A policy word", "A rest rule", "A measure", "A role", "An overlay", "A chart", "A command", "Travel",
    "A ledger column", "An area attribute",
)  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """listed: files named in its text. edits: lines of each place of a file, by its path; new: files that it makes."""

    listed: tuple[str, ...]
    edits: tuple[tuple[str, tuple[str, ...]], ...]
    new: frozenset[str]


def recipes() -> dict[str, Recipe]:
    parts = re.split(r"^####? (.+)\n", PAGE.read_text(encoding="utf-8").partition("\n## Recipes\n")[2], flags=re.M)
    return {name: read(text) for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def read(text: str) -> Recipe:
    (files,) = re.findall(r"^Files: (.+)\.$", text, flags=re.M)
    (block,) = re.findall(r"^```diff\n(.*?)^```$", text, flags=re.M | re.S)
    edits, new = [], set()
    for path, places in re.findall(r"^--- (.+)\n((?:(?!--- ).*\n)+)", block, flags=re.M):
        name = path.removesuffix(NEW)
        if path != name:
            new.add(name)
        edits += [(name, tuple(place.splitlines())) for place in re.split(r"^@@\n", places, flags=re.M)]
    return Recipe(tuple(re.findall(r"`([^`]+)`", files)), tuple(edits), frozenset(new))


def edited(text: str, place: tuple[str, ...]) -> str:
    """The text of a file after the edit of one place. Raises ValueError unless the words stand there exactly once."""
    lines, there = text.splitlines(), [line for line in place if line[:1] != "+"]
    ends = range(len(there), len(lines) + 1)
    found = [end for end in ends if all(starmap(stands, zip(there, lines[end - len(there) : end], strict=True)))]
    if len(found) != 1:
        raise ValueError(f"stands there {len(found)} times: {there}")
    (end,) = found
    start = end - len(there)
    return "\n".join([*lines[:start], *become(place, lines[start:end]), *lines[end:], ""])


def stands(said: str, line: str) -> bool:
    return said[1:] in line if said[:1] == "-" else line.startswith(said[1:])


def become(place: tuple[str, ...], lines: list[str]) -> Iterator[str]:
    there = iter(lines)
    for before, line in pairwise(("", *place)):
        if line[:1] == " ":
            yield next(there)
        elif line[:1] == "+":
            yield next(there).replace(before[1:], line[1:]) if before[:1] == "-" else line[1:]


RECIPES = recipes()


@pytest.fixture(params=RECIPES)
def done(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A copy in which one recipe was done, beside its name."""
    for name in COPIED:
        if (HOME / name).is_dir():
            shutil.copytree(HOME / name, tmp_path / name)  # with what is compiled, so that Python begins at once
        else:
            shutil.copy(HOME / name, tmp_path / name)
    recipe = RECIPES[request.param]
    for path, place in recipe.edits:
        file = tmp_path / path
        if path in recipe.new:
            assert not file.exists()
            file.parent.mkdir(exist_ok=True)
            file.write_text("".join(f"{line[1:]}\n" for line in place), encoding="utf-8")
        else:
            file.write_text(edited(file.read_text(encoding="utf-8"), place), encoding="utf-8")
    return request.param, tmp_path


def changed(copy: Path) -> set[str]:
    files = {file.relative_to(copy) for file in copy.rglob("*") if file.is_file() and file.suffix != ".pyc"}
    return {str(name) for name in files if not same(HOME / name, copy / name)}


def same(before: Path, after: Path) -> bool:
    return before.is_file() and before.read_bytes() == after.read_bytes()


def test_there_are_ten_recipes_and_two_within() -> None:
    assert [name for name in RECIPES if name in TEN] == list(TEN)
    assert {*RECIPES} - {*TEN} == {"A headline", "A number of an overlay"}


def test_an_edit_is_made_where_its_words_stand_once() -> None:
    text = "first: 1  # why\nsecond: 1\n"
    assert edited(text, (" first: 1", "+between: 2")) == "first: 1  # why\nbetween: 2\nsecond: 1\n"
    assert edited(text, ("+before", " second")) == "first: 1  # why\nbefore\nsecond: 1\n"
    assert edited(text, ("-why", "+because", "+more", " second")) == "first: 1  # because\nmore\nsecond: 1\n"
    for words in ("-1", "-third"):
        with pytest.raises(ValueError, match=r"stands there [02] times"):
            edited(text, (words, "+2"))


def test_a_recipe_touches_the_files_it_names_and_works(done: tuple[str, Path]) -> None:
    """Catches a recipe that is behind the code, and a second place that has to name the new thing before it works."""
    name, copy = done
    assert changed(copy) == {*RECIPES[name].listed}
    assert len(RECIPES[name].listed) <= MOST.get(name, 6)
    ARRIVES[name](copy)


# -- the new thing arrives --------------------------------------------------------------------------------------------

SMALL = ("areas=[QF7]", "warmup_weeks=0", "replications=1", "workers=1", "draw=false", "out=study")


def told(copy: Path, *words: str) -> str:
    """What Python prints in the copy."""
    env = {**os.environ, "PYTHONPATH": str(copy)}
    made = subprocess.run([sys.executable, *words], cwd=copy, env=env, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return made.stdout


def study(copy: Path, *words: str, weeks: int = 2) -> str:
    return told(copy, "-m", "sim", "run", *words, *SMALL, f"weeks={weeks}")


def column(copy: Path, name: str, table: str = "summary.csv") -> list[str]:
    with (copy / "study" / table).open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def a_policy_word(copy: Path) -> None:
    study(copy, "scenario=one_area", "answering.while_visiting=step_out")
    assert "while_visiting: step_out" in (copy / "study" / "scenarios" / "one_area.yaml").read_text(encoding="utf-8")
    assert "answering.ring_back_while_visiting_minutes" in column(copy, "key", "assumptions.csv")


def a_rest_rule(copy: Path) -> None:
    code = """
from dataclasses import replace
from sim.config import plan
from sim.measures import measure
from sim.model import simulate
scenario = plan("current_patchwork", ["areas=[QF7]", "warmup_weeks=0", "weeks=8", "rota.rest=third"]).scenario
ledger = simulate(scenario, 1, 0)
for rest in ("bank", "third", "delay"):
    rows = measure(ledger, replace(scenario, rota=replace(scenario.rota, rest=rest)))
    print(sum(row.numerator for row in rows if row.measure == "planned_hours_displaced_per_week_mean"))
"""
    bank, third, delay = map(float, told(copy, "-c", code).split())
    assert bank < third < delay
    assert third - bank == pytest.approx((delay - bank) / 3)


def a_measure(copy: Path) -> None:
    study(copy, "scenario=current_patchwork")
    means = zip(column(copy, "measure"), column(copy, "group"), column(copy, "mean"), strict=True)
    (mean,) = [mean for measure, group, mean in means if (measure, group) == ("people_rung_per_call", "england")]
    assert 0 < float(mean) < 4
    assert "people_rung_per_call" in column(copy, "name", "dictionary.csv")


def a_headline(copy: Path) -> None:
    assert "Seen by someone known" in study(copy, "scenario=one_area")


def a_role(copy: Path) -> None:
    (planner,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)
    (copy / "mine.yaml").write_text(planner, encoding="utf-8")
    assert "support worker" in study(copy, "./mine.yaml")
    assert "support_worker" in column(copy, "level")


def an_overlay(copy: Path) -> None:
    without, off, on = offered(copy, "", "equipment=off", "equipment=on equipment.home_multiple=0.5")
    assert without == off > on > 0


def a_number_of_an_overlay(copy: Path) -> None:
    rural = "hospice_offer=on hospice_offer.rural_multiple"
    everybody, some = offered(copy, f"{rural}=1", f"{rural}=0.5", what="in_hospice")
    assert everybody > some > 0


def a_chart(copy: Path) -> None:
    study(copy, "scenario=one_area")
    code = """
import json
from pathlib import Path
from sim.report.drawing.style import styled
from sim.report.exhibits.contents import CONTENTS
from sim.report.tables.reading import read
files = {file.name: file.read_bytes() for file in Path("study").glob("*.csv")}
tables = read(files, json.loads(Path("study/manifest.json").read_text())["about"])
with styled():
    for entry in CONTENTS["Families"]:
        if entry.when(tables) and entry.make.__name__ == "known":
            exhibit = entry.make(tables)
            print(exhibit.figure is not None, exhibit.title)
"""
    assert told(copy, "-c", code).startswith("True Calls taken by someone known: ")


def a_command(copy: Path) -> None:
    assert re.search(r"^community_nurse +\d+$", told(copy, "-m", "sim", "staff", "scenario=one_area"), flags=re.M)
    assert "how many people of each role" in told(copy, "-m", "sim", "--help")


def travel(copy: Path) -> None:
    code = """
from sim.config import plan
from sim.domain.travel import QUIET, Spot, Ways
for times in (1, 2):
    ways = Ways(plan("one_area", [f"travel.bad_weather_multiple={times}"]).scenario)
    print(ways.hours(Spot(0.0, 0.0, 0), Spot(10.0, 0.0, 0), QUIET))
"""
    good, bad = map(float, told(copy, "-c", code).splitlines())
    assert bad == 2 * good


def a_ledger_column(copy: Path) -> None:
    study(copy, "scenario=current_patchwork", "keep=ledger")
    teams = column(copy, "teams", "ledger/current_patchwork/1/calls.csv")
    assert {*teams} >= {"0", "1"}


def an_area_attribute(copy: Path) -> None:
    table = (copy / "configs" / "area_table" / "icbs_2024.csv").read_text(encoding="utf-8").splitlines()
    mine = [f"{table[0]},homes_suitable_share", *(f"{row},0.5" for row in table[1:])]
    (copy / "configs" / "area_table" / "mine.csv").write_text("\n".join(mine), encoding="utf-8")
    shipped, halved = offered(copy, "", "area_table.file=mine.csv")
    assert shipped > halved > 0


def offered(copy: Path, *cases: str, what: str = "offered") -> list[int]:
    """How many families are offered home, or a hospice, by the words of a command line."""
    code = f"""
from sim.config import plan
from sim.place import lay_out
for words in {cases}:
    small = ["areas=[South West]", "weeks=26", "warmup_weeks=0", "beyond_weeks=1"]
    print(lay_out(plan("current_patchwork", [*small, *words.split()]).scenario, 1, 0).{what}.sum())
"""
    return [int(number) for number in told(copy, "-c", code).split()]


ARRIVES = {name: globals()[name.lower().replace(" ", "_")] for name in RECIPES}
