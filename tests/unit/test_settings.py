"""What is declared of a key holds everywhere: on the page, in the schema for editors, in files and in the model."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import json
import os
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft7Validator

import sim.domain
from sim import cli, config
from sim.config import compose, layers
from sim.config.check import check_known
from sim.config.document import parse, read_document
from sim.config.gone import GONE
from sim.config.json_schema import schema_of_scenarios
from sim.config.key import Key, Part
from sim.config.keys import PARTS
from sim.config.layers import read_layer
from sim.config.overlays import OVERLAYS
from sim.config.rules import Each, Rule
from sim.config.settings_page import page
from sim.config.shelf import cases, configs_dir, scenario_files
from sim.config.units import converted, internal
from sim.config.words import BadKey
from sim.config.written import Plain, core
from sim.domain.scenario import Scenario
from sim.errors import BadInput

SIM = Path(sim.domain.__file__).parents[1]
EXAMPLES = [*scenario_files().values(), *cases([]), Path(__file__).parents[1] / "baseline" / "every_overlay.yaml"]
PART_FILES = sorted(configs_dir().glob("*/*.yaml"))


def declared(part: Part = PARTS, above: str = "") -> Iterator[tuple[str, Key]]:
    for key in part.declared:
        yield f"{above}{key.name}", key
        rule = key.rule.entry if isinstance(key.rule, Each) else key.rule
        if isinstance(rule, Part):
            yield from declared(rule, f"{above}{key.name}.")


KEYS = dict(declared())


# units


@pytest.mark.parametrize(
    ("key", "field", "unit", "arrives"),
    [
        ("reach_minutes", "reach", "minutes", 0.5),
        ("minutes_without_record", "without_record", "minutes", 0.5),
        ("known_phase_longer_days", "longer", "days", 720),
        ("episode_cap_days", "episode_cap_hours", "days", 720),
        ("from_week", "begins", "week", 5040),
        ("ramp_weeks", "ramp", "weeks", 5040),
        ("unmet_share_percentage_points", "unmet_share", "percentage_points", 0.3),
        ("standing_cost_percent", "standing_cost", "percent", 0.3),
        ("weekly_cap_hours", "weekly_cap", "", 30),
        ("reference_period_weeks", "reference_weeks", "", 30),
        ("sick_spell_days", "sick_spell_days", "", 30),
        ("leave_weeks_per_year", "leave_weeks", "", 30),
        ("recovery_share_per_day", "recovery_per_day", "", 30),
        ("hours_on_call_per_person_week", "hours_on_call", "", 30),
        ("weight_weekend_day_multiple", "weight_weekend_day", "", 30),
    ],
)
def test_the_unit_in_a_key_says_how_its_numbers_are_converted(key: str, field: str, unit: str, arrives: float) -> None:
    """Catches a length of time that arrives in minutes, and a rate or a count of days that is taken for a length."""
    assert converted(key, field) == unit
    assert internal(30, unit) == pytest.approx(arrives)


# every key does something


class Read(NamedTuple):
    """Names of what a part of the program reads: attributes, texts, and texts in which something is filled in."""

    attributes: set[str]
    texts: set[str]
    patterns: list[re.Pattern[str]]

    def names(self, word: str) -> bool:
        return word in self.texts or any(pattern.fullmatch(word) for pattern in self.patterns)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def read_in(outside: tuple[str, ...]) -> Read:
    """What is read in the program outside one of its folders, and outside the list of keys that are gone."""
    found, filled = Read(set(), set(), []), set()
    for path in SIM.rglob("*.py"):
        if path.is_relative_to(SIM.joinpath(*outside)) or path.stem == "gone":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                found.attributes.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.texts.add(node.value)
            elif isinstance(node, ast.JoinedStr) and "_" in (text := "".join(map(_part, node.values))):
                filled.add(text)
    for path in SIM.rglob("*.csv"):  # measures are asked for by the tables of them
        found.texts.update(re.split(r"[,|;\s]+", path.read_text(encoding="utf-8")))
    literal = ((text, text.replace(ANYTHING, "")) for text in filled)
    found.patterns.extend(re.compile(text) for text, words in literal if "_" in words and words.strip("_"))
    return found


ANYTHING = "[a-z0-9_]*"


def _part(node: ast.expr) -> str:
    return re.escape(str(node.value)) if isinstance(node, ast.Constant) else ANYTHING


def test_every_key_arrives_in_a_field_that_is_read_or_is_read_by_its_name() -> None:
    """Would catch ``rota.publication_weeks``, ``travel.fixed_minutes`` and ``costs.out_of_hours_hours_per_year``: a
    planner could change them, and nothing changed."""
    model, program = read_in(("config",)), read_in(("config", "keys"))
    fields = model.attributes | model.texts  # zones are asked for by their texts
    idle = [
        name
        for name, key in KEYS.items()
        if not isinstance(key.rule, Part)
        and not (key.field in fields if key.field else program.names(key.name) or program.names(name))
    ]
    assert idle == []


def things() -> Iterator[type]:
    for module in pkgutil.iter_modules(sim.domain.__path__):
        of = importlib.import_module(f"sim.domain.{module.name}")
        yield from (t for t in vars(of).values() if dataclasses.is_dataclass(t) and t.__module__ == of.__name__)


def test_every_field_of_the_domain_is_read() -> None:
    """Would catch ``Area.km2``, which every planner's table had to hold for nobody."""
    model, program = read_in(("config",)), read_in(("config", "keys"))
    fields = model.attributes | model.texts | program.attributes
    idle = [f"{t.__name__}.{one.name}" for t in things() for one in dataclasses.fields(t) if one.name not in fields]
    assert idle == []


