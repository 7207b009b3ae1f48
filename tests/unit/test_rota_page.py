"""``docs/rota.md``: its keys are those that are declared, and each of its recipes runs and has the hours it tells."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from sim.commands.rota import laid, text
from sim.config import plan
from sim.config.keys.people import PATTERN, POOL, TEAM
from sim.config.rota_page import BEGIN, END, UNLESS, tables
from sim.domain.calendar import A_WEEK
from sim.domain.intervals import total
from sim.domain.scenario import Run, Scenario
from sim.domain.sessions import LAST_DAY, hours_of
from sim.model.simulate import simulate

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "rota.md").read_text(encoding="utf-8")
TOLD = {name: float(hours) for name, hours in re.findall(r"`docs/rota/(\w+)\.yaml`: ([\d.]+) hours of a seat", PAGE)}
PATTERN_OF = {  # the pattern that the recipe is about
    "one_in_five": "night", "shared_telephone": "telephone", "first_and_second_on_call": "second",
    "leaver_and_successor": "night", "night_car_from_january": "car", "helpline": "line", "week_about": "on_call",
    "long_day": "long_day", "weekend_split": "night", "night_to_half_past_nine": "night",
}  # fmt: skip


def test_the_keys_are_those_that_are_declared():
    """Would catch a new key of a pattern that the page does not tell, and a default told of a key that is gone."""
    assert PAGE.partition(BEGIN)[2].partition(END)[0] == tables(), "python -m sim.config.rota_page prints it anew"
    known = {key.name for part in (PATTERN, TEAM) for key in part.declared} | {f"pool.{key}" for key in POOL}
    assert set(UNLESS) <= known


def test_there_are_ten_recipes_and_each_stands_on_the_page_as_its_file():
    """Would catch a file that was changed and a page that still tells the old one."""
    assert set(TOLD) == {path.stem for path in (DOCS / "rota").glob("*.yaml")} == set(PATTERN_OF)
    assert len(TOLD) == 10
    for name in TOLD:
        assert f"```yaml\n{(DOCS / 'rota' / f'{name}.yaml').read_text(encoding='utf-8')}```" in PAGE, name


@lru_cache
def recipe(name: str) -> Scenario:
    return plan(str(DOCS / "rota" / f"{name}.yaml")).scenario


@pytest.mark.parametrize("name", PATTERN_OF)
def test_a_recipe_runs_and_its_pattern_has_the_hours_of_a_week_that_the_page_tells(name: str):
    """Would catch a span that is cut or doubled, seats nobody can fill, and a recipe that no longer runs."""
    scenario = recipe(name)
    (pattern,) = {p for team in scenario.teams for p in team.patterns if p.name == PATTERN_OF[name]}
    assert total(hours_of(A_WEEK, pattern.spans, 0, LAST_DAY)) == TOLD[name]
    made = laid(scenario, 1, {"away": "written", "weeks": "1"})
    rows = [
        row for row in range(len(made.paper))
        if scenario.teams[made.paper.team[row]].patterns[made.paper.pattern[row]].name == pattern.name
    ]  # fmt: skip
    assert rows
    assert (made.paper.person[rows] >= 0).all()
    assert pattern.name in text(made)
    ledger = simulate(replace(scenario, run=Run.of_weeks(0, 8, 0)), 1, 0)
    assert ledger.calls.rows


def seats_held(name: str, first: float, last: float) -> list[str]:
    """Who holds the pattern of a recipe, duty by duty, between two hours."""
    scenario = recipe(name)
    paper = laid(scenario, 1, {"away": "written"}).paper
    return [
        laid_name(scenario, int(paper.person[row]))
        for row in paper.start.argsort(kind="stable").tolist()
        if scenario.teams[paper.team[row]].patterns[paper.pattern[row]].name == PATTERN_OF[name]
        and first <= paper.start[row] < last
    ]


def laid_name(scenario: Scenario, row: int) -> str:
    people = list(dict.fromkeys(person for team in scenario.teams for person in team.people))
    return people[row].called


WEEK = 168.0
LATER = 24 * WEEK + 17  # a Monday evening, with no bank holiday in the weeks after it


def test_each_of_five_has_a_day_of_their_own():
    """Would catch a rotation that moves where nobody is away."""
    first, second = (seats_held("one_in_five", start, start + WEEK) for start in (LATER, LATER + WEEK))
    assert len(set(first)) == 5
    assert first == second


def test_a_week_about_is_one_person_a_week():
    weeks = [set(seats_held("week_about", LATER + n * WEEK, LATER + (n + 1) * WEEK)) for n in range(4)]
    assert [len(names) for names in weeks] == [1, 1, 1, 1]
    assert len(set.union(*weeks)) == 4


def test_a_weekend_is_one_persons_and_the_nights_before_it_are_four_others():
    week = seats_held("weekend_split", LATER, LATER + WEEK)
    assert len(week) == 5  # four nights, and Friday to Monday as one duty
    assert len(set(week)) == 4
