"""Today's boards and their locations: tables that agree with the 42, and what a planner calls an area."""

from __future__ import annotations

import csv
from collections import Counter
from functools import lru_cache

import pytest

from sim.config import plan
from sim.config.area_names import areas_called, by_code, codes_called
from sim.config.shelf import configs_dir
from sim.config.words import BadKey
from sim.domain.area import Area
from sim.errors import BadInput
from tests.tiny import area, england


@lru_cache(maxsize=8)
def rows(name: str, folder: str = "area_table") -> dict[str, dict[str, str]]:
    with (configs_dir() / folder / f"{name}.csv").open(encoding="utf-8", newline="") as text:
        return {row["code"]: row for row in csv.DictReader(text)}


@lru_cache(maxsize=3)
def areas(table: str) -> list[Area]:
    return list(england("icb_rota", f"area_table={table}").areas)


def called(word: str, table: str) -> list[str]:
    return [area.code for area in areas_called(word, areas(table))]


def test_the_tables_of_2026_hold_the_children_and_deaths_of_the_42():
    """Catches a board, a location or a district left out or counted twice: Frimley lies in three boards."""
    old, boards, parts = (rows(name) for name in ("icbs_2024", "boards_2026", "sub_icbs_2026"))
    assert (len(old), len(boards), len(parts), len({row["sub_icb_code"] for row in parts.values()})) == (
        42,
        36,
        108,
        106,
    )
    for table in (boards, parts):
        for column, near in (("children", 1e-4), ("deaths_per_year", 1e-3)):
            whole = sum(float(row[column]) for row in old.values())
            assert sum(float(row[column]) for row in table.values()) == pytest.approx(whole, rel=near)
    assert Counter(row["sub_icb_code"] for row in parts.values()).most_common(2)[0] == ("D4U1Y", 3)


def test_locations_and_districts_add_up_to_their_board():
    boards = rows("boards_2026")
    districts = Counter[str]()
    with (configs_dir() / "area_table" / "localities_2026.csv").open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            districts[row["area"]] += int(row["children"])
    parts, dead, nurses = Counter[str](), Counter[str](), Counter[str]()
    posts = rows("posts", "workforce")
    for code, row in rows("sub_icbs_2026").items():
        parts[row["board_code"]] += int(row["children"])
        dead[row["board_code"]] += float(row["deaths_per_year"])
        nurses[row["board_code"]] += int(posts[code]["community_nurse"])
    for code, row in boards.items():
        assert parts[code] == pytest.approx(int(row["children"]), abs=2)
        assert districts[code] == pytest.approx(int(row["children"]), abs=2)
        assert dead[code] == pytest.approx(float(row["deaths_per_year"]), abs=0.3)
        assert nurses[code] == int(posts[code]["community_nurse"])


@pytest.mark.parametrize("table", ["icbs_2024", "boards_2026", "sub_icbs_2026"])
def test_posts_are_shared_out_by_the_same_rule_in_every_table(table):
    posts = [rows("posts", "workforce")[code] for code in rows(table)]
    assert [sum(int(row[role]) for row in posts) for role in ("community_nurse", "specialist_nurse", "consultant")] == [
        272, 18, 18,
    ]  # fmt: skip
    assert all(int(row["community_nurse_to_hold_1_in_6"]) == max(6, int(row["community_nurse"])) for row in posts)


def test_families_are_keyed_by_a_code_that_no_other_table_has():
    """QRL is a board of 2024 and another one of 2026: their families must not be the same draws."""
    codes = [set(rows(name)) for name in ("icbs_2024", "boards_2026", "sub_icbs_2026")]
    assert len(set().union(*codes)) == sum(map(len, codes))
    assert all(code.startswith("E54") for code in rows("boards_2026"))
    assert called("QRL", "icbs_2024") == ["QRL"]
    assert called("QRL", "boards_2026") == ["E54000067"]