@pytest.mark.parametrize("file", PART_FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_value_of_every_part_has_its_key(file: Path) -> None:
    for key in read_layer(file, file.parent.name).values:
        if not key.startswith(f"{file.parent.name}.defaults"):
            check_known(key.partition("[")[0], PARTS)


def test_a_number_of_an_overlay_stands_beside_its_yaml_and_nowhere_else() -> None:
    """A new one touches its YAML, its key, its field, what reads it, the page of settings and the test of every key:
    six files. Would catch a second place that has to name it."""
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in [*SIM.joinpath("config").rglob("*.py"), *configs_dir().glob("*/on.yaml")]
    }
    for overlay in OVERLAYS:
        for name, key in declared(PARTS[overlay]):
            if key.field and isinstance(key.rule, Rule) and key.rule.kind in ("number", "whole"):
                named = {path.name for path, text in texts.items() if key.name in text}
                assert key.name == key.field or named <= {"on.yaml", "overlays.py"}, name


# keys that are gone, and roles that nobody has


@pytest.mark.parametrize("key", GONE)
def test_a_key_that_is_gone_says_why_and_what_to_write(key: str, tmp_path: Path) -> None:
    with pytest.raises(BadKey) as bad:
        check_known(f"{key}.level" if key.startswith("roles.") else key, PARTS, 5)
    why, remedy = GONE[key]
    assert (bad.value.rule, bad.value.remedy) == (f"there is no such key any more: {why}", remedy)


def test_an_old_file_that_holds_one_gets_one_line(tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    old.write_text("based_on: icb_rota\nrota: {publication_weeks: 6}\n", encoding="utf-8")
    with pytest.raises(BadInput) as error:
        config.plan(str(old))
    said = "old.yaml: rota.publication_weeks = 6: there is no such key any more: no run ever read it; take the line out"
    assert str(error.value) == said


def listed(plan: config.Plan) -> set[str]:
    return {key for key, *_ in plan.assumptions}


def test_only_numbers_that_can_matter_are_counted() -> None:
    """Would catch pay of the other category, prices of posts that nobody adds and roles of nobody among what figures
    rest on; and, the other way round, a number that a switch brings back and the count forgets."""
    plain = listed(config.plan("current_patchwork", ["areas=[QHG]"]))
    category, band, care = (
        "costs.consultant_supplement_a_low_percent",
        "costs.salary_band_7_gbp_per_year",
        "roles.care_assistant",
    )
    assert not {category, band, "answering.helpline_call_back_minutes", "rota.stepped_up_payment_gbp_per_night"} & plain
    assert not any(key.startswith(care) for key in plain)
    switches = ["costs.consultant_on_call_category=A", "embedded=on", "goodwill.standby=false"]
    switched = listed(config.plan("helpline_first", ["areas=[QHG]", *switches]))
    assert {category, band, "answering.helpline_call_back_minutes"} <= switched
    assert "goodwill.asks_people" in switched
    assert not {"goodwill.standby_p_answers", "costs.consultant_supplement_b_low_percent"} & switched


# the schema for editors


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    made = schema_of_scenarios()
    Draft7Validator.check_schema(made)
    return Draft7Validator(made)


def as_an_editor_reads(node: Any) -> Any:
    """The values of a file by YAML 1.2's core rules, whatever their keys want."""
    if isinstance(node, dict):
        return {name: as_an_editor_reads(child) for name, child in node.items()}
    if isinstance(node, list):
        return [as_an_editor_reads(child) for child in node]
    return core(node) if isinstance(node, Plain) else node


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_editor_marks_nothing_in_a_shipped_scenario(file: Path, schema: Draft7Validator) -> None:
    written = as_an_editor_reads(read_document(file, file.name).root)
    assert [error.message for error in schema.iter_errors(written)] == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("wekes: 4", []),
        ("weeks: 0", ["weeks"]),
        ("weeks: 1.5", ["weeks"]),
        ("out: results/here", []),
        ("rota: {publication_weeks: 4}", ["rota"]),
        ("rota: {rest: dealy}", ["rota", "rest"]),
        ("demand: {calls_per_child_day: {dyeing: 1}}", ["demand", "calls_per_child_day"]),
        ("demand: {profile: {days: [1, 2]}}", ["demand", "profile"]),
        ("answering: {call_back: {law: gama}}", ["answering", "call_back", "law"]),
        ("goodwill: maybe", ["goodwill"]),
        ("goodwill: {p_max: 90}", ["goodwill"]),
        ("teams: {nurses: {people: {per_area: many}}}", ["teams", "nurses"]),
        ("teams: {nurses: {patterns: {night: {seat: 1}}}}", ["teams", "nurses"]),
        ("teams: {nurses: {patterns: {night: {seats: 0}}}}", ["teams", "nurses"]),
        ("teams: {nurses: {pool: {seats: smallest}}}", ["teams", "nurses"]),
        ("teams: {nurses: {grouping: pears}}", ["teams", "nurses"]),
        ("ladder: [{team: nurses, overflow: 3}]", ["ladder"]),
        ("defaults: [override /goodwil: off]", ["defaults", 0]),
        ("calendar: {night: late}", ["calendar", "night"]),
    ],
)
def test_an_editor_marks_what_a_run_refuses(text: str, where: list[Any], schema: Draft7Validator) -> None:
    (error,) = schema.iter_errors(as_an_editor_reads(parse(text, "mine.yaml").root))
    assert list(error.path)[: len(where)] == where


