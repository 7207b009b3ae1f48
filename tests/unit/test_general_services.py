"""General services: GP out of hours, 111's clinical desk and open access give what the ladder of a call left unmet."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from sim.domain.costs import Costs, Universal
from sim.domain.general_services import HARDEST_FIRST, GeneralServices, hardest_parts
from sim.domain.law import Law
from sim.domain.scenario import Follows, Repeat, Scenario
from sim.experiment.event_log import event_log
from sim.ledger import MEANS, Ledger
from sim.measures import measure
from sim.model.outcome import FULL, GENERAL, NONE, PARTIAL
from tests.story import Fact, became, column, play, values, written
from tests.tiny import (
    ACall,
    answering,
    call,
    death_call,
    family,
    goodwill,
    hours,
    pattern,
    team,
    tiny,
)

PARTS = ("above_level_2_or_advice", "visit", "prescription", "verification", "talk_level_1", "talk_level_2")


def services(delay_cv: float = 0.0, **p: float) -> GeneralServices:
    """Which never give anything but the parts named, after 1, 2 and 6 hours, a verification after 4."""
    return GeneralServices(True, **{f"p_{part}": chance for part, chance in p.items()}, delay_cv=delay_cv)


def all_parts(p: float) -> GeneralServices:
    return services(**dict.fromkeys(PARTS, p))


def nobody(general: GeneralServices, **changes: Any) -> Scenario:
    """A world in which nobody is on duty: every call leaves the ladder at once."""
    return tiny(teams=(team(patterns=(pattern(spans=()),)),), general_services=general, **changes)


ALL = all_parts(1.0)
PROMISED = nobody(ALL)


@pytest.mark.parametrize(
    ("missing", "level", "had", "marks", "parts"),
    [
        ({"answer"}, 1, 0, "", {"talk_level_1"}),
        ({"answer"}, 2, 0, "", {"talk_level_2"}),
        ({"answer"}, 3, 0, "", {"above_level_2_or_advice", "talk_level_2"}),
        ({"answer"}, 2, 0, "visit prescription", {"visit", "prescription", "talk_level_2"}),
        ({"answer"}, 2, 0, "visit death", {"verification", "talk_level_2"}),
        ({"visit"}, 2, 2, "visit", {"visit"}),
        ({"visit"}, 3, 2, "visit", {"visit", "above_level_2_or_advice"}),  # who has it by telephone lacks the level
        ({"visit"}, 3, 3, "visit", {"visit"}),
        ({"visit"}, 2, 2, "visit death", {"verification"}),
        ({"prescription"}, 3, 3, "visit prescription", {"prescription"}),  # a part, not the level of the call
        ({"prescription"}, 3, 2, "prescription", {"prescription"}),  # somebody of level 3 advised, without medicines
        ({"advice"}, 2, 1, "", {"above_level_2_or_advice"}),
        ({"prescription", "advice"}, 3, 2, "prescription", {"prescription", "above_level_2_or_advice"}),
    ],
)
def test_what_they_would_have_to_give(missing: set[str], level: int, had: int, marks: str, parts: set[str]) -> None:
    needs = {"is_death": "death" in marks, "needs_visit": "visit" in marks, "needs_prescription": "presc" in marks}
    assert hardest_parts(frozenset(missing), level, had, **needs) == parts


def test_the_hardest_missing_part_decides() -> None:
    """Would catch the easiest, the product or the mean of the parts."""
    general = services(**{part: (place + 1) / 10 for place, part in enumerate(PARTS)})
    for place, part in enumerate(HARDEST_FIRST):
        assert general.probability({*HARDEST_FIRST[place:]}) == (place + 1) / 10
        assert general.probability({part}) == (place + 1) / 10


@pytest.mark.parametrize(("urgency", "after"), [("emergency", 1.0), ("urgent", 2.0), ("routine", 6.0)])
def test_they_give_what_nobody_gave_after_a_delay_by_urgency(urgency: str, after: float) -> None:
    ledger = play(PROMISED, [call(10.0, urgency=urgency)])
    assert became(ledger) == [("met_by_general_services", "not_commissioned")]
    facts = {name: column(ledger, name)[0] for name in ("turned_to", "ended", "resolution", "means", "part", "in_time")}
    assert facts == {
        "turned_to": 10.0, "ended": 10.0 + after, "resolution": FULL, "means": GENERAL, "part": "answer",
        "in_time": False,
    }  # fmt: skip
    assert MEANS[GENERAL] == "general_services"
    assert column(ledger, "answered_by") == [-1]  # they are no people of the model


@pytest.mark.parametrize("general", [GeneralServices(), all_parts(0.0)])
def test_without_them_the_call_is_unmet_at_once(general: GeneralServices) -> None:
    ledger = play(nobody(general), [call(10.0)])
    assert became(ledger) == [("unmet", "not_commissioned")]
    assert (column(ledger, "ended"), column(ledger, "resolution")) == ([10.0], [NONE])


@pytest.mark.parametrize(
    ("one", "part", "missing"),
    [
        (call(10.0, level=3), "above_level_2_or_advice", "advice"),
        (call(10.0, prescription=True), "prescription", "prescription"),
        (call(10.0, visit=True), "visit", "visit"),
        (death_call(), "verification", "visit"),
    ],
)
def test_a_part_that_nobody_gave_is_given_whole_or_not_at_all(one: ACall, part: str, missing: str) -> None:
    """A nurse answers, on a duty by telephone; nobody visits, advises or prescribes."""
    by_phone = tiny(teams=(team(patterns=(pattern(visiting=False),)),))
    for general, outcome, resolution in (
        (services(**{part: 1.0}), "met_by_general_services", FULL),
        (services(**dict.fromkeys(set(PARTS) - {part}, 1.0)), "partly_met", PARTIAL),
    ):
        ledger = play(replace(by_phone, general_services=general), [one])
        assert column(ledger, "outcome") == [outcome]
        assert column(ledger, "resolution") == [resolution]
        assert column(ledger, "part") == [missing]


def test_a_verification_has_a_delay_of_its_own() -> None:
    ledger = play(PROMISED, [death_call()], [family(death=40.0)])
    assert became(ledger) == [("met_by_general_services", "not_commissioned")]
    assert column(ledger, "ended") == [44.0]


def test_one_uniform_decides_so_that_more_help_takes_none_away() -> None:
    calls = [call(float(hour), family=hour) for hour in range(60)]
    met = [column(play(nobody(all_parts(p)), calls), "outcome") for p in (0.3, 0.6)]
    few, many = ({row for row, word in enumerate(found) if word == "met_by_general_services"} for found in met)
    assert few < many
    assert 8 <= len(few) <= 28  # 18 of 60, within three standard deviations
    assert 24 <= len(many) <= 48


def test_the_delay_is_lognormal_by_its_mean_and_spread() -> None:
    general = replace(ALL, delay_cv=0.5)
    ledger = play(nobody(general), [call(float(hour), family=hour) for hour in range(200)], [family(death=900.0)] * 200)
    waited = [ended - hour for ended, hour in zip(column(ledger, "ended"), column(ledger, "time"), strict=True)]
    assert general.delay(1, verifies=False) == Law("lognormal", 2.0, cv=0.5)
    assert sum(waited) / 200 == pytest.approx(2.0, abs=0.25)
    assert len(set(waited)) == 200


def test_a_death_before_they_come_overtakes_the_call() -> None:
    ledger = play(PROMISED, [call(10.0), death_call()], [family(death=11.5)])
    assert became(ledger) == [
        ("overtaken_by_death", "not_commissioned"),
        ("met_by_general_services", "not_commissioned"),
    ]
    assert column(ledger, "ended") == [11.5, 15.5]


def test_a_death_before_they_come_overtakes_a_call_that_was_partly_met() -> None:
    scenario = tiny(general_services=ALL)
    ledger = play(scenario, [call(10.0, prescription=True), death_call()], [family(death=12.0)])
    assert column(ledger, "outcome")[0] == "overtaken_by_death"
    assert column(ledger, "resolution")[0] == PARTIAL


def test_a_call_is_closed_when_it_leaves_the_ladder() -> None:
    """Would catch a call that joins one of which nobody of the model does anything any more."""
    ledger = play(PROMISED, [call(10.0), call(11.0)])
    assert column(ledger, "joined") == [-1, -1]
    assert column(ledger, "ended") == [12.0, 13.0]


@pytest.mark.parametrize(("p", "attempts"), [(1.0, [1]), (0.0, [1, 2, 3])])
def test_a_call_they_meet_does_not_come_again(p: float, attempts: list[int]) -> None:
    ledger = play(nobody(all_parts(p), repeat=Repeat(1.0, False, hours(4.0), 3)), [call(10.0)])
    assert column(ledger, "attempt") == attempts


@pytest.mark.parametrize("known", [True, False])
def test_their_help_counts_as_that_of_others(known: bool) -> None:
    """A nurse who knows the family takes the call; what she lacks comes from general services."""
    chances = dict.fromkeys(("known", "partly", "none"), (0.0, 0.0))
    follows = Follows(**chances, others=(1.0, 0.0), advance_care_plan_factor=1.0, stay=hours(1.0), p_no_return_home=0.0)
    families = [family(known=("AAA.community_nurse.1",) if known else ())]
    ledger = play(tiny(follows=follows, general_services=ALL), [call(10.0, prescription=True)], families)
    assert column(ledger, "emergency_visit") == [True]


SENT_IN = Follows(
    known=(0.0, 0.0), others=(0.0, 0.0), partly=(0.0, 0.0), none=(1.0, 1.0), advance_care_plan_factor=1.0,
    stay=hours(24.0), p_no_return_home=0.0,
)  # fmt: skip


def test_a_child_who_is_in_hospital_by_then_is_helped_no_more() -> None:
    """The second call, of which nobody gives anything, sends the child in while help for the first is near."""
    scenario = nobody(services(talk_level_2=1.0), follows=SENT_IN)
    ledger = play(scenario, [call(10.0, urgency="routine"), call(11.0, level=3)])
    assert column(ledger, "outcome") == ["unmet", "unmet"]
    assert column(ledger, "admitted") == [False, True]
    assert ledger.stays.rows == [(0, 11.0, 35.0, True, True, True)]


def test_a_death_while_they_are_on_their_way_is_a_call_of_its_own_that_they_verify() -> None:
    """The first call has left the ladder: the death overtakes it, and neither joins it nor is helped with it."""
    calls = [call(10.0, urgency="routine"), death_call()]
    ledger = play(PROMISED, calls, [family(death=12.0)])
    assert column(ledger, "joined") == [-1, -1]
    assert column(ledger, "outcome") == ["overtaken_by_death", "met_by_general_services"]
    assert column(ledger, "ended") == [12.0, 16.0]


def test_a_family_that_rang_again_is_sent_in_by_the_later_call_alone() -> None:
    """While a nurse is there for the second call, the first sends nobody to hospital."""
    night = pattern("later", visiting=True)
    follows = replace(SENT_IN, others=(1.0, 1.0))
    scenario = tiny(teams=(team(patterns=(night,)),), follows=follows, general_services=ALL)
    busy = call(9.0, family=1, talk=1.5)  # keeps the only nurse from the first call, not from the second
    ledger = play(scenario, [busy, call(10.0, answer_patience=0.25), call(10.75, visit=True, visit_hours=4.0)])
    assert column(ledger, "outcome")[1:] == ["met_by_general_services", "met"]
    assert column(ledger, "admitted")[1:] == [False, False]


def test_who_was_helped_unpaid_and_by_general_services_counts_as_met_by_these() -> None:
    """Goodwill answers, and what it cannot prescribe comes later; every call says that goodwill was given."""
    off_duty = tiny(
        teams=(team(patterns=(pattern(spans=()),)),), goodwill=goodwill(), general_services=ALL,
        ladder=(*tiny().ladder[:1], replace(tiny().ladder[1], kind="goodwill"), tiny().ladder[1]),
        answering=answering(),
    )  # fmt: skip
    ledger: Ledger = play(off_duty, [call(20.0, prescription=True)])
    assert column(ledger, "outcome") == ["met_by_general_services"]
    assert MEANS[column(ledger, "means")[0]] == "goodwill"


# -- what is measured, and what it costs ------------------------------------------------------------------------------

MET: Fact = {
    "answered": math.nan, "answered_by": -1, "outcome": "met_by_general_services", "cause": "not_commissioned",
    "part": "answer", "in_time": False, "means": GENERAL,
}  # fmt: skip


def test_what_they_meet_is_neither_unmet_nor_goodwill_and_is_counted_apart() -> None:
    facts = [MET, {"outcome": "unmet", "cause": "rota_gap"}, {}, {}]
    found = values(measure(written(tiny(), [call(float(hour)) for hour in (10, 20, 30, 40)], facts), tiny()))
    names = ("met_by_general_services_share", "unmet_demand_share", "met_by_goodwill_share", "goodwill_used_share")
    assert [found[name] for name in names] == [0.25, 0.25, 0.0, 0.0]
    assert found["unmet_because_not_commissioned_share"] == 0.0
    assert found["cause_not_commissioned_share"] == 0.5


def test_they_cost_a_contact_and_a_consultation_that_is_dearer_out_of_hours() -> None:
    """Two met (Monday 12:00 and 20:00), one that a death overtook, one unmet, one partly met and left so."""
    prices = Costs(universal=Universal(contact=60.0, consultation=40.0, consultation_out_of_hours=1.5))
    scenario = tiny(costs=prices)
    facts = [
        MET | {"turned_to": 10.0, "ended": 12.0},
        MET | {"turned_to": 18.0, "ended": 20.0},
        {"outcome": "overtaken_by_death", "cause": "rota_gap", "turned_to": 30.0, "ended": 31.0},
        {"outcome": "unmet", "cause": "rota_gap"},
        {"outcome": "partly_met", "cause": "rota_gap"},
    ]
    ledger = written(scenario, [call(float(hour)) for hour in (10, 18, 30, 40, 50)], facts)
    found = values(measure(ledger, scenario))
    assert found["universal_cost_contacts"] == 52 * 4 * 60.0
    assert found["universal_cost_general_services"] == 52 * (40.0 + 60.0)
    assert found["universal_cost"] == 52 * (4 * 60.0 + 100.0)


def test_the_event_log_says_from_when_to_when_they_had_the_call() -> None:
    """Would catch a family that rings until general services have come."""
    scenario = nobody(ALL)
    log = event_log(play(scenario, [call(10.0)]), scenario)
    told = [(word, f"{start:%H:%M}", f"{end:%H:%M}") for word, start, end in zip(
        log["activity"], log["start"], log["end"], strict=True
    )]  # fmt: skip
    assert told == [
        ("call", "10:00", "10:00"), ("general_services", "10:00", "12:00"), ("left", "12:00", "12:00"),
    ]  # fmt: skip
