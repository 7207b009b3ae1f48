"""``oncall-sim new``: what it writes runs as it is, with every mark taken away, and from the workbook as from CSV."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from sim.cli import main
from sim.commands.new.sheets import plans_of
from sim.commands.rota import laid, tables
from sim.config import plan

MARKED = re.compile(r"^#(?=[a-z])", re.M)
SHEET = re.compile(r"\{file: \./mine\.xlsx, sheet: (\w+)\}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("planner") / "mine"
    assert main(["new", str(here), "areas=[QHG,QUE]"]) == 0
    return here


def variant(home: Path, name: str, text: str) -> str:
    (home / name).write_text(text, encoding="utf-8")
    return str(home / name)


def test_what_is_written_is_the_service_it_is_based_on_with_names(home: Path):
    """Would catch a table whose figures are not those of the areas, and somebody who is not in the table of people."""
    mine = plan(str(home / "mine.yaml")).scenario
    base = plan("icb_rota", ["areas=[QHG,QUE]"]).scenario
    assert [(area.code, area.deaths_per_year) for area in mine.areas] == [
        (area.code, pytest.approx(area.deaths_per_year)) for area in base.areas
    ]
    one, other = ({plan: len(people) for plan, people in plans_of(one).items()} for one in (mine, base))
    assert one == other
    assert all(person.name for team in mine.teams for person in team.people)
    assert (home / "csv" / "people.csv").read_text(encoding="utf-8").startswith("name,team,wte,home,from,until,")


def test_it_runs_with_every_mark_taken_away_and_from_csv_alike(home: Path):
    """Would catch a template that a planner uncomments and that is refused, and a sheet that is not its CSV."""
    text = MARKED.sub("", (home / "mine.yaml").read_text(encoding="utf-8"))
    one = plan(variant(home, "all.yaml", text))
    other = plan(variant(home, "csv.yaml", SHEET.sub(r"./csv/\1.csv", text)))
    assert len(one.tables) >= 8
    assert [team.written for team in one.scenario.teams] == [team.written for team in other.scenario.teams]
    assert one.scenario.demand.log == other.scenario.demand.log
    assert one.scenario.travel.drive_times == other.scenario.travel.drive_times
    assert any(team.changes for team in one.scenario.teams)
    assert not tables(laid(one.scenario, 1, {"area": "QHG", "away": "written"}))["rota.csv"].empty


def test_the_workbook_has_drop_downs_and_a_note_on_every_column(home: Path):
    """Would catch a drop-down of words that the table refuses, and a column without a word on what it is."""
    book = openpyxl.load_workbook(home / "mine.xlsx")
    assert book.sheetnames[1:] == ["areas", "people", "rota", "changes", "families", "calls", "drive_times"]
    for sheet in book.worksheets[1:]:
        assert all(cell.comment for cell in sheet[1]), sheet.title
    lists = {rule.formula1 for rule in book["rota"].data_validations.dataValidation}
    assert '"work,on_call"' in lists


def test_nothing_that_is_there_is_touched(home: Path, capsys: pytest.CaptureFixture[str]):
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    assert main(["new", str(home)]) == 2
    assert "it is there already, and nothing in it is touched" in capsys.readouterr().err
    assert before == {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a b"], "a b: a name of letters, digits, _ and -"),
        (["nowhere/mine"], "nowhere/mine: there is no folder nowhere; make it first"),
        (["x", "based_on=current_patchwork"], "nobody can guess the kind of yours"),
        (["x", "based_on=icb_rotta"], "did you mean icb_rota?"),
        ([], "new: name one folder, such as mine"),
    ],
)
def test_a_slip_is_one_line_and_writes_nothing(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    assert main(["new", *words]) == 2
    line = capsys.readouterr().err
    assert said in line
    assert line.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