@pytest.mark.parametrize(
    ("table", "word", "codes"),
    [
        ("boards_2026", "NHS Essex", ["E54000066"]),
        ("boards_2026", "nhs essex integrated care board", ["E54000066"]),
        ("boards_2026", "D7T5G", ["E54000066"]),
        ("boards_2026", "e54000066", ["E54000066"]),
        ("boards_2026", "cornwall + devon", ["E54000036", "E54000037"]),
        ("icbs_2024", "E54000037", ["QJK"]),
        ("icbs_2024", "NHS Devon", ["QJK"]),
        ("icbs_2024", "Cornwall + Devon", ["QJK", "QT6"]),
        ("icbs_2024", "South Yorkshire", ["QF7"]),  # a board and a cluster of that name: the board
        ("sub_icbs_2026", "NHS Devon", ["15N"]),
        ("sub_icbs_2026", "D4U1Y", ["D4U1Y-QRL", "D4U1Y-S0E4D", "D4U1Y-S9B9J"]),
        ("sub_icbs_2026", "E54000066", ["06Q", "06T", "07G", "07H", "99E", "99F", "99G"]),
        ("sub_icbs_2026", "Thurrock", ["07G"]),
    ],
)
def test_an_area_is_found_by_whatever_it_is_called(table, word, codes):
    assert called(word, table) == codes


@pytest.mark.parametrize(
    ("table", "word", "remedy"),
    [
        ("icbs_2024", "NHS Essex", "write area_table=boards_2026, which has it, or areas=[QH8] of the cluster"),
        ("icbs_2024", "Essex", "write area_table=boards_2026, which has it, or areas=[QH8] of the cluster"),
        ("icbs_2024", "E54000065", "write area_table=boards_2026, which has it"),
        ("icbs_2024", "thurrock", "write area_table=sub_icbs_2026, which has it"),
        ("boards_2026", "QHG", "write area_table=icbs_2024, which has it"),
        ("boards_2026", "Frimly", "known: E54000008"),
        ("icbs_2024", "Cornwal", "did you mean Cornwall"),
    ],
)
def test_a_name_that_only_another_table_knows_is_refused_with_that_table(table, word, remedy):
    """Essex is also a cluster of 2026, of which Mid and South Essex is the only whole board of 2024: a third of NHS
    Essex would be missing without a word."""
    with pytest.raises(BadKey) as bad:
        codes_called("areas", word, areas(table))
    assert bad.value.remedy.startswith(remedy)


def test_a_planners_own_areas_are_not_taken_for_those_of_a_shipped_table():
    own = [area("A", name="Essex", cluster="Thames Valley", region="Here")]
    assert [one.code for one in areas_called("Thames Valley", own)] == ["A"]
    with pytest.raises(BadKey, match=r"^areas$") as bad:
        codes_called("areas", "NHS Devon", own)
    assert "area_table" not in bad.value.remedy


def test_an_area_named_twice_under_two_names_is_refused():
    with pytest.raises(BadKey) as bad:
        by_code("supply.by_area", {"Devon": 1, "QJK": 2}, areas("icbs_2024"))
    assert bad.value.line("f") == "f: supply.by_area.QJK: QJK stands there already, as Devon; name every area once"


def test_a_location_with_a_nurse_of_its_own_can_be_pooled_with_its_neighbour_its_board_and_its_region():
    """From the local team to the region with the same people."""
    people = None
    sizes = {}
    for grouping in ("nearest_team", "boards", "regions"):
        words = (f"teams.community_nurses.grouping={grouping}", "teams.community_nurses.people=existing")
        locations = england("icb_rota", "area_table=sub_icbs_2026", *words)
        teams = [team for team in locations.teams if team.plan == "community_nurses"]
        found = {person.code for team in teams for person in team.people}
        assert people in (None, found)
        people, sizes[grouping] = found, len(teams)
    nobody = sum(rows("posts", "workforce")[code]["community_nurse"] == "0" for code in rows("sub_icbs_2026"))
    assert sizes == {"nearest_team": 108 - nobody, "boards": 36, "regions": 7}


def test_the_word_of_a_table_under_its_key_is_told_how_it_is_chosen_in_a_scenario(tmp_path):
    """Would catch a remedy, the file alone, that leaves out the districts of the boards."""
    (tmp_path / "mine.yaml").write_text("based_on: icb_rota\narea_table: boards_2026\n")
    with pytest.raises(BadInput) as refused:
        plan(str(tmp_path / "mine.yaml"))
    said, remedy = str(refused.value).split("; ")
    assert said == "mine.yaml: area_table = boards_2026: must be a table of keys"
    assert remedy == "write defaults: [override /area_table: boards_2026]"


def test_a_choice_of_areas_that_is_not_there_is_one_line():
    with pytest.raises(BadInput) as bad:
        england("icb_rota", "areas=[Thames Valley]")
    assert str(bad.value) == (
        "command line: areas = Thames Valley: no area of that code or name; "
        "write area_table=boards_2026, which has it, or areas=[QNQ,QU9] of the cluster of that name"
    )
