"""``oncall-sim night``: a tiny night word for word, which night is the worst, and one line for what is wrong."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim import cli, night
from sim.commands.night import text_of
from sim.domain.calendar import WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.general_services import GeneralServices
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

Who else
  999. General services (GP out of hours, 111's clinical desk, open access to a ward) are left out here.
  Left out: a hospice's own line where it is none of these teams, and whether a syringe driver is among the
    equipment in a home.

What happens

23:30  Family A (the child is getting worse) rings about a symptom, urgent. It takes a home visit.
       Family 0 of the ledger. In the home: no plan for symptoms, no medicines and no advance care plan.
       asked: Community nurse 2, on call, who knows the family, takes the call at 23:30 and speaks with them
         from 23:36 to 23:51. A visit is found necessary at 23:51. Community nurse 2 gets ready at 23:51, sets
         out at 00:11, is at the door at 00:41, 1 hour 11 minutes after the call, and leaves at 01:41.
         Community nurse 2 drives back from 01:41 to 02:00. MET, in full and in time.
       refused: Community nurse 2, on call, who knows the family, takes the call at 23:30 and speaks with them
         from 23:36 to 23:51. A visit is found necessary at 23:51. Community nurse 2 gets ready at 23:51, sets
         out at 00:11, is at the door at 00:41, 1 hour 11 minutes after the call, and leaves at 01:41.
         Community nurse 2 drives back from 01:41 to 02:00. MET, in full and in time.

00:00  Family B (the child is stable) rings about a symptom, urgent. It can be settled by telephone.
       Family 1 of the ledger. In the home: no plan for symptoms, no medicines and no advance care plan.
       asked: Community nurse 1, at home and off duty, is rung at 00:10 and says yes. Community nurse 1, off
         duty and unpaid, speaks with them and writes the notes from 00:15 to 00:45. MET BY GOODWILL; an
         answer was not to be had from anybody funded: everybody on duty was busy with another family.
       refused: Community nurse 1, at home and off duty, is rung at 00:10 and cannot come. Community nurse 3,
         at home and off duty, is rung at 00:15 and cannot come. Nobody takes the call; after 20 minutes they
         turn to 999. NOT MET: everybody on duty was busy with another family.

00:12  Family B (the child is stable) rings about a symptom, urgent. It can be settled by telephone.
       asked: Becomes part of the call of 00:00, which is still open.
       refused: Becomes part of the call of 00:00, which is still open.

02:00  Family C (the child is stable) rings about a symptom, emergency. It takes a home visit by two people
       and the knowledge of a consultant.
       Family 2 of the ledger. In the home: no plan for symptoms, no medicines and no advance care plan.
       asked: Community nurse 2, on call, who knows the family, takes the call at 02:00 and speaks with them
         from 02:06 to 02:21. A visit is found necessary at 02:21. Community nurse 2 sets out at 02:21, is at
         the door at 02:51, 51 minutes after the call, and leaves at 04:51. PARTLY MET, by one person where
         two were needed; the advice is missing: nobody is commissioned for this at this hour.
       refused: Community nurse 2, on call, who knows the family, takes the call at 02:00 and speaks with them
         from 02:06 to 02:21. A visit is found necessary at 02:21. Community nurse 2 sets out at 02:21, is at
         the door at 02:51, 51 minutes after the call, and leaves at 04:51. PARTLY MET, by one person where
         two were needed; the advice is missing: nobody is commissioned for this at this hour.

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
    assert told.splitlines()[3:8] == [
        "  A quiet night: nobody called.", "", "Who is on", "  Community nurse 3 17:00-09:00, on call, can visit.", "",
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
    assert what.split(". ")[4:] == [
        "Community nurse 2, on call, takes the call at 20:00 and speaks with them and writes the notes from 20:06 to "
        "20:21",
        "Consultant 1, at home and off duty, is rung at 20:21 and says yes",
        "Consultant 1, off duty and unpaid, advises by telephone from 20:26 to 20:41",
        "MET BY GOODWILL; the advice was not to be had from anybody funded: nobody is commissioned for this at this "
        "hour.",
    ]


WITH_SERVICES = replace(scenario(), general_services=GeneralServices(on=True))
ENDS = [
    ({"outcome": "late", "cause": "all_busy", "part": "visit"},
     "MET, BUT LATE (the visit): everybody on duty was busy with another family."),
    ({"outcome": "met", "alone": True, "at_door": 18.5, "visited_by": 0},
     "MET in time, by one person where two were needed."),
    ({"outcome": "late", "cause": "all_busy", "part": "visit", "alone": True, "at_door": 21.0, "visited_by": 0},
     "MET, BUT LATE (the visit), by one person where two were needed: everybody on duty was busy with another family."),
    ({"outcome": "overtaken_by_death", "cause": "rota_gap", "part": "answer", "answered": math.nan, "ended": 19.5},
     "At 19:30 the child dies, before anybody has answered. NOT MET, overtaken by death: the seat on the rota was "
     "empty."),
    ({"outcome": "overtaken_by_death", "cause": "all_busy", "part": "visit", "answered": 18.25, "ended": 19.5},
     "A visit is found necessary at 18:15. At 19:30 the child dies, before anybody is at the door. NOT MET, overtaken "
     "by death: everybody on duty was busy with another family."),
    ({"outcome": "partly_met", "cause": "out_of_reach", "part": "visit", "emergency_visit": True},
     "A visit is found necessary at 18:00; nobody can go. General services cannot give what is missing. PARTLY MET; "
     "the visit is missing: whoever was on duty was too far away. An ambulance or the emergency department sees the "
     "child, who stays at home."),
    ({"outcome": "partly_met", "cause": "all_busy", "part": "visit", "ended": 20.0},
     "A visit is found necessary at 18:00; by 20:00 nobody has set out, and nobody comes. General services cannot give "
     "what is missing. PARTLY MET; the visit is missing: everybody on duty was busy with another family."),
    ({"outcome": "met", "emergency_visit": True, "admitted": True},
     "MET, in full and in time. The child is taken to hospital, and is home again on Tuesday 5 January 2027."),
    ({"outcome": "met_by_general_services", "cause": "rota_gap", "part": "answer", "answered": math.nan,
      "turned_to": 18.5, "ended": 20.0},
     "Nobody takes the call; after 30 minutes they turn to general services and 999. At 18:30 general services take on "
     "what is missing. MET BY GENERAL SERVICES at 20:00; an answer was not to be had from anybody funded: the seat on "
     "the rota was empty."),
    ({"outcome": "overtaken_by_death", "cause": "out_of_reach", "part": "visit", "turned_to": 18.5, "ended": 19.5},
     "by 18:30 nobody has set out, and nobody comes. At 18:30 general services take on what is missing. At 19:30 the "
     "child dies, before general services help. NOT MET, overtaken by death: whoever was on duty was too far away."),
    ({"outcome": "unmet", "cause": "rota_gap", "part": "answer", "answered": math.nan, "ended": 200.0},
     "after 182 hours they turn to general services and 999. NOT MET: the seat on the rota was empty."),  # all is over
    ({"outcome": "in_hospital", "made": False}, "No call: the child was in hospital."),
    ({"outcome": "in_hospital_after_failure", "made": False},
     "No call: the child was in hospital, after help that failed."),
    ({"outcome": "met", "joined": 0}, "Becomes part of the call of 18:00, which is still open."),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "said"), ENDS, ids=[said[:20] for _, said in ENDS])
def test_how_a_call_ends_in_words(fact, said):
    ledger = written(WITH_SERVICES, [call(18.0, visit=True)], [fact], stays=[(0, 18.0, 30.0)])
    told = story(WITH_SERVICES, ledger, records(ledger, night.night_of(scenario(), 0, 0))[0], 0)
    assert " ".join(told).endswith(said)


def test_a_death_is_told_by_who_is_there_on_the_way_or_on_the_line():
    """Somebody in the home stays; somebody on the road hears of it and comes; the call before it was overtaken."""
    at_home = [call(20.0, talk=0.0, visit=True, visit_hours=4.0), death_call(talk=0.0, visit_hours=1.0)]
    ledger = play(scenario(), at_home, [family(death=22.0)])
    told = [story(scenario(), ledger, record, 0) for record in records(ledger, night.night_of(scenario(), 0, 0))]
    assert told[1] == ["Community nurse 2, who is in the home on the call of 20:00, stays for it."]
    ledger = play(scenario(), at_home, [family(death=20.5, km_east=30.0)])
    told = [story(scenario(), ledger, record, 0) for record in records(ledger, night.night_of(scenario(), 0, 0))]
    assert told[0][2:] == [
        "Community nurse 2 gets ready at 20:06, sets out at 20:26 and is on the road until 20:56.",
        "At 20:30 the child dies, before anybody is at the door.",
        "NOT MET, overtaken by death: whoever was free could not be there in time.",
    ]
    assert told[1][:2] == [
        "Community nurse 2, who is on the way already, hears of it and comes.",
        "Community nurse 2 is at the door at 20:56, 26 minutes after the call, and leaves at 21:56.",
    ]
    assert told[1][-1] == "MET, in full and in time."


def test_notes_after_a_visit_are_told():
    ledger = play(scenario(), [call(20.0, talk=0.0, after_call=0.25, visit=True, visit_hours=1.0)])
    (record,) = records(ledger, night.night_of(scenario(), 0, 0))
    assert any(said.startswith("Community nurse 2 writes the notes") for said in story(scenario(), ledger, record, 0))


def test_who_could_not_act_outside_their_area_is_named():
    ledger = written(scenario(), [call(18.0)], [], tasks=[(1, 0, "phone", 18.0, 18.25, 0)])
    ledger.beyond.rows.extend([BeyondRow(0, 1, 0, 1, 18.0, 0.0), BeyondRow(0, 1, 1, 2, 18.0, 0.25)])
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


def test_three_nights_below_each_other_and_the_nights_of_a_nurse(capsys):
    printed = ask(capsys, "icb_rota", *SMALL, "which=three")
    why = [line.partition("; ")[2][:16] for line in printed.splitlines() if line.startswith("icb_rota, replication")]
    assert why == ["a quiet night in", "an ordinary nigh", "the worst night "]
    nurse = ask(capsys, "icb_rota", *SMALL, "nurse=QHG.community_nurse.1")
    assert "the worst night of QHG.community_nurse.1" in nurse
    assert "Community nurse 1:" in nurse.partition("Next morning")[2]


WRONG = [
    (["area=QXX"], "area = QXX: no area of that code or name; known: QHG"),
    (["date=Monday"], "date = Monday: a date as year-month-day, such as date=2027-01-11"),
    (["date=2026-12-31"], "date = 2026-12-31: the nights that are measured begin on 2027-01-11 to 2027-04-11; choose"),
    (["which=best"], "which = best: must be worst, ordinary, quiet or three; write which=worst"),
    (["family=100000"], "family = 100000: the families of this replication are numbered from 0 to "),
    (["nurse=QHG.nurse.1"], "nurse = QHG.nurse.1: nobody of that code; did you mean QHG.community_nurse.1"),
    (["nurse=QHG.community_nurse.1", "which=quiet"], "which = quiet: with nurse= the worst or an ordinary night; "),
    (["nurse=QHG.community_nurse.1", "family=0"], "nurse = QHG.community_nurse.1: nights of a family or of somebody; "),
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
