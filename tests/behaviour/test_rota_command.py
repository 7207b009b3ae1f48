"""``oncall-sim rota``: what it prints and writes, exactly for a tiny world, and one line for what is wrong."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from sim import cli
from sim.commands import rota as rota_command
from sim.domain.calendar import WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import Run
from tests.tiny import MONDAY, absent, area, duties_of, nurses, pattern, people, team, tiny

DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
NIGHT = pattern("night", out_of_hours_spans(Calendar(MONDAY)), at="on_call", rotation="weekend_split")
SMALL = ["areas=[QHG]", "weeks=2"]

PRINTED = """\
tiny: who is on from 4 January 2027 to 17 January 2027, with the leave, sickness and vacancies of one year (seed 1)

nurses:AAA
                         4 Jan   11 Jan
                         MTWTFSS HTWTFSS
  AAA.community_nurse.1  WWWWW.. LLLLLLL
  AAA.community_nurse.2  WWWWW.. .WWWW..
  gap: day               ....... .......

consultants:AAA
                    4 Jan   11 Jan
                    MTWTFSS HTWTFSS
  AAA.consultant.1  BBBBBNN SSSSSSS
  gap: day          ....... .!!!!..
  gap: night        ....... !!!!!!!

W at work, N on call, B both, L leave, S sick, - vacant or away, . off; small letters: for another team
! or a number: seats nobody holds; H: bank holiday; a night is the day's it begins on

Seat arithmetic, 52 weeks (GBP: for being available, before any call)
                          seats  people  exist  needed  1 in all days  its days  at work  hours  gaps  expected    GBP
  nurses:AAA       day      all       2      2                      -         -        -  1,872     0         0
  consultants:AAA  day      all       1      1                      -         -        -  1,872     0         0
  consultants:AAA  night      1       1      1       4            1.0       1.0      1.0  6,864     0         0  3,585
  needed: on call, people to be on call no more often than 1 in 4 at work, leave covered; at work, people \
to fill them
  1 in: days on call by one pattern: of all days, of those on which it has hours, of those not on leave
  hours: of seats; gaps: nobody to fill them, even with nobody away; expected: with leave, sickness and vacancies

Hours with anybody on duty, of 8,736
                     on paper  expected  without
  nurses:AAA            1,872     1,872    6,864
  consultants:AAA       8,736     8,736        0

Audit of the rota as planned, 2 weeks, before any call
                         work h/wk  call h/wk  1 in all nights  at work  in a row  weekends  busiest  rest  weekly rest
  AAA.community_nurse.1       20.0        0.0                -        -         0         0     20.0     0            0
  AAA.community_nurse.2       36.0        0.0                -        -         0         0     36.0     0            0
  AAA.consultant.1            20.0       68.5              2.0      2.0         7         1     20.0     0            0
  1 in: nights on call, of all nights and, at work, of those not on leave; in a row: most nights
  busiest: hours at work a week over 17 weeks, at most 48; rest: times without 11 h before work; weekly rest: times \
without 24 h

Rules of working time, as planned: none is broken

