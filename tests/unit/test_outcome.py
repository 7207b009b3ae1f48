"""The three facts of a call, its one outcome, and what follows for the family."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim.domain.scenario import Follows, Step
from sim.domain.words import OUTCOMES
from sim.model.outcome import FULL, FUNDED, GENERAL, NOBODYS, NONE, PARTIAL, UNPAID, name_outcome
from tests.story import became, column, play
from tests.tiny import UNIVERSAL_STEP, answering, call, death_call, family, hours, pattern, team, tiny


@pytest.mark.parametrize(
    ("resolution", "means", "late", "died_waiting", "general", "outcome"),
    [
        (NONE, NOBODYS, True, True, False, "overtaken_by_death"),
        (PARTIAL, FUNDED, True, True, False, "overtaken_by_death"),
        (NONE, NOBODYS, True, False, False, "unmet"),
        (PARTIAL, FUNDED, False, False, False, "partly_met"),
        (PARTIAL, UNPAID, True, False, False, "partly_met"),
        (FULL, GENERAL, True, False, True, "met_by_general_services"),
        (FULL, UNPAID, False, False, True, "met_by_general_services"),
        (FULL, UNPAID, False, False, False, "met_by_goodwill"),
        (FULL, UNPAID, True, False, False, "met_by_goodwill"),
        (FULL, FUNDED, True, False, False, "late"),
        (FULL, FUNDED, False, False, False, "met"),
    ],
)
def test_the_first_outcome_that_holds(
    resolution: int, means: int, late: bool, died_waiting: bool, general: bool, outcome: str
) -> None:
    assert name_outcome(resolution, means, late, died_waiting, general) == outcome
    assert outcome in OUTCOMES


def test_in_time_is_up_to_and_with_the_standard() -> None:
    scenario = tiny(answering=answering(answer_standard=(0.25, 0.5, 4.0), door_standard=(2.0, 1.0, 24.0)))
    calls = [
        call(10.0, call_back=0.5),
        call(12.0, call_back=0.625),
        call(14.0, visit=True, talk=0.25, call_back=0.25),
        call(16.0, visit=True, talk=1.25),
    ]
    ledger = play(scenario, calls, [family(km_east=30.0)])
    assert column(ledger, "in_time") == [True, False, True, False]
    assert became(ledger) == [("met", ""), ("late", "too_slow"), ("met", ""), ("late", "too_slow")]
    assert column(ledger, "part") == ["", "answer", "", "visit"]


def test_the_facts_of_a_call_that_nobody_answered() -> None:
    nobody = tiny(teams=(team(patterns=(pattern(spans=()),)),))
    ledger = play(nobody, [call(10.0)])
    facts = {name: column(ledger, name)[0] for name in ("resolution", "means", "in_time", "answered_by", "made")}
    assert facts == {"resolution": NONE, "means": NOBODYS, "in_time": False, "answered_by": -1, "made": True}


CERTAIN = Follows(
    known=(0.5, 0.25), others=(0.5, 0.25), partly=(0.5, 0.25), none=(1.0, 0.5), advance_care_plan_factor=0.5,
    stay=hours(24.0), p_no_return_home=0.25,
)  # fmt: skip
NOBODY = tiny(follows=CERTAIN, teams=(team(patterns=(pattern(spans=()),)),))


def test_an_admitted_child_makes_no_calls_until_it_returns() -> None:
    sent_in = call(10.0, emergency=0.9, admission=0.49, no_return=0.25)
    ledger = play(NOBODY, [sent_in, call(12.0), call(34.0, emergency=0.9, admission=0.5), death_call()])
    assert column(ledger, "outcome") == ["unmet", "in_hospital", "unmet", "unmet"]
    assert column(ledger, "emergency_visit") == [True, False, True, False]  # nothing follows the call at the death
    assert column(ledger, "admitted") == [True, False, False, False]
    assert ledger.stays.rows == [(0, 10.0, 34.0, True)]


@pytest.mark.parametrize(
    ("emergency", "admission", "followed"),
    [(0.49, 0.19, (True, True)), (0.49, 0.21, (True, False)), (0.51, 0.19, (False, False))],
)
def test_an_admission_is_one_of_the_emergency_visits(
    emergency: float, admission: float, followed: tuple[bool, bool]
) -> None:
    """Half the calls end in an emergency visit and a tenth in an admission: of the visits, one in five.

    Would catch the chance of an admission taken twice: once for the visit, and once again in full.
    """
    scenario = replace(NOBODY, follows=replace(CERTAIN, none=(0.5, 0.1)))
    ledger = play(scenario, [call(10.0, emergency=emergency, admission=admission)])
    assert (column(ledger, "emergency_visit")[0], column(ledger, "admitted")[0]) == followed


WAITS = tiny(follows=CERTAIN, ladder=(Step("team", "nurses", math.inf), UNIVERSAL_STEP))
BUSY = call(9.0, family=1, talk=5.0)


def test_nothing_follows_a_call_of_a_child_who_is_not_at_the_end_of_life() -> None:
    ledger = play(NOBODY, [call(10.0, emergency=0.0, admission=0.0)], [family(background=True)])
    assert column(ledger, "emergency_visit") == [False]
    assert len(ledger.stays) == 0


def test_nothing_follows_where_the_child_died_while_the_family_waited() -> None:
    ledger = play(WAITS, [BUSY, call(10.0, emergency=0.0, admission=0.0)], [family(death=10.25), family()])
    assert became(ledger)[1] == ("overtaken_by_death", "all_busy")
    assert column(ledger, "emergency_visit") == [False, False]
    assert len(ledger.stays) == 0


def test_what_follows_a_call_follows_once_however_many_joined_it() -> None:
    ledger = play(WAITS, [BUSY, call(10.0, emergency=0.0, admission=0.0), call(10.25)], [family(), family()])
    assert column(ledger, "joined") == [-1, -1, 1]
    assert column(ledger, "emergency_visit") == [False, True, False]
    assert column(ledger, "admitted") == [False, True, False]


def test_some_never_return_home() -> None:
    ledger = play(NOBODY, [call(10.0, emergency=0.9, admission=0.4, no_return=0.2), call(150.0), death_call()])
    assert column(ledger, "outcome") == ["unmet", "in_hospital", "in_hospital"]
    assert ledger.stays.rows == [(0, 10.0, 168.0, False)]


def test_a_stay_ends_with_the_death_at_the_latest() -> None:
    sent_in = call(10.0, emergency=0.9, admission=0.4, no_return=0.9, stay=48.0)
    ledger = play(NOBODY, [sent_in, death_call()], [family(death=40.0)])
    assert ledger.stays.rows == [(0, 10.0, 40.0, False)]
    assert column(ledger, "outcome") == ["unmet", "in_hospital"]


def test_an_advance_care_plan_changes_admissions_and_not_emergency_visits() -> None:
    sent_in = call(10.0, emergency=0.9, admission=0.3)
    with_plan = play(NOBODY, [sent_in], [family(advance_care_plan=True)])
    without = play(NOBODY, [sent_in], [family()])
    assert [column(ledger, "emergency_visit") for ledger in (with_plan, without)] == [[True], [True]]
    assert [column(ledger, "admitted") for ledger in (with_plan, without)] == [[False], [True]]


@pytest.mark.parametrize(
    ("known", "level", "answered", "row"),
    [(True, 2, True, "known"), (False, 2, True, "others"), (True, 4, True, "partly"), (True, 2, False, "none")],
)
def test_what_follows_depends_on_who_helped_and_how_far(known: bool, level: int, answered: bool, row: str) -> None:
    chances = dict.fromkeys(("known", "others", "partly", "none"), (0.25, 0.0)) | {row: (0.75, 0.0)}
    follows = Follows(**chances, advance_care_plan_factor=1.0, stay=hours(1.0), p_no_return_home=0.0)
    shift = pattern() if answered else pattern(spans=())
    scenario = tiny(follows=follows, teams=(team(patterns=(shift,)),))
    families = [family(known=("AAA.community_nurse.1",) if known else ())]
    ledger = play(scenario, [call(10.0, level=level, emergency=0.5)], families)
    assert column(ledger, "emergency_visit") == [True]
