"""Groupings of areas: neighbours by an exact greedy pass, the nearest team, and tables of one's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim import config
from sim.config.groupings import groups_of, with_tables
from sim.config.tables import Files
from sim.domain.area import Area
from sim.domain.groupings import covered, km_between, name_of, neighbours
from sim.errors import BadInput
from tests.tiny import area, by_hand, england, refused


def at(code: str, north: float, region: str = "Region") -> Area:
    """An area so many degrees north of the others, on one meridian."""
    return area(code, latitude=north, region=region)


LINE = [at("D", 3.0), at("A", 0.0), at("C", 1.0), at("B", 1.5), at("E", 9.0)]


def test_the_lowest_code_takes_the_nearest_that_is_left():
    assert neighbours(LINE, 2) == [("A", "C"), ("B", "D"), ("E",)]
    assert neighbours(LINE, 3) == [("A", "B", "C"), ("D", "E")]
    assert neighbours(LINE, 1) == [("A",), ("B",), ("C",), ("D",), ("E",)]


def test_regions_come_first_and_what_they_leave_over_is_grouped_across_them():
    one = [at("A", 0.0), at("B", 1.0), at("C", 5.0)]
    other = [at("X", 5.1, "Other"), at("Y", 0.1, "Other"), at("Z", 5.2, "Other")]
    assert neighbours([*one, *other], 2) == [("A", "B"), ("C", "Y"), ("X", "Z")]


def test_equally_near_the_lower_code_is_taken_whatever_the_order_of_the_areas():
    same = [at("M", 0.0), at("Z", 1.0), at("N", -1.0)]
    assert neighbours(same, 2) == neighbours(same[::-1], 2) == [("M", "N"), ("Z",)]


def test_a_degree_north_is_so_many_kilometres():
    assert km_between(at("A", 0.0), at("B", 1.0)) == pytest.approx(111.32)


@pytest.mark.parametrize(("word", "size", "groups"), [("pairs", 2, 21), ("threes", 3, 14)])
def test_pairs_and_threes_follow_from_the_centres_of_the_table_in_use(word, size, groups):
    areas = england().areas
    made = neighbours(areas, size)
    assert len(made) == groups
    assert {len(group) for group in made} == {size}
    found = groups_of("k", word, list(areas), {"everywhere": list(areas), "area_table": {"super_regions": {}}})
    assert {name: tuple(area.code for area in of) for name, of in found.items()} == {name_of(of): of for of in made}


def test_running_fewer_areas_does_not_change_who_stands_beside_whom():
    """C and A are a pair among four; of a run without A, C stays by itself in it."""
    config = {"everywhere": LINE, "area_table": {"super_regions": {}}}
    here = [area for area in LINE if area.code in "BCD"]
    found = groups_of("k", "pairs", here, config)
    assert {name: [area.code for area in of] for name, of in found.items()} == {"B+D": ["D", "B"], "A+C": ["C"]}


def test_an_area_with_nobody_goes_to_the_nearest_team_of_its_board_then_of_its_region():
    """B is nearer to A, of another board, than to C of its own; D's board has nobody, so that its region decides;
    E's region has nobody either. Without anybody all stay alone."""
    areas = [
        replace(at("A", 0.0), board="West"), replace(at("B", 0.1), board="East"), replace(at("C", 3.0), board="East"),
        replace(at("D", 2.9), board="North"), replace(at("E", 0.2, "Elsewhere"), board="South"),
    ]  # fmt: skip
    assert covered(areas, {"A", "C"}) == {"A": "A", "B": "C", "C": "C", "D": "C", "E": "A"}
    assert covered(areas, set()) == {code: code for code in "ABCDE"}


def test_boards_are_groups_of_locations_and_a_board_is_one_by_itself():
    areas = [replace(at("A", 0.0), board="Essex"), at("B", 1.0), replace(at("C", 2.0), board="Essex")]
    found = groups_of("k", "boards", areas, {"everywhere": areas, "area_table": {"super_regions": {}}})
    assert {name: [area.code for area in of] for name, of in found.items()} == {"Essex": ["A", "C"], "B": ["B"]}


def ours(tmp_path: Path, table: str) -> config.Plan:
    """Consultants of two areas grouped by a planner's own table beside the scenario."""
    (tmp_path / "ours.csv").write_text(table, encoding="utf-8")
    scenario = tmp_path / "mine.yaml"
    scenario.write_text("based_on: icb_rota\nareas: [QHG, QUE, QF7]\nteams: {consultants: {grouping: ours.csv}}\n")
    return config.plan(str(scenario))


def test_a_table_of_ones_own_may_know_more_areas_than_the_run(tmp_path):
    plan = ours(tmp_path, "code,group\nQHG,east\nQUE,east\nQF7,north\nQOP,west\n")
    teams = [team.areas for team in plan.scenario.teams if team.plan == "consultants"]
    assert teams == [("QF7",), ("QHG", "QUE")]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("code,group\nQHG,a\nQUE,a\n", "ours.csv: it has no row for QF7; give every area a row"),
        ("code,group\nQHG,a\nQUE,a\nQF7,b\nQHG,b\n", "ours.csv line 5: code = QHG: stands in line 2 already"),
        ("code,group\nQHG,a\nQUE,\nQF7,b\n", "ours.csv line 3: group: missing; write one in every row"),
        ("code,cluster\nQHG,a\n", "group: column missing"),
    ],
)
def test_tables_that_miss_or_repeat_an_area_are_refused(tmp_path, table, said):
    (tmp_path / "ours.csv").write_text(table, encoding="utf-8")
    mine = by_hand(tmp_path, teams={"consultants": {"grouping": "ours.csv"}})
    areas = [area("QF7"), area("QHG"), area("QUE")]
    assert said in refused(mine, lambda: with_tables(mine, mine.config, Files(), areas))


@pytest.mark.parametrize(
    ("grouping", "said"),
    [
        ("{a: []}", "teams.consultants.grouping.a = []: an empty pool; name its areas, or take it out"),
        ("{a: [QHG], b: [QHG]}", "grouping.b = QHG: stands in group a already; name every area once"),
        ("nowhere.csv", "nowhere.csv: no such table beside the file that names it; put it there"),
    ],
)
def test_bad_groupings_are_one_line(grouping, said):
    with pytest.raises(BadInput) as bad:
        england("icb_rota", f"teams.consultants.grouping={grouping}")
    assert said in str(bad.value)


def test_a_table_that_changed_since_a_configuration_was_written_is_refused(tmp_path):
    plan = ours(tmp_path, "code,group\nQHG,east\nQUE,east\nQF7,north\n")
    written = tmp_path / "written.yaml"
    written.write_text(plan.resolved, encoding="utf-8")
    assert config.plan(str(written)).scenario.teams == plan.scenario.teams
    (tmp_path / "ours.csv").write_text("code,group\nQHG,a\nQUE,b\nQF7,c\n", encoding="utf-8")
    with pytest.raises(BadInput, match="the table has changed since this configuration was written"):
        config.plan(str(written))
