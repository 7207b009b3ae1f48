"""What the story of a night says, in exact tiny nights: every sentence is in the ledger or drawn by the run itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim import night
from sim.domain.calendar import WEEKDAYS, Calendar, Span, out_of_hours_spans
from sim.domain.general_services import GeneralServices
from sim.domain.scenario import Run, Scenario, Step
from sim.ledger import Ledger
from sim.night import Telling
from sim.night.choose import nights_of_family, nights_of_person
from sim.night.help import story
from sim.night.home import at_home, who_else
from sim.night.people import who_is_on, who_is_tired
from sim.night.record import records
from tests.story import became, play, written
from tests.tiny import (
    GOODWILL_STEP,
    MONDAY,
    NURSES_STEP,
    UNIVERSAL_STEP,
    area,
    call,
    death_call,
    demand,
    family,
    goodwill,
    nurses,
    pattern,
    people,
    role,
    team,
    tiny,
    travel,
)

NIGHT = pattern("night", out_of_hours_spans(Calendar(MONDAY)), at="on_call")
DAY = pattern("day", (Span(WEEKDAYS, 9.0, 17.0),), seats=None, rotation="everyone", serves="home")
CONSULTANTS = team("consultants", people("consultant", 1))
SPECIALISTS = team("specialists", people("specialist_nurse", 1))


def told(scenario: Scenario, ledger: Ledger, place: int = 0, day: int = 0) -> list[str]:
    """The sentences about a call of the night, by its place."""
    found = records(ledger, night.night_of(scenario, 0, day))
    return story(scenario, ledger, found[place], 0)


# -- what nobody had ---------------------------------------------------------------------------------------------------


def test_skill_is_what_whoever_may_advise_lacked() -> None:
    """Catches one sentence for three wants: a specialist nurse was on duty, and the call takes a consultant."""
    scenario = tiny(teams=(team(), SPECIALISTS))
    ledger = play(scenario, [call(20.0, level=4)])
    lacking = "nobody on duty had the skill that it takes"
    assert told(scenario, ledger)[-1] == f"PARTLY MET; the advice is missing: {lacking}."
    ledger = play(scenario, [call(20.0, level=4, prescription=True)])
    assert [row.lacks for row in ledger.lacks.rows] == ["skill"]


def test_the_right_to_prescribe_is_what_whoever_has_the_skill_lacked() -> None:
    """An adviser of the level is on duty without the right; a consultant at home gives both unpaid."""
    adviser, at_home = team("advisers", people("adviser", 1)), team("consultants", people("consultant", 1), patterns=())
    scenario = tiny(
        teams=(team(), adviser, at_home), roles=(*tiny().roles, role("adviser", "advise", 3)),
        ladder=(NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP), goodwill=goodwill(),
    )  # fmt: skip
    ledger = play(scenario, [call(20.0, level=3, prescription=True)])
    assert told(scenario, ledger)[-1] == (
        "MET BY GOODWILL; the advice was not to be had from anybody funded: whoever had the skill had no right to "
        "prescribe."
    )


def test_who_may_prescribe_is_what_was_not_commissioned() -> None:
    scenario = tiny()
    assert told(scenario, play(scenario, [call(20.0, prescription=True)]))[-1] == (
        "PARTLY MET; the prescription is missing: nobody with the right to prescribe is commissioned at this hour."
    )


@pytest.mark.parametrize(("visit", "said"), [
    (False, "it was written, but there were no medicines in the home."),
    (True, "it was written, but there were no medicines in the home, and community nurse 1 carried none."),
])  # fmt: skip
def test_medicines_are_what_was_missing_when_the_prescription_was_written(visit: bool, said: str) -> None:
    nowhere = demand(p_medicines_in_home=0.0, p_visitor_carries_medicines=0.0)
    scenario = tiny(teams=(team(), CONSULTANTS), demand=nowhere)
    ledger = play(scenario, [call(23.0, visit=visit, prescription=True, visit_hours=1.0)])
    assert told(scenario, ledger)[-1] == f"PARTLY MET; the prescription is missing: {said}"


# -- the visit ---------------------------------------------------------------------------------------------------------


def from_home(**changes: Any) -> Scenario:
    """One nurse on call at night, a third of an hour from being on the road."""
    usual = {"teams": (team(patterns=(NIGHT,)),), "travel": travel(mobilise_from_home=1 / 3)}
    return tiny(**{**usual, **changes})


def test_the_four_times_of_a_visit_and_the_way_back() -> None:
    """Catches getting ready told as setting out: the talk ends 20:15, the car leaves 20:35."""
    scenario = from_home()
    ledger = play(scenario, [call(20.0, talk=0.25, visit=True, visit_hours=1.0)], [family(km_east=30.0)])
    assert told(scenario, ledger) == [
        "Community nurse 1, on call, who knows the family, speaks with them from 20:00 to 20:15.",
        "A visit is found necessary at 20:15.",
        "Community nurse 1 gets ready at 20:15, sets out at 20:35, is at the door at 21:05, 1 hour 5 minutes after the "
        "call, and leaves at 22:05.",
        "Community nurse 1 drives back from 22:05 to 22:35.",
        "MET, in full and in time.",
    ]


def test_a_visit_that_waits_says_how_long_nobody_goes() -> None:
    scenario = from_home()
    calls = [call(20.0, talk=0.25, visit=True, visit_hours=1.0), call(20.5, family=1, talk=0.25, visit=True)]
    patient = replace(scenario, ladder=(Step("team", "nurses", 9.0), UNIVERSAL_STEP))
    ledger = play(patient, calls, [family(), family()])
    assert any(said.startswith("A visit is found necessary at") for said in told(patient, ledger, 1))
    second = written(scenario, [call(20.0, visit=True)], [{"answered": 20.0, "at_door": 23.5, "visited_by": 0}],
                     tasks=[(0, 0, "phone", 20.0, 20.25, 0), (0, 0, "journey", 23.0, 23.5, 0),
                            (0, 0, "visit", 23.5, 24.0, 0)])  # fmt: skip
    assert told(scenario, second)[1] == "A visit is found necessary at 20:15, and nobody goes for 2 hours 45 minutes."


def test_a_telephone_that_rings_at_the_door_makes_nobody_late_there() -> None:
    """She is at the door at 21:00 and takes another family's call before the visit. Catches 21:30 told for the door."""
    scenario = from_home()
    tasks = [
        (0, 0, "journey", 20.5, 21.0, 0), (0, 1, "phone", 21.0, 21.5, 0), (0, 0, "visit", 21.5, 22.0, 0),
    ]  # fmt: skip
    ledger = written(
        scenario, [call(20.0, visit=True), call(20.75, family=1)], [{"at_door": 21.0, "visited_by": 0}], tasks
    )  # fmt: skip
    assert (
        "Community nurse 1, on call, sets out at 20:30, is at the door at 21:00, 1 hour after the call, and leaves at "
        "22:00, 30 minutes of it on the telephone with another family."
    ) in told(scenario, ledger)


