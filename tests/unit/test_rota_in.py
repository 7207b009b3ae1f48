"""A rota that somebody has written: read, laid for its dates, changed by hand, and counted alike everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.config import plan
from sim.domain.calendar import ALL_DAYS, WEEKDAYS, Span
from sim.domain.scenario import Run
from sim.domain.written import Change, WrittenDuty
from sim.errors import BadInput
from sim.rota.available import available
from sim.rota.compared import as_planned, shares
from sim.rota.duties import lay_duties
from sim.rota.grid import grid
from sim.rota.seats import seats
from sim.rota.staff import draw_staff, nobody_away
from sim.rota.supply import deal_area_types
from tests.tiny import KEY, duties_of, held, nurses, pattern, team, tiny

NIGHT = pattern("night", (Span(ALL_DAYS, 20.0, 32.0),), at="on_call")
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
ANNA, BEN, CAROL = (replace(one, name=name) for one, name in zip(nurses(3), ("Anna", "Ben", "Carol"), strict=True))
MONDAY_NIGHT, TUESDAY_NIGHT, WEDNESDAY_NIGHT, THURSDAY_NIGHT = (20.0, 32.0), (44.0, 56.0), (68.0, 80.0), (92.0, 104.0)


def on(person, hours, pattern=0, seat=0) -> WrittenDuty:
    return WrittenDuty(pattern, seat, *hours, person)


def rota(*written, patterns=(NIGHT,), changes=(), **others):
    people = (ANNA, BEN, CAROL)
    one = replace(team(people=people, patterns=patterns), written=tuple(written), changes=tuple(changes))
    return tiny(teams=(one,), run=Run.of_weeks(0, 1, 0), **others)


def paper(scenario):
    key = KEY
    staff = nobody_away(draw_staff(scenario, key))
    return lay_duties(scenario, staff, deal_area_types(scenario, key), key)


# -- laid -------------------------------------------------------------------------------------------------------------


def test_a_written_rota_stands_for_its_dates_and_the_pattern_before_and_after():
    """Would catch a pattern that goes on beside the rota written, or a night written that nobody holds."""
    written = rota(on(CAROL, TUESDAY_NIGHT), on(CAROL, WEDNESDAY_NIGHT), on(ANNA, THURSDAY_NIGHT))
    found = sorted(held(duties_of(written)))
    assert found[:6] == [
        (0.0, 8.0, 0), (*MONDAY_NIGHT, 1), (*TUESDAY_NIGHT, 2), (*WEDNESDAY_NIGHT, 2), (*THURSDAY_NIGHT, 0),
        (116.0, 128.0, 2),
    ]  # fmt: skip


def test_hours_of_the_pattern_that_nobody_is_written_for_are_gaps():
    """Would catch a night left out of the written rota that nobody misses."""
    written = rota(on(ANNA, TUESDAY_NIGHT), on(None, WEDNESDAY_NIGHT), on(BEN, (92.0, 100.0)))
    duties = paper(written)
    empty = sorted(zip(duties.start[duties.person < 0].tolist(), duties.end[duties.person < 0].tolist(), strict=True))
    assert empty == [WEDNESDAY_NIGHT]
    whole = paper(rota(on(ANNA, TUESDAY_NIGHT), on(BEN, (96.0, 104.0))))
    empty = sorted(zip(whole.start[whole.person < 0].tolist(), whole.end[whole.person < 0].tolist(), strict=True))
    assert empty == [WEDNESDAY_NIGHT, (92.0, 96.0)]


def test_patterns_that_the_rota_does_not_speak_of_go_on():
    """Would catch day shifts that vanish because somebody exported the nights alone."""
    written = duties_of(rota(on(ANNA, TUESDAY_NIGHT), patterns=(NIGHT, DAY)))
    alone = duties_of(rota(patterns=(NIGHT, DAY)))
    assert held(written, pattern=1) == held(alone, pattern=1)


def test_a_shift_of_everybody_is_worked_by_those_written_for_it():
    shift = rota(on(ANNA, (33.0, 41.0), 0), on(BEN, (57.0, 65.0), 0, 1), patterns=(DAY,))
    found = held(duties_of(shift))
    assert [row for row in found if 33.0 <= row[0] < 65.0] == [(33.0, 41.0, 0), (57.0, 65.0, 1)]


def test_the_sick_are_covered_as_in_any_rota_and_no_leave_is_drawn_against_it():
    """Would catch a duty that is lost to drawn leave though its maker knew who is away, and sickness without cover."""
    role = replace(tiny().roles[0], leave_weeks=26.0)
    scenario = rota(on(ANNA, TUESDAY_NIGHT), on(BEN, WEDNESDAY_NIGHT), roles=(role,))
    staff = draw_staff(scenario, KEY)
    assert not staff.leave[:, 1:3].any()
    sick = replace(staff, sick=np.eye(3, staff.sick.shape[1], dtype=bool))  # Anna on Monday, Ben on Tuesday
    sick.sick[0, 1] = True  # and Anna on Tuesday
    rules = replace(scenario, rota=replace(scenario.rota, p_short_notice_cover=1.0))
    found = sorted(held(lay_duties(rules, sick, deal_area_types(rules, KEY), KEY)))
    assert (*TUESDAY_NIGHT, 2) in found


# -- changed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "nights"),
    [
        (Change("swap", BEN, 0, CAROL, 1), [2, 1, 0]),
        (Change("give", BEN, 0, ANNA), [0, 2, 0]),
        (Change("cancel", BEN, 0), [-1, 2, 0]),
    ],
)
def test_a_change_moves_the_duty_it_names_and_no_other(change: Change, nights: list[int]):
    """Would catch a swap of one half, or a change that moves everybody's turn."""
    duties = paper(rota(changes=(change,)))
    order = np.argsort(duties.start)
    assert duties.person[order].tolist()[1:4] == nights
    assert duties.person[order].tolist()[4:] == paper(rota()).person[order].tolist()[4:]


