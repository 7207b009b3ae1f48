"""A tornado: every unknown at both ends, on a difference, the largest on more replications."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from sim import cli
from sim.config import Plan, plan
from sim.config.register import TARGET, register
from sim.experiment import study as studies
from sim.experiment import tornado
from sim.experiment.tornado import Tornado, at_end
from sim.experiment.units import Unit
from sim.measures.rows import Row
from sim.report.exhibits.tornado import _title

MEASURE = "unmet_demand_share"


@cache
def small(name: str) -> Plan:
    return plan(name, ["areas=[QHG]", "weeks=2", "replications=4"])


def test_an_end_takes_along_what_is_tied_to_it_and_what_follows() -> None:
    today = small("current_patchwork")
    talk = at_end(today, "reasons.symptom.talk_minutes", "high")
    assert talk == {key: one.high for key, one in register().items() if key.endswith(".talk_minutes")}
    assert len(talk) == 7
    roads = at_end(today, "travel.busy.fixed_minutes", "high")
    assert roads["travel.quiet.fixed_minutes"] == 9.7
    assert roads["travel.busy.per_km_minutes"] == register()["travel.busy.per_km_minutes"].low
    assert at_end(today, TARGET, "low").keys() == {"place.goodwill_makes_home"}
    assert at_end(today, TARGET, "low")["place.goodwill_makes_home"] == pytest.approx(0.3052)
    assert sum(at_end(today, "supply.area_types.full", "low").values()) == pytest.approx(1)
    assert at_end(small("goodwill_withdrawn"), TARGET, "low") == {}


def made_up(monkeypatch: pytest.MonkeyPatch, effects: dict[str, float]) -> tuple[Tornado, list[int]]:
    """A tornado of two scenarios, whose second is 0.5 lower, and moves with some numbers; and how often it ran."""
    asked: list[int] = []

    def run(study: studies.Study, shelf: object, wanted: list[Unit], progress: object) -> list[tuple[Unit, list[Row]]]:
        asked.append(len(wanted))
        return [(unit, [Row(MEASURE, "england", "England", value(study, unit), 1.0, 0.0)]) for unit in wanted]

    def value(study: studies.Study, unit: Unit) -> float:
        scenario = study.plans[unit.scenario]
        base = 0.9 if scenario.scenario.name.startswith("current") else 0.4
        moved = {row[0]: row[1] for row in scenario.assumptions}
        shift = sum(size * (moved[key] - register()[key].default) for key, size in effects.items())
        return base + 0.01 * unit.replication + (shift if base == 0.4 else 0.0)

    monkeypatch.setattr(tornado, "conduct_units", run)
    pair = studies.design("tornado", [small("current_patchwork"), small("icb_rota")])
    return Tornado(pair, MEASURE), asked


def test_the_largest_swing_comes_first_and_is_of_the_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = made_up(monkeypatch, {"goodwill.p_max": 0.1, "place.home_share_of_preference": 1.0})
    base, bars = found.base(None), found.bars(None)
    assert base == pytest.approx(-0.5)
    assert [bar.key for bar in bars[:2]] == ["place.home_share_of_preference", "goodwill.p_max"]
    first = register()["place.home_share_of_preference"]
    assert bars[0].low.change == pytest.approx(first.low - first.default)
    assert bars[0].high.change == pytest.approx(first.high - first.default)
    assert (bars[0].low.low, bars[0].low.high) == (pytest.approx(bars[0].low.change),) * 2  # chance is the same
    assert bars[2].swing == pytest.approx(0)


def test_only_the_largest_are_simulated_on_all_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    found, asked = made_up(monkeypatch, {"goodwill.p_max": 0.1})
    found.base(None)
    bars = found.bars(None)
    assert {bar.replications for bar in bars[: tornado.AGAIN]} == {4}
    assert {bar.replications for bar in bars[tornado.AGAIN :]} == {tornado.FIRST}
    assert asked[0] == 4 * 2
    assert asked[2] <= tornado.AGAIN * 2 * 2 * 2  # two more replications, of both ends and scenarios


def test_the_command_writes_a_table_and_a_chart_and_the_same_on_two_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = ["goodwill.p_max", "place.home_anyway", "reasons.symptom.p_visit"]
    monkeypatch.setattr(tornado, "unknowns", lambda: [register()[key] for key in few])
    words = ["tornado", "scenarios=[current_patchwork,icb_rota]", f"measure={MEASURE}", "areas=[QHG,QE1]", "weeks=4"]
    words += ["warmup_weeks=13", "replications=2"]
    for name, workers in (("one", 1), ("two", 2)):
        assert cli.main([*words, f"out={tmp_path / name}", f"workers={workers}"]) == 0
    said = capsys.readouterr().out
    assert "icb_rota minus current_patchwork" in said
    rows = pd.read_csv(tmp_path / "one" / "tornado.csv")
    assert set(rows["key"]) == set(few)
    assert list(rows["place"]) == [1, 2, 3]
    for name in ("tornado.csv", "tornado.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scenarios=[current_patchwork,icb_rota]", "measure=unmet_demand"], "no such measure; did you mean"),
        (["scenarios=[current_patchwork,icb_rota,regional_rota]"], "`tornado` is of one difference"),
        (["scenarios=[current_patchwork]", "replications=1"], "an interval needs 2 or more"),
    ],
)
def test_what_a_tornado_cannot_be_of(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["tornado", *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("intervals", "title"),
    [
        ([(-3.0, 1.0), (-1.2, -0.8)], "None of these moves it beyond chance"),
        ([(-3.0, 1.0), (-0.9, -0.8)], "Goodwill: p max moves it most, of what is beyond chance"),
        ([(-3.0, -1.1), (-0.9, -0.8)], "Roles: consultant: wte moves it most, of what is beyond chance"),
    ],
)
def test_the_title_names_the_largest_swing_that_is_beyond_chance(
    intervals: list[tuple[float, float]], title: str
) -> None:
    """Catches the largest bar named although its whiskers reach the shipped numbers."""
    rows = [
        {"key": key, "base": -1.0, "at_low_ci_low": low, "at_low_ci_high": high, "at_high_ci_low": -1.0,
         "at_high_ci_high": -1.0}
        for key, (low, high) in zip(("roles.consultant.wte", "goodwill.p_max"), intervals, strict=True)
    ]  # fmt: skip
    assert _title(pd.DataFrame(rows)) == title