def test_a_lone_visit_where_two_were_needed_is_in_the_outcome() -> None:
    """Catches a call told as met in full that one nurse met where two were needed; with a second it is."""
    calls = [call(20.0, talk=0.25, two=True, visit_hours=1.0)]
    alone = from_home()
    assert told(alone, play(alone, calls))[-1] == "MET in time, by one person where two were needed."
    two = from_home(teams=(team(people=nurses(2), patterns=(replace(NIGHT, seats=2),)),))
    said = told(two, play(two, calls))
    assert said[-1] == "MET, in full and in time."
    along = "gets ready at 20:15, sets out at 20:35, is at the door at 20:35 and leaves at 21:35."
    assert f"Community nurse 1 goes along, {along}" in said  # who has spoken with them; the other is first


def test_a_death_before_the_door_is_a_sentence_of_its_own() -> None:
    scenario = from_home()
    calls = [call(20.0, talk=0.25, visit=True, visit_hours=1.0), death_call(talk=0.25, visit_hours=1.0)]
    ledger = play(scenario, calls, [family(death=20.5, km_east=30.0)])
    assert told(scenario, ledger)[-2:] == [
        "At 20:30 the child dies, before anybody is at the door.",
        "NOT MET, overtaken by death: whoever was free could not be there in time.",
    ]
    said = night.text([Telling(scenario, ledger)], night.night_of(scenario, 0, 0))
    due = f"{scenario.answering.verification_standard:g} hours"
    assert f"rings: the child has died. It takes a home visit, due within {due} to verify the death." in said


