"""The shelf of parts and scenarios: every number has its unit and its reason, the tables are those of the sources."""

from __future__ import annotations

import csv
import dataclasses
import os
from collections import Counter
from pathlib import Path

import pytest

from sim import config
from sim.config.layers import Layer, read_layer
from sim.config.shelf import configs_dir, scenarios_dir
from sim.config.tables import Files, read_areas
from sim.config.units import unit_of
from tests.tiny import by_hand, england

SCENARIOS = ["current_patchwork", "goodwill_withdrawn", "icb_rota", "regional_rota", "regional_rota_existing_people"]
LIBRARY = [one.name for one in config.described() if one.see]
PARTS = sorted(configs_dir().glob("*/*.yaml"))


def parts() -> list[Layer]:
    return [read_layer(configs_dir() / "config.yaml"), *(read_layer(file, file.parent.name) for file in PARTS)]


@pytest.fixture(scope="module")
def plans() -> dict[str, config.Plan]:
    return {name: config.plan(name) for name in SCENARIOS}


def people(plan: config.Plan) -> Counter[str]:
    return Counter(person.role for team in plan.scenario.teams for person in team.people)


# numbers and their reasons


@pytest.mark.parametrize("layer", parts(), ids=lambda layer: layer.label)
def test_every_number_has_a_unit_and_a_reason_with_a_range(layer: Layer) -> None:
    for key in layer.numbers:
        assert key in layer.remarks, f"{layer.label}: {key} has no source: or assumed: behind it"
        remark = layer.remarks[key]
        if remark.kind != "setting":
            assert remark.text.endswith("]"), f"{layer.label}: {key} has no range [low, high] behind it"
            low, high = map(float, remark.text.rpartition("[")[2].rstrip("]").split(","))
            assert low <= float(layer.values[key]) <= high, f"{layer.label}: {key} lies outside its own range"
            assert unit_of(key), f"{layer.label}: {key} does not say its unit"


@pytest.mark.parametrize("name", LIBRARY)
def test_a_scenario_is_short_begins_with_its_command_and_gives_a_reason_for_every_number(name: str) -> None:
    file = scenarios_dir() / f"{name}.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    layer = read_layer(file)
    assert lines[0] == f"# run: oncall-sim run scenario={name}"
    assert len(lines) <= 20
    assert layer.numbers <= set(layer.remarks)


