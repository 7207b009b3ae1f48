"""A planner's own areas and people in post, and the tables that are shipped beside the 42 ICBs."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from sim import config
from sim.config.compose import Composed
from sim.config.layers import read_layer
from sim.config.shelf import configs_dir, scenarios_dir
from sim.config.tables import Files, read_areas
from sim.domain.area import Area
from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.rota.staff import draw_staff
from tests.tiny import by_hand, england, refused

HEAD = (
    "code,name,region,cluster,children,deaths_per_year,deprivation_q1_share,deprivation_q2_share,"
    "deprivation_q3_share,deprivation_q4_share,deprivation_q5_share,rural_share,longitude_degrees,"
    "latitude_degrees,mean_km\n"
)
EAST = "EAST,East Place,Coast,Coast,50000,7.5,0.3,0.2,0.2,0.2,0.1,0.4,0.5,52.5,14\n"
WEST = "WEST,West Place,Coast,Coast,80000,12,0.1,0.2,0.2,0.2,0.3,0,0.1,52.4,6\n"
PEOPLE = "code,name,community_nurse,community_nurse_to_hold_1_in_6\nWEST,West Place,5,6\nEAST,East Place,3,6\n"
OWN = """\
question: What if our two places each had a nurse at night?
based_on: icb_rota
area_table: {file: ./places.csv}
workforce: {file: ./people.csv}
"""


def tables(folder: Path, areas: str = HEAD + WEST + EAST, people: str = PEOPLE) -> Composed:
    """The two tables in a folder, and what the reader of areas takes of a scenario that names them as ``OWN`` does."""
    (folder / "places.csv").write_text(areas, encoding="utf-8")
    (folder / "people.csv").write_text(people, encoding="utf-8")
    return by_hand(
        folder,
        area_table={"places": None, "file": "./places.csv"},
        workforce={"file": "./people.csv"},
        roles={name: {"level": 2} for name in ("community_nurse", "specialist_nurse", "consultant")},
        teams={"community_nurses": {"role": "community_nurse", "people": "to_hold_1_in_6"}},
    )


def planned(folder: Path, own: str = OWN) -> config.Plan:
    tables(folder)
    (folder / "mine.yaml").write_text(own, encoding="utf-8")
    return config.plan(str(folder / "mine.yaml"))


@pytest.fixture(scope="module")
def existing(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The two places with the community nurses whom the planner's table lists."""
    own = OWN + "teams: {community_nurses: {people: existing}}\n"
    return planned(tmp_path_factory.mktemp("existing"), own).scenario


def people(scenario: Scenario) -> Counter[tuple[str, str]]:
    return Counter((person.area, person.role) for team in scenario.teams for person in team.people)


def test_areas_and_people_are_those_of_the_planners_tables(tmp_path: Path, existing: Scenario) -> None:
    asked = planned(tmp_path).scenario
    east, west = asked.areas
    assert (east.code, east.deaths_per_year, east.mean_km, east.rural_share) == ("EAST", 7.5, 14, 0.4)
    assert west.deprivation == (0.1, 0.2, 0.2, 0.2, 0.3)
    assert people(asked)["EAST", "community_nurse"] == 6  # icb_rota asks for as many as hold a rota
    assert people(existing)["EAST", "community_nurse"] == 3
    assert people(existing)["WEST", "community_nurse"] == 5
    assert not any(person.post for team in existing.teams for person in team.people)


def test_nobody_of_a_planners_own_table_is_a_vacant_post(existing: Scenario) -> None:
    """Catches eight people in post of whom a tenth are lost to the vacancies of an establishment."""
    assert existing.role("community_nurse").p_vacant == 0.105
    assert not any(draw_staff(existing, (1, replication)).vacant.any() for replication in range(50))


def test_a_share_of_vacant_posts_that_would_change_nothing_is_refused(tmp_path: Path) -> None:
    own = OWN + "roles: {community_nurse: {p_post_vacant: 0.2}}\n"
    with pytest.raises(BadInput) as error:
        planned(tmp_path, own=own)
    assert str(error.value) == (
        "mine.yaml: roles.community_nurse.p_post_vacant = 0.2: only posts of the shipped table may be vacant, and "
        "nobody here is one: people you name are in post; write 0, and as many people as are in post"
    )
    assert planned(tmp_path, own=own.replace("0.2}", "0}")).scenario.role("community_nurse").p_vacant == 0


def test_further_columns_and_empty_lines_change_nothing(tmp_path: Path) -> None:
    def read(*areas: str) -> list[Area]:
        return read_areas(tables(tmp_path, *areas), Files())

    head, *rows = (HEAD + WEST + EAST).splitlines()
    more = f"{head},seaside,\n" + ",,,\n".join(f"{row},yes,\n" for row in rows) + "\n"
    assert read(more) == read()


