"""The benchmark of the price of a call: what it measures is the workload, and engines that disagree are not timed."""

import importlib
from collections import Counter
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(HOME / "benchmarks"))
    return importlib.import_module("oncall_bench")


def test_what_chance_explains_is_agreement_and_what_it_does_not_is_told(bench):
    as_published = [bench.PUBLISHED] * 5
    assert bench.too_far(as_published, bench.PUBLISHED, 10) == []
    near = [{**bench.PUBLISHED, "wait, min": 8.51 - 0.3}] * 5
    assert bench.too_far(near, bench.PUBLISHED, 10) == []
    people = [{**bench.PUBLISHED, "wait, min": 8.11}] * 10
    assert bench.too_far(people, bench.PUBLISHED, 10) == ["wait, min 8.11, not 8.51 (standard error 0.09)"]


def test_engines_that_disagree_are_not_timed(bench, monkeypatch, capsys):
    twice_as_many = {**bench.PUBLISHED, "calls": 2 * bench.PUBLISHED["calls"]}
    monkeypatch.setattr(bench, "at", lambda names, *_: [[twice_as_many] * 5 for _ in names])
    with pytest.raises(SystemExit, match=r"nothing is timed.*\nplain SimPy: calls 94080"):
        bench.agree([bench.NOW, bench.NAMES, bench.HEADS], 5)
    assert bench.HEADS in capsys.readouterr().out


def test_the_scenario_is_the_workload(bench):
    planned = bench.scenario(43)
    people = Counter((team.plan, len(team.people)) for team in planned.teams)
    assert people == {("nurses", 3): 43, ("consultants", 2): 2}  # consultants serve 42 areas, or the rest of them
    assert planned.travel.busy.fixed == planned.travel.quiet.fixed == pytest.approx(40 / 60)
    assert planned.run.hours == bench.YEAR


def test_a_year_of_plain_simpy_has_the_calls_of_a_year(bench):
    for engine in (bench.HEADS, bench.NAMES):
        year, became, number_of = bench.engine(engine, 1)
        found = bench.figures(became(run := year(1)), 1)
        assert number_of(run) == found["calls"] == pytest.approx(1120, abs=4 * 1120**0.5)
        assert 0 < found["given up, %"] < 10


@pytest.mark.parametrize(
    ("word", "taken"),
    [
        ("whoever is there round the clock", 0),
        ("whoever has been idle longest", 1),
        ("whoever is there round the clock last", 1),
        ("whoever has worked least", 2),
    ],
)
def test_who_is_asked_first_of_those_who_are_free(bench, word, taken):
    """At noon on Monday: the second nurse has been idle since 9, the third worked fewer hours, until 11."""
    env = bench.plain_simpy.simpy.Environment(12.0)
    team = bench.plain_simpy.Team(env, (1, 3), bench.plain_simpy.ASKED_FIRST[word])
    team.by_day = True
    for person, freed, hours in zip(team.people, (10.0, 9.0, 11.0), (3.0, 2.0, 1.0), strict=True):
        person.freed = freed
        person.worked.append((freed, hours))
    assert team.somebody(12.0).value is team.people[taken]
