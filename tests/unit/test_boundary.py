"""Beyond the home area: who cannot act, what a missing record takes, and how a coordinator changes both.

Two areas, AAA and BBB, whose families and people live in one place: only the boundary between them tells them apart.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from sim.config import plan
from sim.domain.calendar import ALL_DAYS, Span
from sim.domain.overlays import Boundary, Overlays, Support
from sim.domain.scenario import Repeat, Run, Scenario, Step
from sim.domain.staff import Team
from sim.errors import BadInput
from sim.ledger import BEYOND, Ledger
from sim.measures import measure
from sim.model.follow import make_call
from sim.model.free.boundary import Boundaries
from sim.model.world import World
from tests.story import became, column, done, play, values, who
from tests.tiny import (
    GOODWILL_STEP,
    KEY,
    NURSES_STEP,
    UNIVERSAL_STEP,
    answering,
    area,
    call,
    england,
    family,
    goodwill,
    hours,
    nurses,
    pattern,
    people,
    setting,
    team,
    tiny,
)

HERE, THERE = family(area="AAA", known=()), family(area="BBB", known=())
NEIGHBOUR = team(people=nurses(1, "BBB"), areas=("AAA", "BBB"))  # the only nurse of both areas lives in BBB
BOTH = ("AAA", "BBB")


def beyond(*teams: Team, more: dict[str, Any] | None = None, **boundary: Any) -> Scenario:
    """Two areas and these teams (left out: the neighbour alone), with the overlay on."""
    overlays = Overlays(boundary=Boundary(on=True, **boundary))
    places = (area(), area("BBB"))
    return tiny(areas=places, teams=teams or (NEIGHBOUR,), overlays=overlays, **(more or {}))


def noted(ledger: Ledger) -> list[tuple[int, str, str, float]]:
    """What happened at the boundary: (call, who, what, hours lost)."""
    return [(row[0], who(ledger, row[2]), BEYOND[row[3]], round(row[5], 6)) for row in ledger.beyond.rows]


# -- unable -----------------------------------------------------------------------------------------------------------


def test_whoever_cannot_telephone_answers_nobody_of_another_area_and_everybody_of_their_own() -> None:
    """Catches a refusal at home, and a refusal whose cause is not the one a planner would look for."""
    ledger = play(beyond(p_refuse_phone=1.0), [call(10.0), call(12.0, family=1)], [HERE, THERE])
    assert became(ledger) == [("unmet", "not_able"), ("met", "")]
    assert noted(ledger) == [(0, "BBB nurse 1", "no_phone", 0.0)]
    assert column(ledger, "part") == ["answer", ""]


def test_the_call_goes_on_at_once_to_the_next_step() -> None:
    """Catches a family left to wait for the overflow of somebody who will not act."""
    second = team("others", people("specialist_nurse", 1), areas=BOTH)
    ladder = (NURSES_STEP, Step("team", "others", 1 / 6), UNIVERSAL_STEP)
    ledger = play(beyond(NEIGHBOUR, second, more={"ladder": ladder}, p_refuse_phone=1.0), [call(10.0)], [HERE, THERE])
    assert column(ledger, "answered") == [10.0]
    assert became(ledger) == [("met", "")]


def test_whoever_cannot_visit_still_answers_the_telephone() -> None:
    """Catches one probability used for both."""
    ledger = play(beyond(p_refuse_visit=1.0), [call(10.0, visit=True), call(12.0, 1, visit=True)], [HERE, THERE])
    assert became(ledger) == [("partly_met", "not_able"), ("met", "")]
    assert [line[3] for line in done(ledger)] == ["phone", "phone", "visit"]
    assert noted(ledger) == [(0, "BBB nurse 1", "no_visit", 0.0)]


def test_advice_comes_from_nobody_who_cannot_telephone() -> None:
    """Catches an overlay that forgets the consultants, whose rotas are the ones most often pooled."""
    nurse, adviser = team(), team("consultants", people("consultant", 1, "BBB"), areas=BOTH)
    ledger = play(beyond(nurse, adviser, p_refuse_phone=1.0), [call(10.0, level=4)], [HERE])
    assert became(ledger) == [("partly_met", "not_able")]
    assert column(ledger, "part") == ["advice"]


def test_no_consultant_at_home_is_rung_for_advice_they_cannot_give_there() -> None:
    """Catches goodwill asked of somebody whom the boundary binds on duty."""
    by_day = (pattern(spans=(Span(ALL_DAYS, 9.0, 17.0),)),)
    advisers = team("consultants", people("consultant", 1, "BBB"), areas=BOTH, patterns=by_day)
    more = {"ladder": (NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP), "goodwill": goodwill()}
    ledger = play(beyond(team(), advisers, more=more, p_refuse_phone=1.0), [call(20.0, level=4)], [HERE])
    assert column(ledger, "asked") == [0]


def test_a_colleague_at_home_in_the_area_goes_instead() -> None:
    """Catches a refusal that ends the search."""
    pool = team(people=nurses(1) + nurses(1, "BBB"), patterns=(pattern(seats=2),))
    knows_her = family(area="AAA", known=("BBB.community_nurse.1",))  # who else would come first
    ledger = play(beyond(pool, p_refuse_visit=1.0, p_refuse_phone=1.0), [call(10.0, visit=True)], [knows_her])
    assert {line[0] for line in done(ledger)} == {"nurse 1"}
    assert became(ledger) == [("met", "")]


def test_a_second_person_who_cannot_act_does_not_go_along() -> None:
    """Catches somebody taken along who could not have gone alone; what was missing is then the second person."""
    pool = team(people=nurses(1) + nurses(1, "BBB"), patterns=(pattern(seats=2),))
    two = [call(10.0, two=True)]
    alone = play(beyond(pool, p_refuse_visit=1.0), two, [HERE])
    assert column(alone, "alone") == [True]
    together = beyond(pool, more={"answering": answering(second_person="wait")}, p_refuse_visit=1.0)
    assert became(play(together, two, [HERE])) == [("partly_met", "second_person")]


def test_nobody_of_another_area_is_rung_at_home_for_help_they_cannot_give() -> None:
    """Catches unpaid help that no agreement would have covered."""
    office = (Span(ALL_DAYS, 9.0, 17.0),)
    asleep = team(people=nurses(1, "BBB"), areas=BOTH, patterns=(pattern(spans=office),))
    kind = {"goodwill": goodwill(), "ladder": (NURSES_STEP, GOODWILL_STEP, UNIVERSAL_STEP)}
    calls = [call(20.0, visit=True), call(22.0, 1, visit=True)]
    ledger = play(beyond(asleep, more=kind, p_refuse_phone=1.0), calls, [HERE, THERE])
    assert column(ledger, "asked") == [0, 1]
    ledger = play(beyond(asleep, more=kind, p_refuse_visit=1.0), calls, [HERE, THERE])
    assert became(ledger) == [("partly_met", "not_commissioned"), ("met_by_goodwill", "not_commissioned")]


# -- without a record -------------------------------------------------------------------------------------------------

LOST = {"p_record_missing": 1.0, "without_record": 0.25}


def test_a_conversation_lasts_a_quarter_of_an_hour_longer_and_the_visit_after_it_does_not() -> None:
    """Catches the minutes counted twice for one person and one call, and counted at all at home."""
    calls = [call(10.0, talk=0.25, visit=True, visit_hours=1.0), call(14.0, 1, talk=0.25)]
    ledger = play(beyond(**LOST), calls, [HERE, THERE])
    assert done(ledger) == [
        ("BBB nurse 1", 10.0, 10.5, "phone"),
        ("BBB nurse 1", 10.5, 11.5, "visit"),
        ("BBB nurse 1", 14.0, 14.25, "phone"),
    ]
    assert noted(ledger) == [(0, "BBB nurse 1", "no_record", 0.25)]


def test_a_visitor_from_another_area_stays_exactly_a_quarter_of_an_hour_longer() -> None:
    helpline = team("helpline", people("consultant", 1))
    ladder = (Step("team", "helpline", 1 / 6), UNIVERSAL_STEP)
    ledger = play(
        beyond(helpline, NEIGHBOUR, more={"ladder": ladder}, **LOST),
        [call(10.0, talk=0.25, visit=True, visit_hours=1.0)],
        [HERE],
    )
    assert done(ledger) == [("consultant 1", 10.0, 10.25, "phone"), ("BBB nurse 1", 10.25, 11.5, "visit")]


def test_an_adviser_from_another_area_asks_for_a_quarter_of_an_hour_longer() -> None:
    nurse, adviser = team(), team("consultants", people("consultant", 1, "BBB"), areas=BOTH)
    advises = {"answering": answering(advice_minutes=(("consultant", hours(0.5)),))}
    ledger = play(beyond(nurse, adviser, more=advises, **LOST), [call(10.0, talk=0.25, level=4)], [HERE])
    assert done(ledger) == [("nurse 1", 10.0, 10.25, "phone"), ("BBB consultant 1", 10.25, 11.0, "advice")]


def test_ringing_back_from_another_home_lasts_longer_and_so_does_that_visit() -> None:
    """Catches a visit that goes on while its nurse is still on the telephone."""
    waits = {"answering": answering(ring_back_after=0.25), "ladder": (Step("team", "nurses", math.inf), UNIVERSAL_STEP)}
    calls = [call(9.75, 1, visit=True, talk=0.25, visit_hours=2.0), call(10.5, talk=0.5)]
    ledger = play(beyond(more=waits, **LOST), calls, [HERE, THERE])
    assert done(ledger) == [
        ("BBB nurse 1", 9.75, 10.0, "phone"),
        ("BBB nurse 1", 10.0, 10.75, "visit"),
        ("BBB nurse 1", 10.75, 11.5, "phone"),
        ("BBB nurse 1", 11.5, 12.75, "visit"),
    ]


def test_somebody_who_takes_over_a_conversation_finds_out_too() -> None:
    """Catches a record that comes with the telephone. Nurse 1 is on duty until Monday 17:00, then the neighbour."""
    hands_over = {"answering": answering(end_of_duty="hand_over")}
    ledger = play(beyond(team(people=nurses(1) + nurses(1, "BBB")), more=hands_over, **LOST), [call(16.75, talk=0.5)])
    assert done(ledger) == [("nurse 1", 16.75, 17.0, "phone"), ("BBB nurse 1", 17.0, 17.5, "phone")]


# -- a coordinator, a shared record -----------------------------------------------------------------------------------


def test_support_comes_in_evenly() -> None:
    """Catches a ramp that begins or ends at the wrong hour; without one it works from the hour it begins."""
    support = Support(begins=100.0, ramp=50.0)
    assert [support.works(hour) for hour in (99.0, 100.0, 125.0, 150.0, 999.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]
    at_once = Support(begins=100.0)
    assert [at_once.works(hour) for hour in (99.0, 100.0)] == [0.0, 1.0]


@pytest.mark.parametrize(("u", "able"), [(0.29, False), (0.31, True)])
def test_halfway_through_the_ramp_half_of_the_effect_is_there(u: float, able: bool) -> None:
    """0.4 x (1 - 0.5 x half) = 0.3. Catches factors that replace each other, and weeks counted from the warm-up."""
    half = Support(refuse_factor=0.5, record_factor=1.0, begins=-10.0, ramp=40.0)
    no_effect = Support(refuse_factor=1.0, record_factor=0.0)
    scenario = beyond(p_refuse_visit=0.4, p_record_missing=1.0, without_record=0.25, supports=(half, no_effect))
    scenario = replace(scenario, run=Run(100.0, 168.0, 0.0))
    world = World(scenario, setting(scenario, [HERE], [call(110.0, visit=True)]), KEY)
    boundaries = Boundaries(scenario, world.ledger, lambda *_: u)
    made, neighbour = make_call(world, 0, world.families[0], 110.0), world.people[0]
    assert boundaries.able(neighbour, made, visiting=True) is able
    assert boundaries.finding_out(neighbour, made) == 0.0


# -- chance -----------------------------------------------------------------------------------------------------------

MANY = [call(2.0 + 2.0 * k) for k in range(60)]


def refused_by_the_neighbour(ledger: Ledger) -> set[int]:
    return {number for number, person, what, _ in noted(ledger) if (person, what) == ("BBB nurse 1", "no_phone")}


def test_a_second_pool_changes_nobodys_mind() -> None:
    """Catches a decision that hangs on who else is asked: it is one of a person about a call."""
    alone = play(beyond(p_refuse_phone=0.5), MANY, [HERE])
    pool = team(people=nurses(1, "BBB") + nurses(1, "CCC"), areas=BOTH, patterns=(pattern(seats=2),))
    others = team("others", people("consultant", 2, "BBB"), areas=BOTH, patterns=(pattern(seats=2),))
    ladder = (NURSES_STEP, Step("team", "others", 1 / 6), UNIVERSAL_STEP)
    wide = beyond(pool, others, more={"ladder": ladder}, p_refuse_phone=0.5)
    wide = replace(wide, areas=(*wide.areas, area("CCC")))
    among_many = play(wide, MANY, [HERE])
    refused = refused_by_the_neighbour(alone)
    assert 20 <= len(refused) <= 40
    assert refused_by_the_neighbour(among_many) == refused


def test_who_lacks_the_record_is_another_matter_than_who_cannot_act() -> None:
    """Catches one draw for both: among those who can act, half would always, or never, know the record."""
    ledger = play(beyond(p_refuse_phone=0.5, p_record_missing=0.5, without_record=0.25), MANY, [HERE])
    acted = len(MANY) - len(refused_by_the_neighbour(ledger))
    unknown = sum(what == "no_record" for _, _, what, _ in noted(ledger))
    assert 0.25 * acted < unknown < 0.75 * acted


def test_more_refusal_only_adds_refusals() -> None:
    """Catches chance drawn anew: what is better or worse must be the number, not the luck."""
    few, many = (refused_by_the_neighbour(play(beyond(p_refuse_phone=p), MANY, [HERE])) for p in (0.2, 0.5))
    assert few < many


def test_a_call_that_comes_again_meets_the_same_answer() -> None:
    again = {"repeat": Repeat(1.0, False, hours(1.0), 3)}
    ledger = play(beyond(more=again, p_refuse_phone=1.0), [call(10.0)], [HERE])
    assert column(ledger, "attempt") == [1, 2, 3]
    assert set(became(ledger)) == {("unmet", "not_able")}


# -- off, and what is counted -----------------------------------------------------------------------------------------


def test_off_leaves_every_line_of_the_ledger_as_it_was() -> None:
    """Catches an overlay that draws, books or refuses though nobody switched it on."""
    calls = [call(10.0, visit=True, level=4), call(11.0, 1, two=True)]
    plain, off = (
        play(replace(beyond(), overlays=Overlays(boundary=boundary)), calls, [HERE, THERE])
        for boundary in (Boundary(), Boundary(False, 1.0, 1.0, 1.0, 1.0))
    )
    assert plain.tasks.rows == off.tasks.rows
    assert plain.calls.rows == off.calls.rows
    assert off.beyond.rows == []


def test_somebody_busy_is_not_asked() -> None:
    """Catches refusals of people who would not have been given the call; the cause is the boundary all the same."""
    ledger = play(beyond(p_refuse_phone=1.0), [call(10.0, 1, talk=1.0), call(10.5)], [HERE, THERE])
    assert noted(ledger) == []
    assert became(ledger) == [("met", ""), ("unmet", "not_able")]


def test_refusals_and_minutes_are_counted_per_family() -> None:
    """Two families, one refusal, two conversations of a quarter of an hour more. Catches asking counted twice."""
    scenario = beyond(p_refuse_visit=1.0, **LOST)
    ledger = play(scenario, [call(10.0, visit=True, visit_patience=4.0), call(20.0)], [HERE, family(area="AAA")])
    found = values(measure(ledger, scenario))
    assert found["boundary_refusals_per_family"] == 0.5
    assert found["minutes_without_record_per_family"] == 15.0
    off = tiny()
    assert "boundary_refusals_per_family" not in values(measure(play(off, [call(10.0)]), off))


# -- configuration ----------------------------------------------------------------------------------------------------

THREE = "areas=[QOX,QR1,QSL]"


def test_the_shipped_numbers_with_a_coordinator() -> None:
    words = ["boundary=on", "boundary.coordinator.on=true", "boundary.coordinator.from_week=-8"]
    asked = plan("regional_rota", [THREE, *words])
    weeks = 168.0
    works = (Support(0.3, 0.5, -8 * weeks, 78 * weeks),)
    south_west = (("QOX", "QR1", "QSL"),)
    assert asked.scenario.overlays.boundary == Boundary(True, 0.15, 0.05, 0.67, 0.25, works, 1.0, 7, south_west)
    listed = {key for key, *_ in asked.assumptions if key.startswith("boundary.")}
    assert {"boundary.p_refuse_visit", "boundary.coordinator.refuse_multiple", "boundary.coordinator.wte"} <= listed
    assert not any(key.startswith("boundary.shared_record") for key in listed)


def test_it_is_off_unless_asked_for() -> None:
    asked = plan("regional_rota", [THREE])
    assert asked.scenario.overlays.boundary == Boundary()
    assert not any(key.startswith("boundary.") for key, *_ in asked.assumptions)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["boundary=on", "boundary.p_refuse_visit=1.5"], "must be a number from 0 to 1"),
        (["boundary=on", "boundary.minutes_without_record=-1"], "must be a number from 0 to 1,440"),
        (["boundary=on", "boundary.coordinator.on=true", "boundary.coordinator.refuse_multiple=1.2"], "from 0 to 1"),
        (["boundary=on", "boundary.coordinator.on=true", "boundary.coordinator.ramp_weeks=-1"], "from 0 to 520"),
        (["boundary.p_refuse_visit=0.3"], "boundary is off, so it would change nothing; add boundary=on"),
        (["boundary=on", "boundary.shared_record.ramp_weeks=9"], "add boundary.shared_record.on=true"),
        (["boundary=on", "boundary.coordinators.wte=2"], "boundary.coordinator"),
    ],
)
def test_bad_input(words: list[str], says: str) -> None:
    """Catches numbers that cannot be, and numbers that would change nothing without a word."""
    with pytest.raises(BadInput) as bad:
        england("regional_rota", *words)
    assert words[-1].partition("=")[0] in str(bad.value)
    assert says in str(bad.value)