def register(name: str) -> list[dict[str, str]]:
    with (configs_dir() / "register" / f"{name}.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_every_default_of_the_register_is_in_the_parts_or_says_why_not() -> None:
    rows, where = register("defaults"), {(r["group"], r["name"]): r for r in register("keys")}
    shelf = {key: (layer, value) for layer in parts() for key, value in layer.values.items()}
    assert len(rows) >= 262  # as in the evidence at first; rules of the model add to them
    for row in rows:
        entry = where[row["group"], row["name"]]
        if not entry["key"]:
            assert entry["note"], f"{row['name']}: neither a key nor a reason"
            continue
        layer, value = shelf[entry["key"]]
        if entry["key"] in layer.numbers and row["low"]:
            assert float(value) == float(row["default"]), entry["key"]
            assert layer.remarks[entry["key"]].text.endswith(f"[{row['low']}, {row['high']}]"), entry["key"]


def test_every_key_of_every_part_is_declared(plans: dict[str, config.Plan]) -> None:
    listed = config.keys()
    assert "goodwill.p_max" in listed
    assert "teams.community_nurses.patterns.every_night.seats" in listed


# tables


def test_areas_are_the_42_icbs_with_1711_deaths(plans: dict[str, config.Plan]) -> None:
    areas = plans["current_patchwork"].scenario.areas
    assert len(areas) == 42
    assert round(sum(area.deaths_per_year for area in areas)) == 1711
    assert [area.code for area in areas] == sorted(area.code for area in areas)
    assert len({area.region for area in areas}) == 7
    assert len({area.cluster for area in areas}) == 26
    assert all(abs(sum(area.deprivation) - 1) < 0.001 for area in areas)
    assert not any(area.name.startswith("NHS") for area in areas)


def test_people_of_the_five_scenarios(plans: dict[str, config.Plan]) -> None:
    existing = {"community_nurse": 272, "specialist_nurse": 18, "consultant": 18}
    assert people(plans["current_patchwork"]) == existing
    assert people(plans["goodwill_withdrawn"]) == existing
    assert people(plans["icb_rota"]) == {"community_nurse": 315, "specialist_nurse": 18, "consultant": 126}
    assert people(plans["regional_rota"]) == {"community_nurse": 315, "specialist_nurse": 42, "consultant": 42}
    assert people(plans["regional_rota_existing_people"]) == existing | {"community_nurse": 315}


def test_posts_of_the_shipped_table_may_be_vacant_and_people_that_a_scenario_names_may_not(
    plans: dict[str, config.Plan],
) -> None:
    """272 posts of community nurses today; 315 people where a scenario asks for as many as hold a rota."""
    posts = {
        name: Counter(person.role for team in plan.scenario.teams for person in team.people if person.post)
        for name, plan in plans.items()
    }
    assert posts["current_patchwork"] == {"community_nurse": 272, "specialist_nurse": 18, "consultant": 18}
    assert posts["icb_rota"] == {"specialist_nurse": 18}
    assert not posts["regional_rota"]
    for name, listed in (("current_patchwork", True), ("icb_rota", False)):
        keys = {key for key, *_ in plans[name].assumptions}
        assert ("roles.community_nurse.p_post_vacant" in keys) == listed, name


def test_the_first_of_those_who_exist_are_people_where_a_number_of_them_is_asked_for() -> None:
    scenario = england("current_patchwork", "areas=[QHG]", "teams.community_nurses.people=3")
    assert [person.post for team in scenario.teams for person in team.people if "nurse" in person.role] == [False] * 3


def test_profile_has_168_hours_of_mean_1(plans: dict[str, config.Plan]) -> None:
    profile = plans["current_patchwork"].scenario.demand.profile
    assert len(profile) == 168
    assert sum(profile) / 168 == pytest.approx(1, abs=1e-12)


# people and teams


def test_a_persons_code_does_not_depend_on_the_team(plans: dict[str, config.Plan]) -> None:
    codes = {
        name: {person.code for team in plan.scenario.teams for person in team.people} for name, plan in plans.items()
    }
    assert codes["current_patchwork"] == codes["goodwill_withdrawn"]
    assert codes["current_patchwork"] <= codes["icb_rota"]
    assert codes["current_patchwork"] <= codes["regional_rota"]
    assert "QF7.consultant.1" in codes["current_patchwork"]


def test_extra_people_are_dealt_to_the_area_with_fewest_then_most_deaths() -> None:
    pair = "teams.consultants.grouping={pair: [QF7, QHG, QUE]}"
    scenario = england("current_patchwork", pair, "teams.consultants.people=3")
    team = next(team for team in scenario.teams if team.name == "consultants:pair")
    assert [p.code for p in team.people] == ["QF7.consultant.1", "QHG.consultant.1", "QUE.consultant.1"]
    scenario = england("current_patchwork", pair, "teams.consultants.people=2")
    team = next(team for team in scenario.teams if team.name == "consultants:pair")
    assert [p.code for p in team.people] == ["QF7.consultant.1", "QHG.consultant.1"]  # 33.2 deaths a year against 25.3


@pytest.mark.parametrize(
    ("grouping", "teams"),
    [
        ("none", 42),
        ("pairs", 21),
        ("threes", 14),
        ("clusters_2026", 26),
        ("regions", 7),
        ("super_regions", 3),
        ("national", 1),
    ],
)
def test_groupings(grouping: str, teams: int) -> None:
    scenario = england("icb_rota", f"teams.consultants.grouping={grouping}")
    made = [team for team in scenario.teams if team.plan == "consultants"]
    assert len(made) == teams
    assert sorted(code for team in made for code in team.areas) == [area.code for area in scenario.areas]


def test_a_team_without_people_or_seats_is_not_made(plans: dict[str, config.Plan]) -> None:
    made = Counter(team.plan for team in plans["current_patchwork"].scenario.teams)
    assert made["community_nurses"] == 42
    assert made["consultants"] < 42


# hours, laws and settings


def test_times_become_hours_and_shares_add_up(plans: dict[str, config.Plan]) -> None:
    scenario = plans["current_patchwork"].scenario
    assert scenario.travel.reach == 1.5
    assert scenario.goodwill.ring == pytest.approx(5 / 60)
    assert scenario.answering.answer_patience[2].mean == 4
    assert scenario.answering.visit_patience[0] == dataclasses.replace(
        scenario.answering.visit_patience[0], kind="weibull", mean=2, shape=2
    )
    assert scenario.demand.phase_hours[3].mean == 72
    assert sum(condition.share for condition in scenario.demand.conditions) == pytest.approx(1)
    assert dict(scenario.supply.area_types)["full"] == 0.19
    assert dict(scenario.zones)["unmet_share"] == 0.01
    assert scenario.role("community_nurse").p_vacant == 0.105
    assert scenario.role("consultant").p_vacant == 0


def test_goodwill_withdrawn_changes_goodwill_ladder_and_offer_only(plans: dict[str, config.Plan]) -> None:
    base, without = plans["current_patchwork"].scenario, plans["goodwill_withdrawn"].scenario
    assert base.place.goodwill_makes_home > 0
    assert without.place == dataclasses.replace(base.place, goodwill_makes_home=0)
    assert not without.goodwill.on
    assert [step.kind for step in without.ladder] == ["team", "universal"]
    same = {
        "name": base.name,
        "question": base.question,
        "place": base.place,
        "goodwill": base.goodwill,
        "ladder": base.ladder,
    }
    assert dataclasses.replace(without, **same) == base


def test_bank_holidays_of_england_with_substitute_days(plans: dict[str, config.Plan]) -> None:
    calendar = plans["current_patchwork"].scenario.calendar
    dates = {calendar.date(day * 24).isoformat() for day in calendar.bank_holidays}
    assert {"2027-03-26", "2027-12-27", "2027-12-28", "2028-01-03"} <= dates
    assert england("icb_rota", "calendar.bank_holidays=none").calendar.bank_holidays == frozenset()


@pytest.mark.parametrize(
    ("asked", "codes"),
    [("areas=[QHG]", 1), ("areas=QHG", 1), ("areas=[North West]", 3), ("areas=[nhs dorset,qhg]", 2), ("areas=all", 42)],
)
def test_areas_are_chosen_by_code_name_or_region(asked: str, codes: int) -> None:
    scenario = england("current_patchwork", asked)
    assert len(scenario.areas) == codes
    assert len(scenario.supply.dealt_among) == (0 if codes == 42 else 42)


def test_settings_decide_no_result_except_seed_and_replications(plans: dict[str, config.Plan]) -> None:
    plain, elsewhere = plans["icb_rota"], config.plan("icb_rota", ["workers=1", "out=somewhere"])
    assert plain.fingerprint == elsewhere.fingerprint
    assert elsewhere.settings.out == "somewhere"
    assert config.plan("icb_rota", ["seed=2"]).fingerprint != plain.fingerprint


# Hydra, where it bites


def test_the_scenario_comes_after_the_parts() -> None:
    lines = (configs_dir() / "config.yaml").read_text(encoding="utf-8").splitlines()
    defaults = [line.strip() for line in lines if line.startswith("  - ")]
    assert defaults[-2] == "- _self_"
    assert defaults[-1].startswith("- scenario: null")


def test_a_scenario_overrules_the_parts_and_the_command_line_overrules_both(plans: dict[str, config.Plan]) -> None:
    assert plans["goodwill_withdrawn"].scenario.place.goodwill_makes_home == 0
    said = config.plan("goodwill_withdrawn", ["place.goodwill_makes_home=0.5"])
    assert said.scenario.place.goodwill_makes_home == 0.5


def test_plus_before_a_known_key_only_sets_it() -> None:
    run = config.plan("icb_rota", ["+weeks=4", "++warmup_weeks=3"]).scenario.run
    assert (run.weeks, run.warmup_weeks) == (4, 3)


def test_a_part_is_chosen_by_its_group() -> None:
    assert not england("current_patchwork", "goodwill=off").goodwill.on


def test_a_key_that_a_pattern_does_not_write_can_be_set() -> None:
    scenario = england("icb_rota", "teams.consultants.patterns.night.rotation=week")
    team = next(team for team in scenario.teams if team.plan == "consultants")
    assert [p.rotation for p in team.patterns] == ["everyone", "week"]


def test_a_scenario_changed_without_composing_it_anew_is_that_of_its_plan() -> None:
    """``england`` of these tests: catches a step of the plan that it leaves out, and a change that stays behind."""
    words = ["goodwill=off", "travel.mileage_ratio=1.5", "teams.consultants.grouping={a: [QHG,QUE]}"]
    before = england("current_patchwork", "goodwill=off")
    assert england("current_patchwork", *words) == config.plan("current_patchwork", words).scenario != before
    assert england("current_patchwork", "goodwill=off", "weeks=52") == before


# a planner's own files

OWN = """\
question: What if two neighbours shared one night nurse?
based_on: icb_rota
weeks: 26
goodwill: off
teams:
  community_nurses:
    grouping: {shared: [QHG, QUE]}
    patterns:
      night: {hours: 21-07, seats: 2} # assumed: agreed at a workshop
ladder: [community_nurses, universal]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "my plan.yaml"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_a_planners_own_file(own: Path, plans: dict[str, config.Plan]) -> None:
    plan = config.plan(str(own))
    assert plan.scenario.name == "my_plan"
    assert plan.scenario.run.weeks == 26
    assert not plan.scenario.goodwill.on
    shared = next(team for team in plan.scenario.teams if team.name == "community_nurses:shared")
    assert shared.areas == ("QHG", "QUE")
    assert [pattern.seats for pattern in shared.patterns] == [None, 2]
    assert people(plan) == people(plans["icb_rota"])
    of = {key: (value, kind, text) for key, value, _, kind, text in plan.assumptions}
    assert of["weeks"] == (26, "planner", "set in my plan.yaml")
    assert of["teams.community_nurses.patterns.night.seats"] == (2, "assumed", "agreed at a workshop")


def test_the_examples_of_the_page_are_a_scenario_and_a_part(tmp_path: Path, home: Path) -> None:
    page = (home / "docs" / "own_scenario.md").read_text(encoding="utf-8")
    scenario, _, part = (block.split("```")[0] for block in page.split("```yaml\n")[1:])
    (tmp_path / "goodwill").mkdir()
    (tmp_path / "goodwill" / "thin.yaml").write_text(part, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(scenario.replace("goodwill: off", "goodwill: on"), encoding="utf-8")
    plan = config.plan(str(tmp_path / "mine.yaml"), ["goodwill=thin"], str(tmp_path))
    assert plan.scenario.goodwill.asks == 1
    assert people(plan)["consultant"] == 7 * 9
    assert ("goodwill.asks_people", 1, "people", "assumed", "a bad year [1, 6]") in plan.assumptions


def test_hydras_own_defaults_list_works_in_a_planners_file(tmp_path: Path) -> None:
    file = tmp_path / "b.yaml"
    file.write_text("defaults: [current_patchwork, override /goodwill: off, _self_]\nareas: [QHG]\n", encoding="utf-8")
    plan = config.plan(str(file))
    assert not plan.scenario.goodwill.on
    assert plan.scenario.question == "As current_patchwork, with the changes of b.yaml."


def test_a_folder_of_the_planners_own_adds_parts_and_scenarios(tmp_path: Path) -> None:
    for folder, file, text in (
        ("goodwill", "thin.yaml", "defaults: [constant, _self_]\nasks_people: 1 # assumed: a bad year [1, 6]\n"),
        ("scenarios", "mine.yaml", "based_on: current_patchwork\nquestion: What if?\n"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / file).write_text(text, encoding="utf-8")
    plan = config.plan("mine", ["goodwill=thin"], str(tmp_path))
    assert plan.scenario.goodwill.asks == 1
    assert ("mine", "What if?") in config.scenarios(str(tmp_path))


def test_a_table_of_the_planners_own_beside_the_file(tmp_path: Path) -> None:
    lines = (configs_dir() / "area_table" / "icbs_2024.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "two.csv").write_text("\n".join([lines[0], lines[2], lines[1]]) + "\n", encoding="utf-8")
    table, people = {"places": None, "file": "two.csv"}, {"file": "posts.csv"}
    roles = {name: {"level": 2} for name in ("community_nurse", "specialist_nurse", "consultant")}
    found = read_areas(by_hand(tmp_path, area_table=table, workforce=people, roles=roles, teams={}), Files())
    assert [area.code for area in found] == sorted(line.split(",")[0] for line in lines[1:3])


def test_a_resolved_configuration_is_a_scenario_with_the_same_fingerprint(tmp_path: Path, own: Path) -> None:
    for asked in ("regional_rota", "goodwill_withdrawn", str(own)):
        plan = config.plan(asked, ["weeks=4", "areas=[QHG,QUE]", "seed=7"])
        file = tmp_path / f"{plan.scenario.name}.yaml"
        file.write_text(plan.resolved, encoding="utf-8")
        again = config.plan(str(file))
        assert again.resolved == plan.resolved
        assert again.scenario == plan.scenario


# what stands behind the numbers


def test_assumptions_list_what_a_run_reads_with_unit_kind_and_text() -> None:
    plan = config.plan("current_patchwork", ["goodwill.asks_people=3"])
    of = {key: (value, unit, kind, text) for key, value, unit, kind, text in plan.assumptions}
    assert of["goodwill.asks_people"] == (3, "people", "planner", "set on the command line")
    assert of["travel.busy.fixed_minutes"][:3] == (13.2, "minutes", "source")
    assert of["place.home_anyway"][2] == "assumed"
    assert not {
        "seed",
        "boundary.p_refuse_visit",
        "roles.care_assistant.level",
        "costs.out_of_hours_hours_per_year",
    } & set(of)
    assert all(unit for _, unit, _, _ in of.values())


def test_scenarios_lists_name_and_question() -> None:
    listed = dict(config.scenarios())
    assert {"adult_example", "plain_queue", *SCENARIOS} <= set(listed)
    assert all(question.endswith("?") for question in listed.values())


@pytest.mark.parametrize(
    "words", [["weeks=3", "teams.consultants.people=9", "areas=[QHG]"], ["goodwill=off"], ["teams.consultants=null"]]
)
def test_what_one_command_line_changes_is_gone_in_the_next(words: list[str], plans: dict[str, config.Plan]) -> None:
    """Catches a value, a table or a part that stays behind in what is put together once for all settings of a sweep."""
    first = plans["regional_rota"].resolved
    assert config.plan("regional_rota", words).resolved != first
    assert config.plan("regional_rota").resolved == first


def test_a_file_that_changed_is_put_together_anew(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    for weeks in (3, 4):
        own.write_text(f"based_on: regional_rota\nquestion: How long?\nweeks: {weeks}\n", encoding="utf-8")
        os.utime(own, ns=(weeks, weeks))
        assert config.plan(str(own)).scenario.run.weeks == weeks