def test_changes_are_made_in_their_order_and_to_written_duties_too():
    changes = (Change("give", CAROL, 1, ANNA), Change("give", ANNA, 1, BEN))
    found = held(paper(rota(on(CAROL, TUESDAY_NIGHT), changes=changes)))
    assert (*TUESDAY_NIGHT, 1) in found


def test_a_change_of_a_duty_that_is_not_there_is_refused_with_its_line():
    with pytest.raises(BadInput, match=r"changes.csv line 3: give: this person has no duty .* begins on 2027-01-04"):
        paper(rota(changes=(Change("give", ANNA, 0, BEN, said="changes.csv line 3"),)))


# -- one truth --------------------------------------------------------------------------------------------------------


def test_hours_written_beyond_the_pattern_are_on_the_grid_in_the_audit_and_paid():
    """Would catch an extra duty that somebody works and nobody counts."""
    weekdays = pattern("night", (Span(WEEKDAYS, 20.0, 32.0),), at="on_call")
    saturday = (140.0, 152.0)
    scenario = rota(on(ANNA, THURSDAY_NIGHT), on(BEN, (116.0, 128.0)), on(CAROL, saturday), patterns=(weekdays,))
    duties = paper(scenario)
    made = grid(scenario, draw_staff(scenario, KEY), duties, 0, 0, 7)
    assert ["".join(row) for row in made.letters] == ["N..N...", ".N..N..", "..N..N."]
    (line,) = seats(scenario, duties)
    assert line.one_in == pytest.approx(3 * 7 / 6)
    assert line.cost == pytest.approx(sum(available(scenario, duties).sessions.values()))
    assert line.hours * 7 / 364 == pytest.approx(6 * 12.0)


def test_a_rota_and_its_pattern_stand_beside_each_other():
    """Would catch hours of one under the other, and hours of nobody that are told of somebody."""
    scenario = rota(on(CAROL, TUESDAY_NIGHT), on(None, WEDNESDAY_NIGHT), on(CAROL, THURSDAY_NIGHT))
    found = {line.person: (line.on_call, line.nights) for line in shares(
        scenario, paper(as_planned(scenario)), paper(scenario), (0,)
    )}  # fmt: skip
    assert found == {
        "Anna": ((12.0, 0.0), (1, 0)), "Ben": ((12.0, 0.0), (1, 0)), "Carol": ((12.0, 24.0), (1, 2)),
        "": ((0.0, 12.0), (0, 1)),
    }  # fmt: skip


