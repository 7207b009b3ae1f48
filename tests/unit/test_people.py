"""People with names and dates: who is on the list when, what is read of them, and where no name may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.commands.plans import command_of
from sim.config import plan
from sim.config.team_people import people_of
from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Span
from sim.domain.scenario import Run
from sim.domain.staff import Clinician
from sim.errors import BadInput
from sim.request import read_request, take_apart
from sim.rota.available import available
from sim.rota.grid import grid
from sim.rota.seats import seats
from sim.rota.staff import draw_staff, nobody_away
from sim.rota.standing import posts_beyond
from sim.rota.there import off_the_list, round_the_list, without_weeks
from tests.tiny import KEY, NURSE, area, duties_of, held, nurses, pattern, team, tiny

NIGHTLY = pattern("night", (Span(ALL_DAYS, 20.0, 32.0),), at="on_call")
SHIFT = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")


def named(**dates) -> tuple[Clinician, ...]:
    """Anna, Ben and Carol. dates: by name, what is different of somebody."""
    names = ("Anna", "Ben", "Carol")
    return tuple(
        replace(person, name=name, **dates.get(name, {})) for name, person in zip(names, nurses(3), strict=True)
    )


def rota(people, *patterns, weeks=2, **changes):
    return tiny(teams=(team(people=people, patterns=patterns),), run=Run.of_weeks(0, weeks, 0), **changes)


# -- who is on the list -----------------------------------------------------------------------------------------------


def test_a_leaver_and_a_successor_are_two_rows_and_the_turns_go_on_without_a_gap():
    """Would catch a list that keeps the place of whoever has left, so that one colleague works both turns."""
    people = named(Ben={"last_day": 3}, Carol={"first_day": 7})
    holders = [person for _, _, person in held(duties_of(rota(people, NIGHTLY)))]
    assert holders[:5] == [0, 1, 0, 1, 0]  # the small hours of Monday, then nights
    assert holders[5:8] == [0, 0, 0]  # Anna alone until Carol begins
    assert holders[8:12] == [2, 0, 2, 0]


def test_somebody_away_for_a_month_is_off_the_list_and_for_a_week_is_covered():
    """Would catch a long absence that one colleague covers in every cycle, or a short one that moves others' turns."""
    month, week = named(Ben={"away": ((0, 27),)}), named(Ben={"away": ((0, 6),)})
    assert [person for *_, person in held(duties_of(rota(month, NIGHTLY)))][:6] == [0, 2, 0, 2, 0, 2]
    turns = [person for *_, person in held(duties_of(rota(week, NIGHTLY)))]
    alone = [person for *_, person in held(duties_of(rota(named(), NIGHTLY)))]
    assert [one for one, whose in zip(turns, alone, strict=True) if whose != 1] == [n for n in alone if n != 1]
    assert 1 not in turns[:8]
    assert turns[8:] == alone[8:]


def test_everybody_on_the_list_is_the_turn_as_it_always_was():
    """Would catch a second rule for turns that differs where nobody leaves: seats more and fewer than people."""
    for people, seats_ in ((3, 1), (3, 2), (5, 3), (2, 3)):
        days, off = np.arange(12), np.zeros((people, 12), dtype=bool)
        place = np.arange(12)[:, None] * seats_ + np.arange(seats_)
        usual = np.where(np.arange(seats_) < people, place % people, -1)
        assert round_the_list(range(people), days, seats_, off, -1).tolist() == usual.tolist(), (people, seats_)


def test_days_before_the_first_and_after_the_last_are_off_the_list_and_both_ends_are_hers():
    """Would catch a last day on which somebody is gone already."""
    (row,) = off_the_list(named(Anna={"first_day": 2, "last_day": 4})[:1], 7).tolist()
    assert row == [True, True, False, False, False, True, True]


def test_nobody_wishes_for_leave_in_weeks_out_of_post():
    """Would catch leave of somebody not there yet that keeps colleagues from theirs."""
    off = np.zeros((1, 28), dtype=bool)
    off[0, :7] = off[0, 10:21] = True
    assert without_weeks(np.array([[0, 1, 2, 3]]), off, 52).tolist() == [[52, 1, 52, 3]]


def test_whoever_wrote_their_leave_has_that_and_no_other():
    """Would catch leave drawn on top of leave written."""
    role = replace(NURSE, leave_weeks=26.0)
    people = named(Anna={"away": ((2, 3),), "leave_written": True}, Ben={"away": ((2, 3),)})
    staff = draw_staff(tiny(roles=(role,), teams=(team(people=people),), run=Run.of_weeks(0, 8, 0)), KEY)
    assert np.flatnonzero(staff.leave[0]).tolist() == [2, 3]
    assert staff.leave[1].sum() > 20
    assert not nobody_away(staff).leave.any()


def test_part_time_people_work_their_own_share_of_the_week():
    """Would catch the WTE of the role for everybody."""
    people = named(Ben={"wte": 0.4})
    days = [person for *_, person in held(duties_of(rota(people, SHIFT, weeks=1)))]
    assert [days.count(person) for person in range(3)] == [6, 2, 6]  # with the Monday after