def test_notes_are_told_after_the_visit_of_whoever_goes_herself() -> None:
    scenario = from_home()
    ledger = play(scenario, [call(20.0, talk=0.25, after_call=0.5, visit=True, visit_hours=1.0)])
    said = told(scenario, ledger)
    (notes,) = (place for place, one in enumerate(said) if "writes the notes" in one)
    (visit,) = (place for place, one in enumerate(said) if "at the door" in one)
    assert visit < notes


# -- who else, and what is in the home ---------------------------------------------------------------------------------


def test_general_services_are_named_told_when_they_cannot_help_or_said_to_be_left_out() -> None:
    without = tiny(ladder=(UNIVERSAL_STEP,))
    with_them = replace(without, general_services=GeneralServices(on=True))
    assert who_else(with_them)[0].startswith("999, and general services: GP out of hours, 111's clinical desk and")
    assert who_else(without)[0].endswith("are left out here.")
    said = [told(scenario, play(scenario, [call(20.0)])) for scenario in (with_them, without)]
    assert said[0][:2] == [
        "There is nobody to take the call; they turn to general services and 999.",
        "General services cannot give what is missing.",
    ]
    assert said[1][0] == "There is nobody to take the call; they turn to 999."
    assert "General services" not in said[1][1]


def test_what_is_in_the_home_is_the_familys_own_draw() -> None:
    """Catches medicines told by the mean of all families: the draw of the run is asked, whose prescriptions it met."""
    halves = tiny(demand=demand(p_medicines_in_home=0.5), teams=(team(), CONSULTANTS))
    families = [family(prepared=True, advance_care_plan=True), *(family() for _ in range(12))]
    calls = [call(23.0 + row / 4, family=row, prescription=True, talk=0.0) for row in range(1, 13)]
    ledger = play(halves, calls, families)
    ready = "a plan for symptoms with medicines and equipment and an advance care plan."
    assert at_home(halves, ledger, 0) == f"Family 0 of the ledger. In the home: {ready}"
    have = [", medicines and no advance" in at_home(halves, ledger, row) for row in range(1, 13)]
    assert have == [outcome == "met" for outcome, _ in became(ledger)]
    assert len(set(have)) == 2


# -- who is on, and who is tired ---------------------------------------------------------------------------------------


def unpaid(**changes: Any) -> Scenario:
    """Nurses at work by day, one of whom keeps a telephone unpaid beside a dying child, until an hour after."""
    usual = {
        "teams": (team(people=nurses(3), patterns=(DAY,)),), "ladder": (NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP),
        "goodwill": goodwill(standby=True, standby_after_death=1.0),
    }  # fmt: skip
    return tiny(**{**usual, **changes})


