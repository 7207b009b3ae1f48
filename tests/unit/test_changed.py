"""A plan with other values is the plan that composing with them gives, on what was read before."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.config import Plan, ground, plan
from sim.config.assumptions import numbers
from sim.config.units import unit_of
from sim.config.values import set_values
from sim.errors import BadInput

SCENARIO = "regional_rota"
EVERY_SO_MANY = 9  # of the numbers that a run reads: the others take the same way
ABOUT_PLACE = {"place.home_anyway": 0.2, "place.goodwill_makes_home": 0.7}


@cache
def composed(name: str, *words: str) -> Plan:
    return plan(name, list(words))


def same(one: Plan, other: Plan) -> None:
    for field in ("settings", "resolved", "assumptions", "known", "see", "tables", "fingerprint", "scenario"):
        assert getattr(one, field) == getattr(other, field), field


def a_sample() -> list[tuple[str, float]]:
    """Some numbers that the run reads, each a little smaller, or with a share less; whole numbers stay."""
    found = composed(SCENARIO).assumptions
    alone = [a for a in found if not a[0].endswith(("need_level_1", "need_level_2", "need_level_3", "need_level_4"))]
    alone = [a for a in alone if unit_of(a[0]) not in ("share of areas",) and ".share" not in a[0]]
    return [(key, value if isinstance(value, int) else value * 0.99) for key, value, *_ in alone[::EVERY_SO_MANY]]


@pytest.mark.parametrize(("key", "value"), a_sample())
def test_a_changed_number_is_as_composed_with_it(key: str, value: float) -> None:
    same(composed(SCENARIO).changed({key: value}), composed(SCENARIO, f"{key}={value}"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weeks": 26, "seed": 7, "replications": 3}, ["weeks=26", "seed=7", "replications=3"]),
        ({"name": "mine", "question": "Why?"}, ["name=mine", "question='Why?'"]),
        ({"areas": ["QHG", "QUE"]}, ["areas=[QHG,QUE]"]),
        ({"ladder": ["community_nurses", "specialist_nurses", "goodwill", "universal"]},
         ["ladder=[community_nurses,specialist_nurses,goodwill,universal]"]),
        ({"teams.consultants": None, "teams.specialist_nurses.people": 8},
         ["teams.consultants=null", "teams.specialist_nurses.people=8"]),
        ({"teams.community_nurses.patterns.night.from": dt.date(2027, 9, 6)},
         ["teams.community_nurses.patterns.night.from=2027-09-06"]),
        ({"demand.conditions": {"neonate": {"share": 0.41}, "infant": {"share": 0.17}}},
         ["demand.conditions.neonate.share=0.41", "demand.conditions.infant.share=0.17"]),
        ({"demand.profile": {"cosine": {"amplitude": 0.5, "peak_hour": 19}}},
         ["demand.profile={cosine: {amplitude: 0.5, peak_hour: 19}}"]),
        ({"draw": False, "keep": "units"}, ["draw=false", "keep=units"]),
        ({"place.home_anyway": np.float64(0.25), "goodwill.asks_people": np.int64(3)},
         ["place.home_anyway=0.25", "goodwill.asks_people=3"]),
        (ABOUT_PLACE, [f"{key}={value}" for key, value in ABOUT_PLACE.items()]),
    ],
    ids=lambda case: "" if isinstance(case, list) else " ".join(case),
)  # fmt: skip
def test_lists_dates_tables_and_keys_of_the_study_are_as_composed(changes: dict[str, Any], words: list[str]) -> None:
    same(composed(SCENARIO).changed(changes), composed(SCENARIO, *words))


def test_a_star_stands_for_every_team_that_has_the_key() -> None:
    starred = composed(SCENARIO).changed({"teams.*.patterns.night.seats": 2})
    nights = [key for key, _ in numbers({"teams": starred.origin.composed.config["teams"]}) if "night.seats" in key]
    assert len(nights) > 1
    same(starred, composed(SCENARIO, *(f"{key}=2" for key in nights)))


def test_changes_lie_over_each_other_and_the_plan_itself_stays() -> None:
    base = composed(SCENARIO)
    before = base.resolved
    twice = base.changed({"place.home_anyway": 0.1, "goodwill.p_max": 0.6}).changed({"place.home_anyway": 0.2})
    same(twice, composed(SCENARIO, "place.home_anyway=0.2", "goodwill.p_max=0.6"))
    assert base.resolved == before
    same(base.changed({}), base)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place.home_anywy": 0.2}, "did you mean place.home_anyway"),
        ({"place.home_anyway": 1.2}, "place.home_anyway = 1.2: must be a number from 0 to 1"),
        ({"consequences.none.p_admission": 0.6}, "above p_emergency_visit 0.5"),
        ({"supply.area_types.full": 0.5}, "must add to 1"),
        ({"boundary.p_refuse_visit": 0.5}, "boundary is off, so it would change nothing"),
        ({"rest": "on"}, "a part of the shelf is chosen when a scenario is composed"),
        ({"places.*.share": 0.5}, "stands for no key of this scenario"),
        ({"place.home_anyway": object()}, "a object has no place in a configuration"),
        ({"place.home_anyway": float("nan")}, "must be a number from 0 to 1"),
    ],
    ids=lambda case: next(iter(case)) if isinstance(case, dict) else "",
)
def test_a_change_is_checked_as_composing_does(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        composed(SCENARIO).changed(change)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_numbers_are_changed_without_reading_a_table_again(monkeypatch: pytest.MonkeyPatch) -> None:
    base = composed(SCENARIO)

    def read(*_: Any) -> None:
        raise AssertionError("a table is read again")

    monkeypatch.setattr(ground, "read_areas", read)
    assert base.changed(ABOUT_PLACE).scenario.place.home_anyway == 0.2
    with pytest.raises(AssertionError, match="read again"):
        base.changed({"weeks": 26})


def test_a_table_is_laid_over_another_a_list_replaces_it_and_a_place_in_it_can_be_set() -> None:
    config = {"a": {"b": 1, "c": [1, 2]}, "d": None}
    assert set_values(config, [("a", {"b": 2})]) == {"a": {"b": 2, "c": [1, 2]}, "d": None}
    assert set_values(config, [("a.c[1]", 9), ("d.e", 3)]) == {"a": {"b": 1, "c": [1, 9]}, "d": {"e": 3}}
    assert set_values(config, [("a.c", [])]) == {"a": {"b": 1, "c": []}, "d": None}
    assert config == {"a": {"b": 1, "c": [1, 2]}, "d": None}