# -- one truth: grid, seat arithmetic, pay ----------------------------------------------------------------------------


def test_two_who_share_a_year_count_as_one_in_seat_arithmetic():
    """Would catch 1 in 3 on a list where never more than two are in post at a time."""
    scenario = rota(named(Ben={"last_day": 6}, Carol={"first_day": 7}), NIGHTLY)
    paper = duties_of(scenario)
    (line,) = seats(scenario, paper)
    assert (line.people, line.gap_on_paper) == (2.0, 0.0)
    assert line.one_in == pytest.approx(2.0, rel=0.04)  # the night before the first session began belongs to no day
    assert sum(available(scenario, paper).sessions.values()) == pytest.approx(line.cost)
    assert posts_beyond(scenario) == {("community_nurse", 0): 2.0}


def test_the_grid_tells_names_and_who_is_not_there():
    people = named(Ben={"last_day": 3}, Carol={"first_day": 5})
    scenario = rota(people, SHIFT)
    staff = draw_staff(scenario, KEY)
    made = grid(scenario, staff, duties_of(scenario), 0, 0, 7)
    assert made.people == ("Anna", "Ben", "Carol")
    assert ["".join(row) for row in made.letters] == ["WWWWW..", "WWWW---", "-----.."]


# -- what is read -----------------------------------------------------------------------------------------------------

TABLE = """\
name,team,wte,home,from,until,away_from,away_until,why
Anna Smith,nurses,0.8,,,,2027-02-01,2027-02-07,leave
Anna Smith,nurses,,,,,2027-03-01,2027-03-07,course
Ben,nurses,,,,2027-03-31,,,
Carol,nurses,,,2027-09-01,,,,
"""
SCENARIO = """\
question: Who is on?
based_on: plain_queue
hours: null
warmup_hours: null
beyond_hours: null
calendar: {start_date: 2027-01-04}
workforce: {people_file: ./people.csv}
weeks: 4
teams:
  nurses:
    role: nurse
    people: named
    patterns: {always: null, night: {hours: 20-08, at: on_call, seats: 1, only: [Ben, Carol]}}
"""
Write = Callable[..., str]


@pytest.fixture
def mine(tmp_path: Path) -> Write:
    """Writes a scenario of one place and its table of people, with changes, and says where it is."""

    def write(table: str = TABLE, scenario: str = SCENARIO) -> str:
        (tmp_path / "people.csv").write_text(table, encoding="utf-8")
        (tmp_path / "mine.yaml").write_text(scenario, encoding="utf-8")
        return str(tmp_path / "mine.yaml")

    return write


def test_a_table_of_people_is_read_with_their_dates_and_written_out_without_their_names(mine: Write):
    """Would catch an absence that is lost, a last day that is not hers, and a name in what is written with results."""
    made = plan(mine())
    (only,) = made.scenario.teams
    anna, ben, carol = only.people
    assert (anna.name, anna.wte, anna.away, anna.leave_written) == ("Anna Smith", 0.8, ((28, 34), (56, 62)), True)
    assert (ben.last_day, carol.first_day, ben.code) == (86, 240, "A.nurse.2")
    assert only.patterns[0].only == (2, 3)
    assert not [name for name in ("Anna", "Ben", "Carol") if name in made.resolved]


def test_a_table_that_may_not_be_read_is_refused_in_one_line(mine: Write, tmp_path: Path, monkeypatch):
    """Would catch a table that is open elsewhere, or what a spreadsheet program leaves beside it, as a failure of the
    program: exit 1, or a traceback."""
    path, real = mine(), Path.read_bytes

    def read_bytes(file: Path) -> bytes:
        if file.name == "people.csv":
            raise PermissionError(13, "Permission denied", str(file))
        return real(file)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read_bytes)
        with pytest.raises(BadInput) as refused:
            plan(path)
    assert str(refused.value) == (
        "mine.yaml: workforce.people_file = people.csv: cannot be read (Permission denied); close it where it is open, "
        "or see who may read it"
    )
    (tmp_path / "~$people.xlsx").write_bytes(b"Anna")
    with pytest.raises(BadInput, match=r"~\$people.xlsx: not a workbook"):
        plan(mine(scenario=SCENARIO.replace("./people.csv", "~$people.xlsx")))


def test_whoever_is_in_post_on_no_day_of_the_run_is_counted_as_such(mine: Write):
    """Would catch a leaver before the start who is said to have taken part."""
    made = plan(mine(TABLE.replace("2027-03-31", "2027-01-03")))
    (told,) = [one for one in made.tables if one.key == "workforce.people_file"]
    assert told.left_out == (("in post on no day of the run", 2),)  # Ben, and Carol after the four weeks