# -- read -------------------------------------------------------------------------------------------------------------

SCENARIO = """\
based_on: plain_queue
question: Who is on?
hours: null
warmup_hours: null
beyond_hours: null
calendar: {start_date: 2027-01-04}
warmup_weeks: 0
weeks: 4
rota: {duties_file: ./rota.csv}
teams:
  nurses:
    people: [Anna, Ben]
    patterns:
      always: null
      day: {hours: 09-17, seats: 1}
      night: {hours: 17-09, at: on_call, seats: 1}
"""
DUTIES = """\
person,team,start,end,at,seat
Anna,nurses,2027-01-04 17:00,2027-01-05 09:00,on call,
ben,A.nurses,2027-01-05 17:00,2027-01-06 09:00,On-call,night
,,2027-01-06 17:00,2027-01-07 09:00,,night 1
Anna,,2027-01-07 09:00,2027-01-07 17:00,at work,
""".replace("A.nurses", "nurses:A")
Write = Callable[..., str]


@pytest.fixture
def mine(tmp_path: Path) -> Write:
    def write(scenario: str = SCENARIO, **tables: str) -> str:
        for name, text in {"rota": DUTIES, **tables}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        (tmp_path / "mine.yaml").write_text(scenario, encoding="utf-8")
        return str(tmp_path / "mine.yaml")

    return write


def read(path: str):
    (only,) = plan(path).scenario.teams
    return [(one.pattern, one.seat, one.start, one.end, one.person and one.person.name) for one in only.written]


def test_duties_are_read_by_name_team_and_kind(mine: Write):
    """Would catch a duty in the wrong pattern, and words for being on call that are taken for being at work."""
    assert read(mine()) == [
        (1, 0, 17.0, 33.0, "Anna"), (1, 0, 41.0, 57.0, "Ben"), (1, 0, 65.0, 81.0, None), (0, 0, 81.0, 89.0, "Anna"),
    ]  # fmt: skip


def test_a_mapping_says_what_columns_and_words_of_another_system_mean(mine: Write):
    """Would catch a night whose end, a time of day alone, is taken for the morning before it."""
    theirs = (
        "Unit,Surname,First,Date,Begins,Ends,Type\nCCN,,Anna,2027-01-04,17:00,9:00,OC\n"
        "CCN,,Ben,2027-01-06,9:00,17:00,LD\nCCN,,Ben,2027-01-07,,,Rest\n"
    )
    mapping = (
        "column,theirs,value,means\nperson,First + Surname,,\nteam,Unit,CCN,nurses\nstart,Date + Begins,,\n"
        "end,Date+Ends,,\nat,Type,OC,on_call\nat,Type,LD,work\nat,Type,Rest,leave_out\n"
    )
    scenario = SCENARIO.replace("./rota.csv", "./rota.csv, mapping_file: ./mapping.csv")
    assert read(mine(scenario, rota=theirs, mapping=mapping)) == [
        (1, 0, 17.0, 33.0, "Anna"), (0, 0, 57.0, 65.0, "Ben"),
    ]  # fmt: skip


def test_the_table_that_rota_writes_is_a_rota_that_it_reads(mine: Write, tmp_path: Path):
    """Would catch a column that goes out and does not come in."""
    from sim.commands.rota import laid, tables

    made = plan(mine(SCENARIO.replace("rota: {duties_file: ./rota.csv}\n", "")))
    out = tables(laid(made.scenario, 1, {}))["rota.csv"]
    again = plan(mine(rota=out.to_csv(index=False)))
    scenario = again.scenario
    assert sorted(held(paper(scenario))) == sorted(held(paper(made.scenario)))


