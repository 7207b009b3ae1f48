"""A rota out: any day, on one page of A4, as a workbook and as calendars that can be read again."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from sim.commands.rota import laid, pictures, tables, text
from sim.commands.rota.calendars import calendars_of
from sim.commands.rota.lay import Laid, to_go_by
from sim.commands.rota.tables import duty_table
from sim.commands.rota.workbook import workbook_of
from sim.config import plan
from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.report.exhibits.rota import _caption, _spelt

SCENARIO = """\
based_on: icb_rota
question: Who is on?
areas: [QMM]
weeks: 26
teams:
  community_nurses: {people: [Anna, Ben, Carol, Dora]}
  consultants: {people: [Xi, Yan, Zoe]}
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    path = tmp_path_factory.mktemp("mine") / "mine.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return plan(str(path)).scenario


def rota(scenario: Scenario, **own: str) -> Laid:
    return laid(scenario, 1, {"weeks": "4", **{name.rstrip("_"): value for name, value in own.items()}})


def test_a_rota_is_shown_from_any_day_that_is_laid(scenario: Scenario):
    """Would catch days shown from another day than asked for, in any of the ways out."""
    made = rota(scenario, from_="2027-06-15")
    assert "who is on from 15 June 2027 to 12 July 2027" in text(made)
    assert made.first_day == 162
    assert min(tables(made)["rota.csv"]["end"]) >= "2027-06-15"
    with pytest.raises(BadInput, match=r"from = 2031-01-01: the rota is laid from 2027-01-04 to 2027-11-14"):
        rota(scenario, from_="2031-01-01")
    with pytest.raises(BadInput, match=r"weeks = 4: the rota is laid for 2 weeks from that day; write weeks=2"):
        rota(scenario, from_="2027-11-01")


def test_a_rota_to_go_by_has_no_drawn_absences(scenario: Scenario):
    """Would catch a sheet on the wall that says who will be sick in June."""
    drawn, written = rota(scenario), rota(scenario, away="written")
    letters = {"".join(row[3] for row in _rows(one)) for one in (drawn,)}
    assert any(set(found) & set("LS") for found in letters)
    assert not any(set(row[3]) & set("LS") for row in _rows(written))
    assert "with the absences that are written" in text(written)
    assert duty_table(drawn, to_go_by(drawn)).equals(duty_table(written, written.duties))


def _rows(made: Laid):
    from sim.commands.rota.pictures import shown

    return shown(made)[2]


def test_the_workbook_has_the_days_in_colour_and_the_audit(scenario: Scenario):
    """Would catch a day in the wrong column or colour, and a person who is not in the audit."""
    made = rota(scenario, away="written")
    content = workbook_of(made, tables(made))["rota.xlsx"]
    assert content == workbook_of(made, tables(made))["rota.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Rota", "Duties", "Audit", "Breaches", "Seats"]
    sheet = book["Rota"]
    named = {row[0].value: row for row in sheet.iter_rows(min_row=5) if row[0].value}
    assert [sheet.cell(4, column).value for column in (2, 3, 29)] == [3, 4, 30]  # of May
    letters = {name: letters for team, name, gap, letters in _rows(made) if not gap}
    for name in ("Anna", "Zoe"):
        cells = named[name][1:29]
        assert "".join(cell.value or "." for cell in cells) == letters[name]
    night = next(cell for cell in named["Anna"][1:29] if cell.value == "N")
    assert night.fill.fgColor.rgb.endswith("12436D")
    assert {row[0] for row in book["Audit"].iter_rows(min_row=4, values_only=True)} == set(letters)


def test_a_picture_of_a_rota_says_people_and_boards_in_words():
    """Catches ``QHG.community_nurse.1`` on a wall, and a board that only its code names."""
    rows = [("community_nurses:QHG", "QHG.community_nurse.1", False, "W"), ("community_nurses:QHG", "Anna", False, "N")]
    areas = {"QHG": "NHS Bedfordshire", "QMM": "NHS Norfolk"}
    assert [row[:2] for row in _spelt(rows, areas)] == [
        ("community nurses, QHG", "Community nurse 1"), ("community nurses, QHG", "Anna"),
    ]  # fmt: skip
    both = [*rows, ("community_nurses:QMM", "QMM.community_nurse.1", False, "W")]
    assert _spelt(both, areas)[2][1] == "Community nurse 1, QMM"
    assert _caption(None, rows, areas).endswith(" QHG is Bedfordshire.")


def test_one_page_of_a4(scenario: Scenario):
    """Would catch a second page, and another format than A4 across."""
    made = pictures(rota(scenario))
    assert set(made) == {"rota.svg", "rota.png", "rota_a4.pdf", "rota_a4.png"}
    paper = made["rota_a4.pdf"]
    assert len(re.findall(rb"/Type /Page\b", paper)) == 1
    (box,) = re.findall(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", paper)
    assert [float(side) for side in box] == pytest.approx([297 / 25.4 * 72, 210 / 25.4 * 72], abs=1)
    assert pictures(rota(scenario))["rota_a4.pdf"] == paper


def test_a_calendar_that_went_out_comes_in_as_the_same_rota(scenario: Scenario, tmp_path: Path):
    """Would catch a duty, an hour or a person lost on the way, and a name in the name of a file."""
    pytest.importorskip("icalendar")
    made = rota(scenario, team="community_nurses:QMM")
    files = calendars_of(made)
    assert [path for path in files if re.search("Anna|Ben|Carol|Dora", path)] == []
    assert b"X-WR-CALNAME:Anna" in files["calendars/QMM.community_nurse.1.ics"]
    (tmp_path / "team.ics").write_bytes(files["calendars/community_nurses_QMM.ics"])
    own = SCENARIO.replace("weeks: 26", "weeks: 26\nrota: {duties_file: ./team.ics}")
    (tmp_path / "mine.yaml").write_text(own, encoding="utf-8")
    again = rota(plan(str(tmp_path / "mine.yaml")).scenario, team="community_nurses:QMM", away="written")
    columns = ["person", "start", "end", "at"]
    went, came = duty_table(made, to_go_by(made)), tables(again)["rota.csv"]
    assert sorted(came[columns].to_records(index=False).tolist()) == sorted(
        went[columns].to_records(index=False).tolist()
    )


def test_two_of_one_name_in_two_teams_have_a_calendar_each(scenario: Scenario):
    """Would catch a nurse's calendar with the nights of a consultant who is called the same."""
    pytest.importorskip("icalendar")
    nurses, consultants = (next(t for t in scenario.teams if t.plan == p) for p in ("community_nurses", "consultants"))
    anna, xi = nurses.people[0], consultants.people[0]
    another = replace(consultants, people=(replace(xi, name=anna.name), *consultants.people[1:]))
    both = replace(scenario, teams=tuple(another if t == consultants else t for t in scenario.teams))
    alone, named = calendars_of(rota(scenario, area="QMM")), calendars_of(rota(both, area="QMM"))
    path = f"calendars/{anna.code}.ics"
    assert named[path] == alone[path]
    assert b"X-WR-CALNAME:Anna" in named[f"calendars/{xi.code}.ics"]