def test_standby_lasts_until_the_verification_is_over() -> None:
    """Dies 22:00, so that standby ends 23:00 on paper; whoever keeps it verifies the death until 01:00."""
    scenario = unpaid()
    calls = [death_call(talk=0.0, visit_hours=3.0)]
    ledger = play(scenario, calls, [family(death=22.0)])
    (on,) = who_is_on(scenario, ledger, night.night_of(scenario, 0, 0))[1:]
    assert on == (
        "Community nurse 1 17:00-23:00, on unpaid standby, and with a family until 01:00: a child is near death or has "
        "just died, and no visit is funded."
    )
    quiet = play(scenario, [], [family(death=22.0)])
    (on,) = who_is_on(scenario, quiet, night.night_of(scenario, 0, 0))[1:]
    assert on.startswith("Community nurse 1 17:00-23:00, on unpaid standby: a child")


def test_worked_adds_up_with_what_is_told_and_names_the_calls_that_are_not() -> None:
    """Three hours from 16:30 on another call, 30 of whose minutes are before the night; then 20 + 61 + 20 minutes, and
    ten more after nine. Catches seconds that are lost on the way: 20:20.5 is told as 20:20."""
    scenario = from_home()
    calls = [call(16.5, family=1), call(20.0, visit=True), call(32.9)]
    tasks = [
        (0, 0, "visit", 16.5, 19.5, 0),
        (0, 1, "phone", 20.0, 20.0 + 20.4 / 60, 0), (0, 1, "journey", 20.0 + 20.4 / 60, 20.5, 0),
        (0, 1, "visit", 20.5, 21.35, 0), (0, 1, "way_back", 21.35, 21.7, -1),
        (0, 2, "phone", 32.9, 33.0 + 10 / 60, 0),
    ]  # fmt: skip
    facts = [{}, {"at_door": 20.5, "visited_by": 0}, {}]
    ledger = written(scenario, calls, facts, tasks)
    at = night.night_of(scenario, 0, 0)
    (tired,) = who_is_tired(scenario, ledger, at, records(ledger, at))
    # told: 20:00-20:20, 20:20-21:21 and 21:21-21:42, then 08:54-09:10
    assert tired.startswith(
        "Community nurse 1: worked 4 hours 18 minutes, 21 minutes of it unpaid: 1 hour 48 minutes for the calls above "
        "and 2 hours 30 minutes for 1 other call; and 10 minutes after 09:00; "
    )


# -- which night -------------------------------------------------------------------------------------------------------


def a_fortnight() -> tuple[Scenario, Ledger]:
    """A child at home for 14 days: a call unmet on the second night, two met on the fourth, one on the sixth."""
    scenario = tiny(areas=(area(),), run=Run.of_weeks(0, 2, 0))
    calls = [call(24 + 20.0), call(72 + 20.0), call(72 + 22.0), call(120 + 20.0)]
    unmet = {"outcome": "unmet", "cause": "rota_gap", "part": "answer"}
    return scenario, written(scenario, calls, [unmet, {}, {}, {}], tasks=[(0, 3, "phone", 140.0, 140.5, 0)],
                             families=[family(death=336.0)])  # fmt: skip


def test_three_nights_quiet_ordinary_and_worst() -> None:
    """Catches an ordinary night without a call, and a quiet one without a child. Ten of 13 nights at home are quiet."""
    scenario, ledger = a_fortnight()
    assert night.choose(ledger, scenario) == night.night_of(scenario, 0, 1)
    assert night.choose_ordinary(ledger, scenario) == (night.night_of(scenario, 0, 3), 3)
    assert night.choose_quiet(ledger, scenario) == (night.night_of(scenario, 0, 0), 10, 13)
    ledger.setting.offered[0] = False
    assert night.choose_quiet(ledger, scenario) is None


def test_nights_of_a_family_and_of_a_nurse() -> None:
    scenario, ledger = a_fortnight()
    assert nights_of_family(ledger, scenario, 0) == {(0, 1), (0, 3), (0, 5)}
    assert nights_of_person(ledger, scenario, 0) == {(0, 5)}
    assert night.choose(ledger, scenario, among={(0, 5), (0, 3)}) == night.night_of(scenario, 0, 3)
    assert night.choose(ledger, scenario, among={(0, 5)}) == night.night_of(scenario, 0, 5)