def test_names_in_the_scenario_and_names_off_are_the_same_study(mine: Write):
    """Would catch a study that is another one because somebody is called otherwise."""
    named_here = SCENARIO.replace("people: named", "people: [Ann, Ben, Carol]").replace("./people.csv", "null")
    one, other = plan(mine(scenario=named_here)), plan(mine(scenario=named_here + "names: off\n"))
    number = plan(mine(scenario=named_here.replace("[Ann, Ben, Carol]", "3").replace("[Ben, Carol]", "[2, 3]")))
    assert [person.name for person in one.scenario.teams[0].people] == ["Ann", "Ben", "Carol"]
    assert {person.name for person in other.scenario.teams[0].people} == {""}
    assert one.fingerprint == other.fingerprint == number.fingerprint


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2027-03-31", "31 March", "people.csv line 4: until = 31 March: must be a date; write it as 2027-03-31"),
        ("2027-02-07,leave", ",leave", "line 2: away_until: missing; write the first and the last day away"),
        ("Ben,nurses", "Ben,nurse", "line 4: team = nurse: no such team in this scenario; did you mean nurses?"),
        ("Carol,nurses", ",nurses", "line 5: name: missing; write one in every row"),
        ("0.8", "8", "line 2: wte = 8: must be a number from 0.01 to 1; correct line 2"),
        ("Ben,nurses,,", "Ben,nurses,,B", "line 4: home = B: no area or locality of that code"),
        ("2027-02-01", "2027-02-10", "line 2: away_until = 2027-02-07: is before away_from; correct one of the two"),
        ("Anna Smith,nurses,,,", "Anna Smith,nurses,0.5,,", "line 3: wte = 0.5: line 2 says 0.8 of the same person"),
        ("Ben,nurses", "Bea,nurses", "teams.nurses.patterns.night.only.1: nobody of team A has that name"),
    ],
)
def test_a_slip_in_a_table_of_people_is_one_line_without_a_name(mine: Write, old: str, new: str, said: str):
    with pytest.raises(BadInput) as refused:
        plan(mine(TABLE.replace(old, new, 1)))
    line = str(refused.value)
    assert said in line
    assert "\n" not in line
    assert not [name for name in ("Anna", "Smith", "Carol", "Bea") if name in line]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("[Ann, Ann]", "teams.nurses.people.A.2: the same name as 1: two people need two names"),
        ("[Ann, 3]", "teams.nurses.people.A.2: must be a name; write people: [Anna, Ben, Carol]"),
        ("{A: [Ann], Z: [Ben]}", "teams.nurses.people.Z: no area of that code"),
        ("{A: [Ann], per_area: 2}", "a table here holds per_area and nothing else; write per_area: null"),
        ("named", "teams.nurses.people = named: no table of people has a row of team nurses"),
    ],
)
def test_names_in_a_scenario_are_checked_without_telling_them(mine: Write, people: str, said: str):
    written = SCENARIO.replace("people: named", f"people: {people}").replace("./people.csv", "null")
    with pytest.raises(BadInput) as refused:
        plan(mine(scenario=written))
    assert said in str(refused.value)
    assert "Ann," not in str(refused.value)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (2, ["A.nurse.1", "B.nurse.1"]),
        ({"per_area": 2}, ["A.nurse.1", "A.nurse.2", "B.nurse.1", "B.nurse.2"]),
        ({"A": 2, "B": ["Ann"]}, ["A.nurse.1", "A.nurse.2", "B.nurse.1"]),
        ({"B": 1}, ["B.nurse.1"]),
    ],
)
def test_a_team_has_as_many_people_as_are_written_and_nobody_more(asked: object, codes: list[str]):
    """Would catch one clinician more, or fewer, than a scenario asks for, however it asks."""
    here = [area(code, posts=(("nurse", 1),)) for code in ("A", "B")]
    assert [person.code for person in people_of("people", asked, "nurse", here, True, {})] == codes


def test_two_of_one_shared_list_have_two_names(mine: Write):
    """Would catch duties written for the one that are laid for the other; in two teams both may be called so."""
    written = SCENARIO.replace("people: named", "people: {A: [Carol], B: [Ben, carol]}").replace("./people.csv", "null")
    written = written.replace(", only: [Ben, Carol]", "") + "area_table: {places: [A, B]}\n"
    assert len(plan(mine(scenario=written)).scenario.teams) == 2
    with pytest.raises(BadInput) as refused:
        plan(mine(scenario=written.replace("role: nurse", "role: nurse\n    grouping: national")))
    assert "teams.nurses.people.B: a name stands in A as well: two people of a team need two names" in str(
        refused.value
    )


def test_the_command_in_a_manifest_says_how_many_people_and_not_who():
    """Would catch names that are typed behind a command and stand beside results that are shared."""
    people = ["teams.nurses.people=[Anna,Ben]", "teams.doctors.people={QHG:[Xi],QUE:[Yan,Zoe]}"]
    request = read_request(take_apart(["run", "icb_rota", *people, "weeks=4"]))
    assert command_of(request)[3:] == ["teams.nurses.people=2", "teams.doctors.people={QHG:1,QUE:2}", "weeks=4"]
