"""What follows a talk: written at once, or after the visit by whoever answered and goes herself."""

from __future__ import annotations

from sim.domain.scenario import Step
from tests.story import became, column, done, play
from tests.tiny import UNIVERSAL_STEP, answering, call, family, pattern, people, team, tiny

TALK = {"talk": 0.25, "after_call": 0.5}


def test_whoever_answers_and_goes_herself_drives_first_and_writes_afterwards() -> None:
    ledger = play(tiny(), [call(10.0, visit=True, visit_hours=1.0, **TALK)], [family(km_east=15.0)])
    assert done(ledger) == [
        ("nurse 1", 10.0, 10.25, "phone"),
        ("nurse 1", 10.25, 10.5, "journey"),
        ("nurse 1", 10.5, 11.5, "visit"),
        ("nurse 1", 11.5, 12.0, "notes"),
        ("nurse 1", 12.0, 12.25, "way_back"),
    ]
    assert column(ledger, "ended") == [11.5]


def test_if_somebody_else_goes_the_notes_follow_the_talk() -> None:
    consultants = team("consultants", people("consultant", 1))
    scenario = tiny(teams=(team(), consultants), ladder=(Step("team", "consultants", 0.0), UNIVERSAL_STEP))
    ledger = play(scenario, [call(10.0, visit=True, visit_hours=1.0, **TALK)])
    assert done(ledger) == [
        ("consultant 1", 10.0, 10.25, "phone"),
        ("consultant 1", 10.25, 10.75, "notes"),
        ("nurse 1", 10.25, 11.25, "visit"),
    ]


def test_nobody_goes_and_the_notes_follow_the_talk() -> None:
    out_of_reach = [family(km_east=200.0)]
    ledger = play(tiny(), [call(10.0, visit=True, **TALK)], out_of_reach)
    assert done(ledger) == [("nurse 1", 10.0, 10.25, "phone"), ("nurse 1", 10.25, 10.75, "notes")]
    assert became(ledger) == [("partly_met", "out_of_reach")]


def test_a_call_that_takes_no_visit_is_put_down_when_its_notes_are_written() -> None:
    ledger = play(tiny(), [call(10.0, **TALK)])
    assert done(ledger) == [("nurse 1", 10.0, 10.75, "phone")]


def test_notes_are_written_before_anybody_who_waits_is_answered() -> None:
    calls = [call(10.0, visit=True, visit_hours=1.0, **TALK), call(11.0, 1, urgency="routine", talk=0.25)]
    patient = (Step("team", "nurses", 9.0), UNIVERSAL_STEP)
    unreachable = tiny(answering=answering(while_visiting="unreachable"), ladder=patient)
    ledger = play(unreachable, calls)
    assert column(ledger, "answered") == [10.0, 11.75]


def test_a_more_urgent_family_that_waits_is_answered_first_and_the_notes_still_follow_the_visit() -> None:
    """Catches half an hour of notes before the drive to a family that waits."""
    calls = [
        call(10.0, urgency="routine", visit=True, visit_hours=1.0, **TALK),
        call(10.125, 1, urgency="emergency", talk=0.25),
    ]
    ledger = play(tiny(), calls)
    assert done(ledger) == [
        ("nurse 1", 10.0, 10.25, "phone"),
        ("nurse 1", 10.25, 10.5, "phone"),
        ("nurse 1", 10.5, 11.5, "visit"),
        ("nurse 1", 11.5, 12.0, "notes"),
    ]


def test_notes_put_off_for_a_more_urgent_family_are_written_when_somebody_else_goes() -> None:
    """A specialist on the telephone answers both; the nurse goes to the first at 10:25, and its notes wait for nobody.
    Catches notes that are never written, or after a visit that is not hers."""
    by_phone = team("specialists", people("specialist_nurse", 1), patterns=(pattern(visiting=False),))
    scenario = tiny(teams=(team(), by_phone), ladder=(Step("team", "specialists", 1.0), UNIVERSAL_STEP))
    calls = [call(10.0, visit=True, visit_hours=1.0, **TALK), call(10.125, 1, urgency="emergency", talk=0.25)]
    ledger = play(scenario, calls)
    assert done(ledger) == [
        ("specialist 1", 10.0, 10.25, "phone"),
        ("specialist 1", 10.25, 10.5, "phone"),
        ("nurse 1", 10.25, 11.25, "visit"),
        ("specialist 1", 10.5, 11.0, "notes"),
    ]


def test_notes_put_off_are_written_once_when_nobody_can_go() -> None:
    """Catches a nurse who is offered to a family out of her reach for ever."""
    calls = [
        call(10.0, urgency="routine", visit=True, **TALK), call(10.125, 1, urgency="emergency", talk=0.25),
    ]  # fmt: skip
    ledger = play(tiny(), calls, [family(km_east=200.0), family()])
    assert done(ledger) == [
        ("nurse 1", 10.0, 10.25, "phone"),
        ("nurse 1", 10.25, 10.5, "phone"),
        ("nurse 1", 10.5, 11.0, "notes"),
    ]