warning: 1 of 1 consultants are on call at work more often than 1 night in 4: legal, but alarming (most often \
AAA.consultant.1, 1 in 2.0)"""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tiny_rota(own: dict[str, str] | None = None) -> rota_command.Laid:
    """Two nurses by day, one of them on leave in the second week, and one consultant day and night, then sick."""
    scenario = tiny(
        teams=(
            team(people=nurses(2), patterns=(DAY,)),
            team("consultants", people("consultant", 1), patterns=(DAY, NIGHT)),
        ),
        areas=(area(posts=(("consultant", 1), ("community_nurse", 2))),),
        run=Run.of_weeks(0, 2, 0), calendar=Calendar(MONDAY, frozenset({7})),
        rota=replace(tiny().rota, p_short_notice_cover=0.0),
    )  # fmt: skip
    staff = absent(scenario, leave={0: [1]}, sick={2: [1]})
    return replace(rota_command.laid(scenario, 1, own or {}), staff=staff, duties=duties_of(scenario, staff))


def test_the_whole_of_a_tiny_rota_in_words():
    assert rota_command.text(tiny_rota()) == PRINTED


def test_the_table_of_duties_names_who_holds_what_from_when_to_when():
    table = rota_command.tables(tiny_rota({"team": "consultants:AAA", "weeks": "1"}))["rota.csv"]
    assert list(table.columns) == ["person", "role", "team", "start", "end", "at", "seat", "funded", "gap"]
    rows = list(table.itertuples(index=False, name=None))
    who, of = "AAA.consultant.1", ("consultant", "consultants:AAA")
    assert rows[0] == (who, *of, "2027-01-04 09:00", "2027-01-04 17:00", "work", "day", True, False)
    assert rows[5] == (who, *of, "2027-01-04 00:00", "2027-01-04 09:00", "on_call", "night 1", True, False)
    assert rows[-1] == (who, *of, "2027-01-08 17:00", "2027-01-11 09:00", "on_call", "night 1", True, False)
    assert len(rows) == 11


def test_a_gap_has_no_person():
    table = rota_command.tables(tiny_rota({"team": "consultants:AAA"}))["rota.csv"]
    gaps = table[table["gap"]]
    assert set(gaps["person"]) == {""}
    assert gaps["start"].min() == "2027-01-11 09:00"


def test_the_tables_of_people_and_seats():
    tables = rota_command.tables(tiny_rota())
    assert tables["audit.csv"].set_index("person")["beyond"].to_dict() == {
        "AAA.community_nurse.1": "", "AAA.community_nurse.2": "", "AAA.consultant.1": "frequency",
    }  # fmt: skip
    night = tables["seats.csv"].iloc[-1]
    assert (night["pattern"], night["people"], night["people_needed"]) == ("night", 1, 4)
    assert (night["one_in_n"], night["one_in_n_of_its_days"], night["one_in_n_at_work"]) == (1.0, 1.0, 1.0)


def test_the_picture_is_an_svg_and_a_png_with_the_gaps_in_its_title():
    pictures = rota_command.pictures(tiny_rota())
    assert set(pictures) == {"rota.svg", "rota.png", "rota_a4.pdf", "rota_a4.png"}
    assert pictures["rota.png"].startswith(b"\x89PNG")
    assert "On 7 of 14 days somebody is missing from a rota" in pictures["rota.svg"].decode()
    assert pictures == rota_command.pictures(tiny_rota())


def ask(capsys, *words: str) -> str:
    code = cli.main(["rota", *words])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return printed.out


def test_a_shipped_scenario_is_printed_and_written(capsys, here):
    words = ["scenario=icb_rota", "areas=[QHG,QUE]", "area=QUE", "weeks=3"]
    printed = ask(capsys, *words, "out=mine")
    assert "consultants:QUE" in printed
    assert "consultants:QHG" not in printed
    assert printed.endswith("mine\n")
    written = {path.name for path in (here / "mine").iterdir()} - {"calendars"}
    drawn = {"rota.svg", "rota.png", "rota_a4.pdf", "rota_a4.png", "rota.xlsx"}
    assert written == {"rota.csv", "audit.csv", "breaches.csv", "seats.csv", "manifest.json", *drawn}
    kept = json.loads((here / "mine" / "manifest.json").read_text())
    assert kept["command"] == "oncall-sim rota scenario=icb_rota area=QUE weeks=3 areas=[QHG,QUE]"
    assert set(pd.read_csv(here / "mine" / "rota.csv")["team"]) == {"community_nurses:QUE", "consultants:QUE"}
    first = {name: (here / "mine" / name).read_bytes() for name in written if name != "manifest.json"}
    ask(capsys, *words, "out=again")
    assert first == {name: (here / "again" / name).read_bytes() for name in first}


def test_without_an_area_plans_are_added_up_and_nothing_is_written(capsys, here):
    printed = ask(capsys, "icb_rota", "areas=[QHG,QUE]", "weeks=1")
    assert "consultants, 2 teams" in printed
    assert "area=CODE shows another" in printed
    assert list(here.iterdir()) == []


def test_a_key_of_the_configuration_changes_the_rota(capsys):
    printed = ask(capsys, "icb_rota", "areas=[QHG]", "weeks=1", "teams.consultants.people={per_area: 1}")
    assert "warning: 1 of 1 consultants are on call every night they are at work, 1 in 1" in printed


WRONG = [
    (["area=QXX"], "area = QXX: no area of that code or name; known: QHG, "),
    (["area=QH"], "area = QH: no area of that code or name; did you mean QHG?"),
    (["team=consultant:QHG"], "team = consultant:QHG: no such team in this scenario; did you mean consultants:QHG"),
    (["area=QHG", "team=x"], "area = QHG: there is team = x as well; write one of the two"),
    (["weeks=0"], "weeks = 0: must be a whole number from 1, at most the weeks measured; write weeks=8"),
    (["weeks=53"], "weeks = 53: must be a whole number from 1 to 52, the weeks measured; write weeks=8"),
    (["weeks=two"], "weeks = two: must be a whole number from 1, at most the weeks measured; write weeks=8"),
    (
        ["safe_limit.daily_rest_hours=25"],
        "command line: safe_limit.daily_rest_hours = 25: must be a number from 0 to 24",
    ),
    (
        ["rota.max_consecutive_on_call_nights=0"],
        "command line: rota.max_consecutive_on_call_nights = 0: must be a whole",
    ),
    (
        ["costs.consultant_on_call_category=C"],
        "command line: costs.consultant_on_call_category = C: must be one of A, B",
    ),
    (
        ["costs.consultant_medium_frequency_up_to_1_in_n=3"],
        "command line: costs.consultant_medium_frequency_up_to_1_in_n = 3: below "
        "consultant_high_frequency_up_to_1_in_n 4: the medium frequency begins where the high one ends; choose 4 or",
    ),
]


@pytest.mark.parametrize(("words", "complaint"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_bad_input_is_one_line(words, complaint, capsys):
    assert cli.main(["rota", "icb_rota", "areas=[QHG]", *words]) == cli.BAD_INPUT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"oncall-sim: {complaint}")
    assert printed.err.count("\n") == 1


def test_an_area_that_no_team_serves_is_told(capsys):
    words = ["current_patchwork", "areas=[QHG]", "area=QHG", "teams.community_nurses=null", "goodwill=off"]
    words += ["teams.specialist_nurses=null", "teams.consultants=null", "ladder=[universal]", "professional_entry=[]"]
    code = cli.main(["rota", *words])
    assert code == cli.BAD_INPUT
    assert "area = QHG" in capsys.readouterr().err
