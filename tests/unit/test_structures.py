"""Rules that could be others: the register of them, what each changes, and the headlines under each, by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim import config, uncertainty
from sim.config.register import ANYWAY, GOODWILL
from sim.config.structure import (
    FIGURES,
    alternatives,
    at_alternative,
    is_shipped,
    not_solved,
    of_calls_made,
    under_structures,
)
from sim.errors import BadInput
from sim.experiment.draws import at_draw, draw
from sim.experiment.goodwill_range import withdrawn
from sim.experiment.observations import Observations
from sim.experiment.structures import SHIPPED, beside, judged, table, under, with_structure
from sim.experiment.study import Study
from sim.experiment.tornado import Tornado
from sim.experiment.uncertain import told
from sim.measures.catalogue import EVERYTHING

SMALL = ["areas=[QHG]", "weeks=4", "replications=2"]
UNMET, OF_CALLS = "unmet_demand_share", "unmet_demand_share_of_calls_made"
RULES = [one for one in alternatives().values() if one.key]


@pytest.fixture(scope="module")
def plans() -> tuple[config.Plan, ...]:
    return tuple(config.plan(name, SMALL) for name in ("current_patchwork", "icb_rota"))


@pytest.fixture(scope="module")
def study(plans: tuple[config.Plan, ...]) -> Study:
    return Study("compare", plans, (("structure", "offer_threshold calls_made_alone"),))


def composed(plan: config.Plan) -> dict[str, Any]:
    assert plan.origin is not None
    return plan.origin.composed.config


def numbers(plan: config.Plan) -> dict[str, float]:
    return {key: value for key, value, *_ in plan.assumptions}


def seen(scenarios: dict[str, list[int]], *measures: str) -> Observations:
    """Twelve replications of a thousand, all alike: tenths by scenario, of each measure."""
    top = 100.0 * np.repeat(np.array([*scenarios.values()])[:, :, None], 12, axis=2)
    keys = tuple((measure, "england", "England") for measure in measures)
    return Observations(tuple(scenarios), keys, top, np.full_like(top, 1000.0), top)


@pytest.fixture(scope="module")
def found(study: Study) -> pd.DataFrame:
    """As shipped 5 and 1 tenths are unmet; under the threshold 2 and 6; of the calls made 4 and 4."""
    own = seen({"current_patchwork": [5, 4], "icb_rota": [1, 4]}, UNMET, OF_CALLS)
    other = seen({"current_patchwork_offer_threshold": [2, 4], "icb_rota_offer_threshold": [6, 4]}, UNMET, OF_CALLS)
    return table(study, own, other)


# -- the register -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.name)
def test_every_alternative_is_a_word_that_the_configuration_ships_otherwise(one, plans):
    plan = plans[0]
    assert is_shipped(composed(plan))
    made = under(plan, one)
    assert made.scenario.name == f"current_patchwork_{one.name}"
    assert not is_shipped(composed(made))
    assert made.fingerprint != plan.fingerprint


def test_what_is_counted_otherwise_is_a_measure_that_is_there():
    assert of_calls_made("unmet_demand_share_night") == "unmet_demand_share_of_calls_made_night"
    assert {one.figures for one in alternatives().values()} == set(FIGURES)
    assert UNMET in [measure for measure in told() if of_calls_made(measure) in EVERYTHING]


def test_g_follows_the_rule_that_it_is_solved_for(plans):
    """Catches a shape of the offer that is taken with the g of another: then today is no longer today."""
    one = alternatives()["offer_threshold"]
    assert one.goodwill is not None
    assert at_alternative(one, composed(plans[0]), numbers(plans[0])) == {one.key: one.value, GOODWILL: one.goodwill[0]}
    assert under(plans[0], one).scenario.place.goodwill_makes_home == one.goodwill[0]


@pytest.mark.parametrize("changes", [{GOODWILL: 0.0}, {ANYWAY: 0.2}, {"supply.deal": "rural_last"}])
def test_g_stays_where_a_scenario_says_its_own_or_has_another_rule_already(plans, changes):
    one = alternatives()["offer_concave"]
    other = plans[0].changed(changes)
    assert at_alternative(one, composed(other), numbers(other)) == {one.key: one.value}


def test_a_scenario_that_has_the_rule_already_stays_as_it_is(plans):
    one = alternatives()["offer_threshold"]
    has = plans[0].changed({one.key: one.value})
    assert at_alternative(one, composed(has), numbers(has)) == {}


def test_a_shipped_g_beside_another_rule_is_told_with_what_to_do(plans):
    one = alternatives()["offer_threshold"]
    assert one.goodwill is not None
    has = plans[0].changed({one.key: one.value})
    said = not_solved(composed(has), numbers(has))
    assert said.startswith("place.offer_shape = threshold: place.goodwill_makes_home = ")
    assert said.endswith(f"write place.goodwill_makes_home={one.goodwill[0]:g}")
    both = has.changed({"supply.deal": "rural_last"})
    assert "oncall-sim solve" in not_solved(composed(both), numbers(both))
    own = has.changed({GOODWILL: one.goodwill[0]})
    assert not_solved(composed(own), numbers(own)) == not_solved(composed(plans[0]), numbers(plans[0])) == ""


def test_nothing_is_drawn_by_the_ridge_of_other_rules(plans):
    """Catches draws in which g follows from a and the target as it would under the shipped shape."""
    has = plans[0].changed({"place.offer_shape": "threshold"})
    draws = draw(10, 1)
    with pytest.raises(BadInput, match=r"current_patchwork: place.offer_shape = threshold: .* write place.goodwill"):
        at_draw(has, draws, 0)
    with pytest.raises(BadInput, match="offer_shape = threshold"):
        Tornado(Study("tornado", (has,)), UNMET)
    assert GOODWILL not in at_draw(has.changed({GOODWILL: 0.63}), draws, 0)
    assert GOODWILL in at_draw(plans[0], draws, 0)


def test_the_ridge_of_the_shipped_rules_says_nothing_of_others(plans):
    """Catches both ends of who goes home anyway run with a g that was solved for another shape."""
    without = plans[0].changed({GOODWILL: 0.0})
    named = replace(without, scenario=replace(without.scenario, name="without"))
    assert withdrawn(Study("compare", (plans[0], named))) == ("without",)
    has = plans[0].changed({"place.offer_shape": "concave"})
    assert withdrawn(Study("compare", (has, named))) == ()


def test_all_or_some_in_the_order_of_the_register():
    assert under_structures(()) == {}
    assert under_structures(["all"]) == {"structure": " ".join(alternatives())}
    assert under_structures(["calls_made_alone", "offer_threshold"]) == {
        "structure": "offer_threshold calls_made_alone"
    }
    with pytest.raises(BadInput, match="structure = offer_treshold: no such alternative; did you mean offer_threshold"):
        under_structures(["offer_treshold"])


# -- the words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "rows", "unread"),
    [("helper", "kopn", ""), ("help_given", "kkpn", "met_by_others"), ("help_in_full", "konn", "partly_met")],
)
def test_which_chances_follow_a_call(plans, word, rows, unread):
    """known 0.08, others 0.14, partly 0.25, none 0.5; those that follow no call are not among the numbers behind."""
    plan = plans[0].changed({"consequences.depend_on": word})
    written = {"k": (0.08, 0.056), "o": (0.14, 0.1), "p": (0.25, 0.18), "n": (0.5, 0.3)}
    follows = plan.scenario.follows
    assert (follows.known, follows.others, follows.partly, follows.none) == tuple(written[row] for row in rows)
    gone = set(numbers(plans[0])) - set(numbers(plan))
    assert gone == (
        {f"consequences.{unread}.p_{name}" for name in ("emergency_visit", "admission")} if unread else set()
    )


# -- the table --------------------------------------------------------------------------------------------------------


def test_every_run_is_of_one_rule_and_calls_made_take_none(study):
    of = beside(study)
    assert of is not None
    assert [one.name for one in of.scenarios] == ["current_patchwork_offer_threshold", "icb_rota_offer_threshold"]
    assert beside(replace(study, own=(("structure", "calls_made_alone"),))) is None
    assert beside(replace(study, own=())) is None


def means(found: pd.DataFrame, of: str) -> dict[tuple[str, str], float]:
    rows = found[(found["measure"] == UNMET) & (found["of"] == of)]
    return {(row.alternative, row.scenario): round(row.mean, 9) for row in rows.itertuples()}


def test_the_table_by_hand(found):
    assert means(found, "figure") == {
        (SHIPPED, "current_patchwork"): 0.5, (SHIPPED, "icb_rota"): 0.1,
        ("offer_threshold", "current_patchwork"): 0.2, ("offer_threshold", "icb_rota"): 0.6,
        ("calls_made_alone", "current_patchwork"): 0.4, ("calls_made_alone", "icb_rota"): 0.4,
    }  # fmt: skip
    assert means(found, "difference") == {(SHIPPED, "icb_rota"): -0.4, ("offer_threshold", "icb_rota"): 0.4}
    rows = found[found["measure"] == UNMET].set_index(["alternative", "of", "scenario"])
    assert rows["sign"]["offer_threshold", "difference", "icb_rota"] == "turned"
    assert set(rows["sign"]) == {"", "turned"}
    assert set(rows["baseline"].xs("difference", level="of")) == {"current_patchwork"}
    g = rows["goodwill_makes_home"].xs("figure", level="of")
    assert g["offer_threshold", "icb_rota"] == alternatives()["offer_threshold"].goodwill[0]
    assert g[SHIPPED, "icb_rota"] == g["calls_made_alone", "icb_rota"]


def test_shares_of_calls_that_a_scenario_decides_are_told_and_never_compared(found):
    """Catches a difference over calls made, of which a scenario with more children at home has more and others."""
    of_calls = found[found["alternative"] == "calls_made_alone"]
    assert set(zip(of_calls["measure"], of_calls["of"], strict=True)) == {(UNMET, "figure")}
    assert set(found[found["measure"] == OF_CALLS]["of"]) == {"figure"}


@pytest.mark.parametrize(
    ("under_it", "sign"), [([2, 6], "turned"), ([6, 2], "same"), ([3, 3], "open"), ([5, 5], "open")]
)
def test_the_sign_that_a_difference_has_as_shipped(study, under_it, sign):
    names = [plan.scenario.name for plan in study.plans]
    own = seen({name: [tenths] for name, tenths in zip(names, (5, 1), strict=True)}, UNMET)
    others = {f"{name}_offer_threshold": [tenths] for name, tenths in zip(names, under_it, strict=True)}
    rows = table(replace(study, own=(("structure", "offer_threshold"),)), own, seen(others, UNMET))
    assert list(rows[rows["of"] == "difference"]["sign"]) == ["", sign]


def test_a_difference_that_is_not_decided_as_shipped_has_no_sign_to_keep(study):
    """Catches ``turned`` said of a difference of nothing."""
    names = [plan.scenario.name for plan in study.plans]
    own = seen({name: [3] for name in names}, UNMET)
    others = seen({f"{names[0]}_offer_threshold": [2], f"{names[1]}_offer_threshold": [6]}, UNMET)
    rows = table(replace(study, own=(("structure", "offer_threshold"),)), own, others)
    assert (rows["sign"] == "").all()


def test_every_two_scenarios_are_compared(plans):
    """Catches the pair that a decision is about left out because neither is the baseline."""
    third = replace(plans[1], scenario=replace(plans[1].scenario, name="third"))
    study = Study("compare", (*plans, third), (("structure", "calls_made_alone"),))
    rows = table(study, seen({"current_patchwork": [5, 4], "icb_rota": [2, 4], "third": [1, 4]}, UNMET, OF_CALLS), None)
    rows = rows[(rows["of"] == "difference") & (rows["measure"] == UNMET)]
    found = {(row.baseline, row.scenario): round(row.mean, 9) for row in rows.itertuples()}
    of_today = {("current_patchwork", "icb_rota"): -0.3, ("current_patchwork", "third"): -0.4}
    assert found == of_today | {("icb_rota", "third"): -0.1}


def test_a_verdict_that_turns_hangs_on_the_structure(found):
    place = {"group": "england", "level": "England", "baseline": "current_patchwork", "scenario": "icb_rota"}
    comparison = pd.DataFrame([{**place, "measure": one, "verdict": "better"} for one in (UNMET, OF_CALLS)])
    assert list(judged(comparison, found)["verdict"]) == ["better_if", "better"]
    assert [*with_structure({"comparison": comparison}, found)] == ["comparison", "structure"]


def test_the_range_over_structures_and_where_the_sign_goes(found):
    under_all = uncertainty.structural(found, uncertainty.DIFFERENCE, "current_patchwork", "icb_rota", UNMET)
    assert under_all is not None
    assert (under_all.low, under_all.high) == (pytest.approx(-0.4), pytest.approx(0.4))
    assert (under_all.lowest, under_all.highest) == (SHIPPED, "offer_threshold")
    assert uncertainty.keeps(under_all) == "the other way under offer_threshold"
    assert uncertainty.keeps(under_all._replace(undecided=("b", "c"))).endswith("; not decided under b, c")
    whole = under_all._replace(turned=(), undecided=())
    assert uncertainty.keeps(whole) == "the same way under 1 other structure"
    assert uncertainty.keeps(whole._replace(many=5)) == "the same way under all 5 other structures"
    assert uncertainty.keeps(whole._replace(signed=False)) == uncertainty.keeps(None) == ""


def test_the_screen_tells_the_range_with_the_rules_at_its_ends(found):
    said = [*uncertainty.lines(None, None, found)]
    assert said[0] == "with 2 other structures:"
    assert "  current_patchwork, unmet demand: 50 % (chance 50 to 50; structure 20 under offer_threshold to 50)" in said
    assert [line for line in said if line.endswith("-- the other way under offer_threshold")]
    assert [*uncertainty.lines(None, None)] == []
