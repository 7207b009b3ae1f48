"""The register of laws against the shelf: every number has a kind, every unknown a law that the schema takes."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest

from sim.config import Plan, plan
from sim.config.check import check
from sim.config.layers import Layer
from sim.config.parts import main_layer, read_parts
from sim.config.register import (
    DIRICHLET,
    KINDS,
    LAWS,
    READ_AS,
    TARGET,
    UNKNOWN,
    open_in,
    parts_of,
    register,
    repaired,
    unknowns,
)
from sim.config.ridge import shipped_ridge, solved
from sim.config.rules import Rule
from sim.config.schema import SCHEMA
from sim.config.values import value_at
from sim.experiment.draws import quantile

RANGE = re.compile(r"\[([-\d.e]+), ([-\d.e]+)\]$")
RECALLED = "R"
ASSUMED = "assumed"
GRADES = ("A", "B", "C", RECALLED, ASSUMED)
OVERLAYS = (
    *("access", "bereavement", "boundary", "embedded", "home_safety", "hospice_offer", "leavers", "peer_support"),
    *("rapid_transfer", "training"),
)
ON = (*(f"{group}=on" for group in OVERLAYS), "boundary.coordinator=on", "boundary.shared_record=on")
KEYS = [number.key for number in unknowns() if number.key != TARGET]


@cache
def everything_on() -> Plan:
    return plan("current_patchwork", [*ON, "goodwill.dynamics.on=true", "goodwill.dynamics.leaving=true"])


def shelf() -> list[Layer]:
    return [*read_parts(None).values(), main_layer()]


def stated() -> dict[str, list[tuple[float, str]]]:
    """Value and words of every number of the shelf that something stands behind, by key, for each part that has it."""
    found: dict[str, list[tuple[float, str]]] = {}
    for layer in shelf():
        for key in layer.numbers:
            if key in layer.remarks and layer.remarks[key].kind != "setting":
                found.setdefault(key, []).append((float(layer.values[key]), layer.remarks[key].text))
    return found


def test_every_number_of_the_shelf_has_a_row_and_every_row_a_number() -> None:
    assert set(register()) == {*stated(), TARGET}


def test_words_are_known_and_only_unknowns_have_a_law() -> None:
    for number in register().values():
        assert number.kind in KINDS, number.key
        assert (number.kind == UNKNOWN) == (number.law in LAWS), number.key
        assert number.kind != UNKNOWN or (number.read_as in READ_AS and number.who), number.key


def test_the_default_is_the_shipped_one_and_lies_inside() -> None:
    for key, number in register().items():
        if key != TARGET:
            assert number.default in [value for value, _ in stated()[key]], key
        if number.kind == UNKNOWN:
            assert number.low <= number.default <= number.high, key
            assert number.low < number.high, f"{key}: a range without width"


def test_a_range_is_the_one_beside_the_number_or_says_that_it_is_assumed() -> None:
    for key in KEYS:
        number = register()[key]
        ranges = [RANGE.search(text) for value, text in stated()[key] if value == number.default]
        beside = {(float(one[1]), float(one[2])) for one in ranges if one}
        assert (number.low, number.high) in beside or number.range_assumed.startswith("assumed: "), key


def test_every_unknown_has_a_grade_and_what_has_a_source_is_not_called_assumed() -> None:
    """Catches a row without a grade, which pages then call assumed."""
    kinds = {key: layer.remarks[key].kind for layer in shelf() for key in layer.numbers if key in layer.remarks}
    for number in unknowns():
        assert number.grade in GRADES, number.key
        assert number.key == TARGET or number.grade != ASSUMED or kinds[number.key] == ASSUMED, number.key


def test_no_range_says_nothing() -> None:
    """Everything that the schema allows, each as likely as any other, or the ends of a scale that is a definition."""
    for key in KEYS:
        number, rule = register()[key], _rule(key)
        assert number.law != "uniform" or (number.low, number.high) != (rule.low, rule.high), key
    assert register()["roles.consultant.level"].kind == "definition"


def test_what_was_recalled_has_a_width() -> None:
    recalled = [number for number in register().values() if number.grade == RECALLED and number.kind == UNKNOWN]
    assert len(recalled) >= 6
    assert all(number.range_assumed for number in recalled)


def test_tied_numbers_follow_one_that_is_an_unknown_itself() -> None:
    for number in unknowns():
        leader = register()[number.leads]
        assert leader.kind == UNKNOWN, number.key
        assert leader.leads == leader.key, number.key
        assert -1 <= number.correlation <= 1


def test_the_parts_of_a_whole_add_to_one() -> None:
    groups = {number.group for number in unknowns() if number.law == DIRICHLET}
    assert {"demand.conditions", "supply.area_types", "reasons.weights"} <= groups
    for group in groups:
        others = [n.default for n in register().values() if n.kind == "definition" and f"{group}" == _levels(n.key)]
        assert sum(register()[key].default for key in parts_of(group)) + sum(others) == pytest.approx(1), group


def test_no_draw_is_beyond_what_the_schema_takes() -> None:
    """Catches a law without ends for a number with ends: a winter with fewer deaths than summer."""
    for key in KEYS:
        number = register()[key]
        for part in (1e-4, 1 - 1e-4):
            value = number.default if number.law == DIRICHLET else float(quantile(number, np.array([part]))[0])
            check(int(value) if number.law == "whole" else value, _rule(key), key)


@pytest.mark.parametrize("key", KEYS)
def test_both_ends_are_accepted_in_the_repaired_form(key: str) -> None:
    base = everything_on()
    config = base.origin.composed.config
    try:
        value_at(config, key)
    except KeyError:
        pytest.fail(f"{key}: in no part that can be chosen here")
    idle = key.startswith("roles.") and key.split(".")[1] not in {role.name for role in base.scenario.roles}
    for end in (register()[key].low, register()[key].high):
        value = int(end) if isinstance(value_at(config, key), int) and end == int(end) else end
        check(value, _rule(key), key)
        if not idle:  # else it is refused, because nobody has that role
            base.changed(repaired({key: value}, config))


def test_a_part_of_a_whole_moves_the_others_and_a_chance_the_one_within_it() -> None:
    config = {
        "supply": {"area_types": {"full": 0.19, "seven_day": 0.2, "weekdays_goodwill": 0.41, "weekdays_alone": 0.2}},
        "consequences": {"none": {"p_emergency_visit": 0.5, "p_admission": 0.3}},
        "reasons": {"symptom": {"p_emergency": 0.2, "p_urgent": 0.5}},
    }
    found = repaired({"supply.area_types.full": 0.595}, config)
    assert sum(found.values()) == pytest.approx(1)
    assert found["supply.area_types.weekdays_goodwill"] == pytest.approx(0.205)
    assert repaired({"consequences.none.p_emergency_visit": 0.25}, config)["consequences.none.p_admission"] == 0.25
    assert repaired({"consequences.none.p_admission": 0.6}, config) == {"consequences.none.p_admission": 0.5}
    assert repaired({"reasons.symptom.p_emergency": 0.6}, config)["reasons.symptom.p_urgent"] == pytest.approx(0.4)
    assert "reasons.symptom.p_urgent" not in repaired({"reasons.symptom.p_emergency": 0.4}, config)


def test_a_number_that_a_scenario_sets_otherwise_is_its_question_and_no_unknown() -> None:
    assert [one.key for one in open_in({"goodwill.p_max": 0.9, "goodwill.asks_people": 1, "weeks": 52})] == [
        "goodwill.p_max"
    ]


def test_what_goodwill_makes_possible_follows_from_the_other_two() -> None:
    ridge = shipped_ridge()
    for one in ridge:
        if one.goodwill == one.goodwill:
            assert solved(ridge, one.anyway, one.target) == (pytest.approx(one.goodwill), True)
    assert solved(ridge, 0.0, 0.26) == (1.0, False)
    assert solved(ridge, 0.6, 0.21) == (0.0, False)
    between, _ = solved(ridge, 0.275, 0.23)
    assert between == pytest.approx((0.7087 + 0.5762) / 2, rel=0.02)


def _levels(key: str) -> str:
    found = re.match(r"(reasons\.\w+)\.p_need_level_", key)
    return f"{found[1]}.levels" if found else ""


def _rule(key: str) -> Rule:
    from sim.config.written import below

    rule = SCHEMA
    for name in key.split("."):
        rule = below(rule, name)
    return rule
