"""``oncall-sim night``: a tiny night word for word, which night is the worst, and one line for what is wrong."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim import cli, night
from sim.commands.night import text_of
from sim.domain.calendar import WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.scenario import Scenario, Supply
from sim.ledger import BeyondRow, Ledger
from sim.night import Telling
from sim.night.help import story
from sim.night.names import a, clock, length, letter, person
from sim.night.people import service
from sim.night.record import records
from sim.request import read_request, take_apart
from tests.story import play, written
from tests.tiny import (
    GOODWILL_STEP,
    MONDAY,
    NURSES_STEP,
    UNIVERSAL_STEP,
    answering,
    area,
    call,
    death_call,
    family,
    goodwill,
    hours,
    nurses,
    pattern,
    people,
    team,
    tiny,
    travel,
)

DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
NIGHT = pattern("night", out_of_hours_spans(Calendar(MONDAY)), at="on_call")

STORY = """\
The night of Monday 4 January 2027 in Aland, 17:00 to 09:00
asked and refused, replication 1 of seed 1; the worst night in any area

  asked: 4 calls: 1 met, 2 met by goodwill and 1 partly met. 1 call more would have come from families who
    want to be at home and were not offered it.
  refused: 4 calls: 1 met, 1 partly met and 2 not met. 1 call more would have come from families who want to
    be at home and were not offered it.

Who is on
  asked: Community nurse 2 17:00-09:00, on call, can visit.
  refused: Community nurse 2 17:00-09:00, on call, can visit.

What happens

23:30  Family A (the child is getting worse) rings about a symptom, urgent. It takes a home visit.
       asked: Community nurse 2, on call, who knows the family, speaks with them after 6 minutes, until 23:51.
         Community nurse 2 sets out at 23:51, is at the door at 00:41, 1 hour 11 minutes after the call, and
         stays until 01:41. MET, in full and in time.
       refused: Community nurse 2, on call, who knows the family, speaks with them after 6 minutes, until
         23:51. Community nurse 2 sets out at 23:51, is at the door at 00:41, 1 hour 11 minutes after the
         call, and stays until 01:41. MET, in full and in time.

00:00  Family B (the child is stable) rings about a symptom, urgent. It can be settled by telephone.
       asked: Community nurse 1, at home and off duty, is rung at 00:10 and says yes. Community nurse 1, off
         duty and unpaid, speaks with them after 15 minutes, until 00:45. MET BY GOODWILL; an answer was not
         to be had from anybody funded: everybody on duty was busy with another family.
       refused: Community nurse 1, at home and off duty, is rung at 00:10 and cannot come. Community nurse 3,
         at home and off duty, is rung at 00:15 and cannot come. Nobody takes the call; after 20 minutes they
         are left with 111 and 999. NOT MET: everybody on duty was busy with another family.

00:12  Family B (the child is stable) rings about a symptom, urgent. It can be settled by telephone.
       asked: Becomes part of the call of 00:00, which is still open.
       refused: Becomes part of the call of 00:00, which is still open.

02:00  Family C (the child is stable) rings about a symptom, emergency. It takes a home visit by two people
       and the knowledge of a consultant.
       asked: Community nurse 2, on call, who knows the family, speaks with them after 6 minutes, until 02:21.
         Community nurse 2 sets out at 02:21, is at the door at 02:51, 51 minutes after the call, and stays
         until 04:51. It takes two people, and one goes alone. PARTLY MET; the advice is missing: nobody is
         commissioned for this at this hour.
       refused: Community nurse 2, on call, who knows the family, speaks with them after 6 minutes, until
         02:21. Community nurse 2 sets out at 02:21, is at the door at 02:51, 51 minutes after the call, and
         stays until 04:51. It takes two people, and one goes alone. PARTLY MET; the advice is missing: nobody
         is commissioned for this at this hour.