def test_a_table_of_people_is_needed_only_where_a_team_asks_for_them(tmp_path: Path) -> None:
    own = OWN.replace("workforce: {file: ./people.csv}\n", "") + (
        "teams: {community_nurses: {people: {per_area: 4}}, specialist_nurses: null, consultants: {people: 2}}\n"
    )
    assert people(planned(tmp_path, own=own).scenario)["EAST", "community_nurse"] == 4


def test_the_example_of_the_page_is_a_scenario(tmp_path: Path, home: Path) -> None:
    page = (home / "docs" / "own_areas.md").read_text(encoding="utf-8")
    plan = planned(tmp_path, own=page.split("```yaml\n")[1].split("```")[0])
    assert len(plan.scenario.areas) == 2


BAD_AREAS = [
    ("", f"places.csv: empty; the first line names the columns: {HEAD.strip().replace(',', ', ')}"),
    (HEAD, "places.csv: no rows; add one below the names of the columns"),
    (
        HEAD.replace("deaths_per_year", "deaths_a_year") + EAST,
        "places.csv line 1: deaths_per_year: column missing; rename deaths_a_year",
    ),
    (
        HEAD.replace("\n", ",hospice_kms\n") + EAST.replace("\n", ",12\n"),
        "places.csv line 1: hospice_kms: not a column that is read; did you mean hospice_km? A column of your own "
        "needs a name less like it",
    ),
    (
        HEAD + WEST + EAST.replace(",7.5,", ",-4,"),
        "places.csv line 3: deaths_per_year = -4: must be a number from 0 to 1e+06; correct the row of EAST",
    ),
    (
        HEAD + EAST.replace(",7.5,", ",,"),
        "places.csv line 2: deaths_per_year: missing: must be a number from 0 to 1e+06; correct the row of EAST",
    ),
    (
        HEAD + "EAST,East Place\n",
        "places.csv line 2: children: missing: must be a number from 0 to 1e+08; correct the row of EAST",
    ),
    (
        HEAD + EAST.replace(",0.4,0.5", ",40,0.5"),
        "places.csv line 2: rural_share = 40: must be a number from 0 to 1; correct the row of EAST",
    ),
    (
        HEAD + EAST.replace(",0.3,0.2", ",0.5,0.2"),
        "places.csv line 2: deprivation_q1_share = 0.5: q1 to q5 add to 1.2: must add to 1; correct the row of EAST",
    ),
    (
        HEAD + EAST + WEST + EAST,
        "places.csv line 4: code = EAST: stands in line 2 already; give every area a code of its own, once",
    ),
    (HEAD + EAST.replace("EAST,", ",", 1), "places.csv line 2: code: missing; write one in every row"),
    (HEAD + EAST.replace("Coast", "", 1), "places.csv line 2: region: missing; write one in every row"),
    (
        HEAD + EAST.replace("7.5", "7,5"),
        "places.csv line 2: more cells than columns; put a text with commas in quotation marks, or name its column",
    ),
    (
        (HEAD + EAST).replace(",", "|"),
        "places.csv line 1: code|name|region|cluster|children|deaths_per_year|depriva...: one column only; "
        "put commas, semicolons or tabs between the columns",
    ),
]
BAD_PEOPLE = [
    (
        PEOPLE.replace("EAST", "OEST"),
        "mine.yaml: workforce.file = ./people.csv: no row for EAST, where people in post are asked for by "
        "community_nurses (people: to_hold_1_in_6); give workforce.file a row for every area: code, community_nurse, "
        "community_nurse_to_hold_1_in_6; or write people: {per_area: 6} in these teams",
    ),
    (
        PEOPLE.replace("community_nurse_to_hold_1_in_6", "consultant"),
        "mine.yaml: workforce.file = ./people.csv: no column community_nurse_to_hold_1_in_6, "
        "which team community_nurses asks for; add it, or write a number of people",
    ),
    (
        PEOPLE.replace("community_nurse,", "comunity_nurse,"),
        "people.csv line 1: comunity_nurse: no such column; "
        "did you mean community_nurse or community_nurse_to_hold_1_in_6?",
    ),
    (
        PEOPLE.replace("5,6", "5.5,6"),
        "people.csv line 2: community_nurse = 5.5: must be a whole number from 0 to 100000; correct the row of WEST",
    ),
    (
        PEOPLE.replace("5,6", ",6"),
        "people.csv line 2: community_nurse: missing: must be a whole number from 0 to 100000; correct the row of WEST",
    ),
    (
        PEOPLE.replace("EAST", "WEST"),
        "people.csv line 3: code = WEST: stands in line 2 already; give every area a code of its own, once",
    ),
]


