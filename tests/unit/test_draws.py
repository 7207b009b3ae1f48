"""Draws of what nobody knows: laws, ties, parts of a whole, and that the schema takes every one of them."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.config import Plan, plan
from sim.config.register import ANYWAY, GOODWILL, TARGET, Number, parts_of, register, unknowns
from sim.config.ridge import shipped_ridge, solved
from sim.experiment.draws import Draws, at_draw, draw, drawn, moved_by, quantile

PARTS = (np.arange(4000) + 0.5) / 4000


@cache
def some() -> Draws:
    return draw(64, 1)


@cache
def base(name: str, *words: str) -> Plan:
    return plan(name, ["areas=[QHG]", "weeks=4", *words])


def number(law: str, low: float, default: float, high: float, read_as: str = "limits") -> Number:
    return Number("a.key", "unknown", law, low, high, read_as, default, "", 0.0, "", "", "")


@pytest.mark.parametrize(
    ("law", "mean", "low", "high"),
    [
        (number("uniform", 0, 0.35, 0.6), 0.3, 0.0, 0.6),
        (number("triangular", 0, 1, 4), 5 / 3, 0.0, 4.0),
        (number("pert", 0, 1, 4), (0 + 4 * 1 + 4) / 6, 0.0, 4.0),
        (number("whole", 1, 2, 6), 2.5, 1.0, 6.0),
    ],
    ids=lambda one: one.law if isinstance(one, Number) else "",
)
def test_limits_are_kept_and_the_mean_is_the_laws(law: Number, mean: float, low: float, high: float) -> None:
    found = quantile(law, PARTS)
    assert found.mean() == pytest.approx(mean, abs=0.01)
    assert low <= found.min() < low + 0.05
    assert high - 0.3 < found.max() <= high


@pytest.mark.parametrize("law", ["beta", "lognormal", "gamma"])
@pytest.mark.parametrize(("read_as", "tail"), [("95 %", 0.025), ("quartiles", 0.25)])
def test_a_range_is_the_middle_that_it_is_read_as(law: str, read_as: str, tail: float) -> None:
    one = number(law, 0.4, 0.5 if law != "lognormal" else np.sqrt(0.4 * 0.6), 0.6, read_as)
    low, high = quantile(one, np.array([tail, 1 - tail]))
    assert (low, high) == (pytest.approx(0.4, abs=0.02), pytest.approx(0.6, abs=0.02))


def test_every_unknown_is_drawn_once_in_each_part_of_its_law() -> None:
    for parts in some().parts.values():
        assert sorted(np.floor(parts * 64)) == [*range(64)]


def test_a_draw_is_keyed_by_the_name_of_the_unknown_and_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches one stream for all: a row more in the register would change every draw behind it."""
    first, *others = unknowns()
    monkeypatch.setattr("sim.experiment.draws.unknowns", lambda: tuple(others))
    fewer = draw(64, 1)
    assert first.key not in fewer.parts
    for key, parts in fewer.parts.items():
        assert (parts == some().parts[key]).all()
    assert (draw(64, 2).parts[others[0].key] != some().parts[others[0].key]).any()


def test_tied_numbers_lie_at_the_same_place_of_their_laws_or_at_the_other_end() -> None:
    values = some().values
    consultant, nurse = (values[f"answering.advice.{role}.mean_minutes"] for role in ("consultant", "specialist_nurse"))
    assert (consultant == nurse).all()
    fixed, per_km = values["travel.busy.fixed_minutes"], values["travel.busy.per_km_minutes"]
    assert (np.argsort(fixed) == np.argsort(per_km)[::-1]).all()


def test_the_parts_of_a_whole_add_to_one_and_have_their_defaults_as_means() -> None:
    many = draw(2000, 3).values
    for group in ("demand.conditions", "supply.area_types", "reasons.weights"):
        found = {key: many[key] for key in parts_of(group)}
        assert np.sum([*found.values()], axis=0) == pytest.approx(1)
        for key, values in found.items():
            assert values.mean() == pytest.approx(register()[key].default, abs=0.006), key


def test_g_follows_and_corners_without_a_solution_are_counted() -> None:
    found = draw(400, 1)
    assert 0 < found.unsolved.mean() < 0.5
    assert set(found.goodwill[found.unsolved]) <= {0.0, 1.0}
    assert f"{found.unsolved.sum()} of 400 draws have no g" in found.line()
    assert 0.1 < found.largest_correlation < 0.3 < some().largest_correlation < 0.6
    here, there = (drawn(base(name), some(), 5) for name in ("current_patchwork", "goodwill_withdrawn"))
    assert here.scenario.place.goodwill_makes_home == some().goodwill[5]
    assert there.scenario.place.goodwill_makes_home == 0
    assert here.scenario.place.home_anyway == there.scenario.place.home_anyway == some().values["place.home_anyway"][5]


@pytest.mark.parametrize("leaders", [{ANYWAY}, {TARGET}, {ANYWAY, TARGET}, {"goodwill.p_max"}], ids=sorted)
def test_g_follows_whichever_of_a_and_the_target_is_drawn(leaders: set[str]) -> None:
    """Catches a sample of a that keeps the g of another a, and one of neither that moves g."""
    said = {key: some().values[key][5] if key in leaders else register()[key].default for key in (ANYWAY, TARGET)}
    today = base("current_patchwork")
    place = today.changed(at_draw(today, some(), 5, leaders)).scenario.place
    follows = solved(shipped_ridge(), *map(float, said.values()))[0]
    assert place.home_anyway == said[ANYWAY]
    assert place.goodwill_makes_home == (follows if leaders & {*said} else register()[GOODWILL].default)


def test_what_the_planner_set_is_not_drawn() -> None:
    own = base("current_patchwork", "goodwill.p_max=0.6", "place.home_anyway=0.2")
    for one in range(3):
        made = drawn(own, some(), one).scenario
        assert (made.goodwill.p_max, made.place.home_anyway, made.place.goodwill_makes_home) == (0.6, 0.2, 0.58)
    assert "goodwill.p_max" not in moved_by(own)
    assert {"goodwill.p_max", "calibration.died_outside_hospital_share"} <= moved_by(base("current_patchwork"))
    assert "calibration.died_outside_hospital_share" not in moved_by(base("goodwill_withdrawn"))


@pytest.mark.parametrize("name", ["current_patchwork", "regional_rota", "goodwill_runs_out"])
def test_every_draw_is_a_scenario(name: str) -> None:
    """Catches a draw that the schema refuses: shares that do not add up, admissions above emergency visits."""
    made = [drawn(base(name), some(), one) for one in range(0, 64, 4)]
    assert len({plan.fingerprint for plan in made}) == len(made)
    assert made[0].scenario.name == f"{base(name).scenario.name}_draw_0001"