def test_a_calendar_is_a_rota_too(mine: Write, tmp_path: Path):
    """Would catch an hour lost to summer time, and a name that is taken for a seat."""
    pytest.importorskip("icalendar")
    (tmp_path / "team.ics").write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n"
        b"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Anna: night\r\nDTSTART:20270104T170000\r\nDTEND:20270105T090000\r\n"
        b"CATEGORIES:nurses\r\nEND:VEVENT\r\n"
        b"BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Ben\r\nDTSTART:20270105T170000Z\r\nDTEND:20270106T090000Z\r\nEND:VEVENT\r\n"
        b"BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:nobody: night 1\r\nDTSTART:20270106T170000\r\nDTEND:20270107T090000\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    path = mine(SCENARIO.replace("./rota.csv", "./team.ics"))
    assert read(path) == [(1, 0, 17.0, 33.0, "Anna"), (1, 0, 41.0, 57.0, "Ben"), (1, 0, 65.0, 81.0, None)]


def test_a_calendar_of_one_person_is_of_whoever_it_is_called_after(mine: Write, tmp_path: Path):
    """Would catch a calendar with a name whose events are taken for names; and one that repeats."""
    pytest.importorskip("icalendar")
    event = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:night 1\r\nDTSTART:20270104T170000\r\nDTEND:20270105T090000\r\nEND:VEVENT"
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nX-WR-CALNAME:Ben\r\n{event}\r\nEND:VCALENDAR\r\n"
    (tmp_path / "ben.ics").write_bytes(text.encode())
    path = mine(SCENARIO.replace("./rota.csv", "./ben.ics"))
    assert read(path) == [(1, 0, 17.0, 33.0, "Ben")]
    (tmp_path / "ben.ics").write_bytes(text.replace("UID:1", "UID:1\r\nRRULE:FREQ=WEEKLY").encode())
    with pytest.raises(BadInput, match=r"ben.ics event 1: it repeats; export single events"):
        read(path)
    (tmp_path / "ben.ics").write_bytes(b"no calendar")
    with pytest.raises(BadInput, match=r"ben.ics: (no events|not a calendar)"):
        read(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Anna,nurses", "Annie,nurses", "rota.csv line 2: person: nobody of team nurses:A has that name"),
        ("2027-01-05 09:00", "2027-01-04 09:00", "line 2: end = 2027-01-04 09:00: is not after start"),
        ("2027-01-05 09:00", "2027-02-05 09:00", "line 2: end = 2027-02-05 09:00: a duty of 32 days: at most 14"),
        ("on call,", "asleep,", "line 2: at = asleep: must be one of work, on_call; or say in a mapping file"),
        ("On-call,night", "On-call,nihgt", "line 3: seat = nihgt: no pattern of team nurses:A; did you mean night?"),
        ("On-call,night", "work,night", "line 3: at = work: pattern night is on_call; correct at or seat"),
    ],
)
def test_a_slip_in_a_rota_is_one_line_without_a_name(mine: Write, old: str, new: str, said: str):
    with pytest.raises(BadInput) as refused:
        read(mine(rota=DUTIES.replace(old, new, 1)))
    assert said in str(refused.value)
    assert not [name for name in ("Ann", "ben") if name in str(refused.value)]


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ("DTSTART:20270104T170000", "no DTSTART or no DTEND, or two of them; give every event one of both"),
        ("DTSTART:20270104T170000\r\nDTEND:20270105T090000\r\nDTEND:20270105T090000", "no DTSTART or no DTEND, or two"),
        ("DTSTART:2027-01-04 17:00\r\nDTEND:soon", "a time that is none; write DTSTART and DTEND as 20270608T170000"),
        ("DTSTART;VALUE=DATE:20270104\r\nDTEND;VALUE=DATE:20270105", "a whole day; a duty has hours"),
    ],
)
def test_an_event_without_its_two_times_is_refused_in_one_line_without_a_name(mine: Write, tmp_path, times, said):
    """Would catch a broken calendar that ends in the traceback of its reader."""
    pytest.importorskip("icalendar")
    event = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Anna\r\n{times}\r\nEND:VEVENT"
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{event}\r\nEND:VCALENDAR\r\n"
    (tmp_path / "team.ics").write_bytes(text.encode())
    with pytest.raises(BadInput) as refused:
        read(mine(SCENARIO.replace("./rota.csv", "./team.ics")))
    assert f"team.ics event 1: {said}" in str(refused.value)
    assert "Anna" not in str(refused.value)