@pytest.mark.parametrize(("areas", "complaint"), BAD_AREAS, ids=[line for _, line in BAD_AREAS])
def test_bad_areas(areas: str, complaint: str, tmp_path: Path) -> None:
    mine = tables(tmp_path, areas)
    assert refused(mine, lambda: read_areas(mine, Files())) == complaint


@pytest.mark.parametrize(("posts", "complaint"), BAD_PEOPLE, ids=[line for _, line in BAD_PEOPLE])
def test_bad_people(posts: str, complaint: str, tmp_path: Path) -> None:
    mine = tables(tmp_path, people=posts)
    assert refused(mine, lambda: read_areas(mine, Files())) == complaint


def test_areas_of_a_code_that_the_shipped_people_do_not_know_are_refused(tmp_path: Path) -> None:
    """Catches a run in which nobody works because the planner forgot the second table. All that is missing is asked for
    at once, and the planner's own file is named, not a part that nobody chose."""
    with pytest.raises(BadInput) as error:
        planned(tmp_path, own=OWN.replace("workforce: {file: ./people.csv}\n", ""))
    assert str(error.value) == (
        "mine.yaml: workforce.file = posts.csv: no row for EAST and 1 more, where people in post are asked for by "
        "community_nurses (people: to_hold_1_in_6), specialist_nurses (people: existing); give workforce.file a row "
        "for every area: code, community_nurse, specialist_nurse, community_nurse_to_hold_1_in_6; or write people: "
        "{per_area: 6} in these teams"
    )


# -- shipped tables ----------------------------------------------------------------------------------------------------


def rows_of(name: str) -> dict[str, dict[str, str]]:
    with (configs_dir() / "area_table" / f"{name}.csv").open(encoding="utf-8", newline="") as text:
        return {row["code"]: row for row in csv.DictReader(text)}


def test_the_hospice_area_is_three_icbs_and_three_districts_of_a_fourth() -> None:
    """Deaths by children; other figures are of the districts; its localities are rows of the shipped table."""
    whole, part = rows_of("icbs_2024"), rows_of("each")
    assert list(part) == ["QJG", "QM7", "QMM", "QUE"]
    for code in ("QJG", "QMM", "QUE"):
        assert part[code] == whole[code]
    west = part["QM7"]
    changed = {column for column in west if west[column] != whole["QM7"][column]}
    figures = {"children", "deaths_per_year", "rural_share", "longitude_degrees", "latitude_degrees", "mean_km"}
    assert changed == figures | {"name", "km2"}
    share = float(west["children"]) / float(whole["QM7"]["children"])
    assert float(west["deaths_per_year"]) == pytest.approx(share * float(whole["QM7"]["deaths_per_year"]), abs=0.0005)
    districts, shipped = rows_of("each_localities"), rows_of("localities_2024")
    assert all(shipped[code] == row for code, row in districts.items())
    of_the_rest = {code for code, row in shipped.items() if row["area"] in ("QJG", "QMM", "QUE")}
    assert set(districts) == of_the_rest | {"QM7-04", "QM7-05", "QM7-11"}


def test_the_hospice_area_can_be_chosen_and_has_its_people() -> None:
    scenario = england("current_patchwork", "area_table=each")
    assert [area.code for area in scenario.areas] == ["QJG", "QM7", "QMM", "QUE"]
    assert sum(area.deaths_per_year for area in scenario.areas) == pytest.approx(88.691)
    assert all(dict(area.posts)["community_nurse"] > 0 for area in scenario.areas)
    assert scenario.supply.dealt_among == ()


def test_the_adult_example_is_short_and_every_number_says_that_it_is_an_example() -> None:
    file = scenarios_dir() / "adult_example.yaml"
    layer = read_layer(file)
    assert len(file.read_text(encoding="utf-8").splitlines()) < 40
    assert layer.numbers
    assert {layer.remarks[key][:2] for key in layer.numbers} == {("assumed", "example only")}


def test_the_adult_example_has_areas_roles_and_conditions_of_its_own() -> None:
    scenario = england("adult_example")
    assert {area.code for area in scenario.areas} == {"TOWN", "VALE", "FELL"}
    assert {role.name for role in scenario.roles} == {"adult_nurse", "adult_doctor"}
    assert [condition.name for condition in scenario.demand.conditions] == ["adult"]
    assert scenario.supply.area_types == (("example", 1),)
