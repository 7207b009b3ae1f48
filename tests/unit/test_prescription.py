"""Prescriptions: somebody with the right on the call, and at night medicines in the home or carried."""

from __future__ import annotations

import pytest

from sim.domain.scenario import Scenario, Step
from tests.story import became, column, done, play, who
from tests.tiny import (
    CONSULTANT,
    NURSE,
    SPECIALIST,
    UNIVERSAL_STEP,
    absent,
    call,
    demand,
    family,
    pattern,
    people,
    role,
    team,
    tiny,
)

CONSULTANTS = team("consultants", people("consultant", 1))
SPECIALISTS = team("specialists", people("specialist_nurse", 1))
TEN, ELEVEN_AT_NIGHT = 10.0, 23.0


def with_medicines(in_the_home: float, carried: float) -> Scenario:
    """A nurse and a consultant round the clock, and medicines to be had with these probabilities."""
    chances = demand(p_medicines_in_home=in_the_home, p_visitor_carries_medicines=carried)
    return tiny(teams=(team(), CONSULTANTS), demand=chances)


def test_a_nurse_rings_somebody_with_the_right() -> None:
    ledger = play(tiny(teams=(team(), CONSULTANTS)), [call(TEN, prescription=True)])
    assert done(ledger) == [("nurse 1", 10.0, 10.25, "phone"), ("consultant 1", 10.25, 10.5, "advice")]
    assert became(ledger) == [("met", "")]
    assert column(ledger, "ended") == [10.5]


def test_whoever_comes_may_write_what_the_nurse_on_the_telephone_may_not() -> None:
    by_phone = team(patterns=(pattern(visiting=False),))
    ledger = play(tiny(teams=(by_phone, SPECIALISTS)), [call(TEN, visit=True, prescription=True)])
    assert became(ledger) == [("met", "")]
    assert done(ledger, "advice") == []


@pytest.mark.parametrize(
    ("hour", "visit", "in_the_home", "carried", "cause"),
    [
        (TEN, False, 0.0, 0.0, ""),  # the pharmacy is open
        (TEN, True, 0.0, 0.0, ""),
        (ELEVEN_AT_NIGHT, False, 1.0, 0.0, ""),
        (ELEVEN_AT_NIGHT, False, 0.0, 1.0, "not_able"),  # nobody came who could carry them
        (ELEVEN_AT_NIGHT, True, 0.0, 1.0, ""),
        (ELEVEN_AT_NIGHT, True, 1.0, 0.0, ""),
        (ELEVEN_AT_NIGHT, True, 0.0, 0.0, "not_able"),
        (30.5, False, 0.0, 0.0, "not_able"),  # over before 07:00
        (30.75, False, 0.0, 0.0, ""),  # over at 07:07, by day
    ],
)
def test_at_night_medicines_must_be_in_the_home_or_carried(
    hour: float, visit: bool, in_the_home: float, carried: float, cause: str
) -> None:
    said = call(hour, visit=visit, prescription=True, talk=0.125, visit_hours=1.0)
    ledger = play(with_medicines(in_the_home, carried), [said])
    assert became(ledger) == [("partly_met", cause) if cause else ("met", "")]
    assert column(ledger, "part") == ["prescription" if cause else ""]


def test_medicines_are_in_a_home_or_not_whoever_asks() -> None:
    families = [family() for _ in range(40)]
    calls = [
        call(22.5 + row / 64 + day, family=row, prescription=True, talk=0.0) for row in range(40) for day in (0, 24)
    ]
    consultants = team("consultants", people("consultant", 9), patterns=(pattern(seats=9),))
    scenario = tiny(teams=(team(), consultants), demand=demand(p_medicines_in_home=0.5))
    outcomes = [outcome for outcome, _ in became(play(scenario, calls, families))]
    assert outcomes[:40] == outcomes[40:]
    assert set(outcomes) == {"met", "partly_met"}


def test_nobody_with_the_right_leaves_the_prescription_unmet() -> None:
    ledger = play(tiny(), [call(TEN, prescription=True)])
    assert became(ledger) == [("partly_met", "not_commissioned")]
    assert column(ledger, "part") == ["prescription"]
    assert column(ledger, "resolution") == [1]