Next morning
  asked:
    Community nurse 1: worked 30 minutes, all of it unpaid; called once between 23:00 and 07:00; at work again
      at 09:00 after 8 hours 15 minutes of unbroken rest, where 11 hours are the rule.
    Community nurse 2: worked 5 hours 21 minutes; called twice between 23:00 and 07:00; at work again at 09:00
      after 6 hours 30 minutes of unbroken rest, where 11 hours are the rule.
  refused:
    Community nurse 1: was rung; called once between 23:00 and 07:00; at work again at 09:00 after 16 hours of
      unbroken rest.
    Community nurse 2: worked 5 hours 21 minutes; called twice between 23:00 and 07:00; at work again at 09:00
      after 6 hours 30 minutes of unbroken rest, where 11 hours are the rule.
    Community nurse 3: was rung; called once between 23:00 and 07:00; at work again at 09:00 after 16 hours of
      unbroken rest."""


def scenario(name: str = "asked") -> Scenario:
    """Three nurses at work by day, one of them on call at night; two of the others may be rung at home."""
    return tiny(
        name=name, areas=(area(name="NHS Aland Integrated Care Board"),),
        teams=(team(people=nurses(3), patterns=(DAY, NIGHT)),),
        ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP), goodwill=goodwill(asks=2),
        answering=answering(call_back=hours(0.1)), travel=travel(mobilise_from_home=1 / 3),
    )  # fmt: skip


def a_night(g: float = 1.0) -> Ledger:
    """Two families who need the same nurse at midnight, one whose visit takes two and a consultant, one in hospital."""
    calls = [
        call(23.5, visit=True), call(24.0, family=1, talk=0.5), call(24.2, family=1),
        call(26.0, family=2, level=4, urgency="emergency", two=True), call(27.0, family=3),
    ]  # fmt: skip
    calm = family(death=100.0, deteriorates=90.0)
    ledger = play(
        scenario(), calls, [family(km_east=30.0), replace(calm, known=("AAA.community_nurse.2",)), calm, calm], g
    )
    not_offered = next(place for place, row in enumerate(ledger.calls.rows) if row.call == 4)
    row = ledger.calls.rows[not_offered]
    ledger.calls.rows[not_offered] = row._replace(made=False, outcome="choice_not_offered")
    ledger.tasks.rows[:] = [task for task in ledger.tasks.rows if task.call != 4]
    return ledger


def test_the_whole_of_a_tiny_night_with_goodwill_and_without():
    """Catches a wrong person, hour, order, reason or rest anywhere in the story."""
    first, second = a_night(), a_night(g=0.0)
    tellings = [Telling(scenario(), first), Telling(scenario("refused"), second)]
    assert night.text(tellings, night.choose(first, scenario()), "the worst night in any area") == STORY


def test_a_quiet_night_says_so_and_who_was_on():
    told = night.text([Telling(scenario(), a_night())], night.night_of(scenario(), 0, 1))
    assert told.splitlines()[3:] == [
        "  A quiet night: nobody called.", "", "Who is on", "  Community nurse 3 17:00-09:00, on call, can visit.",
    ]  # fmt: skip


@pytest.mark.parametrize(("pinned", "said"), [
    ((("AAA", "seven_day"),), "Kind of service in this area: seven day, as written down for it."),
    ((), "Kind of service in this area: seven day, dealt to it in this replication, not known of it."),
])  # fmt: skip
def test_a_night_says_whether_the_service_of_its_area_is_pinned_or_dealt(pinned, said):
    """Catches a dealt service told as if the area were known to have it, and one told where all areas have the same."""
    by_kind = replace(
        scenario(), supply=Supply((("seven_day", 1.0),), pinned=pinned),
        teams=(team(people=nurses(3), patterns=(DAY, replace(NIGHT, area_types=frozenset({"seven_day"})))),),
    )  # fmt: skip
    ledger = written(by_kind, [call(18.0)])
    on = night.text([Telling(by_kind, ledger)], night.night_of(by_kind, 0, 0)).partition("Who is on\n")[2]
    assert " ".join(on.partition("Community")[0].split()) == said
    alike = replace(by_kind, teams=scenario().teams)
    assert service(alike, ledger, 0) == []
    no_goodwill = replace(alike, goodwill=replace(alike.goodwill, not_in=frozenset({"weekdays_alone"})))
    assert service(no_goodwill, ledger, 0) == [said]


def test_the_worst_night_has_the_most_unmet_calls_and_of_equal_ones_is_the_earliest():
    """Catches days counted from midnight: 03:00 on Wednesday belongs to the night of Tuesday; noon to none."""
    calls = [call(18.0), call(24.0 + 18.0), call(48.0 + 3.0, family=1), call(72.0 + 18.0), call(96.0 + 4.0)]
    calls += [call(hour) for hour in (132.0, 133.0, 134.0)]  # by day
    unmet = {"outcome": "unmet", "cause": "rota_gap", "part": "answer"}
    facts = [{}, unmet, unmet, unmet, unmet, unmet, unmet, unmet]
    ledger = written(scenario(), calls, facts)
    assert night.choose(ledger, scenario()) == night.night_of(scenario(), 0, 1)
    assert night.choose(ledger, scenario(), day=3) == night.night_of(scenario(), 0, 3)
    assert night.choose(ledger, scenario(), area=0, day=6) == night.night_of(scenario(), 0, 6)


def test_a_night_that_begins_before_the_measured_hours_is_not_told():
    unmet = {"outcome": "unmet", "cause": "rota_gap", "part": "answer"}
    ledger = written(scenario(), [call(3.0), call(30.0)], [unmet, {}])
    assert night.choose(ledger, scenario()) == night.night_of(scenario(), 0, 0)


def test_who_is_rung_for_advice_comes_after_who_took_the_call():
    """Catches a story in the order of the ledger's columns: nobody is rung about a call that nobody has taken yet."""
    consultants = team("consultants", people("consultant", 1), patterns=(DAY,))
    both = replace(scenario(), teams=(*scenario().teams, consultants))
    ledger = play(both, [call(20.0, level=4)], [family(known=())])
    told = night.text([Telling(both, ledger)], night.night_of(both, 0, 0))
    what = " ".join(told.partition("What happens")[2].partition("Next morning")[0].split())
    assert what.split(". ")[2:] == [
        "Community nurse 2, on call, speaks with them after 6 minutes, until 20:21",
        "Consultant 1, at home and off duty, is rung at 20:21 and says yes",
        "Consultant 1, off duty and unpaid, advises by telephone from 20:26 to 20:41",
        "MET BY GOODWILL; the advice was not to be had from anybody funded: nobody is commissioned for this at this "
        "hour.",
    ]