def test_an_editor_says_what_a_key_means(schema: Draft7Validator) -> None:
    (goodwill, _switch) = schema.schema["properties"]["goodwill"]["anyOf"]
    assert goodwill["properties"]["ring_minutes"]["description"] == "until the next is rung (minutes)"


def test_the_command_prints_the_schema_or_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "scenario.schema.json"
    for _ in range(2):  # one that it wrote before is renewed
        assert cli.main(["schema", f"out={place}"]) == 0
        assert capsys.readouterr().out == f"{place}\n"
    assert cli.main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(place.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("out=mine.yaml", "out = mine.yaml: it is there, and no schema of a scenario; give another name"),
        ("out=no/where.json", "out = no/where.json: there is no folder no; make it first"),
        ("into=x", "command line: into = x: no such key; `schema` takes out="),
    ],
)
def test_the_command_writes_over_nothing_of_anybody_s(
    word: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("question: What if?\n", encoding="utf-8")
    assert cli.main(["schema", word]) == 2
    assert capsys.readouterr().err == f"oncall-sim: {said}\n"
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "question: What if?\n"


def test_the_page_of_settings_is_as_the_keys_are_declared(home: Path) -> None:
    written = (home / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == page(), "renew it: python -m sim.config.settings_page > docs/settings.md"
    assert all(name.rpartition(".")[2] in written for name in KEYS)


# the shelf, once for a process


def test_a_second_scenario_reads_no_file_of_the_shelf_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch 51 files read and laid together anew for every scenario of a study."""
    config.plan("icb_rota", ["areas=[QHG]"])
    read: list[str] = []

    def counted(path: Path, label: str) -> Any:
        read.append(label)
        return read_document(path, label)

    monkeypatch.setattr(layers, "read_document", counted)
    layers._read.cache_clear()
    config.plan("icb_rota", ["areas=[QHG]"])
    of_one_group = [label for label in read if label != "configs/off.yaml"]  # which every overlay reads as its own
    assert len(of_one_group) == len(set(of_one_group)) > 35
    read.clear()
    arranged = compose._order.cache_info().misses
    for weeks in (3, 4):
        config.plan("icb_rota", ["areas=[QHG]", f"weeks={weeks}"])
    assert (read, compose._order.cache_info().misses) == ([], arranged)
    config.plan("regional_rota", ["areas=[QHG]"])
    assert {label.partition("/")[0] for label in read} <= {"scenarios"}


def test_a_file_that_changed_at_the_same_moment_is_seen_by_its_size(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    for weeks in (9, 10):
        own.write_text(f"based_on: icb_rota\nquestion: How long?\nareas: [QHG]\nweeks: {weeks}\n", encoding="utf-8")
        os.utime(own, ns=(1, 1))
        found: Scenario = config.plan(str(own)).scenario
        assert found.run.weeks == weeks