PEOPLE = "name,team,until\nAnna,nurses,2027-01-04\nBen,nurses,\n"
OF_A_TABLE = SCENARIO.replace("[Anna, Ben]", "named") + "workforce: {people_file: ./people.csv}\n"


def test_nobody_is_written_for_a_duty_after_the_last_day_in_post(mine: Write):
    """Would catch a leaver's duty that is somebody else's without a word; the night of the last day is hers."""
    head, last, *_ = DUTIES.splitlines()
    assert read(mine(OF_A_TABLE, rota=f"{head}\n{last}", people=PEOPLE)) == [(1, 0, 17.0, 33.0, "Anna")]
    rest_of_it = last.replace("2027-01-04 17:00", "2027-01-05 02:00")
    assert read(mine(OF_A_TABLE, rota=f"{head}\n{rest_of_it}", people=PEOPLE)) == [(1, 0, 26.0, 33.0, "Anna")]
    after = last.replace("01-05", "01-06").replace("01-04", "01-05")
    with pytest.raises(BadInput) as refused:
        read(mine(OF_A_TABLE, rota=f"{head}\n{after}", people=PEOPLE))
    assert str(refused.value).endswith(
        "rota.csv line 2: person: is not in post then; write who is, or correct from and until among the people"
    )


@pytest.mark.parametrize(
    ("row", "column"),
    [("give,2027-01-05,Ben,Anna,", "with"), ("swap,2027-01-04,Anna,Ben,2027-01-07", "person")],
)
def test_nobody_is_given_a_duty_after_the_last_day_in_post(mine: Write, row: str, column: str):
    scenario = OF_A_TABLE.replace("duties_file: ./rota.csv", "changes_file: ./changes.csv")
    changes = f"change,date,person,with,with_date\n{row}\n"
    with pytest.raises(BadInput, match=f"changes.csv line 2: {column}: is not in post then"):
        read(mine(scenario, changes=changes, people=PEOPLE))


def test_one_seat_holds_one_duty_and_one_person_one_of_a_kind(mine: Write):
    """Would catch two people in one numbered seat, and somebody on call twice at once."""
    head, anna, *_ = DUTIES.splitlines()
    for second, said in (
        (anna.replace("Anna", "Ben").replace("call,", "call,night 1"), "seat = night 1: somebody has that seat then"),
        (anna, "this person has another duty of the same kind then"),
    ):
        with pytest.raises(BadInput, match=said):
            read(mine(rota="\n".join([head, anna, second])))
    assert [seat for _, seat, *_ in read(mine(rota="\n".join([head, anna, anna.replace("Anna", "Ben")])))] == [0, 1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("swop,2027-01-04,Anna,Ben,2027-01-05", "changes.csv line 2: change = swop: must be one of swap, give, cancel"),
        ("swap,2027-01-04,Anna,Ben,", "line 2: with_date: missing: swap needs it"),
        ("give,2027-01-04,Anna,,", "line 2: with: missing: give needs it"),
        ("cancel,2027-01-04,Anna,Ben,", "line 2: with: cancel has none"),
        ("give,4 Jan,Anna,Ben,", "line 2: date = 4 Jan: must be a date"),
        ("give,2027-01-04,Zed,Ben,", "line 2: person: nobody of any team has that name"),
    ],
)
def test_a_slip_in_a_change_is_one_line(mine: Write, row: str, said: str):
    scenario = SCENARIO.replace("./rota.csv", "./rota.csv, changes_file: ./changes.csv")
    with pytest.raises(BadInput) as refused:
        plan(mine(scenario, changes=f"change,date,person,with,with_date\n{row}\n"))
    assert said in str(refused.value)