ENDS = [
    ({"outcome": "late", "cause": "all_busy", "part": "visit"},
     "MET, BUT LATE (the visit): everybody on duty was busy with another family."),
    ({"outcome": "overtaken_by_death", "cause": "rota_gap", "part": "answer", "answered": math.nan, "ended": 19.5},
     "The child dies at 19:30 before anybody has reached them. NOT MET: the seat on the rota was empty."),
    ({"outcome": "partly_met", "cause": "out_of_reach", "part": "visit", "emergency_visit": True},
     "Nobody comes. PARTLY MET; the visit is missing: whoever was on duty was too far away. An ambulance or the "
     "emergency department sees the child, who stays at home."),
    ({"outcome": "met", "emergency_visit": True, "admitted": True},
     "MET, in full and in time. The child is taken to hospital, and is home again on Tuesday 5 January 2027."),
    ({"outcome": "met_by_general_services", "cause": "rota_gap", "part": "answer", "answered": math.nan,
      "turned_to": 18.5, "ended": 20.0},
     "Nobody takes the call; after 30 minutes they are left with 111 and 999. At 18:30 general services (GP out of "
     "hours, 111 or a ward) take on what is missing. MET BY GENERAL SERVICES at 20:00; an answer was not to be had "
     "from anybody funded: the seat on the rota was empty."),
    ({"outcome": "overtaken_by_death", "cause": "out_of_reach", "part": "visit", "turned_to": 18.5, "ended": 19.5},
     "Nobody comes. At 18:30 general services (GP out of hours, 111 or a ward) take on what is missing. The child "
     "dies at 19:30 before general services help. NOT MET: whoever was on duty was too far away."),
    ({"outcome": "in_hospital", "made": False}, "No call: the child was in hospital."),
    ({"outcome": "in_hospital_after_failure", "made": False},
     "No call: the child was in hospital, after help that failed."),
    ({"outcome": "met", "joined": 0}, "Becomes part of the call of 18:00, which is still open."),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "said"), ENDS, ids=[said[:20] for _, said in ENDS])
def test_how_a_call_ends_in_words(fact, said):
    ledger = written(scenario(), [call(18.0, visit=True)], [fact], stays=[(0, 18.0, 30.0)])
    told = story(scenario(), ledger, records(ledger, night.night_of(scenario(), 0, 0))[0], 0)
    assert " ".join(told).endswith(said)


def test_a_death_is_told_by_who_is_there_on_the_way_or_on_the_line():
    """Somebody in the home stays; somebody on the road hears of it and comes; the call before it was overtaken."""
    at_home = [call(20.0, talk=0.0, visit=True, visit_hours=4.0), death_call(talk=0.0, visit_hours=1.0)]
    ledger = play(scenario(), at_home, [family(death=22.0)])
    told = [story(scenario(), ledger, record, 0) for record in records(ledger, night.night_of(scenario(), 0, 0))]
    assert told[1] == ["Community nurse 2, who is in the home on the call of 20:00, stays for it."]
    ledger = play(scenario(), at_home, [family(death=20.5, km_east=30.0)])
    told = [story(scenario(), ledger, record, 0) for record in records(ledger, night.night_of(scenario(), 0, 0))]
    assert "Community nurse 2 sets out at" in told[0][1]
    assert told[0][-1].startswith("The child dies at 20:30 before anybody has come to them. NOT MET: whoever was free")
    assert told[1][0] == "Community nurse 2, who is on the way already, hears of it and comes."
    assert "is at the door at" in told[1][1]
    assert told[1][-1] == "MET, in full and in time."