def test_why_nobody_with_the_right_was_there() -> None:
    gap = tiny(teams=(team(), CONSULTANTS))
    ledger = play(gap, [call(TEN, prescription=True)], staff=absent(gap, sick={1: [0]}))
    assert became(ledger) == [("partly_met", "rota_gap")]
    able = tiny(teams=(team(), SPECIALISTS))
    ledger = play(able, [call(TEN, level=4, prescription=True)])
    assert became(ledger) == [("partly_met", "not_able")]  # may prescribe, but not of the level


def test_a_prescriber_who_is_not_free_within_the_hour() -> None:
    by_phone = Step("team", "consultants", 1 / 6)
    scenario = tiny(teams=(team(), CONSULTANTS), professional_entry=(by_phone,))
    calls = [call(9.5, professional=True, talk=3.0), call(TEN, family=1, prescription=True, talk=0.25)]
    ledger = play(scenario, calls)
    assert became(ledger)[1] == ("partly_met", "all_busy")
    assert column(ledger, "part")[1] == "prescription"
    assert column(ledger, "ended")[1] == 11.25


def test_the_cause_is_that_of_the_moment_when_the_nurse_stopped_waiting() -> None:
    by_phone = Step("team", "consultants", 1 / 6)
    scenario = tiny(teams=(team(), CONSULTANTS), professional_entry=(by_phone,))
    calls = [
        call(9.5, professional=True, talk=2.0),  # until 11:30
        call(TEN, family=1, visit=True, prescription=True, talk=0.25, visit_hours=2.0),  # at the bedside until 13:15
    ]
    assert became(play(scenario, calls))[1] == ("partly_met", "all_busy")


def test_somebody_free_with_the_right_whom_nobody_rings_was_not_asked() -> None:
    pharmacist = role("pharmacist", "prescribe", 3)
    scenario = tiny(
        roles=(NURSE, SPECIALIST, CONSULTANT, pharmacist), teams=(team(), team("p", people("pharmacist", 1)))
    )
    assert became(play(scenario, [call(TEN, prescription=True)])) == [("partly_met", "not_asked")]


def test_who_answers_with_the_right_prescribes_and_rings_nobody() -> None:
    scenario = tiny(teams=(team(people=people("specialist_nurse", 1)), CONSULTANTS))
    ledger = play(scenario, [call(TEN, prescription=True)])
    assert done(ledger) == [("specialist 1", 10.0, 10.25, "phone")]
    assert became(ledger) == [("met", "")]


def test_what_was_prescribed_on_the_telephone_is_not_asked_for_again_at_the_bedside() -> None:
    by_phone = team("specialists", people("specialist_nurse", 1), patterns=(pattern(visiting=False),))
    ladder = (Step("team", "specialists", 1 / 6), UNIVERSAL_STEP)
    ledger = play(tiny(teams=(team(), by_phone), ladder=ladder), [call(TEN, visit=True, prescription=True)])
    assert done(ledger) == [("specialist 1", 10.0, 10.25, "phone"), ("nurse 1", 10.25, 11.25, "visit")]
    assert became(ledger) == [("met", "")]


def test_one_adviser_gives_the_level_and_the_prescription() -> None:
    knows = role("senior_nurse", "advise", 3)
    scenario = tiny(
        roles=(NURSE, SPECIALIST, CONSULTANT, knows),
        teams=(team(), team("seniors", people("senior_nurse", 1)), CONSULTANTS),
    )
    ledger = play(scenario, [call(TEN, level=3, prescription=True)])
    assert done(ledger, "advice") == [("consultant 1", 10.25, 10.5, "advice")]  # the senior nurse may not prescribe
    assert became(ledger) == [("met", "")]


def test_a_prescription_that_was_missing_counts_before_the_advice() -> None:
    ledger = play(tiny(), [call(TEN, level=3, prescription=True), call(15.0, level=3)])
    assert column(ledger, "part") == ["prescription", "advice"]


def test_the_level_of_whoever_is_at_the_bedside_counts() -> None:
    by_phone = team("specialists", people("specialist_nurse", 1), patterns=(pattern(visiting=False),))
    ladder = (Step("team", "specialists", 1 / 6), UNIVERSAL_STEP)
    calls = [call(TEN, visit=True, level=3, talk=0.25), call(10.5, family=1, talk=3.0)]
    ledger = play(tiny(teams=(team(), by_phone), ladder=ladder), calls, [family(km_east=30.0), family()])
    assert who(ledger, column(ledger, "visited_by")[0]) == "nurse 1"
    assert became(ledger)[0] == ("partly_met", "all_busy")
    assert column(ledger, "part")[0] == "advice"
