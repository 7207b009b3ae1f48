"""A new word for a policy is one line in one table: checking, running and measures follow, and nobody is asked."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import sim
from sim.domain import policies
from sim.domain.calendar import ALL_DAYS, Span
from sim.domain.scenario import RotaRules, Step
from sim.measures.work import work_per_person
from tests.story import became, play, written
from tests.tiny import UNIVERSAL_STEP, call, pattern, team, tiny

ROOT = Path(sim.__file__).parent
TABLES = {
    "REST": policies.REST,
    "SECOND_PERSON": policies.SECOND_PERSON,
    "WHILE_VISITING": policies.WHILE_VISITING,
    "END_OF_DUTY": policies.END_OF_DUTY,
    "NURSE_WHILE_WAITING": policies.NURSE_WHILE_WAITING,
    "AFTER_ANY": policies.AFTER_ANY,
    "OFFER_SHAPE": policies.OFFER_SHAPE,
    "DEAL": policies.DEAL,
    "DEPEND_ON": policies.DEPEND_ON,
}
DAY = pattern("day", (Span(ALL_DAYS, 9.0, 17.0),), seats=None, rotation="everyone")
ON_CALL = pattern("on_call", (Span(ALL_DAYS, 0.0, 9.0), Span(ALL_DAYS, 17.0, 24.0)), at="on_call")
WARD = tiny(teams=(team(patterns=(DAY, ON_CALL)),), ladder=(Step("team", "nurses", float("inf")), UNIVERSAL_STEP))


def half(missed: float) -> float:
    """Half of the rest that was missed is given back."""
    return missed / 2


@pytest.fixture
def halved(monkeypatch):
    monkeypatch.setitem(policies.REST, "half", half)
    return replace(WARD, rota=RotaRules(17.0, 9.0, 0.5, rest="half"))


def test_a_new_rest_rule_runs(halved):
    """An hour of rest is missed by 03:00-05:00 (hour 27); the work of 09:00 (hour 33) begins half an hour late."""
    calls = [call(27.0, talk=2.0), call(33.4, family=1), call(33.6, family=2)]
    assert became(play(halved, calls))[1:] == [("unmet", "resting"), ("met", "")]


@pytest.mark.parametrize(("rest", "lost"), [("ignored", 0.0), ("bank", 0.0), ("half", 0.5), ("delay", 1.0)])
def test_a_new_rest_rule_is_measured(halved, rest, lost):
    """Catches a measure that knows the rules by their words: the hours of the new one were silently none."""
    ledger = written(halved, [call(27.0)], tasks=[(0, 0, "phone", 27.0, 29.0, 1)])
    scenario = replace(halved, rota=replace(halved.rota, rest=rest))
    assert work_per_person(ledger, scenario)["planned_hours_displaced_per_week"].tolist() == [lost]


@pytest.mark.parametrize("key", ["rota.rest=half", "rota.rest=halve"])
def test_a_new_rest_rule_is_allowed_in_a_configuration_and_its_neighbour_is_not(key):
    """In a process of its own, where the word is in the table before the configuration is read."""
    told = f"""
from sim.domain.policies import REST
REST["half"] = lambda missed: missed / 2
from sim.config import plan
from sim.errors import BadInput
try:
    print(plan("one_area", ["{key}"]).scenario.rota.rest)
except BadInput as wrong:
    print(wrong)
"""
    said = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    right = "half\n", f"must be one of {', '.join([*policies.REST, 'half'])}; did you mean half?"
    assert said == right[0] if key.endswith("half") else right[1] in said


def test_nobody_knows_a_policy_by_its_word():
    """A word stands in its table and, as what happens unless somebody says otherwise, in the scenario; nowhere else."""
    words = {word for table in ("REST", "SECOND_PERSON", "WHILE_VISITING", "END_OF_DUTY") for word in TABLES[table]}
    words -= {"answer", "finish"}  # which are words of other things as well
    found = {
        (path.relative_to(ROOT).as_posix(), node.value)
        for path in ROOT.rglob("*.py")
        if path.name != "policies.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in words
    }
    assert {place for place, _ in found} <= {"domain/scenario.py"}, found


@pytest.mark.parametrize("table", TABLES)
def test_every_word_is_documented_in_two_places_and_so_touches_three_files(table):
    """Its table, the comment beside the key in the shelf of parts, and the model description."""
    shelf = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT.parent / "configs").rglob("*.yaml"))
    model = (ROOT.parent / "docs" / "model.md").read_text(encoding="utf-8")
    assert [word for word in TABLES[table] if word not in shelf or word not in model] == []
