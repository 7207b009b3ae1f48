"""Load per seat, missing advice and shares of cost, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.domain.staff import Pool
from sim.experiment.pooled import kept
from sim.measures import measure
from sim.measures.catalogue import POOLING
from sim.measures.pooling import measure_pooling, pooling
from tests.story import values, written
from tests.tiny import CONSULTANT, NURSE, area, call, family, nurses, pattern, people, role, team, tiny

NIGHTS = pattern("night", at="on_call")
SHARED = team(people=nurses(1) + nurses(1, "BBB"), patterns=(NIGHTS,), pool=Pool("largest"))
TWO = tiny(areas=(area(), area("BBB", children=300_000.0)), teams=(SHARED,))
NURSE_ROLE = ("community_nurse",)


def test_load_is_work_on_duty_over_hours_of_seats_held():
    duty = 0
    ledger = written(TWO, [call(1), call(3)], tasks=[(0, 0, "phone", 1.0, 3.0, duty), (0, 1, "ring", 3.0, 4.0, duty)])
    found = values(pooling(ledger, TWO, NURSE_ROLE), "role", "community_nurse")
    assert found["load_per_seat_share"] == pytest.approx(2 / 168)
    assert (found["pools"], found["pool_seats"], found["pool_people"]) == (1, 1, 2)
    assert found["pool_one_in_n_on_paper"] == 2.0


def test_unpaid_work_is_no_load_and_other_roles_are_not_counted():
    ledger = written(TWO, [call(1)], tasks=[(0, 0, "phone", 1.0, 3.0, -1)])
    assert values(pooling(ledger, TWO, NURSE_ROLE), "role", "community_nurse")["load_per_seat_share"] == 0.0
    assert "load_per_seat_share" not in values(pooling(ledger, TWO, ("consultant",)), "role", "community_nurse")


def test_cost_is_shared_by_children_and_by_use_and_adds_up():
    families = [family(), family(area="BBB")]
    tasks = [(0, 0, "phone", 1.0, 4.0, 0), (0, 1, "phone", 5.0, 6.0, 0)]
    rows = pooling(written(TWO, [call(1), call(5, family=1)], tasks=tasks, families=families), TWO, NURSE_ROLE)
    cost = values(rows, "role", "community_nurse")["pool_standing_cost_gbp_per_year"]
    assert cost > 0
    by_area = {code: values(rows, "area", code) for code in ("AAA", "BBB")}
    for key, share in (("children", (0.25, 0.75)), ("use", (0.75, 0.25))):
        paid = [by_area[code][f"cost_by_{key}_gbp_per_year"] for code in ("AAA", "BBB")]
        assert paid == pytest.approx([cost * part for part in share])


def test_without_any_call_use_is_shared_by_children():
    rows = pooling(written(TWO, []), TWO, NURSE_ROLE)
    assert values(rows, "area", "BBB")["cost_by_use_gbp_per_year"] == pytest.approx(
        values(rows, "area", "BBB")["cost_by_children_gbp_per_year"]
    )


def test_advice_is_missing_where_nobody_of_the_level_advised():
    scenario = replace(TWO, roles=(NURSE, CONSULTANT, role("helper", "answer", 1)))
    calls = [call(1, level=4), call(3, level=4), call(5, level=2), call(22, level=3)]
    facts = [{}, {"advised": 3.1, "advised_by": 1}, {}, {}]
    found = values(pooling(written(scenario, calls, facts), scenario, NURSE_ROLE))
    assert found["advice_missing_share"] == pytest.approx(2 / 3)  # of three that needed it, one had it
    assert found["calls_without_advice_share"] == pytest.approx(2 / 4)
    assert found["advice_missing_share_out_of_hours"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("facts", "missing", "called"),
    [
        ({}, 1.0, 1.0),
        ({"visited_by": 2}, 0.0, 1.0),  # by a specialist nurse, who needs no advice
        ({"joined": 0}, 0.0, 0.0),
    ],
)
def test_advice_is_missing_to_whoever_went_and_once_for_calls_that_joined(facts, missing, called):
    scenario = replace(TWO, teams=(SHARED, team("others", people("specialist_nurse", 1))))
    calls = [call(1, level=2), call(3, level=3)]
    rows = pooling(written(scenario, calls, [{}, facts]), scenario, NURSE_ROLE)
    row = next(row for row in rows if (row.measure, row.group) == ("calls_without_advice_share", "england"))
    assert (row.numerator, row.denominator) == (missing, 1.0 + called)


def test_a_second_attempt_is_no_second_call_without_advice():
    ledger = written(TWO, [call(1, level=4)])
    ledger.calls.rows.append(ledger.calls.rows[0]._replace(attempt=2, time=9.0))
    rows = pooling(ledger, TWO, NURSE_ROLE)
    row = next(row for row in rows if (row.measure, row.group) == ("calls_without_advice_share", "england"))
    assert (row.numerator, row.denominator) == (1.0, 1.0)


def test_load_is_of_funded_seats():
    unfunded = replace(SHARED, patterns=(replace(NIGHTS, funded=False),))
    scenario = replace(TWO, teams=(unfunded,))
    ledger = written(scenario, [call(1)], tasks=[(0, 0, "phone", 1.0, 3.0, 0)])
    row = next(row for row in pooling(ledger, scenario, NURSE_ROLE) if row.measure == "load_per_seat_share")
    assert (row.numerator, row.denominator) == (0.0, 0.0)


def test_every_measure_is_described_once():
    assert set(POOLING) == {measure.name for measure in POOLING.values()}
    assert all(measure.formula and measure.unit for measure in POOLING.values())


def test_people_of_a_role_that_is_not_in_the_run_change_nothing():
    alone = tiny(teams=(team(patterns=(NIGHTS,)), team("advice", people("consultant", 1), patterns=(NIGHTS,))))
    rows = pooling(written(alone, [call(1)]), alone, ("consultant",))
    assert values(rows, "role", "consultant")["pools"] == 1


def test_a_study_of_pooling_loses_nothing_by_measuring_less():
    """What is kept of a unit is the same as of all measures: catches a figure of the curve that nobody measures."""
    ledger = written(TWO, [call(1), call(3, level=4)], tasks=[(0, 0, "phone", 1.0, 3.0, 0)])
    everything = measure(ledger, TWO) + pooling(ledger, TWO, NURSE_ROLE)
    wanted = kept()
    told = [[row for row in rows if row.measure in wanted.get(row.group, ())]
            for rows in (everything, measure_pooling(ledger, TWO, NURSE_ROLE))]  # fmt: skip
    assert sorted(map(repr, told[0])) == sorted(map(repr, told[1]))
