"""The three facts of a call, its one outcome, and what follows for the family."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

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


AFTER_FAILURE = "in_hospital_after_failure"
CERTAIN = Follows(
    known=(0.5, 0.25), others=(0.5, 0.25), partly=(0.5, 0.25), none=(1.0, 0.5), advance_care_plan_factor=0.5,
    stay=hours(24.0), p_no_return_home=0.25,
)  # fmt: skip
NOBODY = tiny(follows=CERTAIN, teams=(team(patterns=(pattern(spans=()),)),))


def test_an_admitted_child_makes_no_calls_until_it_returns() -> None:
    sent_in = call(10.0, emergency=0.49, no_return=0.25)
    ledger = play(NOBODY, [sent_in, call(12.0), call(34.0, emergency=0.5), death_call()])
    assert column(ledger, "outcome") == ["unmet", AFTER_FAILURE, "unmet", "unmet"]
    assert column(ledger, "emergency_visit") == [True, False, True, False]  # nothing follows the call at the death
    assert column(ledger, "admitted") == [True, False, False, False]
    assert ledger.stays.rows == [(0, 10.0, 34.0, True, True, True)]


@pytest.mark.parametrize(
    ("emergency", "followed"), [(0.09, (True, True)), (0.49, (True, False)), (0.5, (False, False))]
)
def test_an_admission_is_one_of_the_emergency_visits(emergency: float, followed: tuple[bool, bool]) -> None:
    """Half the calls end in an emergency visit and a tenth in an admission, by one uniform.

    Would catch the chance of an admission taken twice: once for the visit, and once again in full.
    """
    scenario = replace(NOBODY, follows=replace(CERTAIN, none=(0.5, 0.1)))
    ledger = play(scenario, [call(10.0, emergency=emergency)])
    assert (column(ledger, "emergency_visit")[0], column(ledger, "admitted")[0]) == followed


def test_more_harm_never_spares_anybody() -> None:
    """Would catch a second uniform: with one, whoever is admitted after help in full is so after every failure."""
    rows = ((0.08, 0.056), (0.14, 0.1), (0.25, 0.18), (0.5, 0.3))
    calls = [call(10.0, emergency=u) for u in (0.0, 0.05, 0.056, 0.09, 0.1, 0.17, 0.18, 0.29, 0.3, 0.49)]
    counts = []
    for p in rows:
        ledgers = [play(replace(NOBODY, follows=replace(CERTAIN, none=p)), [one]) for one in calls]
        counts.append([column(ledger, "emergency_visit") + column(ledger, "admitted") for ledger in ledgers])
    for less, more in pairwise(counts):
        assert all(two[k] >= one[k] for one, two in zip(less, more, strict=True) for k in (0, 1))


@pytest.mark.parametrize(
    ("urgency", "multiple", "emergency", "followed"),
    [
        ("urgent", 1.5, 0.44, True),
        ("urgent", 1.5, 0.45, False),
        ("emergency", 1.5, 0.44, True),
        ("urgent", 1.0, 0.44, False),
        ("routine", 1.5, 0.0, False),
    ],
)
def test_only_urgent_calls_lead_to_hospital_and_more_often(
    urgency: str, multiple: float, emergency: float, followed: bool
) -> None:
    """Would catch a routine question that sends a stable child in, or a table that is not multiplied."""
    scenario = replace(NOBODY, follows=replace(CERTAIN, none=(0.5, 0.3), urgency_multiple=multiple))
    ledger = play(scenario, [call(10.0, urgency=urgency, emergency=emergency)])
    assert column(ledger, "admitted") == [followed]


def test_a_call_about_something_else_never_leads_to_hospital() -> None:
    ledger = play(NOBODY, [call(10.0, emergency=0.0, may_harm=False)])
    assert column(ledger, "emergency_visit") == [False]


def test_a_grave_call_that_joins_brings_its_danger_along() -> None:
    """Would catch a reassurance call, still open, that shields the child from what an emergency would bring."""
    calls = [BUSY, call(10.0, may_harm=False, emergency=0.0, urgency="routine"), call(10.25)]
    assert column(play(WAITS, calls, [family(), family()]), "admitted") == [False, True, False]
    assert column(play(WAITS, calls[:2], [family(), family()]), "admitted") == [False, False]


@pytest.mark.parametrize(("emergency", "caused"), [(0.09, False), (0.1, True), (0.29, True)])
def test_caused_is_what_the_same_chance_would_not_have_brought_after_help_in_full(
    emergency: float, caused: bool
) -> None:
    """Would catch every admission after a failure told as if the failure had made it."""
    scenario = replace(NOBODY, follows=replace(CERTAIN, known=(0.08, 0.05), others=(0.2, 0.1), none=(0.5, 0.3)))
    ledger = play(scenario, [call(10.0, emergency=emergency, no_return=0.0), call(12.0)])
    assert column(ledger, "outcome") == ["unmet", AFTER_FAILURE]
    assert column(ledger, "caused") == [caused, caused]
    assert ledger.stays.rows[0][4:] == (True, caused)


def test_whoever_knows_the_family_is_what_help_in_full_is_compared_with() -> None:
    """A call partly met by somebody known: the chance lies between full help of theirs and of others."""
    follows = replace(CERTAIN, known=(0.08, 0.05), others=(0.2, 0.1), partly=(0.5, 0.3))
    stories = [
        play(tiny(follows=follows), [call(10.0, level=4, emergency=0.07, no_return=0.0)], [family(known=known)])
        for known in (("AAA.community_nurse.1",), ())
    ]
    assert [column(ledger, "caused") for ledger in stories] == [[True], [False]]
    assert [column(ledger, "outcome") for ledger in stories] == [["partly_met"], ["partly_met"]]


def test_in_hospital_after_help_that_was_met_is_told_apart() -> None:
    """Would catch a world without failure that counts its admissions into unmet demand."""
    always = replace(CERTAIN, known=(1.0, 1.0))
    ledger = play(tiny(follows=always), [call(10.0, no_return=0.0), call(12.0), death_call()])
    assert column(ledger, "outcome") == ["met", "in_hospital", "in_hospital"]
    assert column(ledger, "caused") == [False, False, False]
    assert ledger.stays.rows == [(0, 10.25, 168.0, False, False, False)]


WAITS = tiny(follows=CERTAIN, ladder=(Step("team", "nurses", math.inf), UNIVERSAL_STEP))
BUSY = call(9.0, family=1, talk=5.0)


def test_nothing_follows_a_call_of_a_child_who_is_not_at_the_end_of_life() -> None:
    ledger = play(NOBODY, [call(10.0, emergency=0.0)], [family(background=True)])
    assert column(ledger, "emergency_visit") == [False]
    assert len(ledger.stays) == 0


def test_nothing_follows_where_the_child_died_while_the_family_waited() -> None:
    ledger = play(WAITS, [BUSY, call(10.0, emergency=0.0)], [family(death=10.25), family()])
    assert became(ledger)[1] == ("overtaken_by_death", "all_busy")
    assert column(ledger, "emergency_visit") == [False, False]
    assert len(ledger.stays) == 0


def test_what_follows_a_call_follows_once_however_many_joined_it() -> None:
    ledger = play(WAITS, [BUSY, call(10.0, emergency=0.0), call(10.25)], [family(), family()])
    assert column(ledger, "joined") == [-1, -1, 1]
    assert column(ledger, "emergency_visit") == [False, True, False]
    assert column(ledger, "admitted") == [False, True, False]


def test_some_never_return_home() -> None:
    ledger = play(NOBODY, [call(10.0, emergency=0.4, no_return=0.2), call(150.0), death_call()])
    assert column(ledger, "outcome") == ["unmet", AFTER_FAILURE, AFTER_FAILURE]
    assert ledger.stays.rows == [(0, 10.0, 168.0, False, True, True)]


def test_a_stay_ends_with_the_death_at_the_latest() -> None:
    sent_in = call(10.0, emergency=0.4, no_return=0.9, stay=48.0)
    ledger = play(NOBODY, [sent_in, death_call()], [family(death=40.0)])
    assert ledger.stays.rows == [(0, 10.0, 40.0, False, True, True)]
    assert column(ledger, "outcome") == ["unmet", AFTER_FAILURE]


def test_an_advance_care_plan_changes_admissions_and_not_emergency_visits() -> None:
    sent_in = call(10.0, emergency=0.3)
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