def test_notes_after_a_visit_are_told():
    ledger = play(scenario(), [call(20.0, talk=0.0, after_call=0.25, visit=True, visit_hours=1.0)])
    (record,) = records(ledger, night.night_of(scenario(), 0, 0))
    assert any(said.startswith("Community nurse 2 writes the notes") for said in story(scenario(), ledger, record, 0))


def test_who_could_not_act_outside_their_area_is_named():
    ledger = written(scenario(), [call(18.0)], [], tasks=[(1, 0, "phone", 18.0, 18.25, 0)])
    ledger.beyond.rows += [BeyondRow(0, 1, 0, 1, 18.0, 0.0), BeyondRow(0, 1, 1, 2, 18.0, 0.25)]
    told = story(scenario(), ledger, records(ledger, night.night_of(scenario(), 0, 0))[0], 0)
    assert told[0] == "Community nurse 1 is free, and cannot act by telephone outside their own area."
    assert "Community nurse 2 has no record of the family, and needs 15 minutes more." in told


def test_people_of_another_area_are_named_with_it():
    """Catches two nurses of one name in the story of a shared rota."""
    both = nurses(2) + nurses(1, "BBB")
    shared = replace(scenario(), areas=(area(), area("BBB", name="NHS Bland Integrated Care Board")),
                     teams=(team(people=both, patterns=(NIGHT,)),))  # fmt: skip
    ledger = written(shared, [call(18.0)])
    names = [one.code for one in ledger.setting.staff.people]
    row = names.index("BBB.community_nurse.1")
    assert (person(shared, ledger, row, 0), person(shared, ledger, row, 1)) == (
        "community nurse 1 of Bland", "community nurse 1",
    )  # fmt: skip


def test_words_for_times_and_families():
    assert [clock(hour) for hour in (0.0, 23.999, 25.5)] == ["00:00", "00:00", "01:30"]
    assert [length(hours) for hours in (0.0, 1 / 60, 2.0, 25.25)] == [
        "0 minutes", "1 minute", "2 hours", "25 hours 15 minutes",
    ]  # fmt: skip
    assert [a(word) for word in ("nurse", "adult nurse")] == ["a nurse", "an adult nurse"]
    assert [letter(number) for number in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


def ask(capsys, *words: str) -> str:
    code = cli.main(["night", *words])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    return printed.out


SMALL = ["areas=[QHG,QUE]", "weeks=13", "warmup_weeks=1"]


def test_two_shipped_scenarios_beside_each_other_and_kept_in_a_folder(capsys, tmp_path):
    words = ["current_patchwork", *SMALL, "area=QUE", "replication=2", "against=icb_rota", f"out={tmp_path / 'mine'}"]
    printed = ask(capsys, *words)
    assert (
        "in Cambridgeshire and Peterborough, 17:00 to 09:00\ncurrent_patchwork and icb_rota, replication 2" in printed
    )
    assert printed == (tmp_path / "mine" / "night.txt").read_text() + f"{tmp_path / 'mine'}\n"


def test_the_night_is_one_of_the_replication_that_a_run_measures():
    """Catches replications that are counted from 0 here and from 1 there."""
    from sim.config import plan
    from sim.experiment.replicate import ledger_of

    made = plan("current_patchwork", SMALL).scenario
    request = read_request(take_apart(["night", "current_patchwork"]))
    chosen = night.choose(ledger_of(made, 1, 0), made)
    told = night.text([Telling(made, ledger_of(made, 1, 0))], chosen, "the worst night in any area")
    assert text_of([made], 1, request) == told
    assert text_of([made], 1, replace(request, own={"replication": "2"})) != told


WRONG = [
    (["area=QXX"], "area = QXX: no area of that code or name; known: QHG"),
    (["date=Monday"], "date = Monday: a date as year-month-day, such as date=2027-01-11"),
    (["date=2026-12-31"], "date = 2026-12-31: the nights that are measured begin on 2027-01-11 to 2027-04-11; choose"),
    (["replication=0"], "replication = 0: a whole number from 1, such as replication=1"),
    (["against=nothing_like_it"], "command line: scenario = nothing_like_it: no scenario of that name; known: "),
]


@pytest.mark.parametrize(("words", "complaint"), WRONG, ids=[words[0] for words, _ in WRONG])
def test_bad_input_is_one_line(words, complaint, capsys):
    assert cli.main(["night", "icb_rota", *SMALL, *words]) == cli.BAD_INPUT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"oncall-sim: {complaint}")
    assert printed.err.count("\n") == 1
